"""Micro-markets: each segment in each region, how many there are and what they are worth.

Enters: a :class:`RegionTable`, and a column of money or the like. Leaves: ``MicroMarkets`` and the
best places to reach a segment. Refuses to show the value of customers whose number is hidden.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.geography.regions import RegionTable, region_text
from segmentation.geography.tally import labelled_rows
from segmentation.intake import CustomerTable, Kind
from segmentation.transactions.names import AVERAGE, MONETARY
from segmentation.variables import Role, Scale, Variable
from segmentation.variables.lexicon import spoken_for

MOST_PLACES = 5
# What the name of an amount says that can be summed up over customers.
AMOUNTS = (
    "amount spend spending spent revenue sales turnover income profit margin value monetary "
    "price budget money 金额 消费 花费 销售额 营业额 收入 利润 价值 预算"
)


@dataclass(frozen=True, slots=True, eq=False)
class MicroMarkets:
    """Regions by segment.

    Attributes
    ----------
    regions : RegionTable
        Number, share and index.
    value_name : str or None
        The column that is summed up; None without one.
    value : ndarray of shape (n_regions, k) or None
        Its sum, weighted; NaN where the number of customers is hidden.
    """

    regions: RegionTable
    value_name: str | None = None
    value: npt.NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class BestPlace:
    """A region to reach a segment in.

    Attributes
    ----------
    region : str
    n_customers : int
        Of the segment there.
    index : float
        100 is as many as in the whole market.
    score : float
        Customers times index over 100.
    """

    region: str
    n_customers: int
    index: float
    score: float


def value_variables(variables: Iterable[Variable]) -> tuple[Variable, ...]:
    """Return the numbers that can be summed up as a value, amounts that are outcomes first.

    Parameters
    ----------
    variables : iterable of Variable

    Returns
    -------
    tuple of Variable
        Outcomes that are numbers, then other variables whose names say an amount. An average is
        none of them: its sum means nothing.
    """
    numbers = [
        v
        for v in variables
        if v.column.kind is Kind.NUMBER and v.scale is Scale.METRIC and not v.private
    ]
    amounts = [v for v in numbers if _is_amount(v.name)]
    outcomes = [v for v in numbers if v.role is Role.OUTCOME and v not in amounts]
    return tuple(sorted(amounts, key=lambda v: v.role is not Role.OUTCOME)) + tuple(outcomes)


def _is_amount(name: str) -> bool:
    if name == MONETARY:
        return True
    average = name == AVERAGE or spoken_for(
        name, "average avg mean share rate ratio 平均 占比 比例"
    )
    return not average and bool(spoken_for(name, AMOUNTS))


def micro_markets(
    table: CustomerTable,
    regions: RegionTable,
    where: Variable,
    labels: str,
    value: Variable | None,
    weight_key: str | None = None,
) -> MicroMarkets:
    """Put the value of the customers beside their numbers.

    Parameters
    ----------
    table : CustomerTable
        Its population is summed up.
    regions : RegionTable
        Made from ``where`` and the same labels.
    where : Variable
        Names the region of each customer.
    labels : str
        Engine table of the labels: ``__row``, ``segment``.
    value : Variable or None
        A number to sum up; customers without one add nothing.
    weight_key : str, optional
        Engine column of survey weights.

    Returns
    -------
    MicroMarkets
    """
    if value is None:
        return MicroMarkets(regions)
    rows = labelled_rows(table, labels, weight_key)
    rows = rows.filter(rows["segment"].notnull())
    amount = rows[value.key].cast("float64") * rows["weight"]
    rows = rows.select("segment", region=region_text(rows[where.key]), amount=amount)
    rows = rows.filter(rows["region"].isin(list(regions.regions)))
    grouped = rows.group_by("region", "segment").aggregate(total=rows["amount"].sum())
    place = {region: position for position, region in enumerate(regions.regions)}
    sums = np.zeros(regions.counts.shape)
    for row in table.session.arrow(grouped).to_pylist() if place else ():
        sums[place[row["region"]], row["segment"]] = row["total"] or 0.0
    return MicroMarkets(regions, value.name, np.where(np.isnan(regions.counts), np.nan, sums))


def best_places(regions: RegionTable, segment: int, n: int = MOST_PLACES) -> tuple[BestPlace, ...]:
    """Return the best places to reach a segment: where many of it live, and more than elsewhere.

    Parameters
    ----------
    regions : RegionTable
    segment : int
    n : int
        How many at most.

    Returns
    -------
    tuple of BestPlace
        By the number of the segment's customers times index / 100, the largest first; only
        regions with an index above 100.
    """
    found = [
        BestPlace(region, int(count), float(index), float(count * index / 100))
        for region, count, index in zip(
            regions.regions, regions.counts[:, segment], regions.index[:, segment], strict=True
        )
        if not math.isnan(count) and index > 100
    ]
    return tuple(sorted(found, key=lambda place: (-place.score, place.region))[:n])
