"""A warehouse's cells as text, and the key that draws the same customers on every engine.

Enters: columns of a table. Leaves: SQL for Postgres. Refuses to read the text as anything: what a
text means is decided in ``segmentation.intake`` alone.

The text of a cell is what the visit's own table holds for it: numbers as the warehouse writes them,
moments in UTC and year first, no value where there is none or nothing but an empty text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.engine.duck import literal, quoted
from segmentation.intake.header import unique_names
from segmentation.intake.kinds import WHITE

NUMBERS = frozenset(
    {"smallint", "integer", "bigint", "numeric", "real", "double precision"},
)
DAYS = frozenset({"date", "timestamp without time zone", "timestamp with time zone"})
ZONED = "timestamp with time zone"
# The last eight bytes of an md5, least significant first, as two hexadecimal digits each.
_BYTES = range(31, 16, -2)
# Both digits of a byte stand together, so that the texts sort as the numbers do.
_KEY = " || ".join(f"substr(h, {start}, 2)" for start in _BYTES)


@dataclass(frozen=True, slots=True)
class Native:
    """A column of a warehouse's table.

    Attributes
    ----------
    name : str
    type : str
        As PostgreSQL calls it, without length or precision.
    """

    name: str
    type: str

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers to the warehouse."""
        return self.type in NUMBERS

    @property
    def is_day(self) -> bool:
        """Whether its values are days or moments to the warehouse."""
        return self.type in DAYS


def relation_sql(schema: str, name: str) -> str:
    """Return a table's name as SQL."""
    return f"{quoted(schema)}.{quoted(name)}"


def text_of(column: Native, name: str | None = None) -> str:
    """Return SQL for a cell as text.

    Parameters
    ----------
    column : Native
    name : str, optional
        What the column is called where the SQL stands, if not by its own name.
    """
    cell = quoted(name or column.name)
    if column.type == ZONED:
        cell = f"({cell} AT TIME ZONE 'UTC')"
    return f"""nullif(CAST({cell} AS text), '') COLLATE "C\""""


def number_of(column: Native) -> str:
    """Return SQL for a cell of a number column as a double; what is not finite has no value."""
    cell = quoted(column.name)
    if column.type == "real":  # by its text: 0.1 stays 0.1
        cell = f"CAST({cell} AS text)"
    number = f"CAST({cell} AS double precision)"
    for odd in ("NaN", "Infinity", "-Infinity"):
        number = f"nullif({number}, '{odd}')"
    return number


def moment_of(column: Native) -> str:
    """Return SQL for a cell of days or moments, of the years that four digits can write."""
    cell = quoted(column.name)
    if column.type == ZONED:
        cell = f"({cell} AT TIME ZONE 'UTC')"
    moment = f"CAST({cell} AS timestamp)"
    known = f"{moment} >= '0001-01-01' AND {moment} < '10000-01-01'"
    return f"CASE WHEN {known} THEN {moment} END"


def sample_sql(relation: str, columns: Sequence[Native], id_name: str | None, n: int) -> str:
    """Return SQL for the texts of the ``n`` customers with the smallest keys, in their order.

    Parameters
    ----------
    relation : str
        As SQL.
    columns : sequence of Native
    id_name : str or None
        A column that names each customer once; else a customer is the row's content and its
        occurrence number, as ``segmentation.intake`` has it.
    n : int
        How many at most.

    Returns
    -------
    str
        Columns ``r0 …``, in the order of ``columns``.
    """
    kept = ", ".join(f'{quoted(c.name)} AS "k{i}"' for i, c in enumerate(columns))
    identified = f"SELECT {kept}, {_digest(columns)} AS h FROM {relation} OFFSET 0"
    if id_name is not None:
        [own] = [c for c in columns if c.name == id_name]
        identified = f"SELECT {kept}, {_md5(trimmed(own))} AS h FROM {relation} OFFSET 0"
    else:
        kept = ", ".join(f'"k{i}"' for i in range(len(columns)))
        again = _md5(f"({_KEY}) || '#' || nth")
        nth = "row_number() OVER (PARTITION BY h) AS nth"
        counted = f"SELECT *, {nth} FROM ({identified}) d OFFSET 0"
        told_apart = f"CASE WHEN nth = 1 THEN h ELSE {again} END AS h"
        identified = f"SELECT {kept}, {told_apart} FROM ({counted}) o OFFSET 0"
    cells = ", ".join(f'{text_of(c, f"k{i}")} AS "r{i}"' for i, c in enumerate(columns))
    drawn = f'SELECT * FROM ({identified}) k ORDER BY ({_KEY}) COLLATE "C" LIMIT {int(n)}'
    return f'SELECT {cells} FROM ({drawn}) s ORDER BY ({_KEY}) COLLATE "C"'


def trimmed(column: Native) -> str:
    """Return SQL for the text of a cell without the white space around it."""
    return f"btrim({text_of(column)}, {literal(WHITE)})"


def _digest(columns: Sequence[Native]) -> str:
    """Write ``segmentation.intake.table.digest`` for Postgres."""
    names, _ = unique_names([column.name for column in columns])
    order = sorted(range(len(columns)), key=lambda i: names[i])
    cells = (f"coalesce({text_of(columns[i])}, '')" for i in order)
    return _md5(f"array_to_string(ARRAY[{', '.join(cells)}], chr(31))")


def _md5(text: str) -> str:
    return f"md5(convert_to({text}, 'UTF8'))"
