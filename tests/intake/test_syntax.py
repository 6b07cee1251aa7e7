"""The marks that make a text most regular are its marks."""

import pytest

from segmentation.intake.syntax import guess_syntax


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a,b\n1;2,3\n4;5,6\n", ","),
        ("Title; of all\n\na,b,c\n1,2,3\n4,5,6\n", ","),
        ("a,b,c\n1\n2\n3\n4,5,6\n", ","),
        ("name|tags\nAnn|a,b\nBob|c,d\n", "|"),
        ("sep=^\na^b\n1^2\n", "^"),
        ("joined\n2024-01-02 10:00\n", ","),
    ],
)
def test_the_delimiter_is_the_one_of_the_table(text: str, delimiter: str) -> None:
    assert guess_syntax(text)[0].delimiter == delimiter


def test_a_column_of_sentences_is_not_cut_at_its_commas() -> None:
    syntax, _ = guess_syntax("comment\nGood, cheap\nBad\nNice, fast, good\n")
    assert syntax.delimiter != ","


@pytest.mark.parametrize(
    "text",
    [
        "name,born\nO'Brien,'72\nD'Arcy,'73\n",
        "a,b\n\"x\",'y'\n\"z\",'w'\n",
        "a,b\n1,2\n",
    ],
)
def test_apostrophes_in_words_enclose_nothing(text: str) -> None:
    assert guess_syntax(text)[0].quote == '"'


def test_apostrophes_around_cells_enclose_them() -> None:
    assert guess_syntax("'a','b'\n'1','it''s, well'\n")[0].quote == "'"


@pytest.mark.parametrize(
    "text",
    [
        "path,n\nC:\\temp,1\nC:\\new,2\n",
        'a,b\n1,"a\\"\n2,"b\\"\n',
        'size,n\n5\\" pipe,1\n6\\" pipe,2\n',
    ],
)
def test_backslashes_that_protect_nothing_are_characters(text: str) -> None:
    syntax, _ = guess_syntax(text.replace('5\\"', "5").replace('6\\"', "6"))
    assert not syntax.escaped


def test_quoted_sentences_in_one_column_are_no_wrapped_rows() -> None:
    text = 'comment\n"Good, cheap"\n"Bad"\n"Nice, fast, good"\n"Well, well, well, well"\n'
    assert not guess_syntax(text)[0].wrapped


def test_one_cell_with_a_blank_before_it_pads_nothing() -> None:
    assert not guess_syntax("a,b,c\n1, x,2\n3,y,4\n")[0].padded


def test_the_users_delimiter_comes_before_the_files_own() -> None:
    syntax, notes = guess_syntax("sep=;\na;b,c\n1;2,3\n", ",")
    assert (syntax.delimiter, notes) == (",", ())
