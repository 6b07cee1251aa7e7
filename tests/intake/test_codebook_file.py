"""Codebooks that came as a table: headers in two languages, values in many spellings."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.errors import NotACodebook
from segmentation.intake.codebook import Entry
from segmentation.intake.codebook_file import read_codebook
from segmentation.intake.codebook_text import codes_in, pairs_in
from segmentation.intake.codebook_use import matched

SEX = (("1", "Male"), ("2", "Female"))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("1=Male; 2=Female", {"1": "Male", "2": "Female"}),
        ("1: 男, 2: 女", {"1": "男", "2": "女"}),
        ("1：男，2：女", {"1": "男", "2": "女"}),
        ("1、男；2、女", {"1": "男", "2": "女"}),
        ("1 'Never' 2 'Often'", {"1": "Never", "2": "Often"}),
        ('1 "Never", 2 "Often, or always".', {"1": "Never", "2": "Often, or always"}),
        ("'m' = 'Male' | 'f' = 'Female'", {"m": "Male", "f": "Female"}),
        ("0 - none\n1 - some", {"0": "none", "1": "some"}),
        ("1. Never 2. Often", {"1": "Never", "2": "Often"}),
        ("a: 男  b: 女", {"a": "男", "b": "女"}),
        ("1) no / 2) yes", {"1": "no", "2": "yes"}),
        ("1=18-25; 2=26-35", {"1": "18-25", "2": "26-35"}),
        ("1=Below 10,000, 2=more", {"1": "Below 10,000", "2": "more"}),
        ("1=$30,001 to $60,000; 2=and/or", {"1": "$30,001 to $60,000", "2": "and/or"}),
        ("-1=refused;99=NA;1.5=half", {"-1": "refused", "99": "NA", "1.5": "half"}),
        ("1=never, 2, 3=always", {"1": "never", "2": "2", "3": "always"}),
        ("10 -> ten → all", {"10": "ten → all"}),
        ("", {}),
    ],
)
def test_values_in_one_cell_are_read(text: str, pairs: dict[str, str]) -> None:
    assert pairs_in(text) == (pairs, [])


@pytest.mark.parametrize("text", ["1-5", "see annex", "1,2,3", "numeric"])
def test_values_that_say_no_code_and_label_are_not_guessed(text: str) -> None:
    assert pairs_in(text)[0] == {}
    assert pairs_in(text)[1]


LABELS = st.text(string.ascii_letters + "男女 -+&", min_size=1, max_size=12).filter(
    lambda text: text == text.strip() and "  " not in text and text[0].isalpha()
)


@given(
    st.dictionaries(st.integers(-9, 99).map(str), LABELS, min_size=1, max_size=7),
    st.sampled_from(["=", " = ", ": ", "："]),
    st.sampled_from(["; ", ";", "；", "\n", " | "]),
)
def test_codes_and_labels_come_back(values: dict[str, str], equals: str, apart: str) -> None:
    text = apart.join(f"{code}{equals}{label}" for code, label in values.items())
    assert pairs_in(text) == (values, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("99, 98", ["99", "98"]),
        ("99；98、-1", ["99", "98", "-1"]),
        ("97-99", ["97", "98", "99"]),
        ("97 thru 99, 0", ["97", "98", "99", "0"]),
        ("-9", ["-9"]),
        ("99=refused; 98=unknown", ["99", "98"]),
        ("unknown", ["unknown"]),
        ("", []),
    ],
)
def test_missing_codes_are_read(text: str, found: list[str]) -> None:
    assert list(codes_in(text)) == found


@pytest.mark.parametrize(
    "rows",
    [
        [{"Variable": "sex", "Values": "1=Male; 2=Female", "Missing": "99"}],
        [{"name": " SEX ", "value_labels": "1: Male, 2: Female", "Missing values": "99"}],
        [{"变量名": "sex", "取值": "1=Male；2=Female", "缺失值": "99"}],
        [{"字段": "Sex", "值": "1=Male；2=Female", "缺失": "99"}],
        [
            {"variable": "sex", "code": "1", "value label": "Male", "missing": "99"},
            {"variable": None, "code": "2", "value label": "Female", "missing": None},
        ],
        [
            {"variable": "sex", "value": "1", "label": "Male", "missing": "99"},
            {"variable": "sex", "value": "2", "label": "Female", "missing": ""},
        ],
    ],
)
def test_a_codebook_is_read_whatever_its_form(rows: list[dict[str, str | None]]) -> None:
    read = read_codebook(rows)
    assert matched(read.codebook, ["id", "Sex"]) == ({"Sex": Entry("", SEX, ("99",))}, ())
    assert read.notes == ()


@pytest.mark.parametrize("header", ["label", "Question", "Description", "标签", "题目", "含义"])
def test_the_question_is_the_label(header: str) -> None:
    read = read_codebook([{"变量": "q1", header: "How often?", "选项": "1=a"}])
    assert read.codebook["q1"] == Entry("How often?", (("1", "a"),))


@pytest.mark.parametrize(
    "header", ["reverse", "Reversed", "reverse-coded", "reverse_scored", "反向"]
)
@pytest.mark.parametrize(
    ("word", "is_reversed"),
    [
        *((word, True) for word in ("yes", "1", "x", "是", "R", "-")),
        *((word, False) for word in ("no", "", "0", "否", "+")),
    ],
)
def test_reversed_items_are_marked(header: str, word: str, is_reversed: bool) -> None:
    read = read_codebook([{"item": "q1", header: word}])
    assert read.codebook["q1"].is_reversed is is_reversed
    assert not read.notes


def test_what_is_not_understood_is_told() -> None:
    rows = [
        {"variable": "q1", "values": "as in the annex", "reversed": "perhaps"},
        {"variable": "q9", "values": "1=a", "reversed": None},
        {"variable": "", "values": "2=b", "reversed": ""},
    ]
    read = read_codebook(rows)
    assert list(read.codebook) == ["q1", "q9"]
    assert {note.code: note.values for note in read.notes} == {
        "codebook-text-unclear": (("n", 2), ("texts", ("as in the annex", "perhaps"))),
    }


@pytest.mark.parametrize("rows", [[], [{"a": "1", "b": "2"}]])
def test_a_table_without_variable_names_is_no_codebook(rows: list[dict[str, str]]) -> None:
    with pytest.raises(NotACodebook) as refused:
        read_codebook(rows)
    assert refused.value.values == {"columns": tuple(rows[0]) if rows else ()}
