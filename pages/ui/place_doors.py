"""The doors to places that are read from columns, each remembered in the visit."""

from __future__ import annotations

from dataclasses import replace

from pages.ui import compute
from pages.ui.opening import table_key
from pages.ui.visits import Visit
from segmentation.study import Study
from segmentation.whereabouts import Found, PlaceReading, find, propose


def offered(visit: Visit) -> PlaceReading | None:
    """Return which columns could say where customers live; latitude and longitude as they look."""
    key = ("places_offered", compute.variables_key(visit))
    return visit.memo.get(key, lambda: propose(compute.customers(visit), compute.variables(visit)))


def in_force(visit: Visit) -> PlaceReading | None:
    """Return the reading of the study, None where it has none or its columns are missing."""
    names = (column.name for column in compute.customers(visit).columns)
    return compute.study_of(visit).places_for(names)


def can_be_added(visit: Visit) -> bool:
    """Tell whether columns say where customers live and have not been read yet."""
    return in_force(visit) is None and offered(visit) is not None


def found(visit: Visit, reading: PlaceReading) -> Found:
    """Return what a reading finds."""
    study = replace(compute.study_of(visit), places=None)
    key = ("places_found", table_key(study), reading)
    return visit.memo.get(key, lambda: find(compute.customers(visit), reading))


def decided(visit: Visit, reading: PlaceReading | None) -> Study:
    """Return the study with a reading, or without one."""
    return replace(compute.study_of(visit), places=reading)
