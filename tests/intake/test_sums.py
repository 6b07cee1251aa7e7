"""The numbers of a row are those of the rows above it, or they are a customer's."""

import pytest

from segmentation.intake.sums import Statistic, could_be_sums, is_statistic

ROWS = [["Ann", "1.200,50", "3"], ["Bob", "800,25", "5"], ["Cid", "", "4"]]


@pytest.mark.parametrize(
    ("cells", "statistic"),
    [
        ({1: "2.000,75", 2: "12"}, Statistic.SUM),
        ({1: "€ 2.000,75"}, Statistic.SUM),
        ({1: "1.000,4", 2: "4"}, Statistic.MEAN),
        ({2: "4,0"}, Statistic.MEAN),
        ({1: "2", 2: "3"}, Statistic.COUNT),
    ],
)
def test_a_statistic_is_known_by_its_numbers(cells: dict[int, str], statistic: Statistic) -> None:
    assert is_statistic(cells, ROWS, [1, 2], statistic)


@pytest.mark.parametrize(
    ("cells", "above", "statistic"),
    [
        ({1: "500", 2: "5"}, ROWS, Statistic.SUM),
        ({1: "500", 2: "5"}, ROWS, Statistic.MEAN),
        ({2: "5"}, [["Ann", "1", "5"], ["Bob", "2", "5"]], Statistic.MEAN),
        ({2: "3"}, ROWS[:1], Statistic.SUM),
        ({0: "12"}, ROWS, Statistic.SUM),
    ],
)
def test_numbers_that_say_something_else_or_nothing_are_none(
    cells: dict[int, str], above: list[list[str]], statistic: Statistic
) -> None:
    assert not is_statistic(cells, above, [1, 2], statistic)


def test_a_sum_is_at_least_what_is_seen_of_its_column() -> None:
    assert could_be_sums({1: "9.000,00"}, ROWS, [1, 2])
    assert could_be_sums({1: "9"}, [], [1])
    assert not could_be_sums({1: "900,00", 2: "5"}, ROWS, [1, 2])
