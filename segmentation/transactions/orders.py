"""Is a table a list of orders, and which of its columns says what?

Enters: a typed table. Leaves: :class:`OrderColumns` with reasons, or None for a table that is none.
Refuses to take a table of customers for one: ids must repeat.
"""

from __future__ import annotations

import re

from segmentation.intake import Column, CustomerTable, Kind, words
from segmentation.notes import Note
from segmentation.transactions.roles import AVOID, WORDS, OrderColumns, OrderRole, RoleReason

LINES_PER_CUSTOMER = 1.05
# A column that is only called "id" names something; that it is a customer takes more repeats.
LINES_PER_ID = 1.5
CLEARLY_NAMED = 0.25
_BARE_ID = ("id", "编号")
_MANY_LEVELS = 1_000
_STATES = 50
_NUMBERS = (OrderRole.AMOUNT, OrderRole.QUANTITY, OrderRole.UNIT_PRICE, OrderRole.LIST_PRICE)
_EARLIEST, _LATEST = 19_000_101, 21_001_231
_DATE_TEXT = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(\D.*)?")


def detect(table: CustomerTable) -> OrderColumns | None:
    """Find who bought what, when and for how much in a table of order lines.

    Names count in English and Chinese; what the values are decides whether a name is believed.

    Parameters
    ----------
    table : CustomerTable
        A typed table; its rows may be lines of orders.

    Returns
    -------
    OrderColumns or None
        None unless customer ids repeat and there is a date or an amount.
    """
    reasons = _assigned(table)
    if OrderRole.CUSTOMER not in reasons:
        reasons |= _bare_id(table, reasons)
    if OrderRole.UNIT_PRICE in reasons and not reasons.keys() & {
        OrderRole.AMOUNT,
        OrderRole.QUANTITY,
    }:
        price = reasons.pop(OrderRole.UNIT_PRICE)
        reasons[OrderRole.AMOUNT] = RoleReason(
            OrderRole.AMOUNT, price.column, price.confidence, price.why
        )
    if OrderRole.CUSTOMER not in reasons:
        return None
    given = {role.value: reason.column for role, reason in reasons.items()}
    columns = OrderColumns(**given, reasons=tuple(reasons[r] for r in OrderRole if r in reasons))
    return columns if _is_log(table, columns) else None


def looks_like_orders(table: CustomerTable, columns: OrderColumns) -> Note:
    """Say that a table that was opened as customers looks like a list of orders."""
    each = _lines_each(table, table.column(columns.customer))
    return Note.of("looks-like-orders", name=columns.customer, n_each=round(each, 1))


def _assigned(table: CustomerTable) -> dict[OrderRole, RoleReason]:
    """Give each role to the column whose name says it most clearly, one role a column."""
    claims = [
        (-clearness, rank, position, role, word)
        for position, column in enumerate(table.columns)
        for role in OrderRole
        if _can_be(column, role) and not words.spoken_for(column.name, AVOID.get(role, ""))
        for clearness, rank, word in [_clearness(column.name, WORDS[role])]
        if clearness >= CLEARLY_NAMED
    ]
    reasons: dict[OrderRole, RoleReason] = {}
    taken: set[int] = set()
    for clearness, _, position, role, word in sorted(claims):
        if role in reasons or position in taken:
            continue
        taken.add(position)
        why = Note.of("named-like", word=word)
        reasons[role] = RoleReason(role, table.columns[position].name, -clearness, why)
    return reasons


def _clearness(name: str, listed: str) -> tuple[float, int, str]:
    """Return the largest share of the name that one listed word covers, its rank and the word."""
    own, letters = words.words(name), sum(c.isalnum() for c in name) or 1
    lower = name.lower()
    best = (0.0, 0, "")
    for rank, word in enumerate(listed.split()):
        if (word in own or (not word.isascii() and word in lower)) and len(word) > best[
            0
        ] * letters:
            best = (min(1.0, len(word) / letters), rank, word)
    return best


def _can_be(column: Column, role: OrderRole) -> bool:
    """Tell whether the values of a column can be what a role says."""
    text = column.kind is Kind.TEXT
    code = text or (column.kind is Kind.NUMBER and column.whole)
    fits = {
        OrderRole.DATE: could_be_date(column),
        OrderRole.STATUS: column.kind is not Kind.DATE and column.n_distinct <= _STATES,
        OrderRole.CATEGORY: code and column.n_distinct <= _MANY_LEVELS,
        OrderRole.COUNTRY: text,
        **dict.fromkeys(_NUMBERS, column.kind is Kind.NUMBER),
    }
    return fits.get(role, (code or column.n_failed > 0) and column.n_distinct > 1)


def could_be_date(column: Column) -> bool:
    """Tell whether a column holds dates: typed ones, 20240131, or 31/01/2024 in either order."""
    if column.kind is Kind.NUMBER:
        low, high = column.low or 0.0, column.high or 0.0
        return column.whole and low >= _EARLIEST and high <= _LATEST
    if column.kind is Kind.TEXT:
        examples = column.examples
        return bool(examples) and all(_DATE_TEXT.fullmatch(example) for example in examples)
    return column.kind is Kind.DATE


def _bare_id(
    table: CustomerTable, reasons: dict[OrderRole, RoleReason]
) -> dict[OrderRole, RoleReason]:
    """Take a column that is called nothing but "id" for the customer where there is a date."""
    for column in table.columns:
        named = column.name.strip().lower() in _BARE_ID
        if named and OrderRole.DATE in reasons and _lines_each(table, column) >= LINES_PER_ID:
            why = Note.of("named-like", word=column.name.strip().lower())
            return {OrderRole.CUSTOMER: RoleReason(OrderRole.CUSTOMER, column.name, 0.5, why)}
    return {}


def _lines_each(table: CustomerTable, column: Column) -> float:
    """Return the mean number of lines a customer."""
    n_lines = table.raw.n_rows - column.n_missing - column.n_failed
    return n_lines / max(1, column.n_distinct)


def _is_log(table: CustomerTable, columns: OrderColumns) -> bool:
    customer = table.column(columns.customer)
    repeats = _lines_each(table, customer) >= LINES_PER_CUSTOMER and customer.n_distinct > 1
    return repeats and bool(columns.date or columns.has_value())
