"""From order lines to customers: one row a customer with what the orders tell about it.

Enters: a typed order file, its roles and options. Leaves: a :class:`RawTable` like that of any
customers' file, so that everything after it works unchanged. Refuses to count before returns and
cancellations are netted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from segmentation.intake import CustomerTable, RawTable
from segmentation.intake.header import unique_names
from segmentation.intake.reading import adopt
from segmentation.intake.table import RAW
from segmentation.notes import Note
from segmentation.transactions import names
from segmentation.transactions.carried import CARRIED, carry
from segmentation.transactions.cells import fraction, plain
from segmentation.transactions.labelling import told_again
from segmentation.transactions.lines import BUYERS, LINES, Log, OrderOptions, gather
from segmentation.transactions.netting import ORDERS, TAKEN_BACK, Netted, net
from segmentation.transactions.roles import OrderColumns
from segmentation.transactions.shares import LAST, SHARES, share_out

TOTALS, PRODUCTS = "orders_totals", "orders_products"
YEAR = 365
QUARTERS = (1, 2, 3, 4)
_WORKING = (
    *(LINES, BUYERS, ORDERS, TAKEN_BACK, TOTALS),
    *(PRODUCTS, SHARES, LAST, CARRIED),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some columns of the result: the table they come from, and SQL of each as text."""

    table: str
    columns: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...] = ()


def customers_of(
    table: CustomerTable,
    columns: OrderColumns,
    options: OrderOptions | None = None,
    *,
    into: str = RAW,
) -> RawTable:
    """Sum up an order file to one row a customer.

    Recency, frequency and monetary value follow the convention of direct marketing [1]_: days from
    the last order to the as-of date, number of distinct orders, and amount net of returns.

    Parameters
    ----------
    table : CustomerTable
        The typed order file.
    columns : OrderColumns
        As detected, or as the user corrected them.
    options : OrderOptions, optional
    into : str
        The engine's table; ``raw`` takes the place of everything else, the order file included.

    Returns
    -------
    RawTable
        Customers in the order of their ids; cells are text with all digits. Its notes are those of
        the file and of all that was assumed, netted and set aside.

    Raises
    ------
    NotOrders
        When there is no customer, or neither a date nor an amount.
    UnclearDates
        When day and month could be swapped.
    NoOrdersLeft
        When no line counts, or every order was returned.

    References
    ----------
    .. [1] Bult & Wansbeek (1995), Optimal selection for direct mail, Marketing Science 14:378–394.
    """
    columns.refuse_unfit(table.raw.names)
    session = table.session
    try:
        log = gather(table, columns, options or OrderOptions())
        netted = net(log)
        parts = _parts(log)
        raw = _written(log, netted, parts, into)
    finally:
        session.execute("; ".join(f"DROP TABLE IF EXISTS {name}" for name in _WORKING))
    return raw


def _parts(log: Log) -> list[_Part]:
    carried, carry_notes = carry(log)
    shares, discount, last = share_out(log)
    parts = [
        _totals(log),
        _Part(LAST, last),
        _Part(SHARES, shares),
        _season(log),
        _Part(SHARES, discount),
        _products(log),
        _dates(log),
        _Part(CARRIED, carried, carry_notes),
    ]
    return [part for part in parts if part.columns or part.notes]


def _totals(log: Log) -> _Part:
    alive = "FILTER (is_alive)"
    quarters = ", ".join(
        f"sum(gross) FILTER (is_alive AND quarter(day) = {q}) AS q{q}" for q in QUARTERS
    )
    log.session.create(
        TOTALS,
        "SELECT *, row_number() OVER (ORDER BY code) AS place FROM ("
        f"SELECT code, count(*) {alive} AS frequency, sum(net) AS monetary, "
        f"min(day) {alive} AS first, max(day) {alive} AS last, sum(gross) {alive} AS gross, "
        f"{quarters} FROM {ORDERS} GROUP BY code HAVING count(*) {alive} > 0) "
        "ORDER BY code",
    )
    columns = {names.FREQUENCY: "CAST(frequency AS VARCHAR)"}
    if log.as_of:
        until = f"DATE '{log.as_of.isoformat()}'"
        gap = "CAST(date_diff('day', first, last) AS DOUBLE) / (frequency - 1)"
        columns = {
            names.RECENCY: f"CAST(date_diff('day', last, {until}) AS VARCHAR)",
            **columns,
            names.TENURE: f"CAST(date_diff('day', first, {until}) AS VARCHAR)",
            names.GAP: f"CASE WHEN frequency > 1 THEN {plain(gap)} END",
        }
    if log.columns.has_value():
        columns[names.MONETARY] = plain("monetary")
        columns[names.AVERAGE] = plain("CAST(monetary AS DOUBLE) / frequency")
    order = [name for name in names.FEATURES if name in columns]
    return _Part(TOTALS, tuple((name, columns[name]) for name in order))


