import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from segmentation.engine import DuckSession, Progress
from segmentation.errors import Cancelled, EngineFailure

ENDLESS = (
    "CREATE OR REPLACE TABLE endless AS SELECT md5((a.range + b.range)::VARCHAR) AS m "
    "FROM range(1000000) a, range(1000000) b"
)


@pytest.fixture
def session(tmp_path: Path) -> DuckSession:
    return DuckSession(tmp_path / "visit")


def watched(session: DuckSession, progress: Progress, work: Callable[[], None]) -> None:
    with session.watched_by(progress), session.watch.step("loading", 1000):
        work()


def cancelling_from(n: int) -> Progress:
    calls = []

    def progress(step: str, done: int, total: int) -> None:
        calls.append(step)
        if len(calls) >= n:
            raise Cancelled

    return progress


def test_a_running_statement_ends_when_the_watcher_says_so(session: DuckSession) -> None:
    with pytest.raises(Cancelled):
        watched(session, cancelling_from(4), lambda: session.execute(ENDLESS))
    assert session.rows("SELECT 1 AS a") == [{"a": 1}]
    assert not session.has("endless")


def test_what_the_watcher_raises_is_what_the_caller_gets(session: DuckSession) -> None:
    def interrupted(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watched(session, interrupted, lambda: session.execute(ENDLESS))


def test_the_watcher_is_called_from_the_thread_it_belongs_to(session: DuckSession) -> None:
    threads = set()
    watched(
        session,
        lambda *report: threads.add(threading.get_ident()),
        lambda: session.create("t", "SELECT range FROM range(1000000)"),
    )
    assert threads == {threading.get_ident()}


def test_another_thread_is_not_watched(session: DuckSession) -> None:
    seen = []
    with session.watched_by(lambda *report: seen.append(report)):
        page = threading.Thread(target=session.create, args=("t", "SELECT 1 AS a"))
        page.start()
        page.join()
    assert seen == []
    assert session.has("t")


def test_a_statement_tells_its_share_of_the_bytes(session: DuckSession) -> None:
    session.create("t", "SELECT range AS a, md5(range::VARCHAR) AS m FROM range(3000000)")
    seen = []
    watched(
        session,
        lambda *report: seen.append(report),
        lambda: session.create("u", "SELECT a, md5(m || 'x') AS n, md5(m || 'y') AS o FROM t"),
    )
    done = [report[1] for report in seen]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 1000)
    assert any(0 < each < 1000 for each in done)


def test_a_failure_is_translated_whoever_watches(session: DuckSession) -> None:
    with session.watched_by(lambda *report: None), pytest.raises(EngineFailure) as refused:
        session.rows("SELECT no_such_column")
    assert isinstance(refused.value.__cause__, duckdb.Error)


def test_a_transaction_that_failed_leaves_the_connection_usable(session: DuckSession) -> None:
    with session.watched_by(lambda *report: None):
        with pytest.raises(EngineFailure):
            session.execute("BEGIN; SELECT no_such_column; COMMIT")
        session.create("t", "SELECT 1 AS a")
    assert session.rows("SELECT a FROM t") == [{"a": 1}]


def test_two_threads_may_be_watched_at_once(session: DuckSession) -> None:
    met, seen = threading.Barrier(2, timeout=30), []

    def meet(step: str, done: int, total: int) -> None:
        seen.append(step)
        if len(seen) <= 2:
            met.wait()

    def work(name: str) -> None:
        with session.watched_by(meet), session.watch.step(name):
            session.rows("SELECT count(*) AS n FROM range(100000)")

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(seen) == {"one", "two"}


def test_the_connection_that_reports_is_locked_like_the_others(session: DuckSession) -> None:
    with session.watched_by(lambda *report: None):
        for forbidden in (
            "SET enable_external_access = true",
            "SET enable_progress_bar = false",
            "COPY (SELECT 1) TO '../outside.csv'",
            "SELECT * FROM read_text('../outside.txt')",
        ):
            with pytest.raises(EngineFailure):
                session.execute(forbidden)
    assert not list(session.folder.parent.glob("outside*"))


def test_what_a_failing_block_made_is_dropped_and_the_rest_stays(session: DuckSession) -> None:
    session.create("before", "SELECT 1 AS a")

    def work() -> None:
        with session.undone_on_failure():
            session.create("inside", "SELECT 2 AS a")
            with session.undone_on_failure():
                session.create("deeper", "SELECT 3 AS a")
            raise KeyError

    with pytest.raises(KeyError):
        work()
    assert session.tables() == {"before"}
