"""Do the files that are put under each other write numbers and dates in one way?

Enters: the parts of a table and the whole. Leaves: notes on columns that are text only because no
one style suits all files. Refuses to convert anything: the whole is typed like any other table.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.intake import Kind, RawTable
from segmentation.intake.survey import choose_readings
from segmentation.notes import Note

_STYLED = (Kind.NUMBER, Kind.DATE)


def differing_styles(whole: RawTable, parts: Sequence[RawTable]) -> tuple[Note, ...]:
    """Name the columns that several parts read as numbers or dates, and the whole as text.

    Parameters
    ----------
    whole : RawTable
    parts : sequence of RawTable
        Still in the engine.

    Returns
    -------
    tuple of Note
        One a column.
    """
    readings = zip(whole.names, choose_readings(whole, {}), strict=True)
    texts = {name.casefold(): name for name, chosen in readings if chosen.reading.kind is Kind.TEXT}
    found: dict[tuple[str, Kind], list[str]] = {}
    for part in parts if texts else ():
        for name, chosen in zip(part.names, choose_readings(part, {}), strict=True):
            title, kind = texts.get(name.casefold()), chosen.reading.kind
            if title is not None and kind in _STYLED:
                found.setdefault((title, kind), []).append(part.source.name)
    return tuple(
        Note.of("part-styles-differ", name=name, kind=kind.value, files=tuple(files))
        for (name, kind), files in found.items()
        if len(files) > 1
    )
