"""The doors to the library's geography, each remembered in the visit like those of ``compute``."""

from __future__ import annotations

from dataclasses import replace

from pages.ui import compute
from pages.ui.visits import Visit
from segmentation.geography import (
    POINTS_UP_TO,
    Bins,
    Landmark,
    Leading,
    Located,
    Places,
    Points,
    RegionTable,
    bin_customers,
    bin_size,
    customer_points,
    landmarks,
    locate,
    places_of,
    region_table,
)
from segmentation.variables import Role, Variable


def places(visit: Visit) -> Places:
    """Return which columns say where customers are."""
    return places_of(compute.variables(visit))


def located(visit: Visit, k: int) -> Located | None:
    """Return where the customers are, None without coordinates."""
    where = places(visit)
    if not where.has_coordinates:
        return None
    key = ("located", compute.variables_key(visit), compute.solution_key(visit, k))
    return visit.memo.get(
        key, lambda: locate(compute.customers(visit), where, compute.labels(visit, k))
    )


def fits_points(visit: Visit, k: int) -> bool:
    """Tell whether each customer can be a point of the map."""
    found = located(visit, k)
    return found is not None and found.n_placed <= POINTS_UP_TO


def mapped(visit: Visit, k: int, leading: Leading | None) -> Points | Bins | None:
    """Return the customers for the map: points, or hexagons by what leads them."""
    found = located(visit, k)
    if found is None or found.extent is None:
        return None
    where = places(visit)
    table, name = compute.customers(visit), compute.labels(visit, k)
    key = (compute.variables_key(visit), compute.solution_key(visit, k))
    if leading is None:
        return visit.memo.get(("points", *key), lambda: customer_points(table, where, name))
    degrees = bin_size(found)
    weight = weight_key(visit)
    bins = visit.memo.get(
        ("bins", *key),
        lambda: bin_customers(table, where, name, degrees, weight_key=weight),
    )
    return replace(bins, by=leading)


def regions(visit: Visit, variable: Variable, k: int) -> RegionTable:
    """Return the segments by region."""
    key = ("regions", variable.name, compute.variables_key(visit), compute.solution_key(visit, k))
    return visit.memo.get(
        key,
        lambda: region_table(
            compute.customers(visit),
            variable,
            compute.labels(visit, k),
            k,
            weight_key=weight_key(visit),
        ),
    )


def city_names(visit: Visit, k: int) -> tuple[Landmark, ...]:
    """Return names for the map, from the customers' own cities or regions."""
    found = located(visit, k)
    if found is None or found.extent is None:
        return ()
    key = ("landmarks", compute.variables_key(visit), compute.solution_key(visit, k))
    return visit.memo.get(
        key,
        lambda: landmarks(compute.customers(visit), places(visit), compute.labels(visit, k), found),
    )


def weight_key(visit: Visit) -> str | None:
    """Return the engine column of the survey weight, None where every customer counts once."""
    return next((v.key for v in compute.variables(visit) if v.role is Role.WEIGHT), None)
