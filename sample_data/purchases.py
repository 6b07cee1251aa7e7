"""Who orders when: the two years of orders behind the department store's customer table.

What enters: the customer table as `retailer` makes it. What leaves: one element an order, with its
customer and its day. It refuses to know what is in the basket.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sample_data.draws import BoolArray, Draws, IntArray
from sample_data.places import CITIES
from sample_data.retailer import SEGMENTS, retailer
from sample_data.stores import FIRST_DAY, HOME_CITY, N_DAYS, connected_day

SEED = 20_260_932
YEAR = 365

EARLIER: tuple[float, ...] = (0.60, 0.65, 0.55, 1.20, 0.60)
"""Orders of the year before, compared with the last twelve months, in each planted segment."""

_SEASON: tuple[float, ...] = (0.9, 0.8, 0.9, 1.0, 1.0, 1.0, 0.9, 0.8, 1.0, 1.0, 1.4, 1.7)
"""How busy each month is, from January."""


@dataclass(frozen=True, slots=True)
class Buyers:
    """What the order log needs to know about each customer, in the order of customer numbers.

    Parameters
    ----------
    frame : pandas.DataFrame
        The customer table.
    segment : IntArray
        Planted segment, from 0, of shape (n_customers,).
    city : IntArray
        Index into `sample_data.places.CITIES`, of shape (n_customers,).
    start : IntArray
        Day, counted from the first of the log, from which orders can be in it; may be negative.
    """

    frame: pd.DataFrame
    segment: IntArray
    city: IntArray
    start: IntArray


@dataclass(frozen=True, slots=True)
class Orders:
    """One element an order, of shape (n_orders,).

    Parameters
    ----------
    customer : IntArray
        Position of the buyer in `Buyers`.
    recent : BoolArray
        Whether it falls into the last twelve months of the log.
    day : IntArray
        Days after the first of the log.
    """

    customer: IntArray
    recent: BoolArray
    day: IntArray


def order_buyers() -> Buyers:
    """The customers of the store and the day from which the log knows their orders.

    Returns
    -------
    Buyers
        A customer is known from the signup or from the day the home store was connected to the
        log, whichever is later.
    """
    customers, truth = retailer()
    frame = customers.sort_values("customer_id", ignore_index=True)
    city_of = {city.name: index for index, city in enumerate(CITIES)}
    city = np.array([city_of[name] for name in frame["city"]], dtype=np.int64)
    connected = np.zeros(len(CITIES), dtype=np.int64)
    connected[HOME_CITY] = connected_day()
    signup = np.array([date.fromisoformat(day).toordinal() for day in frame["signup_date"]])
    return Buyers(
        frame=frame,
        segment=truth["planted_segment"].map(SEGMENTS.index).to_numpy(dtype=np.int64),
        city=city,
        start=np.maximum(signup - FIRST_DAY.toordinal(), connected[city]),
    )


def orders_of(buyers: Buyers) -> Orders:
    """Every customer's orders of the last year, and some of the year before.

    Parameters
    ----------
    buyers : Buyers
        Who orders.

    Returns
    -------
    Orders
        The earlier year's first, each year's by customer.
    """
    draws = Draws(SEED, len(buyers.frame))
    recent = buyers.frame["orders_12m"].to_numpy(dtype=np.int64)
    open_share = np.clip(1 - buyers.start / YEAR, 0, 1)
    habit = np.array(EARLIER)[buyers.segment] * np.exp(0.3 * draws.normal("habit"))
    expected = recent * habit * open_share
    earlier = np.floor(expected + draws.uniform("earlier")).astype(np.int64)
    # Who has ordered nothing for a year ordered once before, unless the log was not open yet.
    earlier = np.where((recent == 0) & (open_share > 0), np.maximum(earlier, 1), earlier)
    each = np.concatenate([earlier, recent])
    customer = np.repeat(np.tile(np.arange(len(recent)), 2), each)
    late = np.repeat(np.repeat([False, True], len(recent)), each)
    return Orders(customer, late, _days(buyers, customer, late))


def _days(buyers: Buyers, customer: IntArray, recent: BoolArray) -> IntArray:
    """Give each order a day: after the customer's start, more often in busy months."""
    busy = [_SEASON[(FIRST_DAY + timedelta(days=day)).month - 1] for day in range(N_DAYS)]
    passed = np.concatenate([[0.0], np.cumsum(busy)])
    begin = np.maximum(np.where(recent, YEAR, 0), buyers.start[customer])
    end = np.where(recent, N_DAYS, YEAR)
    level = Draws(SEED, len(customer)).uniform("day")
    churned = (buyers.frame["churned_next_quarter"] == "yes").to_numpy()[customer]
    level = np.where(churned & recent, level**1.8, level)  # those who leave buy less and less
    reached = passed[begin] + level * (passed[end] - passed[begin])
    day = np.searchsorted(passed, reached, side="right") - 1
    return np.asarray(np.clip(day, begin, end - 1), dtype=np.int64)
