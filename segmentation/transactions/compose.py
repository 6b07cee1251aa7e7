"""Replay a composition: read the files, sum up orders, join, and leave one table of customers.

Enters: a session, files in its folder and the decisions. Leaves: the raw table ``raw``, as if it
had been read from one file. Refuses to go on without a file that the decisions name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from segmentation.engine import DuckSession
from segmentation.engine.duck import quoted
from segmentation.errors import JoinFileMissing, NotOrders
from segmentation.intake import (
    CustomerTable,
    Decision,
    RawTable,
    ReadOptions,
    open_customers,
    read_file,
)
from segmentation.intake.reading import moved
from segmentation.intake.table import RAW
from segmentation.notes import Note
from segmentation.transactions.features import customers_of
from segmentation.transactions.joining import MatchReport, join
from segmentation.transactions.orders import detect
from segmentation.transactions.plans import Composition, JoinPlan, OrderPlan
from segmentation.transactions.roles import OrderColumns

ORDERS_FILE = "orders_file"
_JOINED, _JOINED_LINES, _MADE = "joined_file", "joined_lines", "made"


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
    orders : CustomerTable or None
        The order lines they were made from, still in the engine, so that they can be summed up
        again in another way.
    columns : OrderColumns or None
        What each column of the order lines was taken for.
    matches : tuple of MatchReport
        One a joined file.
    """

    raw: RawTable
    orders: CustomerTable | None = None
    columns: OrderColumns | None = None
    matches: tuple[MatchReport, ...] = ()


def compose(
    session: DuckSession, main: Upload, plan: Composition, others: Mapping[str, Upload]
) -> Composed:
    """Read the files and put the customers together as decided.

    Parameters
    ----------
    session : DuckSession
        What it held before is gone.
    main : Upload
        The customers, or the orders they are made from.
    plan : Composition
    others : mapping of str to Upload
        The files to join, by the name that the plan knows them by. What the plan says about
        reading them goes before their own options.

    Returns
    -------
    Composed

    Raises
    ------
    JoinFileMissing
        When the plan joins a file that is not among ``others``.
    NotOrders
        When the main file was to be summed up and no orders are found in it.
    TableError
        What reading, summing up and joining refuse.
    """
    for wanted in plan.joins:
        if wanted.name not in others:
            raise JoinFileMissing(name=wanted.name)
    raw = read_file(session, main.path, main.name, main.options)
    made = Composed(raw)
    if plan.orders:
        lines, columns, summed = _summed(raw, plan.orders, ORDERS_FILE)
        made = Composed(moved(summed, RAW), lines, columns)
    for wanted in plan.joins:
        made = _joined(made, wanted, others[wanted.name])
    return made


def _summed(
    raw: RawTable, plan: OrderPlan, kept: str
) -> tuple[CustomerTable, OrderColumns, RawTable]:
    """Sum order lines up by customer; the lines stay in the engine under a name of their own."""
    decided = {name: Decision(kind=kind) for name, kind in plan.kinds.items()}
    lines = open_customers(moved(raw, kept), decisions=decided)
    columns = plan.columns or detect(lines)
    if columns is None:
        raise NotOrders
    return lines, columns, customers_of(lines, columns, plan.options, into=_MADE)


def _joined(made: Composed, plan: JoinPlan, upload: Upload) -> Composed:
    session = made.raw.session
    other = read_file(session, upload.path, upload.name, _reading(plan, upload), into=_JOINED)
    notes = made.raw.notes
    if plan.fingerprint and plan.fingerprint != other.fingerprint:
        notes = (*notes, Note.of("join-file-changed", name=plan.name))
    main = replace(made.raw, notes=notes)
    if plan.orders:
        lines, _, summed = _summed(other, plan.orders, _JOINED_LINES)
        session.execute(f"DROP TABLE {quoted(lines.name)}")
        other = moved(summed, _JOINED)
    try:
        raw, report = join(main, plan.id_name, other, plan.other_id, plan.options, into=_MADE)
    finally:
        session.execute(f"DROP TABLE IF EXISTS {_JOINED}; DROP TABLE IF EXISTS {_JOINED_LINES}")
    return replace(made, raw=moved(raw, RAW), matches=(*made.matches, report))


def _reading(plan: JoinPlan, upload: Upload) -> ReadOptions:
    return upload.options if plan.reading == ReadOptions() else plan.reading
