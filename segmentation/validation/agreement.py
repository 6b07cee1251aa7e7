"""How alike are two ways to segment the same customers?

Enters: labels. Leaves: cross-tables, the adjusted Rand index, Jaccard coefficients. Refuses to know
where the labels come from. Many pairs of labelings are compared at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int16]
Numbers = npt.NDArray[np.float64]
_ELEMENTS_AT_ONCE = 1_000_000


def cross_tables(one: Labels, other: Labels, weights: Numbers, shape: tuple[int, int]) -> Numbers:
    """Count customers by both labels, for many pairs of labelings.

    Parameters
    ----------
    one, other : ndarray of shape (n_pairs, n)
        Segment numbers from 0.
    weights : ndarray of shape (n,)
        How many customers each row stands for.
    shape : (int, int)
        Numbers of segments.

    Returns
    -------
    ndarray of shape (n_pairs, *shape)
    """
    step = max(1, _ELEMENTS_AT_ONCE // max(1, one.shape[1] * sum(shape)))
    tables = [
        _members(one[start : start + step], shape[0], weights)
        @ _members(other[start : start + step], shape[1]).transpose(0, 2, 1)
        for start in range(0, len(one), step)
    ]
    return np.concatenate(tables) if tables else np.empty((0, *shape))


def adjusted_rand(tables: Numbers, n_segments: int | None = None) -> Numbers:
    """Adjusted Rand index [1]_ of many cross-tables.

    Parameters
    ----------
    tables : ndarray of shape (n_pairs, k, k')
    n_segments : int, optional
        How many rows and columns are segments; further ones hold customers who belong to none.

    Returns
    -------
    ndarray of shape (n_pairs,)
        1 where both labelings are the same, about 0 where they agree as by chance; 1 where both
        put everybody in one segment, and 0 where one of them has no segment at all.

    References
    ----------
    .. [1] Hubert & Arabie (1985), Comparing partitions, Journal of Classification 2:193-218.

    Examples
    --------
    >>> adjusted_rand(np.array([[[2.0, 0], [0, 2]], [[1, 1], [1, 1]]])).round(3).tolist()
    [1.0, -0.5]
    """
    together = _pairs(tables).sum(axis=(1, 2))
    in_one, in_other = (
        _pairs(tables.sum(axis=2)).sum(axis=1),
        _pairs(tables.sum(axis=1)).sum(axis=1),
    )
    expected = in_one * in_other / np.maximum(_pairs(tables.sum(axis=(1, 2))), 1.0)
    room = (in_one + in_other) / 2 - expected
    same = np.abs(room) < 1e-9
    agreement = np.where(same, 1.0, (together - expected) / np.where(same, 1.0, room))
    # Finding nothing twice is no solution found again.
    in_segments = np.minimum(
        tables[:, :n_segments].sum(axis=(1, 2)), tables[:, :, :n_segments].sum(axis=(1, 2))
    )
    return np.where(in_segments > 0, agreement, 0.0)


def with_rest(labels: Labels) -> tuple[Labels, int, int]:
    """Give customers who belong to no segment a number of their own, behind all segments.

    Parameters
    ----------
    labels : ndarray
        -1 for customers who belong to none.

    Returns
    -------
    labels : ndarray
    n_segments : int
        Without the rest.
    n_numbers : int
        With the rest, where there is any.

    Examples
    --------
    >>> with_rest(np.array([0, -1, 1], np.int16))
    (array([0, 2, 1], dtype=int16), 2, 3)
    """
    n = int(labels.max(initial=-1)) + 1
    outside = labels < 0
    return np.where(outside, np.int16(n), labels), n, n + bool(outside.any())


def best_jaccard(tables: Numbers, shape: tuple[int, int] | None = None) -> Numbers:
    """Return how well each segment is found again: the best Jaccard coefficient of its row.

    Parameters
    ----------
    tables : ndarray of shape (n_pairs, k, k')
        Rows are the segments to be found again.
    shape : (int, int), optional
        How many of the rows, and of the columns, are segments; further ones hold customers who
        belong to none.

    Returns
    -------
    ndarray of shape (n_pairs, k)
        Customers in both over customers in either, of the most similar segment of the other
        labeling; in [0, 1]; NaN for a segment without customers.
    """
    sizes = tables.sum(axis=2, keepdims=True)
    either = sizes + tables.sum(axis=1, keepdims=True) - tables
    rows, columns = shape or tables.shape[1:]
    best = (tables / np.maximum(either, 1e-12))[:, :rows, :columns].max(axis=2, initial=0.0)
    return np.where(sizes[:, :rows, 0] > 0, best, np.nan)


def _members(labels: Labels, k: int, weights: Numbers | None = None) -> Numbers:
    """Who is in which segment: (n_pairs, k, n), each with its weight."""
    inside = labels[:, None, :] == np.arange(k, dtype=np.int16)[:, None]
    return np.asarray(inside * (1.0 if weights is None else weights), dtype=np.float64)


def _pairs(n: Numbers) -> Numbers:
    return n * (n - 1) / 2
