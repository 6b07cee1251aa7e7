"""The gate: is there structure beyond the dependence between the variables?

Enters: prepared values. Leaves: :class:`Gate`. Correlated variables alone make any split look good
next to independent ones; so the spread within segments is compared with that in tables of one
population that have the same dependence. Refuses to say which number of segments is right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.extraction.points import collapse
from segmentation.gaps import filled_with_mean
from segmentation.notes import Note
from segmentation.validation.gap import log_within
from segmentation.validation.unsegmented import unsegmented

GATE_ROWS, GATE_DRAWS, GATE_K_MAX = 2_000, 39, 8
LEVEL = 0.05
Progress = Callable[[float, Note | None], None]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gate:
    """How the customers compare with one population of the same dependence.

    Attributes
    ----------
    advantages : tuple of float
        For 2 … segments: by how many standard deviations of the drawn tables ln W is below their
        mean.
    p_value : float
        Share of tables, the customers' own among them, whose largest advantage is at least as
        large; no smaller than 1 / (draws + 1).
    n_draws : int
        Tables drawn.
    n_rows : int
        Customers it was computed on.
    """

    advantages: tuple[float, ...]
    p_value: float
    n_draws: int
    n_rows: int

    @property
    def passed(self) -> bool:
        """Whether one population explains the customers in at most one of 20 tables."""
        return self.p_value <= LEVEL


def gate(
    values: npt.NDArray[np.float32],
    groups: Sequence[tuple[int, ...]],
    *,
    k_max: int,
    seed: int,
    progress: Progress,
) -> Gate:
    """Compare the spread within segments with that in tables of one population [1]_.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, canonical order, NaN in gaps (filled with the mean here).
    groups : sequence of tuple of int
        The columns of each variable.
    k_max : int
        Numbers of segments from 2 to this, or to 8, are compared.
    seed : int
    progress : callable
        Called with the share done in [0, 1] and a note.

    Returns
    -------
    Gate

    References
    ----------
    .. [1] After Liu, Hayes, Nobel & Marron (2008), Statistical significance of clustering for
       high-dimension, low-sample size data, J. Am. Stat. Assoc. 103:1281-1293: their null is one
       normal population; here several numbers of segments are judged together.
    """
    sample = values[:GATE_ROWS]
    rows = filled_with_mean(sample, len(sample))
    gaps = np.isnan(sample)
    rng = np.random.default_rng([seed, 4])
    top = min(k_max, GATE_K_MAX, collapse(rows).n_counting)
    ks = range(1, max(top, 2) + 1)
    own = log_within(rows, ks, rng)[1:]
    draw = unsegmented(rows, groups)
    drawn = np.empty((GATE_DRAWS, len(own)))
    for b in range(GATE_DRAWS):
        progress(b / GATE_DRAWS, Note.of("comparing-with-one", n=b, n_all=GATE_DRAWS))
        # The same cells are filled in the drawn tables, so that filling makes no difference.
        drawn[b] = log_within(np.where(gaps, rows, draw(rng)), ks, rng)[1:]
    progress(1.0, None)
    spread = np.maximum(drawn.std(axis=0, ddof=1), 1e-9)
    advantages = (drawn.mean(axis=0) - own) / spread
    largest = ((drawn.mean(axis=0) - drawn) / spread).max(axis=1)
    at_least = int((largest >= advantages.max()).sum())
    p_value = (1 + at_least) / (GATE_DRAWS + 1)
    return Gate(tuple(advantages.tolist()), p_value, GATE_DRAWS, len(rows))
