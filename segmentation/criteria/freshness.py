"""Fresh: how old are the data, and how long ago were the segments found?

Enters: a customer table, its dates and today's date. Leaves: the last day the data are about, and
a check. Refuses dates to come: they say nothing about when the data were drawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.criteria.checks import Check, Verdict, graded
from segmentation.criteria.thresholds import THRESHOLDS, Thresholds
from segmentation.intake import CustomerTable, Kind
from segmentation.notes import Note
from segmentation.variables import Variable


@dataclass(frozen=True, slots=True)
class Dates:
    """When the data end, when the segments were found, and what day it is.

    Attributes
    ----------
    cut_off : date or None
        None where neither the user nor the file tells.
    column : str
        The column whose newest date it is; blank where the user said it.
    fitted, today : date
    """

    cut_off: dt.date | None
    column: str
    fitted: dt.date
    today: dt.date


def dates_of(
    table: CustomerTable,
    variables: Sequence[Variable],
    chosen: dt.date | None,
    fitted: dt.date,
    today: dt.date,
) -> Dates:
    """Find the last day the data are about: as chosen, else the newest date of any column.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
    chosen : date or None
        The user's own entry.
    fitted : date
        When the segments were last found.
    today : date
        Later dates are passed over.

    Returns
    -------
    Dates
    """
    if chosen is not None:
        return Dates(chosen, "", fitted, today)
    dates = [v for v in variables if v.column.kind is Kind.DATE]
    if not dates:
        return Dates(None, "", fitted, today)
    rows = table.population()
    newest = {
        f"d{i}": rows[v.key].cast("date").max(where=rows[v.key].cast("date") <= today)
        for i, v in enumerate(dates)
    }
    found = table.session.arrow(rows.aggregate(**newest)).to_pylist()[0]
    known = [(found[f"d{i}"], v.name) for i, v in enumerate(dates) if found[f"d{i}"]]
    day, column = max(known, default=(None, ""))
    return Dates(day, column, fitted, today)


def freshness_check(segment: int, dates: Dates, thresholds: Thresholds) -> Check:
    """Judge the days since the data end or since the segments were found, whichever are more.

    Parameters
    ----------
    segment : int
    dates : Dates
    thresholds : Thresholds

    Returns
    -------
    Check
        Unknown where nobody knows when the data end.
    """
    most = thresholds.value("fresh-days")
    source = THRESHOLDS["fresh-days"].source
    if dates.cut_off is None:
        why, remedy = Note.of("freshness-unknown"), Note.of("remedy-cut-off")
        return Check(segment, "freshness", Verdict.UNKNOWN, None, most, source, why, remedy)
    since_data = (dates.today - dates.cut_off).days
    since_fit = (dates.today - dates.fitted).days
    days = max(since_data, since_fit)
    verdict = graded(-days, -most, -thresholds.value("fresh-days-caution"))
    why = Note.of(
        "freshness-days" if dates.column else "freshness-days-chosen",
        days=since_data,
        fit=since_fit,
        most=most,
        column=dates.column,
        day=dates.cut_off.isoformat(),
    )
    cure = None if verdict is Verdict.PASS else Note.of("remedy-freshness")
    return Check(segment, "freshness", verdict, days, most, source, why, cure)
