"""A text that stays in its file gives what a table of its cells gives, now and after a change."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from segmentation.engine import DuckSession, Limits
from segmentation.errors import Cancelled
from segmentation.intake import (
    Condition,
    CustomerTable,
    Operator,
    RawTable,
    open_customers,
    read_file,
    scanning,
    shapes,
    spread,
    text,
)
from segmentation.intake.decisions import Decision
from segmentation.intake.glimpse import preview
from segmentation.intake.kinds import Kind, Style
from segmentation.intake.scanning import stored
from segmentation.intake.table import spread_of
from segmentation.transactions import Composition, Upload, compose
from tests.intake.test_pollution import BESIDES, CLEAN, WRITTEN

Open = Callable[..., tuple[CustomerTable, CustomerTable]]
# Each way of writing with one thing besides the table, so that all of both are there.
PAIRS = list(
    itertools.islice(
        zip(itertools.cycle(WRITTEN), itertools.cycle(BESIDES)),  # endless
        max(len(WRITTEN), len(BESIDES)),
    )
)


@pytest.fixture(scope="module")
def two_sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DuckSession, ...]]:
    folder = tmp_path_factory.mktemp("ways")
    opened = [DuckSession(folder / way, Limits(memory_mb=500)) for way in ("table", "view")]
    yield tuple(opened)
    for session in opened:
        session.close()


@pytest.fixture
def both(two_sessions: tuple[DuckSession, ...], monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a text as a table of its cells, and as a view over its file."""

    def opening(content: str | bytes, **asked: Any) -> tuple[CustomerTable, CustomerTable]:
        found = []
        for session, limit in zip(two_sessions, (1 << 40, -1), strict=True):
            monkeypatch.setattr(text, "STAYS_FROM_BYTES", limit)
            raw = read(session, content)
            assert (raw.scanned is not None) is (limit < 0)
            found.append(open_customers(raw, **asked))
        return found[0], found[1]

    return opening


def read(session: DuckSession, content: str | bytes) -> RawTable:
    path = session.folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(session, path, "customers.csv")


def everything(table: CustomerTable) -> dict[str, object]:
    """All that is known of a table: its rows as text and typed, what was told, what was counted."""
    raw, session = table.raw, table.session
    return {
        "raw": (raw.names, raw.n_rows, raw.fingerprint, raw.n_duplicates, raw.n_rejected),
        "cells": session.rows("SELECT * FROM raw ORDER BY __row"),
        "typed": session.rows(f"SELECT * FROM {table.name} ORDER BY __row"),  # noqa: S608
        "set aside": session.rows("SELECT * FROM raw_rejects ORDER BY line, text"),
        "columns": table.columns,
        "notes": table.notes,
        "name": table.name,
        "first": preview(table, 3),
    }


def files(session: DuckSession) -> list[Path]:
    return list(session.folder.glob("text-*"))


@pytest.mark.parametrize(("written", "besides"), PAIRS)
def test_polluted_files_are_the_same_both_ways(written: str, besides: str, both: Open) -> None:
    file = WRITTEN[written](BESIDES[besides](CLEAN))
    as_table, as_view = both(file.content())
    assert everything(as_view) == everything(as_table)


ROWS = [
    f'C{i:03d},"Ann ""{i}"" Lee, {i}\n{i % 7}",{i % 60}.5,{("yes", "no")[i % 2]},'
    f"{2000 + i % 20}-0{1 + i % 9}-11"
    for i in range(400)
]
HEAD = "id,name,spend,member,since\n"


def test_what_the_sample_does_not_show_is_read_right(
    both: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "SAMPLE_ROWS", 50)
    changed = [
        row if i < 350 or i % 9 == 0 else row.replace(".5,", " or so,")
        for i, row in enumerate(ROWS)
    ]
    changed += ["C900,n/a,?,perhaps,never", ",,,,1/2/2021"]
    as_table, as_view = both(HEAD + "\n".join(changed) + "\n")
    assert as_view.column("spend").kind is Kind.NUMBER
    assert as_view.column("spend").n_failed > 0
    assert everything(as_view) == everything(as_table)


