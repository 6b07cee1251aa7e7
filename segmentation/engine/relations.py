"""The tables and views of a database: what there is, and how it is dropped and renamed.

Enters: a cursor and names. Leaves: statements, and files deleted that no view reads any more.
Refuses to run a statement that changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from segmentation.engine.limits import KEPT
from segmentation.engine.quoting import quoted

Kinds = Mapping[str, str]


def listed(cursor: duckdb.DuckDBPyConnection) -> Kinds:
    """Return what each name of the database stands for: ``TABLE`` or ``VIEW``."""
    found = cursor.execute(
        "SELECT table_name, 'TABLE' FROM duckdb_tables() UNION ALL "
        "SELECT view_name, 'VIEW' FROM duckdb_views() WHERE NOT internal AND NOT temporary"
    ).fetchall()
    return {str(name): str(kind) for name, kind in found}


def drops(known: Kinds, names: Iterable[str]) -> list[str]:
    """Return the statements that drop those of some names that there are."""
    return [f"DROP {known[name]} {quoted(name)}" for name in names if name in known]


def rename(known: Kinds, name: str, renamed: str) -> str:
    """Return the statement that gives a table or view another name."""
    return f"ALTER {known.get(name, 'TABLE')} {quoted(name)} RENAME TO {quoted(renamed)}"


def keep_only(known: Kinds, name: str, renamed: str, beside: Mapping[str, str]) -> list[str]:
    """Return the statements that drop all but one and rename it, and what of others there is.

    Names that begin with ``KEPT`` stay.
    """
    kept = {name: renamed, **{old: new for old, new in beside.items() if old in known}}
    gone = drops(known, {old for old in known.keys() - kept.keys() if not old.startswith(KEPT)})
    return [*gone, *(rename(known, old, new) for old, new in kept.items())]


class FilesOfViews:
    """Files that live as long as a view reads them."""

    def __init__(self) -> None:
        self._files: set[Path] = set()

    def keep(self, file: Path) -> None:
        """Take a file over; no other file of the folder has its name."""
        self._files.add(file)

    def tidy(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Delete the files that no view names."""
        if not self._files:
            return
        views = cursor.execute("SELECT sql FROM duckdb_views() WHERE NOT internal").fetchall()
        unread = {f for f in self._files if not any(f.name in sql for (sql,) in views)}
        for file in unread:
            file.unlink(missing_ok=True)
        self._files -= unread
