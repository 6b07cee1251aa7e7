"""What a warehouse offers: its tables and views, their columns, how many rows they have.

Enters: a :class:`Warehouse`. Leaves: plain descriptions. Refuses to bring out customers beyond the
few rows of a preview.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segmentation.engine.duck import literal
from segmentation.errors import EmptyTable, UnknownTable
from segmentation.warehouse.cells import Native, relation_sql, text_of

if TYPE_CHECKING:
    from segmentation.engine.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view.

    Attributes
    ----------
    schema, name : str
    is_view : bool
        Whether its rows are computed each time.
    estimated_rows : int or None
        What the warehouse believes; None where it has never counted.
    size_bytes : int
        On the warehouse's disk; 0 for a view.
    """

    schema: str
    name: str
    is_view: bool
    estimated_rows: int | None
    size_bytes: int

    @property
    def label(self) -> str:
        """The name with its schema, as people and the command line write it."""
        return f"{self.schema}.{self.name}"

    @property
    def sql(self) -> str:
        """The name as SQL."""
        return relation_sql(self.schema, self.name)


def relations(warehouse: Warehouse) -> tuple[Relation, ...]:
    """Return the tables and views that may be read, in alphabetical order.

    The warehouse's own catalogue and the parts of a partitioned table are left out.
    """
    return tuple(
        Relation(row["schema"], row["name"], row["is_view"], row["estimated"], row["size"])
        for row in warehouse.rows(_RELATIONS)
    )


def find(warehouse: Warehouse, label: str) -> Relation:
    """Return the table or view of a name.

    Parameters
    ----------
    warehouse : Warehouse
    label : str
        ``schema.table``; the table's name alone means the schema ``public``.

    Raises
    ------
    UnknownTable
    """
    for relation in relations(warehouse):
        if label == relation.label or (relation.schema, relation.name) == ("public", label):
            return relation
    raise UnknownTable(name=label)


def columns_of(warehouse: Warehouse, relation: Relation) -> tuple[Native, ...]:
    """Return the columns with their types, in their order in the table.

    Bytes are no property of a customer: columns of them are not among the result.

    Raises
    ------
    EmptyTable
        When no column is left.
    """
    schema, name = literal(relation.schema), literal(relation.name)
    found = warehouse.rows(_NATIVES.format(schema=schema, name=name))
    natives = tuple(Native(r["name"], r["type"]) for r in found if r["type"] != "bytea")
    if not natives:
        raise EmptyTable(name=relation.label)
    return natives


def count_rows(warehouse: Warehouse, relation: Relation) -> int:
    """Return the exact number of rows, which the warehouse has to count."""
    return int(warehouse.rows(f"SELECT count(*) AS n FROM {relation.sql}")[0]["n"])


def preview(
    warehouse: Warehouse, relation: Relation, columns: Sequence[Native], n: int
) -> list[dict[str, str | None]]:
    """Return some rows as text, whichever the warehouse has at hand.

    Parameters
    ----------
    warehouse : Warehouse
    relation : Relation
    columns : sequence of Native
        Which columns.
    n : int
        How many rows at most.

    Returns
    -------
    list of dict
        Column name to text; None where there is no value.
    """
    cells = ", ".join(f'{text_of(column)} AS "k{i}"' for i, column in enumerate(columns))
    rows = warehouse.rows(f"SELECT {cells} FROM {relation.sql} LIMIT {int(n)}")
    return [{column.name: row[f"k{i}"] for i, column in enumerate(columns)} for row in rows]


def suggested_id(warehouse: Warehouse, relation: Relation) -> str | None:
    """Return the column that is the table's primary key by itself, None where there is none."""
    schema, name = literal(relation.schema), literal(relation.name)
    found = warehouse.rows(_PRIMARY_KEY.format(schema=schema, name=name))
    return str(found[0]["name"]) if len(found) == 1 else None


_READABLE = (
    "c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_schema_privilege(n.oid, 'USAGE') "
    "AND has_table_privilege(c.oid, 'SELECT')"
)
_RELATIONS = (
    "SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'v' AS is_view, "
    "CASE WHEN c.relkind <> 'v' AND c.reltuples >= 0 THEN c.reltuples::bigint END AS estimated, "
    "CASE WHEN c.relkind IN ('r', 'p', 'm') THEN pg_table_size(c.oid) ELSE 0 END AS size "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    f"WHERE {_READABLE} AND NOT c.relispartition AND n.nspname <> 'information_schema' "
    "AND n.nspname !~ '^pg_' ORDER BY n.nspname, c.relname"
)
# A domain is what it is made of.
_NATIVES = (
    "SELECT a.attname AS name, "
    "format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL) AS type "
    "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
    "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = {schema} AND c.relname = {name} AND "
    f"{_READABLE} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
)
_PRIMARY_KEY = (
    "SELECT a.attname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) "
    "WHERE i.indisprimary AND n.nspname = {schema} AND c.relname = {name}"
)
