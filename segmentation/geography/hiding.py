"""Which cells of a table of counts are hidden: small ones, and those that would give them away.

Enters: customers by row and segment. Leaves: what must not be shown. Refuses to hide nothing where
a total would tell a small group (Batten 2015).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from segmentation.geography.tally import HIDDEN_BELOW


def hidden_cells(counts: npt.NDArray[np.int64], *, complete: bool) -> npt.NDArray[np.bool_]:
    """Say which cells are hidden: small ones, and a second one where a total would tell the first.

    Totals by row are shown, so no row may have a single hidden cell. Totals by column are known
    too; where (nearly) everybody is in a row that is shown, no column may have a single hidden
    cell either.

    Parameters
    ----------
    counts : ndarray of shape (n_rows, n_columns)
    complete : bool
        Whether the rows are (nearly) everybody.

    Returns
    -------
    ndarray of shape (n_rows, n_columns)

    Examples
    --------
    >>> hidden_cells(np.array([[3, 9, 20], [30, 30, 30]]), complete=False).tolist()
    [[True, True, False], [False, False, False]]
    """
    hidden = (counts > 0) & (counts < HIDDEN_BELOW)
    while True:
        before = int(hidden.sum())
        _hide_second(counts, hidden)
        if complete:
            _hide_second(counts.T, hidden.T)
        if int(hidden.sum()) == before:
            return hidden


def _hide_second(counts: npt.NDArray[np.int64], hidden: npt.NDArray[np.bool_]) -> None:
    """Hide the smallest other group in each row (of a view) with a single hidden cell.

    An empty group serves only where there is no other: that it is empty is then not told either.
    """
    for row in np.flatnonzero(hidden.sum(axis=1) == 1):
        others = np.flatnonzero(~hidden[row])
        if others.size:
            sizes = counts[row, others]
            sizes = np.where(sizes == 0, sizes.max() + 1, sizes)
            hidden[row, others[sizes.argmin()]] = True
