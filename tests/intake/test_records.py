"""Records are read by the strict rules, and by lenient ones only where those leave no doubt."""

import pytest

from segmentation.intake.records import RecordReader, Syntax, UnclosedQuotes, unwrapped


def read(text: str, **syntax: object) -> list[list[str]]:
    reader = RecordReader(text.splitlines(keepends=True), Syntax(**syntax))  # type: ignore[arg-type]
    return [record.cells for record in reader]


def test_a_record_knows_its_place_in_the_text() -> None:
    lines = ["a,b\n", '1,"x\n', 'y"\n', "\n", "2,z\n"]
    records = list(RecordReader(lines, Syntax()))
    assert [(r.line, r.n_lines, r.filled) for r in records] == [
        (1, 1, 2),
        (2, 2, 2),
        (4, 1, 0),
        (5, 1, 2),
    ]
    assert [r.text for r in records] == ["a,b\n", '1,"x\ny"\n', "\n", "2,z\n"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r'"say \"hi\"",x', ['say "hi"', "x"]),
        (r"a\,b,x", ["a,b", "x"]),
        (r"C:\temp,x", [r"C:\temp", "x"]),
        (r'"C:\\temp",x', [r"C:\temp", "x"]),
        (r'"both "" and \"",x', ['both " and "', "x"]),
    ],
)
def test_a_backslash_protects_marks_and_is_itself_elsewhere(line: str, expected: list[str]) -> None:
    assert read(line, escaped=True) == [expected]


def test_blanks_of_the_layout_are_no_part_of_cells() -> None:
    assert read('a , "b, c" , d\n', spaced=True, padded=True) == [["a", "b, c", "d"]]
    assert read("a, b\n", spaced=True) == [["a", "b"]]


def test_a_mark_never_closed_is_literal_and_cells_before_it_are_not() -> None:
    reader = RecordReader(['"x, ""y""",2,"open\n', "3,4,5\n"], Syntax())
    assert [r.cells for r in reader] == [['x, "y"', "2", '"open'], ["3", "4", "5"]]
    assert reader.unclosed == [1]


def test_a_cell_that_is_too_long_is_no_cell_of_several_lines() -> None:
    lines = ['1,"open\n', *["2,3\n"] * 50, '4,5"\n']
    assert len(list(RecordReader(lines, Syntax()))) == 1
    reader = RecordReader(lines, Syntax(), limit=20)
    assert len(list(reader)) == 52
    assert reader.unclosed == [1]


def test_a_text_without_rules_is_given_up() -> None:
    with pytest.raises(UnclosedQuotes):
        read('1,"x\n' * 300)


@pytest.mark.parametrize(
    ("line", "inside"),
    [
        ('"a,b"\n', "a,b\n"),
        ('"1,""x, y"",2";;\r\n', '1,"x, y",2\r\n'),
        ('"a","b"\n', '"a","b"\n'),
        ("a,b\n", "a,b\n"),
        ('"\n', '"\n'),
    ],
)
def test_only_a_line_that_is_one_cell_is_unwrapped(line: str, inside: str) -> None:
    assert unwrapped(line) == inside
