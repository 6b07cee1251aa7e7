"""The doors to the library's geography, each remembered in the visit like those of ``compute``."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from pages.ui import compute
from pages.ui.visits import Visit
from segmentation.criteria import reachable
from segmentation.geography import (
    POINTS_UP_TO,
    Areas,
    Bins,
    Counted,
    Landmark,
    Located,
    Measure,
    Places,
    Points,
    RegionTable,
    area_customers,
    bin_customers,
    bin_size,
    customer_points,
    finer,
    inside,
    landmarks,
    locate,
    places_of,
    region_table,
)
from segmentation.intake import Kind
from segmentation.variables import Role, Scale, Variable

FEW_CUSTOMERS_A_PLACE = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What the colours of a map are to say, and the value they say it of."""

    measure: Measure
    value: Variable | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What the engine is asked; measures of the same count share an answer."""
        if not self.measure.of_quantity:
            return ("", "")
        if self.measure is Measure.REACHABLE:
            return ("reachable", "")
        return ("value", self.value.name if self.value else "")


@dataclass(frozen=True, slots=True)
class Within:
    """One hexagon of a map."""

    bins: Bins
    cell: int


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


def points(visit: Visit, k: int) -> Points:
    """Return each customer as a point of the map."""
    key = ("points", compute.variables_key(visit), compute.solution_key(visit, k))
    return visit.memo.get(
        key,
        lambda: customer_points(compute.customers(visit), places(visit), compute.labels(visit, k)),
    )


def share_few_places(visit: Visit, k: int) -> bool:
    """Tell whether most customers stand at the same point as others, as towns of addresses do."""
    shown = points(visit, k)
    places = {*zip(shown.latitude.tolist(), shown.longitude.tolist(), strict=True)}
    return len(places) * FEW_CUSTOMERS_A_PLACE < shown.n_points


def bins(visit: Visit, k: int, steps: int, asked: Asked) -> Bins | None:
    """Return the customers by hexagon, some sizes finer or coarser than suits most maps."""
    found = located(visit, k)
    if found is None or found.extent is None:
        return None
    degrees = finer(bin_size(found), steps)
    what = _counted_key(visit, asked)
    key = ("bins", degrees, what, compute.variables_key(visit), compute.solution_key(visit, k))
    return visit.memo.get(
        key,
        lambda: bin_customers(
            compute.customers(visit),
            places(visit),
            compute.labels(visit, k),
            degrees,
            counted=counted(visit, asked),
            located=found,
        ),
    )


def areas(
    visit: Visit, k: int, variable: Variable, asked: Asked, people: Variable | None = None
) -> Areas | None:
    """Return the customers by the outlines of regions, None where these are not known."""
    inhabitants = people.name if people else ""
    what = _counted_key(visit, asked)
    key = ("areas", variable.name, what, inhabitants, compute.variables_key(visit))
    return visit.memo.get(
        (*key, compute.solution_key(visit, k)),
        lambda: area_customers(
            compute.customers(visit),
            variable,
            compute.labels(visit, k),
            k,
            counted=counted(visit, asked),
            people=people,
        ),
    )


def _counted_key(visit: Visit, asked: Asked) -> Hashable:
    """Return what the answer of the engine depends on: who is reachable is a decision, too."""
    rules = compute.study_of(visit).criteria.reach
    return (asked.key, rules if asked.measure is Measure.REACHABLE else None)


def counted(visit: Visit, asked: Asked) -> Counted:
    """Return what is counted in the engine for a measure."""
    value, variables = asked.value, compute.variables(visit)
    if asked.measure is Measure.REACHABLE:
        rules = compute.study_of(visit).criteria.reach
        return Counted(None, reachable(compute.customers(visit), variables, rules))
    if value is not None and asked.measure.of_quantity:
        return Counted(weight_key(visit), lambda rows: rows[value.key])
    return Counted(weight_key(visit))


def values(visit: Visit) -> tuple[Variable, ...]:
    """Return the numbers that a place can have a mean or a total of, outcomes first."""
    told = (Role.OUTCOME, Role.BASIS, Role.DESCRIPTOR)
    numbers = [
        v
        for v in compute.variables(visit)
        if v.role in told and v.scale is Scale.METRIC and v.column.kind is Kind.NUMBER
    ]
    return tuple(sorted(numbers, key=lambda v: told.index(v.role)))


def has_consents(visit: Visit) -> bool:
    """Tell whether the file says who may be contacted."""
    return any(v.role is Role.CONSENT for v in compute.variables(visit))


def outlined(visit: Visit, k: int) -> tuple[Variable, ...]:
    """Return the columns whose regions have outlines to be coloured."""
    offered = [v for v in places(visit).regions if v.detail in ("country", "region")]
    return tuple(v for v in offered if areas(visit, k, v, Asked(Measure.LARGEST)) is not None)


def regions(visit: Visit, variable: Variable, k: int, within: Within | None = None) -> RegionTable:
    """Return the segments by region, of everybody or of one place of the map."""
    place = (within.bins.degrees, within.cell) if within else ()
    key = ("regions", variable.name, place, compute.variables_key(visit))
    return visit.memo.get(
        (*key, compute.solution_key(visit, k)),
        lambda: region_table(
            compute.customers(visit),
            variable,
            compute.labels(visit, k),
            k,
            weight_key=weight_key(visit),
            only=inside(places(visit), within.bins, within.cell) if within else None,
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
