"""Lloyd's iterations for many runs together, in single precision, as matrix products.

Enters: points and starts of shape (runs, k, n_features). Leaves: :class:`Runs`, where each run came
to. Missing cells carry no information: a customer is placed by the distance over the known cells
and a center is the mean of its customers' known cells (k-POD, Chi, Chi & Baraniuk 2016). Exact
ties, frequent on yes/no surveys where starts are data rows, can be shared equally in the first
iteration. Refuses to choose: which run is best is for ``kmeans`` to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from segmentation.extraction.points import Points, Single

Labels = npt.NDArray[np.int16]
Floats = TypeVar("Floats", np.float32, np.float64)
_TIE = np.float32(1e-5)


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Several solutions of one k.

    Attributes
    ----------
    centers : ndarray of shape (runs, k, n_features)
    objective : ndarray of shape (runs,)
        Weighted sum of squared distances to the nearest center, in the points' units.
    """

    centers: Single
    objective: npt.NDArray[np.float64]

    @property
    def best(self) -> int:
        """Which run has the smallest objective."""
        return int(np.argmin(self.objective))

    @classmethod
    def joined(cls, parts: list[Runs]) -> Runs:
        """Return the runs of all parts as one."""
        return cls(
            np.concatenate([part.centers for part in parts]),
            np.concatenate([part.objective for part in parts]),
        )


def iterate(
    points: Points,
    starts: Single,
    iterations: int,
    *,
    weights: Single | None = None,
    still: float = 0.0,
    share_ties: bool = False,
) -> Runs:
    """Run Lloyd's iterations for all starts together; a run that stands still drops out.

    Parameters
    ----------
    points : Points
    starts : ndarray of shape (runs, k, n_features)
    iterations : int
        At most so many.
    weights : ndarray of shape (runs, n_distinct), optional
        Of the rows in each run, such as how often a bootstrap sample drew them; else the points'.
    still : float
        A run stands still when at most so many distinct rows changed their segment.
    share_ties : bool
        Whether rows at the same distance from several starts count for all of them in the first
        iteration.

    Returns
    -------
    Runs
    """
    centers, objective = starts.copy(), np.zeros(len(starts))
    active, moving = np.arange(len(starts)), starts
    before = np.full((len(starts), points.n_distinct), -1, dtype=np.int16)
    own = points.weights if weights is None else weights
    constant = own @ points.norms
    for iteration in range(iterations + 1):
        apart = distances(points, moving)
        labels, nearest = nearest_of(apart)
        centers[active] = moving
        objective[active] = _weighed(nearest, own) + constant
        changed = labels != before
        restless = changed.any(axis=1) if still < 1 else changed.sum(axis=1) > still
        if not restless.any() or iteration == iterations:
            break
        if not restless.all():
            active, moving, apart = active[restless], moving[restless], apart[restless]
            labels, nearest = labels[restless], nearest[restless]
            if weights is not None:
                own, constant = own[restless], constant[restless]
        if share_ties and iteration == 0:
            members = _shared(points, own, apart, nearest)
        else:
            members = _exclusive(own, labels, moving.shape[1])
        moving = _means(points, own, moving, members, nearest)
        before = labels
    return Runs(centers, np.maximum(objective, 0.0))


def distances(points: Points, centers: Single) -> Single:
    """Squared distance of each row to each center, less the row's own norm.

    Parameters
    ----------
    points : Points
    centers : ndarray of shape (runs, k, n_features)

    Returns
    -------
    ndarray of shape (runs, k, n_distinct)
        Rows last, so that every later step reads memory in order.
    """
    flat = centers.reshape(-1, centers.shape[2])
    products: Single = np.matmul(-2 * flat, points.values.T)
    if points.observed is None:
        products += np.einsum("ij,ij->i", flat, flat)[:, None]
    else:
        products += (flat * flat) @ points.observed.T
    return products.reshape(*centers.shape[:2], -1)


def nearest_of(apart: npt.NDArray[Floats]) -> tuple[Labels, npt.NDArray[Floats]]:
    """Find each row's nearest center in every run; the first of equals.

    Parameters
    ----------
    apart : ndarray of shape (runs, k, n_distinct)

    Returns
    -------
    labels, nearest : ndarray of shape (runs, n_distinct)
        Which center, and its entry in ``apart``.
    """
    nearest = apart[:, 0].copy()
    labels = np.zeros(nearest.shape, dtype=np.int16)
    found = np.empty(nearest.shape, dtype=np.int16)
    for j in range(1, apart.shape[1]):
        # A later center that is nearer has the larger number: arithmetic, many times faster than
        # writing under a mask.
        np.multiply(apart[:, j] < nearest, np.int16(j), out=found)
        np.maximum(labels, found, out=labels)
        np.minimum(apart[:, j], nearest, out=nearest)
    return labels, nearest


def _weighed(numbers: Single, weights: Single) -> npt.NDArray[np.float64]:
    """Weighted sums over the rows, one a run; the weights may differ between runs."""
    each_alike = weights.ndim == 1
    sums = numbers @ weights if each_alike else np.einsum("rn,rn->r", numbers, weights)
    return sums.astype(np.float64)


def _exclusive(weights: Single, labels: Labels, k: int) -> Single:
    """Weights of the rows in each segment: (runs, k, n_distinct), zero elsewhere."""
    members: Single = np.multiply(
        labels[:, None, :] == np.arange(k, dtype=np.int16)[:, None],
        weights if weights.ndim == 1 else weights[:, None, :],
        dtype=np.float32,
    )
    return members


def _shared(points: Points, weights: Single, apart: Single, nearest: Single) -> Single:
    """The same, where a row at equal distances from several centers is shared among them."""
    within = apart <= (nearest + _TIE * (1 + points.norms))[:, None, :]
    shares: Single = weights / within.sum(axis=1, dtype=np.float32)
    members: Single = within * shares[:, None, :]
    return members


def _means(
    points: Points, weights: Single, centers: Single, members: Single, nearest: Single
) -> Single:
    """Move every center to the mean of its rows' known cells; an empty one to a misfit."""
    runs, k, _ = centers.shape
    flat = members.reshape(runs * k, -1)
    sums = (flat @ points.values).reshape(centers.shape)
    sizes = flat.sum(axis=1).reshape(runs, k)
    mass = sizes[:, :, None]
    if points.observed is not None:
        mass = (flat @ points.observed).reshape(centers.shape)
    moved: Single = np.where(mass > 0, sums / np.maximum(mass, np.float32(1e-12)), centers)
    if (sizes > 0).all():
        return moved
    for run, j in np.argwhere(sizes <= 0):
        counting = (weights if weights.ndim == 1 else weights[run]) > 0
        misfit = (nearest[run] + points.norms) * counting
        moved[run, j] = points.filled[int(np.argmax(misfit))]
    return moved
