"""Open a database of a visit's own, and close every door but the one to its folder.

Enters: a folder and limits. Leaves: two connections to one locked database. Refuses any change of
its configuration afterwards, ours too, but for the number of threads: what a connection shall be
able to do is set here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from segmentation.engine.limits import Limits
from segmentation.engine.quoting import literal

_STARTUP: Mapping[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    # Every column that is written holds a few blocks: with the usual 256 KiB, two thousand of them
    # count a gigabyte however few the rows are.
    "default_block_size": "65536",
}


def open_locked(
    folder: Path, limits: Limits
) -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
    """Open a locked database file in a folder, the only place that it reaches.

    Parameters
    ----------
    folder : Path
    limits : Limits

    Returns
    -------
    root : DuckDBPyConnection
        The one to make cursors from.
    reporting : DuckDBPyConnection
        The only one that knows how far its statement is, because that is a connection's own
        setting and a cursor that is made later can no longer be given it.
    """
    root = duckdb.connect(str(folder / "visit.duckdb"), config=dict(_STARTUP))
    reporting = root.cursor()
    reporting.execute(
        "SET enable_progress_bar = true; SET enable_progress_bar_print = false; "
        "SET progress_bar_time = 0"
    )
    # Limits first; then the doors: the order matters, the last line is final. What is a
    # connection's own setting is set for all, so that cursors made later have it, too.
    for statement in (
        f"SET memory_limit = '{limits.memory_mb}MB'",
        f"SET threads = {limits.threads}",
        f"SET temp_directory = {literal(str(folder / 'spill'))}",
        f"SET max_temp_directory_size = '{limits.disk_mb}MB'",
        "SET GLOBAL TimeZone = 'UTC'",
        "SET enable_progress_bar = false",
        f"SET allowed_directories = [{literal(str(folder))}]",
        "SET enable_external_access = false",
        "SET GLOBAL python_enable_replacements = false",
        # How many threads work stays open, see DuckSession.in_order; it opens no door.
        "SET allowed_configs = ['threads']",
        "SET lock_configuration = true",
    ):
        root.execute(statement)
    return root, reporting
