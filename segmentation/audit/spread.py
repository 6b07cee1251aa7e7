"""Do customers differ in a column: constant, nearly constant, or different for everybody?

Enters: a look at the table. Leaves: findings. Refuses to call a measured number an identifier: it
may well differ for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow.compute as pc

from segmentation.audit.findings import Action, Finding, Repair, Severity, named
from segmentation.audit.limits import limit
from segmentation.audit.look import Look
from segmentation.intake import Kind
from segmentation.variables import Role, Scale, Variable

# A sample may miss the limit by chance; whoever comes near it is counted exactly.
_NEARLY = 0.02
# A column that runs through the whole range of its numbers counts rows.
_FILLED_RANGE = 1.2
_SMALLEST_ID = 20


def one_value(look: Look) -> Iterator[Finding]:
    """Yield constant columns, and variables of which nearly everybody has the same value."""
    usual = {}
    for variable in look.variables:
        if look.has_sample(variable) and look.known(variable):
            found = _most_frequent(look, variable)
            if found and found[1] >= limit("near-constant") - _NEARLY:
                usual[variable.name] = (variable, found[0])
    counted = look.count({name: _equals(look, v, cell) for name, (v, cell) in usual.items()})
    constant = [v for v, _ in usual.values() if counted[v.name] == look.known(v)]
    if constant:
        columns = tuple(v.name for v in constant)
        own = tuple(v.name for v in constant if v.role is not Role.IGNORE)
        forming = any(v.role is Role.BASIS for v in constant)
        severity = Severity.WEAKENS if forming else Severity.INFORMS
        repair = Repair(Action.EXCLUDE_COLUMN, own) if own else None
        yield Finding("constant", columns, severity, look.n, 1.0, (), "", repair)
    for variable, cell in usual.values():
        n, known = counted[variable.name], look.known(variable)
        if variable in constant or n < limit("near-constant") * known:
            continue
        if variable.role in (Role.BASIS, Role.DESCRIPTOR):
            said = look.one_written(variable, _equals(look, variable, cell))
            yield _near_constant(variable, said, n, n / known)


def _near_constant(variable: Variable, said: str, n: int, share: float) -> Finding:
    basis = variable.role is Role.BASIS
    repair = Repair(Action.DESCRIBE_ONLY, (variable.name,)) if basis else None
    severity = Severity.WEAKENS if basis else Severity.INFORMS
    values = named(value=said)
    return Finding(
        "near-constant", (variable.name,), severity, n, share, values, "near-constant", repair
    )


def _most_frequent(look: Look, variable: Variable) -> tuple[Any, float] | None:
    """Return the most frequent sampled value and its share among those known."""
    column = look.sample[variable.key].combine_chunks().drop_null()
    if not len(column):
        return None
    counted = pc.value_counts(column)
    at = pc.index(counted.field("counts"), pc.max(counted.field("counts"))).as_py()
    return counted.field("values")[at].as_py(), counted.field("counts")[at].as_py() / len(column)


def _equals(look: Look, variable: Variable, cell: Any) -> ir.BooleanValue:
    return (look.rows[variable.key] == ibis.literal(cell)).fill_null(False)


def nearly_unique(look: Look) -> Iterator[Finding]:
    """Yield basis variables that count or name rows, or have too many categories."""
    for variable in look.basis:
        column, known = variable.column, look.known(variable)
        if known <= _SMALLEST_ID:
            continue
        distinct = column.n_distinct
        unique = distinct >= limit("id-like") * look.table.raw.n_rows
        if unique and (_is_running(variable) or variable.scale is Scale.NOMINAL):
            repair = Repair(Action.EXCLUDE_COLUMN, (variable.name,))
            share = min(1.0, distinct / look.table.raw.n_rows)
            yield Finding(
                "id-like",
                (variable.name,),
                Severity.DISTORTS,
                distinct,
                share,
                (),
                "id-like",
                repair,
            )
        elif variable.scale is Scale.NOMINAL and distinct > limit("categories"):
            repair = Repair(Action.DESCRIBE_ONLY, (variable.name,))
            yield Finding(
                "many-categories",
                (variable.name,),
                Severity.WEAKENS,
                known,
                known / look.n,
                named(levels=distinct),
                "categories",
                repair,
            )


def _is_running(variable: Variable) -> bool:
    """Tell whether whole numbers fill their range, as running numbers do and amounts do not."""
    column = variable.column
    if column.kind is not Kind.NUMBER or not column.whole:
        return False
    span = (column.high or 0.0) - (column.low or 0.0) + 1
    return span <= _FILLED_RANGE * column.n_distinct
