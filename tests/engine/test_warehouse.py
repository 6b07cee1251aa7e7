"""The warehouse: only read, a connection a query, stopped on request, silent about where it is."""

import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import ibis
import psycopg
import pyarrow as pa
import pytest

from segmentation.engine import Session
from segmentation.engine.address import Address
from segmentation.engine.warehouse import Patience, Warehouse
from segmentation.errors import (
    BadWarehouseAddress,
    Cancelled,
    EngineError,
    EngineFailure,
    ReadOnlyWarehouse,
    UnknownTable,
    WarehouseTooSlow,
    WarehouseUnreachable,
)
from tests.postgres import READER, Postgres

FOREVER = "SELECT count(*) AS n FROM generate_series(1, 1000000000000) AS s"
LONG = "SELECT s FROM generate_series(1, 1000000000000) AS s"
NUMBERS = ibis.table({"i": "int64"}, name="numbers", database="public")


@pytest.fixture
def warehouse(postgres: Postgres) -> Iterator[Warehouse]:
    opened = Warehouse(postgres.address)
    yield opened
    opened.close()


@pytest.fixture(scope="module", autouse=True)
def _numbers(postgres: Postgres) -> None:
    postgres.load("numbers", {"i": "bigint"}, [(i,) for i in range(20_000)])


def test_it_fulfils_the_contract_of_a_session(warehouse: Warehouse) -> None:
    session: Session = warehouse
    assert session.arrow(session.table("public.numbers")).num_rows == 20_000
    assert session.has("numbers")
    assert not session.has("numbers2")
    assert not session.has("missing.numbers")
    with pytest.raises(UnknownTable):
        session.table("missing")


def test_types_and_gaps_arrive_as_they_are(postgres: Postgres, warehouse: Warehouse) -> None:
    types = {"n": "numeric", "d": "float8", "w": "int2", "t": "text", "y": "boolean", "a": "date"}
    rows = [
        ("1.25", 0.1, 3, "é 是", True, "2024-01-31"),
        (None,) * 6,
        ("NaN", 2.0, 4, "", False, None),
    ]
    postgres.load("Odd name", types, rows)
    found = warehouse.frame(warehouse.table("Odd name"))
    assert found["n"].tolist()[0] == 1.25
    assert found["d"].tolist()[0] == 0.1
    assert found["t"].tolist()[::2] == ["é 是", ""]
    assert found.isna().sum().tolist() == [2, 1, 1, 1, 1, 2]
    assert warehouse.arrow(warehouse.table("Odd name")).schema.field("w").type == pa.int16()


def test_a_result_without_rows_has_its_columns(warehouse: Warehouse) -> None:
    found = warehouse.arrow(NUMBERS.filter(NUMBERS.i < 0))
    assert found.to_pydict() == {"i": []}


def test_batches_hold_all_rows_once(warehouse: Warehouse) -> None:
    batches = list(warehouse.batches(NUMBERS, 3000))
    assert len(batches) == 7
    assert sorted(i for batch in batches for i in batch["i"].to_pylist()) == list(range(20_000))


def test_leaving_batches_early_frees_the_connection(warehouse: Warehouse) -> None:
    batches = warehouse.batches(NUMBERS, 10)
    next(batches)
    batches.close()
    assert warehouse.rows("SELECT 1 AS a") == [{"a": 1}]


WRITES = [
    "CREATE TABLE mine (a int)",
    "INSERT INTO public.numbers VALUES (1)",
    "DELETE FROM public.numbers",
    "DROP TABLE public.numbers",
    "SELECT nextval('public.counter')",
    "COPY public.numbers FROM PROGRAM 'true'",
    "WITH gone AS (DELETE FROM public.numbers RETURNING i) SELECT * FROM gone",
]


