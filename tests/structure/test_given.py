from pathlib import Path

import pandas as pd
import pytest

from segmentation.errors import NoGivenSegments, TooManyGivenSegments
from segmentation.intake import Condition, Operator
from segmentation.structure import may_give, of_column
from tests.markets import open_market

CRM = ["gold", "silver", None, "silver", "bronze, “old”"] * 4


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "crm": CRM,
            "number": [10, 2, 2, 3, 10] * 4,
            "many": [f"v{i}" if i < 31 else "" for i in range(20)],
            "visits": range(20),
            "day": [f"2024-01-{1 + i % 3:02d}" for i in range(20)],
            "same": "x",
        }
    )


def test_the_largest_given_segment_comes_first_and_gaps_belong_to_none(tmp_path: Path) -> None:
    found = of_column(open_market(tmp_path, frame()).table, "crm")
    assert [segment.called for segment in found.segments] == ["silver", "bronze, “old”", "gold"]
    assert found.sizes == (8, 4, 4)
    assert found.n_unassigned == 4
    assert found.at(found.rows[2:3]).tolist() == [-1]


def test_numbers_give_segments_in_their_order(tmp_path: Path) -> None:
    found = of_column(open_market(tmp_path, frame()).table, "number")
    assert [segment.called for segment in found.segments] == ["2", "3", "10"]
    assert found.sizes == (8, 4, 8)


def test_only_the_population_is_in_given_segments(tmp_path: Path) -> None:
    only = Condition("visits", Operator.AT_LEAST, ("10",))
    found = of_column(open_market(tmp_path, frame(), conditions=[only]).table, "crm")
    assert sum(found.sizes) + found.n_unassigned == 10
    assert found.rows.min() == 10


def test_a_column_that_tells_nobody_apart_gives_no_segments(tmp_path: Path) -> None:
    big = pd.concat([frame()] * 2).assign(many=[f"v{i}" for i in range(40)])
    table = open_market(tmp_path, big).table
    with pytest.raises(TooManyGivenSegments) as refused:
        of_column(table, "many")
    assert refused.value.values == {"name": "many", "n": 40, "limit": 30}
    for name in ("same", "day"):
        with pytest.raises(NoGivenSegments):
            of_column(table, name)
    offered = [column.name for column in table.columns if may_give(column)]
    assert offered == ["crm", "number", "visits"]
