"""Labelled customers as files: every input column as it came, plus the segment and places.

Enters: a customer table, the engine table of labels and segment names. Leaves: CSV and XLSX files
in the visit's folder. Two kinds of CSV are kept apart: the plain one repeats every cell byte for
byte, for programs; the one for Excel is marked as UTF-8 and made safe, because a cell that begins
with = + - @ would run as a formula. Customers outside the population have no segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

from segmentation.engine.duck import literal, quoted
from segmentation.errors import TooLargeForSheet
from segmentation.export.added import Levels, added_cells, added_columns, place_cells
from segmentation.export.side_by_side import in_file_order, labelled_rows, raw_cell
from segmentation.intake import CustomerTable, Kind
from segmentation.intake.scanning import stored
from segmentation.intake.table import rejects_of

SHEET_ROWS = 1_048_575
SHEET_CELL = 32_767
# What makes a spreadsheet run a cell, also in the wide form that Chinese input methods write.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NEGATIVE = r"-[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?"
_APOSTROPHE = "'"
_LINE_END = "\n"
UTF8_MARK = b"\xef\xbb\xbf"
_BATCH = 20_000


def write_csv(
    table: CustomerTable,
    labels: str,
    names: Sequence[str],
    path: Path,
    levels: Levels | None = None,
) -> Path:
    """Write the plain CSV: cells byte for byte, UTF-8, comma, LF.

    Parameters
    ----------
    table : CustomerTable
    labels : str
        Engine table with ``__row`` and ``segment``.
    names : sequence of str
        Segment names.
    path : Path
        Inside the visit's folder.
    levels : Levels or None
        Where segments were split: the two columns of segments then hold the first level, and two
        more the second.

    Returns
    -------
    Path
        The same path.
    """
    header = [*table.raw.names, *added_columns(table, levels)]
    cells = [raw_cell(i) for i in range(len(table.raw.names))]
    rows = _select(table, labels, [*cells, *added_cells(names, levels)], place_cells(table))
    return write_rows(table, rows, header, path)


def write_excel_csv(
    table: CustomerTable,
    labels: str,
    names: Sequence[str],
    path: Path,
    levels: Levels | None = None,
) -> Path:
    """Write the CSV for Excel: UTF-8 with a mark, formulas neutralised.

    Parameters and returns as :func:`write_csv`.
    """
    header = [safe_cell(name) for name in (*table.raw.names, *added_columns(table, levels))]
    cells = [safe_sql(raw_cell(i)) for i in range(len(table.raw.names))]
    extra = added_cells([safe_cell(name) for name in names], levels and levels.written(safe_cell))
    rows = _select(table, labels, [*cells, *extra], place_cells(table, safe_sql))
    return write_rows(table, rows, header, path, mark=UTF8_MARK)


def write_set_aside(table: CustomerTable, path: Path) -> Path:
    """Write the rows of the file that are no customers as a CSV for Excel, formulas neutralised.

    Parameters
    ----------
    table : CustomerTable
    path : Path
        Inside the visit's folder.

    Returns
    -------
    Path
        The same path: the line in the file (from 1), the reason (code) and the text as written.
    """
    rows = quoted(rejects_of(table.raw.table))
    select = " ".join([f"SELECT line, reason, {safe_sql('text')}", f"FROM {rows} ORDER BY line"])
    return write_rows(table, select, ["line", "reason", "text"], path, mark=UTF8_MARK)


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    Plain negative numbers stay numbers.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("-5.2"), safe_cell("a=1")
    ("'=1+1", '-5.2', 'a=1')
    """
    if not text.startswith(FORMULA_STARTS) or re.fullmatch(_NEGATIVE, text, re.ASCII):
        return text
    return _APOSTROPHE + text


def write_workbook(
    table: CustomerTable,
    labels: str,
    names: Sequence[str],
    path: Path,
    levels: Levels | None = None,
) -> Path:
    """Write an XLSX: numbers as numbers, everything else as text, never as formulas.

    A text longer than the 32,767 characters that a cell holds is cut there.

    Parameters and returns as :func:`write_csv`.

    Raises
    ------
    TooLargeForSheet
        When there are more customers than a worksheet has rows.
    """
    cells = [*added_cells(names, levels), *place_cells(table)]
    return write_sheet(table, labels, added_columns(table, levels), cells, path)


