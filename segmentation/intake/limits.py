"""How large a file may be before it is parsed at all.

The limits protect a shared server from files made to exhaust it; each is far above what a
marketing file holds. They are checked before anything is unpacked or parsed.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from segmentation.errors import FileTooLarge, TooManyColumns, UnreadableFile

MAX_FILE_MB = 4096
MAX_UNPACKED_MB = 2048
MAX_UNPACK_RATIO = 200
MAX_COLUMNS = 2000
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


def check_archive(path: Path, name: str) -> None:
    """Refuse an archive that unpacks to more than the limit, from its directory alone.

    Raises
    ------
    FileTooLarge
        When the unpacked size, or its ratio to the packed size, is out of proportion.
    UnreadableFile
        When the archive's directory is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as cause:
        raise UnreadableFile(name=name, detail=str(cause)) from cause
    packed = path.stat().st_size
    if unpacked > MAX_UNPACKED_MB * _MB or unpacked > MAX_UNPACK_RATIO * packed + 50 * _MB:
        raise FileTooLarge(size_mb=round(unpacked / _MB), limit_mb=MAX_UNPACKED_MB)
