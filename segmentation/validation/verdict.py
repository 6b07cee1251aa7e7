"""The verdict: are segments natural, reproducible, constructed, or are there none?

Enters: the gate, the gap, stability and what shuffled copies show. Leaves: a verdict for each
number of segments, with every number and threshold that it rests on. Refuses to call anything
natural on stability alone: four cuts through a uniform square are found again every time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from segmentation.validation.gap import GapTest
from segmentation.validation.gate import Gate
from segmentation.validation.permuted import Permuted
from segmentation.validation.stability import Stability

NATURAL, REPRODUCIBLE = 0.8, 0.7
# A natural segment is "stable" itself, not only on average (Hennig's bound for Jaccard).
STABLE_SEGMENT = 0.75
# Without structure, agreement must exceed that of every shuffled copy by this much.
MARGIN = 0.05
# Dependence that holds solutions together this much beyond chance is worth a cut, if not a type.
USEFUL = 0.3
LEAST_K = 3


class Structure(StrEnum):
    """What a segmentation stands on [1]_.

    References
    ----------
    .. [1] Dolnicar & Leisch (2010), Evaluation of structure and reproducibility of cluster
       solutions using the bootstrap, Marketing Letters 21:83-101.
    """

    NATURAL = "natural"
    REPRODUCIBLE = "reproducible"
    CONSTRUCTED = "constructed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the segments of every number of segments stand on.

    Attributes
    ----------
    by_k : mapping of int to Structure
    any_structure : bool
        Whether the customers are told apart from one population, by the gate and by the gap.
    none : bool
        There are no segments here: no structure, and from three segments on nothing reproducible
        or far (.3) above what every shuffled copy shows. Any split is then constructed.
    """

    by_k: Mapping[int, Structure]
    any_structure: bool
    none: bool


def verdict(
    gate: Gate,
    gap: GapTest,
    stable: Stability,
    silhouettes: Mapping[int, float],
    shuffled: Permuted,
) -> Verdict:
    """Judge every number of segments.

    Natural: there is structure (:class:`Gate` passed, and the gap prefers some number of segments
    to one), the gap supports that many, the solution is found again (median agreement at least
    .8), and so is each of its segments (at least .75). Reproducible: found again in most samples
    (at least .7); where there is no structure, clearly more often than every shuffled copy, for
    cuts through a uniform square are found again, too. Two segments need besides a wider
    silhouette than every shuffled copy, for a single item can hold them together. Constructed:
    everything else.

    Parameters
    ----------
    gate : Gate
    gap : GapTest
    stable : Stability
    silhouettes : mapping of int to float
        By number of segments.
    shuffled : Permuted

    Returns
    -------
    Verdict

    Notes
    -----
    The thresholds are this project's choice, calibrated in docs/benchmarks.md.
    """
    structure = gate.passed and gap.structure
    by_k = {
        k: _judged(
            structure and k <= gap.supported,
            stable,
            k,
            _beyond(stable, silhouettes, shuffled, k, structure),
        )
        for k in sorted(stable.agreement)
    }
    useful = any(
        found is not Structure.CONSTRUCTED or stable.median(k) >= _chance(shuffled, k) + USEFUL
        for k, found in by_k.items()
        if k >= LEAST_K
    )
    none = not structure and not useful
    if none:
        by_k = dict.fromkeys(by_k, Structure.CONSTRUCTED)
    return Verdict(by_k, structure, none)


def _judged(is_supported: bool, stable: Stability, k: int, beyond: bool) -> Structure:
    median = stable.median(k)
    if not beyond or median < REPRODUCIBLE:
        return Structure.CONSTRUCTED
    weakest = min(stable.segments(k))
    natural = is_supported and median >= NATURAL and weakest >= STABLE_SEGMENT
    return Structure.NATURAL if natural else Structure.REPRODUCIBLE


def _beyond(
    stable: Stability,
    silhouettes: Mapping[int, float],
    shuffled: Permuted,
    k: int,
    structure: bool,
) -> bool:
    """Whether a solution shows more than chance alone does."""
    if k < LEAST_K and silhouettes[k] <= max(shuffled.silhouettes.get(k, ()), default=-1.0):
        return False
    return structure or stable.median(k) >= _chance(shuffled, k) + MARGIN


def _chance(shuffled: Permuted, k: int) -> float:
    """The largest agreement that a shuffled copy shows."""
    return max(shuffled.agreement.get(k, ()), default=-1.0)
