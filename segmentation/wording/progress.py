"""How far the reading of a file is, in words."""

from __future__ import annotations

from collections.abc import Mapping

from babel.numbers import format_decimal

from segmentation.wording.language import Words, mark

_MB, _GB = 1_000_000, 1_000_000_000

STEPS: Mapping[str, str] = {
    "fetching": mark("Copying the file"),
    "unpacking": mark("Unpacking the archive"),
    "parsing": mark("Reading the cells of the file"),
    "copying": mark("Reading the text"),
    "loading": mark("Loading the rows"),
    "comparing": mark("Comparing the rows"),
    "stacking": mark("Putting the files under each other"),
    "summing": mark("Summing up the orders"),
    "joining": mark("Joining the files"),
    "choosing": mark("Choosing the types of the columns"),
    "typing": mark("Converting the columns to their types"),
    "counting": mark("Counting what the columns hold"),
}


def size(n_bytes: int, words: Words) -> str:
    """Write a number of bytes: in whole megabytes, from a gigabyte on with one decimal.

    Examples
    --------
    >>> from segmentation.wording import words_in
    >>> size(412_300_000, words_in("en")), size(1_000_000_000, words_in("en"))
    ('412 MB', '1.0 GB')
    """
    if n_bytes < _GB:
        return f"{words.count(n_bytes // _MB)} MB"
    return f"{format_decimal(n_bytes / _GB, format='#,##0.0', locale=words.language)} GB"


def say_step(step: str, done: int, total: int, words: Words) -> str:
    """Say what is done and, where it can be told, how much of it.

    Parameters
    ----------
    step : str
        One of :data:`STEPS`.
    done, total : int
        Bytes, as :class:`segmentation.engine.Progress` tells them.
    words : Words

    Examples
    --------
    >>> from segmentation.wording import words_in
    >>> say_step("loading", 412_300_000, 1_000_000_000, words_in("en"))
    'Loading the rows: 412 MB of 1.0 GB'
    """
    said = words(STEPS[step])
    if total < _MB:
        return said
    done_size, total_size = size(done, words), size(total, words)
    return words("{step}: {done} of {total}", step=said, done=done_size, total=total_size)
