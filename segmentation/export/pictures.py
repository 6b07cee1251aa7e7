"""A chart taken away: as PNG or SVG, drawn offline, or its numbers as CSV.

Enters: a drawing with its title and source, or rows. Leaves: the bytes of a file. Refuses the
internet: whatever a chart would fetch from there is not fetched.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import vl_convert

from segmentation.charts import Drawing
from segmentation.charts.drawing import specification
from segmentation.export.customers import safe_cell

_SCALE = 2.0
_NOWHERE: list[str] = []
_MARK = "\ufeff"
_DIGITS = 6
Cell = str | float | int | None
Row = Mapping[str, Cell]


class Share(float):
    """A number in [0, 1] that a screen shows in per cent and a file as it is."""


def picture_png(drawing: Drawing, title: str, source: str) -> bytes:
    """Draw a chart as PNG, light, at twice the screen's resolution.

    Parameters
    ----------
    drawing : Drawing
    title, source : str
        Written above the picture.

    Returns
    -------
    bytes
        Chinese text needs a font of the system that has it, such as Noto Sans CJK.
    """
    spec = specification(drawing, title, source)
    return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=_NOWHERE))


def picture_svg(drawing: Drawing, title: str, source: str) -> bytes:
    """Draw a chart as SVG; its text stays text. Parameters as :func:`picture_png`."""
    spec = specification(drawing, title, source)
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=_NOWHERE)).encode()


def rows_csv(rows: Sequence[Row]) -> bytes:
    r"""Write rows as CSV for a spreadsheet: UTF-8 with a mark, formulas neutralised.

    Parameters
    ----------
    rows : sequence of mapping of str to cell
        All with the same columns; numbers are written to six significant digits.

    Returns
    -------
    bytes

    Examples
    --------
    >>> rows_csv([{"name": "=1+1", "share": 1 / 3, "n": None}]).decode("utf-8-sig")
    "name,share,n\r\n'=1+1,0.333333,\r\n"
    """
    text = io.StringIO()
    text.write(_MARK)
    writer = csv.writer(text)
    if rows:
        writer.writerow([safe_cell(name) for name in rows[0]])
    writer.writerows([_written(cell) for cell in row.values()] for row in rows)
    return text.getvalue().encode()


def _written(cell: Cell) -> str:
    if cell is None or cell != cell:  # nothing, or not a number
        return ""
    if isinstance(cell, str):
        return safe_cell(cell)
    return f"{cell:.{_DIGITS}g}" if isinstance(cell, float) else str(cell)
