"""Suggest what each column is for, and apply what the user decided instead.

Enters: a customer table and the user's choices. Leaves: one :class:`Variable` a column, each with
its reasons. Refuses to let personal data form segments, whoever asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from segmentation.errors import UnsuitableBasis
from segmentation.intake import Column, CustomerTable, Kind
from segmentation.intake.derived import FROM_SEVERAL
from segmentation.notes import Note
from segmentation.transactions.names import made_from_orders
from segmentation.variables import lexicon
from segmentation.variables.recognition import (
    MADE_FROM_PLACES,
    MANY_LEVELS,
    Part,
    recognise,
)
from segmentation.variables.roles import (
    FORMING_SCALES,
    Family,
    Role,
    Scale,
    Variable,
    VariableChoice,
)

BATTERY_SIZE = 8
MUCH_MISSING = 0.30
PERSONAL = (Role.CONTACT, Role.PERSONAL)
NEVER_BASIS = (Role.ID, *PERSONAL)
# Who can say that levels have an order; the order of codes alone may mean nothing.
_ORDER_FROM = ("user", "codebook", "bands", "words")
_LEAST_LEVELS = 3
_WITH_FAMILY = (Role.BASIS, Role.DESCRIPTOR, Role.OUTCOME, Role.GIVEN_SEGMENT)


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
    battery = _battery(table.columns)
    return _enough_basis(tuple(_suggested(column, table, battery) for column in table.columns))


def _suggested(column: Column, table: CustomerTable, battery: frozenset[str]) -> Variable:
    n_rows = table.raw.n_rows
    scale = _scale(column)
    family, why = _family(column, in_battery=column.name in battery)
    part = _known(column, table)
    if part is None:
        part = _property(_Property(column, scale, family, n_rows), battery)
    reasons = [part.reason]
    if part.role in _WITH_FAMILY:
        reasons.append(why)
        own_family: Family | None = family
        if column.kind is Kind.TEXT and scale is Scale.ORDINAL:
            reasons.append(_order(column))
    else:
        own_family = Family.GEOGRAPHIC if part.role is Role.LOCATION else None
    if word := lexicon.spoken_for(column.name, lexicon.SPECIAL):
        reasons.append(Note.of("special-category", word=word))
    return Variable(column, part.role, scale, own_family, part.detail, tuple(reasons), part.private)


def _known(column: Column, table: CustomerTable) -> Part | None:
    """Recognise a column that is no property, or whose answers are columns of their own."""
    part = recognise(column, table.raw.n_rows)
    private = part is not None and part.private
    if column.name == table.id_name:
        return Part(Role.ID, Note.of("id-chosen"), private=private)
    if any(item.of == column.name and not item.place for item in table.columns):
        return Part(Role.IGNORE, Note.of("answers-apart"), private=private)
    return part


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
            private=variable.private or choice.role in PERSONAL,
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
    if _is_ordered(column):
        return Scale.ORDINAL
    return Scale.TEXT if column.is_free_text else Scale.NOMINAL


def _is_ordered(column: Column) -> bool:
    """Tell whether levels have an order; two of them only have one if the user says so."""
    least = 2 if column.levels_from == "user" else _LEAST_LEVELS
    return column.levels_from in _ORDER_FROM and len(column.levels) >= least


def _order(column: Column) -> Note:
    first, last = column.levels[0], column.levels[-1]
    return Note.of("levels-ordered", first=first, last=last, said_by=column.levels_from)


@dataclass(frozen=True, slots=True)
class _Property:
    """A property of the customer, about to be suggested as basis or descriptor."""

    column: Column
    scale: Scale
    family: Family
    n_rows: int


def _property(candidate: _Property, battery: frozenset[str]) -> Part:
    """Decide between basis and descriptor for a property of the customer."""
    if candidate.scale not in FORMING_SCALES:
        return Part(Role.IGNORE, Note.of("free-text"))
    if candidate.column.name in battery:
        return Part(Role.BASIS, Note.of("battery-item", n=len(battery)))
    if battery:
        return Part(Role.DESCRIPTOR, Note.of("beside-battery", n=len(battery)))
    for objection in _OBJECTIONS:
        if reason := objection(candidate):
            return Part(Role.DESCRIPTOR, reason)
    return Part(Role.BASIS, Note.of("basis-by-family", family=candidate.family.value))


def _much_missing(candidate: _Property) -> Note | None:
    column = candidate.column
    lost = (column.n_missing + column.n_failed) / candidate.n_rows
    return Note.of("much-missing", share=round(lost, 3)) if lost > MUCH_MISSING else None


def _many_levels(candidate: _Property) -> Note | None:
    n_levels = candidate.column.n_distinct
    if candidate.scale is Scale.NOMINAL and n_levels > MANY_LEVELS:
        return Note.of("many-levels", n=n_levels)
    return None


def _several_answers(candidate: _Property) -> Note | None:
    separator = candidate.column.items_by
    return Note.of("answers-together", separator=separator) if separator else None


def _sensitive(candidate: _Property) -> Note | None:
    word = lexicon.spoken_for(candidate.column.name, lexicon.SPECIAL)
    return Note.of("descriptor-by-caution") if word else None


def _state(candidate: _Property) -> Note | None:
    word = lexicon.spoken_for(candidate.column.name, lexicon.STATUS)
    return Note.of("status-describes", word=word) if word else None


def _describing_family(candidate: _Property) -> Note | None:
    if candidate.family in (Family.DEMOGRAPHIC, Family.GEOGRAPHIC, Family.FIRMOGRAPHIC):
        return Note.of("descriptor-by-family", family=candidate.family.value)
    return None


# Why a property should describe segments rather than form them; the first one counts.
_OBJECTIONS: tuple[Callable[[_Property], Note | None], ...] = (
    _much_missing,
    _several_answers,
    _many_levels,
    _sensitive,
    _state,
    _describing_family,
)


def _family(column: Column, *, in_battery: bool) -> tuple[Family, Note]:
    if column.place or column.reason.code in MADE_FROM_PLACES:
        read = Note.of("family-place", name=column.of or "")
        return Family.GEOGRAPHIC, read if column.place else column.reason
    if word := made_from_orders(column.name):
        family = Family.TRANSACTIONAL
        return family, Note.of("family-named", word=word, family=family.value)
    match = lexicon.first_match(column.name, lexicon.FAMILY)
    if match and not (in_battery and match[0] is Family.FIRMOGRAPHIC):
        return match[0], Note.of("family-named", word=match[1], family=match[0].value)
    if match_place := lexicon.first_match(column.name, lexicon.PLACE):
        return Family.GEOGRAPHIC, Note.of(
            "family-named", word=match_place[1], family=Family.GEOGRAPHIC.value
        )
    family = Family.PSYCHOGRAPHIC if in_battery else Family.BEHAVIOURAL
    return family, Note.of("family-guessed", family=family.value)


def _battery(columns: Iterable[Column]) -> frozenset[str]:
    """Find a battery: many items answered on one common scale, named like no other family."""
    members: defaultdict[Hashable, list[str]] = defaultdict(list)
    for column in columns:
        if common := _answer_scale(column):
            members[common].append(column.name)
    largest = max(members.values(), key=len, default=[])
    return frozenset(largest) if len(largest) >= BATTERY_SIZE else frozenset()


def _answer_scale(column: Column) -> Hashable | None:
    """Return what can be answered where it may be an item of a battery, None for other columns."""
    scale = _scale(column)
    if scale not in (Scale.BINARY, Scale.ORDINAL) or column.n_distinct < 2:
        return None
    match = lexicon.first_match(column.name, lexicon.FAMILY)
    if match and match[0] is Family.DEMOGRAPHIC:
        return None
    if lexicon.spoken_for(column.name, f"{lexicon.OUTCOME} {lexicon.CONSENT}"):
        return None
    return scale, Variable(column, Role.BASIS, scale, None).answers


def _enough_basis(variables: tuple[Variable, ...]) -> tuple[Variable, ...]:
    """Where fewer than two columns would form segments, let the describing numbers do it.

    What was read from places was added later and must not change what forms the segments; it
    serves where nothing else could form any.
    """
    for from_places in (False, True):
        if sum(v.role is Role.BASIS for v in variables) >= 2:
            break
        variables = tuple(
            replace(v, role=Role.BASIS, reasons=(Note.of("basis-for-want-of-others"), *v.reasons))
            if v.role is Role.DESCRIPTOR
            and v.scale in FORMING_SCALES
            and _usable(v)
            and (from_places or not v.column.place)
            # What was worked out while looking at segments shall not make others of them.
            and v.column.of != FROM_SEVERAL
            else v
            for v in variables
        )
    return variables


def _usable(variable: Variable) -> bool:
    blocked = ("much-missing", "many-levels", "answers-together", "descriptor-by-caution")
    return not any(reason.code in blocked for reason in variable.reasons)
