"""How far each customer is from the nearest place of interest, as variables of the customers.

Enters: the customers, and plans whose places are in the engine. Leaves: the customers with two
more variables a plan. Refuses to guess where a customer without coordinates is: such a customer
has no distance, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from segmentation.geography.nearby import NearbyPlan
from segmentation.geography.nearest import NearestPlace
from segmentation.geography.spots import Spots, spots_of
from segmentation.intake import Column, CustomerTable, Kind
from segmentation.intake.derived import Derived, with_derived
from segmentation.notes import Note

# Customers at a time: large enough that the search and not the handing over takes the time.
AT_ONCE = 200_000


def with_distances(table: CustomerTable, plans: Sequence[NearbyPlan]) -> CustomerTable:
    """Give every customer the distance to the nearest place of each plan, and its name.

    A plan rests while the customers lack its columns of coordinates.

    Parameters
    ----------
    table : CustomerTable
    plans : sequence of NearbyPlan

    Returns
    -------
    CustomerTable
        With the variables of :attr:`NearbyPlan.distance_name`, in kilometres along the great
        circle, and :attr:`NearbyPlan.nearest_name`.

    Raises
    ------
    PlacesFileMissing
        When the file of a plan has not been read in this session.
    """
    for plan in plans:
        where = coordinates(table, plan)
        if where is not None:
            table = _measured(table, plan, where)
    return table


def coordinates(table: CustomerTable, plan: NearbyPlan) -> tuple[Column, Column] | None:
    """Return the customers' columns that a plan measures from; None where it rests."""
    numbers = {c.name: c for c in table.columns if c.kind is Kind.NUMBER}
    lat, lon = (numbers.get(name) for name in plan.of_customers)
    return (lat, lon) if lat is not None and lon is not None else None


def distance_column(table: CustomerTable, plan: NearbyPlan) -> Column | None:
    """Return the column of kilometres that was measured for a plan; None where it rests."""
    return _made(table, plan, "made-distance")


def nearest_column(table: CustomerTable, plan: NearbyPlan) -> Column | None:
    """Return the column that says which place is the nearest; None where the plan rests."""
    return _made(table, plan, "made-nearest")


def _made(table: CustomerTable, plan: NearbyPlan, code: str) -> Column | None:
    for column in table.columns:
        if column.reason.code == code and column.reason.get("label") == plan.label:
            return column
    return None


def _measured(
    table: CustomerTable, plan: NearbyPlan, where: tuple[Column, Column]
) -> CustomerTable:
    spots = spots_of(table.session, plan)
    told: dict[str, str | int] = {"label": plan.label, "places": len(spots.names)}
    made = with_derived(
        table,
        plan.mark,
        (
            Derived(plan.distance_name, Kind.NUMBER, Note.of("made-distance", **told)),
            Derived(plan.nearest_name, Kind.TEXT, Note.of("made-nearest", **told)),
        ),
        lambda: _parts(table, where, spots),
    )
    n_missing = made.columns[-2].n_missing
    notes = [Note.of("distances-measured", n=table.raw.n_rows - n_missing, **told)]
    if n_missing:
        notes.append(Note.of("distances-missing", n=n_missing, label=plan.label))
    return replace(made, notes=(*table.notes, *notes))


def _parts(table: CustomerTable, where: tuple[Column, Column], spots: Spots) -> Iterator[pa.Table]:
    """Measure the customers part by part, so that only one part at a time is outside the engine."""
    finder = NearestPlace(spots.latitude, spots.longitude)
    names = pa.array(spots.names, pa.string())
    yield _part(np.empty(0, np.int64), np.empty(0), names.slice(0, 0))
    rows = table.everyone()
    lat, lon = (rows[column.key].cast("float64") for column in where)
    right = (lat.abs() <= 90) & (lon.abs() <= 180) & ~((lat == 0) & (lon == 0))
    there = rows.select("__row", lat=lat, lon=lon).filter(right.fill_null(False))
    for batch in table.session.batches(there, AT_ONCE):
        place, km = finder.find(batch["lat"].to_numpy(), batch["lon"].to_numpy())
        yield _part(batch["__row"].to_numpy(), km, names.take(pa.array(place)))


def _part(row: object, km: object, nearest: pa.Array) -> pa.Table:
    return pa.table({"__row": row, "d0": km, "d1": nearest})
