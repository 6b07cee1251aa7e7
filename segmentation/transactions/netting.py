"""Net what was returned and cancelled against what was bought, before anything is counted.

Enters: the lines of a :class:`Log`. Leaves: one engine row an order, and the lines that still
count. Refuses to let a return be an order.

Three steps. A purchase whose line says that it was cancelled counts for nothing. A return with an
order id of its own, or none, takes back the earlier purchase of the same customer with the same
product, pieces and amount, where there is one. What is left is summed by order; an order of which
everything came back is no order.
"""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.errors import NoOrdersLeft
from segmentation.notes import Note
from segmentation.transactions.lines import KEPT, LINES, Log

ORDERS, TAKEN_BACK = "orders_orders", "orders_taken_back"
COUNTS = f"fate = {KEPT} AND NOT is_void"
_SAME_TOTAL_SHARE, _SAME_TOTAL_ORDERS = 0.98, 20


@dataclass(frozen=True, slots=True)
class Netted:
    """What netting found.

    Attributes
    ----------
    n_orders : int
        Orders that count.
    n_customers : int
        Customers with at least one of them.
    notes : tuple of Note
    """

    n_orders: int
    n_customers: int
    notes: tuple[Note, ...]


def net(log: Log) -> Netted:
    """Write one row an order into :data:`ORDERS` and take out the lines that do not count.

    The columns of an order: ``code``, ``order_key``, ``day`` (of its first purchase), ``gross``
    (what was bought), ``net`` (less what came back) and ``is_alive`` (whether anything is left).

    Parameters
    ----------
    log : Log
        Its table :data:`LINES` keeps only what counts.

    Returns
    -------
    Netted
    """
    _take_back(log)
    what = log.weight
    bought = "FILTER (counts AND NOT is_back)"
    sums = {
        "day": f"min(day) {bought}",
        "gross": f"sum({what}) {bought}",
        "net": f"sum({what}) FILTER (counts)",
        "remaining": f"sum({'pieces' if log.columns.quantity else what}) FILTER (counts)",
        "n_bought": f"count(*) {bought}",
        "came_back": "bool_or(counts AND is_back)",
        "was_ordered": "bool_or(NOT is_back)",
    }
    if log.columns.order and log.columns.amount:
        sums["is_flat"] = f"min({what}) {bought} = max({what}) {bought}"
    listed = ", ".join(f"{sql} AS {name}" for name, sql in sums.items())
    log.session.create(
        ORDERS,
        "SELECT * EXCLUDE (remaining, came_back), "
        "n_bought > 0 AND NOT (came_back AND remaining <= 0) AS is_alive "
        f"FROM (SELECT code, order_key, {listed} "
        f"FROM (SELECT * EXCLUDE (taken), NOT is_void AND taken IS NULL AS counts FROM {LINES} "
        f"LEFT JOIN (SELECT *, true AS taken FROM {TAKEN_BACK}) USING (code, order_key, product) "
        f"WHERE fate = {KEPT}) GROUP BY code, order_key)",
    )
    netted = _said(log)
    _keep_live(log)
    return netted


def _keep_live(log: Log) -> None:
    """Take out of :data:`LINES` what was set aside, cancelled, taken back or returned entirely."""
    log.session.execute(f"DELETE FROM {LINES} WHERE NOT ({COUNTS})")
    log.session.execute(
        f"DELETE FROM {LINES} l USING {TAKEN_BACK} b "
        "WHERE b.code = l.code AND b.order_key = l.order_key AND b.product = l.product"
    )
    log.session.execute(
        f"DELETE FROM {LINES} l USING (FROM {ORDERS} WHERE n_bought > 0 AND NOT is_alive) o "
        "WHERE o.code = l.code AND o.order_key = l.order_key"
    )


def _take_back(log: Log) -> None:
    """Pair returns that name no purchase with the purchases they undo, into :data:`TAKEN_BACK`.

    Whole items are paired, the lines of one product in one order together, so that it does not
    matter on how many lines an item stands. The first return goes with the first purchase.
    """
    pieces = "abs(sum(pieces))" if log.columns.quantity else "0"
    item = (
        f"SELECT code, order_key, product, min(day) AS day, {pieces} AS pieces, "
        "abs(sum(value)) AS value, min(category) AS category, min(listed) AS listed"
    )
    nth = (
        "*, row_number() OVER (PARTITION BY code, product, pieces, value "
        "ORDER BY day, category, listed, order_key) AS nth"
    )
    by_item = "GROUP BY code, order_key, product"
    log.session.create(
        TAKEN_BACK,
        f"WITH backs AS (SELECT DISTINCT code, order_key FROM {LINES} WHERE {COUNTS} AND is_back), "
        f"home AS (SELECT DISTINCT code, order_key FROM {LINES} SEMI JOIN backs "
        f"USING (code, order_key) WHERE {COUNTS} AND NOT is_back), "
        "astray AS (FROM backs ANTI JOIN home USING (code, order_key)), "
        f"returns AS ({item} FROM {LINES} SEMI JOIN astray USING (code, order_key) "
        f"WHERE {COUNTS} {by_item}), "
        f"purchases AS ({item} FROM {LINES} SEMI JOIN returns USING (code, product) "
        f"ANTI JOIN backs USING (code, order_key) WHERE {COUNTS} {by_item}), "
        f"pairs AS (SELECT p.code, p.product, p.order_key AS bought, q.order_key AS returned "
        f"FROM (SELECT {nth} FROM purchases) p JOIN (SELECT {nth} FROM returns) q "
        "ON p.code = q.code AND p.product = q.product AND p.pieces = q.pieces "
        "AND p.value IS NOT DISTINCT FROM q.value AND p.nth = q.nth "
        "AND (p.day <= q.day) IS NOT FALSE) "
        "SELECT code, product, bought AS order_key FROM pairs "
        "UNION ALL SELECT code, product, returned FROM pairs",
    )


def _said(log: Log) -> Netted:
    netted = log.session.rows(
        f"SELECT count(*) AS n FROM {LINES} WHERE fate = {KEPT} AND (is_back OR is_void)"
    )[0]["n"]
    after = log.session.rows(
        "SELECT count(*) FILTER (is_alive) AS n_orders, "
        "count(DISTINCT code) FILTER (is_alive) AS n_customers, count(DISTINCT code) AS n_before, "
        f"count(*) FILTER (was_ordered AND NOT is_alive) AS n_undone FROM {ORDERS}"
    )[0]
    if not after["n_orders"]:
        raise NoOrdersLeft(n_lines=log.table.raw.n_rows)
    notes = []
    if netted:
        notes.append(Note.of("lines-netted", n=netted))
    if after["n_undone"]:
        notes.append(Note.of("orders-undone", n=after["n_undone"]))
    if gone := after["n_before"] - after["n_customers"]:
        notes.append(Note.of("customers-undone", n=gone))
    if log.columns.order and log.columns.amount:
        notes += _repeated_totals(log)
    return Netted(int(after["n_orders"]), int(after["n_customers"]), tuple(notes))


def _repeated_totals(log: Log) -> list[Note]:
    """Warn where the lines of nearly every order have one and the same amount."""
    found = log.session.rows(
        "SELECT count(*) AS n, count(*) FILTER (is_flat) AS n_flat "
        f"FROM {ORDERS} WHERE is_alive AND n_bought > 1"
    )[0]
    if found["n_flat"] < max(_SAME_TOTAL_ORDERS, _SAME_TOTAL_SHARE * found["n"]):
        return []
    return [Note.of("order-total-repeated", name=log.columns.amount)]
