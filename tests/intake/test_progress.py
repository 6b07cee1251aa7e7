import gzip
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from segmentation import workflow
from segmentation.engine import DuckSession
from segmentation.errors import Cancelled
from segmentation.intake import open_customers, read_file
from segmentation.study import Study
from segmentation.transactions import Composed, Composition, JoinPlan, Upload, compose

N_ROWS = 30_000
TEXT = "id,town,spend,member\n" + "".join(
    f"C{i:06d},{('Ulm', 'Bonn')[i % 2]},{i % 97}.5,{('yes', 'no')[i % 3 == 0]}\n"
    for i in range(N_ROWS)
)
STEPS = ("fetching", "copying", "loading", "comparing", "choosing", "typing", "counting")

Seen = list[tuple[str, int, int]]


@pytest.fixture
def session(tmp_path: Path) -> DuckSession:
    return DuckSession(tmp_path / "visit")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(TEXT)
    return path


def opened(session: DuckSession, path: Path) -> None:
    raw = workflow.open_files(session, path, Composition(), {})
    workflow.customers_of(raw, Study.of(raw))


def steps(seen: Seen) -> list[str]:
    return list(dict.fromkeys(step for step, _, _ in seen))


def stopped_at(step: str, after: int = 0) -> Callable[[str, int, int], None]:
    """End the work when a step is named, or some reports later."""
    reports = []

    def progress(now: str, done: int, total: int) -> None:
        reports.extend([now] if now == step else [])
        if len(reports) > after:
            raise Cancelled

    return progress


def held(session: DuckSession) -> tuple[dict[str, int], set[str]]:
    """Rows of every table, and the files beside the database."""
    tables = {
        name: int(session.rows(f'SELECT count(*) AS n FROM "{name}"')[0]["n"])  # noqa: S608
        for name in session.tables()
    }
    files = {path.name for path in session.folder.iterdir() if "duckdb" not in path.name}
    return tables, files - {"spill"}


def test_every_step_is_told_in_its_order_and_bytes_rise_to_the_total(
    session: DuckSession, file: Path
) -> None:
    seen: Seen = []
    with session.watched_by(lambda *report: seen.append(report)):
        opened(session, file)
    assert tuple(steps(seen)) == STEPS
    for step in ("fetching", "copying", "loading", "comparing", "typing"):
        reports = [(done, total) for now, done, total in seen if now == step]
        totals = {total for _, total in reports}
        header = len(TEXT.partition("\n")[0]) + 1  # the copy that is loaded is without it
        assert totals == {file.stat().st_size - (header if step == "loading" else 0)}
        assert reports == sorted(reports)
        assert reports[0][0] == 0
        assert reports[-1][0] in totals
    for step in ("choosing", "counting"):
        assert {(done, total) for now, done, total in seen if now == step} == {(0, 0)}


def test_a_large_text_tells_its_bytes_while_it_is_copied(
    session: DuckSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("segmentation.engine.watching.SECONDS_BETWEEN_LOOKS", 0.0)
    path = session.folder / "long.csv"
    path.write_text(TEXT * 12)
    seen: Seen = []
    with session.watched_by(lambda *report: seen.append(report)):
        read_file(session, path, "long.csv")
    copied = [done for step, done, _ in seen if step == "copying"]
    assert copied == sorted(copied)
    assert len(set(copied)) >= 3  # nothing, some of it, all of it


@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("step", STEPS[1:])
def test_whoever_ends_a_step_finds_the_session_as_it_was(
    session: DuckSession, file: Path, tmp_path: Path, step: str, after: int
) -> None:
    former = tmp_path / "former.csv"
    former.write_text("name,age\nAda,36\nAlan,41\n")
    before = workflow.open_files(session, former, Composition(), {})
    typed = open_customers(before)
    as_it_was = held(session)
    with pytest.raises(Cancelled), session.watched_by(stopped_at(step, after)):
        as_a_visit_opens(session, file)
    (session.folder / "arrived.csv").unlink()
    assert held(session) == as_it_was
    assert session.rows(f"SELECT c1 FROM {typed.name} ORDER BY __row")[0] == {"c1": 36.0}  # noqa: S608


def as_a_visit_opens(session: DuckSession, file: Path) -> Composed:
    """Type the customers before they take the place of the former ones."""
    path = session.folder / "arrived.csv"
    path.write_bytes(file.read_bytes())
    return compose(
        session,
        Upload(path, file.name),
        Composition(),
        {},
        accept=lambda raw: workflow.customers_of(raw, Study.of(raw)),
    )


def test_an_ended_copy_of_a_file_is_gone(session: DuckSession, file: Path) -> None:
    for step in STEPS[:4]:
        with pytest.raises(Cancelled), session.watched_by(stopped_at(step)):
            opened(session, file)
        assert held(session) == ({}, set())


def test_the_typed_table_is_kept_beside_the_customers_it_is_of(
    session: DuckSession, file: Path
) -> None:
    made = as_a_visit_opens(session, file)
    assert made.typed is not None
    assert made.typed.raw == made.raw
    assert session.tables() == {"raw", "raw_rejects", made.typed.name}
    assert open_customers(made.raw) == made.typed
    assert made.typed.session.tables() == {"raw", "raw_rejects", made.typed.name}


def test_a_table_that_another_thread_makes_meanwhile_outlives_a_cancelled_reading(
    session: DuckSession, file: Path
) -> None:
    def meanwhile(step: str, done: int, total: int) -> None:
        if step == "comparing":
            rows = pa.table({"segment": [0, 1]})
            page = threading.Thread(target=session.put, args=("labels_of_a_page", rows))
            page.start()
            page.join()
            raise Cancelled

    with pytest.raises(Cancelled), session.watched_by(meanwhile):
        opened(session, file)
    assert session.tables() == {"labels_of_a_page"}


@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_archives_tell_the_bytes_they_unpack(
    session: DuckSession, file: Path, tmp_path: Path, kind: str
) -> None:
    path = session.folder / f"packed.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(file, "customers.csv")
    else:
        path.write_bytes(gzip.compress(file.read_bytes()))
    seen: Seen = []
    with session.watched_by(lambda *report: seen.append(report)):
        read_file(session, path, path.name)
    unpacked = [report for report in seen if report[0] == "unpacking"]
    assert unpacked[0][1] == 0
    assert unpacked[-1][1] == unpacked[-1][2] > 0
    with pytest.raises(Cancelled), session.watched_by(stopped_at("unpacking")):
        read_file(session, path, path.name, into="other")
    assert not (session.folder / "unpacked").exists()


def test_orders_and_joined_files_tell_their_steps(session: DuckSession, tmp_path: Path) -> None:
    main, other = tmp_path / "main.csv", tmp_path / "other.csv"
    main.write_text("id,spend\n1,2\n2,3\n")
    other.write_text("id,town\n1,Ulm\n2,Bonn\n")
    plan = Composition(joins=(JoinPlan.by("other.csv", "id"),))
    seen: Seen = []
    with session.watched_by(lambda *report: seen.append(report)):
        workflow.open_files(session, main, plan, {"other.csv": other})
    assert "joining" in steps(seen)
    with pytest.raises(Cancelled), session.watched_by(stopped_at("joining")):
        workflow.open_files(session, main, plan, {"other.csv": other})
    assert session.tables() == {"raw", "raw_rejects"}
