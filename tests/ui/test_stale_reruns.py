"""A timer's request from a page that has been left must not blank the page on show."""

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from pages.ui import stale_reruns


class Runner(ScriptRunner):
    """Has drawn the Table page and notes what it is made to run."""

    def __init__(self) -> None:
        self.page_script_hash = "table"
        self.ran: list[RerunData] = []

    def _get_script_run_ctx(self) -> "Runner":  # type: ignore[override]
        return self


def timer(page: str) -> RerunData:
    return RerunData(page_script_hash=page, fragment_id_queue=["watch"], is_auto_rerun=True)


@pytest.mark.parametrize(
    ("rerun", "runs"),
    [
        (timer("start"), False),
        (timer("table"), True),
        (timer(""), True),
        (RerunData(page_script_hash="start", fragment_id_queue=["watch"]), True),
        (RerunData(page_script_hash="start"), True),
    ],
    ids=["stale", "its own page", "of no page", "a click", "a change of page"],
)
def test_only_a_timer_of_another_page_is_refused(
    monkeypatch: pytest.MonkeyPatch, rerun: RerunData, runs: bool
) -> None:
    monkeypatch.setattr(stale_reruns, "_run_script", lambda runner, data: runner.ran.append(data))
    monkeypatch.setattr(ScriptRunner, "_run_script", ScriptRunner._run_script)
    stale_reruns.refuse()
    runner = Runner()
    runner._run_script(rerun)
    assert bool(runner.ran) is runs
