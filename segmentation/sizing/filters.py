"""Filters of a what-if: conditions on variables and segments, in groups of all, any or none.

Enters: what the user stacked. Leaves: an Ibis predicate. Refuses to run anything, and conditions
about whole rows. A condition means what it means in the population filter: a cell without a value
meets none but "is missing". A condition on a column that the file lacks, or on segments of another
solution, rests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import and_, or_

import ibis
import ibis.expr.types as ir

from segmentation.intake import Condition
from segmentation.intake.filters import predicate

SEGMENT = "segment"
# Groups in groups in groups: deeper ones can neither be read nor compiled.
DEEPEST = 8


class Joined(StrEnum):
    """How many members of a group must be met."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class InSegments:
    """Membership of some segments of one solution.

    Attributes
    ----------
    solution : str
        The solution's key; the condition rests while another one is on show.
    segments : tuple of int
        Any of them.
    """

    solution: str
    segments: tuple[int, ...]


Leaf = Condition | InSegments


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions and further groups; one without any is met by everybody.

    Attributes
    ----------
    joined : Joined
        Whether all, any or none of the members must be met.
    members : tuple of Condition, InSegments or Group
    """

    joined: Joined = Joined.ALL
    members: tuple[Leaf | Group, ...] = ()

    @property
    def leaves(self) -> Iterator[Leaf]:
        """The conditions, at any depth, in order.

        Examples
        --------
        >>> list(Group(members=(Group(members=(InSegments("a", (0,)),)),)).leaves)
        [InSegments(solution='a', segments=(0,))]
        """
        for member in self.members:
            if isinstance(member, Group):
                yield from member.leaves
            else:
                yield member

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are needed, each once."""
        found = (leaf.column for leaf in self.leaves if isinstance(leaf, Condition))
        return tuple(dict.fromkeys(found))

    @property
    def uses_segments(self) -> bool:
        """Whether membership of segments is asked for."""
        return any(isinstance(leaf, InSegments) for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class InForce:
    """What of a filter applies now, and what rests."""

    group: Group
    resting: tuple[Leaf, ...]


def in_force(group: Group, names: Collection[str], solution: str | None) -> InForce:
    """Set aside what cannot apply: columns the file lacks, segments of another solution.

    Parameters
    ----------
    group : Group
    names : collection of str
        The columns there are.
    solution : str or None
        Key of the solution on show; None where no segments have been found.

    Examples
    --------
    >>> found = in_force(Group(members=(InSegments("a", (0,)),)), (), None)
    >>> found.group.members, len(found.resting)
    ((), 1)
    """

    def applies(leaf: Leaf) -> bool:
        if isinstance(leaf, InSegments):
            return leaf.solution == solution
        return leaf.column in names

    resting = tuple(leaf for leaf in group.leaves if not applies(leaf))
    return InForce(_kept(group, applies), resting)


def _kept(group: Group, applies: Callable[[Leaf], bool]) -> Group:
    members: list[Leaf | Group] = []
    for member in group.members:
        if not isinstance(member, Group):
            if applies(member):
                members.append(member)
        elif (inner := _kept(member, applies)).members:
            members.append(inner)
    return Group(group.joined, tuple(members))


def replaced(group: Group, old: Leaf, new: Leaf | None) -> Group:
    """Return the filter with one condition changed, or taken out with the groups it leaves empty.

    Examples
    --------
    >>> only = InSegments("a", (0,))
    >>> replaced(Group(members=(Group(members=(only,)),)), only, None)
    Group(joined=<Joined.ALL: 'all'>, members=())
    """
    members: list[Leaf | Group] = []
    for member in group.members:
        if isinstance(member, Group):
            inner = replaced(member, old, new)
            if inner.members:
                members.append(inner)
        elif member != old:
            members.append(member)
        elif new is not None:
            members.append(new)
    return Group(group.joined, tuple(members))


def met(
    rows: ir.Table,
    group: Group,
    key_of: Callable[[str], str],
    given: tuple[Leaf, bool] | None = None,
) -> ir.BooleanValue:
    """Build the predicate of a filter whose conditions all apply.

    Parameters
    ----------
    rows : ibis Table
        With the physical columns of the table, and ``segment`` where the filter needs it.
    group : Group
    key_of : callable
        Returns the physical column of a name in the file, as ``CustomerTable.key_of`` does.
    given : tuple of (Leaf, bool), optional
        A condition that is to count as met, or as not met, by everybody.

    Returns
    -------
    ibis BooleanValue
        True or false, never missing.
    """

    def one(member: Leaf | Group) -> ir.BooleanValue:
        if isinstance(member, Group):
            return met(rows, member, key_of, given)
        if given is not None and member == given[0]:
            return ibis.literal(given[1])
        if isinstance(member, InSegments):
            return rows[SEGMENT].isin(member.segments).fill_null(False)
        return predicate(rows, member, key_of, rows)

    if not group.members:
        return ibis.literal(True)
    parts = [one(member) for member in group.members]
    if group.joined is Joined.ALL:
        return _balanced(parts, and_)
    found = _balanced(parts, or_)
    return ~found if group.joined is Joined.NONE else found


def _balanced(
    parts: Sequence[ir.BooleanValue],
    join: Callable[[ir.BooleanValue, ir.BooleanValue], ir.BooleanValue],
) -> ir.BooleanValue:
    """Join two halves, not one after the other: a thousand in a row nest too deeply to compile."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return join(_balanced(parts[:half], join), _balanced(parts[half:], join))
