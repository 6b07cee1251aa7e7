"""What is found in columns of places: each different value is looked up once, whoever has it.

Enters: a customer table and a reading. Leaves: a place, or none, for every different combination of
the columns' values, and counts of customers. Refuses to guess: what is ambiguous or not found is
listed with its candidates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from segmentation.gazetteer import (
    How,
    Level,
    Place,
    Sought,
    country_of,
    degrees,
    division_place,
    has_han,
    match_world,
    parse_address,
    place_of,
    point,
)
from segmentation.intake import CustomerTable
from segmentation.whereabouts.decision import PlaceReading
from segmentation.whereabouts.measuring import (
    TESTED,
    counted,
    is_numeric,
    numbers_seem_swapped,
    seem_swapped,
)

LISTED_UP_TO = 200
_PLACED = (How.BY_USER, How.MEASURED, How.IN_CONTEXT, How.NAMED, How.BY_SIZE)
_DOUBTFUL = (How.AMBIGUOUS, How.UNMATCHED, How.COARSER, How.BY_SIZE, How.BY_USER)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that the user may want to correct.

    Attributes
    ----------
    said : str
        The names; of an address only the part that names a place.
    how : How
    n_customers : int
    place : Place or None
        What it is taken for.
    candidates : tuple of Place
    """

    said: str
    how: How
    n_customers: int
    place: Place | None
    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found for each different combination of the columns' values.

    Attributes
    ----------
    values : pyarrow Table
        ``s0 …``, the combinations as the engine has them, and ``n``, their customers; empty for
        two columns of numbers, which stay in the engine.
    sought : tuple of Sought
        One a combination; none for two columns of numbers.
    counts : mapping of How to int
        Customers by how they were placed.
    doubts : tuple of Doubt
        What may be corrected, the most customers first, at most 200.
    seems_swapped : bool
        Whether far more points would be on land with latitude and longitude exchanged.
    """

    values: pa.Table
    sought: tuple[Sought, ...]
    counts: Mapping[How, int]
    doubts: tuple[Doubt, ...]
    seems_swapped: bool = False

    @property
    def n_customers(self) -> int:
        """All customers of the file."""
        return sum(self.counts.values())

    @property
    def n_placed(self) -> int:
        """Customers whose place was found as far down as it is said."""
        return sum(self.counts.get(how, 0) for how in _PLACED)

    @property
    def n_said(self) -> int:
        """Customers of whom a place is said at all."""
        return self.n_customers - self.counts.get(How.MISSING, 0)

    @property
    def match_rate(self) -> float:
        """Share of those of whom a place is said who were placed as far down as it is said."""
        return self.n_placed / self.n_said if self.n_said else 0.0


def find(table: CustomerTable, reading: PlaceReading) -> Found:
    """Look up the places of all customers.

    Parameters
    ----------
    table : CustomerTable
        All rows of the file count, whatever the population.
    reading : PlaceReading

    Returns
    -------
    Found

    Raises
    ------
    UnknownColumn
        When the table lacks one of the columns.
    """
    if is_numeric(table, reading):
        swapped = numbers_seem_swapped(table, reading)
        return Found(pa.table({}), (), counted(table, reading), (), swapped)
    keys = [table.column(name).key for name in reading.sources]
    rows = table.everyone()
    sides = {f"s{i}": rows[key] for i, key in enumerate(keys)}
    rows = rows.select(**sides)
    grouped = rows.group_by(list(sides)).aggregate(n=rows.count())
    values = table.session.arrow(grouped.order_by(grouped["n"].desc(), *sides))
    cells = [values[f"s{i}"].to_pylist() for i in range(len(keys))]
    n = values["n"].to_pylist()
    if reading.is_measured:
        points = [_point(row, reading) for row in zip(*cells, strict=True)]
        sought = [_measured(at) for at in points]
        return Found(values, tuple(sought), _counts(sought, n), (), _seem_swapped(points))
    texts = [[_text(cell) for cell in column] for column in cells]
    said, sought = _addresses(texts[0]) if reading.address else _named(texts, reading)
    corrections = dict(reading.corrections)
    sought = [
        _by_user(corrections[s], found) if s in corrections else found
        for s, found in zip(said, sought, strict=True)
    ]
    return Found(values, tuple(sought), _counts(sought, n), _doubts(said, sought, n))


def _text(cell: object) -> str:
    """Return a cell as text; a whole number, such as a postcode, without a point."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _point(row: Sequence[object], reading: PlaceReading) -> tuple[float, float] | None:
    if len(row) == 1:
        at = point(_text(row[0]))
        latitude, longitude = at or (None, None)
    else:
        latitude, longitude = (_degrees(cell) for cell in row)
    if latitude is None or longitude is None:
        return None
    return (longitude, latitude) if reading.swapped else (latitude, longitude)


