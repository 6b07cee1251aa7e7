"""Replay a composition: read the files, sum up orders, join, and leave one table of customers.

Enters: a session, files in its folder and the decisions. Leaves: the raw table ``raw``, as if it
had been read from one file. Refuses to go on without a file that the decisions name, and leaves
the session as it was where a step is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from segmentation.engine import DuckSession
from segmentation.errors import JoinFileMissing, NotOrders, PartMissing, TableError
from segmentation.intake import (
    CustomerTable,
    RawTable,
    ReadOptions,
    open_customers,
    read_file,
)
from segmentation.intake.codebook import Codebook
from segmentation.intake.customers import moved, typed_name
from segmentation.intake.table import RAW, beside, rejects_of
from segmentation.notes import Note
from segmentation.transactions.features import customers_of
from segmentation.transactions.joining import MatchReport, join
from segmentation.transactions.labelling import NOTHING_KNOWN, LinesKnown, labelled
from segmentation.transactions.orders import detect
from segmentation.transactions.plans import Composition, JoinPlan, OrderPlan, PartPlan
from segmentation.transactions.roles import OrderColumns
from segmentation.transactions.stacking import stack

MAIN, _SUMMED = "main_file", "summed_file"
_OTHER, _OTHER_SUMMED = "other_file", "other_summed"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived; ``path`` lies in the session's folder.

    Attributes
    ----------
    path : Path
    name : str
        As the user knows it.
    options : ReadOptions
        How it is read.
    """

    path: Path
    name: str
    options: ReadOptions = field(default_factory=ReadOptions)


@dataclass(frozen=True, slots=True)
class Composed:
    """What a composition made.

    Attributes
    ----------
    raw : RawTable
        The customers.
    columns : OrderColumns or None
        What each column of the order lines was taken for.
    names : tuple of str
        The columns of the order lines, where there were any.
    matches : tuple of MatchReport
        One a joined file.
    typed : CustomerTable or None
        The customers' typed table, where one was made on the way.
    """

    raw: RawTable
    columns: OrderColumns | None = None
    names: tuple[str, ...] = ()
    matches: tuple[MatchReport, ...] = ()
    typed: CustomerTable | None = None


def compose(
    session: DuckSession,
    main: Upload,
    plan: Composition,
    others: Mapping[str, Upload],
    known: LinesKnown = NOTHING_KNOWN,
    accept: Callable[[RawTable], CustomerTable | None] | None = None,
) -> Composed:
    """Read the files and put the customers together as decided: wholly, or not at all.

    Parameters
    ----------
    session : DuckSession
        What it held before is gone afterwards, and untouched where a step is refused.
    main : Upload
        The customers, or the orders they are made from.
    plan : Composition
    others : mapping of str to Upload
        The files to join, and further parts of a table, by the name that the plan knows them by.
        What the plan says about reading them goes before their own options.
    known : LinesKnown
        What was decided about columns, and a codebook: those of order lines are read so before they
        are summed up.
    accept : callable, optional
        Called with the customers before they take the place of the former ones; what it raises
        leaves these. Where it types them, the typed table is kept beside them.

    Returns
    -------
    Composed

    Raises
    ------
    JoinFileMissing
        When the plan joins a file that is not among ``others``.
    PartMissing
        When a part of a table is not among them.
    OtherColumns
        When it has become another table.
    NotOrders
        When the main file was to be summed up and no orders are found in it.
    TableError
        What reading, summing up and joining refuse.
    """
    for wanted in plan.joins:
        if wanted.name not in others:
            raise JoinFileMissing(name=wanted.name)
    for part in plan.all_parts():
        if part.name not in others:
            raise PartMissing(name=part.name)
    with session.undone_on_failure():
        made = _made(session, main, plan, others, known)
        return put_in_place(session, made, accept)


def put_in_place(
    session: DuckSession,
    made: Composed,
    accept: Callable[[RawTable], CustomerTable | None] | None,
) -> Composed:
    """Let customers that were made beside what the session holds take its place.

    Parameters
    ----------
    session : DuckSession
    made : Composed
        The rows set aside are those of :data:`MAIN`.
    accept : callable or None
        As of :func:`compose`.
    """
    staged = accept(made.raw) if accept else None
    raw = made.raw.moved(RAW)
    typed = moved(staged, raw) if staged else None
    kept = [(staged.name, typed.name)] if staged and typed else []
    if made.raw.scanned:
        kept += beside(made.raw.table, RAW)
        if not typed:  # what was typed while the text was read may be what is asked for
            readings = made.raw.scanned.readings
            kept.append((typed_name(made.raw, readings), typed_name(raw, readings)))
    session.keep_only(made.raw.table, RAW, (rejects_of(MAIN), rejects_of(RAW)), *kept)
    return replace(made, raw=raw, typed=typed)


