"""ZIP and GZ files: the table inside is read, its name is for eyes only, and limits hold."""

import gzip
import io
import struct
import tarfile
import zipfile

import pytest

from segmentation.engine import DuckSession
from segmentation.errors import (
    EmptyFile,
    NestedArchive,
    NoTableInside,
    OutOfProportion,
    ProtectedFile,
    UnreadableFile,
)
from segmentation.intake import ReadOptions
from tests.intake.cells import cells, codes
from tests.intake.conftest import Read
from tests.intake.workbooks import workbook, zipped

TABLE = "name,spend\nAnn,1.5\n李雷,20\n"
EXPECTED = [("Ann", "1.5"), ("李雷", "20")]


def kept(session: DuckSession) -> set[str]:
    return {path.name for path in session.folder.iterdir()} - {"visit.duckdb.wal"}


@pytest.mark.parametrize(
    ("content", "member"),
    [
        (zipped({"customers.csv": TABLE}), "customers.csv"),
        (zipped({"data/2024/customers.txt": TABLE}), "data/2024/customers.txt"),
        (zipped({"customers": TABLE}), "customers"),
        (
            zipped({"book.xlsx": workbook({"S": [["name", "spend"], ["Ann", 1.5], ["李雷", 20]]})}),
            "book.xlsx",
        ),
        (gzip.compress(TABLE.encode()), None),
        (gzip.compress(TABLE[:20].encode()) + gzip.compress(TABLE[20:].encode()), None),
        (gzip.compress(workbook({"S": [["name", "spend"], ["Ann", 1.5], ["李雷", 20]]})), None),
    ],
)
def test_the_table_in_an_archive_is_read(
    content: bytes, member: str | None, read: Read, session: DuckSession
) -> None:
    raw = read(content, "customers.anything")
    assert (raw.names, cells(raw)) == (("name", "spend"), EXPECTED)
    assert raw.source.member == member
    assert raw.source.members == ((member,) if member else ())
    assert codes(raw) == []
    assert kept(session) == {"visit.duckdb", "upload"}


SEVERAL = zipped(
    {
        "README": "what this is" * 99,
        "a/small.csv": "x\n1\n",
        "__MACOSX/a/._large.csv": "junk" * 999,
        "a/.hidden.csv": "junk" * 999,
        "a/large.csv": TABLE,
        "a/": "",
        "picture.png": "junk" * 999,
        "empty.csv": "",
    }
)


def test_the_largest_of_several_tables_is_read_and_told_and_another_by_choice(read: Read) -> None:
    raw = read(SEVERAL, "export.zip")
    assert cells(raw) == EXPECTED
    assert raw.source.members == ("a/small.csv", "a/large.csv")
    assert [dict(note.values) for note in raw.notes] == [{"member": "a/large.csv", "n": 2}]
    other = read(SEVERAL, "export.zip", ReadOptions(member="a/small.csv"))
    assert (other.source.member, cells(other)) == ("a/small.csv", [("1",)])
    assert codes(other) == []
    unknown = read(SEVERAL, "export.zip", ReadOptions(member="../visit.duckdb"))
    assert unknown.source.member == "a/large.csv"
    assert codes(unknown) == ["member-chosen"]


def test_another_file_of_an_archive_is_not_read_the_way_of_the_former_one() -> None:
    options = ReadOptions(encoding="cp1252", delimiter=";", sheet="May", member="a.csv")
    assert options.for_member("b.csv") == ReadOptions(member="b.csv")
    assert options.for_member("a.csv") == options


def test_the_options_for_its_content_reach_the_table_in_an_archive(read: Read) -> None:
    raw = read(zipped({"a.csv": "a;b,c\n1;2,3\n"}), "a.zip", ReadOptions(delimiter=","))
    assert raw.names == ("a;b", "c")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_old_chinese_archives_are_shown_as_they_were(encoding: str, read: Read) -> None:
    content = zipped({"xx.csv": TABLE})
    name = "客户.csv".encode(encoding)
    content = zipped({"x" * (len(name) - 4) + ".csv": TABLE})
    content = content.replace(b"x" * (len(name) - 4) + b".csv", name)
    assert read(content, "a.zip").source.member == "客户.csv"


