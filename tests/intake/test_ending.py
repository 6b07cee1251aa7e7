"""Totals and remarks below a table are set aside; what may be a customer stays."""

import pytest

from tests.intake.cells import cells
from tests.intake.conftest import Read

HEAD = "name,city,age,spend\n"
BODY = "Ann,York,34,5\nBob,Bonn,51,8\nCid,Bath,28,2\n"


def reasons(read: Read, below: str) -> list[tuple[int, str]]:
    raw = read(HEAD + BODY + below)
    assert cells(raw)[:3] == [tuple(line.split(",")) for line in BODY.splitlines()]
    listed = raw.session.rows("SELECT line, reason FROM raw_rejects ORDER BY line")
    assert raw.n_rows + len(listed) == 3 + sum(
        bool(line.strip(", ")) for line in below.splitlines()
    )
    return [(row["line"], row["reason"]) for row in listed]


@pytest.mark.parametrize(
    "total",
    [
        "Total,,113,15",
        "TOTAL:,,,15",
        ",,Sum,15",
        "Grand total,,,15",
        "Total (n=3),,113,15",
        "Gesamt,,113,15",
        "Итого,,113,15",
        "合计,,113,15",
        "平均,,37.7,5",
    ],
)
def test_totals_at_the_end_are_set_aside(total: str, read: Read) -> None:
    assert reasons(read, total + "\n") == [(5, "totals")]


@pytest.mark.parametrize(
    "customer",
    [
        "Total,Paris,44,9",
        "Total Energies,,44,9",
        "Summer,,44,9",
        "Dan",
        "Dan,,,",
        "Mary Ann Smith",
        "Source,Rome,40,3",
    ],
)
def test_what_may_be_a_customer_stays(customer: str, read: Read) -> None:
    assert reasons(read, customer + "\n") == []


def test_totals_between_customers_stay(read: Read) -> None:
    assert reasons(read, "Total,,113,15\nDan,Rome,20,7\n") == []


@pytest.mark.parametrize(
    "remark",
    [
        "Source: our own records",
        "Note: spend in EUR, without tax",
        '"* spend in EUR, without tax"',
        "Generated on 1 May",
        "(3 rows)",
        "数据来源：内部",
        "共 3 条",
        "1) spend is in EUR",
        "-----,-----,---,-----",
        "# checked",
        "These are the customers of our shop in York only",
        "\n\nAmounts are in EUR",
    ],
)
def test_remarks_below_the_table_are_set_aside(remark: str, read: Read) -> None:
    line = 5 + remark.count("\n")
    reason = "comment" if remark.startswith("#") else "note"
    assert reasons(read, remark + "\n") == [(line, reason)]


def test_totals_above_remarks_are_found(read: Read) -> None:
    found = reasons(read, ",,,\nTotal,,113,15\n\nSource: us\n")
    assert found == [(6, "totals"), (8, "note")]


def test_the_text_of_a_row_set_aside_is_kept_up_to_a_length(read: Read) -> None:
    raw = read(HEAD + BODY + "Note: " + "x" * 1000 + "\n")
    (reject,) = raw.session.rows("SELECT text FROM raw_rejects")
    assert reject["text"] == "Note: " + "x" * 494
