"""What a column's values are and how they are read: the choice, with its reason.

Enters: a candidate: evidence, trials, and what the user and the codebook say. Leaves:
:class:`Chosen`. Refuses to calculate with codes: digits with leading zeros, very long ones and
telephone numbers stay text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from segmentation.intake.candidates import Candidate, Chosen
from segmentation.intake.cells import Reading
from segmentation.intake.date_choice import as_date, compact, date, serials
from segmentation.intake.kinds import PAIRS, Kind
from segmentation.intake.number_choice import as_number, number
from segmentation.intake.ratings import as_yes_and_no, labels_of
from segmentation.notes import Note

# Above this share of codes, a column of digits holds codes.
CODES = 0.02
_NAME_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+")
# Names of columns whose digits are no quantity, and how many digits those have.
_CODE_NAMES: tuple[tuple[range, frozenset[str]], ...] = (
    (range(7, 16), frozenset({"phone", "mobile", "cell", "telephone", "tel", "msisdn", "fax"})),
    (range(4, 10), frozenset({"zip", "zipcode", "postcode", "postalcode", "postal", "plz"})),
    (range(7, 16), frozenset({"手机", "电话"})),
    (range(4, 10), frozenset({"邮编", "邮政编码"})),
)


def choose(column: Candidate) -> Chosen:
    """Choose how a column is read.

    Parameters
    ----------
    column : Candidate

    Returns
    -------
    Chosen
        Where the user decided the kind, the rest is chosen to suit it.
    """
    wanted = column.decision.wanted
    if labelled := _labelled(column):
        return labelled
    if wanted is None:
        return next(found for way in _WAYS if (found := way(column)))
    chosen = _DECIDED[wanted](column)
    return Chosen(chosen.reading, Note.of("type-chosen"), chosen.ask, notes=chosen.notes)


def _labelled(column: Candidate) -> Chosen | None:
    """Labels of a codebook, where they name nearly all cells: yes/no if they are such a pair.

    The numbers of a rating stay.
    """
    labels, wanted = labels_of(column.entry), column.decision.wanted
    pair = as_yes_and_no(labels)
    fits = {
        None: column.enough(column.n_labelled),
        Kind.TEXT: bool(labels),
        Kind.YESNO: bool(pair),
    }
    if not labels or not fits.get(wanted, False):
        return None
    if column.is_rating and wanted is None:
        rating = as_number(column)
        return replace(rating, reason=Note.of("type-rating", n=len(labels)))
    reason = Note.of("type-codebook", n=len(labels))
    if pair and wanted is not Kind.TEXT:
        return Chosen(Reading(Kind.YESNO, labels=pair), reason)
    return Chosen(Reading(Kind.TEXT, labels=labels), reason)


def _pair(column: Candidate) -> Chosen | None:
    """Two values that belong together; one alone says nothing."""
    words = frozenset(column.evidence.words)
    if column.enough(column.evidence.yesno) and (words in PAIRS or words == {"0", "1"}):
        return Chosen(Reading(Kind.YESNO), Note.of("type-yesno", words=tuple(sorted(words))))
    return None


def _codes(column: Candidate) -> Chosen | None:
    """Digits that are not calculated with."""
    evidence = column.evidence
    if evidence.codes > CODES * evidence.filled:
        share = column.share(evidence.codes)
        return Chosen(Reading(Kind.TEXT), Note.of("type-codes", share=share))
    if word := _code_word(column):
        return Chosen(Reading(Kind.TEXT), Note.of("type-code-named", word=word))
    return None


def _code_word(column: Candidate) -> str | None:
    parts = {part.lower() for part in _NAME_PARTS.split(column.name) if part}
    lengths = column.evidence.lengths
    for digits, words in _CODE_NAMES:
        said = [w for w in words if w in parts or (not w.isascii() and w in column.name)]
        if said and column.enough(sum(lengths[d] for d in digits)):
            return min(said)
    return None


def _tick(column: Candidate) -> str | None:
    """The one mark of a column of boxes that are ticked or left blank."""
    ticks = column.evidence.ticks
    marks = {mark.lower() for mark in ticks}
    full = len(marks) == 1 and sum(ticks.values()) == column.evidence.filled
    return max(ticks) if full and column.evidence.n_blank else None


def _yesno(column: Candidate) -> Chosen:
    return Chosen(Reading(Kind.YESNO, ticks=_tick(column) is not None), Note.of("type-chosen"))


def _text(column: Candidate) -> Chosen:
    if mark := _tick(column):
        return Chosen(Reading(Kind.TEXT), Note.of("type-ticks", example=mark), offer=Kind.YESNO)
    return Chosen(Reading(Kind.TEXT), Note.of("type-text"))


def _as_text(column: Candidate) -> Chosen:
    return Chosen(Reading(Kind.TEXT), Note.of("type-chosen"))


# The first way that fits; the last one always does.
_WAYS: tuple[Callable[[Candidate], Chosen | None], ...] = (
    _pair,
    _codes,
    serials,
    compact,
    number,
    date,
    _text,
)
_DECIDED: Mapping[Kind, Callable[[Candidate], Chosen]] = {
    Kind.NUMBER: as_number,
    Kind.YESNO: _yesno,
    Kind.DATE: as_date,
    Kind.TEXT: _as_text,
}