def read_upload(session: DuckSession, upload: Upload, into: str) -> RawTable:
    """Read one of several files; what is refused says of which file."""
    try:
        return read_file(session, upload.path, upload.name, upload.options, into=into)
    except TableError as refused:
        raise type(refused)(**{**refused.values, "in_file": upload.name}) from refused


def read_uploads(
    session: DuckSession, uploads: Sequence[Upload], into: str, *, as_customers: bool = False
) -> RawTable:
    """Read the files of one table and put them under each other.

    Parameters
    ----------
    session : DuckSession
    uploads : sequence of Upload
        At least one.
    into : str
        The engine's table, not ``raw``.
    as_customers : bool
        As of :func:`read_file`, of one file alone.

    Returns
    -------
    RawTable

    Raises
    ------
    TableError
        What reading refuses, or ``OtherColumns``.
    """
    if len(uploads) == 1:
        (upload,) = uploads
        return read_file(
            session,
            upload.path,
            upload.name,
            upload.options,
            into=into,
            as_customers=as_customers,
        )
    parts = [
        read_upload(session, upload, f"{into}_part{number}")
        for number, upload in enumerate(uploads)
    ]
    raw = stack(parts, into=into)
    session.drop(name for part in parts for name in (part.table, rejects_of(part.table)))
    return raw


def _read(
    session: DuckSession,
    first: Upload,
    parts: Sequence[PartPlan],
    others: Mapping[str, Upload],
    into: str,
    *,
    as_customers: bool = False,
) -> RawTable:
    """Read a file and the parts that a plan puts under it."""
    further = (replace(others[p.name], options=_reading(p, others[p.name])) for p in parts)
    raw = read_uploads(session, (first, *further), into, as_customers=as_customers)
    return replace(raw, notes=(*raw.notes, *_changed(parts, raw)))


def _changed(parts: Iterable[PartPlan], raw: RawTable) -> Iterable[Note]:
    found = {part.source.name: part.fingerprint for part in raw.source.parts}
    for part in parts:
        if part.fingerprint and part.fingerprint != found[part.name]:
            yield Note.of("join-file-changed", name=part.name)


def _made(
    session: DuckSession,
    main: Upload,
    plan: Composition,
    others: Mapping[str, Upload],
    known: LinesKnown,
) -> Composed:
    """Put the customers together beside what the session holds."""
    alone = not (plan.orders or plan.joins)
    raw = _read(session, main, plan.parts, others, MAIN, as_customers=alone)
    made = Composed(raw)
    if plan.orders:
        with session.watch.step("summing"):
            columns, summed = _summed(raw, plan.orders, known, _SUMMED)
        made = Composed(summed, columns, raw.names)
    for number, wanted in enumerate(plan.joins, start=1):
        with session.watch.step("joining"):
            made = _joined(made, wanted, others, known.codebook, f"joined_{number}")
    return made


def _summed(
    raw: RawTable, plan: OrderPlan, known: LinesKnown, into: str
) -> tuple[OrderColumns, RawTable]:
    """Sum order lines up by customer."""
    decided = {name: each for name, each in known.decisions.items() if name in raw.names}
    lines = open_customers(labelled(raw, known.codebook), decisions=decided)
    columns = plan.columns or detect(lines)
    if columns is None:
        raise NotOrders
    return columns, customers_of(lines, columns, plan.options, into=into)


def _joined(
    made: Composed, plan: JoinPlan, others: Mapping[str, Upload], codebook: Codebook, into: str
) -> Composed:
    session, upload = made.raw.session, others[plan.name]
    upload = replace(upload, options=_reading(plan, upload))
    other = _read(session, upload, plan.parts, others, _OTHER)
    notes = made.raw.notes
    if plan.fingerprint and plan.fingerprint != other.fingerprint:
        notes = (*notes, Note.of("join-file-changed", name=plan.name))
    if other.notes:
        notes = (*notes, Note.of("join-file-noted", name=plan.name, n=len(other.notes)))
    main = replace(made.raw, notes=notes)
    if plan.orders:
        _, other = _summed(other, plan.orders, LinesKnown(codebook=codebook), _OTHER_SUMMED)
    raw, report = join(main, plan.id_name, other, plan.other_id, plan.options, into=into)
    return replace(made, raw=raw, matches=(*made.matches, report))


def _reading(plan: JoinPlan | PartPlan, upload: Upload) -> ReadOptions:
    return upload.options if plan.reading == ReadOptions() else plan.reading
