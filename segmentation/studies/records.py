"""What is kept of a study: its versions, and of their results a summary.

Enters: values. Leaves: frozen records. Refuses to hold customers: a summary has sizes and checks of
segments, and of who is in which only a fingerprint.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from segmentation.profiles import SegmentSize

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """One criterion of one segment, as it was when the version was saved.

    Attributes
    ----------
    segment : int
        0 …
    criterion : str
        Code, such as ``size``.
    verdict : str
        ``pass``, ``caution`` or ``fail``.
    value : float or None
        The number that decided, None where it could not be known.
    """

    segment: int
    criterion: str
    verdict: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """What a version's segments came to.

    Attributes
    ----------
    n_customers : int
    names : tuple of str
        Of the segments.
    sizes : tuple of SegmentSize
    unassigned : int
        Customers in none.
    method : str or None
        How segments were found; None where they were given.
    verdict : str or None
        ``natural``, ``reproducible``, ``constructed`` or ``none``; None where nobody tested them.
    labels : str or None
        Tells whether the same customers are in the same segments, whatever the order of the file;
        None where it is not known.
    judgements : tuple of Judgement
    """

    n_customers: int
    names: tuple[str, ...]
    sizes: tuple[SegmentSize, ...]
    unassigned: int = 0
    method: str | None = None
    verdict: str | None = None
    labels: str | None = None
    judgements: tuple[Judgement, ...] = ()

    @property
    def k(self) -> int:
        """Number of segments."""
        return len(self.sizes)

    def dumped(self) -> str:
        """Return the results as JSON.

        Examples
        --------
        >>> some = Results(2, ("all",), (SegmentSize(0, 2, 1.0, 0.34, 1.0),))
        >>> Results.loaded(some.dumped()) == some
        True
        """
        return json.dumps(asdict(self))

    @classmethod
    def loaded(cls, text: str) -> Results:
        """Return the results from JSON."""
        found = json.loads(text)
        return cls(
            **{
                **found,
                "names": tuple(found["names"]),
                "sizes": tuple(SegmentSize(**each) for each in found["sizes"]),
                "judgements": tuple(Judgement(**each) for each in found["judgements"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that is to be saved.

    Attributes
    ----------
    toml : str
        The study.
    source : str
        Name of the file it was made from.
    fingerprint : str
        Of the data it was made from.
    n_rows : int
        Of the same.
    seed : int
        Of all random choices.
    made_with : mapping of str to str
        Versions by name of what computes.
    results : Results or None
        None where the segments had not been computed.
    """

    toml: str
    source: str
    fingerprint: str
    n_rows: int
    seed: int
    made_with: Mapping[str, str] = field(default_factory=dict)
    results: Results | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was saved, without the study itself.

    Attributes
    ----------
    number : int
        1 …
    saved : datetime
        UTC.
    saved_by : str
        Blank where nobody said.
    source, fingerprint, n_rows, seed, made_with, results
        As in :class:`Draft`.
    """

    number: int
    saved: dt.datetime
    saved_by: str
    source: str
    fingerprint: str
    n_rows: int
    seed: int
    made_with: Mapping[str, str]
    results: Results | None


@dataclass(frozen=True, slots=True)
class SavedStudy:
    """A study that was saved.

    Attributes
    ----------
    id : str
    name : str
    owner : str
        Who saved it first; blank where nobody said.
    created, updated : datetime
        UTC.
    revision : int
        Rises with every change; whoever changes it says which one they have seen.
    latest : Version
    """

    id: str
    name: str
    owner: str
    created: dt.datetime
    updated: dt.datetime
    revision: int
    latest: Version


def tidy(name: str) -> str:
    r"""Return a name on one line, without marks that cannot be seen, of at most 200 characters.

    Examples
    --------
    >>> tidy(" Spring\n 2026\0 ")
    'Spring 2026'
    """
    seen = "".join(mark if mark.isprintable() else " " for mark in name)
    return " ".join(seen.split())[:LONGEST_NAME]
