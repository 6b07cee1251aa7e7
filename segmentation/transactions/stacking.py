"""Put files with the same columns under each other: one table, cut into parts by whoever exported.

Enters: raw tables, in the order of their rows. Leaves: a raw table with the rows of all, and notes
that count what each brought. Refuses a part whose columns are another table's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from segmentation.engine.duck import quoted
from segmentation.errors import OtherColumns
from segmentation.intake import RawTable
from segmentation.intake.codebook import Codebook
from segmentation.intake.reading import adopt
from segmentation.intake.table import Part, Source, rejects_of
from segmentation.notes import Note
from segmentation.transactions.styles import differing_styles

# Parts of one table have this share of all their columns in common: an export may gain a column.
ALIKE = 0.75
_NAMED = 3


def are_alike(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether two lists of columns are those of one table, in whatever order and case.

    Examples
    --------
    >>> are_alike(["Id", "Spend"], ["spend", "id"]), are_alike(["id", "spend"], ["id", "answer"])
    (True, False)
    """
    ours, theirs = ({name.casefold() for name in names} for names in (some, others))
    return len(ours & theirs) >= ALIKE * len(ours | theirs)


def stack(parts: Sequence[RawTable], *, into: str) -> RawTable:
    """Put tables with the same columns under each other.

    Columns are the same where their names are, ignoring case; they come in the first part's order,
    under its names, and those that it lacks after them. What a part lacks is blank in its rows.

    Parameters
    ----------
    parts : sequence of RawTable
        At least one.
    into : str
        The engine's table, beside the parts.

    Returns
    -------
    RawTable
        What was noted of a part, and the rows set aside of it, come along.

    Raises
    ------
    OtherColumns
        When a part has less than :data:`ALIKE` of the columns in common with the first.
    """
    first, session = parts[0], parts[0].session
    for part in parts[1:]:
        if not are_alike(first.names, part.names):
            raise OtherColumns(name=part.source.name, first=first.source.name)
    titles: dict[str, str] = {}
    for part in parts:
        for name in part.names:
            titles.setdefault(name.casefold(), name)
    lent = replace(first, source=_source(parts), n_rejected=sum(p.n_rejected for p in parts))
    aside = " UNION ALL ".join(
        f"SELECT line, reason, text FROM {quoted(rejects_of(part.table))}" for part in parts
    )
    names, notes = tuple(titles.values()), (*_notes(parts, titles), *_own_notes(parts))
    with session.watch.step("stacking"):
        made = adopt(lent, names, _select(parts, titles), notes, into=into)
        session.create(rejects_of(into), aside)
    made = replace(made, codebook=_codebook(parts, titles)[0])
    with session.watch.step("choosing"):
        return replace(made, notes=(*made.notes, *differing_styles(made, parts)))


def _select(parts: Sequence[RawTable], titles: dict[str, str]) -> str:
    """Return SQL for the rows of all parts, numbered through."""
    selects, before = [], 0
    for part in parts:
        place = {name.casefold(): f"r{i}" for i, name in enumerate(part.names)}
        cells = (f"{place.get(key, 'NULL::VARCHAR')} AS r{i}" for i, key in enumerate(titles))
        rows = f"__row + {before} AS __row, {', '.join(cells)}"
        selects.append(f"SELECT {rows} FROM {quoted(part.table)}")
        before += part.n_rows
    return f"SELECT * FROM ({' UNION ALL '.join(selects)}) ORDER BY __row"


def _source(parts: Sequence[RawTable]) -> Source:
    """Return the first part's source under a name that tells how many there are."""
    names = [part.source.name for part in parts]
    shown = names if len(names) <= _NAMED else [names[0], str(len(names) - 1)]
    return replace(
        parts[0].source,
        name=" + ".join(shown),
        size_bytes=sum(part.source.size_bytes for part in parts),
        parts=tuple(Part(part.source, part.fingerprint) for part in parts),
    )


def _notes(parts: Sequence[RawTable], titles: dict[str, str]) -> list[Note]:
    """Say what was put under each other, what a part lacks, and what came twice."""
    rows = sum(part.n_rows for part in parts)
    files = tuple(f"{part.source.name} ({part.n_rows})" for part in parts)
    told = [Note.of("parts-stacked", n=len(parts), rows=rows, files=files)]
    known = [{name.casefold() for name in part.names} for part in parts]
    for key, name in titles.items():
        lacking = [p.source.name for p, own in zip(parts, known, strict=True) if key not in own]
        if lacking:
            told.append(
                Note.of("part-lacks-column", name=name, n=len(lacking), files=tuple(lacking))
            )
    seen: dict[str, str] = {}
    for part in parts:
        other = seen.setdefault(part.fingerprint, part.source.name)
        if other != part.source.name:
            told.append(Note.of("part-repeated", file=part.source.name, other=other))
    differing = _codebook(parts, titles)[1]
    if differing:
        told.append(Note.of("parts-codes-differ", n=len(differing), names=differing))
    return told


def _own_notes(parts: Sequence[RawTable]) -> Iterable[Note]:
    """Let what was noted of each part say which part it is about."""
    for part in parts:
        for note in part.notes:
            yield note.about(part.source.name)


def _codebook(
    parts: Sequence[RawTable], titles: dict[str, str]
) -> tuple[Codebook, tuple[str, ...]]:
    """Put the codebooks of the parts together, and name the columns that they say differ."""
    together: Codebook = {}
    differing: dict[str, None] = {}
    for part in parts:
        for name, entry in part.codebook.items():
            title = titles.get(name.casefold(), name)
            if together.get(title, entry) != entry:
                differing[title] = None
            together = {title: entry, **together}
    return together, tuple(differing)
