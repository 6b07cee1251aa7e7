"""Labelled customers as files: every input column as it came, plus the segment.

Enters: a customer table, the engine table of labels and segment names. Leaves: CSV and XLSX files
in the visit's folder. Two kinds of CSV are kept apart: the plain one repeats every cell byte for
byte, for programs; the one for Excel is marked as UTF-8 and made safe, because a cell that begins
with = + - @ would run as a formula. Customers outside the population have no segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

from segmentation.engine.duck import literal, quoted
from segmentation.errors import TooLargeForSheet
from segmentation.intake import CustomerTable, Kind
from segmentation.intake.reading import RAW

SHEET_ROWS = 1_048_575
_FORMULA_STARTS = "('=', '+', '-', '@', chr(9), chr(13))"
_BATCH = 20_000


def export_columns(table: CustomerTable) -> tuple[str, str]:
    """Return the names of the two added columns, with a suffix where the file has them already.

    Parameters
    ----------
    table : CustomerTable

    Returns
    -------
    tuple of str
        The column of segment numbers (1 … k) and the column of segment names.
    """
    taken = {name.casefold() for name in table.raw.names}
    return _free("segment_id", taken), _free("segment", taken)


def _free(name: str, taken: set[str]) -> str:
    candidate, copy = name, 1
    while candidate.casefold() in taken:
        copy += 1
        candidate = f"{name}_{copy}"
    return candidate


def write_csv(table: CustomerTable, labels: str, names: Sequence[str], path: Path) -> Path:
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

    Returns
    -------
    Path
        The same path.
    """
    cells = [f"{_raw(i)} AS {quoted(n)}" for i, n in enumerate(table.raw.names)]
    _copy(table, _labelled(table, labels, names, cells), path)
    return path


def write_excel_csv(table: CustomerTable, labels: str, names: Sequence[str], path: Path) -> Path:
    """Write the CSV for Excel: UTF-8 with a mark, formulas neutralised.

    Parameters and returns as :func:`write_csv`.
    """
    cells = [f"{_safe(_raw(i))} AS {quoted(n)}" for i, n in enumerate(table.raw.names)]
    safe_names = [_safe_text(name) for name in names]
    part = path.with_suffix(".part")
    _copy(table, _labelled(table, labels, safe_names, cells), part)
    with part.open("rb") as source, path.open("wb") as target:
        target.write(b"\xef\xbb\xbf")
        while chunk := source.read(1 << 20):
            target.write(chunk)
    part.unlink()
    return path


def write_workbook(table: CustomerTable, labels: str, names: Sequence[str], path: Path) -> Path:
    """Write an XLSX: numbers as numbers, everything else as text, never as formulas.

    Parameters and returns as :func:`write_csv`.

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
        header = [*table.raw.names, *export_columns(table)]
        for position, name in enumerate(header):
            sheet.write_string(0, position, name, bold)
        for line, row in enumerate(_rows(table, labels, names), start=1):
            for position, cell in enumerate(row):
                if isinstance(cell, float | int):
                    sheet.write_number(line, position, cell)
                elif cell is not None:
                    sheet.write_string(line, position, cell)
    return path


def _rows(
    table: CustomerTable, labels: str, names: Sequence[str]
) -> Iterator[tuple[str | float | None, ...]]:
    """Yield the rows of the workbook: the typed number where the cell is one, else its text."""
    cells = []
    for i, column in enumerate(table.columns):
        text = _raw(i)
        if column.kind is Kind.NUMBER:
            cells.append(f"c{i} AS n{i}")
            text = f"CASE WHEN c{i} IS NULL THEN {text} END"
        cells.append(f"{text} AS t{i}")
    select = _labelled(table, labels, names, cells)
    n_rows, start = table.raw.n_rows, 0
    while start < n_rows:
        part = table.session.rows(
            f"{select.replace('/*window*/', f'AND r.__row BETWEEN {start} AND {start + _BATCH - 1}')}"
        )
        for row in part:
            yield _merged(row, table)
        start += _BATCH


def _merged(
    row: dict[str, str | float | None], table: CustomerTable
) -> tuple[str | float | None, ...]:
    cells: list[str | float | None] = []
    for i in range(len(table.columns)):
        number = row.get(f"n{i}")
        cells.append(number if number is not None else row[f"t{i}"])
    return (*cells, *(row[name] for name in export_columns(table)))


def _raw(position: int) -> str:
    return f"r.{quoted(f'r{position}')}"


def _labelled(table: CustomerTable, labels: str, names: Sequence[str], cells: Sequence[str]) -> str:
    """Write the SELECT of all customers in file order with their segment."""
    number, name = export_columns(table)
    cases = " ".join(f"WHEN {s} THEN {literal(n)}" for s, n in enumerate(names))
    return (
        f"SELECT {', '.join(cells)}, CAST(l.segment + 1 AS INTEGER) AS {quoted(number)}, "
        f"CASE l.segment {cases} END AS {quoted(name)} "
        f"FROM {RAW} r JOIN {quoted(table.name)} c ON r.__row = c.__row "
        f"LEFT JOIN {quoted(labels)} l ON r.__row = l.__row WHERE true /*window*/ ORDER BY r.__row"
    )


def _copy(table: CustomerTable, select: str, path: Path) -> None:
    table.session.execute(
        f"COPY ({select}) TO {literal(str(path))} (FORMAT csv, HEADER true, DELIMITER ',')"
    )


def _safe(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run; plain negatives stay."""
    plain = f"left({cell}, 1) = '-' AND try_cast({cell} AS DOUBLE) IS NOT NULL"
    return (
        f"CASE WHEN left({cell}, 1) IN {_FORMULA_STARTS} AND NOT ({plain}) "
        f"THEN '''' || {cell} ELSE {cell} END"
    )


def _safe_text(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
