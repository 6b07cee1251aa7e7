"""Load a Parquet file: its values as text, so that their types can be decided like any other's.

Enters: a Parquet file. Leaves: a table of text cells in the engine. Refuses more rows or columns
than the limits before it reads any.
"""

from __future__ import annotations

from pathlib import Path

from segmentation.engine import DuckSession
from segmentation.engine.duck import literal, quoted
from segmentation.errors import EngineFailure, UnreadableFile
from segmentation.intake.header import unique_names
from segmentation.intake.limits import check_columns, check_rows
from segmentation.intake.table import digest
from segmentation.notes import Note


def load_parquet(
    session: DuckSession, path: Path, into: str, name: str
) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Load a Parquet file into the engine.

    Parameters
    ----------
    session : DuckSession
    path : Path
    into : str
        Table to create: ``__row``, ``__digest`` and ``r0 … rN`` (text, NULL where blank).
    name : str
        The file's name, for messages.

    Returns
    -------
    names : tuple of str
    notes : tuple of Note
        Names invented or made unique.

    Raises
    ------
    UnreadableFile, TooManyColumns, TooManyRows
    """
    file = literal(str(path))
    try:
        described = session.rows(f"DESCRIBE SELECT * FROM read_parquet({file})")
        check_columns(len(described))
        # A few bytes can say that one value repeats a thousand million times.
        counted = session.rows(f"SELECT sum(num_rows) AS n FROM parquet_file_metadata({file})")
        check_rows(int(counted[0]["n"]))
        texts = ", ".join(
            f"nullif(CAST({quoted(str(row['column_name']))} AS VARCHAR), '') AS r{i}"
            for i, row in enumerate(described)
        )
        names, notes = unique_names([str(row["column_name"]) for row in described])
        with session.watch.step("loading", path.stat().st_size), session.in_order():
            session.create(
                into,
                f"SELECT row_number() OVER () - 1 AS __row, {digest(names)} AS __digest, * "
                f"FROM (SELECT {texts} FROM read_parquet({file}))",
            )
    except EngineFailure as failure:
        detail = str(failure.values["detail"])
        raise UnreadableFile(name=name, detail=detail[:120]) from failure
    return names, notes