@pytest.mark.parametrize("statement", WRITES)
def test_nothing_can_be_written_though_the_user_might(
    statement: str, postgres: Postgres, warehouse: Warehouse
) -> None:
    postgres.run(
        "CREATE SEQUENCE IF NOT EXISTS public.counter",
        f"GRANT ALL ON SEQUENCE public.counter TO {READER}",
    )
    with pytest.raises(EngineFailure):
        warehouse.rows(statement)
    assert warehouse.rows("SELECT count(*) AS n FROM public.numbers") == [{"n": 20_000}]


def test_what_a_function_changes_all_the_same_is_taken_back(warehouse: Warehouse) -> None:
    warehouse.rows("SELECT lo_create(0) AS made")
    assert warehouse.rows("SELECT count(*) AS n FROM pg_largeobject_metadata") == [{"n": 0}]


def test_putting_a_table_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(ReadOnlyWarehouse):
        warehouse.put("t", pa.table({"a": [1]}))


def test_six_threads_ask_at_once(warehouse: Warehouse) -> None:
    def work(worker: int) -> int:
        query = NUMBERS.filter(NUMBERS.i % 6 == worker).aggregate(n=NUMBERS.i.sum())
        return sum(int(warehouse.arrow(query)["n"][0].as_py()) for _ in range(3))

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(work, range(6))) == 3 * sum(range(20_000))


def test_connections_are_used_again(postgres: Postgres, warehouse: Warehouse) -> None:
    own = "SELECT pg_backend_pid() AS pid"
    assert warehouse.rows(own) == warehouse.rows(own)


def test_a_connection_that_the_server_has_ended_is_replaced(
    postgres: Postgres, warehouse: Warehouse
) -> None:
    [before] = warehouse.rows("SELECT pg_backend_pid() AS pid")
    with postgres.owner() as owner:
        owner.execute("SELECT pg_terminate_backend(%s, 5000)", [before["pid"]])
    [after] = warehouse.rows("SELECT pg_backend_pid() AS pid")
    assert after != before


def _all_rows(warehouse: Warehouse) -> None:
    warehouse.rows(FOREVER)


def _streamed(warehouse: Warehouse) -> None:
    for _ in warehouse.stream(LONG, 1000):
        pass


@pytest.mark.parametrize("query", [_all_rows, _streamed])
def test_a_long_query_is_cancelled(
    query: Callable[[Warehouse], None], warehouse: Warehouse
) -> None:
    raised: list[EngineError] = []

    def work() -> None:
        try:
            query(warehouse)
        except EngineError as error:
            raised.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    for _ in range(300):
        thread.join(timeout=0.1)
        if not thread.is_alive():
            break
        warehouse.cancel()
    assert not thread.is_alive()
    assert isinstance(raised[0], Cancelled)
    assert warehouse.rows("SELECT 1 AS a") == [{"a": 1}]


def test_cancelling_nothing_does_no_harm(warehouse: Warehouse) -> None:
    assert warehouse.rows("SELECT 1 AS a") == [{"a": 1}]
    warehouse.cancel()
    assert warehouse.rows("SELECT 1 AS a") == [{"a": 1}]


def test_a_query_that_takes_too_long_is_stopped_by_the_server(postgres: Postgres) -> None:
    warehouse = Warehouse(postgres.address, Patience(statement_seconds=1))
    with pytest.raises(WarehouseTooSlow) as refused:
        warehouse.rows(FOREVER)
    assert refused.value.values == {"seconds": 1}
    warehouse.close()


def test_a_closed_warehouse_answers_with_an_error_of_ours(postgres: Postgres) -> None:
    warehouse = Warehouse(postgres.address)
    warehouse.rows("SELECT 1 AS a")
    warehouse.close()
    with pytest.raises(EngineFailure):
        warehouse.rows("SELECT 1 AS a")


def test_closing_ends_the_connections(postgres: Postgres) -> None:
    warehouse = Warehouse(postgres.address)
    [own] = warehouse.rows("SELECT pg_backend_pid() AS pid")
    warehouse.close()
    with postgres.owner() as owner:
        row = owner.execute("SELECT pg_terminate_backend(%s, 5000)", [own["pid"]]).fetchone()
        left = owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'segment-studio' "
            "AND pid = %s",
            [own["pid"]],
        ).fetchone()
    assert row is not None
    assert left == (0,)