def _degrees(cell: object) -> float | None:
    if isinstance(cell, int | float):
        return float(cell)
    return degrees(str(cell)) if cell is not None else None


def _measured(at: tuple[float, float] | None) -> Sought:
    if at is None:
        return Sought(None, How.MISSING)
    latitude, longitude = at
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return Sought(None, How.OUT_OF_RANGE)
    if latitude == 0 and longitude == 0:
        return Sought(None, How.NULL_ISLAND)
    return Sought(Place("", "", Level.POINT, latitude, longitude), How.MEASURED)


def _seem_swapped(points: Sequence[tuple[float, float] | None]) -> bool:
    known = np.array([at for at in points if at is not None and at != (0, 0)], dtype=np.float64)
    return seem_swapped(known[:: -(-len(known) // TESTED)] if len(known) else known)


def _named(texts: Sequence[Sequence[str]], reading: PlaceReading) -> tuple[list[str], list[Sought]]:
    """Look up rows of names: those in Chinese among China's divisions, the others in the world."""
    levels = [level for level, _ in reading.names]
    rows = [dict(zip(levels, row, strict=True)) for row in zip(*texts, strict=True)]
    said = [_said(row) for row in rows]
    sought = match_world(rows)
    for i, row in enumerate(rows):
        if (chinese := _in_china(row)) is not None:
            sought[i] = chinese
    return said, sought


def _said(row: Mapping[str, str]) -> str:
    """Return what a row says, from the smallest area to the largest, as the key of corrections."""
    order = ("district", "city", "region", "country", "postcode")
    return ", ".join(row[level] for level in order if row.get(level))


def _in_china(row: Mapping[str, str]) -> Sought | None:
    """Look up a row in Chinese; None where it is in another language or another country."""
    text = "".join(row.get(level, "") for level in ("region", "city", "district"))
    country = row.get("country", "")
    if not has_han(text) or (country and country_of(country) not in ("CN", "HK", "MO", "TW")):
        return None
    found = _address(text)
    return None if found.how is How.UNMATCHED else found


def _addresses(texts: Sequence[str]) -> tuple[list[str], list[Sought]]:
    sought = [_address(text) if text else Sought(None, How.MISSING) for text in texts]
    return [found.said for found in sought], sought


def _address(text: str) -> Sought:
    parsed = parse_address(text)
    candidates = tuple(p for code in parsed.codes if (p := division_place(code)) is not None)
    if not candidates:
        return Sought(None, How.UNMATCHED)
    if len(candidates) == 1:
        return Sought(candidates[0], How.NAMED, said=parsed.said)
    above = division_place(parsed.common) if parsed.common else None
    return Sought(above, How.AMBIGUOUS, candidates, parsed.said)


def _by_user(identity: str, found: Sought) -> Sought:
    return Sought(place_of(identity), How.BY_USER, found.candidates, found.said)


def _counts(sought: Sequence[Sought], n: Sequence[int]) -> dict[How, int]:
    counts: Counter[How] = Counter()
    for found, customers in zip(sought, n, strict=True):
        counts[found.how] += customers
    return dict(counts)


def _doubts(said: Sequence[str], sought: Sequence[Sought], n: Sequence[int]) -> tuple[Doubt, ...]:
    """List what may be corrected, the rows that say the same together."""
    customers: defaultdict[str, int] = defaultdict(int)
    first: dict[str, Sought] = {}
    for text, found, count in zip(said, sought, n, strict=True):
        if found.how in _DOUBTFUL and text:
            customers[text] += count
            first.setdefault(text, found)
    doubts = [
        Doubt(text, found.how, customers[text], found.place, found.candidates)
        for text, found in first.items()
    ]
    return tuple(sorted(doubts, key=lambda d: (-d.n_customers, d.said))[:LISTED_UP_TO])
