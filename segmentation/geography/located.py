"""Who can be put on a map, who cannot and why, and how far the customers spread.

Enters: a customer table, its places and the labels of a solution. Leaves: counts, an extent and
the rows (still in the engine) that the maps are made from. Refuses to correct a coordinate: one
that cannot be right is counted and left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import ibis
import ibis.expr.types as ir

from segmentation.geography.places import Places
from segmentation.geography.tally import labelled_rows
from segmentation.intake import CustomerTable
from segmentation.notes import Note

# The middle 90 % in each direction: a few customers far away do not shrink the map of the others.
EXTENT_SHARE = 0.90
# Above this, the extent is measured on the customers whose key is a multiple: an even sample that
# is the same on every engine.
EXTENT_ROWS = 200_000
# No coordinate of a single customer leaves the engine more exact than this: about 100 metres.
DECIMALS = 3


class Reason(StrEnum):
    """Why a customer is not on the map; the first that holds."""

    MISSING = "missing"
    OUT_OF_RANGE = "out_of_range"
    NULL_ISLAND = "null_island"
    WITHOUT_SEGMENT = "without_segment"


@dataclass(frozen=True, slots=True)
class Extent:
    """The rectangle around the middle 90 % of the customers in each direction, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Located:
    """How many customers are on the map, and why the others are not.

    Attributes
    ----------
    n_customers : int
        The population; the other counts add up to it.
    n_placed : int
        With coordinates and a segment.
    missing : int
        Latitude or longitude has no value.
    out_of_range : int
        Latitude beyond 90 or longitude beyond 180 degrees.
    null_island : int
        Both exactly zero, a point in the Atlantic: what systems write when they know nothing.
    without_segment : int
        Not labelled by the solution.
    extent : Extent or None
        None when nobody is on the map.
    """

    n_customers: int
    n_placed: int
    missing: int
    out_of_range: int
    null_island: int
    without_segment: int
    extent: Extent | None

    @property
    def n_excluded(self) -> int:
        """Number of customers who are not on the map."""
        return self.n_customers - self.n_placed

    @property
    def notes(self) -> tuple[Note, ...]:
        """One note for each reason why somebody is not on the map."""
        notes = (
            Note.of("places-missing", n=self.missing),
            Note.of("places-out-of-range", n=self.out_of_range),
            Note.of("places-null-island", n=self.null_island),
            Note.of("places-without-segment", n=self.without_segment),
        )
        return tuple(note for note in notes if note.get("n"))


def locate(table: CustomerTable, places: Places, labels: str) -> Located:
    """Count who can be put on a map, and measure how far they spread.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    places : Places
        With both coordinates.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.

    Returns
    -------
    Located

    Raises
    ------
    UnknownColumn
        When a coordinate is missing.
    """
    rows = _judged(table, places, labels)
    counted = table.session.arrow(rows.group_by("reason").aggregate(n=rows.count()))
    found: dict[str | None, int] = {row["reason"]: int(row["n"]) for row in counted.to_pylist()}
    n_placed = found.get(None, 0)
    return Located(
        n_customers=sum(found.values()),
        n_placed=n_placed,
        missing=found.get(Reason.MISSING, 0),
        out_of_range=found.get(Reason.OUT_OF_RANGE, 0),
        null_island=found.get(Reason.NULL_ISLAND, 0),
        without_segment=found.get(Reason.WITHOUT_SEGMENT, 0),
        extent=_extent(table, rows.filter(rows["reason"].isnull()), n_placed),
    )


def placed_rows(
    table: CustomerTable,
    places: Places,
    labels: str,
    *,
    weight_key: str | None = None,
    keep: str | None = None,
) -> ir.Table:
    """Return the customers on the map as an Ibis table that has not run yet.

    Parameters
    ----------
    table : CustomerTable
    places : Places
        With both coordinates.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    weight_key : str, optional
        Engine column of survey weights.
    keep : str, optional
        Another engine column to keep.

    Returns
    -------
    ibis Table
        ``__key``, ``__row``, ``segment``, ``weight``, ``lat`` and ``lon`` in degrees, ``keep``.
    """
    rows = _judged(table, places, labels, weight_key)
    kept = [keep] if keep else []
    placed = rows.filter(rows["reason"].isnull())
    return placed.select("__key", "__row", "segment", "weight", "lat", "lon", *kept)


def _judged(
    table: CustomerTable, places: Places, labels: str, weight_key: str | None = None
) -> ir.Table:
    """Put beside each customer why it is not on the map, NULL where it is."""
    lat_key, lon_key = places.coordinate_keys
    rows = labelled_rows(table, labels, weight_key)
    lat, lon = rows[lat_key].cast("float64"), rows[lon_key].cast("float64")
    reason = ibis.cases(
        (lat.isnull() | lon.isnull(), Reason.MISSING.value),
        ((lat.abs() > 90) | (lon.abs() > 180), Reason.OUT_OF_RANGE.value),
        ((lat == 0) & (lon == 0), Reason.NULL_ISLAND.value),
        (rows["segment"].isnull(), Reason.WITHOUT_SEGMENT.value),
    )
    return rows.mutate(lat=lat, lon=lon, reason=reason)


def _extent(table: CustomerTable, placed: ir.Table, n_placed: int) -> Extent | None:
    if not n_placed:
        return None
    step = n_placed // EXTENT_ROWS
    if step > 1:
        placed = placed.filter(placed["__key"] % step == 0)
    low, high = (1 - EXTENT_SHARE) / 2, (1 + EXTENT_SHARE) / 2
    lon, lat = placed["lon"], placed["lat"]
    edges = placed.aggregate(
        west=lon.quantile(low),
        south=lat.quantile(low),
        east=lon.quantile(high),
        north=lat.quantile(high),
    )
    row = table.session.arrow(edges).to_pylist()[0]
    return Extent(**{side: float(degrees) for side, degrees in row.items()})
