"""Every cell of a text stored as text, at once or a part of the columns at a time.

Enters: a query of rows with their cells and shapes. Leaves: a table of them with row numbers and
digests. Refuses to know how a text is taken apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from segmentation.engine import DuckSession
from segmentation.engine.duck import quoted
from segmentation.intake.table import RawTable, digest

# Up to this number of columns a text is loaded at once; a wider one by so many.
AT_ONCE = 500
_ROW, _DIGEST, _SHAPE = "__row", "__digest", "__shape"
_Sql = Mapping[str, str]


def store_cells(raw: RawTable, rows: str, n_bytes: int, titles: tuple[str, ...]) -> Counter[int]:
    """Store every cell as text.

    Parameters
    ----------
    raw : RawTable
        Of which only session and table are known.
    rows : str
        The rows as a query names them: ``r0 …`` and ``__shape``.
    n_bytes : int
        Of the text they come from.
    titles : tuple of str
        Of the columns.

    Returns
    -------
    Counter of int
        The rows by their shape.
    """
    session, into = raw.session, raw.table
    names = [f"r{i}" for i in range(len(titles))]
    # Cells of a file that is read once or twice are not worth the time of packing them.
    columns = {
        _ROW: "BIGINT",
        _DIGEST: "UBIGINT",
        _SHAPE: "UTINYINT",
        **dict.fromkeys(names, "VARCHAR USING COMPRESSION 'uncompressed'"),
    }
    values = {_ROW: "row_number() OVER () - 1", _DIGEST: digest(titles)}
    load = _load_whole if len(names) <= AT_ONCE else _load_in_parts
    with session.watch.step("loading", n_bytes), session.in_order():
        load(session, into, columns, values, rows)
    shapes = session.rows(f"SELECT __shape AS s, count(*) AS n FROM {quoted(into)} GROUP BY s")
    return Counter({row["s"]: row["n"] for row in shapes})


def _load_whole(
    session: DuckSession,
    into: str,
    columns: _Sql,
    values: _Sql,
    rows: str,
    *,
    is_part: bool = False,
) -> None:
    """Write some columns of the rows; those without a value of their own as they are."""
    kept = ", ".join(f"{name} {sql_type}" for name, sql_type in columns.items())
    cells = ", ".join(values.get(name, name) for name in columns)
    session.execute(f"CREATE OR REPLACE TABLE {quoted(into)} ({kept})", is_part=is_part)
    session.execute(f"INSERT INTO {quoted(into)} SELECT {cells} FROM {rows}", is_part=is_part)


def _load_in_parts(session: DuckSession, into: str, columns: _Sql, values: _Sql, rows: str) -> None:
    """Write a part of the columns at a time, then lay the parts side by side.

    What the engine works with grows with the columns it writes at once. The rows are in one order.
    """
    others = [name for name in columns if name != _DIGEST]
    cut = [others[start : start + AT_ONCE] for start in range(0, len(others), AT_ONCE)]
    parts: list[str] = []
    try:
        for names in (*cut, [_DIGEST]):  # which looks at all cells, best at those that are loaded
            source = rows if names != [_DIGEST] else _side_by_side(parts)
            parts.append(f"{into}_part_{len(parts)}")
            part = {name: columns[name] for name in names}
            _load_whole(session, parts[-1], part, values, source, is_part=True)
            session.watch.advance_to_share(len(parts) / (len(cut) + 2))
        _load_whole(session, into, columns, {}, _side_by_side(parts), is_part=True)
    finally:
        session.drop(parts)


def _side_by_side(tables: Iterable[str]) -> str:
    return " POSITIONAL JOIN ".join(quoted(table) for table in tables)
