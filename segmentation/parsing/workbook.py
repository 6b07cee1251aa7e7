"""The cells of a workbook's sheet as a person reads them, at the places where they stand.

Enters: an XLSX, XLSM, XLS or ODS file. Leaves: one sheet as text in an Arrow file, and which sheets
there are. Refuses to evaluate formulas: the values the workbook holds are the values.
"""

from __future__ import annotations

import datetime as dt
import itertools
import mmap
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from segmentation.errors import CellTooLong, EmptyFile, ProtectedFile, UnreadableFile

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_CELLS_AT_ONCE = 400_000
_PIECE = 1 << 22
_EXACT = 1e21  # whole numbers are written out up to here
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of a protected XLSX
_WITHOUT_RESULT = re.compile(
    rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>|<f[^<>]*/>\s*(?:<v\s*/>)?</c>"
)
_WITH_ERROR = re.compile(rb"<c\b[^<>]*\bt=[\"']e[\"']")


@dataclass(frozen=True, slots=True)
class ParsedSheet:
    """One sheet of a workbook; its cells are in an Arrow file, row and column as in the sheet.

    Attributes
    ----------
    sheet : str
        The sheet that was read.
    sheets : tuple of str
        All sheets that hold cells, hidden ones too.
    left : int
        Column of the sheet that is the first one in the file; the first row is that of the sheet.
    merged : tuple of (int, int, int, int)
        Merged areas as first row, first column, last row, last column, 0-based places in the file;
        none where the format does not tell.
    n_errors, n_without_result : int
        Cells of the workbook that hold an error (``#N/A``), and formulas that were never computed;
        both come without a value. Known for XLSX only.
    """

    sheet: str
    sheets: tuple[str, ...]
    left: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()
    n_errors: int = 0
    n_without_result: int = 0


def parse_workbook(
    path: Path, name: str, sheet: str | None, target: Path, longest: int
) -> ParsedSheet:
    """Read one sheet as text.

    Parameters
    ----------
    path : Path
        The workbook.
    name : str
        Its name, for messages.
    sheet : str or None
        Which sheet; the visible one with most filled cells when None or unknown.
    target : Path
        Arrow file to write: one string column a column of the sheet, null where blank.
    longest : int
        Length of the longest cell allowed, in characters.

    Returns
    -------
    ParsedSheet

    Raises
    ------
    ProtectedFile, UnreadableFile, EmptyFile, CellTooLong
    """
    _refuse_protected(path, name)
    named = path
    try:
        named = _named(path, target)
        book = CalamineWorkbook.from_path(named)
        chosen, sheets = _choose(book, sheet)
        found = book.get_sheet_by_name(chosen)
        _write(found, target, longest)
        left = (found.start or (0, 0))[1]
        areas = found.merged_cell_ranges or []
        n_errors, n_without_result = _blanks(path)
    except PasswordError as cause:
        raise ProtectedFile(name=name) from cause
    except (CalamineError, OSError, zipfile.BadZipFile, zlib.error) as cause:
        raise UnreadableFile(name=name, detail=str(cause)[:120]) from cause
    finally:
        if named != path:
            named.unlink(missing_ok=True)
    merged = tuple((a, b - left, c, d - left) for (a, b), (c, d) in areas if b >= left)
    return ParsedSheet(chosen, sheets, left, merged, n_errors, n_without_result)


def _refuse_protected(path: Path, name: str) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content[:4] == b"\xd0\xcf\x11\xe0" and content.find(_ENCRYPTED) >= 0:
            raise ProtectedFile(name=name)


def _named(path: Path, target: Path) -> Path:
    """Give the file an ending by its content: without one the parser cannot tell of passwords."""
    ending = ".xls"
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            ending = ".xlsx" if "xl/workbook.xml" in book.namelist() else ".ods"
    named = target.with_suffix(ending)
    try:
        named.unlink(missing_ok=True)
        named.hardlink_to(path)
    except OSError:  # a file system without links: a protected file then counts as damaged
        return path
    return named


