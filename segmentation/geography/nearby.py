"""Places of interest as decisions that can be saved and repeated: stores, depots, ski resorts.

Enters: decisions, or a document that TOML can say. Leaves: the other. Refuses a document with
unknown names or values, with the place that is wrong, and coordinates that no place has.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from segmentation.engine.limits import KEPT
from segmentation.intake import ReadOptions
from segmentation.intake.options import READING

LABEL_UP_TO = 60
_COLUMNS = ("latitude", "longitude", "name")
_KNOWN = ("label", "file", "fingerprint", "of_customers", "columns", "points", *READING)


@dataclass(frozen=True, slots=True)
class SpotColumns:
    """The columns of a file of places.

    Attributes
    ----------
    latitude, longitude : str
    name : str or None
        What the places are called; without it they are numbered.
    """

    latitude: str
    longitude: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that the user named by its coordinates, in degrees."""

    name: str
    latitude: float
    longitude: float

    @property
    def is_on_earth(self) -> bool:
        """Whether there can be such a place."""
        real = math.isfinite(self.latitude) and math.isfinite(self.longitude)
        return real and abs(self.latitude) <= 90 and abs(self.longitude) <= 180


@dataclass(frozen=True, slots=True)
class NearbyPlan:
    """That each customer's distance to the nearest of some places is a variable.

    Attributes
    ----------
    label : str
        What the places are called together, such as ``stores``; names the variables.
    of_customers : tuple of str
        The customers' columns of latitude and longitude.
    file : str
        The file of the places, as the user knows it; blank for places given by coordinates.
    fingerprint : str
        Of its content.
    columns : SpotColumns or None
        Of the file.
    points : tuple of Spot
        Places given by coordinates.
    reading : ReadOptions
        How the file is read.
    """

    label: str
    of_customers: tuple[str, str]
    file: str = ""
    fingerprint: str = ""
    columns: SpotColumns | None = None
    points: tuple[Spot, ...] = ()
    reading: ReadOptions = field(default_factory=ReadOptions)

    @property
    def distance_name(self) -> str:
        """Name of the variable of kilometres."""
        return f"distance to nearest {self.label} (km)"

    @property
    def nearest_name(self) -> str:
        """Name of the variable that says which place it is."""
        return f"nearest {self.label}"

    @property
    def spots_table(self) -> str:
        """Engine table of the places; it stays when other customers are opened."""
        parts = repr((self.fingerprint, self.columns, self.points))
        return f"{KEPT}spots_{hashlib.sha256(parts.encode()).hexdigest()[:12]}"

    @property
    def mark(self) -> str:
        """What the values of the variables depend on, beside the customers."""
        parts = repr((self.spots_table, self.of_customers))
        return hashlib.sha256(parts.encode()).hexdigest()[:8]


def with_plan(plans: Sequence[NearbyPlan], plan: NearbyPlan) -> tuple[NearbyPlan, ...]:
    """Return the plans with another one, which takes the place of one with its label."""
    return (*(p for p in plans if p.label.casefold() != plan.label.casefold()), plan)


def tidy_label(text: str) -> str:
    """Return what places are called, fit for the name of a variable.

    Examples
    --------
    >>> tidy_label("  ski   resorts ")
    'ski resorts'
    """
    return " ".join(text.split())[:LABEL_UP_TO]


def nearby_out(plans: Sequence[NearbyPlan]) -> list[dict[str, Any]]:
    """Return plans as documents that TOML can say.

    Examples
    --------
    >>> nearby_out([NearbyPlan("depot", ("lat", "lon"), points=(Spot("Ulm", 48.4, 10.0),))])[0]
    {'label': 'depot', 'of_customers': ['lat', 'lon'],
     'points': [{'name': 'Ulm', 'latitude': 48.4, 'longitude': 10.0}]}
    """
    return [_plan_out(plan) for plan in plans]


def _plan_out(plan: NearbyPlan) -> dict[str, Any]:
    columns = plan.columns
    document: dict[str, Any] = {
        "label": plan.label,
        "of_customers": list(plan.of_customers),
        "file": plan.file,
        "fingerprint": plan.fingerprint,
        **{name: getattr(plan.reading, name) for name in READING},
        "columns": columns and _said({name: getattr(columns, name) for name in _COLUMNS}),
        "points": [
            {"name": p.name, "latitude": p.latitude, "longitude": p.longitude} for p in plan.points
        ],
    }
    return _said(document)


def nearby_in(documents: Sequence[Mapping[str, Any]]) -> tuple[NearbyPlan, ...]:
    """Read plans from what :func:`nearby_out` wrote, perhaps edited by hand.

    Raises
    ------
    ValueError, TypeError, KeyError
        With the name or value that is wrong.
    """
    if not isinstance(documents, list):
        raise TypeError(f"nearby = {documents!r}?")
    plans = tuple(_plan_in(document) for document in documents)
    labels = [plan.label.casefold() for plan in plans]
    if len(set(labels)) < len(labels):
        raise ValueError(f"label = {max(labels, key=labels.count)!r}?")
    return plans


def _plan_in(document: Mapping[str, Any]) -> NearbyPlan:
    _refuse_others(document, _KNOWN)
    columns, where = document.get("columns"), document["of_customers"]
    if not (isinstance(where, list) and len(where) == 2 and all(isinstance(n, str) for n in where)):
        raise ValueError(f"of_customers = {where!r}?")
    if columns is not None:
        _refuse_others(columns, _COLUMNS)
        name = _text(columns, "name") if "name" in columns else None
        columns = SpotColumns(_text(columns, "latitude"), _text(columns, "longitude"), name)
    points = tuple(_point_in(point) for point in document.get("points", []))
    if (columns is None) != bool(points):
        raise ValueError(f"columns, points = {columns!r}, {points!r}?")
    return NearbyPlan(
        label=_text(document, "label"),
        of_customers=(where[0], where[1]),
        file=_text(document, "file") if "file" in document else "",
        fingerprint=_text(document, "fingerprint") if "fingerprint" in document else "",
        columns=columns,
        points=points,
        reading=ReadOptions(
            **{name: _text(document, name) for name in READING if name in document}
        ),
    )


def _point_in(document: Mapping[str, Any]) -> Spot:
    _refuse_others(document, _COLUMNS)
    degrees = [document[name] for name in _COLUMNS[:2]]
    if any(type(each) not in (int, float) for each in degrees):
        raise TypeError(f"points = {document!r}?")
    spot = Spot(_text(document, "name"), float(degrees[0]), float(degrees[1]))
    if not spot.is_on_earth:
        raise ValueError(f"points = {document!r}?")
    return spot


def _said(document: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is as it would be anyway."""
    return {name: value for name, value in document.items() if value}


def _refuse_others(document: object, known: Sequence[str]) -> None:
    if not isinstance(document, Mapping):
        raise TypeError(f"{document!r}?")
    for name in document:
        if name not in known:
            raise ValueError(f"{name}?")


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} = {value!r}?")
    return value
