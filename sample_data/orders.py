"""Two years of order lines of the department store, in step with its customer table.

What enters: buyers, orders and lines. What leaves: the table of lines and returns by date. For
every customer the lines of the last twelve months give exactly the ``orders_12m`` and ``spend_12m``
of the customer table. It refuses to know how such lines are summed up.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from sample_data.baskets import CATEGORIES, Lines, lines_of
from sample_data.columns import words
from sample_data.draws import Draws, FloatArray, IntArray
from sample_data.purchases import SEED, YEAR, Buyers, Orders, order_buyers, orders_of
from sample_data.stores import (
    FIRST_DAY,
    HOME_CITY,
    N_DAYS,
    N_STORES,
    connected_day,
    store_ids,
)

ELSEWHERE = 0.06
"""Share of purchases in a store that is not in the customer's city."""


def retailer_orders() -> tuple[pd.DataFrame, None]:
    """About 80,000 order lines from 1 October 2024 to 30 September 2026.

    Returns
    -------
    tuple of pandas.DataFrame and None
        The lines by date; a return is a line of its own with a negative quantity. Nothing is
        planted here but what the customer table holds.
    """
    buyers = order_buyers()
    orders = orders_of(buyers)
    lines = lines_of(buyers, orders)
    return _table(buyers, orders, lines), None


def _table(buyers: Buyers, orders: Orders, lines: Lines) -> pd.DataFrame:
    """Lay purchases and returns under each other, by date."""
    bought = np.arange(len(lines.order))
    sent_back = np.flatnonzero(lines.returned)
    line = np.concatenate([bought, sent_back])
    back = np.arange(len(line)) >= len(bought)
    order = lines.order[line]
    day = np.where(back, _return_day(orders, lines)[line], orders.day[order])
    rank = np.empty(len(orders.day), dtype=np.int64)
    rank[np.lexsort((orders.customer, orders.day))] = np.arange(len(orders.day))
    sequence = np.lexsort((line, back, rank[order], day))
    line, order, back, day = line[sequence], order[sequence], back[sequence], day[sequence]
    discount = _discount_cents(buyers, orders, lines)
    ids = buyers.frame["customer_id"].to_numpy()
    frame = pd.DataFrame(
        {
            "order_id": [f"O{number:06d}" for number in (rank[order] + 1).tolist()],
            "line_number": _line_number(lines.order)[line],
            "customer_id": ids[orders.customer[order]],
            "order_date": [_DATES[position] for position in day.tolist()],
            "status": words(("completed", "returned"), back.astype(np.int64)),
            **_channel_and_store(buyers, orders, order),
            "category": words(tuple(CATEGORIES), lines.category[line]),
            "quantity": np.where(back, -1, 1) * lines.quantity[line],
            "list_price_eur": (lines.unit_cents + discount)[line] / 100,
            "discount_eur": discount[line] / 100,
            "unit_price_eur": lines.unit_cents[line] / 100,
        }
    )
    amount = np.where(back, -1, 1) * (lines.quantity * lines.unit_cents)[line]
    return frame.assign(line_amount_eur=amount / 100)


_DATES: tuple[str, ...] = tuple(
    (FIRST_DAY + timedelta(days=day)).isoformat() for day in range(N_DAYS)
)


def _line_number(order: IntArray) -> IntArray:
    """Number the lines of each order from 1; a return has the number of what is sent back."""
    first = np.concatenate([[True], np.diff(order) > 0])
    start = np.flatnonzero(first)[np.cumsum(first) - 1]
    return np.asarray(np.arange(len(order)) - start + 1, dtype=np.int64)


def _return_day(orders: Orders, lines: Lines) -> IntArray:
    """Give the day of a return: within a month, and within the same twelve months as the order.

    So no return of an old order makes the spending of the last year smaller.
    """
    wait = 2 + np.floor(28 * Draws(SEED, len(lines.order)).uniform("wait")).astype(np.int64)
    end = np.where(orders.recent, N_DAYS, YEAR)[lines.order]
    return np.asarray(np.minimum(orders.day[lines.order] + wait, end - 1), dtype=np.int64)


def _discount_cents(buyers: Buyers, orders: Orders, lines: Lines) -> IntArray:
    """Give what came off the list price of one piece: nothing, or an offer.

    On the average of all lines the offers make up the customer's discount share, roughly.
    """
    draws = Draws(SEED, len(lines.order))
    share = buyers.frame["avg_discount_share"].to_numpy(dtype=np.float64)
    share = share[orders.customer[lines.order]]
    on_offer = np.clip(2.2 * share, 0.05, 0.95)
    # An offer of depth d on a share p of the lines takes p d / (1 - d + p d) off the list prices.
    fair = share / (on_offer + share - share * on_offer)
    depth = np.clip(fair + 0.06 * draws.normal("depth"), 0.02, 0.75)
    off = np.where(draws.flag("offer", on_offer), lines.unit_cents * depth / (1 - depth), 0.0)
    return np.asarray(np.round(off), dtype=np.int64)


def _channel_and_store(buyers: Buyers, orders: Orders, order: IntArray) -> dict[str, list[str]]:
    """Give where each order was placed; an order online belongs to no store."""
    draws = Draws(SEED, len(orders.day))
    online = draws.flag("online", _online_share(buyers)[orders.customer])
    app = (buyers.frame["app_user"] == "yes").to_numpy()[orders.customer]
    in_app = draws.flag("in app", np.where(app, 0.55, 0.0))
    channel = np.where(online, np.where(in_app, 2, 1), 0)
    store = np.where(online, N_STORES, _store(buyers, orders))
    return {
        "channel": words(("store", "web", "app"), channel[order]),
        "store_id": words((*store_ids(), ""), store[order]),
    }


def _online_share(buyers: Buyers) -> FloatArray:
    return buyers.frame["online_share"].fillna(0.4).to_numpy(dtype=np.float64)


def _store(buyers: Buyers, orders: Orders) -> IntArray:
    """Give the store of each order: mostly one in the customer's city."""
    draws = Draws(SEED, len(orders.day))
    city = buyers.city[orders.customer]
    n_here = np.bincount(HOME_CITY)[city]
    home = np.searchsorted(HOME_CITY, city) + np.floor(
        n_here * draws.uniform("which store")
    ).astype(np.int64)
    other = draws.pick("other store", np.ones(N_STORES))
    away = draws.flag("elsewhere", ELSEWHERE) & (connected_day()[other] <= orders.day)
    return np.asarray(np.where(away, other, home), dtype=np.int64)
