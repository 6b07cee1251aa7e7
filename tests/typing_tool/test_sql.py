import duckdb
import numpy as np
import pandas as pd
import pytest

from segmentation.typing_tool import ScoreCard, select_segments
from tests.asked import MOOD, NAMES, SPEND, TOWN, Asked, customers, values_for
from tests.postgres import Postgres

TABLE = 'our "customers"'


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells as a warehouse holds them, in columns of one type each."""
    kinds = dict.fromkeys([SPEND, MOOD, "branch"], "float") | dict.fromkeys([TOWN, "grade"], "str")
    return frame.astype(kinds)


def labels_by_sql(card: ScoreCard, frame: pd.DataFrame) -> pd.DataFrame:
    with duckdb.connect() as connection:
        connection.register("given", frame)
        connection.execute('CREATE TABLE "our ""customers""" AS SELECT * FROM given')
        sql = select_segments(card, NAMES, table=TABLE, taken=list(frame.columns))
        return connection.execute(sql).df()


def test_sql_gives_the_labels_of_the_library_to_a_hundred_thousand_random_rows(
    asked: Asked,
) -> None:
    frame, _ = customers(100_000, seed=9)
    frame["place"] = np.arange(len(frame))
    expected = asked.card.labels_of(values_for(asked.card, frame))
    found = labels_by_sql(asked.card, typed(frame)).sort_values("place")
    assert (found["segment_id"].to_numpy() == expected + 1).all()
    assert found["segment"].tolist() == [NAMES[label] for label in expected]
    assert len(set(expected)) == 4


@pytest.mark.parametrize("n_questions", [1, 2, 6])
def test_sql_agrees_for_every_number_of_questions(asked: Asked, n_questions: int) -> None:
    card = asked.golden.cards[n_questions - 1]
    frame, _ = customers(3_000, seed=n_questions)
    frame["place"] = np.arange(len(frame))
    found = labels_by_sql(card, typed(frame)).sort_values("place")
    expected = card.labels_of(values_for(card, frame))
    assert (found["segment_id"].to_numpy() == expected + 1).all()


def test_a_warehouse_gives_the_labels_of_the_library(asked: Asked, postgres: Postgres) -> None:
    frame, _ = customers(3_000, seed=10)
    types = dict.fromkeys(frame.columns, "text")
    types |= {SPEND: "numeric(12,2)", MOOD: "smallint", "member": "boolean", "branch": "integer"}
    types = {name.replace('"', '""'): kind for name, kind in types.items()}
    cells = [
        [int(i), *(None if pd.isna(v) else v for v in row)]
        for i, row in enumerate(frame.itertuples(index=False))
    ]
    postgres.load("asked", {"place": "integer", **types}, cells)
    sql = select_segments(asked.card, NAMES, table="asked", taken=list(frame.columns))
    with postgres.owner() as connection:
        connection.execute(f"CREATE TABLE placed AS {sql}".encode())
        rows = connection.execute("SELECT segment_id, segment FROM placed ORDER BY place")
        found = rows.fetchall()
    expected = asked.card.labels_of(values_for(asked.card, frame))
    assert found == [(label + 1, NAMES[label]) for label in expected]


def test_yes_and_no_are_read_however_an_engine_writes_them(asked: Asked) -> None:
    card = asked.card
    rows, _ = customers(40, seed=2)
    rows = rows[rows["member"] == "yes"].head(1).reset_index(drop=True)
    [expected] = card.scores(
        np.column_stack(
            [q.codes(v) for q, v in zip(card.questions, values_for(card, rows), strict=True)]
        )
    )
    for written in ("yes", " Yes ", "TRUE", "1", "是"):
        found = labels_by_sql(card, typed(rows.assign(member=written)))
        # A column is called "points" already, so the sums have a longer name.
        points = found[[f"{TOWN}__{segment + 1}" for segment in card.segments]]
        assert (points.to_numpy() == expected).all()


def test_not_a_number_is_no_answer(asked: Asked) -> None:
    rows, _ = customers(5, seed=3)
    rows[SPEND] = np.nan
    with duckdb.connect() as connection:
        connection.register("given", typed(rows))
        connection.execute(
            "CREATE TABLE customers AS SELECT * REPLACE (CAST('NaN' AS DOUBLE) AS "
            '"spend, ""net"" 😀") FROM given'
        )
        sql = select_segments(asked.card, NAMES, taken=list(rows.columns))
        found = connection.execute(sql).df()
    expected = asked.card.labels_of(values_for(asked.card, rows))
    assert (found["segment_id"].to_numpy() == expected + 1).all()