def write_sheet(
    table: CustomerTable,
    labels: str,
    columns: Sequence[str],
    cells: Sequence[str],
    path: Path,
) -> Path:
    """Write an XLSX as :func:`write_workbook`, with any columns added.

    Parameters
    ----------
    table : CustomerTable
    labels : str
        Engine table with ``__row``.
    columns, cells : sequence of str
        Names and SQL of what is added.
    path : Path

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    TooLargeForSheet
        When there are more customers than a worksheet has rows.
    """
    if table.raw.n_rows > SHEET_ROWS:
        raise TooLargeForSheet(n_rows=table.raw.n_rows, limit=SHEET_ROWS)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet("customers")
        sheet.freeze_panes(1, 0)
        bold = workbook.add_format({"bold": True})
        header = [*table.raw.names, *columns]
        for position, name in enumerate(header):
            sheet.write_string(0, position, name, bold)
        for line, row in enumerate(_rows(table, labels, cells), start=1):
            for position, cell in enumerate(row):
                if isinstance(cell, float | int):
                    sheet.write_number(line, position, cell)
                elif cell is not None:
                    sheet.write_string(line, position, cell[:SHEET_CELL])
    return path


def _select(table: CustomerTable, labels: str, cells: Sequence[str], places: Sequence[str]) -> str:
    """Write the SELECT of the text's cells and, where there are any, of columns made of places."""
    if places:
        return labelled_rows(table, labels, [*cells, *places])
    return in_file_order(table, labels, "text", cells)


def _rows(
    table: CustomerTable, labels: str, added: Sequence[str]
) -> Iterator[tuple[str | float | None, ...]]:
    """Yield the rows of the workbook: the typed number where the cell is one, else its text.

    Only the file's own columns, as they came: the answers of a reversed item are not turned round.
    """
    cells = []
    for i, column in enumerate(table.columns[: len(table.raw.names)]):
        plain = column.kind is Kind.NUMBER and not column.is_reversed
        number = f"c.{quoted(column.key)}" if plain else "NULL"
        cells += [f"CASE WHEN {number} IS NULL THEN {raw_cell(i)} END AS t{i}", f"{number} AS n{i}"]
    stored(table.raw)  # which is asked for stretch by stretch
    for start in range(0, table.raw.n_rows, _BATCH):
        rows = (start, start + _BATCH - 1)
        for row in table.session.rows(labelled_rows(table, labels, cells, added, rows=rows)):
            values = list(row.values())
            own, more = values[: -len(added)], values[-len(added) :]
            given = zip(own[::2], own[1::2], strict=True)
            yield (*(text if number is None else number for text, number in given), *more)


def write_rows(
    table: CustomerTable, select: str, header: Sequence[str], path: Path, mark: bytes = b""
) -> Path:
    """Write header and rows; the engine would rename columns whose names differ in case only.

    Parameters
    ----------
    table : CustomerTable
        Whose engine holds the rows.
    select : str
        Written by the library itself.
    header : sequence of str
    path : Path
        Inside the visit's folder.
    mark : bytes
        What the file begins with.

    Returns
    -------
    Path
        The same path.
    """
    head = mark.decode() + ",".join(_quoted_cell(name) for name in header) + "\n"
    # What follows the last row takes the place of its line's end.
    form = f"HEADER false, DELIMITER ',', PREFIX {literal(head)}, SUFFIX {literal(_LINE_END)}"
    with table.session.in_order():
        table.session.execute(f"COPY ({select}) TO {literal(str(path))} (FORMAT csv, {form})")
    if path.stat().st_size == len(head.encode()) + len(_LINE_END):  # not a single row
        path.write_bytes(head.encode())
    return path


def _quoted_cell(text: str) -> str:
    if any(character in text for character in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def safe_sql(cell: str) -> str:
    """Write :func:`safe_cell` as SQL."""
    starts = ", ".join(str(ord(start)) for start in FORMULA_STARTS)
    plain = f"regexp_full_match({cell}, {literal(_NEGATIVE)})"
    runs = f"unicode({cell}) IN ({starts}) AND NOT {plain}"  # of its first letter
    return f"CASE WHEN {runs} THEN chr({ord(_APOSTROPHE)}) || {cell} ELSE {cell} END"