def _season(log: Log) -> _Part:
    """Shares by quarter of the year, of what was bought; over less than a year they mislead."""
    if not log.as_of or log.n_days < YEAR:
        notes = (Note.of("season-needs-year", n=log.n_days),) if log.as_of else ()
        return _Part(TOTALS, (), notes)
    share = "CASE WHEN gross > 0 THEN {part} END"
    columns = tuple(
        (
            f"{names.SEASON}Q{q}",
            share.format(part=fraction(f"coalesce(q{q}, 0)", "gross")),
        )
        for q in QUARTERS
    )
    return _Part(TOTALS, columns)


def _dates(log: Log) -> _Part:
    if not log.as_of:
        return _Part(TOTALS, ())
    columns = ((names.FIRST_DATE, "first"), (names.LAST_DATE, "last"))
    return _Part(TOTALS, tuple((name, f"CAST({sql} AS VARCHAR)") for name, sql in columns))


def _products(log: Log) -> _Part:
    if not log.columns.product:
        return _Part(PRODUCTS, ())
    log.session.create(
        PRODUCTS,
        "SELECT code, count(*) AS n_products FROM ("
        f"SELECT DISTINCT code, product FROM {LINES} WHERE NOT is_back AND product <> 0) "
        "GROUP BY code",
    )
    return _Part(PRODUCTS, ((names.PRODUCTS, "CAST(n_products AS VARCHAR)"),))


def _inherited(log: Log, titles: tuple[str, ...]) -> tuple[Note, ...]:
    """Return what reading the file told, and what typing told of the columns that were summed up.

    What it told of columns that are taken over is told again when those are typed.
    """
    table = log.table
    summed = set(log.columns.assigned().values()) - set(titles)
    own = table.notes[len(table.raw.notes) :]
    typed = (note for note in own if dict(note.values).get("name") in summed)
    read = (note for note in table.raw.notes if not told_again(note, titles))
    return (*read, *(note for note in typed if note.code != "duplicate-ids"))


def _written(log: Log, netted: Netted, parts: list[_Part], into: str) -> RawTable:
    made = [("customer", log.columns.customer, f"{BUYERS}.customer")]
    made += [(part.table, name, sql) for part in parts for name, sql in part.columns]
    titles, renamed = unique_names([name for _, name, _ in made])
    cells = ", ".join(f"{sql} AS r{i}" for i, (_, _, sql) in enumerate(made))
    joins = " ".join(
        f"LEFT JOIN {table} USING (code)"
        for table in dict.fromkeys(part.table for part in parts if part.columns)
        if table != TOTALS
    )
    select = f"SELECT place - 1 AS __row, {cells} FROM {TOTALS} JOIN {BUYERS} USING (code) {joins}"
    summed = Note.of(
        "orders-summed",
        lines=log.n_lines,
        orders=netted.n_orders,
        customers=netted.n_customers,
    )
    own = (*log.notes, *netted.notes, *(note for part in parts for note in part.notes))
    inherited = _inherited(log, titles)
    raw = adopt(
        log.table.raw,
        titles,
        select,
        (*inherited, summed, *own, *renamed),
        into=into,
    )
    lines = log.table.raw
    known = {name: lines.codebook[name] for name in titles if name in lines.codebook}
    return replace(raw, codebook=known, lines=(*lines.lines, *lines.names))
