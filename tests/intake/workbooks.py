"""Workbooks made for tests, as files and as bare cells."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
import pyarrow as pa

from segmentation.intake.sheets import Sheet, table_of
from segmentation.parsing.workbook import Cell, ParsedSheet, written

Row = Sequence[object]
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_OOXML = "http://schemas.openxmlformats.org"


def workbook(sheets: Mapping[str, Sequence[Row]], merged: Sequence[str] = ()) -> bytes:
    """An XLSX file; ``merged`` are areas of its last sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def bare_xlsx(sheet_data: str) -> bytes:
    """The smallest XLSX file that opens, with a sheet's XML as it is given."""
    main, packages = f"{_OOXML}/spreadsheetml/2006/main", f"{_OOXML}/package/2006"
    document = f"{_OOXML}/officeDocument/2006/relationships"
    link = f'<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" '
    return zipped(
        {
            "_rels/.rels": f'{link}Type="{document}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{document}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{link}Type="{document}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet_data}'
            "</sheetData></worksheet>",
        }
    )


def bare_ods(rows: str, manifest: str = "") -> bytes:
    """The smallest ODS file that opens, with a table's XML as it is given."""
    spaces = " ".join(f'xmlns:{n}="{_OFFICE}:{n}:1.0"' for n in ("office", "table", "text"))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="content.xml">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods(rows: Sequence[Row]) -> bytes:
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        return (
            f'<table:table-cell office:value-type="{kind}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    return bare_ods(
        "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    )


def sheet_of(
    rows: Sequence[Sequence[Cell | None]], merged: Sequence[tuple[int, int, int, int]] = ()
) -> Sheet:
    """The table in bare cells, without a file."""
    width = max(len(row) for row in rows)
    full = [[*row, *[None] * (width - len(row))] for row in rows]
    cells = {
        str(i): pa.array([written(row[i] if row[i] is not None else "", 9999) for row in full])
        for i in range(width)
    }
    table = pa.table({name: column.cast(pa.string()) for name, column in cells.items()})
    return table_of(table, ParsedSheet("S", ("S",), merged=tuple(merged)))


def rows_of(sheet: Sheet) -> list[tuple[str | None, ...]]:
    columns = [sheet.cells[f"r{i}"].to_pylist() for i in range(len(sheet.names))]
    return list(zip(*columns, strict=True))


def codes_of(sheet: Sheet) -> list[str]:
    return [note.code for note in sheet.notes]


def ole(stream: str, content: bytes) -> bytes:
    """A compound file with one stream: what an old XLS, or a protected XLSX, is packed in."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    content = content.ljust(-(-max(4096, len(content)) // 512) * 512, b"\0")
    n = len(content) // 512
    fat = [0xFFFFFFFD, end, *range(3, n + 2), end]
    head = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<4I", 0, 1, 1, 0) + struct.pack("<5I", 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        left = struct.pack("<64sHBB3I", text, len(text), kind, 1, free, free, child)
        return left + struct.pack("<36xIQ", start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry(stream, 2, free, 2, len(content))
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    return head + table + directory.ljust(512, b"\0") + content


def xls(rows: Sequence[Row], *, protected: bool = False) -> bytes:
    """The smallest XLS file that opens."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<2H", kind, len(content)) + content

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<4HII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    def cell(row: int, column: int, value: object) -> bytes:
        place = struct.pack("<3H", row, column, 0)
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            return record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
        return record(0x0203, place + struct.pack("<d", float(str(value))))

    secret = record(0x002F, struct.pack("<3H", 1, 1, 1)) if protected else b""
    book = begin(5) + secret
    sheet_at = len(book) + 4 + 9 + 4
    book += record(0x0085, struct.pack("<IBBBB", sheet_at, 0, 0, 1, 0) + b"S") + record(0x000A)
    cells = (
        cell(r, c, value)
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if value is not None
    )
    return ole("Workbook", book + begin(0x10) + b"".join(cells) + record(0x000A))
