"""What a persona is made of: typical customers, homes, and the user's own notes.

Enters: a visit. Leaves: results, made at most once for the same decisions, and changed branches.
Refuses to draw.
"""

from __future__ import annotations

from collections.abc import Sequence

from pages.ui import compute, map_doors
from pages.ui.visits import Visit
from segmentation.errors import NoBasis
from segmentation.geography import Home, homes
from segmentation.profiles import known_of, typical_customers
from segmentation.profiles.typical import NOBODY, Cell
from segmentation.study import Branch, PersonaNotes

# Of countries, regions, cities and postcodes the two largest areas of the table: among hundreds of
# small ones some stand out by chance.
REGION_COLUMNS = 2


def typical(visit: Visit, k: int) -> tuple[dict[str, Cell], ...]:
    """Return what is known of a typical customer of each segment, personal data left out."""
    key = ("typical", compute.solution_key(visit, k), compute.variables_key(visit))
    return visit.memo.get(key, lambda: _typical(visit, k))


def _typical(visit: Visit, k: int) -> tuple[dict[str, Cell], ...]:
    try:
        everybody = compute.matrix_of(visit, compute.customers(visit), compute.study_of(visit))
    except NoBasis:  # of given segments nothing need be known that could form any
        return ({},) * k
    labels = compute.partition(visit).at(everybody.rows)
    found = typical_customers(everybody.values, labels, k)
    rows = [NOBODY if each == NOBODY else int(everybody.rows[each]) for each in found]
    return known_of(compute.customers(visit), compute.variables(visit), rows)


def homes_of(visit: Visit, k: int) -> list[tuple[Home | None, ...]]:
    """Return for each segment its homes, one a column of regions, the largest areas first."""
    by_column = [
        homes(map_doors.regions(visit, variable, k))
        for variable in map_doors.places(visit).regions[:REGION_COLUMNS]
    ]
    return [tuple(column[segment] for column in by_column) for segment in range(k)]


def notes_of(visit: Visit, k: int) -> tuple[PersonaNotes, ...]:
    """Return what the user wrote about each segment."""
    branch = compute.study_of(visit).branch
    return branch.personas_of(compute.solution_key(visit, k), k)


def annotated(visit: Visit, written: Sequence[PersonaNotes]) -> Branch:
    """Return the extraction's decisions with the user's notes on every segment."""
    branch, k = compute.study_of(visit).branch, len(written)
    for segment, notes in enumerate(written):
        branch = branch.with_persona(compute.solution_key(visit, k), k, segment, notes)
    return branch
