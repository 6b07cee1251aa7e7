"""Whatever the library raises or notes has a sentence, and the sentence has its values."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import segmentation
from segmentation import errors
from segmentation.criteria import CRITERIA, DEFAULT_POINTS, THRESHOLDS, Verdict
from segmentation.criteria.channels import CHANNELS
from segmentation.criteria.choices import TEXTS
from segmentation.criteria.thresholds import PLATFORMS
from segmentation.errors import SegmentationError
from segmentation.intake import Column, Kind, Operator
from segmentation.intake.filters import ABOUT_ROWS
from segmentation.notes import Note
from segmentation.profiles import Difference
from segmentation.variables import Family, Role, Scale, Variable
from segmentation.wording import Words, criteria_terms, terms
from segmentation.wording.errors import SENTENCES as ERRORS
from segmentation.wording.errors import WITHOUT, explain
from segmentation.wording.notes import SENTENCES as NOTES
from segmentation.wording.notes import say
from segmentation.wording.sentences import difference_finding, difference_sentence

EN = Words("en")
# What a number is graded as; that it is unknown has a sentence of its own.
GRADED = (Verdict.PASS, Verdict.CAUTION, Verdict.FAIL)
FILES = sorted(Path(segmentation.__file__).parent.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def placeholders(*sentences: str) -> set[str]:
    parsed = (part for sentence in sentences for part in string.Formatter().parse(sentence))
    return {field for _, field, _, _ in parsed if field}


def own_subclasses(kind: type[SegmentationError]) -> list[type[SegmentationError]]:
    """The classes below one, without those that other tests make for themselves."""
    return [c for c in kind.__subclasses__() if c.__module__.startswith("segmentation.errors")]


def error_classes(kind: type[SegmentationError] = SegmentationError) -> Iterator[type]:
    """The errors at the ends of the tree: those in between are never raised."""
    for child in own_subclasses(kind):
        yield from error_classes(child)
    if not own_subclasses(kind):
        yield kind


def calls(wanted: str) -> Iterator[tuple[str, ast.Call]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == wanted:
                yield f"{path.name}:{node.lineno}", node


def literal_codes(argument: ast.expr) -> set[str]:
    """The codes that an argument can be, an f-string's holes filled with every verdict."""
    if isinstance(argument, ast.Constant):
        return {argument.value}
    if isinstance(argument, ast.IfExp):
        return literal_codes(argument.body) | literal_codes(argument.orelse)
    if isinstance(argument, ast.JoinedStr):
        found = {""}
        for part in argument.values:
            texts = [part.value] if isinstance(part, ast.Constant) else [v.value for v in GRADED]
            found = {start + text for start in found for text in texts}
        return found
    return set()


NOTED = [
    (place, code, {k.arg for k in call.keywords}, any(k.arg is None for k in call.keywords))
    for place, call in calls("Note.of")
    for code in sorted(literal_codes(call.args[0]))
]
RAISED = [
    (place, kind, call)
    for kind in sorted(e.__name__ for e in error_classes())
    for name in (kind, f"errors.{kind}")
    for place, call in calls(name)
]


@pytest.mark.parametrize("kind", sorted(error_classes(), key=lambda kind: kind.__name__))
def test_every_error_says_what_happened_and_what_to_do(kind: type[SegmentationError]) -> None:
    happened, next_step = ERRORS[kind.__name__]
    assert happened.endswith((".", ")."))
    assert next_step.endswith(".")


def test_no_sentence_is_about_an_error_that_does_not_exist() -> None:
    assert set(ERRORS) == {kind.__name__ for kind in error_classes()}
    assert all(hasattr(errors, code) for code, _ in WITHOUT)


@pytest.mark.parametrize(("place", "kind", "call"), RAISED)
def test_an_error_is_raised_with_the_values_of_its_sentence(
    place: str, kind: str, call: ast.Call
) -> None:
    given = {k.arg for k in call.keywords}
    if None in given or kind == "UnknownColumn":
        return
    happened, next_step = ERRORS[kind]
    missing = placeholders(happened, next_step) - given
    explained_without = {name for code, name in WITHOUT if code == kind}
    assert missing <= explained_without, f"{place}: {kind} lacks {missing}"


def test_the_search_for_raised_errors_finds_them() -> None:
    assert {"NoBasis", "TooFewCustomers", "NewerStudy"} <= {kind for _, kind, _ in RAISED}


def test_errors_are_explained_with_their_numbers() -> None:
    told = explain(errors.TooFewCustomers(n_customers=1_200, needed=3_000), EN)
    assert told.happened == "There are 1,200 customers; at least 3,000 are needed."
    assert told.next_step.startswith("Add customers")


def test_an_unknown_column_names_the_nearest() -> None:
    told = explain(errors.UnknownColumn.from_names("incme", ["income", "age"]), EN)
    assert "incme" in told.happened
    assert "income" in told.next_step


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"detail": "KeyError", "exit_code": None}, "(KeyError)"),
        ({"detail": "KeyError"}, "(KeyError)"),
        ({"detail": None, "exit_code": -9}, "(exit code -9)"),
        ({"exit_code": 3}, "(exit code 3)"),
    ],
)
def test_a_failed_job_is_explained_by_what_is_known(values: dict[str, object], said: str) -> None:
    told = explain(errors.JobFailed(**values), EN).happened  # type: ignore[arg-type]
    assert said in told
    assert "None" not in told


