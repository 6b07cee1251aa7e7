"""Reachability: which members may we contact, and have a usable address for, by channel?

Enters: consents and contacts. Leaves: counts by segment and channel, as a funnel, and how channels
overlap. Refuses to guess: consent that is unknown counts as none unless the user says otherwise.
Identifiers are checked by their form and number range only; nothing is looked up anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from segmentation.criteria.channels import DIRECT, STORE, Way, channels_of
from segmentation.criteria.choices import ReachRules
from segmentation.criteria.contacts import Contacts, contacts_of
from segmentation.intake import CustomerTable
from segmentation.intake.table import ROW
from segmentation.profiles import by_segment, labelled
from segmentation.variables import Role, Variable


@dataclass(frozen=True, slots=True)
class ChannelReach:
    """How much of a segment one channel reaches.

    Attributes
    ----------
    segment : int
    channel : str
    members, consenting, reachable : int
        Customers; ``consenting`` may be addressed, ``reachable`` have a valid identifier, too.
    share : float
        Reachable of the members, in [0, 1].
    has_consent, has_contact : bool
        Whether the file holds a consent and an identifier column for the channel.
    unknown : int
        Members whose consent is not known.
    identified : int
        Consenting members with an identifier, valid or not.
    """

    segment: int
    channel: str
    members: int
    consenting: int
    reachable: int
    share: float
    has_consent: bool
    has_contact: bool
    unknown: int = 0
    identified: int = 0

    @property
    def needs_consent(self) -> bool:
        """Whether anybody has to agree; a store stands open."""
        return self.channel != STORE


@dataclass(frozen=True, slots=True)
class Overlap:
    """Who of a segment is reached at all, and who by one channel only.

    Attributes
    ----------
    segment, members, anyhow : int
        ``anyhow`` are reached by at least one direct channel.
    only : tuple of (str, int)
        By channel: members whom no other direct channel reaches.
    """

    segment: int
    members: int
    anyhow: int
    only: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """The reach of every segment.

    Attributes
    ----------
    channels : tuple of ChannelReach
        Channels × segments; empty where the file has neither consents nor contacts.
    overlaps : tuple of Overlap
        By segment; empty as above.
    contacts : Contacts
        How the identifiers were checked.
    """

    channels: tuple[ChannelReach, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    contacts: Contacts = field(default_factory=Contacts)


def reach(
    table: CustomerTable,
    variables: Sequence[Variable],
    labels: str,
    k: int,
    rules: ReachRules | None = None,
) -> Reach:
    """Count the reachable members of every segment for every channel the file knows.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        Those with the roles ``CONSENT`` and ``CONTACT`` and a channel as detail; places, too.
    labels : str
        Engine table with ``__row`` and ``segment``.
    k : int
        Number of segments.
    rules : ReachRules, optional
        How consent and numbers are read.

    Returns
    -------
    Reach

    Notes
    -----
    Advertising platforms take an e-mail address or a number; where the file has no consent to
    advertising itself, the consent of that address' own channel is needed. Counts are of
    customers, without survey weights.
    """
    rules = rules or ReachRules()
    known = [v for v in variables if v.role in (Role.CONSENT, Role.CONTACT) and v.detail]
    if not known:
        return Reach()
    contacts = contacts_of(table, variables, rules.region)
    rows, valid = labelled(table, variables, labels), {}
    if contacts.flags:
        flags = table.session.table(contacts.flags).rename(ok_email="email", ok_sms="sms")
        rows = rows.left_join(flags, ROW)
        valid = {name: rows[f"ok_{name}"].fill_null(False) for name in ("email", "sms")}
    found = dict(channels_of(rows, variables, rules, valid))
    measures: dict[str, ir.Scalar] = {"members": rows.count()}
    for name, channel in found.items():
        usable = channel.agreed & channel.valid
        measures |= {
            f"{name}_consenting": rows.count(where=channel.agreed),
            f"{name}_unknown": rows.count(where=channel.unknown),
            f"{name}_identified": rows.count(where=channel.agreed & channel.identified),
            f"{name}_reachable": rows.count(where=usable),
        }
    direct = {n: c.agreed & c.valid for n, c in found.items() if n in DIRECT}
    if direct:
        measures |= _overlapping(rows, direct)
    counted = by_segment(table, rows, measures, k)
    counts = {name: [int(n) for n in values] for name, values in counted.items()}
    return Reach(_reached(found, counts, k), _overlaps(direct, counts, k), contacts)


def _reached(
    found: Mapping[str, Way], counts: Mapping[str, list[int]], k: int
) -> tuple[ChannelReach, ...]:
    return tuple(
        ChannelReach(
            segment=s,
            channel=name,
            members=counts["members"][s],
            consenting=counts[f"{name}_consenting"][s],
            reachable=counts[f"{name}_reachable"][s],
            share=counts[f"{name}_reachable"][s] / max(1, counts["members"][s]),
            has_consent=channel.has_consent,
            has_contact=channel.has_contact,
            unknown=counts[f"{name}_unknown"][s],
            identified=counts[f"{name}_identified"][s],
        )
        for name, channel in found.items()
        for s in range(k)
    )


def reachable(
    table: CustomerTable, variables: Sequence[Variable], rules: ReachRules | None = None
) -> Callable[[ir.Table], ir.IntegerValue]:
    """Tell how customers are marked whom any direct channel reaches, as in :func:`reach`.

    Parameters
    ----------
    table : CustomerTable
        Its addresses are checked once.
    variables : sequence of Variable
    rules : ReachRules, optional
        How consent and numbers are read.

    Returns
    -------
    callable
        Takes the population as an Ibis table with ``__row``; gives 1 for these customers, NULL for
        the others.
    """
    found_in = ways_of(table, variables, rules)

    def marked(rows: ir.Table) -> ir.IntegerValue:
        told = [way.agreed & way.valid for name, way in found_in(rows).items() if name in DIRECT]
        return reduce(or_, told, ibis.literal(False)).cast("int64").nullif(0)

    return marked


def ways_of(
    table: CustomerTable, variables: Sequence[Variable], rules: ReachRules | None = None
) -> Callable[[ir.Table], dict[str, Way]]:
    """Tell how the ways to customers are read off their rows, whatever is asked of these.

    Parameters
    ----------
    table : CustomerTable
        Its addresses are checked once.
    variables : sequence of Variable
    rules : ReachRules, optional
        How consent and numbers are read.

    Returns
    -------
    callable
        Takes the population as an Ibis table with ``__row``; gives the channels that the file
        knows, as in :func:`reach`.
    """
    rules = rules or ReachRules()
    contacts = contacts_of(table, variables, rules.region)

    def found_in(rows: ir.Table) -> dict[str, Way]:
        valid: dict[str, ir.BooleanValue] = {}
        if contacts.flags:
            flags = table.session.table(contacts.flags)
            valid = {n: rows[ROW].isin(flags.filter(flags[n])[ROW]) for n in ("email", "sms")}
        return dict(channels_of(rows, variables, rules, valid))

    return found_in


def _overlapping(rows: ir.Table, direct: Mapping[str, ir.BooleanValue]) -> dict[str, ir.Scalar]:
    by = reduce(lambda total, flag: total + flag.cast("int8"), direct.values(), ibis.literal(0))
    only = {f"only_{name}": rows.count(where=flag & (by == 1)) for name, flag in direct.items()}
    return {"anyhow": rows.count(where=by > 0), **only}


def _overlaps(
    direct: Mapping[str, object], counts: Mapping[str, list[int]], k: int
) -> tuple[Overlap, ...]:
    if not direct:
        return ()
    return tuple(
        Overlap(
            segment=s,
            members=counts["members"][s],
            anyhow=counts["anyhow"][s],
            only=tuple((name, counts[f"only_{name}"][s]) for name in direct),
        )
        for s in range(k)
    )
