"""Measurability: do we know, for enough members, the variables that define their segment?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_

from segmentation.intake import CustomerTable
from segmentation.profiles.profile import labelled
from segmentation.variables import Role, Variable


def filled_shares(
    table: CustomerTable, variables: Sequence[Variable], labels: str, k: int
) -> tuple[float, ...]:
    """Share of each segment's members whose basis variables are all filled.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
    labels : str
        Engine table with ``__row`` and ``segment``.
    k : int
        Number of segments.

    Returns
    -------
    tuple of float
        In [0, 1], weighted; 0 for a segment without members.
    """
    rows = labelled(table, variables, labels)
    basis = [v for v in variables if v.role is Role.BASIS]
    filled = reduce(and_, [rows[v.key].notnull() for v in basis])
    known = rows.mutate(known=filled.cast("int8").cast("float64"))
    found = table.session.frame(
        known.group_by("segment").aggregate(
            mass=known.weight.sum(), filled=(known.weight * known.known).sum()
        )
    ).set_index("segment")
    return tuple(
        float(found.at[s, "filled"] / found.at[s, "mass"])
        if s in found.index and found.at[s, "mass"] > 0
        else 0.0
        for s in range(k)
    )
