"""The embedded engine: tables in and out, many threads, cancelling, limits, closing."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pytest

from segmentation.engine import DuckSession, Limits
from segmentation.engine.duck import literal, quoted
from segmentation.errors import Cancelled, EngineError, EngineFailure, OutOfDisk, OutOfMemory

ODD_NAMES = ['a"b', "select", "é 是", " ", "__row", "a.b", "'", "x" * 300, "1", "a\nb"]
FOREVER = (
    "SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range + b.range < 0"
)


def test_a_table_with_odd_column_names_comes_back_as_it_went_in(session: DuckSession) -> None:
    rows = pa.table({name: [i, None] for i, name in enumerate(ODD_NAMES)})
    session.put('odd "table"', rows)
    table = session.table('odd "table"')
    assert table.columns == tuple(ODD_NAMES)
    assert session.arrow(table).to_pydict() == rows.to_pydict()
    assert list(session.frame(table).columns) == ODD_NAMES


def test_types_survive_the_way_through_the_engine(session: DuckSession) -> None:
    rows = pa.table(
        {
            "whole": pa.array([1, None], pa.int64()),
            "key": pa.array([2**64 - 1, 0], pa.uint64()),
            "number": pa.array([1.5, None], pa.float64()),
            "text": pa.array(["名", ""], pa.string()),
            "yes": pa.array([True, None], pa.bool_()),
            "segment": pa.array([3, 4], pa.int16()),
        }
    )
    session.put("typed", rows)
    assert session.arrow(session.table("typed")).cast(rows.schema) == rows


def test_putting_a_table_again_replaces_it(session: DuckSession) -> None:
    session.put("t", pa.table({"a": [1, 2]}))
    session.put("t", pa.table({"b": ["x"]}))
    assert session.arrow(session.table("t")).to_pydict() == {"b": ["x"]}


def test_a_table_is_filled_from_parts_in_their_order(session: DuckSession) -> None:
    parts = (pa.table({"a": [i, i + 1]}) for i in (0, 2, 4))
    session.fill("t", "a, a * 10 AS ten", parts)
    found = session.rows("SELECT * FROM t ORDER BY a")
    assert [row["ten"] for row in found] == [0, 10, 20, 30, 40, 50]


def test_an_error_while_making_a_part_arrives_as_itself(session: DuckSession) -> None:
    def parts() -> Iterator[pa.Table]:
        yield pa.table({"a": [1]})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        session.fill("t", "*", parts())


def test_keeping_only_one_table_drops_the_others_and_renames_it(session: DuckSession) -> None:
    for name in ("former", "labels_1", "new"):
        session.put(name, pa.table({"from": [name]}))
    session.keep_only("new", "former")
    assert session.rows("SELECT * FROM former") == [{"from": "new"}]
    assert not session.has("labels_1")
    assert not session.has("new")


def test_keeping_a_table_that_does_not_exist_changes_nothing(session: DuckSession) -> None:
    session.put("former", pa.table({"a": [1]}))
    with pytest.raises(EngineFailure):
        session.keep_only("missing", "former")
    assert session.rows("SELECT * FROM former") == [{"a": 1}]


def test_batches_hold_all_rows_once(session: DuckSession) -> None:
    session.create("t", "SELECT range AS i FROM range(25000)")
    batches = list(session.batches(session.table("t"), 10_000))
    assert len(batches) > 1
    assert sorted(i for batch in batches for i in batch["i"].to_pylist()) == list(range(25000))


def test_a_table_of_defined_columns_is_created_whole_or_not_at_all(session: DuckSession) -> None:
    session.create("t", "SELECT 1", "a DOUBLE")
    assert session.rows("SELECT a, typeof(a) AS kind FROM t") == [{"a": 1.0, "kind": "DOUBLE"}]
    with pytest.raises(EngineFailure):
        session.create("other", "SELECT 'text'", "a DOUBLE")
    with pytest.raises(EngineFailure):
        session.create("t", "SELECT 'text'", "a DOUBLE")
    assert session.tables() == {"t"}
    assert session.rows("SELECT a FROM t") == [{"a": 1.0}]


def test_only_tables_of_the_session_are_found(session: DuckSession) -> None:
    session.put("there", pa.table({"a": [1]}))
    assert session.has("there")
    assert not session.has("missing")
    with pytest.raises(EngineFailure):
        session.table("missing")


def n_threads(session: DuckSession) -> int:
    return int(session.rows("SELECT current_setting('threads') AS n")[0]["n"])


def test_what_takes_rows_in_their_order_has_one_thread_and_the_next_has_all(
    session: DuckSession,
) -> None:
    with session.in_order():
        assert n_threads(session) == 1
        session.execute("CREATE TABLE t AS SELECT range AS a FROM range(10)")
    assert n_threads(session) == session.limits.threads == 2
    with pytest.raises(EngineFailure), session.in_order():
        session.execute("CREATE TABLE t AS SELECT 1 AS a")
    assert n_threads(session) == 2


def test_beside_another_statement_all_threads_stay(session: DuckSession) -> None:
    session.put("t", pa.table({"a": [1, 2]}))
    reading = session.batches(session.table("t"))
    next(reading)
    with session.in_order():
        assert n_threads(session) == 2
    assert list(reading) == []


def test_a_session_that_is_closed_while_rows_are_taken_in_order_fails_as_itself(
    session: DuckSession,
) -> None:
    with session.in_order():
        session.close()
        with pytest.raises(EngineFailure):
            session.execute("CREATE TABLE t AS SELECT 1 AS a")


@pytest.mark.parametrize("text", ["it's", '"', "a\\b", "'; DROP TABLE t; --", "名\n"])
def test_any_text_is_a_literal_and_an_identifier(text: str, session: DuckSession) -> None:
    found = session.rows(f"SELECT {literal(text)} AS {quoted(text)}")
    assert found == [{text: text}]


def test_six_threads_query_and_write_at_once(session: DuckSession) -> None:
    session.create("t", "SELECT range AS i FROM range(20000)")
    table = session.table("t")

    def work(worker: int) -> int:
        for _ in range(5):
            session.put(f"own_{worker}", pa.table({"w": [worker]}))
            own = session.arrow(session.table(f"own_{worker}"))
            assert own.to_pydict() == {"w": [worker]}
        return int(session.frame(table.aggregate(n=table.i.sum())).loc[0, "n"])

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(work, range(6))) == [199_990_000] * 6


def _rows(session: DuckSession) -> None:
    session.rows(FOREVER)


def _arrow(session: DuckSession) -> None:
    session.arrow(_product(session))


def _batches(session: DuckSession) -> None:
    for _ in session.batches(_product(session), 1000):
        pass


def _product(session: DuckSession) -> ibis.expr.types.Table:
    """Thirty million rows: long to make, and too many to hand over before the test cancels."""
    session.create("product", "SELECT range AS i FROM range(100000)")
    table = session.table("product")
    return table.cross_join(table.view()).filter(lambda t: t.i % 7 == 3)


@pytest.mark.parametrize("query", [_rows, _arrow, _batches])
def test_a_long_query_is_cancelled(
    query: Callable[[DuckSession], None], session: DuckSession
) -> None:
    raised: list[EngineError] = []

    def work() -> None:
        try:
            query(session)
        except EngineError as error:
            raised.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.1)
        session.cancel()
    assert not thread.is_alive()
    assert isinstance(raised[0], Cancelled)


def test_cancelling_nothing_does_no_harm(session: DuckSession) -> None:
    session.cancel()
    assert session.rows("SELECT 1 AS a") == [{"a": 1}]


@pytest.mark.parametrize(
    "limits",
    [Limits(memory_mb=40, disk_mb=0), Limits(memory_mb=5, disk_mb=1000)],
    ids=["no disk to spill to", "hardly any memory"],
)
def test_what_does_not_fit_is_told_with_its_limit(limits: Limits, tmp_path: Path) -> None:
    session = DuckSession(tmp_path / "small", limits)
    with pytest.raises((OutOfMemory, OutOfDisk)) as refused:
        session.rows("SELECT list(range || 'some longer text') AS l FROM range(3000000)")
    assert refused.value.values["limit"] in (limits.memory_mb, limits.disk_mb)
    assert session.rows("SELECT 1 AS a") == [{"a": 1}]
    session.close()


def _all_kinds(kind: type[duckdb.Error]) -> Iterator[type[duckdb.Error]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _all_kinds(narrower)


@pytest.mark.parametrize(
    "kind", sorted(set(_all_kinds(duckdb.Error)), key=lambda kind: kind.__name__)
)
def test_every_failure_of_the_engine_is_one_of_ours(
    kind: type[duckdb.Error], session: DuckSession
) -> None:
    def parts() -> Iterator[pa.Table]:
        raise kind("what happened\nand where")
        yield

    with pytest.raises(EngineError) as refused:
        session.fill("t", "*", parts())
    assert isinstance(refused.value.__cause__, kind)
    if isinstance(refused.value, EngineFailure):
        assert refused.value.values == {"detail": "what happened"}


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("IO Error: Could not write: No space left on device", OutOfDisk),
        ("failed to offload (max_temp_directory_size)", OutOfDisk),
        ("IO Error: anything else", EngineFailure),
    ],
)
def test_a_full_disk_is_told_from_other_failures(
    message: str, kind: type[EngineError], session: DuckSession
) -> None:
    def parts() -> Iterator[pa.Table]:
        raise duckdb.IOException(message)
        yield

    with pytest.raises(kind):
        session.fill("t", "*", parts())


def test_closing_releases_the_database_file(tmp_path: Path) -> None:
    session = DuckSession(tmp_path / "visit")
    session.put("kept", pa.table({"a": [1]}))
    session.close()
    again = duckdb.connect(str(tmp_path / "visit" / "visit.duckdb"))
    assert again.execute("SELECT a FROM kept").fetchall() == [(1,)]
    again.close()


def test_a_closed_session_answers_with_an_error_of_ours(tmp_path: Path) -> None:
    session = DuckSession(tmp_path / "visit")
    session.close()
    with pytest.raises(EngineFailure):
        session.rows("SELECT 1")


def test_two_sessions_do_not_see_each_other(tmp_path: Path) -> None:
    one, two = DuckSession(tmp_path / "one"), DuckSession(tmp_path / "two")
    one.put("mine", pa.table({"a": [1]}))
    assert not two.has("mine")
    with pytest.raises(EngineFailure):
        two.execute(f"ATTACH {literal(str(one.folder / 'visit.duckdb'))}")
    one.close()
    two.close()


def test_a_view_is_named_dropped_and_listed_like_a_table_and_takes_its_file_along(
    session: DuckSession,
) -> None:
    files = [session.folder / f"rows-{i}.csv" for i in range(3)]
    for i, file in enumerate(files):
        file.write_text(f"a\n{i}\n")
        session.view(f"v{i}", f"SELECT a FROM read_csv('{file}')")  # noqa: S608 - our own path
        session.keep_file(file)
    session.put("t", pa.table({"b": [1]}))
    assert session.tables() == {"v0", "v1", "v2", "t"}
    assert (session.is_view("v0"), session.is_view("t"), session.has("v3")) == (True, False, False)
    session.rename("v1", "v0")
    assert [file.exists() for file in files] == [False, True, True]
    session.drop(["t", "v2", "never"])
    assert [file.exists() for file in files] == [False, True, False]
    session.put("t", pa.table({"b": [1]}))
    session.keep_only("v0", "kept", ("t", "beside"), ("never", "there"))
    assert session.tables() == {"kept", "beside"}
    assert session.rows("FROM kept") == [{"a": 1}]
    session.rename("beside", "kept")
    assert not files[1].exists()


def test_a_view_reaches_no_file_outside_of_the_folder(session: DuckSession, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n")
    with pytest.raises(EngineFailure):
        session.view("v", f"SELECT * FROM read_csv('{outside}')")  # noqa: S608 - our own path
    assert not session.has("v")
