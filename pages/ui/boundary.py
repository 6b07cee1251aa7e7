"""The error boundary: what the library refuses becomes what happened and what to do next.

Only the library's own errors are caught; a bug stays loud.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.ui import state
from pages.ui.text import escaped
from segmentation.errors import EngineFailure, JobFailed, SegmentationError, StudyChangedElsewhere
from segmentation.wording.errors import explain

_LOG = logging.getLogger(__name__)


@contextmanager
def boundary(*, stop: bool = False) -> Iterator[None]:
    """Show the library's errors in place of what raised them.

    Parameters
    ----------
    stop : bool
        Whether the page ends there, because what follows needs what failed.
    """
    try:
        yield
    except SegmentationError as error:
        show(error)
        if isinstance(error, StudyChangedElsewhere):
            state.forget_widgets()
            state.look_again()
        if stop:
            st.stop()


def show(error: SegmentationError) -> None:
    """Show an error: what happened, then the next step."""
    if isinstance(error, EngineFailure | JobFailed):
        _LOG.error("a computation failed", exc_info=error)
    told = explain(error, state.words())
    st.error(f"**{escaped(told.happened)}**  \n{escaped(told.next_step)}", icon=":material/error:")
