"""The columns of a typed table: what each holds, why it is of its kind, what can be done with it.

Enters: a typed table, how its columns were read and what was decided. Leaves: :class:`Column`
values and the notes about them. Refuses to change a cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from segmentation.engine.duck import quoted
from segmentation.intake.candidates import Chosen
from segmentation.intake.codebook import Entry
from segmentation.intake.counting import Counted, Facts, count
from segmentation.intake.decisions import Decision
from segmentation.intake.items import MOST_ITEMS, SEPARATORS, Items, names_of, separator_of
from segmentation.intake.kinds import Kind
from segmentation.intake.levels import MOST_LEVELS, ordered
from segmentation.intake.placeholders import is_placeholder
from segmentation.intake.ratings import labels_of
from segmentation.intake.shapes import SAMPLE_ROWS
from segmentation.intake.table import Column, RawTable
from segmentation.notes import Note

FREE_TEXT_LENGTH = 30
FREE_TEXT_LEVELS = 20
FREE_TEXT_SHARE = 0.5
_MOST_TEXTS = 2000


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed table in the engine and how it came about.

    Attributes
    ----------
    raw : RawTable
    name : str
    chosen : tuple of Chosen
        How the file's columns were read, in their order.
    items : tuple of Items
        The answers that became columns.
    """

    raw: RawTable
    name: str
    chosen: tuple[Chosen, ...]
    items: tuple[Items, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """The columns of a table and what is to be said about them."""

    columns: tuple[Column, ...]
    notes: tuple[Note, ...]


def describe(typed: Typed, decisions: Mapping[str, Decision]) -> Described:
    """Describe the columns of a typed table.

    Parameters
    ----------
    typed : Typed
    decisions : mapping of str to Decision
        By column name.

    Returns
    -------
    Described
        The file's columns in their order, then the items.
    """
    raw, n_items = typed.raw, sum(len(items.answers) for items in typed.items)
    readings = tuple(column.reading for column in typed.chosen)
    facts = count(Counted(raw, typed.name, readings, n_items))
    columns: list[Column] = []
    notes: list[Note] = []
    for i, (name, chosen) in enumerate(zip(raw.names, typed.chosen, strict=True)):
        entry, decision = raw.codebook.get(name, Entry()), decisions.get(name, Decision())
        column = _own(name, i, chosen, facts[i])
        column = _with_levels(column, entry, decision, facts[i].levels)
        columns.append(replace(column, label=entry.label))
        notes += [*_counts(column, facts[i], raw.n_rows), *chosen.notes]
        if chosen.reading.ticks:
            notes.append(Note.of("blanks-as-no", name=name, n=facts[i].no))
        if entry.is_reversed and column.levels_from == "codebook":
            notes.append(Note.of("levels-reversed", name=name))
        elif entry.is_reversed and not column.is_reversed:
            notes.append(Note.of("reversal-unused", name=name))
    columns = _with_shared_orders(columns)
    for position, separator in _separators(typed, columns).items():
        columns[position] = replace(columns[position], items_by=separator)
    own = list(columns)
    for items in typed.items:
        columns += _items(items, columns, facts)
        notes += _item_notes(items, own[items.position])
    return Described(tuple(columns), tuple(notes))


def _own(name: str, position: int, chosen: Chosen, facts: Facts) -> Column:
    reading = chosen.reading
    free = (
        reading.kind is Kind.TEXT
        and facts.length > FREE_TEXT_LENGTH
        and facts.distinct > FREE_TEXT_LEVELS
        and facts.distinct > FREE_TEXT_SHARE * facts.filled
    )
    plain = chosen.reason.code == "type-text"
    reason = Note.of("type-free-text") if free and plain else chosen.reason
    return Column(
        name=name,
        key=f"c{position}",
        kind=reading.kind,
        n_missing=facts.missing,
        n_failed=facts.failed,
        n_distinct=facts.distinct,
        whole=facts.whole,
        low=facts.low,
        high=facts.high,
        length=facts.length,
        examples=facts.examples,
        reason=reason if facts.filled else Note.of("type-empty"),
        style=reading.style,
        ask=chosen.ask,
        offer=chosen.offer,
        missing=reading.missing,
        is_free_text=free,
        is_reversed=reading.flipped is not None,
    )


def _with_levels(column: Column, entry: Entry, decision: Decision, texts: Sequence[str]) -> Column:
    """The order of the user, else of the codebook, else what the texts themselves say."""
    if decision.levels:
        return replace(column, levels=decision.levels, levels_from="user")
    labels = dict.fromkeys(label for _, label in labels_of(entry))
    if labels and column.kind is Kind.TEXT and column.reason.code == "type-codebook":
        order = tuple(label for label in labels if not is_placeholder(label))
        # Codes of towns are in some order, too, and none that means anything.
        known = entry.is_ordered or entry.is_reversed or set(order) == set(ordered(order)[0])
        order = order[::-1] if entry.is_reversed else order
        return replace(column, levels=order, levels_from="codebook" if known else "codes")
    if column.kind is Kind.TEXT and len(texts) <= MOST_LEVELS:
        levels, source = ordered(texts)
        return replace(column, levels=levels, levels_from=source)
    return column


def _with_shared_orders(columns: Sequence[Column]) -> list[Column]:
    """Complete an order by that of another column: nobody may have given one of the answers."""
    suggested = ("bands", "words")
    orders = {c.levels for c in columns if c.levels_from in suggested}
    found = []
    for column in columns:
        if column.levels_from in suggested:
            own = set(column.levels)
            longer = [o for o in orders if tuple(t for t in o if t in own) == column.levels]
            column = replace(column, levels=max(longer, key=lambda order: (len(order), order)))
        found.append(column)
    return found


def _counts(column: Column, facts: Facts, n_rows: int) -> list[Note]:
    """What the counts of a column have to say."""
    name, notes = column.name, []
    if facts.failed:
        notes.append(Note.of("cells-failed", name=name, n=facts.failed, kind=column.kind.value))
    if facts.missing + facts.failed == n_rows:
        notes.append(Note.of("column-empty", name=name))
    if facts.decided:
        notes.append(Note.of("texts-missing", name=name, n=facts.decided, texts=column.missing))
    return notes


def _separators(typed: Typed, columns: Sequence[Column]) -> dict[int, str]:
    """Find the columns of text whose cells seem to hold several answers."""
    raw = typed.raw
    texts = [i for i, c in enumerate(columns) if c.kind is Kind.TEXT and not c.is_free_text]
    texts = [i for i in texts if columns[i].n_distinct > 2 and not columns[i].levels]
    if not texts:
        return {}
    step = -(-raw.n_rows // SAMPLE_ROWS)
    rows = f"{quoted(typed.name)} WHERE __row % {step} = 0"
    marks = f"[{''.join(SEPARATORS)}]"
    asked = ", ".join(f"bool_or(regexp_matches(c{i}, '{marks}')) AS h{i}" for i in texts)
    held = raw.session.rows(f"SELECT {asked} FROM {rows}")[0]
    found = {}
    for i in (i for i in texts if held[f"h{i}"]):
        cells = raw.session.rows(
            f"SELECT c{i} AS text, count(*) AS n FROM {rows} AND c{i} IS NOT NULL "
            f"GROUP BY text ORDER BY n DESC, text LIMIT {_MOST_TEXTS}"
        )
        if separator := separator_of({row["text"]: row["n"] for row in cells}):
            found[i] = separator
    return found


def _items(items: Items, columns: Sequence[Column], facts: Sequence[Facts]) -> list[Column]:
    whole = columns[items.position]
    names = names_of(items, whole.name, [column.name for column in columns])
    return [
        Column(
            name=name,
            key=f"c{position}",
            kind=Kind.YESNO,
            n_missing=facts[position].missing,
            n_failed=0,
            n_distinct=facts[position].distinct,
            reason=Note.of("type-item", name=whole.name, item=answer),
            of=whole.name,
        )
        for position, (name, answer) in enumerate(
            zip(names, items.answers, strict=True), start=len(columns)
        )
    ]


def _item_notes(items: Items, column: Column) -> list[Note]:
    notes = [Note.of("items-split", name=column.name, n=len(items.answers))]
    if items.n_rare:
        notes.append(Note.of("items-rare", name=column.name, n=items.n_rare, most=MOST_ITEMS))
    return notes