def _choose(book: CalamineWorkbook, sheet: str | None) -> tuple[str, tuple[str, ...]]:
    found = {m.name: m.visible for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet}
    if not found:
        raise EmptyFile
    if sheet in found:
        return sheet, tuple(found)
    visible = [each for each in found if found[each] == SheetVisibleEnum.Visible] or list(found)
    if len(visible) > 1:
        filled = {each: _filled(book.get_sheet_by_name(each)) for each in visible}
        return max(visible, key=lambda each: filled[each]), tuple(found)
    return visible[0], tuple(found)


def _filled(sheet: CalamineSheet) -> int:
    return sum(len(row) - row.count("") for row in sheet.iter_rows())


def _write(sheet: CalamineSheet, target: Path, longest: int) -> None:
    width = sheet.width
    names = [str(i) for i in range(width)]
    schema = pa.schema([(each, pa.string()) for each in names])
    rows = sheet.iter_rows() if width else iter(())
    at_once = max(1, _CELLS_AT_ONCE // max(1, width))
    with pa.ipc.new_file(target, schema) as file:
        while part := list(itertools.islice(rows, at_once)):
            columns = [
                pa.array([written(cell, longest) for cell in column], pa.string())
                for column in zip(*part, strict=True)
            ]
            file.write_batch(pa.record_batch(columns, schema=schema))


def written(cell: Cell, longest: int) -> str | None:
    """Write a cell as a person reads it; None for a blank one.

    Whole numbers have no point, numbers the 15 digits that a sheet shows, dates come year first.

    Parameters
    ----------
    cell : object
        As the parser gives it.
    longest : int
        Length of the longest cell allowed, in characters.

    Raises
    ------
    CellTooLong

    Examples
    --------
    >>> [written(cell, 99) for cell in (3.0, 0.1 + 0.2, True, " ")]
    ['3', '0.3', 'TRUE', None]
    """
    if isinstance(cell, str):
        if len(cell) > longest:
            raise CellTooLong(limit_mb=longest // 1_000_000)
        return None if not cell or cell.isspace() else cell.replace("\0", "")
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else f"{cell:.15g}"
    return str(cell) if isinstance(cell, int) else _moment(cell)


def _moment(cell: dt.time | dt.date | dt.timedelta) -> str:
    """Write a date, a time or a length of time; sheets store them with a noise of microseconds."""
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        hours, rest = divmod(abs(seconds), 3600)
        return f"{'-' * (seconds < 0)}{hours:02}:{rest // 60:02}:{rest % 60:02}"
    if isinstance(cell, dt.datetime):
        known = _rounded(cell)
        midnight = known.time() == dt.time()
        return known.date().isoformat() if midnight else known.isoformat(" ")
    if isinstance(cell, dt.time):
        return _rounded(dt.datetime.combine(dt.date(2000, 1, 1), cell)).time().isoformat()
    return cell.isoformat()


def _rounded(moment: dt.datetime) -> dt.datetime:
    beyond = moment.microsecond
    if beyond < 1000:
        return moment.replace(microsecond=0)
    return moment + dt.timedelta(microseconds=1_000_000 - beyond) if beyond > 999_000 else moment


def _blanks(path: Path) -> tuple[int, int]:
    """Count the cells of an XLSX that the parser gives as blank though they are not."""
    n_errors = n_without_result = 0
    if not zipfile.is_zipfile(path):
        return 0, 0
    with zipfile.ZipFile(path) as book:
        for item in book.infolist():
            if item.filename.startswith("xl/worksheets/") and item.filename.endswith(".xml"):
                for cells in _cells_of(book, item):
                    n_errors += len(_WITH_ERROR.findall(cells))
                    n_without_result += len(_WITHOUT_RESULT.findall(cells))
    return n_errors, n_without_result


def _cells_of(book: zipfile.ZipFile, item: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a sheet's text in pieces that end with a whole cell."""
    rest = b""
    with book.open(item) as text:
        while piece := text.read(_PIECE):
            whole, end, rest = (rest + piece).rpartition(b"</c>")
            yield whole + end
