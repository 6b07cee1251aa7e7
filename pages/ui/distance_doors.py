"""The doors to distances, concentration and micro-markets, remembered in the visit by their study.

Enters: a visit. Leaves: results, made at most once for the same decisions. Refuses to draw.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from pages.ui import compute, map_doors
from pages.ui.visits import Visit
from segmentation.errors import NoCoordinates
from segmentation.geography import Places
from segmentation.geography.autocorrelation import SpatialPattern, pattern_bins, spatial_pattern
from segmentation.geography.catchments import Catchments, Overlap, catchments, overlap, radii_for
from segmentation.geography.concentration import Concentration, concentration
from segmentation.geography.distances import distance_column, nearest_column
from segmentation.geography.markets import MicroMarkets, micro_markets
from segmentation.geography.nearby import NearbyPlan, Spot, SpotColumns, with_plan
from segmentation.geography.seasons import Seasons, SeasonSource, seasons
from segmentation.geography.spots import PlacesFile, busiest_first, open_places, put_spots, spots_of
from segmentation.geography.tally import effective_share
from segmentation.geography.verdict import PlaceVerdict, place_verdicts
from segmentation.study import Study
from segmentation.transactions import Upload
from segmentation.variables import Variable


def key_of(visit: Visit, k: int) -> Hashable:
    """Return what every result about the places of segments depends on."""
    return (compute.variables_key(visit), compute.solution_key(visit, k))


def places_file(visit: Visit, upload: Upload, columns: SpotColumns | None) -> PlacesFile:
    """Return what a file of places holds."""

    def read() -> PlacesFile:
        with visit.opening:
            return open_places(visit.engine, upload, columns)

    return visit.memo.get(("places_file", upload.path, columns), read)


def coordinates(visit: Visit) -> tuple[str, str]:
    """Return the customers' columns of latitude and longitude.

    Raises
    ------
    NoCoordinates
        When they have none.
    """
    places = map_doors.places(visit)
    if places.latitude is None or places.longitude is None:
        raise NoCoordinates
    return places.latitude.name, places.longitude.name


def measured_to(visit: Visit, plan: NearbyPlan, found: PlacesFile | None) -> Study:
    """Return the study with distances to further places, which are then in the engine."""
    put_spots(visit.engine, plan, found.spots if found else None)
    study = compute.study_of(visit)
    return replace(study, nearby=with_plan(study.nearby, plan))


def plans(visit: Visit) -> tuple[NearbyPlan, ...]:
    """Return the places that distances are measured to now; those that rest are left out."""
    table = compute.customers(visit)
    return tuple(p for p in compute.study_of(visit).nearby if distance_column(table, p))


def within(visit: Visit, k: int, plan: NearbyPlan, radii: tuple[float, ...] = ()) -> Catchments:
    """Return who lives within some distances of the nearest place; without any, usual ones."""
    table, labels = compute.customers(visit), compute.labels(visit, k)
    column = distance_column(table, plan)
    if column is None:
        raise NoCoordinates
    weight = map_doors.weight_key(visit)

    def count() -> Catchments:
        wanted = radii
        if not wanted:
            median = catchments(table, column, labels, k, (1.0,), weight).median_km[-1]
            wanted = radii_for(float(median))
        return catchments(table, column, labels, k, wanted, weight)

    return visit.memo.get(("within", plan, radii, key_of(visit, k)), count)


def spots(visit: Visit, plan: NearbyPlan) -> tuple[Spot, ...]:
    """Return the places of a plan, those with most customers around first."""
    table = compute.customers(visit)
    nearest = nearest_column(table, plan)
    if nearest is None:
        raise NoCoordinates
    return visit.memo.get(
        ("spots", plan, compute.variables_key(visit)),
        lambda: busiest_first(table, nearest, spots_of(visit.engine, plan)),
    )


def shared(visit: Visit, k: int, pair: tuple[Spot, Spot], km: float) -> Overlap:
    """Return who lives within reach of two places."""
    where: Places = map_doors.places(visit)
    return visit.memo.get(
        ("overlap", pair, km, key_of(visit, k)),
        lambda: overlap(compute.customers(visit), where, compute.labels(visit, k), k, pair, km),
    )


def concentrated(visit: Visit, k: int, variable: Variable) -> Concentration:
    """Return where segments are over- and under-represented."""
    return visit.memo.get(
        ("concentration", variable.name, key_of(visit, k)),
        lambda: concentration(
            map_doors.regions(visit, variable, k), effective=_effective(visit, k)
        ),
    )


def pattern(visit: Visit, k: int) -> SpatialPattern | None:
    """Return whether hexagons beside each other are alike; None without enough of them."""
    found = map_doors.located(visit, k)
    if found is None or found.extent is None:
        return None
    weight = map_doors.weight_key(visit)

    def judged() -> SpatialPattern | None:
        table, labels = compute.customers(visit), compute.labels(visit, k)
        where = map_doors.places(visit)
        return spatial_pattern(pattern_bins(table, where, labels, found, weight))

    return visit.memo.get(("pattern", key_of(visit, k)), judged)


def verdicts(visit: Visit, k: int, variable: Variable | None) -> tuple[PlaceVerdict, ...]:
    """Return for each segment whether place matters."""
    return place_verdicts(
        k,
        [within(visit, k, plan) for plan in plans(visit)],
        concentrated(visit, k, variable) if variable else None,
        pattern(visit, k),
        _effective(visit, k),
    )


def markets(visit: Visit, k: int, variable: Variable, value: Variable | None) -> MicroMarkets:
    """Return the regions by segment, with a value."""
    name = value.name if value else None
    return visit.memo.get(
        ("markets", variable.name, name, key_of(visit, k)),
        lambda: micro_markets(
            compute.customers(visit),
            map_doors.regions(visit, variable, k),
            variable,
            compute.labels(visit, k),
            value,
            map_doors.weight_key(visit),
        ),
    )


def by_season(visit: Visit, k: int, source: SeasonSource) -> Seasons:
    """Return the segments over the quarters of the year."""
    table, labels = compute.customers(visit), compute.labels(visit, k)
    weight = map_doors.weight_key(visit)
    return visit.memo.get(
        ("seasons", source, key_of(visit, k)), lambda: seasons(table, source, labels, k, weight)
    )


def _effective(visit: Visit, k: int) -> float:
    weight = map_doors.weight_key(visit)
    return visit.memo.get(
        ("effective", key_of(visit, k)),
        lambda: effective_share(compute.customers(visit), compute.labels(visit, k), weight),
    )
