"""The packaged tables of the gazetteer, each loaded when it is first asked for.

Enters: the name of a table. Leaves: its columns. Refuses to hold what nobody asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_FOLDER = Path(__file__).parent / "data"


@cache
def table_of(name: str) -> pa.Table:
    """Return a table, such as ``cities``, ``names``, ``regions`` or ``divisions``."""
    # One thread: the tables are small, and a pool of readers would outlive them.
    return pq.read_table(_FOLDER / f"{name}.parquet", use_threads=False)


@cache
def columns_of(name: str) -> Mapping[str, list[Any]]:
    """Return a table as lists, by column."""
    columns: dict[str, list[Any]] = table_of(name).to_pydict()
    return columns
