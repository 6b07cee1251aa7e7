"""How large a file may be before it is parsed at all.

The limits protect a shared server from files made to exhaust it; each is far above what a
marketing file holds. They are checked before anything is unpacked or parsed.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from segmentation.errors import (
    FileTooLarge,
    OutOfProportion,
    TooManyColumns,
    TooManyRows,
    UnreadableFile,
)

MAX_FILE_MB = 4096
MAX_UNPACKED_MB = 2048
MAX_UNPACK_RATIO = 200
UNPACKED_ANYWAY_MB = 50
MAX_COLUMNS = 2000
MAX_ROWS = 100_000_000
MAX_LINE_BYTES = 16_000_000
_MB = 1024 * 1024


def check_size(path: Path, limit_mb: int = MAX_FILE_MB) -> None:
    """Refuse a file over the limit (raises ``FileTooLarge``)."""
    size_mb = path.stat().st_size / _MB
    if size_mb > limit_mb:
        raise FileTooLarge(size_mb=round(size_mb), limit_mb=limit_mb)


def check_columns(n_columns: int) -> None:
    """Refuse a table wider than the limit (raises ``TooManyColumns``)."""
    if n_columns > MAX_COLUMNS:
        raise TooManyColumns(n_columns=n_columns, limit=MAX_COLUMNS)


def check_rows(n_rows: int) -> None:
    """Refuse a table longer than the limit (raises ``TooManyRows``)."""
    if n_rows > MAX_ROWS:
        raise TooManyRows(n_rows=n_rows, limit=MAX_ROWS)


def check_unpacked(unpacked: int, packed: int, name: str) -> None:
    """Refuse what unpacks to too much, or to too much for its packed size.

    Parameters
    ----------
    unpacked, packed : int
        Sizes in bytes.
    name : str
        The file's name, for messages.

    Raises
    ------
    FileTooLarge, OutOfProportion
    """
    size_mb = round(unpacked / _MB)
    if unpacked > MAX_UNPACKED_MB * _MB:
        raise FileTooLarge(size_mb=size_mb, limit_mb=MAX_UNPACKED_MB)
    allowed = MAX_UNPACK_RATIO * packed + UNPACKED_ANYWAY_MB * _MB
    if unpacked > allowed:
        raise OutOfProportion(name=name, size_mb=size_mb, limit_mb=round(allowed / _MB))


def check_archive(path: Path, name: str) -> None:
    """Refuse a workbook that unpacks to more than the limits, from its directory alone.

    Raises
    ------
    FileTooLarge, OutOfProportion
        When the unpacked size, or its ratio to the packed size, is over the limit.
    UnreadableFile
        When the archive's directory is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError) as cause:
        raise UnreadableFile(name=name, detail=str(cause)) from cause
    check_unpacked(unpacked, path.stat().st_size, name)
