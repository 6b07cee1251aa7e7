"""How is a text file laid out: which marks, where is the table, what are its columns?

Enters: the beginning of a decoded text, or all of it. Leaves: a :class:`Dialect`. Refuses to
convert values.
"""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, replace

from segmentation.errors import EmptyFile
from segmentation.intake.ending import Reject
from segmentation.intake.header import unique_names
from segmentation.intake.layout import Layout, find_layout
from segmentation.intake.records import Record, RecordReader, Syntax, cleaned
from segmentation.intake.syntax import declared_delimiter, guess_syntax
from segmentation.intake.tables import several
from segmentation.notes import Note

_RECORDS = 5000


@dataclass(frozen=True, slots=True)
class Dialect:
    """The layout of a delimited text.

    Attributes
    ----------
    syntax : Syntax
        The marks.
    names : tuple of str
        Column names, unique ignoring case, none of them blank.
    kept : tuple of int
        Position of each column among the cells of a row.
    heads : tuple of str
        What stands above each cell of a row, blank where nothing does.
    header : str
        The last line of names as written, without its end.
    n_lines : int
        Lines before the first customer (titles and the header).
    stop : int or None
        Lines up to the end of the table, where all of the text was seen and something follows.
    notes : tuple of Note
        Repairs to the layout.
    rejects : tuple of Reject
        Rows outside of the table.
    comments : bool
        Whether a line of one cell that begins with # is a comment, not a customer.
    """

    syntax: Syntax
    names: tuple[str, ...]
    kept: tuple[int, ...]
    heads: tuple[str, ...]
    header: str = ""
    n_lines: int = 0
    stop: int | None = None
    notes: tuple[Note, ...] = ()
    rejects: tuple[Reject, ...] = ()
    comments: bool = True

    @property
    def delimiter(self) -> str:
        """What separates the cells, one character."""
        return self.syntax.delimiter

    def with_rejects(self, more: tuple[Reject, ...]) -> Dialect:
        """Return the dialect with more rows outside of the table."""
        return replace(self, rejects=(*self.rejects, *more))

    def with_all_columns(self) -> Dialect:
        """Return the dialect that keeps the columns without a name, too."""
        names, repairs = unique_names(self.heads)
        dropped = {"columns-dropped", *(note.code for note in repairs)}
        notes = tuple(note for note in self.notes if note.code not in dropped)
        return replace(
            self, names=names, kept=tuple(range(len(self.heads))), notes=(*notes, *repairs)
        )


def sniff(text: str, delimiter: str | None = None, *, whole: bool = True) -> Dialect:
    r"""Find the layout of a delimited text.

    Parameters
    ----------
    text : str
        The file, or its first part; a line cut at its end does no harm.
    delimiter : str, optional
        The user's own choice; guessed when absent.
    whole : bool
        Whether the text is all of the file.

    Returns
    -------
    Dialect

    Raises
    ------
    EmptyFile
        When there is nothing but blank lines.
    HeaderOnly
        When there is a header and no customer.

    Examples
    --------
    >>> sniff("name;spend\nAnn;1,5\n").delimiter
    ';'
    """
    text = cleaned(text)
    if not text.strip():
        raise EmptyFile
    syntax, unusual = guess_syntax(text, delimiter)
    begin = declared_delimiter(text)[1]
    reader = RecordReader(io.StringIO(text[begin:], newline=""), syntax)
    records = list(itertools.islice(reader, None if whole else _RECORDS))
    if not any(record.filled for record in records):
        raise EmptyFile
    if not whole and len(records) > 1:
        records.pop()
    layout = find_layout(records, whole=whole)
    tables = several(
        layout.n_tables, layout.used, _lines(layout, records, 1 if begin else 0, whole=whole)
    )
    return _dialect(syntax, (*unusual, *tables), layout, records, 1 if begin else 0)


def _lines(
    layout: Layout, records: list[Record], before: int, *, whole: bool
) -> tuple[int, int | None]:
    """Return the first and the last line of the table."""
    last = next(r for r in reversed(records[: layout.last]) if r.filled)
    end = before + last.line + last.n_lines - 1
    return before + records[layout.top].line, end if whole else None


def _dialect(
    syntax: Syntax, unusual: tuple[Note, ...], layout: Layout, records: list[Record], before: int
) -> Dialect:
    names, repairs = unique_names([layout.heads[i] for i in layout.used])
    n_dropped = len(layout.heads) - len(layout.used)
    dropped = (Note.of("columns-dropped", n=n_dropped),) if n_dropped else ()
    ends = layout.last < len(records)
    last = records[layout.last - 1]
    return Dialect(
        syntax=syntax,
        names=names,
        kept=layout.used,
        heads=layout.heads,
        header=layout.header.text.rstrip("\r\n") if layout.header else "",
        n_lines=before + records[layout.first].line - 1,
        stop=before + last.line + last.n_lines - 1 if ends else None,
        notes=(*unusual, *layout.notes, *dropped, *repairs),
        rejects=tuple(replace(r, line=r.line + before) for r in layout.rejects),
        comments=layout.comments,
    )
