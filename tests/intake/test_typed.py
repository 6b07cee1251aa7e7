"""A wide table is typed in parts of its columns, and nothing in it differs from one typed whole."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from segmentation.errors import EngineFailure
from segmentation.intake import CustomerTable, Decision, counting, open_customers, typed
from tests.intake.conftest import Read

_ANSWERS = ("Agree", "Neutral", "Disagree", "")
_CHANNELS = ("tv", "web;tv", "web", "radio;tv;web", "")


def _survey(n_rows: int, n_columns: int) -> str:
    """Columns of every kind in turn, gaps, cells that cannot be read, and each row twice."""
    draw = np.random.default_rng(4)
    makers = (
        lambda: f"{draw.normal(50, 9):.2f}",
        lambda: str(draw.choice(_ANSWERS)),
        lambda: str(draw.choice(["Yes", "No", "?"])),
        lambda: f"2024-{draw.integers(1, 13):02d}-{draw.integers(1, 29):02d}",
        lambda: f"{draw.integers(1, 9999):,}".join('""'),
        lambda: str(draw.choice(["7", "8", "n/a", "many"], p=[0.5, 0.4, 0.09, 0.01])),
        lambda: str(draw.choice(_CHANNELS)),
    )
    head = ",".join(f"q{j}" for j in range(n_columns))
    rows = [",".join(makers[j % 7]() for j in range(n_columns)) for _ in range(n_rows)]
    return "\n".join([head, *rows, *rows]) + "\n"


def _values(table: CustomerTable) -> pa.Table:
    return table.session.arrow(table.everyone())


@pytest.mark.parametrize("id_name", [None, "q0"])
def test_typing_in_parts_gives_the_same_keys_values_and_counts(
    read: Read, monkeypatch: pytest.MonkeyPatch, id_name: str | None
) -> None:
    decisions = {"q6": Decision(items=";"), "q5": Decision(missing=("8",))}
    raw = read(_survey(60, 45))
    whole = open_customers(raw, decisions=decisions, id_name=id_name)
    expected = _values(whole)
    raw.session.drop([whole.name])
    monkeypatch.setattr(typed, "AT_ONCE", 10)
    monkeypatch.setattr(typed, "_PART", 7)
    monkeypatch.setattr(counting, "_MANY", 1000)
    parted = open_customers(raw, decisions=decisions, id_name=id_name)
    assert _values(parted).equals(expected)
    assert parted == whole
    assert not [name for name in raw.session.tables() if "_part_" in name]


def test_columns_counted_by_kind_have_the_facts_of_those_counted_one_by_one(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = read(_survey(80, 40))
    together = open_customers(raw)
    monkeypatch.setattr(counting, "_MANY", 1000)
    assert open_customers(raw) == together
    assert {column.kind.value for column in together.columns} == {"number", "yesno", "date", "text"}


def test_a_part_that_fails_leaves_no_table_behind(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = read(_survey(20, 30))
    before = raw.session.tables()
    monkeypatch.setattr(typed, "AT_ONCE", 10)
    monkeypatch.setattr(typed, "_select", lambda columns, rows: "SELECT no_such FROM raw")
    with pytest.raises(EngineFailure):
        open_customers(raw)
    assert raw.session.tables() == before


def test_no_statement_reads_more_columns_of_a_wide_table_than_one_part(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths = []
    select = typed._select

    def seen(columns: Sequence[typed._Written], rows: str) -> str:
        widths.append(len(columns))
        return select(columns, rows)

    monkeypatch.setattr(typed, "_select", seen)
    table = open_customers(read(_survey(5, 250)))
    assert len(table.columns) == 250
    assert widths == [100, 100, 52]
