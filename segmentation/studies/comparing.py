"""Two versions side by side: which decisions differ, and what came of them.

Enters: two versions with their TOML. Leaves: a :class:`Comparison`. Refuses to say which is better.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from segmentation.studies.records import Version

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A decision that two studies take differently.

    Attributes
    ----------
    path : tuple of str
        Where it stands in the TOML.
    first, second : str or None
        What each says; None where it says nothing, so that the program decides.
    """

    path: Path
    first: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two versions have in common.

    Attributes
    ----------
    differences : tuple of Difference
    same_data : bool
        Whether they were made from the same content.
    same_segments : bool or None
        Whether the same customers are in the same segments; None where it is not known of one.
    """

    differences: tuple[Difference, ...]
    same_data: bool
    same_segments: bool | None


def compare(first: Version, second: Version, texts: tuple[str, str]) -> Comparison:
    """Compare two versions.

    Parameters
    ----------
    first, second : Version
    texts : (str, str)
        Their studies as TOML.

    Returns
    -------
    Comparison
    """
    labels = [v.results.labels if v.results else None for v in (first, second)]
    return Comparison(
        differing(*texts),
        first.fingerprint == second.fingerprint,
        labels[0] == labels[1] if all(labels) else None,
    )


def differing(first: str, second: str) -> tuple[Difference, ...]:
    r"""Return the decisions in which two studies differ, in the order of the TOML.

    Parameters
    ----------
    first, second : str
        Studies as TOML.

    Examples
    --------
    >>> differing("[branch]\nk = 4", "[branch]\nk = 5")
    (Difference(path=('branch', 'k'), first='4', second='5'),)
    """
    before, after = (dict(_leaves(tomllib.loads(text))) for text in (first, second))
    return tuple(
        Difference(path, before.get(path), after.get(path))
        for path in dict.fromkeys((*before, *after))
        if before.get(path) != after.get(path)
    )


def _leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, str(name)))
    elif isinstance(value, list) and any(isinstance(inner, Mapping | list) for inner in value):
        for number, inner in enumerate(value, start=1):
            yield from _leaves(inner, (*path, f"{number}"))
    elif isinstance(value, list):
        yield path, ", ".join(map(str, value))
    else:
        yield path, str(value)
