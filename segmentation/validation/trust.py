"""All of the validation of one sweep, from the quickest answer to the slowest.

Enters: prepared values, the sweep's solutions and the gap test. Leaves: :class:`Trust`. Refuses to
prefer a number of segments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.solution import SolutionFamily
from segmentation.notes import Note
from segmentation.validation.across import Step, steps_between
from segmentation.validation.gap import GapTest
from segmentation.validation.gate import Gate, gate
from segmentation.validation.market import Market
from segmentation.validation.permuted import Permuted, permuted
from segmentation.validation.separation import Criterion, prediction_strength
from segmentation.validation.stability import Stability, stability
from segmentation.validation.verdict import Verdict, verdict

Progress = Callable[[float, Note | None], None]
# Where each part ends, as a share of the whole.
_GATE, _SHUFFLED, _STABLE = 0.1, 0.25, 0.85


@dataclass(frozen=True, slots=True, eq=False)
class Trust:
    """How far to trust the solutions of a sweep.

    Attributes
    ----------
    gate : Gate
        Against one population with the same dependence.
    shuffled : Permuted
        What chance alone shows.
    stability : Stability
        Whether solutions and segments are found again.
    steps : tuple of Step
        Where the segments of each larger solution come from.
    verdict : Verdict
    strength : Criterion
        Whether one half of the customers foretells the segments of the other.
    """

    gate: Gate
    shuffled: Permuted
    stability: Stability
    steps: tuple[Step, ...]
    verdict: Verdict
    strength: Criterion


def trust(
    values: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float64] | None,
    groups: Sequence[tuple[int, ...]],
    family: SolutionFamily,
    evidence: tuple[Mapping[int, float], GapTest],
    *,
    progress: Progress,
) -> Trust:
    """Judge a sweep.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, canonical order, NaN in gaps.
    weights : ndarray of shape (n_customers,) or None
    groups : sequence of tuple of int
        The columns of each variable.
    family : SolutionFamily
        Found in these values.
    evidence : tuple of mapping and GapTest
        What is known already: silhouettes by number of segments, and the gap.
    progress : callable
        Called with the share done in [0, 1] and a note.

    Returns
    -------
    Trust
    """

    def part(start: float, end: float) -> Progress:
        return lambda done, note: progress(start + done * (end - start), note)

    silhouettes, gap = evidence
    ks, seed = sorted(family.solutions), family.spec.seed
    opened = gate(values, groups, k_max=max(ks), seed=seed, progress=part(0.0, _GATE))
    market = Market.of(values, weights, groups, family)
    shuffled = permuted(market, ks, seed=seed, progress=part(_GATE, _SHUFFLED))
    stable = stability(market, family.solutions, seed=seed, progress=part(_SHUFFLED, _STABLE))
    strength = prediction_strength(market, ks, seed=seed, progress=part(_STABLE, 1.0))
    steps = steps_between({k: family.solution(k).labels for k in ks}, weights)
    judged = verdict(opened, gap, stable, silhouettes, shuffled)
    return Trust(opened, shuffled, stable, steps, judged, strength)
