"""The customers inside one hexagon of a map, for whatever looks at those alone.

Enters: bins and the number of one. Leaves: a function that narrows a table in the engine. Refuses
to fetch anybody.
"""

from __future__ import annotations

import ibis.expr.types as ir

from segmentation.geography.bins import Bins, in_hexagons, lattice
from segmentation.geography.places import Places
from segmentation.geography.regions import Narrowing


def inside(places: Places, bins: Bins, cell: int) -> Narrowing:
    """Return what keeps the customers of one hexagon.

    Parameters
    ----------
    places : Places
        With both coordinates.
    bins : Bins
    cell : int
        Which of its hexagons.

    Returns
    -------
    callable
        Takes the population as an Ibis table, gives that part of it.
    """
    lat_key, lon_key = places.coordinate_keys
    across, along = lattice(bins, cell)

    def narrowed(rows: ir.Table) -> ir.Table:
        placed = rows.mutate(lat=rows[lat_key].cast("float64"), lon=rows[lon_key].cast("float64"))
        placed = placed.filter(placed["lat"].abs() <= 90)
        counted = in_hexagons(placed, bins.degrees, keep=tuple(rows.columns))
        return counted.filter((counted["across"] == across) & (counted["along"] == along))

    return narrowed
