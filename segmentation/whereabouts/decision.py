"""The decision to read places from columns: which ones, how, and what the user corrected.

Enters: choices, or a document that TOML can say. Leaves: the other. Refuses a document with
unknown names or values, with the place that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

LEVELS = ("country", "region", "city", "district", "postcode")


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """Which columns say where customers live, and how they are read.

    Attributes
    ----------
    coordinates : tuple of str
        A column of latitudes and one of longitudes, or one column of both; empty where names or
        addresses are read.
    swapped : bool
        Whether what is named latitude is the longitude, or stands second in its cell.
    names : tuple of (level, column) pairs
        Columns of ``country``, ``region``, ``city``, ``district`` and ``postcode``.
    address : str
        A column of addresses; blank where there is none.
    dates : tuple of str
        Columns of dates whose season is added.
    corrections : tuple of (said, id) pairs
        What the user says that names mean: a place's id, or blank for no place.
    """

    coordinates: tuple[str, ...] = ()
    swapped: bool = False
    names: tuple[tuple[str, str], ...] = ()
    address: str = ""
    dates: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns that places are read from."""
        if self.coordinates:
            return self.coordinates
        return (self.address,) if self.address else tuple(column for _, column in self.names)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it needs."""
        return (*self.sources, *self.dates)

    @property
    def is_measured(self) -> bool:
        """Whether coordinates are read rather than names."""
        return bool(self.coordinates)

    def corrected(self, changes: Mapping[str, str | None]) -> PlaceReading:
        """Return the reading with corrections; None takes one back.

        Examples
        --------
        >>> PlaceReading(address="a").corrected({"Oz": "C:AU", "x": None}).corrections
        (('Oz', 'C:AU'),)
        """
        merged = {**dict(self.corrections), **changes}
        kept = tuple(sorted((said, to) for said, to in merged.items() if to is not None))
        return replace(self, corrections=kept)


def places_out(reading: PlaceReading | None) -> dict[str, Any]:
    """Write a reading as plain values; an empty document where there is none.

    Examples
    --------
    >>> places_out(PlaceReading(names=(("city", "Town"),)))
    {'names': {'city': 'Town'}}
    """
    if reading is None:
        return {}
    document = {
        "coordinates": list(reading.coordinates),
        "swapped": reading.swapped,
        "names": dict(reading.names),
        "address": reading.address,
        "dates": list(reading.dates),
        "corrections": dict(reading.corrections),
    }
    return {name: value for name, value in document.items() if value}


def places_in(document: Mapping[str, Any]) -> PlaceReading | None:
    """Read a reading from plain values, perhaps edited by hand; None for an empty document.

    Raises
    ------
    ValueError, TypeError
        When it is none; the message says where.
    """
    if not document:
        return None
    known = {"coordinates", "swapped", "names", "address", "dates", "corrections"}
    if unknown := document.keys() - known:
        raise ValueError(f"places.{min(unknown)}?")
    coordinates = _texts("coordinates", document.get("coordinates", []))
    names = _pairs("names", document.get("names", {}))
    swapped, address = document.get("swapped", False), document.get("address", "")
    if not isinstance(swapped, bool) or not isinstance(address, str):
        raise TypeError(f"places: swapped = {swapped!r}, address = {address!r}?")
    if wrong := [level for level, _ in names if level not in LEVELS]:
        raise ValueError(f"places.names.{wrong[0]}?")
    if len(coordinates) > 2 or sum(map(bool, (coordinates, names, address))) != 1:
        raise ValueError("places: coordinates, names or address?")
    dates = _texts("dates", document.get("dates", []))
    corrections = _pairs("corrections", document.get("corrections", {}))
    return PlaceReading(coordinates, swapped, names, address, dates, tuple(sorted(corrections)))


def _texts(place: str, texts: object) -> tuple[str, ...]:
    if not isinstance(texts, list) or not _all_text(texts):
        raise TypeError(f"places.{place} = {texts!r}?")
    return tuple(texts)


def _pairs(place: str, pairs: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(pairs, Mapping) or not _all_text(pairs.values()):
        raise TypeError(f"places.{place} = {pairs!r}?")
    return tuple(pairs.items())


def _all_text(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)
