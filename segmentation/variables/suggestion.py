"""Suggest what each column is for, and apply what the user decided instead.

Enters: a customer table and the user's choices. Leaves: one :class:`Variable` a column, each with
its reasons. Refuses to let personal data form segments, whoever asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from segmentation.errors import UnsuitableBasis
from segmentation.intake import Column, CustomerTable, Kind
from segmentation.notes import Note
from segmentation.variables import lexicon
from segmentation.variables.roles import (
    FORMING_SCALES,
    Family,
    Role,
    Scale,
    Variable,
    VariableChoice,
)

BATTERY_SIZE = 8
ID_LIKE_SHARE = 0.95
MANY_LEVELS = 20
MUCH_MISSING = 0.30
FREE_TEXT_LENGTH = 30
NEVER_BASIS = (Role.ID, Role.CONTACT, Role.PERSONAL)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s().-]{7,20}")


@dataclass(frozen=True, slots=True)
class _Part:
    """A suggestion for one column before its scale and family are known."""

    role: Role
    reason: Note
    detail: str = ""
    private: bool = False


def suggest(table: CustomerTable) -> tuple[Variable, ...]:
    """Suggest role, scale and family of every column, with the reasons.

    Parameters
    ----------
    table : CustomerTable
        The typed customers.

    Returns
    -------
    tuple of Variable
        In the order of the file.
    """
    n_rows = table.raw.n_rows
    battery = _battery(table.columns)
    variables = []
    for column in table.columns:
        scale = _scale(column)
        part = _special_part(column, n_rows, is_id=column.name == table.id_name)
        family, why = _family(column, in_battery=column.name in battery)
        if part is None:
            part = _forming_part(column, scale, family, battery=battery, n_rows=n_rows)
        reasons = [part.reason, *([why] if part.role in _FAMILY_ROLES else [])]
        if word := lexicon.spoken_for(column.name, lexicon.SPECIAL):
            reasons.append(Note.of("special-category", word=word))
        variables.append(
            Variable(
                column,
                part.role,
                scale,
                family if part.role in _FAMILY_ROLES else _own_family(part.role),
                part.detail,
                tuple(reasons),
                part.private,
            )
        )
    return _enough_basis(tuple(variables))


_FAMILY_ROLES = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME, Role.GIVEN_SEGMENT)


def resolve(
    suggested: Iterable[Variable], choices: Mapping[str, VariableChoice]
) -> tuple[Variable, ...]:
    """Apply the user's choices to the suggestions.

    Choices for columns that the table does not have wait unused (they belong to another file).

    Raises
    ------
    UnsuitableBasis
        When a column with personal data, an id or a contact is to form segments.
    """
    resolved = []
    for variable in suggested:
        choice = choices.get(variable.name)
        if choice is None:
            resolved.append(variable)
            continue
        merged = replace(
            variable,
            role=choice.role or variable.role,
            scale=choice.scale or variable.scale,
            family=choice.family or variable.family,
            detail=choice.detail if choice.detail is not None else variable.detail,
            chosen=True,
        )
        refuse_unsuitable(merged, suggested_role=variable.role)
        resolved.append(merged)
    return tuple(resolved)


def refuse_unsuitable(variable: Variable, suggested_role: Role) -> None:
    """Raise ``UnsuitableBasis`` when a variable must not form segments but is asked to."""
    if variable.role is not Role.BASIS:
        return
    if variable.private or suggested_role in NEVER_BASIS:
        raise UnsuitableBasis(name=variable.name, role=suggested_role.value)
    if variable.scale not in FORMING_SCALES:
        raise UnsuitableBasis(name=variable.name, role=variable.scale.value)


def _scale(column: Column) -> Scale:
    """Whole numbers between 0 and 11 with few levels are ratings; other numbers are metric."""
    if column.kind is Kind.YESNO:
        return Scale.BINARY
    if column.kind is Kind.DATE:
        return Scale.DATE
    if column.kind is Kind.NUMBER:
        low, high = column.low or 0.0, column.high or 0.0
        rating = column.whole and low >= 0 and high <= 10 and column.n_distinct <= 11
        return Scale.ORDINAL if rating and column.n_distinct > 2 else Scale.METRIC
    free = column.length > FREE_TEXT_LENGTH and column.n_distinct > MANY_LEVELS
    return Scale.TEXT if free else Scale.NOMINAL


def _special_part(column: Column, n_rows: int, *, is_id: bool) -> _Part | None:
    """Recognise the columns whose name or values say that they are no property to segment by."""
    if column.n_missing + column.n_failed >= n_rows:
        return _Part(Role.IGNORE, Note.of("column-empty", name=column.name))
    if is_id:
        return _Part(Role.ID, Note.of("id-chosen"))
    for recognise in (_personal, _identifier, _service, _place, _result):
        if part := recognise(column, n_rows):
            return part
    if column.n_distinct <= 1:
        return _Part(Role.IGNORE, Note.of("constant", name=column.name))
    return None


def _personal(column: Column, n_rows: int) -> _Part | None:
    """Names, ids and addresses of persons; e-mail and phone by what the values look like."""
    if _looks_like(column, _EMAIL):
        return _Part(Role.CONTACT, Note.of("looks-like-email"), "email", private=True)
    flags = column.kind is Kind.YESNO or column.n_distinct <= MANY_LEVELS
    if flags and n_rows > 2 * MANY_LEVELS:
        return None
    consent = lexicon.spoken_for(column.name, lexicon.CONSENT)
    if not consent and (match := lexicon.first_match(column.name, lexicon.CONTACT)):
        channel, word = match
        if channel != "sms" or _looks_like(column, _PHONE):
            return _Part(Role.CONTACT, Note.of("named-like", word=word), channel, private=True)
    if match := lexicon.first_match(column.name, lexicon.PRIVATE):
        return _Part(Role.PERSONAL, Note.of("personal-data", word=match[1]), private=True)
    words = lexicon.words(column.name)
    if words == {"name"} and column.kind is Kind.TEXT and column.n_distinct > 0.5 * n_rows:
        return _Part(Role.PERSONAL, Note.of("personal-data", word="name"), private=True)
    return None


def _looks_like(column: Column, pattern: re.Pattern[str]) -> bool:
    examples = column.examples
    return bool(examples) and all(pattern.fullmatch(example) for example in examples)


def _identifier(column: Column, n_rows: int) -> _Part | None:
    n_values = n_rows - column.n_missing - column.n_failed
    unique = column.n_distinct >= ID_LIKE_SHARE * n_values and n_values > 20
    code = column.kind is Kind.TEXT or column.whole
    if unique and code and (word := lexicon.spoken_for(column.name, lexicon.ID)):
        return _Part(Role.ID, Note.of("id-named", word=word))
    if unique and column.kind is Kind.TEXT and column.length <= FREE_TEXT_LENGTH:
        return _Part(Role.ID, Note.of("id-unique", n=column.n_distinct))
    word = lexicon.spoken_for(column.name, lexicon.ID)
    if word and code and column.n_distinct > 50:
        return _Part(Role.ID, Note.of("id-repeats", word=word, n=n_values - column.n_distinct))
    return None


def _service(column: Column, n_rows: int) -> _Part | None:
    """Consent flags, survey weights and dates."""
    if column.n_distinct <= 4 and (word := lexicon.spoken_for(column.name, lexicon.CONSENT)):
        match = lexicon.first_match(column.name, lexicon.CHANNEL)
        return _Part(Role.CONSENT, Note.of("named-like", word=word), match[0] if match else "")
    if column.kind is Kind.DATE:
        return _Part(Role.DATE, Note.of("date-values"))
    word = lexicon.spoken_for(column.name, lexicon.WEIGHT)
    positive = column.kind is Kind.NUMBER and (column.low or 0.0) >= 0 and not column.whole
    if word and positive and (column.high or 0.0) <= 50:
        return _Part(Role.WEIGHT, Note.of("named-like", word=word))
    return None


def _place(column: Column, n_rows: int) -> _Part | None:
    match = lexicon.first_match(column.name, lexicon.PLACE)
    if match is None or column.kind in (Kind.YESNO, Kind.DATE):
        return None
    place, word = match
    if place in ("latitude", "longitude"):
        bound = 90 if place == "latitude" else 180
        if column.low is None or max(abs(column.low), abs(column.high or 0.0)) > bound:
            return None
    elif column.kind is Kind.NUMBER and place != "postcode":
        return None
    return _Part(Role.LOCATION, Note.of("named-like", word=word), place)


def _result(column: Column, n_rows: int) -> _Part | None:
    """Outcomes judge segments, given segments are compared with ours; neither forms any."""
    if word := lexicon.spoken_for(column.name, lexicon.OUTCOME):
        return _Part(Role.OUTCOME, Note.of("outcome-named", word=word))
    word = lexicon.spoken_for(column.name, lexicon.GIVEN_SEGMENT)
    if word and 2 <= column.n_distinct <= 30:
        return _Part(Role.GIVEN_SEGMENT, Note.of("named-like", word=word))
    return None


def _forming_part(
    column: Column, scale: Scale, family: Family, *, battery: frozenset[str], n_rows: int
) -> _Part:
    """Decide between basis and descriptor for a property of the customer."""
    if scale not in FORMING_SCALES:
        return _Part(Role.IGNORE, Note.of("free-text"))
    if battery:
        if column.name in battery:
            return _Part(Role.BASIS, Note.of("battery-item", n=len(battery)))
        return _Part(Role.DESCRIPTOR, Note.of("beside-battery", n=len(battery)))
    lost = (column.n_missing + column.n_failed) / n_rows
    if lost > MUCH_MISSING:
        return _Part(Role.DESCRIPTOR, Note.of("much-missing", share=round(lost, 3)))
    if scale is Scale.NOMINAL and column.n_distinct > MANY_LEVELS:
        return _Part(Role.DESCRIPTOR, Note.of("many-levels", n=column.n_distinct))
    if lexicon.spoken_for(column.name, lexicon.SPECIAL):
        return _Part(Role.DESCRIPTOR, Note.of("descriptor-by-caution"))
    if word := lexicon.spoken_for(column.name, lexicon.STATUS):
        return _Part(Role.DESCRIPTOR, Note.of("status-describes", word=word))
    if family in (Family.DEMOGRAPHIC, Family.GEOGRAPHIC, Family.FIRMOGRAPHIC):
        return _Part(Role.DESCRIPTOR, Note.of("descriptor-by-family", family=family.value))
    return _Part(Role.BASIS, Note.of("basis-by-family", family=family.value))


def _family(column: Column, *, in_battery: bool) -> tuple[Family, Note]:
    match = lexicon.first_match(column.name, lexicon.FAMILY)
    if match and not (in_battery and match[0] is Family.FIRMOGRAPHIC):
        return match[0], Note.of("family-named", word=match[1], family=match[0].value)
    if match_place := lexicon.first_match(column.name, lexicon.PLACE):
        return Family.GEOGRAPHIC, Note.of(
            "family-named", word=match_place[1], family=Family.GEOGRAPHIC.value
        )
    family = Family.PSYCHOGRAPHIC if in_battery else Family.BEHAVIOURAL
    return family, Note.of("family-guessed", family=family.value)


def _own_family(role: Role) -> Family | None:
    return Family.GEOGRAPHIC if role is Role.LOCATION else None


def _battery(columns: Iterable[Column]) -> frozenset[str]:
    """Find a battery: many items answered on one common scale, named like no other family."""
    scales: Counter[tuple[str, float, float]] = Counter()
    members: dict[tuple[str, float, float], list[str]] = {}
    for column in columns:
        scale = _scale(column)
        if scale not in (Scale.BINARY, Scale.ORDINAL) or column.n_distinct < 2:
            continue
        match = lexicon.first_match(column.name, lexicon.FAMILY)
        if match and match[0] is Family.DEMOGRAPHIC:
            continue
        if lexicon.spoken_for(column.name, lexicon.OUTCOME + " " + lexicon.CONSENT):
            continue
        bounds = (0.0, 1.0) if scale is Scale.BINARY else (column.low or 0.0, column.high or 0.0)
        common = (scale.value, *bounds)
        scales[common] += 1
        members.setdefault(common, []).append(column.name)
    if not scales:
        return frozenset()
    largest, size = scales.most_common(1)[0]
    return frozenset(members[largest]) if size >= BATTERY_SIZE else frozenset()


def _enough_basis(variables: tuple[Variable, ...]) -> tuple[Variable, ...]:
    """Where fewer than two columns would form segments, let the describing numbers do it."""
    if sum(v.role is Role.BASIS for v in variables) >= 2:
        return variables
    return tuple(
        replace(v, role=Role.BASIS, reasons=(Note.of("basis-for-want-of-others"), *v.reasons))
        if v.role is Role.DESCRIPTOR and v.scale in FORMING_SCALES and _usable(v)
        else v
        for v in variables
    )


def _usable(variable: Variable) -> bool:
    blocked = ("much-missing", "many-levels", "descriptor-by-caution")
    return not any(reason.code in blocked for reason in variable.reasons)
