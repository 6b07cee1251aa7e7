"""A page that watches a computation asks again every half second; not after it has been left.

Enters: Streamlit's requests to run. Leaves: the same but for one kind. A timer's request that comes
while the next page is being drawn is run by Streamlit 1.67 after it, under the page it came from;
the browser takes the answer, which holds nothing, for that page: the one on show goes blank and
stays so. It is refused here, in the only place where Streamlit knows which page is on show.
"""

from __future__ import annotations

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

_run_script = ScriptRunner._run_script


def refuse() -> None:
    """From now on, refuse a timer's request that comes from a page which is not on show."""
    ScriptRunner._run_script = _run_if_fresh  # type: ignore[method-assign,assignment] # there is no hook


def _run_if_fresh(runner: ScriptRunner, rerun: RerunData) -> None:
    if not is_stale(rerun, runner._get_script_run_ctx().page_script_hash):
        _run_script(runner, rerun)


def is_stale(rerun: RerunData, shown: str) -> bool:
    """Tell whether a request is a timer's and comes from another page than the one on show.

    Parameters
    ----------
    rerun : RerunData
        Streamlit's request.
    shown : str
        Hash of the page that was drawn last; blank before the first.

    Examples
    --------
    >>> timer = RerunData(page_script_hash="start", fragment_id_queue=["w"], is_auto_rerun=True)
    >>> is_stale(timer, "start"), is_stale(timer, "table")
    (False, True)
    """
    is_timer = rerun.is_auto_rerun and bool(rerun.fragment_id_queue)
    return is_timer and bool(shown) and rerun.page_script_hash not in ("", shown)
