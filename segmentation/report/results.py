"""What a report is made from: results that exist already, and a few asked of the engine for it.

Enters: customers in segments. Leaves: :class:`Results`. Refuses to keep customers: regions, the map
and what-ifs are counted in the engine, so that a report takes as long for a million as for a few.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from segmentation.audit import Audit
from segmentation.charts import Drawing, map_chart, segment_rgb
from segmentation.criteria import ChannelReach
from segmentation.criteria.channels import DIRECT
from segmentation.geography import (
    Extent,
    Landmark,
    Measure,
    RegionTable,
    bin_customers,
    bin_size,
    landmarks,
    locate,
    places_of,
    region_table,
    shade,
)
from segmentation.geography.paint import leading_paint
from segmentation.intake import CustomerTable
from segmentation.notes import Note
from segmentation.sizing import Answer, Group, Question, SizingPlan, ask, ground_of, in_force
from segmentation.structure import Partition
from segmentation.study import Study
from segmentation.validation import Trust
from segmentation.variables import Role, Variable
from segmentation.wording import Words
from segmentation.workflow import Extraction, Judged, Worth

# Of countries, regions, cities and postcodes the two largest areas of the table.
_REGION_COLUMNS = 2
# The room of a name, as a share of the picture's width.
_NAME_WIDE, _NAME_TALL = 0.11, 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """How the segments were found.

    Attributes
    ----------
    extraction : Extraction
    k : int
        As many as were found, before anything was done by hand.
    trust : Trust or None
        None before the test.
    notes : tuple of Note
        What was done to the variables.
    changed : bool
        Whether the segments on show were changed by hand since.
    """

    extraction: Extraction
    k: int
    trust: Trust | None = None
    notes: tuple[Note, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """A picture of where the segments are."""

    drawing: Drawing
    n_placed: int
    n_customers: int


@dataclass(frozen=True, slots=True, eq=False)
class Sized:
    """A what-if that was kept, and its answer."""

    name: str
    where: Group
    answer: Answer


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """What a report asks of the engine.

    Attributes
    ----------
    regions : tuple of RegionTable
        The largest areas first.
    map : Map or None
    sized : tuple of Sized
    """

    regions: tuple[RegionTable, ...] = ()
    map: Map | None = None
    sized: tuple[Sized, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """All that a report is made from.

    Attributes
    ----------
    table : CustomerTable
        Asked for its names and numbers of rows only.
    study : Study
    variables : tuple of Variable
        That the segments were judged by.
    judged : Judged
    worth : Worth
        What the criteria say of them.
    partition : Partition
    names : tuple of str
        Of the segments.
    audit : Audit
    found : Found or None
        None for segments that were given.
    engine : Engine
    today : date
    owner : str
        Who answers for the segmentation; blank where nobody was named.
    """

    table: CustomerTable
    study: Study
    variables: tuple[Variable, ...]
    judged: Judged
    worth: Worth
    partition: Partition
    names: tuple[str, ...]
    audit: Audit
    found: Found | None
    engine: Engine
    today: dt.date
    owner: str = ""

    @property
    def channels(self) -> tuple[ChannelReach, ...]:
        """How much of each segment every direct channel reaches."""
        return tuple(each for each in self.worth.reach.channels if each.channel in DIRECT)


def ask_engine(
    table: CustomerTable,
    variables: Sequence[Variable],
    labels: str,
    names: Sequence[str],
    plan: tuple[SizingPlan, str],
    words: Words,
) -> Engine:
    """Count in the engine what only a report wants to know.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
    labels : str
        Engine table of the segments.
    names : sequence of str
        Of the segments.
    plan : (SizingPlan, str)
        The what-ifs that were kept, and the key of the solution.
    words : Words
        The language of the map.

    Returns
    -------
    Engine
    """
    k = len(names)
    weight = next((v.key for v in variables if v.role is Role.WEIGHT), None)
    regions = [
        region_table(table, variable, labels, k, weight_key=weight)
        for variable in places_of(variables).regions[:_REGION_COLUMNS]
    ]
    return Engine(
        tuple(regions),
        map_of(table, variables, labels, names, words),
        _sized(table, variables, labels, *plan),
    )


def map_of(
    table: CustomerTable,
    variables: Sequence[Variable],
    labels: str,
    names: Sequence[str],
    words: Words,
) -> Map | None:
    """Draw hexagons in the colour of the segment that stands out there; None without coordinates.

    Hexagons of fewer than five customers are not drawn, and no customer is a point of its own.
    """
    where = places_of(variables)
    if not where.has_coordinates:
        return None
    located = locate(table, where, labels)
    if located.extent is None:
        return None
    bins = bin_customers(table, where, labels, bin_size(located), located=located)
    paint = leading_paint(
        bins, shade(bins, Measure.TYPICAL), segment_rgb(len(names), dark=False), names
    )
    cities = apart(landmarks(table, where, labels, located), located.extent)
    drawing = partial(map_chart, bins, paint, names, words, names=cities)
    return Map(drawing, located.n_placed, located.n_customers)


def apart(cities: Sequence[Landmark], extent: Extent) -> tuple[Landmark, ...]:
    """Keep the names that can be read beside each other on a picture, the largest places first.

    Parameters
    ----------
    cities : sequence of Landmark
    extent : Extent
        What the picture shows.

    Returns
    -------
    tuple of Landmark
    """
    wide = max(extent.east - extent.west, (extent.north - extent.south) * 2, 1e-6)
    kept: list[Landmark] = []
    for city in sorted(cities, key=lambda city: -city.n_customers):
        free = all(
            abs(city.longitude - other.longitude) > wide * _NAME_WIDE
            or abs(city.latitude - other.latitude) > wide * _NAME_TALL
            for other in kept
        )
        kept += [city] if free else []
    return tuple(kept)


def _sized(
    table: CustomerTable, variables: Sequence[Variable], labels: str, plan: SizingPlan, key: str
) -> tuple[Sized, ...]:
    if not plan.kept:
        return ()
    columns = {column.name for column in table.columns}
    outcome = plan.outcome if plan.outcome in columns else None
    ground = ground_of(table, variables, Question(outcome, None, labels))
    return tuple(
        Sized(each.name, each.where, ask(ground, applying.group))
        for each in plan.kept
        if not (applying := in_force(each.where, columns, key)).resting
    )
