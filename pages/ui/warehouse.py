"""The visit's way to the warehouse, where the server has one.

Enters: a visit. Leaves: the tables of the warehouse, an opened one, and all of its customers by
segment. Refuses to keep the address anywhere but in the visit's connection: it comes from
Streamlit's secrets or the environment, and no page, study or message holds it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import compute
from pages.ui.visits import Visit
from segmentation import workflow
from segmentation.engine.address import Address, address_from
from segmentation.errors import BadWarehouseAddress, SegmentsNotInWarehouse
from segmentation.study import Study
from segmentation.warehouse import (
    OpenedTable,
    Placing,
    Relation,
    WholeTable,
    assignment_sql,
    connect,
    open_table,
    relations,
    whole_table,
)
from segmentation.warehouse.catalogue import columns_of, preview

if TYPE_CHECKING:
    from segmentation.engine.warehouse import Warehouse

SECTION, KEY = "warehouse", "url"
PREVIEW_ROWS = 5


def is_configured() -> bool:
    """Tell whether the server's secrets or its environment name a warehouse."""
    try:
        return _address() is not None
    except BadWarehouseAddress:
        return True  # whoever opens it is told that the address cannot be used


def tables(visit: Visit) -> tuple[Relation, ...]:
    """Return the tables and views that may be read, asked for once."""
    warehouse = _warehouse(visit)
    return visit.memo.get(("warehouse tables",), lambda: relations(warehouse))


def some_rows(visit: Visit, relation: Relation) -> list[dict[str, str | None]]:
    """Return a few rows of a table."""
    warehouse = _warehouse(visit)

    def shown() -> list[dict[str, str | None]]:
        return preview(warehouse, relation, columns_of(warehouse, relation), PREVIEW_ROWS)

    return visit.memo.get(("warehouse preview", relation), shown)


def open_relation(visit: Visit, relation: Relation) -> None:
    """Open a table and begin its study; a former study of the same customers goes on."""
    with visit.opening:
        opened = open_table(visit.engine, _warehouse(visit), relation)
        former = visit.study
        same = former is not None and former.source.fingerprint == opened.raw.fingerprint
        begun = replace(Study.of(opened.raw), id_name=opened.id_name)
        study = former.moved_to(opened.raw) if former and same else begun
        visit.open(opened.raw, workflow.for_warehouse(study))
        visit.leave_kept(former)
        visit.opened = opened


def opened_table(visit: Visit) -> OpenedTable | None:
    """Return the table of the warehouse that the visit has open, None where it has a file."""
    return visit.opened


def everybody(visit: Visit, opened: OpenedTable, k: int) -> WholeTable:
    """Return all customers of the warehouse by segment, counted there once for each solution."""
    return visit.memo.get(
        _key(visit, k), lambda: whole_table(_read_so(visit, opened), _placing(visit, k))
    )


def refuse_changed(visit: Visit) -> None:
    """Raise ``SegmentsNotInWarehouse`` unless the segments on show are those that were found."""
    if compute.is_given(visit) or compute.is_changed(visit):
        raise SegmentsNotInWarehouse


def is_counted(visit: Visit, k: int) -> bool:
    """Tell whether all customers have been counted for the solution on show."""
    return visit.memo.has(_key(visit, k))


def sql(visit: Visit, opened: OpenedTable, k: int) -> str:
    """Return the SQL that gives every customer of the warehouse a segment."""
    return assignment_sql(_read_so(visit, opened), _placing(visit, k)) + ";\n"


def _read_so(visit: Visit, opened: OpenedTable) -> OpenedTable:
    """Let the codebook of the study hold in the warehouse, too."""
    return replace(opened, raw=compute.customers(visit).raw)


def _key(visit: Visit, k: int) -> tuple[object, ...]:
    return ("warehouse", compute.solution_key(visit, k), compute.variables_key(visit))


def _placing(visit: Visit, k: int) -> Placing:
    return Placing(
        table=compute.customers(visit),
        variables=compute.variables(visit),
        recipe=compute.study_of(visit).branch.recipe,
        matrix=compute.matrix(visit),
        solution=compute.finished_extraction(visit).family.solution(k),
        method=compute.method_in_use(visit),
    )


def _warehouse(visit: Visit) -> Warehouse:
    with visit.lock:
        if visit.warehouse is None:
            address = _address()
            if address is None:
                raise BadWarehouseAddress
            visit.warehouse = connect(address)
        return visit.warehouse


def _address() -> Address | None:
    """Return the address; the secrets win over the environment."""
    if st.secrets.load_if_toml_exists() and SECTION in st.secrets:
        return Address(str(st.secrets[SECTION].get(KEY, "")))
    return address_from()
