"""What to make of the recommendation once the segments have been tested.

Enters: the recommendation and the test. Leaves: :class:`Advice`. Refuses to let the two stand side
by side and say different things: what the test finds comes last and wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.notes import Note
from segmentation.validation.choice import Choice
from segmentation.validation.stability import Stability
from segmentation.validation.trust import Trust
from segmentation.validation.verdict import LEAST_K, NATURAL, REPRODUCIBLE, Structure

THRESHOLDS = {
    Structure.NATURAL: NATURAL,
    Structure.REPRODUCIBLE: REPRODUCIBLE,
    Structure.CONSTRUCTED: REPRODUCIBLE,
}


@dataclass(frozen=True, slots=True)
class Advice:
    """The recommendation after the test.

    Attributes
    ----------
    k : int
        The number of segments to prefer; 1 where there are none.
    structure : Structure or None
        What they stand on; None where there are none.
    reason : Note
        The numbers behind it.
    """

    k: int
    structure: Structure | None
    reason: Note


def advise(choice: Choice, trust: Trust) -> Advice:
    """Say which number of segments the test leaves standing.

    The recommended number stays where no other stands on more. Otherwise, of the numbers that
    stand on most (natural before reproducible before constructed), that with the largest combined
    score; where no number was scored, the one whose solution is found again best among those that
    are found again better than their neighbours, from three segments on where there are any.

    Parameters
    ----------
    choice : Choice
    trust : Trust

    Returns
    -------
    Advice
    """
    verdict, asked = trust.verdict, choice.recommended_k
    if verdict.none:
        return Advice(1, None, Note.of("tested-none"))
    reached = set(verdict.by_k.values())
    level = next(each for each in Structure if each in reached)
    ks = [k for k, structure in verdict.by_k.items() if structure is level]
    k = asked if asked in ks else _preferred(ks, dict(choice.scores), trust.stability)
    rather = asked > 1 and k != asked
    told: dict[str, int | float] = {
        "k": k,
        "agreement": round(trust.stability.median(k), 3),
        "threshold": THRESHOLDS[level],
    }
    if rather:
        told["suggested"] = asked
    code = f"tested-rather-{level}" if rather else f"tested-{level}"
    return Advice(k, level, Note.of(code, **told))


def _preferred(ks: list[int], scores: dict[int, float], stable: Stability) -> int:
    scored = [k for k in ks if k in scores]
    if scored:
        return max(scored, key=lambda k: (scores[k], -k))
    medians = {k: stable.median(k) for k in stable.agreement}
    peaks = [
        k
        for k in ks
        if k >= LEAST_K and medians[k] >= max(medians.get(n, -1.0) for n in (k - 1, k + 1))
    ]
    larger = [k for k in ks if k >= LEAST_K]
    return max(peaks or larger or ks, key=lambda k: (medians[k], -k))
