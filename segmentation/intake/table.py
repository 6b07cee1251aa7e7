"""The tables of a study: the file's text as it came, and the typed customers made from it.

Enters: nothing. Leaves: ``RawTable`` and ``CustomerTable``, handles on tables that stay in the
engine. Refuses to hold rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir

from segmentation.engine import DuckSession
from segmentation.engine.duck import quoted
from segmentation.errors import UnknownColumn
from segmentation.intake.codebook import Codebook
from segmentation.intake.filters import Condition, predicate
from segmentation.intake.kinds import Kind, Style
from segmentation.intake.scanned import Scanned
from segmentation.notes import Note

ROW, KEY = "__row", "__key"
_NO_REASON = Note("type-text")
RAW = "raw"


def digest(names: Sequence[str]) -> str:
    """Return SQL for 64 bits of the md5 of a raw row's content, by the order of its names.

    The same bits of the md5 as a customer's key: the last eight bytes, least significant first.

    Parameters
    ----------
    names : sequence of str
        The columns' names; ``r0 …`` hold their cells.
    """
    order = sorted(range(len(names)), key=lambda i: names[i])
    # A cell that is not there counts as blank for concat; to say so by coalesce copies every cell.
    cells = ", chr(31), ".join(quoted(f"r{i}") for i in order)
    return f"md5_number_lower(concat({cells}))"


def rejects_of(table: str) -> str:
    """Return the name of the table that holds the rows set aside while ``table`` was read.

    Its columns: ``line`` (1-based line in the file), ``reason`` (stable code) and ``text`` (as
    written, cut at 500 characters).
    """
    return f"{table}_rejects"


def spread_of(table: str) -> str:
    """Return the name of the table of some of a scanned text's rows, at even distances."""
    return f"{table}_spread"


def drawn_of(table: str) -> str:
    """Return the name of the table of the rows of a scanned text with the smallest digests."""
    return f"{table}_drawn"


