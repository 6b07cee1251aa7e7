"""The gap statistic: are there segments at all, compared with data that have none?

Enters: prepared values. Leaves: :class:`GapTest`. The reference has no segments by construction:
uniform in the box along the principal axes, or for yes/no items independent answers with the same
shares. Squared distances and the rule of the paper are used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.kmeans import quick_inertia
from segmentation.extraction.points import collapse
from segmentation.gaps import filled_with_mean
from segmentation.notes import Note

GAP_ROWS, GAP_REFERENCES, GAP_STARTS = 2_000, 20, 3
# Below this share of the total, what is left within segments is rounding.
NOTHING = 1e-9
# By how many standard errors a number of segments must beat one: none of 240 generated tables
# without segments does, all of 96 with three to five do (docs/methods.md).
ADVANTAGE = 2.0
TINY = float(np.finfo(np.float64).tiny)
Progress = Callable[[float, Note | None], None]
Draw = Callable[[np.random.Generator], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class GapTest:
    """Gap values for k = 1 … k_max.

    Attributes
    ----------
    gaps : tuple of float
        Gap(k) = mean of ln W of the references - ln W, position 0 is k = 1.
    errors : tuple of float
        s(k) = sd of ln W of the references * sqrt(1 + 1/B).
    n_rows : int
        Customers it was computed on.
    n_references : int
        Reference data sets.
    """

    gaps: tuple[float, ...]
    errors: tuple[float, ...]
    n_rows: int
    n_references: int

    @property
    def strongest(self) -> int:
        """The number of segments, from 2 on, whose gap exceeds that of one most clearly."""
        return 2 + int(np.argmax(self._advantages()))

    @property
    def structure(self) -> bool:
        """Whether some number of segments beats one by two standard errors of the difference.

        Comparing two segments with one only would miss three segments that lie equally far from
        each other.
        """
        return bool(self._advantages().max() > ADVANTAGE)

    @property
    def supported(self) -> int:
        """The most segments that the gap supports.

        The smallest number whose gap is within two standard errors of the largest: what is cut
        further are parts of groups, however well they are found again.
        """
        largest = int(np.argmax(self.gaps))
        enough = self.gaps[largest] - ADVANTAGE * self.errors[largest]
        return 1 + next(i for i, value in enumerate(self.gaps) if value >= enough)

    @property
    def preferred(self) -> int:
        """The paper's choice: the first number that the next does not beat by its error."""
        for k in range(1, len(self.gaps)):
            if self.gaps[k - 1] >= self.gaps[k] - self.errors[k]:
                return k
        return len(self.gaps)

    def _advantages(self) -> npt.NDArray[np.float64]:
        """(Gap(k) - Gap(1)) / sqrt(s(k)^2 + s(1)^2) for k = 2 … k_max."""
        gaps, errors = np.array(self.gaps), np.array(self.errors)
        spread = np.maximum(np.hypot(errors[1:], errors[0]), TINY)
        return np.asarray((gaps[1:] - gaps[0]) / spread)


def gap_test(
    values: npt.NDArray[np.float32],
    *,
    yes_no: bool,
    k_max: int,
    seed: int,
    progress: Progress,
) -> GapTest:
    """Compute the gap statistic [1]_ on at most 2,000 customers.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, canonical order; gaps are filled with the mean.
    yes_no : bool
        Whether all features are 0/1 items, as they are or times a constant.
    k_max : int
        Largest number of segments.
    seed : int
        Of the references and starts.
    progress : callable
        Called with the share done in [0, 1].

    Returns
    -------
    GapTest

    References
    ----------
    .. [1] Tibshirani, Walther & Hastie (2001), Estimating the number of clusters in a data set via
       the gap statistic, J. R. Statist. Soc. B 63:411-423.
    """
    sample = values[:GAP_ROWS]
    rows = filled_with_mean(sample, len(sample))
    gaps = np.isnan(sample)
    rng = np.random.default_rng([seed, 1])
    ks = range(1, k_max + 1)
    own = log_within(rows, ks, rng)
    draw = _answers(rows) if yes_no else _box(rows)
    references = np.empty((GAP_REFERENCES, len(own)))
    for b in range(GAP_REFERENCES):
        progress(b / GAP_REFERENCES, Note.of("comparing-with-none", n=b, n_all=GAP_REFERENCES))
        # The same cells are filled in the references, so that filling makes no difference.
        references[b] = log_within(np.where(gaps, rows, draw(rng)), ks, rng)
    errors = references.std(axis=0) * np.sqrt(1 + 1 / GAP_REFERENCES)
    differences = references.mean(axis=0) - own
    return GapTest(tuple(differences.tolist()), tuple(errors.tolist()), len(rows), GAP_REFERENCES)


def log_within(
    rows: npt.NDArray[np.float32], ks: range, rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Return the logarithm of W(k), the pooled within-segment sum of squares.

    Parameters
    ----------
    rows : ndarray of shape (n, n_features)
        Without gaps.
    ks : range
        Numbers of segments, from 1.
    rng : numpy Generator

    Returns
    -------
    ndarray of shape (len(ks),)
    """
    points = collapse(rows)
    exact = points.values.astype(np.float64)
    weights = points.weights.astype(np.float64)
    center = np.average(exact, axis=0, weights=weights)
    total = float(weights @ ((exact - center) ** 2).sum(axis=1)) * points.unit**2
    within = [total]
    for k in ks[1:]:
        enough = k <= points.n_counting
        within.append(quick_inertia(points, k, starts=GAP_STARTS, rng=rng) if enough else 0.0)
    return np.log(np.maximum(within, NOTHING * total + TINY))


def _box(rows: npt.NDArray[np.float32]) -> Draw:
    """Uniform in the box along the principal axes."""
    exact = rows.astype(np.float64)
    center = exact.mean(axis=0)
    axes = np.linalg.svd(exact - center, full_matrices=False)[2]
    turned = (exact - center) @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)

    def draw(rng: np.random.Generator) -> npt.NDArray[np.float32]:
        uniform = low + rng.random(turned.shape) * (high - low)
        drawn: npt.NDArray[np.float32] = np.add(uniform @ axes, center).astype(np.float32)
        return drawn

    return draw


def _answers(rows: npt.NDArray[np.float32]) -> Draw:
    """Independent yes/no answers with the shares of the data."""
    yes = np.where((most := rows.max(axis=0)) > 0, most, np.float32(1))
    shares = rows.mean(axis=0, dtype=np.float64) / yes

    def draw(rng: np.random.Generator) -> npt.NDArray[np.float32]:
        answers: npt.NDArray[np.float32] = np.less(rng.random(rows.shape), shares).astype(
            np.float32
        )
        answers *= yes
        return answers

    return draw