@pytest.mark.parametrize("chunk", [16, 300, 1 << 22])
@pytest.mark.parametrize("blank", ["", "\n", '" ","",,,\n'])
def test_the_sample_is_of_the_rows_of_the_file(
    blank: str, chunk: int, two_sessions: tuple[DuckSession, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "_CHUNK", chunk)
    monkeypatch.setattr(shapes, "SAMPLE_ROWS", 50)
    monkeypatch.setattr(text, "STAYS_FROM_BYTES", -1)
    raw = read(two_sessions[1], HEAD + f"\n{blank}".join(ROWS) + "\n")
    cells = ", ".join(f"r{i}" for i in range(5))
    rows = raw.session.rows(
        f"SELECT __row, {cells} FROM raw WHERE __row % 8 = 0 ORDER BY __row"  # noqa: S608
    )
    assert len(rows) == 50
    found = raw.session.rows(f"SELECT * FROM {spread_of('raw')} ORDER BY __row")  # noqa: S608
    assert found == rows


DECISIONS = {
    "spend": Decision(kind=Kind.TEXT),
    "since": Decision(style=Style.YEAR_FIRST, missing=("2003-04-11",)),
    "name": Decision(items=";"),
}


@pytest.mark.parametrize("id_name", [None, "id"])
def test_a_change_is_made_from_the_file(id_name: str | None, both: Open) -> None:
    rows = [row.replace("Ann", f"Ann; Bob{i % 3}") for i, row in enumerate(ROWS[:60])]
    content = HEAD + "\n".join(rows)
    first = [everything(table) for table in both(content)]
    assert first[1] == first[0]
    as_table, as_view = both(content, decisions=DECISIONS, id_name=id_name)
    assert as_view.column("spend").kind is Kind.TEXT
    assert len(as_view.columns) > 5
    changed = everything(as_view)
    assert changed == everything(as_table)
    assert changed["name"] != first[1]["name"]


def test_rows_that_repeat_have_the_same_keys_both_ways(both: Open) -> None:
    rows = ["a,1,x", "b,2,y", "a,1,x", "a,1,x", "c,,", "b,2,y", "d,3,z"]
    condition = [Condition("", Operator.ONCE)]
    as_table, as_view = both("name,n,t\n" + "\n".join(rows), conditions=condition)
    assert everything(as_view) == everything(as_table)
    assert as_view.raw.n_duplicates == 3
    assert as_view.n_customers == as_table.n_customers == 4
    keys = as_view.session.rows(f"SELECT count(DISTINCT __key) AS n FROM {as_view.name}")  # noqa: S608
    assert keys == [{"n": 7}]


def test_examples_are_the_same_where_few_rows_are_drawn(
    both: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "_DRAWN", 50)
    rows = "".join(f"{i},{f'rare {i}' if i % 99 == 7 else ''},{i % 5}\n" for i in range(1000))
    as_table, as_view = both("id,note,n\n" + rows)
    assert as_view.raw.scanned is not None
    assert as_view.raw.scanned.n_drawn < 200
    assert len(as_view.column("note").examples) == 4
    assert as_view.columns == as_table.columns


def test_a_text_that_is_stored_after_all_is_the_same(both: Open) -> None:
    _, as_view = both(HEAD + "\n".join(ROWS[:50]))
    before, session = everything(as_view), as_view.session
    assert session.is_view("raw")
    assert len(files(session)) == 1
    assert stored(stored(as_view.raw)) is as_view.raw
    assert not session.is_view("raw")
    assert not files(session)
    assert everything(as_view) == before


def test_a_file_goes_with_the_rows_that_are_read_from_it(both: Open) -> None:
    _, first = both(HEAD + "\n".join(ROWS[:50]))
    (former,) = files(first.session)
    both(HEAD + "\n".join(ROWS[50:90]))
    (present,) = files(first.session)
    assert present != former


@pytest.mark.parametrize("step", ["copying", "choosing", "loading", "comparing"])
def test_whoever_ends_the_reading_finds_the_former_rows(step: str, both: Open) -> None:
    _, first = both(HEAD + "\n".join(ROWS[:50]))
    session = first.session
    before, tables, kept = everything(first), session.tables(), files(session)

    def ended(now: str, done: int, total: int) -> None:
        if now == step:
            raise Cancelled

    with session.watched_by(ended), pytest.raises(Cancelled):
        read(session, HEAD + "\n".join(ROWS[100:200]))
    assert everything(first) == before
    assert (session.tables(), files(session)) == (tables, kept)


@pytest.mark.parametrize("is_typed_first", [True, False])
def test_customers_are_typed_while_they_are_read(
    is_typed_first: bool,
    two_sessions: tuple[DuckSession, ...],
    both: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = HEAD + "\n".join(ROWS[:80])
    as_table, _ = both(content)
    expected, session = everything(as_table), two_sessions[1]
    monkeypatch.setattr(text, "STAYS_FROM_BYTES", -1)
    upload, seen = Upload(session.folder / "upload", "customers.csv"), list[str]()
    with session.watched_by(lambda step, done, total: seen.append(step)):
        accept = open_customers if is_typed_first else None
        made = compose(session, upload, Composition(), {}, accept=accept)
        table = open_customers(made.raw)
    assert made.raw.scanned
    assert "typing" not in seen
    assert everything(table) == expected
    assert len(files(session)) == 1


def test_a_file_that_is_summed_up_is_stored(
    two_sessions: tuple[DuckSession, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "STAYS_FROM_BYTES", -1)
    session = two_sessions[1]
    path = session.folder / "upload"
    path.write_text(HEAD + "\n".join(ROWS[:20]))
    assert read_file(session, path, "orders.csv", into="beside").scanned is None
    assert not session.is_view("beside")
