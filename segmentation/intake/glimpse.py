"""A glimpse of a table: its first rows as written, and the values a column offers to a filter.

Enters: a customer table. Leaves: a few rows or values. Refuses to bring out more than asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from segmentation.engine.duck import quoted
from segmentation.intake.kinds import MISSING_MARKERS, Kind, trimmed
from segmentation.intake.table import CustomerTable, rejects_of
from segmentation.notes import Note

COVER = "•••"
# The values of a note that are cells of a column.
QUOTED = ("example", "first", "item", "last", "texts", "words")


def covered(found: Iterable[Note], private: Collection[str]) -> tuple[Note, ...]:
    """Return notes without the cells they quote from columns of personal data.

    Parameters
    ----------
    found : iterable of Note
        Those that are about a column name it.
    private : collection of str
        Names of the columns with personal data.

    Returns
    -------
    tuple of Note
    """
    return tuple(without_cells(n) if dict(n.values).get("name") in private else n for n in found)


def without_cells(note: Note) -> Note:
    """Return a note about a column with a cover in place of every cell that it quotes.

    Examples
    --------
    >>> without_cells(Note.of("type-ticks", example="Ann")).get("example")
    '•••'
    """
    values = {
        name: ((COVER,) if isinstance(value, tuple) else COVER) if name in QUOTED else value
        for name, value in note.values
    }
    return Note.of(note.code, **values)


def preview(
    table: CustomerTable, n: int, *, covered: Collection[str] = ()
) -> list[dict[str, str | None]]:
    """Return the first rows of the file as text.

    Parameters
    ----------
    table : CustomerTable
    n : int
        How many rows at most.
    covered : collection of str
        Columns whose values are not shown.

    Returns
    -------
    list of dict
        Column name to text; None for a blank cell.
    """
    cells = ", ".join(quoted(f"r{i}") for i in range(len(table.raw.names)))
    raw = quoted(table.raw.table)
    if table.session.is_view(table.raw.table):  # whose rows come in their order: read no further
        raw = f"(SELECT * FROM {raw} LIMIT {int(n)})"
    rows = table.session.rows(f"SELECT {cells} FROM {raw} ORDER BY __row LIMIT {int(n)}")
    return [
        {
            name: COVER if name in covered and row[f"r{i}"] is not None else row[f"r{i}"]
            for i, name in enumerate(table.raw.names)
        }
        for row in rows
    ]


def set_aside(table: CustomerTable, n: int) -> list[dict[str, int | str]]:
    """Return the first rows of the file that were set aside while it was read.

    Parameters
    ----------
    table : CustomerTable
    n : int
        How many rows at most.

    Returns
    -------
    list of dict
        ``line`` (in the file, from 1), ``reason`` (code) and ``text`` (as written).
    """
    if not table.raw.n_rejected:
        return []
    rejects = quoted(rejects_of(table.raw.table))
    return table.session.rows(
        f"SELECT line, reason, text FROM {rejects} ORDER BY line LIMIT {int(n)}"
    )


def levels(table: CustomerTable, name: str, most: int) -> list[str]:
    """Return the most frequent values of a column, as a filter compares them.

    Parameters
    ----------
    table : CustomerTable
    name : str
        Column of the file.
    most : int
        How many values at most.

    Returns
    -------
    list of str
        Most frequent first, ties in alphabetical order.
    """
    column = table.column(name)
    if column.kind is Kind.YESNO:
        return ["yes", "no"]
    cell = quoted(column.key)
    text = f"CAST({cell} AS VARCHAR)"
    if column.kind is Kind.NUMBER:
        whole = f"CAST(try_cast({cell} AS BIGINT) AS VARCHAR)"
        text = f"CASE WHEN {cell} = floor({cell}) THEN coalesce({whole}, {text}) ELSE {text} END"
    found = table.session.rows(
        f"SELECT {text} AS level, count(*) AS n FROM {quoted(table.name)} "
        f"WHERE {cell} IS NOT NULL GROUP BY 1 ORDER BY n DESC, level LIMIT {int(most)}"
    )
    return [str(row["level"]) for row in found]


def codes(table: CustomerTable, name: str, most: int) -> list[str]:
    """Return the different values of a column as the file writes them.

    Parameters
    ----------
    table : CustomerTable
    name : str
        Column of the file.
    most : int
        How many values at most.

    Returns
    -------
    list of str
        Numbers by size, then texts; markers of missing values left out.
    """
    column, cell = quoted(f"r{table.raw.names.index(name)}"), trimmed("cell")
    different = f"SELECT DISTINCT {column} AS cell FROM {quoted(table.raw.table)}"
    found = table.session.rows(
        f"SELECT DISTINCT {cell} AS code, try_cast({cell} AS DOUBLE) AS size "
        f"FROM ({different}) WHERE cell IS NOT NULL "
        f"ORDER BY size, code LIMIT {int(most) + len(MISSING_MARKERS)}"
    )
    texts = [str(row["code"]) for row in found]
    return [text for text in texts if text.lower() not in MISSING_MARKERS][:most]
