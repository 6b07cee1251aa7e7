"""The contract of an engine session: rows stay inside, results come out.

Enters: Ibis expressions over the session's tables. Leaves: Arrow tables and pandas frames small
enough to draw. Refuses to know what a customer or a segment is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa


class Session(Protocol):
    """One visit's private engine: the embedded DuckDB now, a warehouse by address later.

    Every method may be called from any thread. A running query is stopped by :meth:`cancel`.
    Failures of the engine arrive as :class:`segmentation.errors.EngineError`.
    """

    def table(self, name: str) -> ir.Table:
        """Return a table of the session as an unbound Ibis expression."""
        ...

    def has(self, name: str) -> bool:
        """Tell whether the session holds a table of that name."""
        ...

    def arrow(self, query: ir.Table) -> pa.Table:
        """Run a query and return all of its rows as an Arrow table."""
        ...

    def frame(self, query: ir.Table) -> pd.DataFrame:
        """Run a query and return all of its rows as a pandas frame."""
        ...

    def batches(self, query: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Run a query and yield its rows in batches of about ``rows``."""
        ...

    def put(self, name: str, rows: pa.Table) -> None:
        """Store rows as a table of the session, replacing one of the same name."""
        ...

    def cancel(self) -> None:
        """Stop every running query of this session; each raises ``Cancelled``."""
        ...

    def close(self) -> None:
        """End the session and release its memory and files."""
        ...
