"""Variables that say the same twice are found; those that merely hang together are not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr

from segmentation.audit import Severity
from segmentation.audit.redundancy import correlations
from segmentation.variables import Role, Scale, VariableChoice
from tests.audit.conftest import Audited, calm, codes, the

RNG = np.random.default_rng(11)


def test_a_number_in_another_unit_counts_twice(audited: Audited) -> None:
    table = calm()
    table["spend_usd"] = (table["spend"] * 1.08 + RNG.normal(0, 0.1, len(table))).round(2)
    finding = the(audited(table), "collinear")
    assert finding.columns == ("spend", "spend_usd")
    assert finding.severity is Severity.DISTORTS
    assert finding.get("r") == pytest.approx(1, abs=1e-3)
    assert finding.repair is not None
    kept = str(finding.get("kept"))
    assert finding.repair.values == (kept,)
    (other,) = set(finding.columns) - {kept}
    assert finding.repair.choices[other].role is Role.DESCRIPTOR


def test_the_one_with_fewer_gaps_is_kept(audited: Audited) -> None:
    table = calm()
    table["spend_usd"] = (table["spend"] * 1.08).round(2)
    table.loc[:9, "spend"] = None
    assert the(audited(table), "collinear").get("kept") == "spend_usd"


def test_three_of_a_kind_are_one_finding(audited: Audited) -> None:
    table = calm()
    for name in ("b", "c"):
        table[f"amount_{name}"] = table["spend"] * 2 + RNG.normal(0, 1, len(table))
    finding = the(audited(table), "collinear")
    assert (len(finding.columns), finding.get("times")) == (3, 3)


def test_a_curved_relation_is_found_by_ranks(audited: Audited) -> None:
    table = calm()
    table["spend_cubed"] = table["spend"] ** 3
    assert the(audited(table), "collinear").get("r") == 1


def test_descriptors_may_say_the_same(audited: Audited) -> None:
    table = calm().assign(spend_usd=calm()["spend"] * 1.08)
    assert "collinear" not in codes(audited(table, {"spend_usd": Role.DESCRIPTOR}))


def test_a_difference_of_two_others_is_redundant(audited: Audited) -> None:
    table = calm()
    table["list_price"], table["paid_price"] = RNG.normal(50, 9, (2, len(table)))
    table["price_gap"] = table["list_price"] - table["paid_price"]
    finding = the(audited(table), "redundant")
    assert finding.columns == ("price_gap",)
    assert finding.get("others") == ("list_price", "paid_price")


def test_categories_that_give_each_other_away_are_found(audited: Audited) -> None:
    table = calm()
    table["channel_code"] = table["channel"].map({"web": "W1", "store": "S1", "app": "A1"})
    finding = the(audited(table), "one-to-one")
    assert set(finding.columns) == {"channel", "channel_code"}
    assert finding.get("r") == 1


def test_a_category_inside_another_is_not_one_to_one(audited: Audited) -> None:
    table = calm()
    table["online"] = np.where(table["channel"] == "store", "offline", "online")
    assert "one-to-one" not in codes(audited(table))


@given(st.integers(0, 10_000))
def test_correlations_are_pearsons_over_the_rows_known_to_both(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(1000, 1, (80, 3)) @ rng.normal(size=(3, 3))
    values[rng.random(values.shape) < 0.2] = np.nan
    found = correlations(values)
    for i, j in ((0, 1), (0, 2), (1, 2)):
        both = ~np.isnan(values[:, [i, j]]).any(axis=1)
        expected = pearsonr(values[both, i], values[both, j])[0]
        assert found[i, j] == pytest.approx(expected, abs=1e-6)
        assert found[i, j] == pytest.approx(found[j, i], abs=1e-9)


def test_few_common_rows_tell_nothing() -> None:
    values = np.column_stack([np.arange(29.0), np.arange(29.0)])
    assert np.isnan(correlations(values)[0, 1])


def test_the_same_rows_in_another_order_say_the_same(audited: Audited) -> None:
    table = calm()
    table["spend_usd"] = table["spend"] * 1.08
    shuffled = table.sample(frac=1, random_state=4)
    assert audited(table).findings == audited(pd.DataFrame(shuffled)).findings


def test_levels_in_an_order_that_repeat_a_number_are_collinear(audited: Audited) -> None:
    table = calm()
    table["rating"] = np.arange(len(table)) % 4 + 1
    table["answer"] = table["rating"].map({1: "never", 2: "rarely", 3: "often", 4: "always"})
    found = audited(table, {"rating": Role.BASIS, "answer": Role.BASIS})
    assert the(found, "collinear").columns == ("rating", "answer")


def test_text_that_was_called_a_number_is_no_number(audited: Audited) -> None:
    roles = {"channel": VariableChoice(Role.BASIS, Scale.METRIC)}
    assert "collinear" not in codes(audited(calm(), roles))
