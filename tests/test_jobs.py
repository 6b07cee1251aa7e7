import io
import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segmentation.errors import JobCancelled, JobFailed, OutOfMemory, TooFewCustomers
from segmentation.jobs import Job, JobPool, JobState, child
from segmentation.jobs.pipe import Kind, Pipe, unpack
from segmentation.jobs.turns import Turns
from segmentation.notes import Note
from tests import jobs_in_child as work

ROOT = Path(__file__).parents[1]
PATIENCE = 20.0  # seconds until a test gives up waiting; no test needs them


@pytest.fixture
def pool() -> Iterator[JobPool]:
    pool = JobPool(slots=1, preload=())
    yield pool
    pool.close()


@pytest.fixture
def pool_of_two() -> Iterator[JobPool]:
    pool = JobPool(slots=2, preload=())
    yield pool
    pool.close()


def eventually(happens: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + PATIENCE
    while not happens():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.005)
    return True


def ended(job: Job[Any]) -> bool:
    return job.wait(PATIENCE)


def process_of(job: Job[int]) -> int:
    assert eventually(lambda: job.note is not None)
    assert job.note is not None
    return int(job.note.get("process"))  # type: ignore[arg-type]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# ---------------------------------------------------------------------- what a job says


def test_a_job_returns_what_its_function_returns(pool: JobPool) -> None:
    job = pool.submit(work.add, 2, other=3)
    assert ended(job)
    assert (job.state, job.result, job.progress, job.error) == (JobState.DONE, 5, 1.0, None)


def test_a_job_runs_in_another_process_which_stays_for_the_next_one(pool: JobPool) -> None:
    first, second = pool.submit(work.process_id), pool.submit(work.process_id)
    assert ended(second)
    assert first.result == second.result != os.getpid()


def test_progress_arrives_in_order_while_the_job_runs(pool: JobPool, tmp_path: Path) -> None:
    gates = [tmp_path / name for name in "abc"]
    job = pool.submit(work.climb, [str(gate) for gate in gates])
    for step, gate in enumerate(gates, start=1):
        said = Note.of(f"step-{step}")
        assert eventually(lambda said=said: job.note == said)  # type: ignore[misc]
        assert (job.progress, job.state) == (step / 10, JobState.RUNNING)
        gate.touch()
    assert ended(job)
    assert (job.progress, job.note) == (1.0, Note.of("step-3"))


def test_the_last_thing_said_arrives_however_fast_it_was_said(pool: JobPool) -> None:
    job = pool.submit(work.hurry, 1000)
    assert ended(job)
    assert job.note == Note.of("hurrying", done=999)


def test_a_result_is_not_there_before_the_end(pool: JobPool, tmp_path: Path) -> None:
    job = pool.submit(work.hold, str(tmp_path / "gate"))
    with pytest.raises(RuntimeError, match="wait"):
        _ = job.result
    assert not job.wait(0)


def test_seconds_count_the_run_and_not_the_queue(pool: JobPool, tmp_path: Path) -> None:
    running = pool.submit(work.hold, str(tmp_path / "gate"))
    queued = pool.submit(work.add, 1, 1)
    assert eventually(lambda: running.seconds > 0)
    assert queued.seconds == 0
    (tmp_path / "gate").touch()
    assert ended(queued)
    assert running.seconds > 0
    assert queued.seconds == queued.seconds > 0


def test_arguments_are_those_of_the_moment_of_submission(pool: JobPool, tmp_path: Path) -> None:
    pool.submit(work.hold, str(tmp_path / "gate"))
    values = np.ones(3)
    job = pool.submit(work.double, values)
    values[:] = 7
    (tmp_path / "gate").touch()
    assert ended(job)
    assert job.result.tolist() == [2, 2, 2]


