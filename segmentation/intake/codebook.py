"""What the codes of a file mean: the labels, orders and reversals of its columns.

Enters: nothing. Leaves: a :class:`Codebook` by column name. Refuses to touch a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """What a codebook says about one column.

    Attributes
    ----------
    label : str
        The question or the long name; blank where the codebook has none.
    values : tuple of (str, str)
        Code as written in the file and its label, in the codebook's order, which is the order of
        the levels.
    missing : tuple of str
        Codes that stand for no answer.
    is_reversed : bool
        Whether the item is worded against the others of its battery, so that high means low.
    is_ordered : bool
        Whether the file itself calls the values ordered.
    """

    label: str = ""
    values: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    is_reversed: bool = False
    is_ordered: bool = False


Codebook = Mapping[str, Entry]


def plain_name(name: str) -> str:
    """Return the name of a variable as codebook and table are compared by it.

    Examples
    --------
    >>> plain_name(" Net  Income ")
    'net income'
    """
    return " ".join(name.split()).casefold()
