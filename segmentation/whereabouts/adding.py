"""What was found of places, added to the customers as columns of their own.

Enters: a customer table and a reading. Leaves: the customers with more columns, beside those they
have. Refuses to change a column of the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from segmentation.engine.duck import literal, quoted
from segmentation.gazetteer import How
from segmentation.intake import Column, CustomerTable, Kind
from segmentation.intake.header import unique_names
from segmentation.notes import Note
from segmentation.whereabouts.decision import PlaceReading
from segmentation.whereabouts.finding import Found, find
from segmentation.whereabouts.measuring import coordinates_sql, is_numeric
from segmentation.whereabouts.telling import (
    CHINESE_NAMES,
    CHINESE_SEASONS,
    DECIMALS,
    NAMES,
    SEASONS,
    around,
    in_language,
    is_chinese,
    levels,
    told_of,
)

_NUMBERS = ("latitude", "longitude", "confidence", "distance", "people")
# Different values are counted exactly up to this number of rows, as those of the file are.
_COUNTED_UP_TO = 100_000


@dataclass(frozen=True, slots=True)
class _Made:
    """A column to be added: what it tells, its name, and its value as SQL."""

    tells: str
    name: str
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class _Joined:
    """What is known beside the customers: a small table, how rows find theirs, and each value."""

    beside: pa.Table
    same: str
    values: dict[str, str]


def with_places(table: CustomerTable, reading: PlaceReading | None) -> CustomerTable:
    """Add what a reading finds: coordinates, country to district, and what lies around.

    Parameters
    ----------
    table : CustomerTable
    reading : PlaceReading or None
        None leaves the table as it is.

    Returns
    -------
    CustomerTable
        With one more column for each thing that is known of at least one customer.

    Raises
    ------
    UnknownColumn
        When the table lacks one of the columns.
    """
    if reading is None:
        return table
    session = table.session
    found = find(table, reading)
    numeric = is_numeric(table, reading)
    joined = _by_cell(table, reading) if numeric else _by_value(table, reading, found)
    name = f"{table.name}_places_{_digest(reading)}"
    made = _columns(table, reading, joined)
    if not session.has(name):
        beside = f"{name}_beside"
        with session.undone_on_failure():
            session.put(beside, joined.beside)
            try:
                session.create(name, _select(table, beside, made, joined.same))
            finally:
                session.drop([beside])
    return replace(
        table,
        name=name,
        columns=(*table.columns, *_described(table, reading, name, made)),
        notes=(*table.notes, *notes_of(found, reading)),
    )


def notes_of(found: Found, reading: PlaceReading) -> tuple[Note, ...]:
    """Return what was found as notes; what did not happen is not mentioned."""
    names = reading.sources
    notes = [Note.of("places-found", n=found.n_placed, said=found.n_said, names=names)]
    told = (
        Note.of("places-by-size", n=found.counts.get(How.BY_SIZE, 0)),
        Note.of("places-coarser", n=found.counts.get(How.COARSER, 0)),
        Note.of("places-ambiguous", n=found.counts.get(How.AMBIGUOUS, 0)),
        Note.of("places-unmatched", n=found.counts.get(How.UNMATCHED, 0)),
        Note.of("places-by-user", n=found.counts.get(How.BY_USER, 0)),
    )
    notes += [note for note in told if note.get("n")]
    if reading.swapped:
        notes.append(Note.of("places-swapped", names=names))
    return tuple(notes)


def _digest(reading: PlaceReading) -> str:
    return hashlib.sha256(repr(reading).encode()).hexdigest()[:12]


def _by_value(table: CustomerTable, reading: PlaceReading, found: Found) -> _Joined:
    """Put what was found beside the different values of the columns."""
    told = told_of(found, chinese=is_chinese(reading))
    keys = [table.column(source).key for source in reading.sources]
    same = " AND ".join(f"t.{key} IS NOT DISTINCT FROM p.s{i}" for i, key in enumerate(keys))
    rows = found.values.drop_columns(["n"])
    return _Joined(_beside(rows, told), same, {name: f"p.p_{name}" for name in told})


def _by_cell(table: CustomerTable, reading: PlaceReading) -> _Joined:
    """Put what lies around beside the cells of a hundredth of a degree that customers are in."""
    latitude, longitude = coordinates_sql(table, reading)
    cells = [f"round({c}, {DECIMALS})" for c in (latitude, longitude)]
    found = table.session.rows(
        f"SELECT DISTINCT {cells[0]} AS s0, {cells[1]} AS s1 FROM {quoted(table.name)} t "
        "WHERE s0 IS NOT NULL ORDER BY s0, s1"
    )
    lats, lons = (np.array([row[c] for row in found], dtype=np.float64) for c in ("s0", "s1"))
    rows = pa.table({"s0": lats, "s1": lons})
    told = in_language(around(lats, lons), chinese=is_chinese(reading))
    told = {name: cells for name, cells in told.items() if any(c is not None for c in cells)}
    values = {"latitude": latitude, "longitude": longitude} if len(rows) else {}
    values |= {name: f"p.p_{name}" for name in told}
    return _Joined(_beside(rows, told), f"{cells[0]} = p.s0 AND {cells[1]} = p.s1", values)


def _beside(rows: pa.Table, told: dict[str, list[Any]]) -> pa.Table:
    """Put what is known beside what rows are joined by."""
    for name, cells in told.items():
        kind = pa.float64() if name in _NUMBERS else pa.string()
        rows = rows.append_column(f"p_{name}", pa.array(cells, kind))
    return rows


def _columns(table: CustomerTable, reading: PlaceReading, joined: _Joined) -> list[_Made]:
    chinese = is_chinese(reading)
    titles = CHINESE_NAMES if chinese else NAMES
    made = [_Made(name, titles[name], value) for name, value in joined.values.items()]
    if latitude := joined.values.get("latitude"):
        made += [
            _Made(
                "season",
                f"{date}季节" if chinese else f"season of {date}",
                _season_sql(table.column(date), latitude, chinese=chinese),
            )
            for date in reading.dates
            if table.column(date).kind is Kind.DATE
        ]
    names, _ = unique_names([*(c.name for c in table.columns), *(m.name for m in made)])
    return [
        replace(m, name=name) for m, name in zip(made, names[len(table.columns) :], strict=True)
    ]


def _season_sql(date: Column, latitude: str, *, chinese: bool) -> str:
    """Return the meteorological season, half a year later south of the equator."""
    month = f"(month(t.{date.key}) + CASE WHEN {latitude} < 0 THEN 6 ELSE 0 END) % 12"
    quarter = f"CAST(floor(({month}) / 3) AS INTEGER)"
    names = f"[{', '.join(map(literal, CHINESE_SEASONS if chinese else SEASONS))}]"
    known = f"t.{date.key} IS NOT NULL AND ({latitude}) IS NOT NULL"
    return f"CASE WHEN {known} THEN {names}[{quarter} + 1] END"


def _select(table: CustomerTable, beside: str, made: Sequence[_Made], same: str) -> str:
    first = len(table.columns)
    added = ", ".join(f"{column.value} AS c{first + i}" for i, column in enumerate(made))
    return (
        f"SELECT t.*, {added} FROM {quoted(table.name)} t "
        f"LEFT JOIN {quoted(beside)} p ON {same} ORDER BY t.__row"
    )


def _described(
    table: CustomerTable, reading: PlaceReading, name: str, made: Sequence[_Made]
) -> list[Column]:
    """Count what the new columns hold."""
    first = len(table.columns)
    many = table.raw.n_rows > _COUNTED_UP_TO
    asked = []
    for i, column in enumerate(made):
        key = f"c{first + i}"
        distinct = f"approx_count_distinct({key})" if many else f"count(DISTINCT {key})"
        asked += [f"count({key}) AS n{i}", f"{distinct} AS d{i}"]
        if column.tells in _NUMBERS:
            asked += [f"min({key}) AS low{i}", f"max({key}) AS high{i}"]
        else:
            asked.append(f"avg(length({key})) AS length{i}")
    facts = table.session.rows(f"SELECT {', '.join(asked)} FROM {quoted(name)}")[0]
    of = reading.sources[0]
    return [
        Column(
            name=column.name,
            key=f"c{first + i}",
            kind=Kind.NUMBER if column.tells in _NUMBERS else Kind.TEXT,
            n_missing=table.raw.n_rows - int(facts[f"n{i}"]),
            n_failed=0,
            n_distinct=int(facts[f"d{i}"]),
            low=facts.get(f"low{i}"),
            high=facts.get(f"high{i}"),
            length=float(facts.get(f"length{i}") or 0.0),
            reason=Note.of("type-place", names=reading.sources),
            levels=levels(reading) if column.tells == "settlement" else (),
            levels_from="words" if column.tells == "settlement" else None,
            of=of,
            place=column.tells,
        )
        for i, column in enumerate(made)
    ]
