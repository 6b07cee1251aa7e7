"""How variables are prepared, what else could be tried and what that does, in words.

Enters: codes and results. Leaves: sentences. Refuses to decide anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from segmentation.preparation.recipe import Collinear, Scaling
from segmentation.validation import Contribution, Effect
from segmentation.wording.language import Words, mark, mark_plural

PREPARATION_SENTENCES: Mapping[str, str | tuple[str, str]] = {
    "scale-range": mark("Every number is scaled from its smallest to its largest value."),
    "scale-robust": mark(
        "Every number is scaled by its middle half: extreme values do not change its scale."
    ),
    "scale-none": mark(
        "Numbers keep their own units: those with large values decide more than the others."
    ),
    "scaled-anyway": mark("“{name}” is too large or too small for its own unit: it was scaled."),
    "collinear-weighed": mark(
        "{names:list} say nearly the same and count together about as one variable."
    ),
    "collinear-left-out": mark("“{name}” was left out: it says nearly the same as “{kept}”."),
    "counts-more": mark("“{name}” counts {factor:number} times."),
    "answers-centred": mark(
        "{n:count} items count as differences from each customer’s own mean answer."
    ),
    "answers-flat": mark_plural(
        "{n:count} customer gives the same answer to every item and so prefers none.",
        "{n:count} customers give the same answer to every item and so prefer none.",
    ),
    "trying": mark("Preparing and finding segments again: {n:count} of {n_all:count}"),
    "noise-looking": mark("Putting noise in place of variables: {n:count} of {n_all:count}"),
}

SCALINGS: Mapping[Scaling | Literal["battery"], str] = {
    "unit": mark("Each varies as much as the others (usual)"),
    "range": mark("Each reaches from 0 to 1"),
    "robust": mark("The middle half of each varies as much"),
    "none": mark("Nothing: each in its own unit"),
    "battery": mark("Answers as they are, on their common scale (usual)"),
}
COLLINEAR: Mapping[Collinear, str] = {
    "keep": mark("each counts (usual)"),
    "weigh": mark("together they count about once"),
    "one": mark("only one of them counts"),
}
TRIES: Mapping[str, str] = {
    "collinear-weigh": mark("Let variables that say nearly the same count once together"),
    "collinear-one": mark("Keep one of those that say nearly the same"),
    "habits-out": mark("Leave out each customer’s habit of answering high or low"),
    "habits-in": mark("Take answers as they were given"),
    "log-out": mark("Take no logarithms of skewed numbers"),
    "fence-out": mark("Leave extreme values where they are"),
    "scale-unit": mark("Let each variable vary as much as the others"),
    "scale-range": mark("Scale each variable from 0 to 1"),
    "scale-robust": mark("Scale each variable by its middle half"),
    "defaults": mark("Go back to the usual preparation"),
    "without": mark("Leave out what adds nothing: {names:list}"),
}
# Two medians of quick tests nearer than this are not told apart.
_ALIKE = 0.02
_SAME = 0.98


def effect_sentence(effect: Effect, words: Words) -> str:
    """Say what a change does to the segments: how surely they are found again, and which they are.

    Parameters
    ----------
    effect : Effect
    words : Words

    Returns
    -------
    str
    """
    if effect.after > effect.before + _ALIKE:
        told = words(
            "Found again more surely: {after:number} instead of {before:number}.",
            after=effect.after,
            before=effect.before,
        )
    elif effect.after < effect.before - _ALIKE:
        told = words(
            "Found again less surely: {after:number} instead of {before:number}.",
            after=effect.after,
            before=effect.before,
        )
    else:
        told = words(
            "Found again about as surely: {after:number}, now {before:number}.",
            after=effect.after,
            before=effect.before,
        )
    if effect.same >= _SAME:
        return words.sentences([told, words("The segments stay the same.")])
    other = words(
        "Agreement with the present segments: {same:number} (1 is the same).", same=effect.same
    )
    return words.sentences([told, other])


def noise_finding(found: Mapping[str, Contribution], words: Words) -> str:
    """Say which variables add nothing to the segments, by name.

    Parameters
    ----------
    found : mapping of str to Contribution
        By variable.
    words : Words

    Returns
    -------
    str
    """
    idle = [name for name, contribution in found.items() if contribution.adds_nothing]
    if not idle:
        return words(
            "No variable is mere noise: each tells the segments apart, or goes with others that do."
        )
    if len(idle) == len(found):
        return words(
            "No variable tells the segments apart better than noise in its place: these segments "
            "are a cut through one group of customers."
        )
    if len(idle) == 1:
        return words(
            "“{name}” tells the segments apart no better than noise in its place.", name=idle[0]
        )
    return words(
        "{names:list} tell the segments apart no better than noise in their place.", names=idle
    )
