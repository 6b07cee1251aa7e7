"""The rows of a large file in UTF-8, taken as bytes."""

from pathlib import Path

import pytest

from segmentation.errors import CellTooLong
from segmentation.intake.limits import MAX_LINE_BYTES
from segmentation.intake.plain import is_clean, plain_start, whole_lines
from segmentation.intake.window import Window


def window_of(folder: Path, content: bytes, encoding: str = "utf-8", skip: int = 1) -> Window:
    path = folder / "rows.csv"
    path.write_bytes(content)
    return Window(path, encoding, skip)


def rows_of(window: Window) -> bytes:
    start = plain_start(window)
    assert start is not None
    return b"".join(whole_lines(window, start))


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_rows_are_the_bytes_below_the_header(tmp_path: Path, end: bytes) -> None:
    rows = "Ünal,1\n王,2\n".encode().replace(b"\n", end)
    assert rows_of(window_of(tmp_path, b"name,n" + end + rows)) == rows


def test_a_mark_of_byte_order_is_no_row(tmp_path: Path) -> None:
    content = "\ufeffa,1\nb,2\n".encode()
    assert rows_of(window_of(tmp_path, content, "utf-8-sig", skip=0)) == b"a,1\nb,2\n"


def test_a_last_line_without_an_end_gets_one(tmp_path: Path) -> None:
    assert rows_of(window_of(tmp_path, b"h\na\nb")) == b"a\nb\n"


def test_nothing_beyond_the_last_row_is_taken(tmp_path: Path) -> None:
    window = window_of(tmp_path, b"h\na\nb\nTotal\n")
    assert rows_of(Window(window.path, "utf-8", 1, end=6)) == b"a\nb\n"


def test_every_part_ends_with_a_line_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("segmentation.intake.plain._CHUNK", 7)
    rows = b"".join(b"%d,%d\r\n" % (i, i * i) for i in range(200))
    window = window_of(tmp_path, b"i,square\r\n" + rows)
    parts = list(whole_lines(window, 10))
    assert all(part.endswith(b"\r\n") for part in parts)
    assert b"".join(parts) == rows


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(b"h\na\n", "gb18030"), (b"h\ra\r", "utf-8"), (b"h\rtwo\na\n", "utf-8")],
)
def test_rows_that_only_a_text_shows_are_left_to_the_text(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    assert plain_start(window_of(tmp_path, content, encoding)) is None


def test_a_line_over_the_limit_is_refused(tmp_path: Path) -> None:
    window = window_of(tmp_path, b"h\n" + b"x" * (MAX_LINE_BYTES + 1))
    with pytest.raises(CellTooLong):
        list(whole_lines(window, 2))


@pytest.mark.parametrize("part", [b"a\0b", b"\xff", "a\ufeffb".encode(), "a\ufffdb".encode()])
def test_what_is_counted_or_removed_is_not_clean(part: bytes) -> None:
    assert not is_clean(part)
