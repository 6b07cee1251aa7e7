"""How one cell of an order file is read: SQL for texts, days, decimals and cancellations.

Enters: a typed table and the name of a column. Leaves: SQL over the raw table ``r`` and the typed
table ``t``. Refuses to guess between day-first and month-first dates: where the file does not
decide, the user does.
"""

from __future__ import annotations

from segmentation.engine.duck import literal, quoted
from segmentation.errors import UnclearDates
from segmentation.intake import CustomerTable, Kind
from segmentation.intake.cells import Reading, value_sql
from segmentation.intake.words import spoken_for

# Money and pieces are summed as decimals: the sum is exact, whatever the order of the lines.
EXACT = "DECIMAL(18, 6)"
_UNDONE = (
    r"\b(returns?|returned|refund|refunded|cancel|cancell?ed|cancellation|void|voided|rejected"
    r"|declined|failed|chargeback)\b|退货|退款|退单|取消|作废|关闭"
)
_NOT_WHOLLY = (
    rf"\b(no|not|non|never|partial|partially)[ -]+({_UNDONE})|[未无不非]({_UNDONE})|部分退."
)
_UNDONE_NAMES = (
    "returned isreturned return refunded isrefunded refund cancelled canceled iscancelled "
    "iscanceled voided 退 取消 作废"
)
_SLASHED = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\D|$)"
_CREDIT_NOTE, _INVOICE = r"^[Cc]\d{3,}$", r"^\d{3,}$"


def source(table: CustomerTable, names: tuple[str | None, ...], *, coded: bool = False) -> str:
    """Return SQL for the rows: the typed table, beside the raw one where a cell needs it."""
    typed = f"{quoted(table.name)} t"
    if not coded and all(name is None or table.column(name).kind is Kind.TEXT for name in names):
        return typed
    return f"{typed} JOIN {quoted(table.raw.table)} r USING (__row)"


def text(table: CustomerTable, name: str | None) -> str:
    """Return SQL for a cell as written, without white space around it; NULL where missing."""
    if name is None:
        return "CAST(NULL AS VARCHAR)"
    if table.column(name).kind is Kind.TEXT:
        return f"t.{quoted(table.column(name).key)}"
    return code(table, name)


def code(table: CustomerTable, name: str) -> str:
    """Return SQL for a cell of the raw table, whatever label a codebook has for it."""
    return value_sql(Reading(Kind.TEXT), f"r{table.raw.names.index(name)}")


def number(table: CustomerTable, name: str | None) -> str:
    """Return SQL for a number; NULL where there is no such column or it holds no numbers."""
    if name is None or table.column(name).kind is not Kind.NUMBER:
        return "CAST(NULL AS DOUBLE)"
    return f"t.{quoted(table.column(name).key)}"


def exact(sql: str) -> str:
    """Return SQL for a number as a decimal of six places; NULL beyond twelve digits before."""
    return f"try_cast({sql} AS {EXACT})"


def plain(sql: str) -> str:
    """Return SQL for a number as text with all its digits, whole ones without a point."""
    text = f"CAST(CAST({sql} AS DOUBLE) AS VARCHAR)"
    return f"CASE WHEN suffix({text}, '.0') THEN left({text}, -2) ELSE {text} END"


def fraction(part: str, whole: str) -> str:
    """Return SQL for the share of a part in the whole, as text with all its digits."""
    return f"CAST(CAST({part} AS DOUBLE) / CAST({whole} AS DOUBLE) AS VARCHAR)"


def day(table: CustomerTable, name: str | None, day_first: bool | None) -> str:
    """Return SQL for the day of a date, of 20240131, or of 31/01/2024.

    Raises
    ------
    UnclearDates
        When every date like 03/04/2024 could be read either way and the user has not said how.
    """
    if name is None:
        return "CAST(NULL AS DATE)"
    column = table.column(name)
    cell = f"t.{quoted(column.key)}"
    if column.kind is Kind.DATE:
        return f"CAST({cell} AS DATE)"
    if column.kind is Kind.NUMBER:
        digits = f"CAST(try_cast({cell} AS BIGINT) AS VARCHAR)"
        return f"CAST(try_strptime({digits}, '%Y%m%d') AS DATE)"
    if day_first is None:
        day_first = _day_first(table, name)
    order = r"\3-\2-\1" if day_first else r"\3-\1-\2"
    parts = f"regexp_extract({cell}, {literal(_SLASHED)}, 0)"
    written = f"regexp_replace({parts}, {literal(_SLASHED)}, {literal(order)})"
    return f"try_cast({written} AS DATE)"


def _day_first(table: CustomerTable, name: str) -> bool:
    """Let the numbers above twelve decide; they must not contradict each other."""
    first, second = (
        f"max(try_cast(regexp_extract({quoted(table.column(name).key)}, {literal(_SLASHED)}, {i}) "
        "AS INTEGER))"
        for i in (1, 2)
    )
    found = table.session.rows(f"SELECT {first} AS a, {second} AS b FROM {quoted(table.name)}")[0]
    beyond = [(found[part] or 0) > 12 for part in ("a", "b")]
    if beyond[0] == beyond[1]:
        raise UnclearDates(name=name)
    return beyond[0]


def undone(table: CustomerTable, status: str | None, order: str | None) -> str:
    """Return SQL that tells whether a line says that it was returned or cancelled.

    By the words of its status, by a yes in a column named so, or by the letter of a credit note:
    a C before the digits of an invoice where most invoices are digits only.
    """
    tests = []
    if status is not None and table.column(status).kind is Kind.YESNO:
        if spoken_for(status, _UNDONE_NAMES):
            tests.append(f"coalesce(t.{quoted(table.column(status).key)}, false)")
    elif status is not None:
        state = f"replace(lower({text(table, status)}), '_', ' ')"
        wholly = f"regexp_replace({state}, {literal(_NOT_WHOLLY)}, '', 'g')"
        tests.append(f"coalesce(regexp_matches({wholly}, {literal(_UNDONE)}), false)")
    if order is not None and _has_credit_notes(table, order):
        tests.append(
            f"coalesce(regexp_matches({text(table, order)}, {literal(_CREDIT_NOTE)}), false)"
        )
    return f"({' OR '.join(tests)})" if tests else "false"


def _has_credit_notes(table: CustomerTable, order: str) -> bool:
    cell = text(table, order)
    counted = ", ".join(
        f"count(*) FILTER (regexp_matches({cell}, {literal(pattern)})) AS {name}"
        for name, pattern in (("notes", _CREDIT_NOTE), ("invoices", _INVOICE))
    )
    found = table.session.rows(f"SELECT {counted} FROM {source(table, (order,))}")[0]
    return 0 < int(found["notes"]) < int(found["invoices"])
