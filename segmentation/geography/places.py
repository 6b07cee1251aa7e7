"""Which columns say where a customer is.

Enters: the variables of a study. Leaves: ``Places``, and a note on the column that a map would
need where it is missing. Refuses to look at values: a column is a place because its role says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from segmentation.errors import UnknownColumn
from segmentation.intake import Kind
from segmentation.notes import Note
from segmentation.variables import Role, Variable

# From the largest area to the smallest.
REGION_DETAILS = ("country", "region", "city", "district", "postcode")


@dataclass(frozen=True, slots=True)
class Places:
    """The columns that say where customers are.

    Attributes
    ----------
    latitude, longitude : Variable or None
        Coordinates in degrees; a map needs both.
    regions : tuple of Variable
        Countries, regions, cities and postcodes, from the largest area to the smallest.
    notes : tuple of Note
        What is missing for a map or for a table by region.
    """

    latitude: Variable | None
    longitude: Variable | None
    regions: tuple[Variable, ...]
    notes: tuple[Note, ...] = ()

    @property
    def has_coordinates(self) -> bool:
        """Whether customers can be put on a map."""
        return self.latitude is not None and self.longitude is not None

    @property
    def coordinate_keys(self) -> tuple[str, str]:
        """Engine columns of latitude and longitude.

        Raises
        ------
        UnknownColumn
            When one of them is missing.
        """
        if self.latitude is None:
            raise UnknownColumn(name="latitude", nearest=())
        if self.longitude is None:
            raise UnknownColumn(name="longitude", nearest=())
        return self.latitude.key, self.longitude.key


def places_of(variables: Iterable[Variable]) -> Places:
    """Find the columns that say where customers are.

    Parameters
    ----------
    variables : iterable of Variable
        Those with the role ``LOCATION`` count; of several latitudes or longitudes the first,
        those that were read from places before the file's own.

    Returns
    -------
    Places
        With a note ``coordinates-missing`` or ``coordinates-half`` (``present``, ``needed``), and
        ``regions-missing``, where the table lacks them.
    """
    located = [v for v in variables if v.role is Role.LOCATION]
    # What was read from places stands before the columns that it was read from.
    located.sort(key=lambda v: not v.column.place)
    latitude, longitude = _coordinate(located, "latitude"), _coordinate(located, "longitude")
    # Where everybody is in the same country, the country says nothing.
    telling = [v for v in located if v.column.n_distinct > 1]
    regions = tuple(v for detail in REGION_DETAILS for v in telling if v.detail == detail)
    notes = []
    if latitude is None and longitude is None:
        notes.append(Note.of("coordinates-missing"))
    elif latitude is None and longitude is not None:
        notes.append(Note.of("coordinates-half", present=longitude.name, needed="latitude"))
    elif latitude is not None and longitude is None:
        notes.append(Note.of("coordinates-half", present=latitude.name, needed="longitude"))
    if not regions:
        notes.append(Note.of("regions-missing"))
    return Places(latitude, longitude, regions, tuple(notes))


def _coordinate(located: list[Variable], detail: str) -> Variable | None:
    """Return the first column of numbers that is said to be this coordinate."""
    numbers = (v for v in located if v.detail == detail and v.column.kind is Kind.NUMBER)
    return next(numbers, None)