def beside(table: str, renamed: str) -> tuple[tuple[str, str], ...]:
    """Return what may stand beside a raw table under its name, and the names when it is renamed."""
    return tuple((of(table), of(renamed)) for of in (rejects_of, spread_of, drawn_of))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table came from and how its bytes were read.

    Attributes
    ----------
    name : str
        File name as the user knows it.
    format : str
        ``csv``, ``workbook``, ``parquet``, ``spss``, ``stata`` or ``sas``.
    size_bytes : int
        Size of the file.
    encoding, delimiter, sheet : str or None
        How it was read, where that applies.
    confidence : float
        How sure the encoding is, in [0, 1].
    alternatives : tuple of str
        Encodings that give another text, the likeliest first.
    sheets : tuple of str
        All sheets of a workbook.
    member : str or None
        Which file of an archive was read.
    members : tuple of str
        All files of an archive that may be tables.
    parts : tuple of Part
        All files, where several were put under each other; how the bytes were read is then said
        of the first.
    """

    name: str
    format: str
    size_bytes: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    confidence: float = 1.0
    sheets: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    member: str | None = None
    members: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of several files that were put under each other, and the fingerprint of its content."""

    source: Source
    fingerprint: str


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file's cells as text, in the engine table ``table`` (``raw`` for the customers' file).

    Physical columns: ``__row`` (0-based file order), ``__digest`` (64 bits of the md5 of the
    row's content, whatever the order of its columns), ``r0 … rN``. Rows of the file that are no
    customers are in the table :func:`rejects_of`, ``n_rejected`` of them. Where ``scanned`` is
    known, ``table`` is a view over the file (:mod:`segmentation.intake.scanning`).
    """

    session: DuckSession
    source: Source
    names: tuple[str, ...]
    n_rows: int
    fingerprint: str
    n_duplicates: int
    notes: tuple[Note, ...] = ()
    table: str = RAW
    codebook: Codebook = field(default_factory=dict)
    n_rejected: int = 0
    lines: tuple[str, ...] = ()  # the columns of the order lines that it was summed up from
    scanned: Scanned | None = None

    def moved(self, table: str) -> RawTable:
        """Return the same rows under another name, which the caller gives their engine table."""
        return replace(self, table=table)


@dataclass(frozen=True, slots=True)
class Column:
    """One typed column of the customer table.

    Attributes
    ----------
    name : str
        As in the file.
    key : str
        Physical name in the engine (``c0 …``), the same position as the raw ``r0 …``.
    kind : Kind
        What its values are.
    n_missing : int
        Cells without a value: blank or a missing marker.
    n_failed : int
        Cells with text that could not be read as ``kind``; they count as missing too.
    n_distinct : int
        Different values (approximate above 100,000 rows).
    whole : bool
        Whether all numbers are whole.
    low, high : float or None
        Smallest and largest number.
    length : float
        Mean length of the text, in characters; 0 for other kinds.
    examples : tuple of str
        A few values as written.
    reason : Note
        Why it is of this kind.
    style : Style or None
        How its numbers or dates are written; None where that makes no difference.
    ask : tuple of Style
        Styles between which only the user can decide.
    offer : Kind or None
        What it could also be, if the user says so.
    missing : tuple of str
        Texts that stand for no value, by the user's decision or the codebook's.
    label : str
        The question or long name that a codebook gives; blank where there is none.
    levels : tuple of str
        Its values in their order, lowest first, where an order is known.
    levels_from : str or None
        Who says so: ``user``, ``codebook``, ``bands`` (bounds or scores) or ``words``; ``codes``
        where it is no more than the order of a codebook's codes.
    items_by : str or None
        What seems to stand between several answers in one cell.
    is_free_text : bool
        Whether it is long text that is nearly always different.
    is_reversed : bool
        Whether the answers were turned round, as the codebook asks.
    of : str or None
        The column of the file whose answers this is one of, or from which a place was read; blank
        for one that was worked out from several; None for the file's own columns.
    place : str
        What it tells of the customer's place, such as ``city`` or ``climate``; blank where it was
        not read from a place.
    """

    name: str
    key: str
    kind: Kind
    n_missing: int
    n_failed: int
    n_distinct: int
    whole: bool = False
    low: float | None = None
    high: float | None = None
    length: float = 0.0
    examples: tuple[str, ...] = ()
    reason: Note = _NO_REASON
    style: Style | None = None
    ask: tuple[Style, ...] = ()
    offer: Kind | None = None
    missing: tuple[str, ...] = ()
    label: str = ""
    levels: tuple[str, ...] = ()
    levels_from: str | None = None
    items_by: str | None = None
    is_free_text: bool = False
    is_reversed: bool = False
    of: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class CustomerTable:
    """The typed customers of a study and the population that is looked at.

    Physical columns of the engine table ``name``: ``__row``, ``__key`` (portable canonical order:
    the last eight bytes, least significant first, of an md5 of the customer's id, or of the row's
    content and its occurrence number where there is no unique id), ``c0 … cN``. The columns of the
    file come first, in its order; the items that a column was split into come after them, then
    what was read of places, and what was worked out from others, such as distances, last.
    """

    raw: RawTable
    name: str
    columns: tuple[Column, ...]
    id_name: str | None
    conditions: tuple[Condition, ...]
    n_customers: int
    notes: tuple[Note, ...] = ()
    within: str | None = None  # an engine table of rows: only these are looked at

    @property
    def session(self) -> DuckSession:
        """The engine session that holds the rows."""
        return self.raw.session

    def column(self, name: str) -> Column:
        """Return a column by the name it has in the file.

        Raises
        ------
        UnknownColumn
            With the nearest names that do exist.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownColumn.from_names(name, [c.name for c in self.columns])

    def key_of(self, name: str) -> str:
        """Return the physical column of a name in the file; raises as :meth:`column`."""
        return self.column(name).key

    def everyone(self) -> ir.Table:
        """Return all rows of the file as an unbound Ibis table."""
        return self.session.table(self.name)

    def population(self) -> ir.Table:
        """Return the rows that pass the population filter as an unbound Ibis table."""
        rows = self.everyone()
        for condition in self.conditions:
            met = predicate(rows, condition, self._key_of, self.session.table(self.raw.table))
            rows = rows.filter(met)
        if self.within is not None:
            rows = rows.semi_join(self.session.table(self.within), "__row")
        return rows

    def _key_of(self, name: str) -> str:
        return self.column(name).key
