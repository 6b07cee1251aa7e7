"""Columns that say by name or values that they are no property to segment by.

Enters: a column and the number of rows. Leaves: its :class:`Part` in the study, or None for a
property of the customer. Refuses to weigh properties against each other: ``suggestion`` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from segmentation.intake import Column, Kind
from segmentation.intake.columns import FREE_TEXT_LENGTH
from segmentation.notes import Note
from segmentation.transactions.names import made_from_orders
from segmentation.variables import lexicon
from segmentation.variables.roles import Role

ID_LIKE_SHARE = 0.95
MANY_LEVELS = 20
MADE_FROM_PLACES = ("made-distance", "made-nearest")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CODE = re.compile(r"[^\W\d_]{1,5}[-_/ ]?\d{2,}|\d{4,}")
# Words for ids that name measures as well, such as a body mass index.
_MEASURES = ("index", "serial")
_FEWEST_IDS = 3
_PHONE = re.compile(r"\+?[\d\s().-]{7,20}")


@dataclass(frozen=True, slots=True)
class Part:
    """What a column does in the study and why; the fields are those of ``Variable``."""

    role: Role
    reason: Note
    detail: str = ""
    private: bool = False


def recognise(column: Column, n_rows: int) -> Part | None:
    """Recognise a column that is no property of the customer.

    Parameters
    ----------
    column : Column
    n_rows : int
        Rows of the file.

    Returns
    -------
    Part or None
        What the first recogniser of :data:`RECOGNISERS` says, personal data before anything else.
    """
    if column.n_missing + column.n_failed >= n_rows:
        return Part(Role.IGNORE, Note.of("column-empty", name=column.name))
    # What was made from orders or places is known by its whole name; a word in it, such as that
    # of a category of products, says nothing.
    made = made_from_orders(column.name) or column.reason.code in MADE_FROM_PLACES
    known = (_date, _constant) if made else RECOGNISERS
    known = (_read_place, _constant) if column.place else known
    for recogniser in known:
        if part := recogniser(column, n_rows):
            return part
    return None


def _email(column: Column, n_rows: int) -> Part | None:
    if _looks_like(column, _EMAIL):
        return Part(Role.CONTACT, Note.of("looks-like-email"), "email", private=True)
    return None


def _person(column: Column, n_rows: int) -> Part | None:
    """Names, numbers and addresses of persons; a few repeating values are not theirs."""
    few = column.kind is Kind.YESNO or column.n_distinct <= MANY_LEVELS
    if few and n_rows > 2 * MANY_LEVELS:
        return None
    if private := lexicon.first_match(column.name, lexicon.PRIVATE):
        return Part(Role.PERSONAL, Note.of("personal-data", word=private[1]), private=True)
    contact = lexicon.first_match(column.name, lexicon.CONTACT)
    if contact and not lexicon.spoken_for(column.name, lexicon.CONSENT):
        channel, word = contact
        if channel != "sms" or _looks_like(column, _PHONE):
            return Part(Role.CONTACT, Note.of("named-like", word=word), channel, private=True)
    bare = lexicon.words(column.name) == {"name"} and column.kind is Kind.TEXT
    if bare and column.n_distinct > 0.5 * n_rows:
        return Part(Role.PERSONAL, Note.of("personal-data", word="name"), private=True)
    return None


def _looks_like(column: Column, pattern: re.Pattern[str]) -> bool:
    examples = column.examples
    return bool(examples) and all(pattern.fullmatch(example) for example in examples)


def _identifier(column: Column, n_rows: int) -> Part | None:
    n_values = n_rows - column.n_missing - column.n_failed
    unique = column.n_distinct >= ID_LIKE_SHARE * n_values and n_values > MANY_LEVELS
    code = column.kind is Kind.TEXT or column.whole
    word = lexicon.spoken_for(column.name, lexicon.ID) if code else None
    all_differ = column.n_distinct >= n_values >= _FEWEST_IDS
    text = column.kind is Kind.TEXT and column.length <= FREE_TEXT_LENGTH
    if word and (unique or (all_differ and word not in _MEASURES)):
        return Part(Role.ID, Note.of("id-named", word=word))
    if text and (unique or (all_differ and _looks_like(column, _CODE))):
        return Part(Role.ID, Note.of("id-unique", n=column.n_distinct))
    if word and column.n_distinct > 50:
        return Part(Role.ID, Note.of("id-repeats", word=word, n=n_values - column.n_distinct))
    return None


def _consent(column: Column, n_rows: int) -> Part | None:
    word = lexicon.spoken_for(column.name, lexicon.CONSENT)
    if word is None or column.n_distinct > 4:
        return None
    channel = lexicon.first_match(column.name, lexicon.CHANNEL)
    return Part(Role.CONSENT, Note.of("named-like", word=word), channel[0] if channel else "")


def _date(column: Column, n_rows: int) -> Part | None:
    return Part(Role.DATE, Note.of("date-values")) if column.kind is Kind.DATE else None


def _weight(column: Column, n_rows: int) -> Part | None:
    """Survey weights are fractions around one; a whole number is a person's weight."""
    word = lexicon.spoken_for(column.name, lexicon.WEIGHT)
    if word is None or column.whole or column.low is None or column.high is None:
        return None
    small = column.low >= 0 and column.high <= 50
    return Part(Role.WEIGHT, Note.of("named-like", word=word)) if small else None


def _place(column: Column, n_rows: int) -> Part | None:
    match = lexicon.first_match(column.name, lexicon.PLACE)
    if match is None or column.kind in (Kind.YESNO, Kind.DATE):
        return None
    place, word = match
    if place in _BOUNDS:
        if column.low is None or column.high is None:
            return None
        fits = max(abs(column.low), abs(column.high)) <= _BOUNDS[place]
    else:
        fits = column.kind is not Kind.NUMBER or place == "postcode"
    return Part(Role.LOCATION, Note.of("named-like", word=word), place) if fits else None


_BOUNDS = {"latitude": 90.0, "longitude": 180.0}


def _outcome(column: Column, n_rows: int) -> Part | None:
    """Outcomes judge segments and do not form them."""
    word = lexicon.spoken_for(column.name, lexicon.OUTCOME)
    return Part(Role.OUTCOME, Note.of("outcome-named", word=word)) if word else None


def _given_segment(column: Column, n_rows: int) -> Part | None:
    """Segments that someone else found are compared with ours."""
    word = lexicon.spoken_for(column.name, lexicon.GIVEN_SEGMENT)
    if word and 2 <= column.n_distinct <= 30:
        return Part(Role.GIVEN_SEGMENT, Note.of("named-like", word=word))
    return None


def _constant(column: Column, n_rows: int) -> Part | None:
    if column.n_distinct <= 1:
        return Part(Role.IGNORE, Note.of("constant", name=column.name))
    return None


def _read_place(column: Column, n_rows: int) -> Part | None:
    """What was read from a place is known by what it tells; the rest are properties."""
    if column.place in ("level", "confidence"):
        return Part(Role.IGNORE, Note.of("place-told", name=column.of or ""))
    if column.place in _TOLD:
        return Part(Role.LOCATION, Note.of("place-told", name=column.of or ""), column.place)
    return None


_TOLD = ("latitude", "longitude", "country", "region", "city", "district")

RECOGNISERS: tuple[Callable[[Column, int], Part | None], ...] = (
    _email,
    _person,
    _identifier,
    _consent,
    _date,
    _weight,
    _place,
    _outcome,
    _given_segment,
    _constant,
)
