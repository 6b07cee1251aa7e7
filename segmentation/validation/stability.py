"""Stability: are the same segments found again in other samples of the same market?

Enters: prepared values and the solutions found in them. Leaves: :class:`Stability`. One set of
bootstrap samples serves both questions: whether two samples agree on the whole (global stability),
and which segments of a solution come back (stability within solutions, SLSW). Refuses more than
2,000 customers: stability grows with their number, so it is always judged at the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.points import Points, collapse
from segmentation.extraction.resampling import drawn_weights
from segmentation.extraction.solution import Solution
from segmentation.methods import Resamples
from segmentation.notes import Note
from segmentation.validation.agreement import adjusted_rand, best_jaccard, cross_tables, with_rest
from segmentation.validation.market import Market

STABILITY_ROWS = 2_000
# Each sample is compared with so many others: the median of the same fits, but far less noisy.
PARTNERS = 5
FEW_DISTINCT, MANY_RESTARTS, RESTARTS = 1_500, 50, 10
QUARTILES = (0.25, 0.5, 0.75)
Progress = Callable[[float, Note | None], None]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """How well solutions and their segments are found again.

    Attributes
    ----------
    agreement : mapping of int to ndarray of shape (10 n_pairs,)
        By number of segments: adjusted Rand index between the solutions of two bootstrap samples,
        each sample compared with five others.
    within : mapping of int to ndarray of shape (n_pairs, k)
        By number of segments: how well each segment was found again in a pair's two samples
        (mean of the best Jaccard coefficients, in [0, 1]; NaN where none of its customers is
        among those judged).
    n_rows : int
        Customers it was judged on.
    restarts : int
        Random starts in each sample.
    """

    agreement: Mapping[int, Numbers]
    within: Mapping[int, Numbers]
    n_rows: int
    restarts: int

    def median(self, k: int) -> float:
        """Median agreement of ``k`` segments."""
        return float(np.median(self.agreement[k]))

    def quartiles(self, k: int) -> tuple[float, float, float]:
        """Lower quartile, median and upper quartile of the agreement of ``k`` segments."""
        low, middle, high = np.quantile(self.agreement[k], QUARTILES)
        return float(low), float(middle), float(high)

    def segments(self, k: int) -> tuple[float, ...]:
        """Median stability of each of ``k`` segments (SLSW); NaN where it was not judged."""
        return tuple(float(value) for value in np.median(self.within[k], axis=0))


def stability(
    market: Market,
    solutions: Mapping[int, Solution],
    *,
    seed: int,
    progress: Progress,
    pairs: int | None = None,
) -> Stability:
    """Judge solutions by bootstrap pairs [1]_ and their segments one by one [2]_.

    Parameters
    ----------
    market : Market
    solutions : mapping of int to Solution
        Found in this market.
    seed : int
    progress : callable
        Called with the share done in [0, 1] and a note.
    pairs : int, optional
        Pairs of bootstrap samples; what the method can afford when absent.

    Returns
    -------
    Stability

    References
    ----------
    .. [1] Dolnicar & Leisch (2010), Evaluation of structure and reproducibility of cluster
       solutions using the bootstrap, Marketing Letters 21:83-101.
    .. [2] Dolnicar & Leisch (2017), Using segment level stability to select target segments in
       data-driven market segmentation studies, Marketing Letters 28:423-436.
    """
    judged, pairs = market.first(STABILITY_ROWS), pairs or market.method.effort.pairs
    points = collapse(judged.values, judged.weights)
    drawn = drawn_weights(points, 2 * pairs, np.random.default_rng([seed, 2]))
    samples, mass = Resamples(points, market.groups, drawn), _mass(points)
    restarts = MANY_RESTARTS if points.n_distinct <= FEW_DISTINCT else RESTARTS
    agreement: dict[int, Numbers] = {}
    within: dict[int, Numbers] = {}
    # The time a number of segments takes grows with it.
    effort = np.cumsum([0, *sorted(solutions)])
    for position, k in enumerate(sorted(solutions)):
        done = float(effort[position] / effort[-1])
        progress(done, Note.of("resampling", k=k, k_max=max(solutions), n=2 * pairs))
        rng = np.random.default_rng([seed, 2, k])
        found, m, n = with_rest(market.method.again(samples, k, restarts=restarts, rng=rng))
        one, other = np.tile(found, (PARTNERS, 1)), _partners(found)
        agreement[k] = adjusted_rand(cross_tables(one, other, mass, (n, n)), m)
        own = np.broadcast_to(_labels(points, solutions[k]), found.shape)
        tables = cross_tables(own, found, mass, (k + 1, n))
        again = best_jaccard(tables, (k, m))
        within[k] = (again[:pairs] + again[pairs:]) / 2
    progress(1.0, None)
    return Stability(agreement, within, len(points.inverse), restarts)


def _partners(found: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """The solutions that each one is compared with: those of the next samples, in a circle."""
    return np.concatenate([np.roll(found, -step, axis=0) for step in range(1, PARTNERS + 1)])


def _mass(points: Points) -> Numbers:
    """How many customers each distinct row stands for; survey weights scaled to their number."""
    mass = points.weights.astype(np.float64)
    return np.asarray(mass * (len(points.inverse) / mass.sum()))


def _labels(points: Points, solution: Solution) -> npt.NDArray[np.int16]:
    """Segment of each distinct row: that of the first customer who is so; k for none."""
    first = np.unique(points.inverse, return_index=True)[1]
    labels = solution.labels[first]
    return np.where(labels < 0, np.int16(solution.k), labels)
