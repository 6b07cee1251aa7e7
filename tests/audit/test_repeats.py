"""Repeated rows and ids are counted, and certainty is claimed only where there is some."""

import numpy as np
import pandas as pd
import pytest

from segmentation.audit import Action, Severity
from segmentation.intake import Condition, Operator
from tests.audit.conftest import Audited, calm, codes, the


@pytest.mark.parametrize(
    ("n", "severity"),
    [(2, Severity.WEAKENS), (20, Severity.DISTORTS), (150, Severity.BLOCKS)],
)
def test_repeated_rows_weigh_by_their_share(audited: Audited, n: int, severity: Severity) -> None:
    table = calm()
    finding = the(audited(pd.concat([table, table.head(n)])), "duplicate-rows")
    assert (finding.n, finding.severity) == (n, severity)
    assert finding.repair is not None
    assert finding.repair.action is Action.DROP_DUPLICATES


def test_equal_answers_to_a_few_questions_are_no_finding(audited: Audited) -> None:
    rng = np.random.default_rng(2)
    answers = pd.DataFrame(rng.integers(1, 6, (300, 2)), columns=["mood", "taste"])
    assert answers.duplicated().sum() > 200
    assert not [code for code in codes(audited(answers)) if code.startswith("duplicate")]


@pytest.mark.parametrize(("n", "severity"), [(20, Severity.INFORMS), (250, Severity.BLOCKS)])
def test_repeats_without_an_id_are_doubtful_until_they_are_many(
    audited: Audited, n: int, severity: Severity
) -> None:
    rng = np.random.default_rng(2)
    names = [f"item {i}" for i in range(9)]
    answers = pd.DataFrame(rng.integers(1, 6, (500, 9)), columns=names)
    found = audited(pd.concat([answers, answers.head(n)]))
    assert the(found, "duplicate-rows-without-id").severity is severity
    assert the(found, "duplicate-rows-without-id").n == n


def test_repeats_are_those_of_the_population(audited: Audited) -> None:
    table = calm()
    twice = pd.concat([table, table[table["channel"] == "web"].head(5)])
    for channel, n in (("web", 5), ("store", 0)):
        only = Condition("channel", Operator.IS, (channel,))
        found = audited(twice, conditions=(only,))
        assert sum(f.n for f in found.findings if f.code == "duplicate-rows") == n


def test_an_id_of_customers_that_repeats_blocks(audited: Audited) -> None:
    orders = pd.concat([calm(seed=1), calm(seed=2), calm(seed=3)], ignore_index=True)
    orders.insert(0, "order_id", [f"O{i:05d}" for i in range(len(orders))])
    finding = the(audited(orders), "duplicate-ids")
    assert finding.columns == ("customer_id",)
    assert (finding.n, finding.get("n_ids"), finding.severity) == (800, 400, Severity.BLOCKS)
    assert finding.repair is not None
    assert finding.repair.action is Action.ONE_ROW_PER_ID


def test_an_id_that_names_each_row_is_enough(audited: Audited) -> None:
    table = calm()
    table["batch_id"] = [f"B{i % 80:03d}" for i in range(len(table))]
    assert "duplicate-ids" not in codes(audited(table))


def test_a_wrong_choice_of_id_is_pointed_out(audited: Audited) -> None:
    table = calm()
    table["batch"] = [f"B{i % 80:03d}" for i in range(len(table))]
    finding = the(audited(table, id_name="batch"), "duplicate-ids")
    assert finding.severity is Severity.BLOCKS
    assert finding.repair is not None
    assert finding.repair.id_name == "customer_id"
