"""Consent as a number: 1 was given, -1 was refused, 0 is not known.

Enters: a customer table and a column. Leaves: SQL. Refuses to guess: what is neither a yes nor a
no is not known, and so is everything where no column says it.
"""

from __future__ import annotations

from segmentation.engine.duck import literal, quoted
from segmentation.intake import CustomerTable, Kind
from segmentation.intake.kinds import NO_WORDS, YES_WORDS


def consent_sql(table: CustomerTable, name: str | None) -> str:
    """Write SQL for the consent that a column holds.

    Parameters
    ----------
    table : CustomerTable
        Whose typed rows are called ``c``.
    name : str or None

    Returns
    -------
    str
        1, -1 or 0; numbers other than 1 are a no.
    """
    if name is None:
        return "0"
    column = table.column(name)
    cell = f"c.{quoted(column.key)}"
    if column.kind is Kind.YESNO:
        yes, no = cell, f"NOT {cell}"
    elif column.kind is Kind.NUMBER:
        yes, no = f"{cell} = 1", f"{cell} <> 1"
    else:
        text = f"lower(trim(CAST({cell} AS VARCHAR)))"
        yes, no = f"{text} IN ({_listed(YES_WORDS, '1')})", f"{text} IN ({_listed(NO_WORDS, '0')})"
    return f"CASE WHEN {yes} THEN 1 WHEN {no} THEN -1 ELSE 0 END"


def _listed(words: tuple[str, ...], figure: str) -> str:
    return ", ".join(literal(word) for word in (*words, figure))
