"""Who learns, for methods that know neither gaps nor a million customers.

Enters: prepared customers and how many of them a method can learn from. Leaves: those, without gaps
and each distinct one once, and what to say about it. Refuses what leaves nothing to tell apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.errors import DegenerateSolution
from segmentation.extraction.points import Points, Single, collapse
from segmentation.extraction.sweep import K_MIN
from segmentation.gaps import filled_with_mean
from segmentation.methods.contract import Rows
from segmentation.methods.describing import refuse_too_few
from segmentation.notes import Note


@dataclass(frozen=True, slots=True, eq=False)
class Learners:
    """Customers to learn from.

    Attributes
    ----------
    filled : ndarray of shape (n_customers, n_features)
        Everybody, gaps filled with the mean.
    points : Points
        The distinct ones among the first ``n``.
    n : int
        How many learn: the first in canonical order.
    notes : tuple of Note
        Gaps that were filled, and how many learn where not everybody does.
    """

    filled: Single
    points: Points
    n: int
    notes: tuple[Note, ...]


def learners(rows: Rows, at_most: int) -> Learners:
    """Fill gaps and take the first customers.

    Parameters
    ----------
    rows : Rows
    at_most : int
        Customers that the method can learn from.

    Returns
    -------
    Learners

    Raises
    ------
    TooFewCustomers, DegenerateSolution
        When there are fewer than ten customers, or all who weigh anything are the same.
    """
    refuse_too_few(rows)
    n, n_gaps = min(rows.n_learning, at_most), int(np.isnan(rows.values).sum())
    filled = filled_with_mean(rows.values, rows.n_learning)
    points = collapse(filled[:n], None if rows.weights is None else rows.weights[:n])
    if points.n_counting < K_MIN:
        raise DegenerateSolution(k=K_MIN, n_distinct=points.n_counting)
    notes = []
    if n_gaps:
        notes.append(Note.of("method-gaps-filled", n=n_gaps))
    if n < len(filled):
        notes.append(Note.of("method-sampled", n=n))
    return Learners(filled, points, n, tuple(notes))
