"""Consent by identifier: 1 was given, -1 was refused, 0 is not known.

Enters: a customer table and a plan. Leaves: SQL. Refuses to read consent in a way of its own: it is
read as the checks read it.
"""

from __future__ import annotations

import ibis

from segmentation.audiences.plan import AudiencePlan
from segmentation.criteria import ReachRules
from segmentation.criteria.channels import consent_of
from segmentation.engine.compiling import compiled
from segmentation.intake import CustomerTable
from segmentation.intake.table import ROW


def consents_sql(table: CustomerTable, plan: AudiencePlan) -> str:
    """Write SQL for the consents of all customers.

    Parameters
    ----------
    table : CustomerTable
    plan : AudiencePlan

    Returns
    -------
    str
        A SELECT of ``__row`` and a column an identifier, such as ``email_consent``.
    """
    rows = table.everyone()
    told = {}
    for part in plan.identifiers:
        name = plan.consents.get(part)
        agreed, unknown = consent_of(rows, table.column(name) if name else None, ReachRules())
        told[f"{part.value}_consent"] = ibis.cases((agreed, 1), (unknown, 0), else_=-1)
    return compiled(rows.select(rows[ROW], **told))