def test_fifty_megabytes_go_down_and_come_back_unchanged(pool: JobPool) -> None:
    values = np.random.default_rng(0).random(50_000_000 // 8)
    job = pool.submit(work.double, values)
    assert ended(job)
    np.testing.assert_array_equal(job.result, 2 * values)
    assert job.result is job.result


def test_what_a_job_prints_or_reads_does_not_disturb_the_messages(pool: JobPool) -> None:
    job = pool.submit(work.chatter)
    assert ended(job)
    assert job.result == ""


# ---------------------------------------------------------------------- cancelling


def test_cancelling_a_running_job_ends_its_process_and_frees_the_slot(
    pool: JobPool, tmp_path: Path
) -> None:
    job = pool.submit(work.hold, str(tmp_path / "never"))
    process = process_of(job)
    job.cancel()
    assert job.state is JobState.CANCELLED
    assert isinstance(job.error, JobCancelled)
    with pytest.raises(JobCancelled):
        _ = job.result
    assert eventually(lambda: not is_alive(process))
    following = pool.submit(work.process_id)
    assert ended(following)
    assert following.result != process


def test_cancelling_is_not_reported_as_a_failure(
    pool: JobPool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    job = pool.submit(work.hold, str(tmp_path / "never"))
    process = process_of(job)
    job.cancel()
    assert eventually(lambda: not is_alive(process))
    assert ended(pool.submit(work.add, 1, 1))
    assert caplog.records == []


def test_cancelling_a_queued_job_means_it_never_runs(pool: JobPool, tmp_path: Path) -> None:
    gate, trace = tmp_path / "gate", tmp_path / "trace"
    running = pool.submit(work.hold, str(gate))
    unwanted = pool.submit(work.write, str(trace), "unwanted")
    wanted = pool.submit(work.write, str(trace), "wanted")
    unwanted.cancel()
    assert (unwanted.state, unwanted.position) == (JobState.CANCELLED, 0)
    gate.touch()
    assert ended(wanted)
    assert running.state is JobState.DONE
    assert trace.read_text() == "wanted\n"


def test_cancelling_after_the_end_changes_nothing(pool: JobPool) -> None:
    job = pool.submit(work.process_id)
    assert ended(job)
    job.cancel()
    assert job.state is JobState.DONE
    following = pool.submit(work.process_id)
    assert ended(following)
    assert following.result == job.result


def test_cancelling_wins_over_an_answer_on_its_way(pool: JobPool, tmp_path: Path) -> None:
    job = pool.submit(work.hold, str(tmp_path / "gate"))
    process_of(job)
    with pool._changed:  # nothing can end meanwhile
        (tmp_path / "gate").touch()
        time.sleep(0.3)  # the answer is in the pipe now; were it not, the test would still hold
        job.cancel()
    assert job.state is JobState.CANCELLED
    assert_the_next_job_runs(pool)


def test_a_job_can_be_cancelled_while_its_child_still_starts(pool: JobPool) -> None:
    job = pool.submit(work.add, 1, 1)
    job.cancel()
    assert job.state in (JobState.CANCELLED, JobState.DONE)
    following = pool.submit(work.add, 2, 2)
    assert ended(following)
    assert following.result == 4


# ---------------------------------------------------------------------- queue and fairness


def test_the_position_says_how_many_jobs_must_end_first(pool: JobPool, tmp_path: Path) -> None:
    gates = [tmp_path / str(number) for number in range(3)]
    jobs = [pool.submit(work.hold, str(gate)) for gate in gates]
    process_of(jobs[0])
    assert [job.position for job in jobs] == [0, 1, 2]
    gates[0].touch()
    process_of(jobs[1])
    assert [job.position for job in jobs] == [0, 0, 1]


def test_owners_take_turns_in_one_slot(pool: JobPool, tmp_path: Path) -> None:
    gate, trace = tmp_path / "gate", tmp_path / "trace"
    process_of(pool.submit(work.hold, str(gate), owner="ann"))
    jobs = [
        pool.submit(work.write, str(trace), name, owner=name[:3])
        for name in ("ann 1", "ann 2", "ann 3", "bob 1", "bob 2")
    ]
    assert [job.position for job in jobs] == [2, 4, 5, 1, 3]
    gate.touch()
    assert all(ended(job) for job in jobs)
    assert trace.read_text().split("\n")[:-1] == ["bob 1", "ann 1", "bob 2", "ann 2", "ann 3"]


@dataclass(eq=False)
class Wish:
    owner: str


def test_nobody_gets_the_last_slot_while_somebody_else_waits_with_none() -> None:
    turns: Turns[Wish] = Turns(slots=2)
    for owner in ("ann", "ann", "ann", "bob", "bob"):
        turns.join(Wish(owner))
    long, short = turns.start_next(), turns.start_next()
    assert (long.owner, short.owner) == ("ann", "bob")
    turns.leave(short)
    assert turns.start_next().owner == "bob"  # ann still runs one, although it is her turn


@pytest.mark.parametrize("seed", range(5))
def test_a_free_slot_goes_to_an_owner_with_the_fewest_running_jobs(seed: int) -> None:
    dice = np.random.default_rng(seed)
    turns: Turns[Wish] = Turns(slots=3)
    waiting: list[Wish] = []
    running: list[Wish] = []
    for _ in range(300):
        if dice.random() < 0.5:
            waiting.append(Wish("abcd"[dice.integers(4)]))
            turns.join(waiting[-1])
        elif running:
            turns.leave(running.pop(dice.integers(len(running))))
        while waiting and len(running) < 3:
            owners = [wish.owner for wish in running]
            wish = turns.start_next()
            assert owners.count(wish.owner) == min(owners.count(w.owner) for w in waiting)
            assert wish is next(one for one in waiting if one.owner == wish.owner)
            waiting.remove(wish)
            running.append(wish)
        assert turns.anyone_waiting() == bool(waiting)
        assert sorted(map(id, turns.everyone())) == sorted(map(id, waiting + running))


def test_nobody_waits_for_ever_behind_an_owner_who_always_comes_back() -> None:
    turns: Turns[Wish] = Turns(slots=1)
    for owner in ("ann", "bob", "bob"):
        turns.join(Wish(owner))
    started = []
    for _ in range(4):
        job = turns.start_next()
        started.append(job.owner)
        turns.leave(job)
        if job.owner == "ann":
            turns.join(Wish("ann"))
    assert started == ["ann", "bob", "ann", "bob"]


def test_the_forecast_lets_running_jobs_end_in_the_order_of_their_start() -> None:
    turns: Turns[Wish] = Turns(slots=2)
    wishes = [Wish(owner) for owner in ("ann", "bob", "bob", "ann", "bob")]
    for wish in wishes:
        turns.join(wish)
    started = [turns.start_next(), turns.start_next()]
    assert started == wishes[:2]
    assert [turns.ahead_of(wish) for wish in wishes] == [0, 0, 2, 1, 3]


def test_owners_who_have_gone_are_forgotten() -> None:
    turns: Turns[Wish] = Turns(slots=1)
    for number in range(100):
        turns.join(Wish(f"visit {number}"))
        turns.leave(turns.start_next())
    assert len(turns._turn_of) <= 1


def test_two_slots_run_two_jobs_at_once(pool_of_two: JobPool, tmp_path: Path) -> None:
    jobs = [pool_of_two.submit(work.hold, str(tmp_path / "gate")) for _ in range(2)]
    assert len({process_of(job) for job in jobs}) == 2


def test_threads_may_submit_at_the_same_time(pool_of_two: JobPool) -> None:
    together = threading.Barrier(2)
    jobs: dict[int, Job[int]] = {}

    def submit(numbers: range) -> None:
        together.wait()
        for number in numbers:
            jobs[number] = pool_of_two.submit(work.add, number, 1000, owner=str(numbers))

    threads = [threading.Thread(target=submit, args=(range(at, at + 20),)) for at in (0, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(ended(job) for job in jobs.values())
    assert {n: job.result for n, job in jobs.items()} == {n: n + 1000 for n in range(40)}


# ---------------------------------------------------------------------- failing


def assert_the_next_job_runs(pool: JobPool) -> None:
    job = pool.submit(work.add, 20, 22)
    assert ended(job)
    assert job.result == 42


def test_a_refusal_arrives_with_its_class_and_values_and_makes_no_noise(
    pool: JobPool, caplog: pytest.LogCaptureFixture
) -> None:
    before = pool.submit(work.process_id)
    job = pool.submit(work.refuse)
    after = pool.submit(work.process_id)
    assert ended(after)
    assert job.state is JobState.FAILED
    with pytest.raises(TooFewCustomers) as caught:
        _ = job.result
    assert caught.value is job.error
    assert (job.error.code, job.error.values) == (
        "TooFewCustomers",
        {"n_customers": 3, "needed": 10},
    )
    assert before.result == after.result
    assert caplog.records == []


@pytest.mark.parametrize(
    ("function", "name", "story"),
    [
        (work.stumble, "ZeroDivisionError", "a bug of ours"),
        (work.return_a_lock, "TypeError", "cannot pickle '_thread.lock'"),
        (work.refuse_peculiarly, "TypeError", "unexpected keyword argument 'n_customers'"),
    ],
)
def test_an_unexpected_exception_is_logged_loudly_and_the_slot_recovers(
    pool: JobPool,
    caplog: pytest.LogCaptureFixture,
    function: Callable[..., object],
    name: str,
    story: str,
) -> None:
    job = pool.submit(function)
    assert ended(job)
    assert isinstance(job.error, JobFailed)
    assert job.error.values == {"detail": name, "exit_code": None}
    assert_the_next_job_runs(pool)
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("segmentation.jobs", logging.ERROR)
    assert "Traceback" in record.getMessage()
    assert story in record.getMessage()


def test_running_out_of_memory_is_told_apart_from_a_bug(pool: JobPool) -> None:
    job = pool.submit(work.exhaust_memory)
    assert ended(job)
    assert isinstance(job.error, OutOfMemory)
    assert_the_next_job_runs(pool)


@pytest.mark.parametrize(
    ("function", "args", "exit_code"),
    [
        (work.leave, (7,), 7),
        pytest.param(
            work.be_killed,
            (),
            -9,
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals"),
        ),
    ],
)
def test_a_child_that_dies_leaves_its_exit_code_and_the_slot_recovers(
    pool: JobPool,
    caplog: pytest.LogCaptureFixture,
    function: Callable[..., None],
    args: tuple[int, ...],
    exit_code: int,
) -> None:
    job = pool.submit(function, *args)
    assert ended(job)
    assert isinstance(job.error, JobFailed)
    assert job.error.values == {"detail": None, "exit_code": exit_code}
    assert_the_next_job_runs(pool)
    assert f"exit code {exit_code}" in caplog.text


def test_a_job_that_exits_has_failed(pool: JobPool) -> None:
    job = pool.submit(work.leave_politely, 3)
    assert ended(job)
    assert isinstance(job.error, JobFailed)
    assert_the_next_job_runs(pool)


def test_a_child_that_died_while_idle_costs_no_job(pool: JobPool) -> None:
    before = pool.submit(work.process_id)
    assert ended(before)
    os.kill(before.result, signal.SIGKILL)
    assert eventually(lambda: all(one.has_ended() for one in pool._children))
    after = pool.submit(work.process_id)
    assert ended(after)
    assert after.result != before.result


def test_a_function_no_child_could_find_is_refused_at_once(
    pool: JobPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((AttributeError, TypeError)):
        pool.submit(lambda progress: None)
    monkeypatch.setattr(work.add, "__module__", "__main__")
    with pytest.raises(ValueError, match="__main__"):
        pool.submit(work.add, 1, 1)


# ---------------------------------------------------------------------- children


def test_a_child_has_imported_what_it_was_told_before_its_first_job() -> None:
    pool = JobPool(slots=1, preload=("wave",))
    job = pool.submit(work.modules_there, "wave", "chunk_that_is_not_there")
    assert ended(job)
    assert job.result == [True, False]
    pool.close()


def test_a_preload_that_cannot_be_imported_fails_jobs_instead_of_hanging_them(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool = JobPool(slots=1, preload=("no_such_module",))
    jobs = [pool.submit(work.add, 1, 1) for _ in range(2)]
    assert all(ended(job) for job in jobs)
    assert all(isinstance(job.error, JobFailed) for job in jobs)
    assert "no_such_module" in caplog.text
    pool.close()


def test_a_system_without_processes_fails_jobs_instead_of_hanging_them(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_process(*_: object, **__: object) -> None:
        raise BlockingIOError("Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", no_process)
        pool = JobPool(slots=1, preload=())
        job = pool.submit(work.add, 1, 1)
        assert ended(job)
    assert isinstance(job.error, JobFailed)
    assert job.error.values["detail"] == "OSError"
    assert "Resource temporarily unavailable" in caplog.text
    pool.close()


def test_a_job_computes_with_as_many_threads_as_the_pool_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    pool = JobPool(slots=1, preload=())
    job = pool.submit(work.environment, *child.THREAD_LIMITS, "OMP_WAIT_POLICY")
    assert ended(job)
    assert job.result == ["1", "1", "1", "1", "PASSIVE"]
    pool.close()


def test_the_operator_may_choose_how_threads_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    pool = JobPool(slots=1, preload=(), threads_per_job=3)
    job = pool.submit(work.environment, "OMP_NUM_THREADS", "OMP_WAIT_POLICY")
    assert ended(job)
    assert job.result == ["3", "ACTIVE"]
    pool.close()


def test_a_child_has_a_main_module_of_its_own(pool: JobPool) -> None:
    job = pool.submit(work.file_of_main)
    assert ended(job)
    assert job.result is None


def run_script(folder: Path, body: str) -> subprocess.CompletedProcess[str]:
    """Run a script without a ``__main__`` guard; it and its children have ended on return.

    Children inherit its standard error, so the end of that stream is the end of them all.
    """
    script = folder / "script.py"
    head = f"""
        import os, signal, sys
        sys.path.insert(0, {str(ROOT)!r})
        open({str(folder / "runs")!r}, "a").write("run\\n")
        from segmentation.jobs import JobPool
        from tests import jobs_in_child as work
        pool = JobPool(slots=2, preload=())
    """
    script.write_text(textwrap.dedent(head) + textwrap.dedent(body), encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_a_script_without_a_main_guard_runs_once_and_leaves_no_child(tmp_path: Path) -> None:
    done = run_script(
        tmp_path,
        """
        jobs = [pool.submit(work.add, 1, n) for n in range(4)]
        print([job.wait() and job.result for job in jobs])
        """,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("[1, 2, 3, 4]\n", "", 0)
    assert (tmp_path / "runs").read_text() == "run\n"


def test_a_script_that_ends_takes_a_child_along_that_hears_nothing(tmp_path: Path) -> None:
    done = run_script(
        tmp_path,
        """
        job = pool.submit(work.be_deaf)
        while job.note is None:
            pass
        """,
    )
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
@pytest.mark.parametrize("way", ["SIGTERM", "SIGKILL"])
def test_children_end_with_their_parent_even_in_the_middle_of_a_job(
    tmp_path: Path, way: str
) -> None:
    done = run_script(
        tmp_path,
        f"""
        job = pool.submit(work.hold, "never")
        while job.note is None:
            pass
        os.kill(os.getpid(), signal.{way})
        """,
    )
    assert done.returncode == -getattr(signal, way)


def test_a_closed_pool_has_no_children_and_its_jobs_are_cancelled(
    pool_of_two: JobPool, tmp_path: Path
) -> None:
    running = [pool_of_two.submit(work.hold, str(tmp_path / "never")) for _ in range(2)]
    processes = [process_of(job) for job in running]
    queued = pool_of_two.submit(work.add, 1, 1)
    pool_of_two.close()
    assert {job.state for job in [*running, queued]} == {JobState.CANCELLED}
    assert [process for process in processes if is_alive(process)] == []
    with pytest.raises(RuntimeError, match="closed"):
        pool_of_two.submit(work.add, 1, 1)
    pool_of_two.close()


def test_closing_does_not_wait_for_children_that_still_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_module.py").write_text("import time; time.sleep(600)", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    pool = JobPool(slots=2, preload=("slow_module",))
    pool.warm()
    assert eventually(lambda: len(pool._children) == 2)
    closing = threading.Thread(target=pool.close, daemon=True)
    closing.start()
    closing.join(PATIENCE)
    assert not closing.is_alive()
    assert not pool._children


def test_a_pool_starts_nothing_before_it_is_asked() -> None:
    pool = JobPool(slots=2)
    assert not pool._keepers
    pool.close()


# ---------------------------------------------------------------------- throttling


def test_reports_are_held_back_except_for_a_new_step_and_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    sink = io.BytesIO()
    report = child._Report(Pipe(io.BytesIO(), sink))
    for tick in range(26):  # 64 a second, so that a tenth takes seven
        now[0] = tick / 64
        report(tick / 26, Note.of("early" if tick < 10 else "late", tick=tick))
    report.catch_up()
    report.catch_up()
    messages = Pipe(io.BytesIO(sink.getvalue()), io.BytesIO())
    said = []
    while (message := messages.receive())[0] is Kind.PROGRESS:
        said.append(unpack(message[1])[1].get("tick"))
    assert said == [0, 7, 10, 17, 24, 25]


def test_a_message_cut_off_half_way_counts_as_gone() -> None:
    sink = io.BytesIO()
    Pipe(io.BytesIO(), sink).send(Kind.RESULT, b"something")
    whole = sink.getvalue()
    for size in range(len(whole)):
        assert Pipe(io.BytesIO(whole[:size]), io.BytesIO()).receive() == (Kind.GONE, b"")
    assert Pipe(io.BytesIO(whole), io.BytesIO()).receive() == (Kind.RESULT, b"something")
