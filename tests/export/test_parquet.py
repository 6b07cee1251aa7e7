import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from segmentation.export import Levels, side_by_side, write_csv, write_parquet
from segmentation.variables import Role
from tests.markets import Market, open_market

NAMES = ("City folk", "Regulars")
TEXT = (
    "code,n,half,member,when\n"
    "007,1,1.5,yes,2024-01-02\n"
    "010,2,n/a,no,2024-03-04\n"
    "a,3,-2.5,yes,\n"
    "b,4,0,no,2024-05-06\n"
)


@pytest.fixture
def market(tmp_path: Path) -> Market:
    return open_market(tmp_path, TEXT, rest=Role.IGNORE)


def test_parquet_keeps_the_kinds_of_the_columns(market: Market) -> None:
    path = write_parquet(
        market.table, market.labelled([0, 1, 0, None]), NAMES, market.folder / "o.parquet"
    )
    found = pq.read_table(path)
    types = {field.name: str(field.type) for field in found.schema}
    assert types == {
        "code": "string",
        "n": "int64",
        "half": "double",
        "member": "bool",
        "when": "timestamp[us]",
        "segment_id": "int32",
        "segment": "string",
    }
    rows = found.to_pylist()
    assert rows[1] | {"when": None} == {
        "code": "010",
        "n": 2,
        "half": None,
        "member": False,
        "when": None,
        "segment_id": 2,
        "segment": "Regulars",
    }
    assert rows[0]["when"] == dt.datetime(2024, 1, 2)
    assert [row["segment_id"] for row in rows] == [1, 2, 1, None]


def test_parquet_names_both_levels_where_segments_were_split(market: Market) -> None:
    levels = Levels((0, 0), ("Everybody",), ("1a", "1b"))
    labels = market.labelled([0, 1, 0, 1])
    path = write_parquet(market.table, labels, NAMES, market.folder / "o.parquet", levels)
    last = pq.read_table(path).to_pylist()[-1]
    assert list(last.values())[-4:] == [1, "Everybody", "1b", "Regulars"]


def test_rows_that_are_not_in_order_are_looked_up_instead(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = market.labelled([1, None, 0, 1])
    beside = write_csv(market.table, labels, NAMES, market.folder / "a.csv").read_bytes()
    session, raw = market.table.session, market.table.raw.table
    session.create("turned", " ".join(["SELECT * FROM", raw, "ORDER BY __row DESC"]))
    session.rename("turned", raw)
    looked_up = []
    found = side_by_side.labelled_rows
    monkeypatch.setattr(
        side_by_side, "labelled_rows", lambda *told: looked_up.append(told) or found(*told)
    )
    assert write_csv(market.table, labels, NAMES, market.folder / "b.csv").read_bytes() == beside
    assert len(looked_up) == 1
