"""The doors to what is open: the file, its customers, what its columns are for, and the audit.

Enters: a visit. Leaves: results, made at most once for the same decisions. ``compute`` shows them
on; pages need no other door.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

from pages.ui.opening import frozen, table_key
from pages.ui.visits import Visit
from segmentation import workflow
from segmentation.audit import Audit
from segmentation.audit import audit as audit_table
from segmentation.intake import CustomerTable, RawTable
from segmentation.study import Study
from segmentation.variables import Variable, likely_id, suggest


def raw_of(visit: Visit) -> RawTable:
    """Return the visit's file; the page has made sure that there is one."""
    if visit.raw is None:
        raise LookupError("no file is open")
    return visit.raw


def study_of(visit: Visit) -> Study:
    """Return the visit's study; the page has made sure that there is one."""
    if visit.study is None:
        raise LookupError("no study is open")
    return visit.study


def customers(visit: Visit) -> CustomerTable:
    """Return the typed customers of the population."""
    study = study_of(visit)
    return visit.memo.get(
        ("customers", table_key(study)), lambda: workflow.customers_of(raw_of(visit), study)
    )


def suggested(visit: Visit) -> tuple[Variable, ...]:
    """Return the suggestions for all columns."""
    return visit.memo.get(
        ("suggested", table_key(study_of(visit))), lambda: suggest(customers(visit))
    )


def variables(visit: Visit) -> tuple[Variable, ...]:
    """Return the variables as the study decided."""
    return visit.memo.get(
        ("variables", variables_key(visit)),
        lambda: workflow.variables_of(customers(visit), study_of(visit)),
    )


def id_offered(visit: Visit) -> str | None:
    """Return the column that seems to name the customers, where none is chosen."""
    table = customers(visit)
    return None if table.id_name else likely_id(variables(visit), table.raw.n_rows)


def audit(visit: Visit) -> Audit:
    """Return what may harm a segmentation; a date is in the future as of today."""
    today = dt.datetime.now(dt.UTC).date()
    return visit.memo.get(
        ("audit", variables_key(visit), today),
        lambda: audit_table(
            customers(visit),
            variables(visit),
            as_of=today,
            n_rejected=raw_of(visit).n_rejected,
        ),
    )


def private_columns(visit: Visit) -> frozenset[str]:
    """Return the names of the columns with personal data."""
    return frozenset(v.name for v in variables(visit) if v.private)


def variables_key(visit: Visit) -> Hashable:
    """Return what the variables, and everything made from them, depend on."""
    return variables_key_of(study_of(visit))


def variables_key_of(study: Study) -> Hashable:
    """Return what the variables of a study depend on."""
    branch = study.branch
    return (table_key(study), frozen(branch.choices), branch.recipe, branch.given)
