"""Lines set aside, unreadable cells and gaps are counted, and graded by what they do."""

import numpy as np
import pandas as pd
import pytest

from segmentation.audit import Action, Severity
from segmentation.intake import Condition, Operator
from segmentation.variables import Role
from tests.audit.conftest import Audited, calm, codes, the


@pytest.mark.parametrize(
    ("n", "severity", "limit"),
    [(1, Severity.INFORMS, ""), (100, Severity.WEAKENS, "rejected-rows")],
)
def test_lines_set_aside_weigh_by_their_share(
    audited: Audited, n: int, severity: Severity, limit: str
) -> None:
    found = audited(calm(), n_rejected=n)
    finding = the(found, "rows-rejected")
    assert (finding.n, finding.severity, finding.limit) == (n, severity, limit)
    assert finding.share == n / (400 + n)
    assert found.n_rejected == n


def test_unreadable_cells_come_with_the_rows_they_stand_in(audited: Audited) -> None:
    table = calm().astype({"spend": object})
    table.loc[[4, 9], "spend"] = ["ca. 7", "unknown"]
    found = audited(table)
    finding = the(found, "cells-failed")
    assert (finding.columns, finding.n) == (("spend",), 2)
    assert set(finding.get("texts")) == {"ca. 7", "unknown"}  # type: ignore[arg-type]
    assert finding.get("rows") == ("5", "10")
    assert found.n_failed == 2
    # Only words without a number in them are worth no second look.
    assert finding.repair is not None
    assert finding.repair.values == ("unknown",)


def test_blank_cells_are_not_called_unreadable(audited: Audited) -> None:
    table = calm().astype({"spend": object})
    table.loc[[4, 9], "spend"] = ["", "n/a"]
    assert "cells-failed" not in codes(audited(table))


def test_an_unreadable_contact_is_never_quoted(audited: Audited) -> None:
    table = calm()
    table["phone"] = [f"1200000{i:04d}" for i in range(len(table))]
    table.loc[3, "phone"] = "ask Ann"
    for finding in audited(table).findings:
        assert "ask Ann" not in str(finding)


def test_unknown_consent_is_a_no_and_no_finding(audited: Audited) -> None:
    table = calm()
    table["email_consent"] = ["yes", "no"] * 200
    table.loc[:5, "email_consent"] = "unknown"
    assert not audited(table).findings


@pytest.mark.parametrize(
    ("gaps", "code", "severity", "action"),
    [
        (0.40, "missing-much", Severity.DISTORTS, Action.DESCRIBE_ONLY),
        (0.10, "missing-some", Severity.WEAKENS, None),
    ],
)
def test_gaps_of_a_basis_variable_weigh_by_their_share(
    audited: Audited, gaps: float, code: str, severity: Severity, action: Action | None
) -> None:
    table = calm().astype({"visits": "Float64"})
    table.loc[: int(gaps * len(table)) - 1, "visits"] = pd.NA
    finding = the(audited(table, {"visits": Role.BASIS}), code)
    assert (finding.n, finding.severity) == (round(gaps * 400), severity)
    assert (finding.repair.action if finding.repair else None) is action


def test_few_gaps_are_no_finding(audited: Audited) -> None:
    table = calm().astype({"visits": "Float64"})
    table.loc[:15, "visits"] = pd.NA
    assert not audited(table).findings


def test_gaps_are_those_of_the_population(audited: Audited) -> None:
    table = calm().astype({"visits": "Float64"})
    table.loc[table["channel"] != "web", "visits"] = pd.NA
    web = Condition("channel", Operator.IS, ("web",))
    assert "missing-much" in codes(audited(table, {"visits": Role.BASIS}))
    found = audited(table, {"visits": Role.BASIS}, conditions=(web,))
    assert "missing-much" not in codes(found)
    assert found.n_customers == (table["channel"] == "web").sum()


def test_a_column_without_values_is_named_once(audited: Audited) -> None:
    table = calm()
    table["note"], table["remark"] = None, None
    finding = the(audited(table), "column-empty")
    assert finding.columns == ("note", "remark")


def test_customers_who_answered_less_than_half_are_counted(audited: Audited) -> None:
    table = calm()
    table["orders"] = np.arange(len(table)) % 9
    table = table.astype({"visits": "Float64", "orders": "Float64"})
    table.loc[:2, ["visits", "orders"]] = pd.NA
    table.loc[:0, ["spend", "channel"]] = None
    basis = dict.fromkeys(["visits", "orders", "spend"], Role.BASIS)
    finding = the(audited(table, {**basis, "channel": Role.DESCRIPTOR}), "rows-mostly-empty")
    assert (finding.n, finding.get("n_basis"), finding.get("n_all")) == (3, 3, 1)
    assert finding.repair is not None
    assert finding.repair.share == 0.5


def test_gaps_that_always_come_together_are_told(audited: Audited) -> None:
    table = calm().astype({"visits": "Float64", "spend": "Float64"})
    table.loc[:7, ["visits", "spend"]] = pd.NA
    found = audited(table)
    finding = the(found, "missing-together")
    assert (set(finding.columns), finding.n) == ({"visits", "spend"}, 8)


def test_equally_many_gaps_in_other_rows_do_not_come_together(audited: Audited) -> None:
    table = calm().astype({"visits": "Float64", "spend": "Float64"})
    table.loc[:7, "visits"], table.loc[20:27, "spend"] = pd.NA, pd.NA
    assert "missing-together" not in codes(audited(table))
