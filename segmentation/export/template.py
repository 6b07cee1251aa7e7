"""An empty codebook for a table: one row a column, with what is known filled in already.

Enters: a typed table. Leaves: a workbook that opens as a codebook again. Refuses to show a value of
a column that the caller covers.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import xlsxwriter

from segmentation.intake import Column, CustomerTable
from segmentation.intake.codebook import Entry
from segmentation.intake.codebook_text import pairs_in
from segmentation.intake.glimpse import codes
from segmentation.wording import Words

# A column with few different values that look like codes is asked for their labels.
_MOST_CODES = 12
_CODE = re.compile(r"[A-Za-z]?\d{1,4}|-\d{1,2}|[A-Za-z]")
_WIDTHS = (24, 40, 60, 14, 10)


def write_codebook(
    table: CustomerTable, covered: Collection[str], words: Words, path: Path
) -> Path:
    """Write a codebook to be filled in, as XLSX.

    Unchanged, it changes nothing: a code without a label is left out when it is read.

    Parameters
    ----------
    table : CustomerTable
    covered : collection of str
        Columns whose values must not be shown.
    words : Words
        The language of its headers.
    path : Path
        The file to write.

    Returns
    -------
    Path
        The same.
    """
    header = (
        words("variable"),
        words("label"),
        words("values"),
        words("missing"),
        words("reversed"),
    )
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet, bold = workbook.add_worksheet("codebook"), workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for position, (text, width) in enumerate(zip(header, _WIDTHS, strict=True)):
            sheet.set_column(position, position, width)
            sheet.write_string(0, position, text, bold)
        own = (column for column in table.columns if column.of is None)
        for line, column in enumerate(own, start=1):
            for position, cell in enumerate(_row(table, column, covered, words)):
                sheet.write_string(line, position, cell)
    return path


def _row(
    table: CustomerTable, column: Column, covered: Collection[str], words: Words
) -> tuple[str, ...]:
    entry = table.raw.codebook.get(column.name, Entry())
    values = _written(entry.values)
    if not values and column.name not in covered and 2 <= column.n_distinct <= _MOST_CODES:
        found = codes(table, column.name, _MOST_CODES + 1)
        if 2 <= len(found) <= _MOST_CODES and all(_CODE.fullmatch(code) for code in found):
            values = "; ".join(f"{code}=" for code in found)
    turned = words("yes") if entry.is_reversed else ""
    return column.name, entry.label, values, ", ".join(entry.missing), turned


def _written(values: tuple[tuple[str, str], ...]) -> str:
    """Write codes and labels so that they are read as they are."""
    plain = "; ".join(f"{code}={label}" for code, label in values)
    in_quotes = "; ".join(f'{code} "{label}"' for code, label in values)
    return plain if pairs_in(plain)[0] == dict(values) else in_quotes
