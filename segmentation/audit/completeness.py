"""What is not there: lines set aside, unreadable cells, gaps by column, by row and together.

Enters: a look at the table. Leaves: findings. Refuses to fill a gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import add, and_

import ibis
import ibis.expr.types as ir

from segmentation.audit.findings import Action, Finding, Repair, Severity, named
from segmentation.audit.limits import limit
from segmentation.audit.look import Look, Written
from segmentation.intake import Column, Kind
from segmentation.intake.cells import compared_missing
from segmentation.intake.kinds import NUMERIC_MISSING_MARKERS
from segmentation.intake.placeholders import is_placeholder
from segmentation.intake.table import ROW
from segmentation.variables import Role, Variable

_NAMED_TEXTS = 3


def rejected(look: Look, n_rejected: int) -> Iterator[Finding]:
    """Yield the lines that the reader took for no customers, as a share of all lines."""
    if not n_rejected:
        return
    share = n_rejected / (n_rejected + look.table.raw.n_rows)
    much = share >= limit("rejected-rows")
    severity = Severity.WEAKENS if much else Severity.INFORMS
    limit_code = "rejected-rows" if much else ""
    yield Finding("rows-rejected", (), severity, n_rejected, share, limit=limit_code)


def failed_cells(look: Look) -> Iterator[Finding]:
    """Yield the columns with text that could not be read as the column's type, with examples."""
    for variable in look.variables:
        column = variable.column
        if not column.n_failed or column.kind is Kind.TEXT:
            continue
        raw, text = look.text_of(variable)
        unread = text.notnull() & ~_no_answer(text.strip(), column)
        rows = raw.filter(unread)[ROW]
        failing = look.rows[column.key].isnull() & look.rows[ROW].isin(rows)
        cells = look.written(variable, failing)
        if not cells.texts or _is_no(variable, cells):  # none of them is in the population
            continue
        n = look.count({variable.name: failing})[variable.name]
        share = n / look.n
        much = variable.role is Role.BASIS and share >= limit("failed-cells")
        words = tuple(text for text in cells.texts if is_placeholder(text))
        repair = Repair(Action.TREAT_AS_MISSING, (variable.name,), words)
        yield Finding(
            "cells-failed",
            (variable.name,),
            Severity.WEAKENS if much else Severity.INFORMS,
            n,
            share,
            named(
                kind=column.kind.value,
                texts=() if variable.private else cells.texts[:_NAMED_TEXTS],
                rows=tuple(str(row) for row in look.first_rows(failing)),
            ),
            "failed-cells" if much else "",
            repair if words and not variable.private else None,
        )


def _no_answer(text: ir.StringValue, column: Column) -> ir.BooleanValue:
    """Tell whether a cell says that it has no value, by a marker or by decision."""
    known, whole = compared_missing(column.missing, column.style)
    decided = ibis.ifelse(text.length() > 1, text.lower(), text).re_replace(whole, r"\1")
    return text.lower().isin(NUMERIC_MISSING_MARKERS) | decided.isin(known)


def _is_no(variable: Variable, cells: Written) -> bool:
    """Tell whether a consent is merely unknown, which counts as no wherever it is written so."""
    unknown = all(is_placeholder(text) for text in cells.texts)
    return variable.role is Role.CONSENT and unknown


def gaps_by_column(look: Look) -> Iterator[Finding]:
    """Yield the columns without values and the variables with many gaps."""
    empty = tuple(v.name for v in look.variables if look.missing[v.name] >= look.n)
    if empty:
        yield Finding("column-empty", empty, Severity.INFORMS, look.n, 1.0)
    for variable in look.properties:
        n = look.missing[variable.name]
        if gaps := _gaps(variable, n / look.n):
            yield Finding(
                gaps.code,
                (variable.name,),
                gaps.severity,
                n,
                n / look.n,
                limit=gaps.limit,
                repair=Repair(gaps.action, (variable.name,)) if gaps.action else None,
            )


@dataclass(frozen=True, slots=True)
class _Gaps:
    code: str
    severity: Severity
    limit: str
    action: Action | None


def _gaps(variable: Variable, share: float) -> _Gaps | None:
    much, basis = share > limit("missing-much"), variable.role is Role.BASIS
    if much and basis:
        return _Gaps("missing-much", Severity.DISTORTS, "missing-much", Action.DESCRIBE_ONLY)
    if much:
        action = Action.EXCLUDE_COLUMN
        return _Gaps("missing-much-described", Severity.INFORMS, "missing-much", action)
    if basis and share > limit("missing-some"):
        return _Gaps("missing-some", Severity.WEAKENS, "missing-some", None)
    return None


def gaps_by_row(look: Look) -> Iterator[Finding]:
    """Yield the customers who lack more than half of the basis variables."""
    basis = look.basis
    if len(basis) < 2 or not any(look.missing[v.name] for v in basis):
        return
    gaps = reduce(add, [look.rows[v.key].isnull().cast("int16") for v in basis])
    asked = {
        "most": gaps > limit("missing-row") * len(basis),
        "all": gaps == len(basis),
    }
    counted = look.count(asked)
    if not counted["most"]:
        return
    share = counted["most"] / look.n
    severity = Severity.WEAKENS if share >= limit("missing-rows") else Severity.INFORMS
    yield Finding(
        "rows-mostly-empty",
        (),
        severity,
        counted["most"],
        share,
        named(n_basis=len(basis), n_all=counted["all"]),
        "missing-row",
        Repair(Action.LEAVE_OUT_ROWS, share=limit("missing-row")),
    )


def gaps_together(look: Look) -> Iterator[Finding]:
    """Yield basis variables that lack their values in exactly the same rows."""
    alike: defaultdict[int, list[Variable]] = defaultdict(list)
    for variable in look.basis:
        n = look.missing[variable.name]
        if limit("missing-together") * look.n <= n < look.n:
            alike[n].append(variable)
    groups = {str(n): (n, group) for n, group in alike.items() if len(group) > 1}
    asked = {
        name: reduce(and_, [look.rows[v.key].isnull() for v in group], ibis.literal(True))
        for name, (_, group) in groups.items()
    }
    counted = look.count(asked)
    for name, (n, group) in groups.items():
        if counted[name] == n:
            columns = tuple(v.name for v in group)
            share = n / look.n
            yield Finding(
                "missing-together", columns, Severity.WEAKENS, n, share, (), "missing-together"
            )
