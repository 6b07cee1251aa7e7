import numpy as np

from segmentation.structure import Move, Partition, Segment
from segmentation.structure.comparison import Comparison
from segmentation.wording import words_in
from segmentation.wording.structure import (
    clearer_sentence,
    default_names,
    moved_sentence,
    names_on_show,
)

WORDS = words_in("en")


def of(*segments: Segment, parent: Partition | None = None) -> Partition:
    nobody = np.empty(0, np.int64)
    return Partition("", nobody, nobody.astype(np.int16), segments, parent)


def test_a_given_segment_is_called_what_its_column_calls_it() -> None:
    given = of(*(Segment(i, called=text) for i, text in enumerate(["gold", "3", "-1.5", "4 b"])))
    assert default_names(given, ("",) * 4, WORDS) == (
        *("gold", "Segment 3", "Segment -1.5", "4 b"),
    )


def test_a_part_is_called_by_its_segment_and_a_letter() -> None:
    macro = of(Segment(0), Segment(1))
    leaves = of(Segment(0, 0), Segment(0, 1), Segment(1), parent=macro)
    assert default_names(leaves, ("", ""), WORDS) == ("Segment 1a", "Segment 1b", "Segment 2")
    assert default_names(leaves, ("Fans", "Rest"), WORDS) == ("Fans a", "Fans b", "Rest")
    named = names_on_show(leaves, ("", "Big fans", ""), ("Fans", ""), WORDS)
    assert named == ("Fans a", "Big fans", "Segment 2")
    called = of(Segment(0, 0, "north"), Segment(0, 1, "south"), Segment(1), parent=macro)
    assert default_names(called, ("", ""), WORDS)[0] == "Segment 1: north"


def test_two_solutions_are_told_with_their_numbers() -> None:
    counts = np.array([[1_000, 234]])
    found = Comparison(counts, 0.71, (0,), (Move(0, 1, 234, 0.19),))
    told = moved_sentence(found, WORDS)
    assert told == "234 of 1,234 customers moved; agreement 0.71."
    assert "about equally clear" in clearer_sentence(0.21, 0.205, 9, WORDS)
    assert "on show is clearer" in clearer_sentence(0.31, 0.2, 9, WORDS)
    beside = clearer_sentence(0.2, 0.31, 9, WORDS)
    assert "beside them is clearer" in beside
    assert "9 variables they explain 20% and 31%" in beside