# What a failure may say ---------------------------------------------------------------------

UNREACHABLE = {
    "a wrong password": lambda p: p.url(password="wr0ng-" + p.password),
    "a wrong user": lambda p: p.url(user="n0body"),
    "a closed port": lambda p: p.url().replace(str(p.port), "1"),
    "a host that is not there": lambda p: p.url().replace("127.0.0.1", "db.invalid"),
    "a port in words": lambda p: p.url().replace(str(p.port), "s3cret"),
    "a wrong database": lambda p: p.url() + "_n0ne",
}
UNUSABLE = {
    "a broken escape": lambda p: p.url(password="%zz" + p.password),
    "an unknown option": lambda p: p.url() + "?s3cret=1",
}


def told(error: BaseException | None, log: pytest.LogCaptureFixture) -> str:
    """Everything that an error, what led to it and the log say."""
    parts = [log.text, *(str(record.__dict__) for record in log.records)]
    while error is not None:
        parts += [repr(error), str(error), *traceback.format_exception(error)]
        parts += [repr(getattr(error, "values", ""))]
        error = error.__cause__ or error.__context__
    return "\n".join(parts)


@pytest.mark.parametrize("name", [*UNREACHABLE, *UNUSABLE])
def test_a_warehouse_that_lets_nobody_in_does_not_say_where_it_is(
    name: str, postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    kind = WarehouseUnreachable if name in UNREACHABLE else BadWarehouseAddress
    url = (UNREACHABLE | UNUSABLE)[name](postgres)
    warehouse = Warehouse(Address(url), Patience(connect_seconds=5))
    with pytest.raises(kind) as refused:
        warehouse.rows("SELECT 1")
    assert refused.value.__cause__ is refused.value.__context__ is None
    said = told(refused.value, caplog) + repr(warehouse)
    assert postgres.given_away(said) == []
    for confidential in ("db.invalid", "n0body", "wr0ng", "s3cret", "n0ne", "postgresql:"):
        assert confidential not in said


def test_a_refused_query_is_told_by_its_kind_and_without_cells(
    postgres: Postgres, warehouse: Warehouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    postgres.load("people", {"name": "text"}, [("Ada Confidential",)])
    with pytest.raises(EngineFailure) as refused:
        warehouse.rows("SELECT CAST(name AS int) FROM public.people")
    assert refused.value.values == {"detail": "InvalidTextRepresentation 22P02"}
    said = told(refused.value, caplog)
    assert postgres.given_away(said) == []
    assert "Ada" not in said


def test_a_stream_is_refused_as_silently(
    warehouse: Warehouse, postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.load("people", {"name": "text"}, [("Ada Confidential",)])
    with pytest.raises(EngineFailure) as refused:
        next(warehouse.stream("SELECT CAST(name AS int) FROM public.people", 5))
    assert refused.value.__cause__ is refused.value.__context__ is None
    assert "Ada" not in told(refused.value, caplog)


def test_a_server_that_goes_away_during_a_query_is_told(
    warehouse: Warehouse, postgres: Postgres
) -> None:
    rows = warehouse.stream("SELECT pg_backend_pid() AS pid FROM generate_series(1, 9)", 1)
    [(pid,)] = next(rows)
    with postgres.owner() as owner:
        owner.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    with pytest.raises(WarehouseUnreachable):
        list(rows)


def _all_kinds(kind: type[psycopg.Error]) -> Iterator[type[psycopg.Error]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _all_kinds(narrower)


def test_every_failure_of_the_driver_is_one_of_ours(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.rows("SELECT 1 AS a")
    for kind in set(_all_kinds(psycopg.Error)):

        def failing(_: object, raised: type[psycopg.Error] = kind) -> list[dict[str, object]]:
            raise raised("host=db.example.org password=s3cret")

        with pytest.raises(EngineError) as refused:
            warehouse._run(failing)
        assert "s3cret" not in str(refused.value)
