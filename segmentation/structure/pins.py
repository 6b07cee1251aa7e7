"""Segments made by a rule before any are found: who meets it belongs there, the rest is segmented.

Enters: a customer table and pins. Leaves: rows, the customers that are left, and partitions with
the pinned segments behind the others. Refuses a pin that nobody meets, and pins that leave nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.errors import EverybodyPinned, NobodyPinned, SegmentsInRule
from segmentation.intake import Condition, CustomerTable
from segmentation.sizing import Group, Joined, met
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
    where : Group
        A filter that must be met besides; one without members asks for nothing.
    """

    name: str
    conditions: tuple[Condition, ...] = ()
    where: Group = field(default_factory=Group)

    @classmethod
    def of(cls, name: str, where: Group) -> Pin:
        """Make a segment of who meets a filter; plain conditions of which all must hold stay so.

        Raises
        ------
        SegmentsInRule
            When the filter asks for segments: a rule takes its customers before any are found.

        Examples
        --------
        >>> from segmentation.intake import Operator
        >>> old = Condition("age", Operator.AT_LEAST, ("60",))
        >>> Pin.of("old", Group(members=(old,))) == Pin("old", (old,))
        True
        """
        if where.uses_segments:
            raise SegmentsInRule(name=name)
        plain = tuple(each for each in where.members if isinstance(each, Condition))
        is_one = len(where.members) == 1 and where.joined is not Joined.NONE
        if len(plain) == len(where.members) and (is_one or where.joined is Joined.ALL):
            return cls(name, plain)
        return cls(name, where=where)

    @property
    def mark(self) -> str:
        """What the keys of segments hold of it; without a filter it is as it was before filters."""
        plain = f"Pin(name={self.name!r}, conditions={self.conditions!r}"
        return f"{plain}, where={self.where!r})" if self.where.members else f"{plain})"

    @property
    def asked(self) -> tuple[Condition, ...]:
        """All conditions, those of the filter at any depth."""
        inside = (leaf for leaf in self.where.leaves if isinstance(leaf, Condition))
        return (*self.conditions, *inside)

    def fits(self, names: Iterable[str]) -> bool:
        """Tell whether the columns it asks for are there; it rests where one is not."""
        present = set(names)
        return all(present.issuperset(condition.columns) for condition in self.asked)


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
        rows = rows_of_rule(table, pin)
        own = rows[~np.isin(rows, np.concatenate(found))] if found else rows
        if not len(own):
            raise NobodyPinned(name=pin.name)
        found.append(own)
    return tuple(found)


def rows_of_rule(table: CustomerTable, pin: Pin) -> Rows:
    """Return the rows of the file, ascending, of who meets one rule, whoever meets others, too."""
    matched = replace(table, conditions=(*table.conditions, *pin.conditions))
    people = matched.population()
    if pin.where.members:
        people = people.filter(met(people, pin.where, table.key_of))
    return _rows_of(table, people)


def left_over(table: CustomerTable, pinned: Sequence[Rows]) -> CustomerTable:
    """Return the customers whom no rule took (raises ``EverybodyPinned`` where it took all)."""
    if not pinned:
        return table
    everybody = _rows_of(table, table.population())
    rest = everybody[~np.isin(everybody, np.concatenate(pinned))]
    if not len(rest):
        raise EverybodyPinned(n=len(everybody))
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
        derived_key(partition.key, "pinned", *(pin.mark for pin in pins)),
        np.concatenate([partition.rows, *rows]),
        np.concatenate([partition.labels, *labels]),
        partition.segments + behind,
    )


def _rows_of(table: CustomerTable, people: ir.Table) -> Rows:
    rows = table.session.arrow(people.select("__row").order_by("__row"))
    found: Rows = rows["__row"].to_numpy()
    return found
