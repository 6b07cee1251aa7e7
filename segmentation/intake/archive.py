"""Archives: the one table that a ZIP or GZ file holds, unpacked within limits.

Enters: a file. Leaves: a file in the visit's folder under a name of our own. Refuses to use a name
inside an archive as a path, to unpack more than the limits, and to open an archive in an archive.
"""

from __future__ import annotations

import gzip
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from segmentation.engine.watching import Watch
from segmentation.errors import (
    CatalogueAlone,
    EmptyFile,
    NestedArchive,
    NoTableInside,
    ProtectedFile,
    UnknownFormat,
    UnreadableFile,
)
from segmentation.intake.catalogues import CATALOGUE_ENDING, pairs
from segmentation.intake.limits import check_unpacked
from segmentation.notes import Note

_TEXTS = ("csv", "tsv", "tab", "txt", "dat", "asc")
_WORKBOOKS = ("xlsx", "xlsm", "xls", "ods")
_OF_SAS = ("sas7bdat", "xpt")
_STATISTICAL = ("sav", "zsav", "dta", *_OF_SAS)
TABLE_ENDINGS = frozenset((*_TEXTS, *_WORKBOOKS, *_STATISTICAL, "parquet"))
_ZIP, _EMPTY_ZIP, _GZ = b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b"
_OTHER_ARCHIVES = (
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
)
_TAR = slice(257, 262), b"ustar"
_PIECE = 1 << 20
_MOST_MEMBERS = 1000
_ENCRYPTED = 0x1
_UTF8 = 0x800
# What a ZIP raises that is damaged, packed in a way that is not known, or cut off.
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError)


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Content:
    """The file to read: the given one, or what an archive holds.

    Attributes
    ----------
    path : Path
        Where it is.
    member : str or None
        Its name in the archive; None where there is no archive, or only one nameless file in it.
    members : tuple of str
        All files of the archive that may be tables.
    notes : tuple of Note
        Which of them was taken, unless the user said it.
    catalogue : Path or None
        The SAS catalogue beside it, where there is one.
    """

    path: Path
    member: str | None = None
    members: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    catalogue: Path | None = None


def is_workbook(path: Path) -> bool:
    """Tell whether a ZIP file is a workbook that can be opened: XLSX, XLSM or ODS."""
    return _kind(path) == "workbook"


