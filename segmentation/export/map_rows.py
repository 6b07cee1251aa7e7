"""The numbers behind a map: a row for each place, or for each point.

Enters: what the map shows. Leaves: rows for a table on the screen and for a file. Refuses numbers
of fewer than five customers in a place, and a second one where its total would tell the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.export.chart_rows import Rows
from segmentation.export.pictures import Cell, Share
from segmentation.geography import Areas, Cells, Measure, Points, Shading
from segmentation.geography.hiding import hidden_cells
from segmentation.wording import Words
from segmentation.wording.maps import MEASURES

_SHARES = (Measure.SHARE,)


def point_rows(points: Points, names: Sequence[str], words: Words) -> Rows:
    """Return place and segment of each point, as exact as the map shows it.

    Parameters
    ----------
    points : Points
    names : sequence of str
        Segment names.
    words : Words

    Returns
    -------
    list of dict
    """
    heads = (words("Latitude"), words("Longitude"), words("Segment"))
    cells = zip(
        points.latitude.tolist(), points.longitude.tolist(), points.segment.tolist(), strict=True
    )
    return [dict(zip(heads, (lat, lon, names[s]), strict=True)) for lat, lon, s in cells]


def place_rows(cells: Cells, shading: Shading, names: Sequence[str], words: Words) -> Rows:
    """Return the customers of each place by segment, and what its colour says where it is a number.

    Parameters
    ----------
    cells : Bins or Areas
    shading : Shading
    names : sequence of str
        Segment names.
    words : Words

    Returns
    -------
    list of dict
        A number that is hidden is blank.
    """
    hidden = hidden_cells(cells.counts, complete=False)
    rows: Rows = []
    for place, total in enumerate(cells.n_customers.tolist()):
        row = _where(cells, place, words)
        row[words("Customers")] = int(total)
        for segment, name in enumerate(names):
            at = (place, segment)
            # A segment may be called like another column.
            head = words("Customers: {name}", name=name)
            row[head] = None if hidden[at] else int(cells.counts[at])
        if not shading.measure.is_leading and shading.measure is not Measure.CUSTOMERS:
            value = float(shading.values[place])
            of_share = shading.measure in _SHARES
            row[words(MEASURES[shading.measure])] = Share(value) if of_share else value
        rows.append(row)
    return rows


def _where(cells: Cells, place: int, words: Words) -> dict[str, Cell]:
    if isinstance(cells, Areas):
        return {words("Region"): cells.names[place]}
    return {
        words("Latitude"): round(float(cells.latitude[place]), 5),
        words("Longitude"): round(float(cells.longitude[place]), 5),
    }
