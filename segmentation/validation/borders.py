"""How near customers are to the border of their segment.

Enters: prepared values and the centers of a solution. Leaves: shadow values and the similarity of
customers to their own center. Refuses to move anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.exact import exact_distances

BORDER_ROWS = 2_000
BINS = 20
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """Where the customers of each segment lie between its center and the next one.

    Attributes
    ----------
    shadows : tuple of float
        Mean shadow value of each segment [1]_: 0 at the center, 1 on the border; NaN for a segment
        none of whose customers was looked at.
    similarities : ndarray of shape (k, 20)
        Share of all customers looked at by their similarity to each center, in 20 equal steps
        from 0 to 1. Much at both ends and little between (a gorge) speaks for natural segments.

    References
    ----------
    .. [1] Leisch (2010), Neighborhood graphs, stripes and shadow plots for cluster visualization,
       Statistics and Computing 20:457-469.
    """

    shadows: tuple[float, ...]
    similarities: Numbers


def borders(values: npt.NDArray[np.float32], centers: Numbers) -> Borders:
    """Look at the first 2,000 customers in canonical order.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, NaN in gaps.
    centers : ndarray of shape (k, n_features)
        At least two.

    Returns
    -------
    Borders
    """
    sample = values[:BORDER_ROWS].astype(np.float64)
    known = ~np.isnan(sample)
    observed = None if known.all() else known.astype(np.float64)
    apart = np.sqrt(exact_distances(np.where(known, sample, 0.0), observed, centers))
    nearest = np.sort(apart, axis=1)[:, :2]
    shadow = 2 * nearest[:, 0] / np.maximum(nearest.sum(axis=1), 1e-12)
    own = apart.argmin(axis=1)
    shadows = tuple(
        float(shadow[own == j].mean()) if (own == j).any() else float("nan")
        for j in range(len(centers))
    )
    weight = np.exp(-apart)
    similar = weight / weight.sum(axis=1, keepdims=True)
    bins = np.linspace(0, 1, BINS + 1)
    shares = [np.histogram(similar[:, j], bins)[0] / len(sample) for j in range(len(centers))]
    return Borders(shadows, np.array(shares))
