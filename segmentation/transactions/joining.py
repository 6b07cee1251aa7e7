"""Put the columns of another file beside those of the customers, by an id that both have.

Enters: two raw tables and the column of each that names the same thing. Leaves: a raw table with
as many rows as the first, and a report of what matched. Refuses a file with several rows for one
id: customers are never multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from segmentation.engine.duck import quoted
from segmentation.errors import SeveralRowsPerId, UnknownColumn
from segmentation.intake import Kind, RawTable
from segmentation.intake.cells import Reading, value_sql
from segmentation.intake.codebook import Codebook
from segmentation.intake.header import unique_names
from segmentation.intake.reading import adopt
from segmentation.intake.table import RAW
from segmentation.notes import Note

_MAIN, _OTHER = "join_main", "join_other"


@dataclass(frozen=True, slots=True)
class JoinOptions:
    """How ids are compared and what happens to several rows of one id.

    Attributes
    ----------
    normalise : bool
        Whether leading zeros, a trailing ``.0`` and case do not count. White space around an id
        never does.
    keep_first : bool
        Whether the first row of an id is taken where the other file has several, instead of
        refusing it.
    """

    normalise: bool = False
    keep_first: bool = False


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What a join matched; ``n_matched + n_unmatched`` is the number of customers.

    Attributes
    ----------
    file : str
        The other file.
    id_name, other_id : str
        The columns that were compared.
    n_matched, n_unmatched : int
        Customers with and without a match.
    n_without_id : int
        Customers without an id, who are among the unmatched.
    n_repeated_ids : int
        Customers whose id another customer before them has, too.
    n_unused_rows : int
        Rows of the other file that match no customer.
    n_left_out : int
        Further rows of an id, left out on the user's word.
    n_by_normalising : int
        Customers who match only because ids were normalised; where they were not, customers who
        would match if they were.
    renamed : tuple of str
        The new names of columns whose own were taken.
    options : JoinOptions
    """

    file: str
    id_name: str
    other_id: str
    n_matched: int
    n_unmatched: int
    n_without_id: int
    n_repeated_ids: int
    n_unused_rows: int
    n_left_out: int
    n_by_normalising: int
    renamed: tuple[str, ...]
    options: JoinOptions

    @property
    def notes(self) -> tuple[Note, ...]:
        """The report as notes; what did not happen is not mentioned."""
        told = [
            Note.of(
                "join-matched",
                file=self.file,
                name=self.id_name,
                matched=self.n_matched,
                customers=self.n_matched + self.n_unmatched,
                unmatched=self.n_unmatched,
            )
        ]
        if self.n_without_id:
            told.append(Note.of("join-without-id", n=self.n_without_id, name=self.id_name))
        if self.n_repeated_ids:
            told.append(Note.of("join-repeated-ids", n=self.n_repeated_ids, name=self.id_name))
        if self.n_unused_rows:
            told.append(Note.of("join-unused-rows", n=self.n_unused_rows, file=self.file))
        if self.n_left_out:
            told.append(
                Note.of("join-first-kept", n=self.n_left_out, file=self.file, name=self.other_id)
            )
        if self.n_by_normalising and self.options.normalise:
            told.append(Note.of("join-normalised", n=self.n_by_normalising))
        elif self.n_by_normalising:
            told.append(Note.of("join-normalise-proposed", n=self.n_by_normalising))
        if self.renamed:
            told.append(Note.of("join-renamed", names=self.renamed))
        return tuple(told)


def join(
    main: RawTable,
    id_name: str,
    other: RawTable,
    other_id: str,
    options: JoinOptions | None = None,
    *,
    into: str = RAW,
) -> tuple[RawTable, MatchReport]:
    """Give every row of a table the columns of the other file's row with the same id.

    The same join brings customers together with what was computed from orders, with a survey, or,
    by another column such as a store's id, with places.

    Parameters
    ----------
    main : RawTable
        The customers.
    id_name : str
        Its column to compare.
    other : RawTable
        The other file, at most one row an id.
    other_id : str
        Its column to compare; it is not repeated in the result.
    options : JoinOptions, optional
    into : str
        The engine's table; ``raw`` takes the place of everything else, both files included.

    Returns
    -------
    RawTable
        As many rows as ``main``, in its order; cells without a match are blank.
    MatchReport

    Raises
    ------
    UnknownColumn
        When a file has no such column.
    SeveralRowsPerId
        When the other file has several rows for one id.
    """
    options = options or JoinOptions()
    session = main.session
    for table, name in ((main, id_name), (other, other_id)):
        if name not in table.names:
            raise UnknownColumn.from_names(name, table.names)
    try:
        session.create(_MAIN, _keys(main, id_name, options))
        session.create(_OTHER, _keys(other, other_id, options))
        n_left_out = _refuse_several(other, other_id, options)
        titles, renamed = _titles(main, other, other_id)
        report = _report(main, other, (id_name, other_id), options)
        report = replace(report, n_left_out=n_left_out, renamed=renamed)
        notes = (*main.notes, *report.notes)
        joined = adopt(main, titles, _select(main, other, other_id), notes, into=into)
    finally:
        session.execute(f"DROP TABLE IF EXISTS {_MAIN}; DROP TABLE IF EXISTS {_OTHER}")
    codebook = _codebook(main, other, other_id, titles)
    return replace(joined, codebook=codebook, lines=(*main.lines, *other.lines)), report


