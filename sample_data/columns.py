"""What every sample does with a drawn column before it is written.

What enters: arrays of draws. What leaves: whole numbers in a range, words, and the blank cells that
real files have. It refuses to know which sample a column belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sample_data.draws import BoolArray, Draws, FloatArray, IntArray


def counts(values: FloatArray, least: int, most: int) -> IntArray:
    """Whole numbers in a range.

    Parameters
    ----------
    values : FloatArray
        Numbers of shape (n_rows,).
    least, most : int
        Smaller and larger ones are moved to these.

    Returns
    -------
    IntArray
        Array of shape (n_rows,).

    Examples
    --------
    >>> counts(np.array([-0.2, 2.7, 9.0]), 0, 5).tolist()
    [0, 3, 5]
    """
    return np.asarray(np.clip(np.round(values), least, most), dtype=np.int64)


def words(options: Sequence[str], index: IntArray) -> list[str]:
    """The option that each row chose.

    Parameters
    ----------
    options : sequence of str
        What there is to choose from.
    index : IntArray
        Position of each row's choice, of shape (n_rows,).

    Returns
    -------
    list of str
        One option for each row.

    Examples
    --------
    >>> words(("store", "web"), np.array([1, 0]))
    ['web', 'store']
    """
    return [options[position] for position in index.tolist()]


def yes_no(flags: BoolArray, answers: tuple[str, str] = ("yes", "no")) -> list[str]:
    """Flags in words.

    Parameters
    ----------
    flags : BoolArray
        Array of shape (n_rows,).
    answers : tuple of str
        The words for true and for false.

    Returns
    -------
    list of str
        One word for each row.
    """
    return [answers[0] if flag else answers[1] for flag in flags.tolist()]


def with_blanks(draws: Draws, frame: pd.DataFrame, missing: Mapping[str, float]) -> pd.DataFrame:
    """The table with some cells left empty at random.

    Parameters
    ----------
    draws : Draws
        Streams ``no`` and the name of each column are used.
    frame : pandas.DataFrame
        Complete table.
    missing : Mapping of str to float
        Share of cells to empty, by column.

    Returns
    -------
    pandas.DataFrame
        A copy; whole numbers stay whole.
    """
    blanked = frame.copy()
    for column, share in missing.items():
        values = frame[column]
        if pd.api.types.is_integer_dtype(values):
            values = values.astype("Int64")  # plain integers with blanks would be written as 3.0
        blanked[column] = values.mask(draws.flag(f"no {column}", share))
    return blanked


def messy(
    draws: Draws, name: str, values: Sequence[str], changes: Mapping[str, float]
) -> list[str]:
    """The values with placeholders such as n/a typed over some of them.

    Parameters
    ----------
    draws : Draws
        Stream ``name`` is used.
    name : str
        Name of the stream.
    values : sequence of str
        Clean values, one for each row.
    changes : Mapping of str to float
        Share of rows by what is typed over them; an empty text is a blank cell.

    Returns
    -------
    list of str
        One value for each row.
    """
    typed = list(changes)
    shares = np.array([1 - sum(changes.values()), *changes.values()])
    fate = draws.pick(name, shares).tolist()
    return [typed[what - 1] if what else value for value, what in zip(values, fate, strict=True)]
