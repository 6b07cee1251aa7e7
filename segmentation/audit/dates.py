"""Dates that cannot be: in the future, before 1900, or where systems start counting.

Enters: a look at the table and the day that counts as today. Leaves: findings. Refuses to guess
between day and month first: it says which orders fit, and asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from segmentation.audit.findings import Action, Finding, Repair, Severity, named
from segmentation.audit.limits import limit
from segmentation.audit.look import Look
from segmentation.intake import Kind
from segmentation.variables import Variable
from segmentation.variables.lexicon import spoken_for

# Day 0 and day 1 of operating systems, spreadsheets and databases.
FIRST_DAYS = tuple(
    dt.date.fromisoformat(day)
    for day in ("1970-01-01", "1900-01-01", "1899-12-30", "1899-12-31", "0001-01-01")
)
PLANNED = (
    "next due expiry expires expiration renewal until end planned scheduled departure arrival "
    "到期 预约 截止 计划 续费"
)
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
_LOOKS_LIKE = r"^\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})\b"
_MONTHS = 12
_LEAST_SPIKE = 3


@dataclass(frozen=True, slots=True)
class _Dates:
    code: str
    variable: Variable
    condition: ir.BooleanValue
    limit: str


def doubtful_dates(look: Look, as_of: dt.date | None) -> Iterator[Finding]:
    """Yield dates in the future (where ``as_of`` is given), before 1900 and on first days."""
    doubtful = {}
    for variable in look.variables:
        if variable.column.kind is Kind.DATE and look.known(variable):
            for dates in _questions(look, variable, as_of):
                doubtful[f"{dates.code} {variable.name}"] = dates
    counted = look.count({key: dates.condition for key, dates in doubtful.items()})
    for key, dates in doubtful.items():
        n = counted[key]
        share = n / look.known(dates.variable)
        spike = dates.code == "date-first-day"
        if n and (not spike or (n >= _LEAST_SPIKE and share >= limit("spike"))):
            yield _finding(look, dates, n, share, as_of)


def _questions(look: Look, variable: Variable, as_of: dt.date | None) -> Iterator[_Dates]:
    day = look.rows[variable.key].date()
    first = day.isin([ibis.literal(d) for d in FIRST_DAYS]).fill_null(False)
    yield _Dates("date-first-day", variable, first, "spike")
    year = dt.date(int(limit("date-first")), 1, 1)
    early = (day < ibis.literal(year)).fill_null(False) & ~first
    yield _Dates("date-early", variable, early, "date-first")
    if as_of is not None and not spoken_for(variable.name, PLANNED):
        future = (day > ibis.literal(as_of)).fill_null(False)
        yield _Dates("date-future", variable, future, "")


def _finding(look: Look, dates: _Dates, n: int, share: float, as_of: dt.date | None) -> Finding:
    name = dates.variable.name
    written = look.written(dates.variable, dates.condition)
    hidden = dates.variable.private or not written.complete
    values = named(
        as_of=as_of.isoformat() if as_of else "",
        texts=() if dates.variable.private else written.texts[:3],
    )
    repair = None if hidden else Repair(Action.TREAT_AS_MISSING, (name,), written.texts)
    severity = Severity.WEAKENS
    return Finding(dates.code, (name,), severity, n, share, values, dates.limit, repair)


def unknown_order(look: Look) -> Iterator[Finding]:
    """Yield text columns of dates whose day and month cannot be told apart by their form."""
    texts = [
        v
        for v in look.variables
        if v.column.kind is Kind.TEXT and (v.column.ask or _looks_dated(v.column.examples))
    ]
    asked: dict[str, ir.BooleanValue] = {}
    for variable in texts:
        text = look.rows[variable.key]
        fits = text.re_search(_LOOKS_LIKE).fill_null(False)
        for part in (1, 2):
            number = text.re_extract(r"^(\d{1,2})[-/.](\d{1,2})", part).try_cast("int64")
            asked[f"{part} {variable.name}"] = (fits & (number > _MONTHS)).fill_null(False)
        asked[f"0 {variable.name}"] = fits
    counted = look.count(asked)
    for variable in texts:
        fits_n, first, second = (counted[f"{part} {variable.name}"] for part in (0, 1, 2))
        if fits_n < 0.98 * look.known(variable):
            continue
        yield _order(look, variable, fits_n, first, second)


def _looks_dated(examples: Sequence[str]) -> bool:
    return bool(examples) and all(c.isdigit() or c in "-/.: " for e in examples for c in e)


def _order(look: Look, variable: Variable, n: int, first: int, second: int) -> Finding:
    orders: tuple[str, ...]
    orders = (DAY_FIRST, MONTH_FIRST) if first >= second else (MONTH_FIRST, DAY_FIRST)
    if (first == 0) != (second == 0):
        orders = orders[:1]
    return Finding(
        "date-order-unknown",
        (variable.name,),
        Severity.WEAKENS,
        n,
        n / look.n,
        named(first=first, second=second),
        "",
        Repair(Action.CHOOSE_DATE_ORDER, (variable.name,), orders),
    )
