"""Reachability: which members may we contact, and have a usable address for, by channel?

Enters: consents and contacts. Leaves: counts by segment and channel. Refuses to guess: consent that
is unknown counts as none. Identifiers are checked by their form only; nothing is
looked up anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from segmentation.intake import CustomerTable
from segmentation.intake.kinds import YES_WORDS
from segmentation.profiles import by_segment, labelled
from segmentation.variables import Role, Variable

CHANNELS = ("email", "sms", "post", "push", "wechat")
_EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$"
_PHONE = r"^\+?[0-9]{7,15}$"


@dataclass(frozen=True, slots=True)
class ChannelReach:
    """How much of a segment one channel reaches.

    Attributes
    ----------
    segment : int
    channel : str
    members, consenting, reachable : int
        Customers; ``reachable`` have consent and a valid identifier.
    share : float
        Of the members, in [0, 1].
    has_consent, has_contact : bool
        Whether the file holds a consent and an identifier column for the channel.
    """

    segment: int
    channel: str
    members: int
    consenting: int
    reachable: int
    share: float
    has_consent: bool
    has_contact: bool


def reach(
    table: CustomerTable, variables: Sequence[Variable], labels: str, k: int
) -> tuple[ChannelReach, ...]:
    """Count the reachable members of every segment for every channel the file knows.

    Parameters
    ----------
    table : CustomerTable
    variables : sequence of Variable
        Those with the roles ``CONSENT`` and ``CONTACT`` and a channel as detail.
    labels : str
        Engine table with ``__row`` and ``segment``.
    k : int
        Number of segments.

    Returns
    -------
    tuple of ChannelReach
        Empty where the file has neither consents nor contacts.
    """
    consents = {v.detail: v for v in variables if v.role is Role.CONSENT}
    contacts = {v.detail: v for v in variables if v.role is Role.CONTACT}
    channels = [c for c in CHANNELS if c in consents or c in contacts]
    if not channels:
        return ()
    rows = labelled(table, variables, labels)
    measures: dict[str, ir.Scalar] = {"members": rows.count()}
    for channel in channels:
        agreed = _agreed(rows, consents.get(channel))
        usable = agreed & _valid(rows, contacts.get(channel), channel)
        measures[f"{channel}_consenting"] = rows.count(where=agreed)
        measures[f"{channel}_reachable"] = rows.count(where=usable)
    found = by_segment(table, rows, measures, k)
    return tuple(
        ChannelReach(
            segment=s,
            channel=channel,
            members=int(found["members"][s]),
            consenting=int(found[f"{channel}_consenting"][s]),
            reachable=int(found[f"{channel}_reachable"][s]),
            share=float(found[f"{channel}_reachable"][s] / max(1.0, found["members"][s])),
            has_consent=channel in consents,
            has_contact=channel in contacts,
        )
        for channel in channels
        for s in range(k)
    )


def reachable(rows: ir.Table, variables: Sequence[Variable]) -> ir.IntegerValue:
    """Mark the customers whom any channel reaches, by the rules of :func:`reach`.

    Parameters
    ----------
    rows : ibis Table
        The population.
    variables : sequence of Variable

    Returns
    -------
    ibis IntegerValue
        1 for these, NULL for the others; without consents nobody may be contacted.
    """
    consents = {v.detail: v for v in variables if v.role is Role.CONSENT}
    contacts = {v.detail: v for v in variables if v.role is Role.CONTACT}
    told = [
        _agreed(rows, consents[channel]) & _valid(rows, contacts.get(channel), channel)
        for channel in CHANNELS
        if channel in consents
    ]
    return ibis.or_(*told).cast("int64").nullif(0)


def _agreed(rows: ir.Table, consent: Variable | None) -> ir.BooleanValue:
    if consent is None:
        return ibis.literal(False)
    answer = rows[consent.key]
    if answer.type().is_boolean():
        return answer.fill_null(False)
    if answer.type().is_numeric():
        return (answer == 1).fill_null(False)
    return answer.lower().strip().isin([*YES_WORDS, "1"]).fill_null(False)


def _valid(rows: ir.Table, contact: Variable | None, channel: str) -> ir.BooleanValue:
    if contact is None:
        return ibis.literal(True)
    text = rows[contact.key].cast("string").strip()
    if channel == "email":
        return text.re_search(_EMAIL).fill_null(False)
    if channel == "sms":
        digits = text.re_replace(r"[\s().-]", "")
        return digits.re_search(_PHONE).fill_null(False)
    return (text != "").fill_null(False)


def usable(
    rows: ir.Table, variables: Sequence[Variable]
) -> dict[str, tuple[ir.BooleanValue, ir.BooleanValue]]:
    """Return who agreed and who has a usable address, for every channel the file knows.

    Parameters
    ----------
    rows : ibis Table
        Customers with their physical columns.
    variables : sequence of Variable

    Returns
    -------
    dict of str to tuple of (BooleanValue, BooleanValue)
        By channel; who has both is reached.
    """
    consents = {v.detail: v for v in variables if v.role is Role.CONSENT}
    contacts = {v.detail: v for v in variables if v.role is Role.CONTACT}
    return {
        channel: (
            _agreed(rows, consents.get(channel)),
            _valid(rows, contacts.get(channel), channel),
        )
        for channel in CHANNELS
        if channel in consents or channel in contacts
    }
