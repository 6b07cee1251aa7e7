"""Files made to break out or to break down are refused or neutral, and nothing else is touched."""

import contextlib
import gzip
import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segmentation.engine import DuckSession
from segmentation.errors import (
    CellTooLong,
    NoCustomersLeft,
    OutOfProportion,
    ReaderStopped,
    TableError,
    TooManyColumns,
    TooManyRows,
    UnreadableFile,
)
from segmentation.intake import (
    Condition,
    Operator,
    RawTable,
    ReadOptions,
    open_customers,
    read_file,
)
from segmentation.intake.glimpse import levels, preview
from tests.intake.cells import cells
from tests.intake.conftest import Read
from tests.intake.workbooks import bare_ods, bare_xlsx, workbook, zipped

OUTSIDE = "a line outside the folder"
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def outside(
    tmp_path: Path, session: DuckSession, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A place beside the visit's folder that must stay as it is."""
    place = tmp_path / "outside"
    place.mkdir()
    (place / "secret.csv").write_text(f"a\n{OUTSIDE}\n")
    monkeypatch.chdir(place)
    before = listing(tmp_path, session)
    yield place
    assert listing(tmp_path, session) == before
    left = {path.name for path in session.folder.iterdir()}
    assert left <= {"visit.duckdb", "visit.duckdb.wal", "upload", "spill"}


def listing(folder: Path, session: DuckSession) -> dict[str, str]:
    """Everything beside the visit's folder, with its content."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and session.folder not in path.parents
    }


def used(raw: RawTable) -> None:
    """Do with a table what the pages do, and see that the engine still stands."""
    table = open_customers(raw)
    rows = preview(table, 9)
    for name in raw.names:
        levels(table, name, 9)
        known = open_customers(raw, id_name=name, conditions=[Condition(name, Operator.KNOWN)])
        known.session.arrow(known.population())
        for text in filter(None, (row[name] for row in rows)):
            with contextlib.suppress(NoCustomersLeft):
                open_customers(raw, conditions=[Condition(name, Operator.IS, (text, "?"))])
    assert raw.session.has("raw")
    assert OUTSIDE not in str(rows)


HOSTILE = [
    '"; DROP TABLE raw; --',
    "'; DROP TABLE raw; --",
    "x'); COPY raw TO 'stolen.csv'; --",
    "read_csv('secret.csv')",
    "(SELECT * FROM read_text('secret.csv'))",
    "{name} {0} {{}} %s %(a)s $1 ? :a",
    '""',
    "\\'; ATTACH 'other.duckdb'; --",
    "__row",
    "r0",
    "raw",
    "../../outside/secret.csv",
    "a\u202eb",
    '=HYPERLINK("file:///etc/passwd")',
    "=cmd|' /C calc'!A0",
]


def as_csv(texts: list[str]) -> bytes:
    line = ",".join('"' + text.replace('"', '""') + '"' for text in texts)
    return f"{line}\n{line}\n{line},\n1,2\n".encode()


def test_sql_in_names_and_values_is_text(read: Read) -> None:
    raw = read(as_csv(HOSTILE), options=ReadOptions(delimiter=","))
    assert cells(raw)[0] == tuple(HOSTILE)
    used(raw)


def test_sql_in_the_names_of_files_sheets_and_members_is_text(session: DuckSession) -> None:
    path = session.folder / "upload"
    for name in (*HOSTILE, "../../../outside/new.csv", "/etc/passwd", "x.csv'; COPY raw TO 'y"):
        path.write_bytes(b"a,b\n1,2\n")
        raw = read_file(session, path, name, ReadOptions(sheet=name, member=name))
        assert (raw.source.name, cells(raw)) == (name, [("1", "2")])
    path.write_bytes(zipped({name + ".csv": "a,b\n1,2\n" for name in HOSTILE}))
    used(read_file(session, path, "a.zip"))


def test_sql_in_a_workbook_is_text_and_formulas_are_not_run(read: Read) -> None:
    texts = [text for text in HOSTILE if not text.startswith("=")]
    name = "'; DROP TABLE raw; --"
    # As they are they would be the names again, so each row begins with another one.
    second, third = ([*texts[n:], *texts[:n]] for n in (1, 2))
    raw = read(workbook({name: [texts, second, [*third[:-1], "=1+1"]]}), "a.xlsx")
    assert raw.source.sheet == name
    assert cells(raw) == [tuple(second), (*third[:-1], None)]
    used(raw)


@pytest.mark.parametrize("encoding", ["'; DROP TABLE raw; --", "../x", "rot13", "zip"])
def test_sql_in_an_encoding_is_refused(encoding: str, read: Read) -> None:
    with pytest.raises(UnreadableFile):
        read("a,b\n1,ä\n", options=ReadOptions(encoding=encoding))


def test_hostile_and_nested_parquet_columns_are_text(read: Read) -> None:
    columns = {text: pa.array(["x", OUTSIDE[:3]]) for text in HOSTILE}
    columns |= {
        "struct": pa.array([{"a'b": 1, 'c"d': [1, {"e": None}][0]}, None]),
        "list": pa.array([["read_csv('secret.csv')"], []]),
        "map": pa.array([[("k", 1)], []], pa.map_(pa.string(), pa.int64())),
        "bytes": pa.array([b"\xff\x00'", b""]),
    }
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    raw = read(target.getvalue(), "a.parquet")
    assert len(raw.names) == len(columns)
    assert {"struct", "list", "map", "bytes"} < set(raw.names)
    used(raw)


def test_a_parquet_file_of_endless_rows_is_refused(read: Read) -> None:
    target = io.BytesIO()
    blank = pa.nulls(1_000_000, pa.string())
    with pq.ParquetWriter(target, pa.schema([("a", pa.string())])) as writer:
        for _ in range(101):
            writer.write_table(pa.table({"a": blank}))
    assert len(target.getvalue()) < MB
    with pytest.raises(TooManyRows):
        read(target.getvalue(), "a.parquet")


@pytest.mark.parametrize(
    "member", ["../../outside/new.csv", "/new.csv", "C:\\new.csv", "..\\new.csv"]
)
def test_the_names_in_an_archive_are_no_paths(member: str, read: Read) -> None:
    raw = read(zipped({member: "a,b\n1,2\n", "visit.duckdb": "junk"}), "a.zip")
    assert (raw.source.member, cells(raw)) == (member, [("1", "2")])


def test_a_link_in_an_archive_leads_nowhere(read: Read) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "secret.csv\nsecret.csv\n")
    assert cells(read(target.getvalue(), "a.zip")) == [("secret.csv",)]


def zeros(
    begin: bytes = b"", end: bytes = b"", *, filling: bytes = b"\0", size_mb: int = 1024
) -> bytes:
    """A raw deflate stream of about 1 MB that unpacks to 1 GB: one packed piece, many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(filling * (16 * MB // len(filling))) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + piece * (size_mb // 16) + packer.compress(end) + packer.flush()


def replaced(archive: bytes, stored: bytes, packed: bytes, said: int) -> bytes:
    """Put a deflate stream where a member was stored, with a size as it is said."""
    at = archive.index(stored)
    crc, n = zlib.crc32(stored).to_bytes(4, "little"), len(stored).to_bytes(4, "little")
    told = crc + len(packed).to_bytes(4, "little") + said.to_bytes(4, "little")
    changed = archive.replace(crc + n + n, told)
    grown = changed[:at] + packed + changed[at + len(stored) :]
    name = bytes(grown[grown.rindex(b"PK\x01\x02") + 46 :][:8])
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        header = grown.rindex(mark)
        grown = grown[: header + place] + b"\x08\0" + grown[header + place + 2 :]
    end = grown.rindex(b"PK\x05\x06") + 16
    start = int.from_bytes(grown[end : end + 4], "little") + len(packed) - len(stored)
    assert name
    return grown[:end] + start.to_bytes(4, "little") + grown[end + 4 :]


def bomb(member: str, others: dict[str, bytes], packed: bytes, said: int) -> bytes:
    target = io.BytesIO()
    stored = b"this member will be replaced"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in others.items():
            archive.writestr(name, content)
        archive.writestr(member, stored)
    return replaced(target.getvalue(), stored, packed, said)


@pytest.mark.parametrize("said", [1024 * MB, 10 * MB])
def test_a_zip_of_one_megabyte_that_unpacks_to_one_gigabyte_is_refused(
    said: int, read: Read
) -> None:
    content = bomb("a.csv", {}, zeros(b"a,b\n"), said)
    assert len(content) < 1.3 * MB
    with pytest.raises((OutOfProportion, UnreadableFile)) as refused:
        read(content, "bomb.zip")
    assert isinstance(refused.value, OutOfProportion) == (said > 1000 * MB)


def test_a_gz_of_one_megabyte_that_unpacks_to_one_gigabyte_is_refused(read: Read) -> None:
    content = gzip.compress(b"")[:10] + zeros(b"a,b\n") + bytes(8)
    assert len(content) < 1.3 * MB
    with pytest.raises(OutOfProportion) as refused:
        read(content, "bomb.csv.gz")
    assert int(str(refused.value.values["size_mb"])) < 300


@pytest.mark.parametrize("said", [1024 * MB, MB])
def test_a_workbook_of_one_megabyte_that_unpacks_to_one_gigabyte_is_refused(
    said: int, read: Read
) -> None:
    with zipfile.ZipFile(io.BytesIO(bare_xlsx("<row/>"))) as whole:
        parts = {item: whole.read(item) for item in whole.namelist()}
    begin, end = parts.pop("xl/worksheets/sheet1.xml").split(b"<row/>")
    packed = zeros(begin, end, filling=b"<row><c><v>1</v></c></row>".ljust(32))
    content = bomb("xl/worksheets/sheet1.xml", parts, packed, said)
    assert len(content) < 4 * MB
    with pytest.raises((OutOfProportion, UnreadableFile, ReaderStopped)):
        read(content, "bomb.xlsx")


def test_two_cells_at_opposite_corners_of_a_sheet_do_not_end_the_server(read: Read) -> None:
    corners = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    with pytest.raises(ReaderStopped):
        read(bare_xlsx(corners), "corners.xlsx")


def test_a_cell_repeated_over_a_whole_sheet_is_refused(read: Read) -> None:
    cell = (
        '<table:table-cell office:value-type="float" office:value="1" '
        'table:number-columns-repeated="16384"/>'
    )
    with pytest.raises((UnreadableFile, ReaderStopped)):
        read(
            bare_ods(
                f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
            )
        )


def test_entities_of_a_workbook_are_not_expanded(read: Read) -> None:
    content = bare_xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>&lol;</t></is></c></row>')
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        parts = {item: whole.read(item) for item in whole.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = b'<!DOCTYPE w [<!ENTITY lol SYSTEM "secret.csv">]>' + parts[sheet]
    with contextlib.suppress(TableError):
        assert OUTSIDE not in str(cells(read(zipped(parts), "a.xlsx")))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_ten_thousand_columns_are_refused(form: str, read: Read) -> None:
    names, values = [f"c{i}" for i in range(10_000)], list(range(10_000))
    content = f"{','.join(names)}\n{','.join(map(str, values))}\n".encode()
    if form == "xlsx":
        row = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in names)
        numbers = "".join(f"<c><v>{value}</v></c>" for value in values)
        content = bare_xlsx(f"<row>{row}</row><row>{numbers}</row>")
    with pytest.raises(TooManyColumns) as refused:
        read(content, f"wide.{form}")
    assert refused.value.values == {"n_columns": 10_000, "limit": 2000}


@pytest.mark.parametrize("mark", [b"", b'"'])
def test_a_cell_of_a_hundred_megabytes_is_refused(mark: bytes, read: Read) -> None:
    with pytest.raises(CellTooLong):
        read(b"a,b\n1,2\n3," + mark + b"x" * (100 * MB) + mark + b"\n", "long.csv")
