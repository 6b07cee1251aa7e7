"""What is in each order, priced so that the sums of the customer table come out exactly.

What enters: the buyers and the days of their orders. What leaves: one element a purchased line. It
refuses to know dates, stores and the shape of the table.

All money is counted in cents while it is shared out, so that the sums hold to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.draws import BoolArray, Draws, FloatArray, IntArray
from sample_data.purchases import SEED, Buyers, Orders

CATEGORIES: dict[str, float] = {
    "women's fashion": 38.0,
    "men's fashion": 42.0,
    "children's fashion": 22.0,
    "shoes": 55.0,
    "beauty": 24.0,
    "home textiles": 34.0,
    "kitchen": 32.0,
    "furniture": 150.0,
    "electronics": 110.0,
    "toys": 20.0,
    "books and paper": 14.0,
    "sports": 46.0,
    "food hall": 16.0,
    "jewellery": 80.0,
}
"""What is sold, and the typical price of one piece in euros, before what the customer can spend."""

MORE_LINES = 0.08
"""Share of orders with a second line that is kept; a third of these have a third one."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One element a purchased line, of shape (n_lines,).

    Parameters
    ----------
    order : IntArray
        Position of its order in `Orders`; the lines of an order stand together.
    returned : BoolArray
        Whether it was sent back later.
    category : IntArray
        Position in `CATEGORIES`.
    quantity : IntArray
        Pieces.
    unit_cents : IntArray
        Price paid for one piece, in cents.
    """

    order: IntArray
    returned: BoolArray
    category: IntArray
    quantity: IntArray
    unit_cents: IntArray


def lines_of(buyers: Buyers, orders: Orders) -> Lines:
    """What is in the orders: one to three lines that are kept, at times one that is sent back.

    Parameters
    ----------
    buyers : Buyers
        Who orders.
    orders : Orders
        Their orders.

    Returns
    -------
    Lines
        At least one line for each order.
    """
    draws = Draws(SEED, len(orders.customer))
    extra = draws.uniform("extra lines")
    kept = 1 + (extra < MORE_LINES) + (extra < MORE_LINES / 3)
    back = buyers.frame["returns_share"].to_numpy(dtype=np.float64)[orders.customer]
    sent = draws.flag("sent back", np.minimum(1.15 * back / (1 - np.minimum(back, 0.6)), 0.9))
    order = np.repeat(np.arange(len(kept)), kept + sent)
    first = np.cumsum(kept + sent) - (kept + sent)
    returned = np.zeros(len(order), dtype=np.bool_)
    returned[(first + kept)[sent]] = True
    category = _categories(buyers, orders.customer[order])
    quantity, unit_cents = _amounts(buyers, orders, order, returned, category)
    return Lines(order, returned, category, quantity, unit_cents)


def _categories(buyers: Buyers, customer: IntArray) -> IntArray:
    """Choose among as many categories as the customer ever bought, the favourites first."""
    liking = Draws(SEED, len(buyers.frame))
    noise = np.column_stack([liking.uniform(f"liking {name}") for name in CATEGORIES])
    favourites = np.argsort(noise, axis=1, kind="stable")
    bought = buyers.frame["category_count"].to_numpy(dtype=np.int64)[customer]
    rank = np.floor(bought * Draws(SEED, len(customer)).uniform("category") ** 1.5)
    return np.asarray(favourites[customer, rank.astype(np.int64)], dtype=np.int64)


def _amounts(
    buyers: Buyers, orders: Orders, order: IntArray, returned: BoolArray, category: IntArray
) -> tuple[IntArray, IntArray]:
    """Share what the customer spent in a year among the kept lines, exactly to the cent.

    What is sent back has a price like the others and cancels itself out.
    """
    draws = Draws(SEED, len(order))
    customer, recent = orders.customer[order], orders.recent[order]
    typical = np.array(list(CATEGORIES.values()))[category]
    weight = typical * np.exp(0.35 * draws.normal("price"))
    account = 2 * customer + recent
    total = _spent_cents(buyers, orders)
    kept_weight = np.bincount(account, np.where(returned, 0.0, weight), minlength=len(total))
    share = total[account] * weight / np.maximum(kept_weight[account], 1e-9)
    # Whoever buys for a firm does not buy one dear piece but many.
    quantity = 1 + draws.flag("pair", 0.12) + np.floor(share / (450 * typical)).astype(np.int64)
    smallest = _smallest_kept(account, returned, share)
    quantity[smallest] = 1
    unit = np.maximum(np.floor(share / quantity), 1).astype(np.int64)
    spent = np.zeros(len(total), dtype=np.int64)
    np.add.at(spent, account[~returned], (quantity * unit)[~returned])
    unit[smallest] += (total - spent)[account[smallest]]
    return quantity, unit


def _smallest_kept(account: IntArray, returned: BoolArray, share: FloatArray) -> IntArray:
    """Give the line of each account that takes the last cents."""
    ranked = np.lexsort((share, account, returned))
    ranked = ranked[: int((~returned).sum())]
    first = np.concatenate([[True], np.diff(account[ranked]) > 0])
    return np.asarray(ranked[first], dtype=np.int64)


def _spent_cents(buyers: Buyers, orders: Orders) -> IntArray:
    """Give what each customer spent: at even places in the earlier year, at odd ones in the last.

    The last year's is in the customer table; a basket of the year before was as large, roughly.
    """
    draws = Draws(SEED, len(buyers.frame))
    spend = buyers.frame["spend_12m"].to_numpy(dtype=np.float64)
    recent = buyers.frame["orders_12m"].to_numpy(dtype=np.int64)
    earlier = np.bincount(orders.customer[~orders.recent], minlength=len(recent))
    typical = np.where(recent > 0, spend / np.maximum(recent, 1), 38.0)
    basket = typical * np.exp(0.25 * draws.normal("basket"))
    euros = np.column_stack([earlier * basket, spend])
    return np.asarray(np.round(100 * euros), dtype=np.int64).ravel()
