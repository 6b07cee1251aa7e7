"""Segments made by a rule before any are found: who meets it belongs there, the rest is segmented.

Enters: a customer table and pins. Leaves: rows, the customers that are left, and partitions with
the pinned segments behind the others. Refuses a pin that nobody meets, and pins that leave nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.errors import NobodyPinned, NoCustomersLeft
from segmentation.intake import Condition, CustomerTable
from segmentation.structure.partition import Partition, Segment, derived_key

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pin:
    """A segment made by a rule.

    Attributes
    ----------
    name : str
        What it is called.
    conditions : tuple of Condition
        All of them must hold, as in the population filter.
    """

    name: str
    conditions: tuple[Condition, ...]

    def fits(self, names: Iterable[str]) -> bool:
        """Tell whether the columns it asks for are there; it rests where one is not."""
        present = set(names)
        return all(present.issuperset(condition.columns) for condition in self.conditions)


def pinned_rows(table: CustomerTable, pins: Sequence[Pin]) -> tuple[Rows, ...]:
    """Find who meets each rule; who meets several belongs to the first.

    Parameters
    ----------
    table : CustomerTable
        Its population is looked at.
    pins : sequence of Pin

    Returns
    -------
    tuple of ndarray
        Rows of the file, ascending, one array a pin.

    Raises
    ------
    NobodyPinned
        When nobody is left for one of the rules.
    """
    found: list[Rows] = []
    for pin in pins:
        matched = replace(table, conditions=(*table.conditions, *pin.conditions))
        rows = _rows_of(matched)
        own = rows[~np.isin(rows, np.concatenate(found))] if found else rows
        if not len(own):
            raise NobodyPinned(name=pin.name)
        found.append(own)
    return tuple(found)


def left_over(table: CustomerTable, pinned: Sequence[Rows]) -> CustomerTable:
    """Return the customers whom no rule took (raises ``NoCustomersLeft`` where it took all)."""
    if not pinned:
        return table
    everybody = _rows_of(table)
    rest = everybody[~np.isin(everybody, np.concatenate(pinned))]
    if not len(rest):
        raise NoCustomersLeft(n_before=len(everybody))
    return among(table, rest)


def among(table: CustomerTable, rows: Rows) -> CustomerTable:
    """Return the same table with these customers alone.

    Parameters
    ----------
    table : CustomerTable
    rows : ndarray
        Rows of the file, all of the population.

    Returns
    -------
    CustomerTable
    """
    ordered = np.sort(rows)
    name = f"within_{hashlib.sha256(ordered.data).hexdigest()[:12]}"
    if not table.session.has(name):
        table.session.put(name, pa.table({"__row": ordered}))
    return replace(table, within=name, n_customers=len(ordered))


def with_pinned(partition: Partition, pins: Sequence[Pin], rows: Sequence[Rows]) -> Partition:
    """Put the pinned segments behind those of the other customers.

    Parameters
    ----------
    partition : Partition
        Of the other customers.
    pins : sequence of Pin
    rows : sequence of ndarray
        Who belongs to each.

    Returns
    -------
    Partition
    """
    if not pins:
        return partition
    k = partition.k
    labels = [np.full(len(own), k + i, np.int16) for i, own in enumerate(rows)]
    behind = tuple(Segment(k + i, called=pin.name) for i, pin in enumerate(pins))
    return Partition(
        derived_key(partition.key, "pinned", *pins),
        np.concatenate([partition.rows, *rows]),
        np.concatenate([partition.labels, *labels]),
        partition.segments + behind,
    )


def _rows_of(table: CustomerTable) -> Rows:
    rows = table.session.arrow(table.population().select("__row").order_by("__row"))
    found: Rows = rows["__row"].to_numpy()
    return found
