"""Generated customers with planted segments, as the preparation would hand them over."""

from dataclasses import dataclass

import numpy as np

from segmentation.methods import Rows


@dataclass(frozen=True)
class Planted:
    """Prepared rows, the raw answers they were made of, and who belongs together."""

    rows: Rows
    raw: np.ndarray
    true: np.ndarray


def block(codes: np.ndarray) -> np.ndarray:
    """A category as preparation makes it: centred, with a total variance of one; NaN in gaps."""
    known = ~np.isnan(codes)
    held = np.eye(int(np.nanmax(codes)) + 1)[codes[known].astype(int)]
    shares = held.mean(axis=0)
    made = np.full((len(codes), held.shape[1]), np.nan)
    made[known] = (held - shares) / np.sqrt((shares * (1 - shares)).sum())
    return made


def rows_of(values: np.ndarray, groups: list[tuple[int, ...]] | None = None) -> Rows:
    """Rows without weights, all of which learn."""
    columns = groups or [(i,) for i in range(values.shape[1])]
    return Rows(values.astype(np.float32), None, tuple(columns), len(values), "f")


def yes_no(n: int = 400, *, seed: int = 3) -> Planted:
    """Three kinds of customers answer twelve yes/no items."""
    rng = np.random.default_rng(seed)
    true = rng.integers(0, 3, n)
    likely = rng.beta(0.5, 0.5, (3, 12)).clip(0.05, 0.95)
    raw = (rng.random((n, 12)) < likely[true]).astype(float)
    return Planted(rows_of(raw), raw, true)


def mixed(n: int = 400, *, seed: int = 4, gaps: float = 0.0) -> Planted:
    """Four kinds of customers differ in three numbers, two yes/no items and two categories."""
    rng = np.random.default_rng(seed)
    true = rng.integers(0, 4, n)
    numbers = rng.normal(size=(4, 3))[true] * 1.5 + rng.normal(size=(n, 3))
    items = (rng.random((n, 2)) < rng.random((4, 2))[true]).astype(float)
    chances = rng.dirichlet(np.full(3, 0.5), size=(4, 2)).cumsum(axis=2)
    codes = (rng.random((n, 2, 1)) > chances[true]).sum(axis=2).clip(0, 2).astype(float)
    raw = np.column_stack([numbers, items, codes])
    raw[rng.random(raw.shape) < gaps] = np.nan
    values = np.column_stack([raw[:, :5], block(raw[:, 5]), block(raw[:, 6])])
    groups = [*((i,) for i in range(5)), (5, 6, 7), (8, 9, 10)]
    return Planted(rows_of(values, groups), raw, true)
