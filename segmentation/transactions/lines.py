"""From an order file's columns to plain lines: who, when, how much, bought or given back.

Enters: a typed table, its roles and options. Leaves: one narrow engine table of lines and the
counts of what was set aside. Refuses lines without a customer, a date or an amount; they are
counted, never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from segmentation.engine import DuckSession
from segmentation.errors import NoOrdersLeft
from segmentation.intake import CustomerTable
from segmentation.notes import Note
from segmentation.transactions import cells
from segmentation.transactions.roles import OrderColumns

LINES, BUYERS = "orders_lines", "orders_buyers"
KEPT, NOBODY, UNDATED, UNVALUED, LATE = range(5)
_LINE = {
    "code": "BIGINT",
    "fate": "UTINYINT",
    "day": "DATE",
    "value": cells.EXACT,
    "pieces": cells.EXACT,
    "order_key": "UBIGINT",
    "product": "UBIGINT",
    "category": "VARCHAR",
    "listed": cells.EXACT,
    "paid": cells.EXACT,
    "is_back": "BOOLEAN",
    "is_void": "BOOLEAN",
    "is_alone": "BOOLEAN",
}


@dataclass(frozen=True, slots=True)
class OrderOptions:
    """How orders are summed up.

    Attributes
    ----------
    as_of : date or None
        The day up to which days are counted; the day after the last line when None. Later lines
        are set aside.
    by_day : bool
        Where there is no order id: whether the lines of one customer on one day are one order.
        Else every line is one.
    day_first : bool or None
        How dates like 03/04/2024 are read; found out when None.
    """

    as_of: dt.date | None = None
    by_day: bool = False
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """The lines of an order file, in the engine table :data:`LINES`.

    Its columns: ``code`` (of the customer in :data:`BUYERS`, in the order of ids), ``fate``
    (:data:`KEPT`, or why it was set aside), ``day``, ``value`` and ``pieces`` (exact; negative
    where given back), ``order_key``, ``product``, ``category``, ``listed`` and ``paid`` (list
    price and price times pieces), ``is_back`` (an entry against an earlier purchase), ``is_void``
    (a purchase that was cancelled) and ``is_alone`` (without a value in the column of orders).

    Attributes
    ----------
    table : CustomerTable
    columns : OrderColumns
    as_of : date or None
        None without a date column.
    n_lines : int
        Lines that count.
    n_days : int
        Days from the first line to ``as_of``.
    notes : tuple of Note
        What was set aside or assumed.
    day_first : bool or None
        How dates like 03/04/2024 are read, where the user has said so.
    """

    table: CustomerTable
    columns: OrderColumns
    as_of: dt.date | None
    n_lines: int
    n_days: int
    notes: tuple[Note, ...]
    day_first: bool | None = None

    @property
    def session(self) -> DuckSession:
        """The engine session that holds the lines."""
        return self.table.session

    @property
    def weight(self) -> str:
        """The column that shares are taken of: money where it is known, else pieces."""
        return "value" if self.columns.has_value() else "pieces"


def gather(table: CustomerTable, columns: OrderColumns, options: OrderOptions) -> Log:
    """Write all lines into :data:`LINES`, each with what it says and whether it counts.

    Parameters
    ----------
    table : CustomerTable
        The typed order file; a population filter is about customers and does not apply.
    columns : OrderColumns
    options : OrderOptions

    Returns
    -------
    Log

    Raises
    ------
    UnclearDates
        When day and month could be swapped.
    NoOrdersLeft
        When no line has a customer, a date and an amount.
    """
    texts = (columns.customer, columns.order, columns.product, columns.category, columns.status)
    rows = cells.source(table, texts)
    customer = cells.text(table, columns.customer)
    table.session.create(
        BUYERS,
        "SELECT row_number() OVER (ORDER BY customer) AS code, customer "
        f"FROM (SELECT DISTINCT {customer} AS customer FROM {rows}) WHERE customer IS NOT NULL",
    )
    read = ", ".join(f"{sql} AS {name}" for name, sql in _read(table, columns, options).items())
    signed = (
        "coalesce(quantity < 0, false) OR coalesce(amount < 0, false) AS is_back, "
        "CASE WHEN quantity < 0 THEN -abs(amount) ELSE amount END AS value, "
        "coalesce(quantity, CASE WHEN amount < 0 THEN -1 ELSE 1 END) AS pieces"
    )
    listed, paid = (
        cells.exact(f"{price} * CAST(pieces AS DOUBLE)") for price in ("list_price", "unit_price")
    )
    if columns.has_value() and not columns.amount:
        paid = "value"  # the same product, kept once
    # The lines are gone when the customers are there: they are not worth the time of packing them.
    kept = ", ".join(f"{name} {of} USING COMPRESSION 'uncompressed'" for name, of in _LINE.items())
    table.session.create(
        LINES,
        f"SELECT code, {_fate(columns, options)} AS fate, day, value, pieces, "
        f"{_order_key(columns, options)} AS order_key, product, category, "
        f"{listed} AS listed, {paid} AS paid, "
        "is_back, undone AND NOT is_back AS is_void, order_id IS NULL AS is_alone "
        f"FROM (SELECT *, {signed} FROM (SELECT {customer} AS customer, {read} FROM {rows})) "
        f"LEFT JOIN {BUYERS} USING (customer)",
        kept,
    )
    return _counted(table, columns, options)


def _read(table: CustomerTable, columns: OrderColumns, options: OrderOptions) -> dict[str, str]:
    """Return SQL for the cells of a line, as they stand in the file."""
    quantity = cells.number(table, columns.quantity)
    price = cells.number(table, columns.unit_price)
    amount = cells.number(table, columns.amount) if columns.amount else f"{quantity} * {price}"
    return {
        "line": "__row",
        "day": cells.day(table, columns.date, options.day_first),
        "amount": cells.exact(amount),
        "quantity": cells.exact(quantity),
        "order_id": cells.text(table, columns.order),
        "product": _product(cells.text(table, columns.product)) if columns.product else "0",
        "category": cells.text(table, columns.category),
        "list_price": cells.number(table, columns.list_price),
        "unit_price": price,
        "undone": cells.undone(table, columns.status, columns.order),
    }


def _product(text: str) -> str:
    """Return SQL that tells products apart; all that have no name are one, called 0."""
    return f"CASE WHEN {text} IS NULL THEN 0 ELSE hash({text}) END"


def _order_key(columns: OrderColumns, options: OrderOptions) -> str:
    """Return SQL that tells the orders of one customer apart.

    A hash of 64 bits: two of one customer's orders would have to share it to be confused.
    """
    if columns.date and columns.order is None and options.by_day:
        return "hash(day)"
    return "hash(coalesce(order_id, CAST(line AS VARCHAR)))"


def _fate(columns: OrderColumns, options: OrderOptions) -> str:
    tests = [f"WHEN code IS NULL THEN {NOBODY}"]
    if columns.date:
        tests.append(f"WHEN day IS NULL THEN {UNDATED}")
    if columns.has_value():
        tests.append(f"WHEN value IS NULL THEN {UNVALUED}")
    if columns.date and options.as_of:
        tests.append(f"WHEN day > DATE '{options.as_of.isoformat()}' THEN {LATE}")
    return f"CASE {' '.join(tests)} ELSE {KEPT} END"


def _counted(table: CustomerTable, columns: OrderColumns, options: OrderOptions) -> Log:
    found = {
        row["fate"]: row
        for row in table.session.rows(
            "SELECT fate, count(*) AS n, min(day) AS first, max(day) AS last, "
            f"count(*) FILTER (is_alone) AS n_alone FROM {LINES} GROUP BY fate"
        )
    }
    if KEPT not in found:
        raise NoOrdersLeft(n_lines=table.raw.n_rows)
    kept = found[KEPT]
    as_of, n_days = None, 0
    if columns.date:
        as_of = options.as_of or kept["last"] + dt.timedelta(days=1)
        n_days = (as_of - kept["first"]).days
    notes = [*_what_counts(columns, options, as_of), *_set_aside(columns, found)]
    if columns.order and kept["n_alone"]:
        notes.append(Note.of("lines-without-order", n=kept["n_alone"], name=columns.order))
    elif columns.date and not columns.order and not options.by_day:
        notes += _same_day(table.session)
    return Log(table, columns, as_of, int(kept["n"]), n_days, tuple(notes), options.day_first)


def _same_day(session: DuckSession) -> list[Note]:
    sql = f"SELECT count(*) - count(DISTINCT (code, day)) AS n FROM {LINES} WHERE fate = {KEPT}"
    n = int(session.rows(sql)[0]["n"])
    return [Note.of("lines-same-day", n=n)] if n else []


def _what_counts(columns: OrderColumns, options: OrderOptions, as_of: dt.date | None) -> list[Note]:
    notes = []
    if as_of and options.as_of is None:
        notes.append(Note.of("as-of-last", date=as_of.isoformat()))
    if not columns.amount and columns.has_value():
        names = {"quantity": columns.quantity, "price": columns.unit_price}
        notes.append(Note.of("amount-computed", **names))
    if not columns.has_value():
        notes.append(Note.of("amount-absent"))
    if not columns.order:
        by_day = options.by_day and columns.date
        notes.append(Note.of("days-are-orders" if by_day else "rows-are-orders"))
    return notes


def _set_aside(columns: OrderColumns, found: Mapping[int, Mapping[str, Any]]) -> list[Note]:
    n = {fate: int(row["n"]) for fate, row in found.items()}
    notes = []
    if NOBODY in n:
        notes.append(Note.of("lines-without-customer", n=n[NOBODY], name=columns.customer))
    if UNDATED in n:
        notes.append(Note.of("lines-without-date", n=n[UNDATED], name=columns.date))
    if UNVALUED in n:
        name = columns.amount or columns.unit_price
        notes.append(Note.of("lines-without-amount", n=n[UNVALUED], name=name))
    if LATE in n:
        notes.append(Note.of("lines-after-as-of", n=n[LATE]))
    return notes
