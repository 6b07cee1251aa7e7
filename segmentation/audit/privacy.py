"""Columns that say who a person is, special categories, and free text: what follows from them.

Enters: a look at the table; ``variables`` has recognised them. Leaves: findings. Refuses to look at
their values.
"""

from __future__ import annotations

from collections.abc import Iterator

from segmentation.audit.findings import Action, Finding, Repair, Severity
from segmentation.audit.look import Look
from segmentation.variables import Role, Variable


def personal_data(look: Look) -> Iterator[Finding]:
    """Yield the columns with personal data, in one finding."""
    columns = tuple(v.name for v in look.variables if v.private)
    if columns:
        share = len(columns) / len(look.variables)
        yield Finding("personal-data", columns, Severity.INFORMS, look.n, share)


def special_categories(look: Look) -> Iterator[Finding]:
    """Yield sensitive properties: those that form segments, and those that do not."""
    special = [v for v in look.variables if _has(v, "special-category")]
    forming = tuple(v.name for v in special if v.role is Role.BASIS)
    others = tuple(v.name for v in special if v.role is not Role.BASIS)
    if forming:
        repair = Repair(Action.DESCRIBE_ONLY, forming)
        yield Finding(
            "special-category-basis",
            forming,
            Severity.DISTORTS,
            look.n,
            len(forming) / len(look.basis),
            repair=repair,
        )
    if others:
        share = len(others) / len(look.variables)
        yield Finding("special-category", others, Severity.INFORMS, look.n, share)


def free_text(look: Look) -> Iterator[Finding]:
    """Yield the columns of free text that were set aside, in one finding."""
    columns = tuple(v.name for v in look.variables if _has(v, "free-text"))
    if columns:
        share = len(columns) / len(look.variables)
        yield Finding("free-text", columns, Severity.INFORMS, look.n, share)


def _has(variable: Variable, code: str) -> bool:
    return any(reason.code == code for reason in variable.reasons)
