"""Channels: by which ways may customers be addressed, as conditions on the rows of a file?

Enters: consents, contacts and places. Leaves: for every channel who agreed, who has an identifier,
and whose is valid. Refuses to guess: consent that is unknown counts as none unless the user says
otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from segmentation.criteria.choices import ReachRules
from segmentation.criteria.contacts import text_of
from segmentation.intake import Column
from segmentation.intake.kinds import NO_WORDS, YES_WORDS
from segmentation.variables import Role, Variable

DIRECT = ("email", "sms", "post", "push", "wechat")
ADS, STORE = "ads", "store"
CHANNELS = (*DIRECT, ADS, STORE)
# What places a customer near a store.
_PLACED = ("postcode", "city", "latitude")


@dataclass(frozen=True, slots=True)
class Way:
    """What a channel's customers are told by: agreed, of unknown consent, identified, valid."""

    agreed: ir.BooleanValue
    unknown: ir.BooleanValue
    identified: ir.BooleanValue
    valid: ir.BooleanValue
    has_consent: bool
    has_contact: bool


def channels_of(
    rows: ir.Table,
    variables: Sequence[Variable],
    rules: ReachRules,
    valid: Mapping[str, ir.BooleanValue],
) -> Iterator[tuple[str, Way]]:
    """Yield every channel of which the file knows something.

    Parameters
    ----------
    rows : ibis Table
        The population.
    variables : sequence of Variable
        Those with the roles ``CONSENT`` and ``CONTACT`` and a channel as detail; places, too.
    rules : ReachRules
        How consent is read.
    valid : mapping of str to ibis BooleanValue
        Who has a valid identifier, of the channels whose identifiers are checked.

    Yields
    ------
    (str, Way)
    """
    consents = {v.detail: v for v in variables if v.role is Role.CONSENT}
    contacts = {v.detail: v for v in variables if v.role is Role.CONTACT}
    made = {
        name: _direct(rows, (consents.get(name), contacts.get(name)), rules, valid.get(name))
        for name in DIRECT
        if name in consents or name in contacts
    }
    yield from made.items()
    listed = [made[name] for name in ("email", "sms") if name in contacts]
    if listed:
        yield ADS, _ads(rows, consents.get(ADS), listed, rules)
    places = [v for v in variables if v.role is Role.LOCATION and v.detail in _PLACED]
    if places:
        placed = reduce(or_, [rows[v.key].notnull() for v in places])
        yes, no = ibis.literal(True), ibis.literal(False)
        yield STORE, Way(yes, no, placed, placed, has_consent=False, has_contact=True)


def _direct(
    rows: ir.Table,
    known: tuple[Variable | None, Variable | None],
    rules: ReachRules,
    checked: ir.BooleanValue | None,
) -> Way:
    consent, contact = known
    agreed, unknown = consent_of(rows, consent, rules)
    identified = valid = ibis.literal(True)
    if contact is not None:
        identified = (text_of(rows, contact) != "").fill_null(False)
        valid = identified if checked is None else checked
    return Way(agreed, unknown, identified, valid, consent is not None, contact is not None)


def _ads(rows: ir.Table, consent: Variable | None, ways: Sequence[Way], rules: ReachRules) -> Way:
    """Advertising by a list of identifiers: any valid one whose use is agreed to."""
    identified = reduce(or_, [way.identified for way in ways])
    if consent is not None:
        agreed, unknown = consent_of(rows, consent, rules)
        valid = reduce(or_, [way.valid for way in ways])
        return Way(agreed, unknown, identified, valid, has_consent=True, has_contact=True)
    agreed = reduce(or_, [way.agreed for way in ways])
    unknown = reduce(or_, [way.unknown for way in ways]) & ~agreed
    valid = reduce(or_, [way.agreed & way.valid for way in ways])
    has_consent = any(way.has_consent for way in ways)
    return Way(agreed, unknown, identified, valid, has_consent, has_contact=True)


def consent_of(
    rows: ir.Table, consent: Variable | Column | None, rules: ReachRules
) -> tuple[ir.BooleanValue, ir.BooleanValue]:
    """Return who may be addressed, and whose consent is not known.

    Parameters
    ----------
    rows : ibis Table
    consent : Variable, Column or None
        Where the answers are; where there are none, nobody's consent is known.
    rules : ReachRules
        Whether consent that is not known counts as given.
    """
    if consent is None:
        return ibis.literal(rules.unknown_consent), ibis.literal(True)
    answer = rows[consent.key]
    if answer.type().is_boolean():
        yes, no = answer, ~answer
    elif answer.type().is_numeric():
        yes, no = answer == 1, answer != 1
    else:
        text = answer.lower().strip()
        yes, no = text.isin([*YES_WORDS, "1"]), text.isin([*NO_WORDS, "0"])
    yes, no = yes.fill_null(False), no.fill_null(False)
    unknown = ~(yes | no)
    return (yes | unknown if rules.unknown_consent else yes), unknown
