import math

import pytest

from segmentation.profiles import (
    LevelFact,
    NumberFact,
    Profile,
    largest_difference,
    largest_differences,
)


def number(variable: str, z: float, segment: int = 0, mean: float = 1.0) -> NumberFact:
    return NumberFact(segment, variable, 10, 10.0, mean, 1.0, 2.0, 50.0, z)


def level(variable: str, name: str | None, share: float, overall: float) -> LevelFact:
    return LevelFact(0, variable, name, 10, share, overall, 100 * share / overall)


def described(*facts: NumberFact | LevelFact) -> Profile:
    return Profile(
        k=2,
        sizes=(),
        numbers=tuple(f for f in facts if isinstance(f, NumberFact)),
        levels=tuple(f for f in facts if isinstance(f, LevelFact)),
        basis=("spend", "style"),
    )


def test_the_largest_come_first_in_either_direction() -> None:
    facts = (number("spend", 0.5), number("style", -0.9))
    ranked = largest_differences(described(*facts), 0, basis=True)
    assert [(d.variable, d.effect) for d in ranked] == [("style", -0.9), ("spend", 0.5)]


def test_basis_and_other_variables_are_ranked_apart() -> None:
    facts = described(number("spend", 0.5), number("age", 2.0))
    assert [d.variable for d in largest_differences(facts, 0, basis=True)] == ["spend"]
    assert [d.variable for d in largest_differences(facts, 0, basis=False)] == ["age"]


def test_a_category_speaks_through_its_most_different_level_only() -> None:
    facts = described(level("town", "Ulm", 0.5, 0.2), level("town", "Bonn", 0.1, 0.2))
    (only,) = largest_differences(facts, 0, basis=False)
    assert only.level == "Ulm"
    assert only.effect == pytest.approx(0.3 / math.sqrt(0.2 * 0.8))


@pytest.mark.parametrize(("effect", "said"), [(0.19, 0), (0.2, 1), (-0.2, 1), (math.nan, 0)])
def test_small_differences_are_not_worth_saying(effect: float, said: int) -> None:
    assert len(largest_differences(described(number("age", effect)), 0, basis=False)) == said


def test_gathered_levels_other_segments_and_unknown_numbers_say_nothing() -> None:
    facts = described(
        level("town", None, 0.9, 0.2),
        number("age", 2.0, segment=1),
        number("income", 2.0, mean=math.nan),
        level("always", "yes", 1.0, 1.0),
    )
    assert largest_differences(facts, 0, basis=False) == ()


def test_no_more_are_said_than_asked_for_and_equals_are_in_order_of_name() -> None:
    facts = described(*(number(name, 1.0) for name in "dbca"))
    assert [d.variable for d in largest_differences(facts, 0, basis=False, n=3)] == ["a", "b", "c"]


def test_the_largest_difference_is_sought_in_every_segment() -> None:
    facts = described(number("spend", 0.5), number("style", -0.9, segment=1), number("age", 2.0))
    largest = largest_difference(facts, basis=True)
    assert largest is not None
    assert (largest.segment, largest.variable) == (1, "style")
    assert largest_difference(described(number("spend", 0.1)), basis=True) is None
