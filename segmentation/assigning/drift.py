"""Whether new customers answer as the old ones did: population stability, net of noise.

Enters: counts by bin. Leaves: :class:`Reference`, :class:`Drift`. Refuses a verdict on fewer new
customers than two bins need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

Double = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
BINS, MOST_LEVELS = 10, 20
# An empty bin counts as this share, and a bin needs so many expected customers (Cochran 1954).
FLOOR, LEAST_EXPECTED = 1e-4, 5.0
# Of the index, net of noise (Siddiqi 2006): some change, and much.
SOME, MUCH = 0.1, 0.25
# Of all variables together the chance of one false alarm (Holm 1979).
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Reference:
    """How the values of a variable were spread when the model was made.

    Attributes
    ----------
    name : str
    edges : tuple of float
        Where one bin of a number ends and the next begins, ascending.
    levels : tuple of str
        The bins of a category; all other levels share one more.
    counts : tuple of int
        Customers in each bin, then those without a value.
    """

    name: str
    edges: tuple[float, ...]
    levels: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """How far new customers differ from the old ones in one variable.

    Attributes
    ----------
    name : str
        Of the variable; blank for the segments' shares.
    psi : float or None
        The population stability index [1]_; None where there are too few customers to tell.
    expected : float
        What it would be on average if nothing had changed [2]_.
    p : float or None
        How often chance alone gives so much.
    adjusted : float or None
        The same for all variables of the file together.
    n_bins : int

    References
    ----------
    .. [1] Lewis (1992), An Introduction to Credit Scoring; Siddiqi (2006), Credit Risk Scorecards.
    .. [2] Yurdakul (2018), Statistical properties of the population stability index.
    """

    name: str
    psi: float | None = None
    expected: float = 0.0
    p: float | None = None
    adjusted: float | None = None
    n_bins: int = 0

    @property
    def excess(self) -> float | None:
        """The index net of noise, at least 0."""
        return None if self.psi is None else max(self.psi - self.expected, 0.0)

    @property
    def verdict(self) -> str:
        """``unknown``, ``noise``, ``little``, ``some`` or ``much`` change."""
        if self.excess is None or self.adjusted is None:
            return "unknown"
        if self.adjusted >= ALPHA:
            return "noise"
        return "little" if self.excess < SOME else "some" if self.excess <= MUCH else "much"


def reference_of(name: str, values: npt.NDArray[np.generic], *, is_category: bool) -> Reference:
    """Learn the bins of a variable.

    Parameters
    ----------
    name : str
    values : ndarray of shape (n_customers,)
        Floats with NaN, or for categories objects with None.
    is_category : bool

    Returns
    -------
    Reference
        Up to ten bins of a number, about equally full; one a value where there are no more values.
    """
    if is_category:
        known = np.array([str(v) for v in values if v is not None])
        texts, counts = np.unique(known, return_counts=True)
        largest = np.lexsort((texts, -counts))[:MOST_LEVELS]
        bare = Reference(name, (), tuple(str(text) for text in texts[largest]), ())
    else:
        bare = Reference(name, _edges(values.astype(np.float64)), (), ())
    return replace(bare, counts=tuple(int(n) for n in counted(bare, values)))


def _edges(values: Double) -> tuple[float, ...]:
    known = values[~np.isnan(values)]
    if not len(known):
        return ()
    different = np.unique(known[:1000])
    if len(different) <= BINS:
        different = np.unique(known)
    if len(different) <= BINS:
        middles = different[:-1] / 2 + different[1:] / 2
        return tuple(float(edge) for edge in middles)
    cuts = np.unique(np.quantile(known, np.arange(1, BINS) / BINS))
    return tuple(float(cut) for cut in cuts if cut > known.min())


def counted(reference: Reference, values: npt.NDArray[np.generic]) -> Whole:
    """Count values by the bins of a reference: the bins, then those without a value."""
    if reference.levels:
        places = {level: i for i, level in enumerate(reference.levels)}
        other, n_bins = len(places), len(places) + 1
        bins = [n_bins if v is None else places.get(str(v), other) for v in values]
        return np.bincount(np.array(bins, dtype=np.int64), minlength=n_bins + 1)
    numbers = values.astype(np.float64)
    known = ~np.isnan(numbers)
    found = np.searchsorted(np.array(reference.edges), numbers[known], side="right")
    counts = np.bincount(found, minlength=len(reference.edges) + 1)
    return np.append(counts, int((~known).sum())).astype(np.int64)


def drift_of(name: str, old: Sequence[int], new: Sequence[int], *, has_gaps: bool = True) -> Drift:
    """Compare new counts with old ones.

    Parameters
    ----------
    name : str
    old, new : sequence of int
        Customers by bin; neighbours are taken together until each bin can be expected to hold five
        customers in the smaller of the two files.
    has_gaps : bool
        Whether the last bin holds those without a value. It counts where five can be expected
        there, or are there now.

    Returns
    -------
    Drift

    Examples
    --------
    >>> round(drift_of("age", [100, 100], [150, 50], has_gaps=False).psi, 3)
    0.275
    """
    before, now = np.asarray(old, dtype=np.float64), np.asarray(new, dtype=np.float64)
    gaps = [(before[-1:], now[-1:])] if has_gaps else []
    if has_gaps:
        before, now = before[:-1], now[:-1]
    scale = min(1.0, now.sum() / max(before.sum(), 1.0))
    before, now = _coarser(before, now, LEAST_EXPECTED / max(scale, 1e-12))
    for lost_before, lost_now in gaps:
        if max(float(lost_before[0]) * scale, float(lost_now[0])) >= LEAST_EXPECTED:
            before, now = np.append(before, lost_before), np.append(now, lost_now)
    n, m = float(before.sum()), float(now.sum())
    if len(before) < 2 or not n or not m:
        return Drift(name)
    shares, others = np.maximum(before / n, FLOOR), np.maximum(now / m, FLOOR)
    psi = float(((others - shares) * np.log(others / shares)).sum())
    noise = 1 / n + 1 / m
    p = float(chi2.sf(psi / noise, len(before) - 1))
    return Drift(name, psi, (len(before) - 1) * noise, p, p, len(before))


def _coarser(before: Double, now: Double, least: float) -> tuple[Double, Double]:
    """Take neighbouring bins together until each held enough customers before."""
    olds, news = [0.0], [0.0]
    for old, new in zip(before, now, strict=True):
        if olds[-1] >= least:
            olds.append(0.0)
            news.append(0.0)
        olds[-1] += float(old)
        news[-1] += float(new)
    if len(olds) > 1 and olds[-1] < least:
        last_old, last_new = olds.pop(), news.pop()
        olds[-1] += last_old
        news[-1] += last_new
    return np.array(olds), np.array(news)


def adjusted(found: Sequence[Drift]) -> tuple[Drift, ...]:
    """Let each p stand for all variables together (Holm 1979).

    Examples
    --------
    >>> [d.adjusted for d in adjusted([Drift("a", 1.0, 0.1, 0.01), Drift("b", 1.0, 0.1, 0.04)])]
    [0.02, 0.04]
    """
    told = sorted((d.p, i) for i, d in enumerate(found) if d.p is not None)
    results, largest = list(found), 0.0
    for rank, (p, place) in enumerate(told):
        largest = max(largest, min(1.0, p * (len(told) - rank)))
        results[place] = replace(found[place], adjusted=largest)
    return tuple(results)