def test_signs_that_would_turn_a_name_around_are_not_shown(read: Read) -> None:
    member = read(zipped({"a\u202evsc.exe\n.csv": TABLE}), "a.zip").source.member
    assert member == "a�vsc.exe�.csv"


def tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        item = tarfile.TarInfo("customers.csv")
        item.size = len(TABLE.encode())
        archive.addfile(item, io.BytesIO(TABLE.encode()))
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zipped({"inner.csv": zipped({"customers.csv": TABLE})}),
        zipped({"customers.csv.gz": gzip.compress(TABLE.encode())}),
        gzip.compress(gzip.compress(TABLE.encode())),
        gzip.compress(zipped({"customers.csv": TABLE})),
        gzip.compress(tar()),
        zipped({"a.csv": b"Rar!\x1a\x07\x00"}),
    ],
)
def test_an_archive_in_an_archive_is_refused(
    content: bytes, read: Read, session: DuckSession
) -> None:
    with pytest.raises(NestedArchive):
        read(content, "nested.zip")
    assert kept(session) == {"visit.duckdb", "upload"}


def test_an_archive_without_a_table_is_refused(read: Read) -> None:
    with pytest.raises(NoTableInside):
        read(zipped({"photo.jpg": "junk", "empty.csv": "", "dir/": ""}), "photos.zip")


def test_an_empty_archive_or_content_is_empty(read: Read) -> None:
    with pytest.raises(EmptyFile):
        read(zipped({}), "empty.zip")
    with pytest.raises(EmptyFile):
        read(gzip.compress(b""), "empty.gz")


@pytest.mark.parametrize("share", [0.3, 0.95])
@pytest.mark.parametrize("whole", [zipped({"a.csv": TABLE}), gzip.compress(TABLE.encode())])
def test_an_archive_cut_off_is_unreadable(whole: bytes, share: float, read: Read) -> None:
    with pytest.raises(UnreadableFile):
        read(whole[: int(len(whole) * share)], "cut.zip")


@pytest.mark.parametrize(
    "whole", [zipped({"a.csv": TABLE * 99}), gzip.compress(TABLE.encode() * 99)]
)
def test_an_archive_with_a_changed_byte_is_unreadable(whole: bytes, read: Read) -> None:
    changed = bytearray(whole)
    changed[60] ^= 0xFF
    with pytest.raises(UnreadableFile):
        read(bytes(changed), "changed.zip")


def patched(content: bytes, offset: int, value: int) -> bytes:
    """Change two bytes of the first member's entry, in its own header and in the directory."""
    changed = bytearray(content)
    struct.pack_into("<H", changed, offset, value)
    struct.pack_into("<H", changed, content.rindex(b"PK\x01\x02") + offset + 2, value)
    return bytes(changed)


def test_a_protected_member_is_refused_as_such(read: Read) -> None:
    with pytest.raises(ProtectedFile):
        read(patched(zipped({"a.csv": TABLE}), 6, 1), "secret.zip")


def test_an_unknown_way_of_packing_is_unreadable(read: Read) -> None:
    with pytest.raises(UnreadableFile):
        read(patched(zipped({"a.csv": TABLE}), 8, 99), "strange.zip")


def test_a_member_that_unpacks_to_more_than_it_says_is_unreadable(read: Read) -> None:
    content = zipped({"a.csv": "a,b\n" + "1,2\n" * 99_999})
    changed = bytearray(content)
    struct.pack_into("<I", changed, content.rindex(b"PK\x01\x02") + 24, 10)
    with pytest.raises(UnreadableFile):
        read(bytes(changed), "liar.zip")


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_bombs_of_other_packings_are_refused(packed: int, read: Read, session: DuckSession) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packed) as archive:
        archive.writestr("a.csv", b"a,b\n" + bytes(60_000_000))
    with pytest.raises(OutOfProportion):
        read(target.getvalue(), "bomb.zip")
    assert kept(session) == {"visit.duckdb", "upload"}
