"""Which number of segments to prefer, or none.

Enters: a family of solutions, their silhouettes and the gap test. Leaves: a :class:`Choice`.
Refuses to override the user: any k can be looked at, the recommendation only says what the data
support.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segmentation.notes import Note
from segmentation.validation.gap import GapTest

MIN_SHARE, MIN_SIZE, SMALL_TABLE = 0.02, 30, 300


@dataclass(frozen=True, slots=True)
class Choice:
    """The recommendation.

    Attributes
    ----------
    recommended_k : int
        1 where the data hold no clear segments.
    reason : Note
        The numbers behind it.
    scores : tuple of (int, float)
        Combined score of each k in [0, 2]; empty where there is nothing to choose between.
    cautions : tuple of Note
        What speaks against taking the number as it is.
    """

    recommended_k: int
    reason: Note
    scores: tuple[tuple[int, float], ...] = ()
    cautions: tuple[Note, ...] = ()


def choose(
    silhouettes: Mapping[int, float],
    smallest: Mapping[int, int],
    n_customers: int,
    gap: GapTest,
) -> Choice:
    """Recommend a number of segments.

    First the gate: unless some number of segments beats one by two standard errors of the gap, the
    data are not told apart from data without segments and 1 is recommended. Then the k with the
    largest sum of silhouette and gap, each scaled to [0, 1] over the candidates; candidates have a
    smallest segment of at least 2 % of the customers, and of 30 from 300 customers on, where any
    has.

    Parameters
    ----------
    silhouettes : mapping of int to float
        By number of segments.
    smallest : mapping of int to int
        Customers in the smallest segment, by number of segments.
    n_customers : int
    gap : GapTest

    Returns
    -------
    Choice
    """
    if not gap.structure:
        return Choice(1, Note.of("no-clear-segments", **_evidence(gap, gap.strongest)))
    floor = MIN_SHARE * n_customers
    if n_customers >= SMALL_TABLE:
        floor = max(MIN_SIZE, floor)
    judged = [k for k in sorted(silhouettes) if k <= len(gap.gaps)]
    ks = [k for k in judged if smallest[k] >= floor] or judged
    widths = _scaled({k: silhouettes[k] for k in ks})
    gaps = _scaled({k: gap.gaps[k - 1] for k in ks})
    scores = tuple((k, round(widths[k] + gaps[k], 4)) for k in ks)
    best = max(scores, key=lambda score: (score[1], -score[0]))[0]
    width = round(silhouettes[best], 3)
    reason = Note.of("segments-found", silhouette=width, **_evidence(gap, best))
    return Choice(best, reason, scores, _cautions(best, judged, smallest[best], floor, n_customers))


def _cautions(
    best: int, judged: list[int], n_smallest: int, floor: float, n_customers: int
) -> tuple[Note, ...]:
    """Say where the best number is at the end of what was looked at, or has a tiny segment."""
    told = []
    if best == judged[-1] and len(judged) > 1:
        told.append(Note.of("largest-looked-at", k=best))
    if n_smallest < floor:
        share = n_smallest / n_customers
        told.append(Note.of("no-number-without-a-tiny-one", share=share, floor=MIN_SHARE))
    return tuple(told)


def _evidence(gap: GapTest, k: int) -> dict[str, int | float]:
    """The numbers that a reader needs to follow the gate."""
    return {
        "k": k,
        "gap": round(gap.gaps[k - 1], 4),
        "gap1": round(gap.gaps[0], 4),
        "error": round(gap.errors[k - 1], 4),
    }


def _scaled(numbers: dict[int, float]) -> dict[int, float]:
    low, high = min(numbers.values()), max(numbers.values())
    return {k: (v - low) / (high - low) if high > low else 1.0 for k, v in numbers.items()}
