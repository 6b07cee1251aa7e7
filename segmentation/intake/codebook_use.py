"""A codebook put to use: its variables found among the columns of a table.

Enters: a raw table and a codebook by the names of its variables. Leaves: the table with what the
codebook says about its columns, and notes on what does not fit. Refuses to touch a cell, and a
codebook of which no variable is in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from segmentation.engine.duck import quoted
from segmentation.errors import CodebookOfAnotherTable
from segmentation.intake.cells import bare
from segmentation.intake.codebook import Codebook, Entry, plain_name
from segmentation.intake.kinds import MISSING_MARKERS, trimmed
from segmentation.intake.table import CustomerTable, RawTable
from segmentation.notes import Note

_SHOWN = 5
_MOST_LEVELS = 200


@dataclass(frozen=True, slots=True)
class Applied:
    """What a codebook did to a table, in columns.

    Attributes
    ----------
    n_described : int
        Columns that it says anything about.
    n_labelled : int
        Whose codes it explains.
    n_ordered : int
        Whose levels have its order, ratings included.
    n_reversed : int
        Whose answers, or the order of them, were turned round.
    missing : tuple of str
        Its variables that the table lacks.
    of_lines : tuple of str
        Its variables that are columns of the order lines which the table was summed up from.
    """

    n_described: int
    n_labelled: int
    n_ordered: int
    n_reversed: int
    missing: tuple[str, ...]
    of_lines: tuple[str, ...]


def with_codebook(raw: RawTable, codebook: Codebook) -> RawTable:
    """Return a table with what a codebook says about its columns.

    A variable is the column of the same name, else of the same name ignoring case and blanks. What
    the file itself says about a column holds where the codebook says nothing.

    Parameters
    ----------
    raw : RawTable
        The customers.
    codebook : Codebook
        By the names of its variables.

    Returns
    -------
    RawTable
        The same table with more notes: how many columns are described, which variables the table
        lacks, where the codebook goes before the file, and codes that do not fit.
    """
    if not codebook:
        return raw
    found, of_lines, lacking = _sorted_out(codebook, raw)
    merged = {name: _over(entry, raw.codebook.get(name, Entry())) for name, entry in found.items()}
    overruled = tuple(
        name for name in found if _disagrees(found[name], raw.codebook.get(name, Entry()))
    )
    notes = [Note.of("codebook-read", n=len(found))] if found or not of_lines else []
    for code, names in (("codebook-unmatched", lacking), ("codebook-over-file", overruled)):
        if names:
            notes.append(Note.of(code, n=len(names), names=names[:_SHOWN]))
    notes += codes_not_matched(raw, merged)
    told = (*raw.notes, *notes)
    return replace(raw, codebook={**raw.codebook, **merged}, notes=told)


def matched(codebook: Codebook, names: Sequence[str]) -> tuple[dict[str, Entry], tuple[str, ...]]:
    """Find the columns that a codebook describes.

    Parameters
    ----------
    codebook : Codebook
        By the names of its variables.
    names : sequence of str
        The columns of a table.

    Returns
    -------
    found : dict of str to Entry
        By the names of the columns.
    lacking : tuple of str
        Variables that are no column.

    Examples
    --------
    >>> found, lacking = matched({"SEX": Entry("Sex"), "q9": Entry()}, ["sex"])
    >>> list(found), lacking
    (['sex'], ('q9',))
    """
    exactly = set(names)
    loosely = {plain_name(name): name for name in reversed(names)}
    found: dict[str, Entry] = {}
    lacking = []
    for variable in sorted(codebook, key=lambda variable: variable not in exactly):
        name = variable if variable in exactly else loosely.get(plain_name(variable))
        if name is None or name in found:
            lacking.append(variable)
        else:
            found[name] = codebook[variable]
    return {name: found[name] for name in names if name in found}, tuple(lacking)


def refuse_codebook_of_another_table(codebook: Codebook, raw: RawTable, name: str) -> None:
    """Raise ``CodebookOfAnotherTable`` when no variable of a codebook is in the table.

    The columns of order lines that it was summed up from count.
    """
    found, of_lines, lacking = _sorted_out(codebook, raw)
    if not found and not of_lines:
        raise CodebookOfAnotherTable(
            name=name, n=len(lacking), names=lacking[:_SHOWN], columns=raw.names[:_SHOWN]
        )


def applied(table: CustomerTable, codebook: Codebook) -> Applied:
    """Count what a codebook did to a table.

    Parameters
    ----------
    table : CustomerTable
        Made with it.
    codebook : Codebook
        By the names of its variables.

    Returns
    -------
    Applied
    """
    found, of_lines, lacking = _sorted_out(codebook, table.raw)
    columns = [column for column in table.columns if column.name in found and column.of is None]
    labelled = [c for c in columns if c.reason.code in ("type-codebook", "type-rating")]
    ordered = [c for c in columns if c.levels_from == "codebook" or c.reason.code == "type-rating"]
    turned = [c for c in columns if c.is_reversed or (c in ordered and found[c.name].is_reversed)]
    return Applied(
        n_described=len(columns),
        n_labelled=len(labelled),
        n_ordered=len(ordered),
        n_reversed=len(turned),
        missing=lacking,
        of_lines=of_lines,
    )


def _sorted_out(
    codebook: Codebook, raw: RawTable
) -> tuple[dict[str, Entry], tuple[str, ...], tuple[str, ...]]:
    """Find the columns that are described, other variables of the order lines, and the rest."""
    found, others = matched(codebook, raw.names)
    of_lines, lacking = matched({name: codebook[name] for name in others}, raw.lines)
    return found, tuple(of_lines), lacking


def _over(entry: Entry, own: Entry) -> Entry:
    """Return what a codebook says, and where it says nothing what the file itself says."""
    return Entry(
        entry.label or own.label,
        entry.values or own.values,
        entry.missing or own.missing,
        entry.is_reversed or own.is_reversed,
    )


def _disagrees(entry: Entry, own: Entry) -> bool:
    """Tell whether a codebook and the file itself say different things about a column."""
    return (
        bool(entry.label and own.label and entry.label != own.label)
        or bool(entry.values and own.values and _compared(entry) != _compared(own))
        or bool(entry.missing and own.missing and _codes(entry.missing) != _codes(own.missing))
    )


def _compared(entry: Entry) -> list[tuple[str, str]]:
    return [(bare(code), label) for code, label in entry.values]


def _codes(codes: Sequence[str]) -> set[str]:
    return {bare(code) for code in codes}


def codes_not_matched(raw: RawTable, codebook: Codebook) -> tuple[Note, ...]:
    """Compare the codes that a codebook explains with those that occur.

    Parameters
    ----------
    raw : RawTable
        The customers' file.
    codebook : Codebook

    Returns
    -------
    tuple of Note
        By column: codes that never occur, and values that the codebook does not explain. A column
        with far more values than codes, above 200, gives one note only.
    """
    notes = []
    for name, entry in codebook.items():
        if name in raw.names and entry.values:
            known = {bare(code): code for code, _ in entry.values}
            known |= {bare(code): code for code in entry.missing}
            most = max(_MOST_LEVELS, 2 * len(known))
            found = _occurring(raw, name, most + 1)
            if len(found) > most:
                notes.append(Note.of("codebook-codes-few", n=len(entry.values), name=name))
                continue
            unused = [code for key, code in known.items() if key not in found]
            unknown = [found[key] for key in found if key not in known]
            explained = [code for code in unused if code not in entry.missing]
            notes += _told("codebook-codes-unused", name, explained)
            notes += _told("codebook-codes-unknown", name, unknown)
    return tuple(notes)


def _told(code: str, name: str, codes: Sequence[str]) -> list[Note]:
    if not codes:
        return []
    return [Note.of(code, n=len(codes), name=name, codes=tuple(codes[:_SHOWN]))]


def _occurring(raw: RawTable, name: str, most: int) -> dict[str, str]:
    """Return the different values of a column, as they are compared and as they are written."""
    column = quoted(f"r{raw.names.index(name)}")
    different = f"SELECT DISTINCT {column} AS cell FROM {quoted(raw.table)}"
    cell = trimmed("cell")
    rows = raw.session.rows(
        f"SELECT DISTINCT {cell} AS text FROM ({different}) "
        f"WHERE cell IS NOT NULL ORDER BY text LIMIT {most}"
    )
    texts = [str(row["text"]) for row in rows]
    return {bare(text): text for text in texts if text.lower() not in MISSING_MARKERS}
