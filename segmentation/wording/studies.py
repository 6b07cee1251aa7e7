"""Saved studies in words: versions, what came of them, and what two of them decide differently.

Enters: plain values of a version. Leaves: sentences. Refuses to know where they are kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from segmentation.wording.language import Words, mark
from segmentation.wording.terms import STRUCTURES

NO_SEGMENTS, UNTESTED = "none", ""
_VERDICTS: Mapping[str, str] = {
    **STRUCTURES,
    NO_SEGMENTS: mark("No segments"),
    UNTESTED: mark("Not tested"),
}
_CAME_OF: Mapping[str, str] = {
    UNTESTED: mark("{k:count} segments, not tested"),
    "natural": mark("{k:count} natural segments"),
    "reproducible": mark("{k:count} reproducible segments"),
    "constructed": mark("{k:count} constructed segments"),
    NO_SEGMENTS: mark("{k:count} segments, but made up: there are none"),
}
# By the place in the study's TOML; the longest that fits counts.
_DECISIONS: Mapping[tuple[str, ...], str] = {
    ("source",): mark("File"),
    ("table", "id"): mark("Customer id"),
    ("table", "columns"): mark("Types and values of columns"),
    ("table", "population"): mark("Population"),
    ("codebook",): mark("Codebook"),
    ("files",): mark("Orders and joined files"),
    ("nearby",): mark("Distances to places"),
    ("places",): mark("How places are read"),
    ("sizing",): mark("Sizing"),
    ("money",): mark("Money"),
    ("thresholds",): mark("Thresholds"),
    ("branch", "k"): mark("Number of segments"),
    ("branch", "extraction"): mark("How segments are found"),
    ("branch", "recipe"): mark("Preparation"),
    ("branch", "variables"): mark("Variables"),
    ("branch", "names"): mark("Names of segments"),
    ("branch", "personas"): mark("Notes on segments"),
    ("branch", "given"): mark("Given segments"),
    ("branch", "pins"): mark("Pinned segments"),
    ("branch", "merges"): mark("Merged segments"),
    ("branch", "splits"): mark("Split segments"),
}


def verdict_word(verdict: str | None, words: Words) -> str:
    """Say in a word what segments stand on."""
    known = verdict or UNTESTED
    return words(_VERDICTS[known])


def when_and_who(saved: dt.datetime, by: str, words: Words) -> str:
    """Say when a version was saved and, where that is known, by whom.

    Examples
    --------
    >>> when_and_who(dt.datetime(2026, 3, 1, 9, 5, tzinfo=dt.UTC), "Ana", Words("en"))
    'Mar 1, 2026, 09:05 UTC, Ana'
    """
    day = words("{day}, {time} UTC", day=words.date(saved.date()), time=f"{saved:%H:%M}")
    return words("{day}, {name}", day=day, name=by) if by else day


def made_from(source: str, n_rows: int, words: Words) -> str:
    """Say what file a version was made from."""
    return words("“{name}” with {n:count} rows", name=source, n=n_rows)


def came_of(k: int | None, verdict: str | None, words: Words) -> str:
    """Say how many segments a version has and what they stand on."""
    if k is None:
        return words("saved before its segments were computed")
    known = verdict or UNTESTED
    return words(_CAME_OF[known], k=k)


def needs_file(name: str, source: str, n_rows: int, fingerprint: str, words: Words) -> str:
    """Say which file a saved study waits for."""
    return words(
        "“{study}” waits for its file: “{name}” with {n:count} rows (fingerprint {mark}). Open it, "
        "and its decisions apply.",
        study=name,
        name=source,
        n=n_rows,
        mark=fingerprint[:8],
    )


def compared(same_data: bool, same_segments: bool | None, n: int, words: Words) -> str:
    """Say what two versions have in common.

    Parameters
    ----------
    same_data : bool
    same_segments : bool or None
        None where it is not known.
    n : int
        Decisions that differ.
    words : Words
    """
    data = words("The same data.") if same_data else words("Other data.")
    if same_segments is None:
        labels = words("Whether the segments are the same is not known of both.")
    elif same_segments:
        labels = words("The same customers in the same segments.")
    else:
        labels = words("Some customers are in other segments.")
    decided = words("No decision differs.")
    if n:
        decided = words.plural("{n:count} decision differs.", "{n:count} decisions differ.", n)
    return words.sentences([data, labels, decided])


def decision_name(path: Sequence[str], words: Words) -> tuple[str, str]:
    """Say what a decision is about, and where in it.

    Examples
    --------
    >>> decision_name(("branch", "recipe", "scale"), Words("en"))
    ('Preparation', 'scale')
    """
    for length in (2, 1):
        if (about := tuple(path[:length])) in _DECISIONS:
            return words(_DECISIONS[about]), " / ".join(path[length:])
    return path[0], " / ".join(path[1:])
