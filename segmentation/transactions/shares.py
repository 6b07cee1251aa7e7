"""What customers buy and at what price: shares of categories, discounts, the last category.

Enters: the netted lines of a :class:`Log`. Leaves: engine tables of shares by customer. Refuses to
list more than the largest categories one by one; the others are taken together.
"""

from __future__ import annotations

from segmentation.engine.duck import literal
from segmentation.transactions import names
from segmentation.transactions.cells import fraction, plain
from segmentation.transactions.lines import LINES, Log
from segmentation.transactions.netting import ORDERS

SHARES, LAST = "orders_shares", "orders_last"
TOP = 8

Columns = tuple[tuple[str, str], ...]


def share_out(log: Log) -> tuple[Columns, Columns, Columns]:
    """Write shares, discounts and last categories by customer.

    A share is the net amount (else pieces) of a category over that of all known ones, categories
    of which more came back than was bought counting as nothing. The discount is how much less
    than the list price was paid, over all that was bought and kept. Of the categories in the last
    order the one with the largest amount is taken, among equal ones the last in the alphabet.

    Parameters
    ----------
    log : Log

    Returns
    -------
    tuple of (name, SQL) pairs, three times
        The columns of shares and of discounts in :data:`SHARES`, and those of :data:`LAST`, as
        text; none where the file does not tell.
    """
    categories = _categories(log) if log.columns.category else []
    sums = {**_share_sums(log, categories), **_discount_sums(log)}
    if sums:
        parts = ", ".join(f"{sql} AS {key}" for key, sql in sums.items())
        log.session.create(SHARES, f"SELECT code, {parts} FROM {LINES} GROUP BY code")
    keys = [key for key in sums if key not in ("listed", "bought")]
    known = f"({' + '.join(keys)})"
    titles = [*categories[:TOP], names.OTHER]
    shares = tuple(
        (f"{names.SHARE}{title}", f"CASE WHEN {known} > 0 THEN {fraction(key, known)} END")
        for key, title in zip(keys, titles, strict=False)
    )
    discount = plain("1 - CAST(bought AS DOUBLE) / CAST(listed AS DOUBLE)")
    discounts = ((names.DISCOUNT, discount),) if "listed" in sums else ()
    return shares, discounts, _last(log)


def _categories(log: Log) -> list[str]:
    """Return the largest categories and, where there are more, one beyond."""
    found = log.session.rows(
        f"SELECT category FROM {LINES} WHERE NOT is_back AND category IS NOT NULL "
        f"GROUP BY category ORDER BY sum({log.weight}) DESC, category LIMIT {TOP + 1}"
    )
    return [str(row["category"]) for row in found]


def _share_sums(log: Log, categories: list[str]) -> dict[str, str]:
    if len(categories) < 2:
        return {}
    top = categories[:TOP]
    tests = {f"s{i}": f"category = {literal(name)}" for i, name in enumerate(top)}
    if len(categories) > TOP:
        tests["others"] = f"category NOT IN ({', '.join(map(literal, top))})"
    return {
        key: f"greatest(coalesce(sum({log.weight}) FILTER ({test}), 0), 0)"
        for key, test in tests.items()
    }


def _discount_sums(log: Log) -> dict[str, str]:
    if not (log.columns.list_price and (log.columns.unit_price or log.columns.has_value())):
        return {}
    paid = "paid" if log.columns.unit_price else "value"
    both = f"NOT is_back AND listed > 0 AND {paid} IS NOT NULL"
    return {
        "listed": f"sum(listed) FILTER ({both})",
        "bought": f"sum({paid}) FILTER ({both})",
    }


def _last(log: Log) -> Columns:
    if not (log.as_of and log.columns.category):
        return ()
    last = f"(SELECT code, max(day) AS day FROM {ORDERS} WHERE is_alive GROUP BY code)"
    log.session.create(
        LAST,
        "SELECT code, max({'weight': weight, 'category': category}).category AS category FROM ("
        f"SELECT code, category, sum({log.weight}) AS weight FROM {LINES} "
        f"SEMI JOIN {last} USING (code, day) "
        "WHERE NOT is_back AND category IS NOT NULL GROUP BY code, category) GROUP BY code",
    )
    return ((names.LAST_CATEGORY, f"{LAST}.category"),)
