"""Which customers lie near the border of their segment, and which segment is on the other side.

Enters: prepared values, the centers of a solution and its labels. Leaves: a :class:`Borderline`.
Refuses to move anybody, and to measure where a method does not place customers by their distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.exact import exact_distances

# The next segment's center is at most a tenth further away than the own one (our choice).
FURTHER = 1.1
NEAR = 2 / (1 + FURTHER)
# These send customers to the nearest center; the others go by probability or by density.
BY_DISTANCE = frozenset({"kmeans", "famd", "ward"})
_BLOCK_ROWS = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class Borderline:
    """Customers near a border.

    Attributes
    ----------
    positions : ndarray of shape (n_near,)
        Which customers, in the order of the values.
    own, other : ndarray of shape (n_near,)
        Their segment, and the one on the other side of the border.
    shadows : ndarray of shape (n_near,)
        Shadow value [1]_: 2 d / (d + d'), d the distance to the own center and d' to the nearest
        other one. 0 at the center, 1 on the border; more than 1 where the method left a customer
        beyond it.
    n : int
        Customers in a segment who were looked at: all of them.
    pairs : ndarray of shape (k, k)
        Those near a border, by own segment and by the other one.
    sizes : ndarray of shape (k,)
        Customers looked at, by own segment.

    References
    ----------
    .. [1] Leisch (2010), Neighborhood graphs, stripes and shadow plots for cluster visualization,
       Statistics and Computing 20:457-469.
    """

    positions: npt.NDArray[np.int64]
    own: npt.NDArray[np.int16]
    other: npt.NDArray[np.int16]
    shadows: npt.NDArray[np.float32]
    n: int
    pairs: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]

    @property
    def n_near(self) -> int:
        """How many customers are near a border."""
        return len(self.positions)

    @property
    def share(self) -> float:
        """Their share of the customers looked at; 0 for nobody."""
        return self.n_near / self.n if self.n else 0.0

    @property
    def closest_pair(self) -> tuple[int, int, int] | None:
        """The two segments with the most customers between them, and how many; None for nobody."""
        both = np.triu(self.pairs + self.pairs.T, 1)
        if not both.any():
            return None
        one, other = np.unravel_index(int(both.argmax()), both.shape)
        return int(one), int(other), int(both.max())


def middles(
    values: npt.NDArray[np.float32], labels: npt.NDArray[np.int16], k: int
) -> npt.NDArray[np.float64]:
    """Return the centers of segments that were not found by theirs: given, merged or pinned ones.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, NaN in gaps.
    labels : ndarray of shape (n_customers,)
        0 … k - 1; -1 for a customer who belongs to no segment.
    k : int
        Number of segments.

    Returns
    -------
    ndarray of shape (k, n_features)
        Means over known cells; the market's where a segment has none; infinite for a segment
        without customers.

    Examples
    --------
    >>> middles(np.array([[0.0], [2.0], [5.0]]), np.array([0, 0, 2]), 3).ravel().tolist()
    [1.0, inf, 5.0]
    """
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0).astype(np.float64)
    market = filled.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    found = np.full((k, values.shape[1]), np.inf)
    for segment in np.unique(labels[labels >= 0]):
        own = labels == segment
        n_known = known[own].sum(axis=0)
        means = filled[own].sum(axis=0) / np.maximum(n_known, 1)
        found[segment] = np.where(n_known > 0, means, market)
    return found


def borderline(
    values: npt.NDArray[np.float32],
    labels: npt.NDArray[np.int16],
    centers: npt.NDArray[np.float64],
) -> Borderline:
    """Find all customers whose next segment is at most a tenth further away than their own.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        In the space of the fit, NaN in gaps; distances are over known cells.
    labels : ndarray of shape (n_customers,)
        0 … k - 1; -1 for a customer who belongs to no segment and is not looked at.
    centers : ndarray of shape (k, n_features)
        At least two.

    Returns
    -------
    Borderline
    """
    parts = [
        _near(values[start : start + _BLOCK_ROWS], labels[start : start + _BLOCK_ROWS], centers)
        for start in range(0, len(values), _BLOCK_ROWS)
    ]
    starts = range(0, len(values), _BLOCK_ROWS)
    positions = np.concatenate([p + s for (p, _, _), s in zip(parts, starts, strict=True)])
    other = np.concatenate([part[1] for part in parts])
    own = labels[positions]
    k = len(centers)
    pairs = np.zeros((k, k), dtype=np.int64)
    np.add.at(pairs, (own, other), 1)
    inside = labels[labels >= 0]
    return Borderline(
        positions=positions,
        own=own,
        other=other,
        shadows=np.concatenate([part[2] for part in parts]),
        n=len(inside),
        pairs=pairs,
        sizes=np.bincount(inside, minlength=k),
    )


def _near(
    block: npt.NDArray[np.float32],
    labels: npt.NDArray[np.int16],
    centers: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int16], npt.NDArray[np.float32]]:
    """Positions in the block, the other segment, and the shadow values of those near a border."""
    rows = block.astype(np.float64)
    known = ~np.isnan(rows)
    observed = None if known.all() else known.astype(np.float64)
    apart = np.sqrt(exact_distances(np.where(known, rows, 0.0), observed, centers))
    everybody = np.arange(len(rows))
    own = np.maximum(labels, 0)
    mine = apart[everybody, own]
    apart[everybody, own] = np.inf
    other = apart.argmin(axis=1)
    # Without a known cell both distances are 0: such a customer is near no border.
    shadow = 2 * mine / np.maximum(mine + apart[everybody, other], 1e-12)
    near = np.flatnonzero((shadow >= NEAR) & (labels >= 0))
    return near, other[near].astype(np.int16), shadow[near].astype(np.float32)
