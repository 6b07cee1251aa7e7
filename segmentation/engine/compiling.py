"""Ibis expressions as SQL of the embedded engine.

Enters: an expression. Leaves: its SQL. Refuses to run it.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def compiled(query: ir.Table) -> str:
    """Return the SQL of a query."""
    return str(ibis.to_sql(query, dialect="duckdb"))


def preload() -> None:
    """Load what the first query would wait for: the compiler comes with its first use."""
    compiled(ibis.table({"customer": "int64"}, name="customers"))
