"""When each segment buys, or joined: its customers or orders by quarter of the year.

Enters: a customer table with a column of dates, or shares by quarter made from orders. Leaves:
``Seasons``. Refuses to show a group of fewer than five customers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.geography.concentration import WORTH_ABOVE
from segmentation.geography.hiding import hidden_cells
from segmentation.geography.tally import HIDDEN_BELOW, by_segment, labelled_rows, sums
from segmentation.intake import CustomerTable
from segmentation.notes import Note
from segmentation.transactions.names import SEASON
from segmentation.variables import Role, Variable

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class SeasonSource:
    """Where quarters are known from.

    Attributes
    ----------
    name : str
        The column of dates; blank for the shares by quarter that were made from orders.
    keys : tuple of str
        Engine columns: that of dates, or the four of shares.
    """

    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Seasons:
    """Each segment over the four quarters.

    Attributes
    ----------
    source : SeasonSource
    share : ndarray of shape (4, k)
        Share of the segment's customers whose date is in the quarter, or its mean share of what
        they bought then, in [0, 1]; weighted; NaN where hidden.
    market : ndarray of shape (4,)
        The same of all customers.
    n_known : int
        Customers with a segment and a date, or shares.
    notes : tuple of Note
        ``cells-hidden``, where there is something to say.
    """

    source: SeasonSource
    share: npt.NDArray[np.float64]
    market: npt.NDArray[np.float64]
    n_known: int
    notes: tuple[Note, ...] = ()

    @property
    def standout(self) -> tuple[int, int] | None:
        """Quarter (0 to 3) and segment furthest above the market; None below index 120."""
        market = np.where(self.market > 0, self.market, np.nan)[:, np.newaxis]
        above = np.nan_to_num(self.share / market, nan=0.0)
        if not above.size or above.max() < WORTH_ABOVE:
            return None
        quarter, segment = np.unravel_index(int(above.argmax()), above.shape)
        return int(quarter), int(segment)


def season_sources(variables: Iterable[Variable]) -> tuple[SeasonSource, ...]:
    """Return what tells the season: shares by quarter first, then the columns of dates.

    Parameters
    ----------
    variables : iterable of Variable

    Returns
    -------
    tuple of SeasonSource
    """
    known = {v.name: v for v in variables}
    made = [known.get(f"{SEASON}Q{quarter}") for quarter in QUARTERS]
    keys = tuple(v.key for v in made if v is not None)
    shares = (SeasonSource("", keys),) if len(keys) == len(QUARTERS) else ()
    dates = (v for v in known.values() if v.role is Role.DATE and not v.private)
    return (*shares, *(SeasonSource(v.name, (v.key,)) for v in dates))


def seasons(
    table: CustomerTable,
    source: SeasonSource,
    labels: str,
    k: int,
    weight_key: str | None = None,
) -> Seasons:
    """Spread each segment over the quarters of the year.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    source : SeasonSource
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    k : int
        Number of segments.
    weight_key : str, optional
        Engine column of survey weights.

    Returns
    -------
    Seasons
    """
    by_date = len(source.keys) == 1
    measure = _by_date if by_date else _by_shares
    counts, mass = measure(table, source, labels, k, weight_key)
    # Of shares, every customer counts in every quarter: nobody is told apart by one of them.
    hidden = hidden_cells(counts, complete=True) if by_date else counts < HIDDEN_BELOW
    total = mass.sum(axis=0)
    share = np.divide(mass, total, out=np.full(mass.shape, np.nan), where=total > 0)
    market = mass.sum(axis=1) / mass.sum() if mass.sum() > 0 else np.full(4, np.nan)
    n_hidden = int(hidden.sum())
    note = Note.of("cells-hidden", n=n_hidden, below=HIDDEN_BELOW)
    return Seasons(
        source=source,
        share=np.where(hidden, np.nan, share),
        market=market,
        n_known=int(counts.sum() if by_date else counts[0].sum()),
        notes=(note,) if n_hidden else (),
    )


_Found = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]


def _by_date(
    table: CustomerTable, source: SeasonSource, labels: str, k: int, weight_key: str | None
) -> _Found:
    """Count the customers whose date lies in each quarter."""
    rows = labelled_rows(table, labels, weight_key)
    day = rows[source.keys[0]]
    rows = rows.filter(rows["segment"].notnull() & day.notnull())
    rows = rows.select("segment", "weight", quarter=rows[source.keys[0]].quarter())
    measured = rows.group_by("quarter").aggregate(**sums(rows, k))
    found = table.session.frame(measured).set_index("quarter").reindex(QUARTERS, fill_value=0)
    return by_segment(found, k)


def _by_shares(
    table: CustomerTable, source: SeasonSource, labels: str, k: int, weight_key: str | None
) -> _Found:
    """Sum up the customers' shares of the quarters; the mean share is the sum over their number."""
    rows = labelled_rows(table, labels, weight_key)
    first = rows[source.keys[0]]
    rows = rows.filter(rows["segment"].notnull() & first.notnull())
    quarters = {f"q{i}": (rows[key] * rows["weight"]).sum() for i, key in enumerate(source.keys)}
    found = rows.group_by("segment").aggregate(n=rows.count(), **quarters)
    counts, mass = np.zeros((4, k), np.int64), np.zeros((4, k))
    for row in table.session.arrow(found).to_pylist():
        counts[:, row["segment"]] = row["n"]
        mass[:, row["segment"]] = [row[f"q{i}"] or 0.0 for i in range(4)]
    return counts, mass
