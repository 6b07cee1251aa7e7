"""Made markets whose number of segments is known: with segments of eight kinds, and without any.

Enters: a seed. Leaves: :class:`Made` tables. Which seed is for trying rules and which for reporting
them is decided by those who call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
CUSTOMERS, VARIABLES = 600, 6
KS = range(2, 9)
WITHOUT_EACH = 4


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A made market.

    Attributes
    ----------
    kind : str
    k : int
        Segments put into it; 1 means none.
    frame : DataFrame
        One row a customer.
    """

    kind: str
    k: int
    frame: pd.DataFrame


def _centers(rng: np.random.Generator, k: int, p: int, apart: float) -> Numbers:
    """Draw centres that are at least ``apart`` standard deviations from each other."""
    while True:
        centers = rng.normal(size=(k, p)) * apart / 2
        distances = np.linalg.norm(centers[:, None] - centers[None], axis=2)
        if k == 1 or distances[np.triu_indices(k, 1)].min() >= apart:
            return centers


def _members(rng: np.random.Generator, k: int, *, unequal: bool = False) -> npt.NDArray[np.int64]:
    shares = np.geomspace(1, 5, k) if unequal else np.ones(k)
    return np.sort(rng.choice(k, CUSTOMERS, p=shares / shares.sum()))


def _round(rng: np.random.Generator, k: int, apart: float = 5.0) -> Numbers:
    members = _members(rng, k)
    return _centers(rng, k, VARIABLES, apart)[members] + rng.normal(size=(CUSTOMERS, VARIABLES))


def _unequal(rng: np.random.Generator, k: int) -> Numbers:
    members = _members(rng, k, unequal=True)
    return _centers(rng, k, VARIABLES, 5.0)[members] + rng.normal(size=(CUSTOMERS, VARIABLES))


def _correlated(rng: np.random.Generator, k: int) -> Numbers:
    spread = np.linalg.cholesky(np.full((VARIABLES, VARIABLES), 0.5) + 0.5 * np.eye(VARIABLES))
    noise = rng.normal(size=(CUSTOMERS, VARIABLES)) @ spread.T
    return _centers(rng, k, VARIABLES, 5.5)[_members(rng, k)] + noise


def _heavy(rng: np.random.Generator, k: int) -> Numbers:
    noise = rng.standard_t(4, size=(CUSTOMERS, VARIABLES))
    return _centers(rng, k, VARIABLES, 6.5)[_members(rng, k)] + noise


def _noisy(rng: np.random.Generator, k: int) -> Numbers:
    return np.hstack([_round(rng, k, 6.0), rng.normal(size=(CUSTOMERS, 3))])


def _skewed(rng: np.random.Generator, k: int) -> Numbers:
    return np.exp(_round(rng, k, 5.5) * 0.5)


def _close(rng: np.random.Generator, k: int) -> Numbers:
    return _round(rng, k, 4.0)


def _survey(rng: np.random.Generator, k: int) -> Numbers:
    """Draw 15 yes/no answers; each segment says yes often to its own third of them."""
    while True:
        often = rng.random((k, 15)) < 0.4
        apart = (often[:, None] != often[None]).sum(axis=2)
        if apart[np.triu_indices(k, 1)].min() >= 5:
            break
    chance = np.where(often, 0.85, 0.12)[_members(rng, k)]
    return (rng.random((CUSTOMERS, 15)) < chance).astype(float)


def _one_normal(rng: np.random.Generator) -> Numbers:
    return rng.normal(size=(CUSTOMERS, VARIABLES))


def _one_factor(rng: np.random.Generator) -> Numbers:
    factor = rng.normal(size=(CUSTOMERS, 1))
    return factor * 0.8 + 0.6 * rng.normal(size=(CUSTOMERS, VARIABLES))


def _uniform(rng: np.random.Generator) -> Numbers:
    return rng.random((CUSTOMERS, 4))


def _one_heavy(rng: np.random.Generator) -> Numbers:
    return rng.standard_t(3, size=(CUSTOMERS, VARIABLES))


def _one_skewed(rng: np.random.Generator) -> Numbers:
    return np.exp(_one_factor(rng))


def _one_survey(rng: np.random.Generator) -> Numbers:
    """Draw 15 yes/no answers that one trait makes likelier, as in a test of ability."""
    trait, hard = rng.normal(size=(CUSTOMERS, 1)), rng.normal(size=15) * 0.8
    return (rng.random((CUSTOMERS, 15)) < 1 / (1 + np.exp(hard - 1.2 * trait))).astype(float)


WITH: dict[str, Callable[[np.random.Generator, int], Numbers]] = {
    "round": _round,
    "unequal sizes": _unequal,
    "correlated": _correlated,
    "heavy tails": _heavy,
    "noise variables": _noisy,
    "skewed": _skewed,
    "close together": _close,
    "yes/no survey": _survey,
}
WITHOUT: dict[str, Callable[[np.random.Generator], Numbers]] = {
    "one normal": _one_normal,
    "one factor": _one_factor,
    "uniform": _uniform,
    "one heavy-tailed": _one_heavy,
    "one skewed": _one_skewed,
    "one-trait survey": _one_survey,
}


def markets(seed: int) -> Iterator[Made]:
    """Make 56 markets with two to eight segments and 24 without segments."""
    for i, (kind, make) in enumerate(WITH.items()):
        for k in KS:
            yield Made(kind, k, _framed(make(np.random.default_rng([seed, i, k]), k)))
    for i, (kind, without) in enumerate(WITHOUT.items()):
        for n in range(WITHOUT_EACH):
            rng = np.random.default_rng([seed, 100 + i, n])
            yield Made(kind, 1, _framed(without(rng)))


def _framed(values: Numbers) -> pd.DataFrame:
    if set(np.unique(values)) <= {0.0, 1.0}:
        words = np.where(values > 0, "yes", "no")
        return pd.DataFrame(words, columns=[f"item {j + 1}" for j in range(values.shape[1])])
    return pd.DataFrame(
        values.round(4), columns=[f"behaviour {j + 1}" for j in range(values.shape[1])]
    )
