from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from segmentation.intake import Condition, Operator
from segmentation.profiles import by_segment, labelled
from tests.markets import Market, open_market

AGES = list(range(20, 60))
SEGMENTS = [row % 3 for row in range(40)]


def opened(folder: Path, conditions: tuple[Condition, ...] = ()) -> Market:
    frame = pd.DataFrame({"age": AGES, "visits": [age % 7 for age in AGES]})
    return open_market(folder, frame, conditions=conditions)


def rows_and_segments(market: Market, labels: str) -> dict[int, int]:
    rows = labelled(market.table, market.variables, labels)
    found = market.table.session.arrow(rows.select("__row", "segment", "weight")).to_pylist()
    assert all(row["weight"] == 1 for row in found)
    return {row["__row"]: row["segment"] for row in found}


@pytest.mark.parametrize("order", ["of the file", "backwards", "two exchanged", "some missing"])
def test_every_customer_has_the_own_segment_whatever_the_order_of_labels(
    tmp_path: Path, order: str
) -> None:
    market = opened(tmp_path)
    rows = list(range(40))
    if order == "backwards":
        rows.reverse()
    elif order == "two exchanged":
        rows[17], rows[18] = 18, 17
    elif order == "some missing":
        rows = rows[:-1]
    labels = pa.table({"__row": rows, "segment": [SEGMENTS[row] for row in rows]})
    market.table.session.put("labels", labels)
    assert rows_and_segments(market, "labels") == {row: SEGMENTS[row] for row in rows}


def test_a_condition_leaves_labelled_customers_out(tmp_path: Path) -> None:
    market = opened(tmp_path, (Condition("age", Operator.AT_LEAST, ("30",)),))
    found = rows_and_segments(market, market.labelled(SEGMENTS))
    assert found == {row: SEGMENTS[row] for row, age in enumerate(AGES) if age >= 30}


def test_who_is_looked_for_among_labelled_customers_keeps_the_own_segment(tmp_path: Path) -> None:
    market = opened(tmp_path)
    rows = labelled(market.table, market.variables, market.labelled(SEGMENTS))
    key = market.table.column("age").key
    old = rows.filter(rows[key] >= 45)
    found = by_segment(market.table, old, {"n": old.count()}, 3)
    wanted = [s for s, age in zip(SEGMENTS, AGES, strict=True) if age >= 45]
    assert found["n"].tolist() == np.bincount(wanted).tolist()
