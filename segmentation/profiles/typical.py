"""A typical customer of each segment: a real one, the nearest to the segment's middle.

Enters: the prepared customers and their segments. Leaves: which customer, and what is known of him
or her that is not personal. Refuses personal data, identifiers, contacts, places and free text.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from segmentation.intake import CustomerTable
from segmentation.variables import Role, Scale, Variable

NOBODY = -1
SHOWN_ROLES = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME)
SHOWN_SCALES = (Scale.METRIC, Scale.ORDINAL, Scale.NOMINAL, Scale.BINARY)
_BLOCK_ROWS = 50_000
Cell = str | float | bool


def typical_customers(
    values: npt.NDArray[np.float32], labels: npt.NDArray[np.int16], k: int
) -> npt.NDArray[np.int64]:
    """Find the medoid of each segment: the member nearest to the mean of all members.

    The member with the smallest squared distance to the mean is also the one with the smallest sum
    of squared distances to all other members.

    Parameters
    ----------
    values : ndarray of shape (n_customers, n_features)
        Prepared, NaN in gaps.
    labels : ndarray of shape (n_customers,)
        0 … k - 1; -1 for a customer who belongs to no segment.
    k : int
        Number of segments.

    Returns
    -------
    ndarray of shape (k,)
        Positions in ``values``, the first of several; -1 for a segment without members. Members
        with the fewest gaps are preferred, so that nobody is typical by what is not known.

    Examples
    --------
    >>> values = np.array([[0.0], [1.0], [5.0], [9.0]], dtype=np.float32)
    >>> typical_customers(values, np.array([0, 0, 0, 1], dtype=np.int16), 2).tolist()
    [1, 3]
    """
    return np.array([_medoid(values, np.flatnonzero(labels == s)) for s in range(k)], np.int64)


def _medoid(values: npt.NDArray[np.float32], members: npt.NDArray[np.intp]) -> int:
    if not members.size:
        return NOBODY
    blocks = [members[start : start + _BLOCK_ROWS] for start in range(0, len(members), _BLOCK_ROWS)]
    gaps = np.concatenate([np.isnan(values[block]).sum(axis=1) for block in blocks])
    known = np.maximum(sum((~np.isnan(values[b])).sum(axis=0) for b in blocks), 1)
    center = sum(np.nansum(values[b], axis=0, dtype=np.float64) for b in blocks) / known
    squares = np.concatenate([np.nansum((values[b] - center) ** 2, axis=1) for b in blocks])
    fullest = np.flatnonzero(gaps == gaps.min())
    return int(members[fullest[squares[fullest].argmin()]])


def known_of(
    table: CustomerTable, variables: Sequence[Variable], rows: Sequence[int]
) -> tuple[dict[str, Cell], ...]:
    """Return what is known of single customers, without what could tell who they are.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        Basis, descriptors and outcomes are returned, in this order; never personal data.
    rows : sequence of int
        Rows of the file; a negative one is nobody.

    Returns
    -------
    tuple of dict
        One a row asked for: the values by the variable's name, gaps left out; empty for nobody.
    """
    shown = [
        v
        for role in SHOWN_ROLES
        for v in variables
        if v.role is role and v.scale in SHOWN_SCALES and not v.private
    ]
    customers = table.population()
    wanted = customers.filter(customers["__row"].isin([int(row) for row in rows]))
    cells = table.session.arrow(wanted.select("__row", *[v.key for v in shown])).to_pylist()
    by_row = {cell["__row"]: cell for cell in cells}
    return tuple(
        {v.name: by_row[row][v.key] for v in shown if by_row[row][v.key] is not None}
        if row in by_row
        else {}
        for row in map(int, rows)
    )
