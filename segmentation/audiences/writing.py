"""Audience files: what a platform takes, byte for byte, and the hold-out beside it.

Enters: an audience and the share that is held out. Leaves: files in the visit's folder. Refuses to
touch a cell: no apostrophe is put before one that begins with + or =, because a program reads the
file and a telephone number in E.164 begins with +. Personal data are hashed here, in the file only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from segmentation.audiences.building import Audience
from segmentation.audiences.identifiers import hashed, shaped
from segmentation.audiences.platforms import IDENTIFIERS, Column, Part, Shape
from segmentation.criteria.identifiers import region_of
from segmentation.engine.duck import literal, quoted


def write_audience(
    audience: Audience, names: Sequence[str], path: Path, *, share: float = 0.0
) -> Path:
    """Write the file that the platform takes, without those who are held out.

    Parameters
    ----------
    audience : Audience
    names : sequence of str
        Of all segments.
    path : Path
        Inside the visit's folder.
    share : float
        Who draws less is held out.

    Returns
    -------
    Path
        The same path: UTF-8, one person a line, in the order of the customers' keys.
    """
    return _write(audience, names, path, f"draw >= {share!r}")


def write_held_out(audience: Audience, names: Sequence[str], path: Path, *, share: float) -> Path:
    """Write the people who are held out, in the same form, to be kept for the comparison.

    Parameters and returns as :func:`write_audience`.
    """
    return _write(audience, names, path, f"draw < {share!r}")


def _write(audience: Audience, names: Sequence[str], path: Path, who: str) -> Path:
    plan = audience.plan
    known = [*plan.identifiers, *plan.parts, Part.SEGMENT]
    columns = [column for column in plan.to.columns if column.part in known]
    places = _regions(audience) if Part.COUNTRY in plan.parts else ""
    cells = [f"{_cell(c, names, places)} AS {quoted(c.header)}" for c in columns]
    rows = f"SELECT {', '.join(cells)} FROM {quoted(audience.name)} WHERE {who} ORDER BY key"
    header = "true" if plan.to.has_header else "false"
    audience.table.session.execute(
        f"COPY ({rows}) TO {literal(str(path))} (FORMAT csv, HEADER {header}, DELIMITER ',')"
    )
    return path


def _cell(column: Column, names: Sequence[str], places: str) -> str:
    """Write SQL for a cell: in its shape, then hashed."""
    if column.part is Part.SEGMENT:
        cases = " ".join(f"WHEN {s} THEN {literal(name)}" for s, name in enumerate(names))
        return f"CASE segment {cases} END"
    cell = column.part.value
    if column.part is Part.COUNTRY:
        cell = places
    if column.part in IDENTIFIERS and column.shape in (Shape.SMALL, Shape.CAPITALS, Shape.MAC):
        return hashed(cell, column.hashing)  # in that shape already
    return hashed(shaped(cell, column.shape), column.hashing)


def _regions(audience: Audience) -> str:
    """Write SQL for the ISO code of each country in the file; what is none is left blank."""
    sql = f"SELECT DISTINCT country AS name FROM {quoted(audience.name)} WHERE country IS NOT NULL"
    found = {row["name"]: region_of(row["name"]) for row in audience.table.session.rows(sql)}
    cases = " ".join(
        f"WHEN {literal(name)} THEN {literal(code)}" for name, code in found.items() if code
    )
    return f"CASE country {cases} END" if cases else "CAST(NULL AS VARCHAR)"
