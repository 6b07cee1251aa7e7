"""Which column names the customers, as far as names and values tell.

Enters: the variables of a table. Leaves: a name to offer. Refuses to choose: rows stay the
customers until the user says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

from segmentation.variables import lexicon
from segmentation.variables.recognition import ID_LIKE_SHARE
from segmentation.variables.roles import Role, Variable

# Different values are counted exactly up to this number of rows.
_COUNTED = 100_000


def likely_id(variables: Iterable[Variable], n_rows: int) -> str | None:
    """Return the column that seems to name each customer.

    Parameters
    ----------
    variables : iterable of Variable
        As suggested or chosen.
    n_rows : int
        Rows of the file.

    Returns
    -------
    str or None
        The first column of ids that has another value in every row, in tables of more than 100,000
        rows in nearly every one. One whose name says so goes before; of several whose values alone
        say so none is offered, nor an id of orders, products or places.
    """
    enough = n_rows if n_rows <= _COUNTED else ID_LIKE_SHARE * n_rows
    full = [
        v
        for v in variables
        if v.role is Role.ID
        and not lexicon.spoken_for(v.name, lexicon.NOT_A_CUSTOMER)
        and not v.column.n_missing + v.column.n_failed
        and v.column.n_distinct >= enough
    ]
    named = [v for v in full if v.reasons[0].code == "id-named"]
    if named:
        return named[0].name
    return full[0].name if len(full) == 1 else None