@pytest.mark.parametrize("values", [{"limit": 1000}, {"limit": None}, {}])
def test_a_lack_of_memory_is_explained_with_and_without_a_limit(values: dict[str, int]) -> None:
    told = explain(errors.OutOfMemory(**values), EN).happened
    assert ("1,000 MB" in told) is bool(values.get("limit"))
    assert "None" not in told


def test_values_with_braces_are_said_as_they_are() -> None:
    told = explain(errors.UnreadableFile(name="{0}{x}.csv", detail="}{"), EN)
    assert "{0}{x}.csv" in told.happened


@pytest.mark.parametrize(("place", "code", "given", "open_ended"), NOTED)
def test_a_note_has_a_sentence_with_its_values(
    place: str, code: str, given: set[str], open_ended: bool
) -> None:
    assert code in NOTES, f"{place}: nobody says {code}"
    sentence = NOTES[code]
    forms = sentence if isinstance(sentence, tuple) else (sentence,)
    missing = placeholders(*forms) - given
    assert open_ended or not missing, f"{place}: {code} lacks {missing}"


def test_the_search_for_notes_finds_them() -> None:
    codes = {code for _, code, _, _ in NOTED}
    assert {"size-too-few", "size-fail", "reachability-no-consent", "sweeping"} <= codes


@pytest.mark.parametrize("code", sorted(NOTES))
def test_both_forms_of_a_sentence_have_the_same_values(code: str) -> None:
    sentence = NOTES[code]
    if isinstance(sentence, tuple):
        one, many = sentence
        assert placeholders(one) == placeholders(many)
        assert "n" in placeholders(many)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "1 customer has gaps and is placed by the answers given."),
        (1_234, "1,234 customers have gaps and are placed by the answers given."),
    ],
)
def test_a_note_is_said_in_the_form_that_suits_its_number(n: int, said: str) -> None:
    assert say(Note.of("gaps-partial", n=n), EN) == said


def test_codes_inside_a_note_are_said_as_terms() -> None:
    note = Note.of("cells-failed", name="age", n=2, kind="number")
    assert say(note, EN).startswith("2 cells of “age” could not be read as Number")


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (list(Role), terms.ROLES),
        (list(Scale), terms.SCALES),
        (list(Family), terms.FAMILIES),
        (list(Kind), terms.KINDS),
        (list(Verdict), terms.VERDICTS),
        (set(Operator) - ABOUT_ROWS, terms.OPERATORS),
        (CRITERIA, terms.CRITERIA),
        (CRITERIA, criteria_terms.QUESTIONS),
        (PLATFORMS, criteria_terms.PLATFORMS),
        (DEFAULT_POINTS, criteria_terms.ATTRIBUTES),
        (DEFAULT_POINTS, criteria_terms.ATTRIBUTE_SOURCES),
        (TEXTS, terms.PLAN_FIELDS),
        (CHANNELS, terms.CHANNELS),
        (
            ["csv", "workbook", "parquet", "warehouse", "spss", "stata", "sas"],
            terms.FORMATS,
        ),
        (["user", "codebook", "codes", "bands", "words"], terms.ORDERED_BY),
        (THRESHOLDS, terms.THRESHOLD_NAMES),
        ([t.source for t in THRESHOLDS.values()], terms.SOURCES),
    ],
)
def test_every_code_has_a_term_and_every_term_a_code(
    codes: list[str], table: dict[str, str]
) -> None:
    assert {str(code) for code in codes} == set(table)
    assert all(terms.named(table, str(code), EN) for code in codes)


def test_a_mean_rank_is_said_with_the_ends_of_its_order() -> None:
    column = Column("mood", "c0", Kind.TEXT, 0, 0, 3, levels=("low", "mid", "high"))
    variable = Variable(column, Role.BASIS, Scale.ORDINAL, None)
    difference = Difference(0, "mood", None, 2.5, 2.0, 0.6, basis=True)
    ends = "counted from 1 (“low”) to 3 (“high”)"
    said = difference_sentence(difference, variable, EN)
    assert said == f"mood: 2.5 on average, above 2 overall, {ends}."
    assert difference_finding(difference, variable, ["A"], EN).endswith(ends)
    share = Difference(0, "mood", "low", 0.1, 0.2, -0.3, basis=True)
    assert "“low” for 10%" in difference_sentence(share, variable, EN)


def test_no_code_has_no_name() -> None:
    assert terms.named(terms.FAMILIES, "", EN) == ""


def test_what_is_said_of_one_file_among_several_names_it() -> None:
    note = Note.of("rows-short", n=2).about("may.csv")
    assert say(note, EN).startswith("“may.csv”: 2 rows have fewer cells")
    told = explain(errors.EmptyFile(in_file="may.csv"), EN)
    assert told.happened == "“may.csv”: The file is empty."
    assert told.next_step.endswith("none of the others was opened, either.")


def test_a_file_that_the_sentence_names_itself_is_named_once() -> None:
    error = errors.UnreadableFile(name="may.xlsx", detail="zip", in_file="may.xlsx")
    assert explain(error, EN).happened.count("may.xlsx") == 1