def _keys(table: RawTable, name: str, options: JoinOptions) -> str:
    """Return SQL for the ids of a table: as written, loosely, and the one that is compared."""
    written = value_sql(Reading(Kind.TEXT), f"r{table.names.index(name)}")
    plain = r"regexp_replace(lower(written), '^(\d+)\.0+$', '\1')"
    loose = f"CASE WHEN ltrim({plain}, '0') = '' THEN '0' ELSE ltrim({plain}, '0') END"
    key = "loose" if options.normalise else "written"
    return (
        f"SELECT *, {key} AS key, row_number() OVER (PARTITION BY {key} ORDER BY __row) AS nth "
        f"FROM (SELECT *, CASE WHEN written IS NOT NULL THEN {loose} END AS loose "
        f"FROM (SELECT __row, {written} AS written FROM {quoted(table.table)}))"
    )


def _refuse_several(other: RawTable, other_id: str, options: JoinOptions) -> int:
    """Count the rows beyond the first of each id; raise unless the user wants the first."""
    sql = f"SELECT count(*) AS n FROM {_OTHER} WHERE key IS NOT NULL AND nth > 1"
    n = int(other.session.rows(sql)[0]["n"])
    if n and not options.keep_first:
        raise SeveralRowsPerId(file=other.source.name, name=other_id, n=n)
    return n


def _report(
    main: RawTable, other: RawTable, compared: tuple[str, str], options: JoinOptions
) -> MatchReport:
    counted = main.session.rows(
        "SELECT count(*) AS n, count(*) FILTER (key IS NULL) AS n_without_id, "
        "count(*) FILTER (key IS NOT NULL AND nth > 1) AS n_repeated, "
        f"count(*) FILTER (key IN (SELECT key FROM {_OTHER} WHERE key IS NOT NULL)) AS n_matched, "
        f"count(*) FILTER (loose IN (SELECT loose FROM {_OTHER} WHERE loose IS NOT NULL) "
        f"AND written NOT IN (SELECT written FROM {_OTHER} WHERE written IS NOT NULL)) "
        f"AS n_loosely FROM {_MAIN}"
    )[0]
    unused = main.session.rows(
        f"SELECT count(*) AS n FROM {_OTHER} WHERE key IS NULL "
        f"OR key NOT IN (SELECT key FROM {_MAIN} WHERE key IS NOT NULL)"
    )[0]
    return MatchReport(
        file=other.source.name,
        id_name=compared[0],
        other_id=compared[1],
        n_matched=int(counted["n_matched"]),
        n_unmatched=int(counted["n"] - counted["n_matched"]),
        n_without_id=int(counted["n_without_id"]),
        n_repeated_ids=int(counted["n_repeated"]),
        n_unused_rows=int(unused["n"]),
        n_left_out=0,
        n_by_normalising=int(counted["n_loosely"]),
        renamed=(),
        options=options,
    )


def _added(other: RawTable, other_id: str) -> list[tuple[int, str]]:
    """Return position and name of the columns that come along."""
    return [(i, name) for i, name in enumerate(other.names) if name != other_id]


def _titles(
    main: RawTable, other: RawTable, other_id: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of all columns, and the new ones of those that were taken."""
    taken = {name.casefold() for name in main.names}
    file = PurePath(other.source.name).stem
    added = [name for _, name in _added(other, other_id)]
    wanted = [f"{name} ({file})" if name.casefold() in taken else name for name in added]
    titles, _ = unique_names([*main.names, *wanted])
    given = titles[len(main.names) :]
    return titles, tuple(new for new, old in zip(given, added, strict=True) if new != old)


def _select(main: RawTable, other: RawTable, other_id: str) -> str:
    width = len(main.names)
    own = [f"m.r{i} AS r{i}" for i in range(width)]
    added = [f"o.r{i} AS r{width + n}" for n, (i, _) in enumerate(_added(other, other_id))]
    return (
        f"SELECT m.__row AS __row, {', '.join([*own, *added])} FROM {quoted(main.table)} m "
        f"JOIN {_MAIN} k ON k.__row = m.__row "
        f"LEFT JOIN (SELECT key, __row FROM {_OTHER} WHERE key IS NOT NULL AND nth = 1) f "
        f"ON f.key = k.key LEFT JOIN {quoted(other.table)} o ON o.__row = f.__row "
        "ORDER BY m.__row"
    )


def _codebook(main: RawTable, other: RawTable, other_id: str, titles: tuple[str, ...]) -> Codebook:
    """Let what the codebooks say go with the columns under their new names."""
    added = [name for _, name in _added(other, other_id)]
    new_names = dict(zip(added, titles[len(main.names) :], strict=True))
    others = {new_names[name]: e for name, e in other.codebook.items() if name in new_names}
    return {**others, **main.codebook}
