"""Files that are being read or put together: how far that is, and a way to cancel it.

Enters: a visit. Leaves: a progress bar in place of the rest of the page, until the files are open,
refused or cancelled. What is done at once shows nothing of this.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import streamlit as st

from pages.ui import opening, readings, state
from pages.ui.readings import Reading
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.errors import Cancelled
from segmentation.transactions import Upload
from segmentation.wording import Words
from segmentation.wording.progress import say_step

T = TypeVar("T")

# Where each step begins and ends on the bar: its share of the time that a text of 190 MB took.
_PLACES: Mapping[str, tuple[float, float]] = {
    "unpacking": (0.0, 0.05),
    "parsing": (0.0, 0.1),
    "copying": (0.05, 0.13),
    "loading": (0.13, 0.65),
    "stacking": (0.63, 0.65),
    "summing": (0.65, 0.67),
    "joining": (0.65, 0.67),
    "comparing": (0.65, 0.67),
    "choosing": (0.67, 0.71),
    "typing": (0.71, 0.95),
    "counting": (0.95, 1.0),
}


def read(visit: Visit, uploads: Sequence[Upload], onward: Path, words: Words) -> None:
    """Read files; turn to the next page at once where that is quick, else show how far it is."""
    reading = opening.start_reading(visit, uploads)
    with st.spinner(words("Reading the file")):
        is_over = reading.wait(readings.PATIENCE_SECONDS)
    if not is_over:
        st.rerun()
    follow(visit, onward, words)


def follow(visit: Visit, onward: Path, words: Words) -> None:
    """Show the file that is being read, if there is one, and stop the page there.

    Parameters
    ----------
    visit : Visit
    onward : Path
        The page to turn to when the file is open.
    words : Words

    Raises
    ------
    SegmentationError
        Once, when the file was refused.
    """
    if _has_opened(visit, words):
        state.look_again()
        st.switch_page(onward)


def put_together(
    visit: Visit, work: Callable[[], None], words: Words, *, is_choice: bool = False
) -> None:
    """Put the open files together in another way; at once where that is quick.

    Parameters
    ----------
    visit : Visit
    work : callable
        What is done.
    words : Words
    is_choice : bool
        Whether a widget shows what is asked for, and is to go back where it is refused.

    Raises
    ------
    SegmentationError
        When it is refused; the customers are as they were.
    """
    reading = opening.start_again(visit, work, is_choice=is_choice)
    with st.spinner(words("Putting the customers together")):
        is_over = reading.wait(readings.PATIENCE_SECONDS)
    if not is_over:
        st.rerun()
    follow_here(visit, words)


def follow_here(visit: Visit, words: Words) -> None:
    """Show what is being done with the open files, if anything is, and stop the page there.

    Raises
    ------
    SegmentationError
        Once, when it was refused.
    """
    if visit.reading is not None and visit.reading.in_place and _has_opened(visit, words):
        state.begin_anew()


def looked_at(
    visit: Visit, key: Hashable, look: Callable[[], T], name: str, words: Words
) -> T | None:
    """Look at files beside the open ones; at once where that is quick, once for a key.

    Parameters
    ----------
    visit : Visit
    key : hashable
        Under which what was found is remembered.
    look : callable
        What is done.
    name : str
        Of the files, to be shown.
    words : Words

    Returns
    -------
    object or None
        What was found; None where it was cancelled, until somebody asks for it again.

    Raises
    ------
    SegmentationError
        When it is refused; each time it is looked at.
    """
    if not visit.memo.has(key):
        reading = visit.reading
        if reading is None or reading.key != key:
            reading = opening.start_looking(visit, key, look, name)
        with st.spinner(words("Reading the file")):
            is_over = reading.wait(readings.PATIENCE_SECONDS)
        if not is_over:
            _watch(reading, words)
            st.stop()
        visit.reading = None
        try:
            reading.settle()
        except Cancelled:
            visit.memo.put(key, None)
    found: T | None = visit.memo.get(key, look)
    if found is None:
        st.info(escaped(words("Reading “{name}” was cancelled.", name=name)))
        if st.button(words("Start again"), key="look_again"):
            visit.memo.forget(key)
            st.rerun()
    return found


def _has_opened(visit: Visit, words: Words) -> bool:
    """Tell whether a reading has just ended well; watch one that has not ended."""
    reading = visit.reading
    if reading is None:
        return False
    if not reading.is_over:
        _watch(reading, words)
        st.stop()
    visit.reading = None
    if reading.is_choice and not reading.has_opened:
        state.forget_widgets()
    try:
        reading.settle()
    except Cancelled:
        told = [words("Reading “{name}” was cancelled.", name=reading.name)]
        if visit.raw is not None:
            told.append(words("What was open before is as it was."))
        st.info(escaped(words.sentences(told)), icon=":material/info:")
        return False
    return True


def _watch(reading: Reading, words: Words) -> None:
    st.markdown(escaped(words("Reading “{name}”", name=reading.name)))

    @st.fragment(run_every=0.5)
    def watch() -> None:
        if reading.is_over or (reading.is_cancelled and reading.wait(readings.PATIENCE_SECONDS)):
            st.rerun()
        step, done, total = reading.far
        start, end = _PLACES.get(step, (0.0, 0.0))
        place = start + (end - start) * (done / total if total else 0.0)
        text = say_step(step, done, total, words) if step else words("Starting")
        text = words("Cancelling") if reading.is_cancelled else text
        st.progress(place, text=text)
        # As a callback the click counts even when it meets a run that is under way.
        st.button(
            words("Cancel"), key="cancel_reading", icon=":material/close:", on_click=reading.cancel
        )

    watch()
