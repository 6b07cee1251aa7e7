"""Every finding has its sentences, and its numbers stand in them."""

import ast
import datetime as dt
import string
from pathlib import Path

import pytest

import segmentation.audit
from segmentation.audit import LIMITS, Action, Audit, Finding, Repair, SampleSize, Severity
from segmentation.audit.dates import DAY_FIRST, MONTH_FIRST
from segmentation.audit.findings import named
from segmentation.audit.run import GATHERED
from segmentation.wording import Words
from segmentation.wording.audit_effects import EFFECTS, LIMIT_SOURCES, REPAIRS
from segmentation.wording.audit_sentences import FOUND, FOUND_IN_SEVERAL
from segmentation.wording.findings import (
    audit_lines,
    effect,
    found,
    limit_text,
    repair_label,
    sample_sentence,
)
from segmentation.wording.terms import SEVERITIES

EN = Words("en")
ROOM = Path(segmentation.audit.__file__).parent
# What every finding has; the rest must be among its values.
OWN = {"n", "share", "name", "names"}
SIZE = SampleSize(n_customers=900, n_basis=9, wanted=900, least=630, binary_rule=2560)


def codes_in_the_room() -> set[str]:
    """All strings of the room that could be the code of a finding: those with a sentence."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in ROOM.glob("*.py"))
    return {
        str(node.value)
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def found_codes() -> set[str]:
    """The first arguments of what the room makes findings of."""
    makers = {"Finding", "_group", "_Gaps", "_Range", "_Dates", "_Cells"}
    codes = set()
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in makers and node.args:
                code = node.args[0]
                codes |= {code.value} if isinstance(code, ast.Constant) else set()
    return {str(code) for code in codes}


def holes(*sentences: str) -> set[str]:
    parsed = (part for sentence in sentences for part in string.Formatter().parse(sentence))
    return {name for _, name, _, _ in parsed if name}


def forms(sentence: str | tuple[str, str]) -> tuple[str, ...]:
    return sentence if isinstance(sentence, tuple) else (sentence,)


def test_every_finding_has_a_sentence_and_an_effect() -> None:
    assert found_codes() <= set(FOUND)
    assert len(found_codes()) > 20
    assert set(FOUND) == set(EFFECTS)


def test_no_sentence_is_about_a_finding_that_nobody_makes() -> None:
    assert set(FOUND) <= codes_in_the_room()


def test_what_is_gathered_can_be_said_of_several_columns() -> None:
    assert set(FOUND_IN_SEVERAL) == set(GATHERED)


@pytest.mark.parametrize("code", sorted(FOUND))
def test_sentences_are_whole_and_their_forms_agree(code: str) -> None:
    told = forms(FOUND[code])
    assert all(sentence.endswith(".") for sentence in (*told, EFFECTS[code]))
    assert len({frozenset(holes(sentence)) for sentence in told}) == 1
    assert len(told) == 1 or "n" in holes(*told)
    # A sentence for several columns cannot know more than the one for a single column.
    assert holes(FOUND_IN_SEVERAL.get(code, "")) <= holes(*told) | OWN


def test_every_repair_limit_and_severity_has_words() -> None:
    assert set(REPAIRS) == {*(action.value for action in Action), DAY_FIRST, MONTH_FIRST}
    assert {limit.source for limit in LIMITS.values()} <= set(LIMIT_SOURCES)
    assert set(SEVERITIES) == {severity.value for severity in Severity}


def gaps(*columns: str) -> Finding:
    repair = Repair(Action.DESCRIBE_ONLY, columns)
    return Finding("missing-much", columns, Severity.DISTORTS, 40, 0.4, (), "missing-much", repair)


def test_a_finding_is_said_with_its_numbers_and_its_limit() -> None:
    assert found(gaps("age"), EN) == "“age”: 40% of the values are missing."
    assert effect(gaps("age"), EN).startswith("Customers are placed")
    assert limit_text(gaps("age"), EN).startswith("The limit is 30%. Our own choice")


def test_several_columns_are_listed_up_to_five() -> None:
    told = found(gaps(*"abcdefgh"), EN)
    assert told == "a, b, c, d, e, and 3 more: up to 40% of the values are missing."


@pytest.mark.parametrize(
    ("n", "told"),
    [(1, "1 value of “orders” is negative."), (7, "7 values of “orders” are negative.")],
)
def test_a_finding_is_said_in_the_form_that_suits_its_number(n: int, told: str) -> None:
    finding = Finding("impossible-negative", ("orders",), Severity.WEAKENS, n, 0.1)
    assert found(finding, EN) == told
    assert limit_text(finding, EN) == ""


def test_text_from_the_file_is_said_as_it_is() -> None:
    values = named(texts=("{n}",))
    finding = Finding("placeholder-words", ("{x}",), Severity.WEAKENS, 3, 0.1, values)
    assert found(finding, EN) == "3 cells of “{x}” (10%) hold “{n}”."


@pytest.mark.parametrize(
    ("repair", "label"),
    [
        (Repair(Action.EXCLUDE_COLUMN, ("a", "b")), "Set a and b aside"),
        (Repair(Action.TREAT_AS_MISSING, ("a",), ("?", "-")), "Count “?” and “-” as missing"),
        (Repair(Action.KEEP_ONE_OF, ("a", "b"), ("b",)), "Keep only “b”"),
        (Repair(Action.CHOOSE_DATE_ORDER, ("a",), (DAY_FIRST,)), "Read the day first"),
        (
            Repair(Action.CHOOSE_DATE_ORDER, ("a",), (DAY_FIRST, MONTH_FIRST)),
            "Choose the order of the date",
        ),
    ],
)
def test_a_button_says_what_it_decides(repair: Repair, label: str) -> None:
    assert repair_label(repair, EN) == label


def test_the_lines_begin_with_what_was_read_and_end_calmly_where_nothing_is_wrong() -> None:
    calm = Audit(1_200, 0, 1_200, 0, 0.0, SIZE, ())
    first, second, last = audit_lines(calm, EN)
    assert first.startswith("1,200 rows read, 0 lines set aside")
    assert second == sample_sentence(SIZE, EN)
    assert last == "Nothing in this table stands in the way of a segmentation."
    bad = Audit(1_200, 0, 1_200, 0, 0.0, SIZE, (gaps("age"),))
    line = audit_lines(bad, EN)[-1]
    assert line.startswith("Distorts: “age”: 40%")
    assert line.endswith("Proposed: Only describe with age.")


@pytest.mark.parametrize(
    ("n", "m", "said"),
    [(900, 9, "are enough"), (899, 9, "900 are wanted"), (900, 1, "Fewer than two variables")],
)
def test_the_rule_of_sample_size_is_said_with_its_numbers(n: int, m: int, said: str) -> None:
    size = SampleSize(n, m, 100 * m, 70 * m, 5 * 2**m)
    assert said in sample_sentence(size, EN)


def test_dates_are_said_with_the_day_that_counts_as_today() -> None:
    day = dt.date(2026, 6, 1).isoformat()
    values = named(as_of=day, texts=())
    finding = Finding("date-future", ("since",), Severity.WEAKENS, 2, 0.1, values)
    assert found(finding, EN) == "2 dates in “since” lie after 2026-06-01."
