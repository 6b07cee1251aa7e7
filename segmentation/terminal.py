"""What the command line says while it works: messages, and one line that is written anew.

Enters: what is to be said. Leaves: text on standard error. Refuses to write a line anew where that
is no terminal: there, nothing is said of how far the reading is.
"""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from segmentation.engine import DuckSession
from segmentation.notes import Note
from segmentation.wording import Words
from segmentation.wording.notes import say
from segmentation.wording.progress import say_step
from segmentation.workflow import Progress

_CLEAR = "\r\x1b[2K"


def tell(message: str) -> None:
    """Write a message on a line of its own."""
    sys.stderr.write(f"{message}\n")


@contextmanager
def reading_told(session: DuckSession, words: Words) -> Iterator[None]:
    """Tell how far the reading in a block is, on one line that is gone at its end.

    Parameters
    ----------
    session : DuckSession
        Where this thread reads.
    words : Words
    """
    if not sys.stderr.isatty():
        yield
        return

    def line(step: str, done: int, total: int) -> None:
        text = _cut(say_step(step, done, total, words), shutil.get_terminal_size().columns - 1)
        sys.stderr.write(f"{_CLEAR}{text}")
        sys.stderr.flush()

    try:
        with session.watched_by(line):
            yield
    finally:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def unheard(step: str, done: int, total: int) -> None:
    """Watch without a word: a watched session lets go of a statement when it is interrupted."""


def stages_told(words: Words) -> Progress:
    """Return what tells each new stage of an extraction once."""
    told: set[str] = set()

    def progress(done: float, note: Note | None) -> None:
        if note and note.code not in told:
            told.add(note.code)
            tell(f"{done:.0%} {say(note, words)}")

    return progress


def _cut(text: str, width: int) -> str:
    """Cut a text to the columns of a terminal; a Chinese character takes two of them."""
    taken = 0
    for position, character in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if taken > width:
            return text[:position]
    return text
