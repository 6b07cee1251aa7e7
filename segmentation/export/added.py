"""The columns that an export adds to the customers: their segment, its part, and where they live.

Enters: a customer table, a partition and names. Leaves: names of columns, and SQL for their cells.
Refuses a name that the file has already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from segmentation.engine.duck import literal, quoted
from segmentation.geography.catchments import RADII_KM
from segmentation.intake import Column, CustomerTable, Kind
from segmentation.structure import Partition


@dataclass(frozen=True, slots=True)
class Levels:
    """How micro-segments belong to segments.

    Attributes
    ----------
    macro : tuple of int
        The segment of each micro-segment, 0 …
    names : tuple of str
        Of the segments.
    numbers : tuple of str
        Of the micro-segments, such as "2b".
    """

    macro: tuple[int, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, partition: Partition, macro_names: Sequence[str]) -> Levels | None:
        """Return the levels of a partition; None where no segment was split."""
        if partition.parent is None:
            return None
        macro = tuple(segment.macro for segment in partition.segments)
        return cls(macro, tuple(macro_names), tuple(s.number for s in partition.segments))

    def written(self, write: Callable[[str], str]) -> Levels:
        """Return the levels with every name written in another way."""
        return replace(self, names=tuple(write(name) for name in self.names))


def export_columns(table: CustomerTable) -> tuple[str, str]:
    """Return the names of the two added columns, with a suffix where the file has them already.

    Parameters
    ----------
    table : CustomerTable

    Returns
    -------
    tuple of str
        The column of segment numbers (1 … k) and the column of segment names.
    """
    taken = {name.casefold() for name in table.raw.names}
    return free_name("segment_id", taken), free_name("segment", taken)


def micro_columns(table: CustomerTable) -> tuple[str, str]:
    """Return the names of the two columns that are added where segments were split."""
    taken = {name.casefold() for name in (*table.raw.names, *export_columns(table))}
    return free_name("micro_segment_id", taken), free_name("micro_segment", taken)


def place_columns(table: CustomerTable) -> tuple[str, ...]:
    """Return the names of the columns that are added of places, where any were read or measured to.

    What was read from the customers' own columns, such as the region; the distance to the nearest
    of some places and which one it is; and its catchment.
    """
    taken = {name.casefold() for name in (*table.raw.names, *export_columns(table))}
    taken |= {name.casefold() for name in micro_columns(table)}
    names = []
    for name, _ in _of_places(table):
        names.append(free_name(name, taken))
        taken.add(names[-1].casefold())
    return tuple(names)


def place_cells(table: CustomerTable, written: Callable[[str], str] = str) -> list[str]:
    """Write the cells of :func:`place_columns` as SQL; ``written`` writes those of text."""
    cells = []
    for number, (_, column) in enumerate(_of_places(table)):
        cell = f"c.{quoted(column.key)}"
        if column.of_catchment:
            within = " ".join(f"WHEN {cell} <= {km:g} THEN {km:g}" for km in RADII_KM)
            cell = f"CASE {within} END"
        elif column.is_text:
            cell = written(cell)
        cells.append(f"{cell} AS place_{number}")
    return cells


@dataclass(frozen=True, slots=True)
class _PlaceColumn:
    key: str
    is_text: bool
    of_catchment: bool = False


def _of_places(table: CustomerTable) -> list[tuple[str, _PlaceColumn]]:
    """Find the columns that were made of places; beside a distance stands its catchment."""
    found = []
    for column in table.columns:
        if column.place or column.reason.code in ("made-distance", "made-nearest"):
            found.append((column.name, _PlaceColumn(column.key, column.kind is Kind.TEXT)))
        if column.reason.code == "made-distance":
            catchment = _PlaceColumn(column.key, is_text=False, of_catchment=True)
            found.append((_catchment_name(column), catchment))
    return found


def _catchment_name(distance: Column) -> str:
    return f"catchment of {distance.reason.get('label')}: within km"


def free_name(name: str, taken: set[str]) -> str:
    """Return a name that no column of a file has, whatever the case of its letters."""
    candidate, copy = name, 1
    while candidate.casefold() in taken:
        copy += 1
        candidate = f"{name}_{copy}"
    return candidate


def added_columns(table: CustomerTable, levels: Levels | None) -> tuple[str, ...]:
    """Return the names of all columns that are added."""
    of_segments = (*export_columns(table), *(micro_columns(table) if levels else ()))
    return (*of_segments, *place_columns(table))


def added_cells(names: Sequence[str], levels: Levels | None) -> list[str]:
    """Write what is added to each customer as SQL: the segment, and its part where there are."""
    if levels is None:
        return ["CAST(l.segment + 1 AS INTEGER) AS number", f"{by_segment(names)} AS name"]
    numbers = " ".join(f"WHEN {s} THEN {macro + 1}" for s, macro in enumerate(levels.macro))
    whole = [levels.names[macro] for macro in levels.macro]
    return [
        f"CAST(CASE l.segment {numbers} END AS INTEGER) AS number",
        f"{by_segment(whole)} AS name",
        f"{by_segment(levels.numbers)} AS micro_number",
        f"{by_segment(names)} AS micro_name",
    ]


def by_segment(texts: Sequence[str]) -> str:
    """Write a text for each segment as SQL."""
    cases = " ".join(f"WHEN {s} THEN {literal(text)}" for s, text in enumerate(texts))
    return f"CASE l.segment {cases} END"
