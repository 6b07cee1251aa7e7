"""Who can be put on a map, who cannot and why, and how far the customers spread.

Enters: a customer table, its places and the labels of a solution. Leaves: counts, an extent and
the rows (still in the engine) that the maps are made from. Refuses to correct a coordinate: one
that cannot be right is counted and left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from segmentation.geography.places import Places
from segmentation.geography.tally import PLAIN, Counted, labelled_rows
from segmentation.intake import CustomerTable
from segmentation.notes import Note

# The middle 90 % in each direction: a few customers far away do not shrink the map of the others.
EXTENT_SHARE = 0.90
# Above this, the extent is measured on the customers whose key is a multiple: an even sample that
# is the same on every engine.
EXTENT_ROWS = 200_000
# No coordinate of a single customer leaves the engine more exact than this: about 100 metres.
DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Extent:
    """The rectangle around the middle 90 % of the customers in each direction, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Located:
    """How many customers are on the map, and why the others are not: the first reason that holds.

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
    rows, lat, lon = _coordinates(table, places, labels, None)
    if _all_labelled(table, labels):  # then nothing has to be joined to count them
        rows, lat, lon = _as_numbers(table.population().mutate(segment=ibis.literal(0)), places)
    known = lat.notnull() & lon.notnull()
    on_earth = lat.between(-90, 90) & lon.between(-180, 180)
    nowhere = (lat == 0) & (lon == 0)
    found = table.session.arrow(
        rows.aggregate(
            n_customers=rows.count(),
            known=rows.count(where=known),
            on_earth=rows.count(where=known & on_earth),
            somewhere=rows.count(where=known & on_earth & ~nowhere),
            n_placed=rows.count(where=known & on_earth & ~nowhere & rows["segment"].notnull()),
        )
    ).to_pylist()[0]
    n_placed = int(found["n_placed"])
    return Located(
        n_customers=int(found["n_customers"]),
        n_placed=n_placed,
        missing=int(found["n_customers"] - found["known"]),
        out_of_range=int(found["known"] - found["on_earth"]),
        null_island=int(found["on_earth"] - found["somewhere"]),
        without_segment=int(found["somewhere"]) - n_placed,
        extent=_extent(table, rows.filter(_is_placed(rows)), n_placed),
    )


def placed_rows(
    table: CustomerTable,
    places: Places,
    labels: str,
    *,
    counted: Counted = PLAIN,
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
    counted : Counted
        Survey weights, and a quantity to keep.
    keep : str, optional
        Another engine column to keep.

    Returns
    -------
    ibis Table
        ``__key``, ``__row``, ``segment``, ``lat`` and ``lon`` in degrees, ``keep``, and where they
        are counted ``weight`` and ``quantity``.
    """
    rows, _, _ = _coordinates(table, places, labels, counted.weight_key)
    kept = [keep] if keep else []
    if counted.quantity is not None:
        rows = rows.mutate(quantity=counted.quantity(rows).cast("float64"))
        kept.append("quantity")
    placed = rows.filter(_is_placed(rows))
    if counted.weight_key is not None:
        kept.append("weight")
    return placed.select("__key", "__row", "segment", "lat", "lon", *kept)


def _all_labelled(table: CustomerTable, labels: str) -> bool:
    """Tell whether every customer of the file has a segment."""
    segments, everyone = table.session.table(labels), table.everyone()
    known = table.session.arrow(segments.aggregate(n=segments["segment"].count()))
    return bool(
        not table.conditions
        and known["n"][0] == table.session.arrow(everyone.aggregate(n=everyone.count()))["n"][0]
    )


def _is_placed(rows: ir.Table) -> ir.BooleanValue:
    """Say who is on the map: somewhere on earth, and in a segment."""
    lat, lon = rows["lat"], rows["lon"]
    inside = lat.between(-90, 90) & lon.between(-180, 180) & ((lat != 0) | (lon != 0))
    return inside & rows["segment"].notnull()


def _coordinates(
    table: CustomerTable, places: Places, labels: str, weight_key: str | None
) -> tuple[ir.Table, ir.NumericValue, ir.NumericValue]:
    """Put segment, latitude and longitude beside each customer."""
    return _as_numbers(labelled_rows(table, labels, weight_key), places)


def _as_numbers(
    rows: ir.Table, places: Places
) -> tuple[ir.Table, ir.NumericValue, ir.NumericValue]:
    lat_key, lon_key = places.coordinate_keys
    rows = rows.mutate(lat=rows[lat_key].cast("float64"), lon=rows[lon_key].cast("float64"))
    return rows, rows["lat"], rows["lon"]


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
