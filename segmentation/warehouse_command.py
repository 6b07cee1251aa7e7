"""A table of the warehouse in place of a file, on the command line.

Enters: the table's name; the warehouse's address from the environment. Leaves: the tables that
there are, the opened one, and all of its customers by segment. Refuses to repeat the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segmentation.engine import DuckSession
from segmentation.engine.address import address_from
from segmentation.errors import BadWarehouseAddress
from segmentation.warehouse import (
    OpenedTable,
    Placing,
    assignment_sql,
    connect,
    find,
    open_table,
    relations,
    whole_table,
)

if TYPE_CHECKING:
    from segmentation.engine.warehouse import Warehouse

SQL_FILE = "segments.sql"


@contextmanager
def connected() -> Iterator[Warehouse]:
    """Lend the warehouse that the environment names.

    Raises
    ------
    BadWarehouseAddress
        When it names none.
    """
    address = address_from()
    if address is None:
        raise BadWarehouseAddress
    with closing(connect(address)) as warehouse:
        yield warehouse


def offered(warehouse: Warehouse) -> list[dict[str, Any]]:
    """Return the tables and views that may be read: name, rows as estimated, whether a view."""
    return [
        {"name": each.label, "rows": each.estimated_rows, "view": each.is_view}
        for each in relations(warehouse)
    ]


def opened(
    session: DuckSession, warehouse: Warehouse, name: str, id_name: str | None
) -> OpenedTable:
    """Open a table in the session.

    Parameters
    ----------
    session : DuckSession
    warehouse : Warehouse
    name : str
        With its schema, unless that is ``public``.
    id_name : str or None
        The column that names a customer; the primary key when None.

    Raises
    ------
    UnknownTable, EmptyTable, EngineError
    """
    return open_table(session, warehouse, find(warehouse, name), id_name=id_name)


def everybody(table: OpenedTable, placing: Placing, folder: Path | None) -> dict[str, Any]:
    """Count all customers by segment, where they are.

    Parameters
    ----------
    table : OpenedTable
    placing : Placing
    folder : Path or None
        Where to write the SQL that gives each of them a segment; nowhere when None.

    Returns
    -------
    dict
        Number of customers, sizes and shares of the segments.
    """
    whole = whole_table(table, placing)
    if folder:
        (folder / SQL_FILE).write_text(f"{assignment_sql(table, placing)};\n", encoding="utf-8")
    return {
        "customers": whole.n_customers,
        "sizes": list(whole.sizes),
        "shares": [round(float(share), 6) for share in whole.shares],
    }
