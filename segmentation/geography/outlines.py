"""The outlines that regions are coloured on: countries, states of the USA, provinces of China.

Enters: names of regions as a table has them. Leaves: ``Outline`` by code, and which name belongs to
which. Refuses to guess: a name is an outline's where its letters are those of one of its names or
codes, whatever the case, accents and punctuation; a name that two outlines have is nobody's.

Made by ``scripts/make_outlines.py``; origins and licences are in ``docs/data-sources.md``.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

# Coordinates are packed as whole thousandths of a degree, each as the step from the one before.
_UNITS = 1000
# What a Chinese division is called after its name: province, city, autonomous region.
_CHINESE_KINDS = ("特别行政区", "自治区", "省", "市", "壮族", "回族", "维吾尔")
# Words that some tables write and others leave out.
_FILLERS = frozenset({"the", "of", "and", "state", "province", "republic"})

Ring = npt.NDArray[np.float64]


class Level(StrEnum):
    """Kinds of regions that have outlines here."""

    COUNTRY = "country"
    US_STATE = "us"
    CHINESE_PROVINCE = "cn"


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One region and its shape.

    Attributes
    ----------
    code : str
        ISO 3166 two letters of a country, postal code of a state, first two digits of a province.
    name : str
        In English.
    people : int or None
        Inhabitants, where the source has them.
    parts : tuple of tuple of ndarray of shape (n, 2)
        Polygons; of each the outer ring first, then its holes; longitude and latitude in degrees,
        the last point equal to the first.
    """

    code: str
    name: str
    people: int | None
    parts: tuple[tuple[Ring, ...], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the largest part, degrees."""
        largest = max((part[0] for part in self.parts), key=_area)
        (west, south), (east, north) = largest.min(axis=0), largest.max(axis=0)
        return float(west), float(south), float(east), float(north)


def outlines(level: Level) -> Mapping[str, Outline]:
    """Return the outlines of a level by code.

    Examples
    --------
    >>> len(outlines(Level.CHINESE_PROVINCE)), outlines(Level.US_STATE)["CA"].name
    (34, 'California')
    """
    return _outlines(level)


def codes_of(names: Iterable[str], level: Level) -> dict[str, str]:
    """Find which outline each name means.

    Parameters
    ----------
    names : iterable of str
        As in the data: names in several languages, ISO or postal codes, in any case.
    level : Level

    Returns
    -------
    dict of str to str
        Code by name, for those that are known.

    Examples
    --------
    >>> codes_of(["Deutschland", "u.s.a.", "Österreich", "Atlantis"], Level.COUNTRY)
    {'Deutschland': 'DE', 'u.s.a.': 'US', 'Österreich': 'AT'}
    >>> codes_of(["广东省", "粤", "内蒙古自治区", "Tibet"], Level.CHINESE_PROVINCE)
    {'广东省': '44', '粤': '44', '内蒙古自治区': '15', 'Tibet': '54'}
    """
    known = _codes(level)
    found = {name: known.get(_plain(name)) for name in names}
    return {name: code for name, code in found.items() if code is not None}


def _plain(name: str) -> str:
    """Return a name without case, accents, punctuation and words that say what it is."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    for kind in _CHINESE_KINDS:
        letters = letters.replace(kind, "") if len(letters) > len(kind) else letters
    bare = "".join(c if c.isalnum() else " " for c in letters if c != "." and c.isprintable())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    words = bare.replace("'", "").split()
    telling = [word for word in words if word not in _FILLERS]
    return " ".join(telling or words)


@cache
def _packed() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    packed = files("segmentation.geography").joinpath("data", "outlines.json.gz").read_bytes()
    found: Mapping[str, Sequence[Mapping[str, Any]]] = json.loads(gzip.decompress(packed))
    return found


@cache
def _outlines(level: Level) -> Mapping[str, Outline]:
    return {
        row["code"]: Outline(
            row["code"],
            row["names"][0],
            row.get("people"),
            tuple(tuple(_ring(steps) for steps in part) for part in row["shape"]),
        )
        for row in _packed()[level]
    }


@cache
def _codes(level: Level) -> Mapping[str, str]:
    owners: dict[str, set[str]] = {}
    for row in _packed()[level]:
        for name in row["names"]:
            owners.setdefault(_plain(name), set()).add(row["code"])
    return {name: next(iter(codes)) for name, codes in owners.items() if len(codes) == 1}


def _ring(steps: Sequence[int]) -> Ring:
    ring: Ring = np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), axis=0) / _UNITS
    return ring


def _area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1])) / 2
