"""Less noise: k-means on the few directions in which the answers of many questions go together.

Enters and leaves: as every method. Numbers and categories are turned into factors of mixed data
(FAMD), and only those that beat the same customers shuffled are kept. Refuses to weigh factors: one
that many questions share counts more, as it does in the data.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from segmentation.extraction import ExtractionSpec, SolutionFamily, Space
from segmentation.extraction.points import Single
from segmentation.extraction.sweep import Progress
from segmentation.methods import kmeans
from segmentation.methods.contract import THOROUGH, Groups, Rows
from segmentation.methods.describing import refuse_too_few
from segmentation.notes import Note

name = "famd"
effort = THOROUGH
again = kmeans.again
FACTOR_ROWS, COPIES, QUANTILE = 20_000, 20, 0.95
LEAST_FACTORS = 2
NOTHING = 1e-9
Double = npt.NDArray[np.float64]


def solve(rows: Rows, spec: ExtractionSpec, progress: Progress) -> SolutionFamily:
    """Sweep in the space of the factors, as :class:`segmentation.methods.contract.Method` says."""
    refuse_too_few(rows)
    learning = rows.values[: min(rows.n_learning, FACTOR_ROWS)]
    space, kept = factors(learning, rows.groups, seed=spec.seed)
    family = kmeans.solve(replace(rows, values=space.of(rows.values)), spec, progress)
    n_factors = space.axes.shape[1]
    said = Note.of("factors-kept", n=n_factors, n_all=len(rows.groups), share=round(kept, 3))
    return replace(family, space=space, notes=(said,))


def factors(values: Single, groups: Groups, *, seed: int) -> tuple[Space, float]:
    """Find the factors of mixed data [1]_ that are more than chance [2]_.

    Parameters
    ----------
    values : ndarray of shape (n, n_features)
        Prepared, NaN in gaps, which the mean fills.
    groups : tuple of tuple of int
        The columns of each variable. A number counts with variance one, a category with one less
        than its levels: each level divided by the root of its share.
    seed : int
        Of the shuffled copies.

    Returns
    -------
    space : Space
        At least two factors, as many as beat the 95 % quantile of shuffled copies.
    share : float
        Of the variance of all variables, in (0, 1].

    References
    ----------
    .. [1] Pages (2004), Analyse factorielle de donnees mixtes, Revue de statistique appliquee
       52(4):93-111.
    .. [2] Horn (1965), A rationale and test for the number of factors in factor analysis,
       Psychometrika 30:179-185; with shuffled columns and the 95 % quantile of Glorfeld (1995),
       Educational and Psychological Measurement 55:377-393.
    """
    exact = values.astype(np.float64)
    known = ~np.isnan(exact)
    fills = np.where(known, exact, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    centered = np.where(known, exact - fills, 0.0)
    weights = _weights(exact, known, groups)
    weighed = centered * weights
    variances, axes = _principal(weighed)
    rng = np.random.default_rng([seed, 8])
    chance = np.array([_principal(_shuffled(weighed, groups, rng))[0] for _ in range(COPIES)])
    beats = variances > np.quantile(chance, QUANTILE, axis=0)
    n_real = int((variances > NOTHING * variances[0]).sum())
    n_kept = min(
        max(int(np.argmin(beats)) if not beats.all() else len(beats), LEAST_FACTORS), n_real
    )
    share = float(variances[:n_kept].sum() / variances.sum())
    return Space(fills, weights[:, None] * axes[:, :n_kept]), share


def _weights(exact: Double, known: npt.NDArray[np.bool_], groups: Groups) -> Double:
    """Bring numbers to variance one, and each level to one less its share."""
    weights = np.ones(exact.shape[1])
    for group in groups:
        columns = list(group)
        own = exact[:, columns]
        spread = np.array([own[known[:, c], i].std() for i, c in enumerate(columns)])
        weights[columns] = 1.0 / np.maximum(spread, NOTHING)
        if len(columns) > 1:
            shares = _shares(own)
            weights[columns] *= np.sqrt(1.0 - shares)
    return weights


def _shares(block: Double) -> Double:
    """Share of each level: a column holds one of two numbers, the larger for those who have it."""
    answered = block[~np.isnan(block).any(axis=1)]
    return np.asarray((answered > answered.min(axis=0)).mean(axis=0))


def _principal(rows: Double) -> tuple[Double, Double]:
    """Variances along the principal axes, largest first, and the axes."""
    variances, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    order = np.argsort(-variances, kind="stable")
    turned = axes[:, order]
    # An axis has no direction of its own: its largest loading shall be positive.
    turned *= np.sign(turned[np.abs(turned).argmax(axis=0), np.arange(turned.shape[1])])
    return np.maximum(variances[order], 0.0), turned


def _shuffled(rows: Double, groups: Groups, rng: np.random.Generator) -> Double:
    copy = np.empty_like(rows)
    for group in groups:
        columns = list(group)
        copy[:, columns] = rows[rng.permutation(len(rows))][:, columns]
    return copy
