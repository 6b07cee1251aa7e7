"""Open several files at once: those of one table together, the others beside it.

Enters: a session and files in its folder. Leaves: the customers, the plan that makes them again,
and which files wait to be joined. Refuses all where one cannot be read, and to join anything: only
the user knows by which column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from segmentation.engine import DuckSession
from segmentation.errors import FilesOfOneName
from segmentation.intake import CustomerTable, RawTable, open_customers
from segmentation.intake.table import rejects_of
from segmentation.transactions.compose import MAIN, Composed, Upload, put_in_place, read_upload
from segmentation.transactions.orders import detect
from segmentation.transactions.plans import Composition, PartPlan
from segmentation.transactions.stacking import are_alike, stack

Group = list[RawTable]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What several files are to each other.

    Attributes
    ----------
    main : Upload
        The customers, or the first part of them.
    plan : Composition
        The other parts.
    waiting : tuple of tuple of str
        The files that are other tables, by name; those of one table together.
    """

    main: Upload
    plan: Composition
    waiting: tuple[tuple[str, ...], ...] = ()


def open_several(
    session: DuckSession,
    uploads: Sequence[Upload],
    accept: Callable[[RawTable], CustomerTable | None] | None = None,
) -> tuple[Composed, Arrangement]:
    """Read files that arrived together: wholly, or not at all.

    Files with the same columns are put under each other, by name, so that the order in which they
    arrive makes no difference. Of several tables the customers' is opened: one that does not look
    like order lines before one that does, then the one with most rows, then the first by name.

    Parameters
    ----------
    session : DuckSession
        What it held before is gone afterwards, and untouched where a file is refused.
    uploads : sequence of Upload
        At least one.
    accept : callable, optional
        As of :func:`segmentation.transactions.compose`.

    Returns
    -------
    Composed
    Arrangement

    Raises
    ------
    FilesOfOneName
        When two files have the same name.
    TableError
        What reading refuses; ``in_file`` says of which file.
    """
    by_name = {upload.name: upload for upload in sorted(uploads, key=lambda u: u.name)}
    if len(by_name) < len(uploads):
        names = [upload.name for upload in uploads]
        raise FilesOfOneName(name=max(names, key=names.count))
    with session.undone_on_failure():
        groups: list[Group] = []
        for number, upload in enumerate(by_name.values()):
            read = read_upload(session, upload, f"several_{number}")
            _grouped(read, groups)
        chosen = _customers(groups)
        raw = stack(chosen, into=MAIN) if len(chosen) > 1 else _alone(chosen[0])
        made = put_in_place(session, Composed(raw), accept)
    parts = tuple(
        PartPlan(part.source.name, part.fingerprint, by_name[part.source.name].options)
        for part in chosen[1:]
    )
    waiting = tuple(
        tuple(part.source.name for part in group) for group in groups if group is not chosen
    )
    return made, Arrangement(by_name[chosen[0].source.name], Composition(parts=parts), waiting)


def _grouped(read: RawTable, groups: list[Group]) -> None:
    """Put a table to those with its columns."""
    for group in groups:
        if are_alike(group[0].names, read.names):
            group.append(read)
            return
    groups.append([read])


def _customers(groups: list[Group]) -> Group:
    """Return the files that are the customers'."""
    if len(groups) == 1:
        return groups[0]
    # One part tells as much about the kind of table as all of them.
    are_orders = [detect(open_customers(group[0])) is not None for group in groups]
    n_rows = [sum(part.n_rows for part in group) for group in groups]
    ranked = range(len(groups))
    return groups[min(ranked, key=lambda i: (are_orders[i], -n_rows[i]))]


def _alone(read: RawTable) -> RawTable:
    """Give a table the place of the customers'."""
    session = read.session
    session.rename(read.table, MAIN)
    session.rename(rejects_of(read.table), rejects_of(MAIN))
    return read.moved(MAIN)
