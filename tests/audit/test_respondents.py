"""The sample-size rule by its sources, and answers given without thinking."""

import numpy as np
import pandas as pd
import pytest

from segmentation.audit import Action, Repair, Severity
from tests.audit.conftest import Audited, codes, the

ITEMS = [f"item {i}" for i in range(8)]


def answers(n: int, *, levels: int = 5, seed: int = 2) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.integers(1, levels + 1, (n, 8)), columns=ITEMS)
    table.insert(0, "respondent_id", [f"R{i:05d}" for i in range(n)])
    return table


@pytest.mark.parametrize(
    ("n", "code", "severity"),
    [
        (800, None, None),
        (799, "sample-small", Severity.INFORMS),
        (560, "sample-small", Severity.INFORMS),
        (559, "sample-too-small", Severity.WEAKENS),
    ],
)
def test_a_variable_asks_for_100_customers_and_70_at_least(
    audited: Audited, n: int, code: str | None, severity: Severity | None
) -> None:
    found = audited(answers(n))
    told = [f for f in found.findings if f.code.startswith("sample")]
    assert [(f.code, f.severity) for f in told] == ([(code, severity)] if code else [])
    size = found.sample_size
    assert (size.n_basis, size.wanted, size.least, size.binary_rule) == (8, 800, 560, 5 * 2**8)


def test_respondents_with_one_answer_throughout_are_counted(audited: Audited) -> None:
    table = answers(800)
    table.loc[:79, ITEMS] = 3
    finding = the(audited(table), "straight-lining")
    assert (finding.n, finding.get("items")) == (80, 8)
    assert finding.share == 0.1
    assert finding.repair == Repair(Action.LEAVE_OUT_ROWS, tuple(ITEMS))
    assert float(str(finding.get("expected"))) < 0.01


def test_who_left_items_blank_did_not_answer_throughout(audited: Audited) -> None:
    table = answers(800).astype(dict.fromkeys(ITEMS, "Float64"))
    table.loc[:79, ITEMS] = 3
    table.loc[:39, "item 4"] = pd.NA
    finding = the(audited(table), "straight-lining")
    assert (finding.n, finding.share) == (40, 40 / 760)


def test_equal_answers_that_the_questions_explain_are_not_careless(audited: Audited) -> None:
    rng = np.random.default_rng(3)
    table = answers(800)
    table[ITEMS] = np.where(rng.random((800, 8)) < 0.9, 5, table[ITEMS])
    assert "straight-lining" not in codes(audited(table))


def test_saying_no_to_everything_is_an_answer_and_yes_to_everything_is_not(
    audited: Audited,
) -> None:
    rng = np.random.default_rng(4)
    table = answers(800)
    said = rng.random((800, 8)) < 0.4
    for answer in (False, True):
        said[:80] = answer
        table[ITEMS] = np.where(said, "yes", "no")
        found = audited(table)
        assert ("straight-lining" in codes(found)) is answer
    # A condition of the population knows no "yes to all", so none is proposed.
    assert the(found, "straight-lining").repair is None


def test_equal_answers_in_words_are_straight_lines_too(audited: Audited) -> None:
    rng = np.random.default_rng(4)
    ratings = pd.DataFrame(rng.integers(1, 5, (400, 8)), columns=[f"q{i}" for i in range(8)])
    ratings.loc[:59] = 2
    scale = {1: "never", 2: "rarely", 3: "often", 4: "always"}
    found = the(audited(ratings.replace(scale)), "straight-lining")
    assert found.n == the(audited(ratings), "straight-lining").n >= 60
