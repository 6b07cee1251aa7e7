"""What colours a map: the leading segment, a share, an index, a number, a value.

Enters: customers counted by hexagon or region. Leaves: ``Shading``: a number and a class of each.
Refuses to draw a number of fewer than five people.

Numbers become few classes, because an eye tells five shades and no fifty. Classes of an index are
fixed; others hold about as many places each (quantiles), with borders of two digits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from segmentation.geography.areas import Areas
from segmentation.geography.bins import Bins, Leading
from segmentation.geography.bins import leading as leading_of
from segmentation.geography.tally import HIDDEN_BELOW

Cells = Bins | Areas
Floats = npt.NDArray[np.float64]

# Below half, below 0.8, as expected, above 1.2 and above twice the market's share.
INDEX_BREAKS = (50.0, 80.0, 120.0, 200.0)
CLASSES = 5
PER_PEOPLE = 1000


class Measure(StrEnum):
    """What a place's colour says.

    ``LARGEST`` and ``TYPICAL``: the segment that leads, see ``Leading``. ``SHARE``: a segment's
    share of the place. ``INDEX``: 100 times that share over the segment's share of everybody on the
    map. ``CUSTOMERS``: their number. ``PENETRATION``: customers for each 1,000 inhabitants.
    ``MEAN`` and ``TOTAL``: of the quantity that was counted. ``REACHABLE``: customers of whom it is
    known, for a quantity that only those have who can be reached.
    """

    LARGEST = "largest"
    TYPICAL = "typical"
    SHARE = "share"
    INDEX = "index"
    CUSTOMERS = "customers"
    PENETRATION = "penetration"
    MEAN = "mean"
    TOTAL = "total"
    REACHABLE = "reachable"

    @property
    def is_leading(self) -> bool:
        """Whether it names a segment."""
        return self in (Measure.LARGEST, Measure.TYPICAL)

    @property
    def of_segment(self) -> bool:
        """Whether it is about one segment."""
        return self in (Measure.SHARE, Measure.INDEX)

    @property
    def of_quantity(self) -> bool:
        """Whether it needs a quantity beside the customers."""
        return self in (Measure.MEAN, Measure.TOTAL, Measure.REACHABLE)


@dataclass(frozen=True, slots=True, eq=False)
class Shading:
    """The number and the class of each place.

    Attributes
    ----------
    measure : Measure
    values : ndarray of shape (n_places,)
        Shares in [0, 1]; the leading segment's share where a segment leads; NaN where hidden or
        unknown.
    classes : ndarray of shape (n_places,)
        The segment that leads, or how many breaks lie at or below the number; -1 for NaN.
    breaks : tuple of float
        Borders between the classes, rising; none where the classes are segments.
    n_classes : int
    hidden : int
        Places whose number is hidden because it says something of fewer than five people.
    """

    measure: Measure
    values: Floats
    classes: npt.NDArray[np.int64]
    breaks: tuple[float, ...]
    n_classes: int
    hidden: int = 0


def shade(
    cells: Cells, measure: Measure, segment: int = 0, breaks: Sequence[float] | None = None
) -> Shading:
    """Give each place its number and class.

    Parameters
    ----------
    cells : Bins or Areas
    measure : Measure
    segment : int
        For ``SHARE`` and ``INDEX``.
    breaks : sequence of float, optional
        Borders of the classes, to compare two maps; chosen by the numbers when absent.

    Returns
    -------
    Shading
    """
    if measure.is_leading:
        classes, share = _leading(cells, Leading(measure.value))
        return Shading(measure, share, classes, (), cells.counts.shape[1])
    values = _values(cells, measure, segment)
    hidden = _hidden(cells, measure, segment)
    values = np.where(hidden, np.nan, values)
    if breaks is None:
        breaks = INDEX_BREAKS if measure is Measure.INDEX else breaks_of(values)
    classes = np.searchsorted(np.asarray(breaks), values, side="right").astype(np.int64)
    classes = np.where(np.isnan(values), -1, classes)
    return Shading(measure, values, classes, tuple(breaks), len(breaks) + 1, int(hidden.sum()))


def breaks_of(values: Floats) -> tuple[float, ...]:
    """Return borders of classes with about as many numbers each, rounded to two digits.

    Examples
    --------
    >>> breaks_of(np.array([1.0, 2.0, 3.0, 4.0, 1234.0]))
    (1.8, 2.6, 3.4, 250.0)
    >>> breaks_of(np.array([7.0, 7.0]))
    ()
    """
    known = values[~np.isnan(values)]
    if not known.size:
        return ()
    borders = np.quantile(known, np.arange(1, CLASSES) / CLASSES)
    rounded = sorted({_two_digits(float(border)) for border in borders})
    return tuple(b for b in rounded if float(known.min()) < b <= float(known.max()))


def _two_digits(number: float) -> float:
    if number == 0:
        return 0.0
    return round(number, 1 - math.floor(math.log10(abs(number))))


def _leading(cells: Cells, by: Leading) -> tuple[npt.NDArray[np.int64], Floats]:
    classes = leading_of(cells.mass, by)
    return classes, _over(cells.mass[np.arange(len(classes)), classes], cells.mass.sum(axis=1))


def _values(cells: Cells, measure: Measure, segment: int) -> Floats:
    if measure.of_segment:
        return _of_segment(cells, measure, segment)
    if measure.of_quantity:
        return _of_quantity(cells, measure)
    n_customers = cells.n_customers.astype(np.float64)
    if measure is Measure.CUSTOMERS:
        return n_customers
    people = cells.people if isinstance(cells, Areas) else np.full(len(n_customers), np.nan)
    return PER_PEOPLE * _over(n_customers, people)


def _of_segment(cells: Cells, measure: Measure, segment: int) -> Floats:
    share = _over(cells.mass[:, segment], cells.mass.sum(axis=1))
    if measure is Measure.SHARE:
        return share
    everybody, members = float(cells.mass.sum()), float(cells.mass[:, segment].sum())
    return 100 * share * everybody / members if members > 0 else np.full(len(share), np.nan)


def _of_quantity(cells: Cells, measure: Measure) -> Floats:
    if cells.sums is None:
        return np.full(len(cells.counts), np.nan)
    if measure is Measure.REACHABLE:
        return cells.sums.known.astype(np.float64)
    if measure is Measure.MEAN:
        return _over(cells.sums.total, cells.sums.weight)
    return np.where(cells.sums.known > 0, cells.sums.total, np.nan)


def _hidden(cells: Cells, measure: Measure, segment: int) -> npt.NDArray[np.bool_]:
    """Say whose number is about one to four people."""
    about = np.zeros(len(cells.counts), dtype=np.int64)
    if measure.of_segment:
        about = cells.counts[:, segment]
    elif measure.of_quantity and cells.sums is not None:
        about = cells.sums.known
    hidden: npt.NDArray[np.bool_] = (about > 0) & (about < HIDDEN_BELOW)
    return hidden


def _over(parts: Floats, whole: Floats) -> Floats:
    divided: Floats = np.full(len(parts), np.nan)
    np.divide(parts, whole, out=divided, where=whole > 0)
    return divided
