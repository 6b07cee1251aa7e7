"""Words in a column that look like answers and are none: "unknown", "Select", "请选择".

Enters: a look at the table. Leaves: findings with the cells as they are written. Refuses to take
"none" or "other" for a gap: they are answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from segmentation.audit.findings import Action, Finding, Repair, Severity, named
from segmentation.audit.limits import limit
from segmentation.audit.look import Look
from segmentation.intake import Kind
from segmentation.intake.placeholders import PLACEHOLDERS
from segmentation.variables import Role, Scale, Variable

_ROLES = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME, Role.GIVEN_SEGMENT, Role.LOCATION)
_NAMED = 3


def placeholders(look: Look) -> Iterator[Finding]:
    """Yield text columns with placeholder words; consents apart, where unknown counts as no."""
    texts = [
        v
        for v in look.variables
        if v.role in _ROLES
        and v.column.kind is Kind.TEXT
        and v.scale is not Scale.TEXT
        and v.column.offer is None  # the mark of a ticked box is an answer
        and not v.private
    ]
    words = sorted(PLACEHOLDERS)
    asked = {v.name: look.rows[v.key].strip().lower().isin(words).fill_null(False) for v in texts}
    counted = look.count(asked)
    for variable in texts:
        name, n = variable.name, counted[variable.name]
        if not n:
            continue
        written = look.written(variable, asked[name])
        severity = _severity(variable, n / look.n)
        yield Finding(
            "placeholder-words",
            (name,),
            severity,
            n,
            n / look.n,
            named(texts=written.texts[:_NAMED]),
            "missing-some" if severity is Severity.DISTORTS else "",
            Repair(Action.TREAT_AS_MISSING, (name,), tuple(sorted(written.texts))),
        )


def _severity(variable: Variable, share: float) -> Severity:
    """In a basis variable the word becomes a level of its own, and may become a segment."""
    if variable.role is not Role.BASIS:
        return Severity.INFORMS
    return Severity.DISTORTS if share >= limit("missing-some") else Severity.WEAKENS
