"""Two columns of numbers that are coordinates: counted in the engine, without leaving it.

Enters: a customer table and a reading. Leaves: SQL for the coordinates, counts and a sample.
Refuses to correct a coordinate: one that cannot be right is counted and left out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from segmentation.engine.duck import quoted
from segmentation.gazetteer import How, on_land
from segmentation.intake import CustomerTable, Kind
from segmentation.whereabouts.decision import PlaceReading

Points = npt.NDArray[np.float64]
# Coordinates are taken for exchanged when so many more points are on land the other way round.
MORE_ON_LAND = 0.3
TESTED = 2_000


def is_numeric(table: CustomerTable, reading: PlaceReading) -> bool:
    """Tell whether a reading is of two columns of numbers."""
    kinds = [table.column(name).kind for name in reading.coordinates]
    return kinds == [Kind.NUMBER, Kind.NUMBER]


def coordinates_sql(table: CustomerTable, reading: PlaceReading) -> tuple[str, str]:
    """Return SQL for latitude and longitude of the rows of ``t``, NULL where they cannot be."""
    latitude, longitude = _columns(table, reading)
    right = f"{_how(latitude, longitude)} = '{How.MEASURED.value}'"
    return f"CASE WHEN {right} THEN {latitude} END", f"CASE WHEN {right} THEN {longitude} END"


def counted(table: CustomerTable, reading: PlaceReading) -> dict[How, int]:
    """Count all customers by what their coordinates are."""
    how = _how(*_columns(table, reading))
    sql = f"SELECT {how} AS how, count(*) AS n FROM {quoted(table.name)} t GROUP BY how"
    return {How(row["how"]): int(row["n"]) for row in table.session.rows(sql)}


def numbers_seem_swapped(table: CustomerTable, reading: PlaceReading) -> bool:
    """Apply :func:`seem_swapped` to rows that are spread evenly over the file."""
    latitude, longitude = _columns(table, reading)
    step = -(-table.raw.n_rows // TESTED)
    rows = table.session.rows(
        f"SELECT {latitude} AS lat, {longitude} AS lon FROM {quoted(table.name)} t "
        f"WHERE __row % {step} = 0 AND lat IS NOT NULL AND lon IS NOT NULL "
        "AND (lat <> 0 OR lon <> 0)"
    )
    return seem_swapped(np.array([(r["lat"], r["lon"]) for r in rows], dtype=np.float64))


def seem_swapped(points: Points) -> bool:
    """Tell whether far more points would be possible and on land with coordinates exchanged.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Latitudes and longitudes in degrees, without missing ones and 0°/0°.

    Examples
    --------
    >>> seem_swapped(np.array([[-74.0, 40.7], [-87.6, 41.9]]))
    True
    """
    if not len(points):
        return False
    return _on_land(points[:, ::-1]) > _on_land(points) + MORE_ON_LAND


def _columns(table: CustomerTable, reading: PlaceReading) -> tuple[str, str]:
    first, second = (f"t.{table.column(name).key}" for name in reading.coordinates)
    return (second, first) if reading.swapped else (first, second)


def _how(latitude: str, longitude: str) -> str:
    return (
        f"CASE WHEN {latitude} IS NULL OR {longitude} IS NULL THEN '{How.MISSING.value}' "
        f"WHEN abs({latitude}) > 90 OR abs({longitude}) > 180 THEN '{How.OUT_OF_RANGE.value}' "
        f"WHEN {latitude} = 0 AND {longitude} = 0 THEN '{How.NULL_ISLAND.value}' "
        f"ELSE '{How.MEASURED.value}' END"
    )


def _on_land(points: Points) -> float:
    possible = (np.abs(points[:, 0]) <= 90) & (np.abs(points[:, 1]) <= 180)
    return on_land(points[possible, 0], points[possible, 1]) * float(possible.mean())
