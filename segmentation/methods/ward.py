"""Ward's hierarchy: the two groups whose union costs least become one, again and again.

Enters and leaves: as every method. One tree holds every number of segments, and nothing is left to
chance; survey weights count. Refuses to grow the tree from more than 5,000 customers: everybody
else goes to the nearest mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from segmentation.extraction import ExtractionSpec, SolutionFamily
from segmentation.extraction.placing import place
from segmentation.extraction.points import Single
from segmentation.extraction.sweep import K_MIN, Progress
from segmentation.methods.contract import SPARING, Labels, Resamples, Rows
from segmentation.methods.describing import Search, described, total_of
from segmentation.methods.learners import learners
from segmentation.notes import Note

name = "ward"
effort = SPARING
TREE_ROWS = 5_000
# The tree is nearly all of the work.
GROWN = 0.9
Double = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Which groups became one.

    Attributes
    ----------
    ends : ndarray of shape (n - 1, 2)
        A row of each of the two groups, by growing costs.
    costs : ndarray of shape (n - 1,)
        What each union adds to the sum of squared distances to the means.
    """

    ends: npt.NDArray[np.int64]
    costs: Double

    def cut(self, k: int) -> Labels:
        """Return the group of each row where ``k`` are left."""
        n = len(self.ends) + 1
        one, other = self.ends[: n - k].T
        joined = coo_array((np.ones(n - k), (one, other)), shape=(n, n))
        return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int16)


def solve(rows: Rows, spec: ExtractionSpec, progress: Progress) -> SolutionFamily:
    """Grow one tree and cut it, as :class:`segmentation.methods.contract.Method` says."""
    learning = learners(rows, TREE_ROWS)
    points, filled = learning.points, learning.filled
    k_max = min(spec.k_max, points.n_counting)
    progress(0.0, Note.of("sweeping", k=K_MIN, k_max=k_max))
    tree = grow(points.values[points.weights > 0], points.weights[points.weights > 0])
    solutions = {}
    for k in range(K_MIN, k_max + 1):
        progress(GROWN + (1 - GROWN) * k / (k_max + 1), Note.of("sweeping", k=k, k_max=k_max))
        own, means = _placed(points.values, points.weights, tree.cut(k))
        others = place(filled[learning.n :], means * points.unit)
        solutions[k] = described(rows, np.concatenate([own[points.inverse], others]), Search())
    progress(1.0, None)
    return SolutionFamily(
        spec,
        rows.fingerprint,
        solutions,
        total_of(rows),
        points.n_distinct,
        notes=learning.notes,
    )


def again(samples: Resamples, k: int, *, restarts: int, rng: np.random.Generator) -> Labels:
    """Cut the tree of each sample, as :class:`segmentation.methods.contract.Method` says."""
    found = [
        _placed(samples.points.filled, drawn, tree.cut(min(k, len(tree.ends) + 1)))[0]
        for drawn, tree in zip(samples.drawn, _trees(samples), strict=True)
    ]
    return np.array(found, dtype=np.int16)


def grow(values: Single, mass: Single) -> Tree:
    """Grow the tree of Ward's criterion [1]_ along chains of nearest neighbours [2]_.

    Parameters
    ----------
    values : ndarray of shape (n, n_features)
        Without gaps.
    mass : ndarray of shape (n,)
        How many customers each row stands for, more than 0.

    Returns
    -------
    Tree
        That of as many equal rows. A union of groups of mass a and b whose means are d apart costs
        a b / (a + b) * d^2. Of neighbours at the same distance the first counts.

    References
    ----------
    .. [1] Ward (1963), Hierarchical grouping to optimize an objective function, Journal of the
       American Statistical Association 58:236-244.
    .. [2] Murtagh (1983), A survey of recent advances in hierarchical clustering algorithms,
       Computer Journal 26:354-359.

    Examples
    --------
    >>> tree = grow(np.array([[0.0], [1.0], [9.0]]), np.array([1.0, 3.0, 1.0]))
    >>> tree.costs.tolist(), tree.cut(2).tolist()
    ([0.75, 54.45], [0, 0, 1])
    """
    means, masses = values.astype(np.float64), mass.astype(np.float64)
    ends, costs = np.empty((len(means) - 1, 2), np.int64), np.empty(len(means) - 1)
    chain: list[tuple[int, float]] = []
    for union in range(len(ends)):
        if not chain:
            chain = [(int(np.isfinite(means[:, 0]).argmax()), np.inf)]
        _follow(chain, means, masses)
        (gone, cost), (kept, _) = chain.pop(), chain.pop()
        ends[union], costs[union] = (kept, gone), cost
        both = masses[kept] + masses[gone]
        means[kept] += (means[gone] - means[kept]) * (masses[gone] / both)
        masses[kept] = both
        means[gone] = np.inf  # nobody's neighbour any more
    order = np.argsort(costs, kind="stable")
    return Tree(ends[order], costs[order])


def _follow(chain: list[tuple[int, float]], means: Double, masses: Double) -> None:
    """Go on to nearer neighbours until two groups are each other's nearest."""
    while True:
        here, before = chain[-1]
        away = means - means[here]
        cost = np.einsum("ij,ij->i", away, away) * (masses * masses[here] / (masses + masses[here]))
        cost[here] = np.inf
        nearest = int(cost.argmin())
        # Only a step to somebody nearer than the one before: the chain ends, whatever is rounded.
        if len(chain) > 1 and cost[nearest] >= before:
            return
        chain.append((nearest, float(cost[nearest])))


def _placed(values: Single, mass: Single, groups: Labels) -> tuple[Labels, Double]:
    """Groups of the rows that weigh something, the nearest mean for others; the means."""
    inside = mass > 0
    members = np.eye(int(groups.max()) + 1)[groups] * mass[inside, None].astype(np.float64)
    means = (members.T @ values[inside]) / members.sum(axis=0)[:, None]
    labels = np.empty(len(values), dtype=np.int16)
    labels[inside] = groups
    labels[~inside] = place(values[~inside], means)
    return labels, means


# Every number of segments is asked for in turn: the trees of the samples last looked at are kept.
@lru_cache(maxsize=1)
def _trees(samples: Resamples) -> tuple[Tree, ...]:
    """Grow the tree of each sample."""
    rows = samples.points.filled
    return tuple(grow(rows[drawn > 0], drawn[drawn > 0]) for drawn in samples.drawn)