def _kind(path: Path) -> str:
    """Tell what a ZIP file is: a workbook, another document, or an archive, damaged or not."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {item.filename for item in archive.infolist()}
            is_calc = "mimetype" in names and b"opendocument.spreadsheet" in _beginning(archive)
    except (*_DAMAGED, RuntimeError):  # the latter where it is encrypted
        return "archive"  # unpacking it says what is wrong
    if "xl/workbook.xml" in names or is_calc:
        return "workbook"
    return "document" if {"[Content_Types].xml", "mimetype"} & names else "archive"


def _beginning(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as member:
        return member.read(100)


@contextmanager
def content_of(
    path: Path, name: str, member: str | None, folder: Path, watch: Watch | None = None
) -> Iterator[Content]:
    """Unpack an archive for as long as its content is read; any other file is its own content.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        Its name as the user knows it.
    member : str or None
        Which file of a ZIP to take; the largest when None or unknown.
    folder : Path
        The visit's own, where the content is unpacked.
    watch : Watch, optional
        Told of the bytes while they are unpacked.

    Yields
    ------
    Content

    Raises
    ------
    EmptyFile, UnreadableFile, UnknownFormat, ProtectedFile, NoTableInside, NestedArchive,
    FileTooLarge, OutOfProportion, CatalogueAlone
    """
    head = _head(path)
    if head.startswith(_EMPTY_ZIP):
        raise EmptyFile
    kind = _kind(path) if head.startswith(_ZIP) else ""
    if kind == "document":
        raise UnknownFormat(name=name)
    is_zip = kind == "archive"
    if not is_zip and not head.startswith(_GZ):
        yield Content(path)
        return
    target, watch = folder / "unpacked", watch or Watch()
    try:
        if is_zip:
            found = _unzip(path, name, member, target, watch)
        else:
            found = _gunzip(path, name, target, watch)
        _refuse_nested(found, name)
        yield found
    finally:
        target.unlink(missing_ok=True)
        _beside(target).unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    """Return where the catalogue of a SAS table is unpacked."""
    return target.with_name(f"{target.name}-catalogue")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def _refuse_nested(found: Content, name: str) -> None:
    head = _head(found.path)
    zipped = head.startswith(_ZIP) and not is_workbook(found.path)
    tarred = head[_TAR[0]] == _TAR[1]
    if zipped or tarred or head.startswith((_GZ, _EMPTY_ZIP, *_OTHER_ARCHIVES)):
        raise NestedArchive(name=name, member=found.member or "")


def _gunzip(path: Path, name: str, target: Path, watch: Watch) -> Content:
    size = path.stat().st_size
    try:
        with (
            path.open("rb") as packed,
            gzip.GzipFile(fileobj=packed) as source,
            watch.step("unpacking", size),
        ):
            _copy(source, target, size, name, lambda _: watch.advance(packed.tell()))
    except (gzip.BadGzipFile, zlib.error, EOFError) as cause:
        raise UnreadableFile(name=name, detail=str(cause)[:120]) from cause
    return Content(target)


def _unzip(path: Path, name: str, member: str | None, target: Path, watch: Watch) -> Content:
    try:
        with zipfile.ZipFile(path) as archive:
            tables = _tables(archive.infolist())
            if not tables:
                raise _nothing_inside(archive, name)
            shown = [_shown(item) for item in tables]
            largest = max(range(len(tables)), key=lambda i: tables[i].file_size)
            taken = shown.index(member) if member in shown else largest
            _extract(archive, tables[taken], target, name, watch)
            catalogue = _catalogue(archive, tables[taken], shown)
            if catalogue:
                _extract(archive, catalogue, _beside(target), name, watch)
    except _DAMAGED as cause:
        raise UnreadableFile(name=name, detail=str(cause)[:120]) from cause
    guessed = len(tables) > 1 and member not in shown
    notes = (Note.of("member-chosen", member=shown[taken], n=len(tables)),) if guessed else ()
    return Content(
        target, shown[taken], tuple(shown), notes, _beside(target) if catalogue else None
    )


def _extract(
    archive: zipfile.ZipFile, item: zipfile.ZipInfo, target: Path, name: str, watch: Watch
) -> None:
    """Unpack one file of an archive, within the limits."""
    if item.flag_bits & _ENCRYPTED:
        raise ProtectedFile(name=name)
    check_unpacked(item.file_size, item.compress_size, name)
    with archive.open(item) as source, watch.step("unpacking", item.file_size):
        _copy(source, target, item.compress_size, name, watch.advance)


def _catalogues(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    items = [item for item in archive.infolist() if item.file_size and not item.is_dir()]
    found = (item for item in items if not _hidden(item) and _ending(item) == CATALOGUE_ENDING)
    return {_shown(item): item for item in found}


def _catalogue(
    archive: zipfile.ZipFile, table: zipfile.ZipInfo, tables: Sequence[str]
) -> zipfile.ZipInfo | None:
    """Return the catalogue that belongs to a table of SAS, if there is one."""
    if _ending(table) not in _OF_SAS:
        return None
    found = _catalogues(archive)
    own = pairs([name for name in tables if name.lower().endswith(_OF_SAS)], list(found))
    return found.get(own.get(_shown(table), ""))


def _nothing_inside(archive: zipfile.ZipFile, name: str) -> NoTableInside | CatalogueAlone:
    """Say what is missing of an archive without a table."""
    alone = list(_catalogues(archive))
    return CatalogueAlone(name=alone[0]) if alone else NoTableInside(name=name)


def _tables(items: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Return the files that may be tables: by their ending, or without any."""
    files = [item for item in items if not item.is_dir() and item.file_size and not _hidden(item)]
    ended = [item for item in files if _ending(item) in TABLE_ENDINGS]
    return (ended or [item for item in files if not _ending(item)])[:_MOST_MEMBERS]


def _hidden(item: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(item.filename.replace("\\", "/")).parts
    return "__MACOSX" in parts or parts[-1].startswith(".")


def _ending(item: zipfile.ZipInfo) -> str:
    name = PurePosixPath(item.filename.lower().removesuffix(".gz")).name
    return name.rpartition(".")[2] if "." in name else ""


def _shown(item: zipfile.ZipInfo) -> str:
    """Return a member's name for eyes only; old Chinese archives do not say their encoding."""
    name = item.filename
    if not item.flag_bits & _UTF8:
        written = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = written.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return "".join(c if unicodedata.category(c)[0] != "C" else "�" for c in name)[:200]


def _copy(
    source: _Source, target: Path, packed: int, name: str, advance: Callable[[int], None]
) -> None:
    """Unpack piece by piece; whatever the archive says of its size, the limits hold."""
    written = 0
    with target.open("wb") as file:
        while piece := source.read(_PIECE):
            written += len(piece)
            check_unpacked(written, packed, name)
            file.write(piece)
            advance(written)
