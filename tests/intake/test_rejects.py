"""The table of rows set aside is always there, beside the table they were set aside from."""

import pyarrow as pa
import pyarrow.parquet as pq

from segmentation.engine import DuckSession
from segmentation.intake import read_file
from segmentation.intake.table import rejects_of
from tests.intake.conftest import Read

SCHEMA = [("line", "BIGINT"), ("reason", "VARCHAR"), ("text", "VARCHAR")]


def schema(session: DuckSession, table: str) -> list[tuple[str, str]]:
    described = session.rows(f"DESCRIBE {table}")
    return [(row["column_name"], row["column_type"]) for row in described]


def test_a_clean_file_has_an_empty_table_of_rejects(read: Read) -> None:
    raw = read("a,b\n1,2\n")
    assert raw.n_rejected == 0
    assert schema(raw.session, "raw_rejects") == SCHEMA
    assert raw.session.rows("SELECT count(*) AS n FROM raw_rejects") == [{"n": 0}]


def test_a_file_without_lines_has_one_too(session: DuckSession) -> None:
    pq.write_table(pa.table({"a": ["1"]}), session.folder / "t.parquet")
    read_file(session, session.folder / "t.parquet", "t.parquet")
    assert schema(session, "raw_rejects") == SCHEMA


def test_the_rejects_of_a_file_beside_stand_beside(read: Read, session: DuckSession) -> None:
    customers = read("a,b\n1,2\nTotal,2\n")
    path = session.folder / "orders"
    path.write_text("id,n\n1,2\n2,3\n# two\n")
    orders = read_file(session, path, "orders.csv", into="orders")
    assert (customers.n_rejected, orders.n_rejected) == (1, 1)
    assert [row["reason"] for row in session.rows("FROM raw_rejects")] == ["totals"]
    assert [row["reason"] for row in session.rows(f"FROM {rejects_of('orders')}")] == ["comment"]


def test_another_file_takes_the_place_of_the_former_ones_rejects(read: Read) -> None:
    read("a,b\n1,2\nTotal,2\n")
    raw = read("a,b\n1,2\n")
    assert raw.session.rows("SELECT count(*) AS n FROM raw_rejects") == [{"n": 0}]
