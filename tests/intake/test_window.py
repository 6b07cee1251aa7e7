"""A file larger than what is looked at first: its end is found all the same, lines are counted."""

import pytest

from segmentation.intake import RawTable
from tests.intake.cells import codes
from tests.intake.conftest import Read

N = 60_000


def large(end: str, quote: str) -> str:
    rows = "".join(f"{i},{quote}Köln {i}{quote},{i % 97}{end}" for i in range(N))
    half = rows.index(f"{N // 2},{quote}Köln")
    middle = f"# checked up to here{end}id,city,spend{end}"
    return f"id,city,spend{end}{rows[:half]}{middle}{rows[half:]}"


def listed(raw: RawTable) -> list[tuple[int, str, str]]:
    rows = raw.session.rows("SELECT line, reason, text FROM raw_rejects ORDER BY line")
    return [(row["line"], row["reason"], row["text"]) for row in rows]


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_end_of_a_large_file_is_found_and_lines_are_those_of_the_file(
    end: str, quote: str, read: Read
) -> None:
    raw = read(f"{large(end, quote)}Total,,47{end}{end}Source: us{end}")
    assert raw.n_rows == N
    assert raw.session.rows("SELECT count(*) AS n FROM raw WHERE CAST(r0 AS INT) <> __row") == [
        {"n": 0}
    ]
    assert listed(raw) == [
        (N // 2 + 2, "comment", "# checked up to here"),
        (N // 2 + 3, "repeated-header", "id,city,spend"),
        (N + 4, "totals", "Total,,47"),
        (N + 6, "note", "Source: us"),
    ]
    assert raw.n_rejected == 4
    assert codes(raw) == ["rows-set-aside"] * 4


def test_a_large_file_that_ends_inside_a_cell_of_many_lines_loses_no_row(read: Read) -> None:
    cell = '"' + "line\n" * 40_000 + 'Total,,1\n"'
    raw = read("id,note,n\n" + "1,x,2\n" * 200_000 + f"2,{cell},3\n")
    assert raw.n_rows == 200_001
    assert raw.n_rejected == 0


def test_a_large_file_of_two_bytes_a_character_is_read_to_its_end(read: Read) -> None:
    raw = read(large("\r\n", "").encode("utf-16"))
    assert (raw.n_rows, raw.source.encoding) == (N, "utf-16")


def test_a_character_broken_after_the_sample_is_counted_and_changes_nothing_else(
    read: Read,
) -> None:
    text = large("\n", "").encode()
    raw = read(text + b"7,M\xfcller,3\n")
    assert (raw.source.encoding, raw.source.confidence) == ("utf-8", 1.0)
    note = next(note for note in raw.notes if note.code == "characters-broken")
    assert note.get("n") == 1


def test_letters_that_begin_after_the_sample_decide_the_encoding(read: Read) -> None:
    plain = large("\n", "").replace("ö", "oe")
    raw = read(plain.encode() + "7,Müller Nürnberg,3\n8,José Málaga,4\n".encode("cp1252"))
    assert raw.source.encoding == "cp1252"
    last = raw.session.rows("SELECT r1 FROM raw ORDER BY __row DESC LIMIT 2")
    assert last == [{"r1": "José Málaga"}, {"r1": "Müller Nürnberg"}]
