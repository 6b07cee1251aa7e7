"""Values that cannot be are found by the column's name or its own scale, and codes by distance."""

import numpy as np
import pytest

from segmentation.audit import Action, Severity
from segmentation.variables import Role
from tests.audit.conftest import Audited, calm, codes, the

RNG = np.random.default_rng(8)


@pytest.mark.parametrize("name", ["age", "DemAge", "年龄"])
def test_ages_under_one_and_over_120_are_impossible(audited: Audited, name: str) -> None:
    table = calm()
    table[name] = RNG.integers(18, 80, len(table)).astype(float)
    table.loc[:2, name] = [0.5, 130, -1]
    finding = the(audited(table), "impossible-age")
    assert (finding.get("below"), finding.get("above")) == (2, 1)
    assert finding.repair is not None
    assert finding.repair.action is Action.TREAT_AS_MISSING
    assert set(finding.repair.values) == {"0.5", "130.0", "-1.0"}


@pytest.mark.parametrize("name", ["account_age_days", "age_months", "age of building"])
def test_the_age_of_something_else_is_not_judged(audited: Audited, name: str) -> None:
    table = calm()
    table[name] = RNG.integers(0, 900, len(table))
    assert "impossible-age" not in codes(audited(table))


def test_negative_counts_are_impossible_and_differences_are_not(audited: Audited) -> None:
    table = calm()
    table["orders"] = RNG.poisson(9, len(table)) + 1
    table["order_change"] = RNG.normal(0, 3, len(table)).round(1)
    table.loc[:2, "orders"] = -4
    found = audited(table)
    assert the(found, "impossible-negative").columns == ("orders",)
    assert the(found, "impossible-negative").n == 3


@pytest.mark.parametrize(("scale", "wrong"), [(1.0, 1.4), (100.0, 140.0)])
def test_shares_end_at_one_hundred_per_cent(audited: Audited, scale: float, wrong: float) -> None:
    table = calm()
    table["discount_share"] = (RNG.random(len(table)) * 0.9 * scale).round(3)
    table.loc[0, "discount_share"] = wrong
    finding = the(audited(table), "impossible-share")
    assert (finding.n, finding.get("high")) == (1, scale)


def test_scores_far_beyond_their_scale_are_impossible(audited: Audited) -> None:
    table = calm()
    table["score"] = RNG.normal(78, 8, len(table)).clip(0, 100).round(2)
    table.loc[5, "score"] = 753.04
    finding = the(audited(table), "beyond-scale")
    assert (finding.n, finding.get("high")) == (1, 100)
    assert finding.repair is not None
    assert finding.repair.values == ("753.04",)


def test_ratings_with_a_typing_error_are_found(audited: Audited) -> None:
    table = calm()
    table["liking"] = RNG.integers(1, 6, len(table))
    table.loc[5, "liking"] = 55
    assert the(audited(table), "beyond-scale").get("high") == 5


def test_amounts_with_a_long_tail_have_no_scale(audited: Audited) -> None:
    table = calm(3000)
    table["basket"] = RNG.lognormal(3.2, 0.6, len(table)).round(2)
    table["items"] = RNG.poisson(2, len(table))
    assert "beyond-scale" not in codes(audited(table))


@pytest.mark.parametrize(("code", "n"), [(999, 380), (999, 12), (-1, 12), (-99, 12)])
def test_codes_far_from_the_rest_stand_for_missing(audited: Audited, code: int, n: int) -> None:
    table = calm()
    table["days"] = RNG.integers(0, 25, len(table))
    table.loc[: n - 1, "days"] = code
    found = audited(table)
    finding = the(found, "sentinel")
    assert (finding.n, finding.get("codes")) == (n, (str(code),))
    assert finding.severity is Severity.DISTORTS
    assert finding.repair is not None
    assert finding.repair.values == (str(code),)
    # The code explains why nearly everybody has the same value.
    assert "near-constant" not in codes(found)


def test_a_code_inside_the_range_is_a_number(audited: Audited) -> None:
    table = calm()
    table["volume"] = RNG.integers(0, 1500, len(table))
    table.loc[:20, "volume"] = 999
    table["balance"] = RNG.integers(-40, 40, len(table))
    table.loc[:20, "balance"] = -1
    assert "sentinel" not in codes(audited(table))


def test_impossible_values_of_an_outcome_weaken(audited: Audited) -> None:
    table = calm()
    table["orders_next"] = RNG.poisson(9, len(table)) + 1
    table.loc[:5, "orders_next"] = -3
    found = audited(table, {"orders_next": Role.OUTCOME})
    assert the(found, "impossible-negative").severity is Severity.WEAKENS
