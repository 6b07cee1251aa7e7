"""The error tree: drawn as it is, explained in words, and able to cross a process border."""

import pickle  # noqa: TID251  what a pool of processes does with an error
import re
from collections.abc import Iterator

import pytest

from segmentation import errors
from segmentation.errors import SegmentationError, UnknownColumn
from segmentation.notes import Note
from segmentation.wording.errors import SENTENCES


def tree(kind: type[SegmentationError]) -> Iterator[type[SegmentationError]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from tree(narrower)


KINDS = sorted(
    {kind for kind in tree(SegmentationError) if kind.__module__.startswith("segmentation.errors")},
    key=lambda kind: kind.__name__,
)
LEAVES = [kind for kind in KINDS if kind.__base__ is not SegmentationError]


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_error_stands_in_the_drawing_under_its_base(kind: type[SegmentationError]) -> None:
    drawn = (errors.__doc__ or "").replace("\n    │                   ", " · ")
    branch = next(line for line in drawn.splitlines() if f"─ {kind.__base__.__name__} " in line)
    assert kind.__name__ in re.findall(r"\w+", branch)


def test_the_drawing_holds_nothing_else() -> None:
    drawing = (errors.__doc__ or "").partition("Enters:")[0].partition("SegmentationError\n")[2]
    assert set(re.findall(r"\w+", drawing)) == {kind.__name__ for kind in KINDS}


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_error_says_what_happened_and_what_to_do(kind: type[SegmentationError]) -> None:
    assert all(SENTENCES[kind.__name__])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_crosses_a_process_border_with_its_values(kind: type[SegmentationError]) -> None:
    error = kind(name="a", n=3, nearest=("b", "c"))
    back = pickle.loads(pickle.dumps(error))  # noqa: S301  made in the line itself
    assert type(back) is kind
    assert back.values == error.values
    assert str(back) == str(error)


def test_an_error_is_a_note_of_its_class() -> None:
    error = errors.TooManyColumns(n_columns=3, limit=2)
    assert error.note == Note.of("TooManyColumns", n_columns=3, limit=2)
    assert str(errors.EmptyFile()) == "EmptyFile"


@pytest.mark.parametrize(
    ("missing", "available", "nearest"),
    [
        ("incme", ["income", "age"], ("income",)),
        ("INCOME", ["age", "income"], ("income",)),
        ("Age", ["AGE", "page", "x"], ("AGE", "page")),
        ("zzz", ["a", "b"], ("a", "b")),
        ("zzz", [], ()),
        ("zzz", [f"c{i}" for i in range(9)], ("c0", "c1", "c2", "c3", "c4")),
    ],
)
def test_an_unknown_column_names_the_nearest_that_exist(
    missing: str, available: list[str], nearest: tuple[str, ...]
) -> None:
    error = UnknownColumn.from_names(missing, available)
    assert error.values == {"name": missing, "nearest": nearest}


def test_a_note_knows_its_values_by_name_whatever_their_order() -> None:
    assert Note.of("code", b=1, a="x") == Note.of("code", a="x", b=1)
    assert Note.of("code", a=None).get("a") is None
    with pytest.raises(KeyError):
        Note.of("code").get("a")
