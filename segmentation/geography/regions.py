"""Customers by region and segment: where a segment is at home.

Enters: a customer table, a column of regions and the labels of a solution. Leaves: ``RegionTable``.
Refuses to show a group of fewer than five customers, or one that could be worked out from what
is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from segmentation.geography.hiding import hidden_cells
from segmentation.geography.tally import HIDDEN_BELOW, by_segment, labelled_rows, sums
from segmentation.intake import CustomerTable
from segmentation.notes import Note
from segmentation.variables import Variable

REGIONS_UP_TO = 200
Narrowing = Callable[[ir.Table], ir.Table]


@dataclass(frozen=True, slots=True, eq=False)
class RegionTable:
    """Customers by region and segment, largest region first.

    Attributes
    ----------
    variable : str
        The column of the regions.
    regions : tuple of str
        The at most 200 largest regions with five customers or more.
    n_customers : ndarray of shape (n_regions,)
        Customers of each region, unweighted.
    counts : ndarray of shape (n_regions, k)
        Customers by region and segment, unweighted; NaN where hidden.
    share : ndarray of shape (n_regions, k)
        Share of the segment among the region's customers, in [0, 1]; weighted, NaN where hidden.
    index : ndarray of shape (n_regions, k)
        100 times that share over the segment's share in the market: 100 is as many as expected,
        200 twice as many. NaN where hidden or the segment has nobody in a known region.
    market : ndarray of shape (k,)
        Share of each segment among all customers with a known region, shown or not; weighted.
    n_known : int
        Customers with a segment and a region.
    n_missing : int
        Customers with a segment but without a region.
    n_all_regions : int
        Regions in the data, shown or not.
    notes : tuple of Note
        ``regions-cut``, ``regions-small``, ``regions-unknown``, ``cells-hidden``, where there is
        something to say.
    """

    variable: str
    regions: tuple[str, ...]
    n_customers: npt.NDArray[np.int64]
    counts: npt.NDArray[np.float64]
    share: npt.NDArray[np.float64]
    index: npt.NDArray[np.float64]
    market: npt.NDArray[np.float64]
    n_known: int
    n_missing: int
    n_all_regions: int
    notes: tuple[Note, ...] = ()


def region_table(
    table: CustomerTable,
    variable: Variable,
    labels: str,
    k: int,
    *,
    weight_key: str | None = None,
    only: Narrowing | None = None,
) -> RegionTable:
    """Count customers by region and segment, and compare with the market.

    Parameters
    ----------
    table : CustomerTable
        Its population is counted.
    variable : Variable
        Names the region of each customer.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    k : int
        Number of segments.
    weight_key : str, optional
        Engine column of survey weights: shares and indices use them, counts do not.
    only : callable, optional
        Keeps some of the population: those in one place of the map.

    Returns
    -------
    RegionTable
    """
    rows = labelled_rows(table, labels, weight_key)
    rows = only(rows) if only else rows
    rows = rows.filter(rows["segment"].notnull())
    rows = rows.select("segment", "weight", region=region_text(rows[variable.key]))
    by_region = rows.group_by("region").aggregate(n=rows.count(), **sums(rows, k))
    known = by_region.filter(by_region["region"].notnull())
    large = known.filter(known["n"] >= HIDDEN_BELOW)
    shown = table.session.frame(large.order_by(large["n"].desc(), "region").limit(REGIONS_UP_TO))
    market = table.session.arrow(_market(by_region, k)).to_pylist()[0]
    counts, mass = by_segment(shown, k)
    n_customers = counts.sum(axis=1)
    rest = int(market["n_known"]) - int(n_customers.sum())
    hidden = hidden_cells(counts, complete=rest < HIDDEN_BELOW)
    market_mass = np.array([market[f"w{s}"] for s in range(k)], dtype=np.float64)
    market_share = _divided(market_mass, np.asarray(market_mass.sum()))
    share = _divided(mass, mass.sum(axis=1, keepdims=True))
    return RegionTable(
        variable=variable.name,
        regions=tuple(str(region) for region in shown["region"]),
        n_customers=n_customers,
        counts=np.where(hidden, np.nan, counts),
        share=np.where(hidden, np.nan, share),
        index=np.where(hidden, np.nan, 100 * _divided(share, market_share)),
        market=market_share,
        n_known=int(market["n_known"]),
        n_missing=int(market["n_missing"]),
        n_all_regions=int(market["n_regions"]),
        notes=_notes(variable, market, n_customers, hidden),
    )


def region_text(cell: ir.Value) -> ir.StringValue:
    """Return the name of a region: text without blanks around it, whole numbers without a point."""
    if cell.type().is_floating():
        whole = cell == cell.floor()
        return ibis.ifelse(whole, cell.cast("int64").cast("string"), cell.cast("string"))
    return cell.cast("string").strip().nullif("")


def _market(by_region: ir.Table, k: int) -> ir.Table:
    """Sum up all regions, shown or not, and count what is not shown."""
    known = by_region["region"].notnull()
    small = known & (by_region["n"] < HIDDEN_BELOW)
    n = by_region["n"]
    return by_region.aggregate(
        n_regions=by_region.count(where=known),
        n_known=n.sum(where=known).fill_null(0),
        n_missing=n.sum(where=~known).fill_null(0),
        small_regions=by_region.count(where=small),
        small_customers=n.sum(where=small).fill_null(0),
        **{f"w{s}": by_region[f"w{s}"].sum(where=known).fill_null(0.0) for s in range(k)},
    )


def _divided(
    parts: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Divide, NaN where the whole is zero."""
    wide = np.broadcast_to(whole, parts.shape)
    divided: npt.NDArray[np.float64] = np.full(parts.shape, np.nan)
    np.divide(parts, wide, out=divided, where=wide > 0)
    return divided


def _notes(
    variable: Variable,
    market: dict[str, float],
    n_customers: npt.NDArray[np.int64],
    hidden: npt.NDArray[np.bool_],
) -> tuple[Note, ...]:
    notes = []
    small, n_small = int(market["small_regions"]), int(market["small_customers"])
    cut = int(market["n_regions"]) - len(n_customers) - small
    if cut:
        customers = int(market["n_known"]) - int(n_customers.sum()) - n_small
        notes.append(
            Note.of("regions-cut", shown=len(n_customers), regions=cut, customers=customers)
        )
    if small:
        notes.append(Note.of("regions-small", regions=small, customers=n_small, below=HIDDEN_BELOW))
    if n_missing := int(market["n_missing"]):
        notes.append(Note.of("regions-unknown", name=variable.name, n=n_missing))
    if n_hidden := int(hidden.sum()):
        notes.append(Note.of("cells-hidden", n=n_hidden, below=HIDDEN_BELOW))
    return tuple(notes)
