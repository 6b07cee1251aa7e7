"""What a reader has left in the engine becomes a raw table under its name, or nothing at all.

Enters: the incoming tables, and what their reader found. Leaves: a :class:`RawTable` with the
fingerprint of its rows. Refuses a table without rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from segmentation.engine import DuckSession
from segmentation.errors import HeaderOnly
from segmentation.intake.codebook import Codebook
from segmentation.intake.customers import typed_name
from segmentation.intake.ending import Reject
from segmentation.intake.scanned import Scanned
from segmentation.intake.scanning import foreseen_of
from segmentation.intake.table import RAW, RawTable, Source, beside, rejects_of
from segmentation.intake.typed import tell_repeats_apart
from segmentation.notes import Note

INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Read:
    """What a format's own reader found; the rows wait in the engine's incoming table."""

    source: Source
    names: tuple[str, ...]
    notes: tuple[Note, ...]
    codebook: Codebook = field(default_factory=dict)
    n_rejected: int = 0
    scanned: Scanned | None = None


def store_rejects(session: DuckSession, into: str, rejects: Iterable[Reject]) -> None:
    """Store the rows set aside beside a table: ``line``, ``reason`` and ``text``."""
    listed = sorted(rejects, key=lambda reject: reject.line)
    columns = {
        "line": pa.array([reject.line for reject in listed], pa.int64()),
        "reason": pa.array([reject.reason for reject in listed], pa.string()),
        "text": pa.array([reject.text for reject in listed], pa.string()),
    }
    session.put(rejects_of(into), pa.table(columns))


def forget(session: DuckSession, table: str) -> None:
    """Drop a raw table and what was made beside it."""
    session.drop((table, foreseen_of(table), *(old for old, _ in beside(table, table))))


def finished(session: DuckSession, read: Read, into: str) -> RawTable:
    """Take the fingerprint, and only then let the file take the place of the former one.

    The fingerprint does not change with the order of rows or columns. Whatever was made from the
    former file goes with it: it is kept under names that the content gives, and its row numbers
    are those of the former file even where the content is the same.

    Parameters
    ----------
    session : DuckSession
        Its incoming tables hold the rows.
    read : Read
        What their reader found.
    into : str
        As of :func:`segmentation.intake.reading.read_file`.

    Returns
    -------
    RawTable

    Raises
    ------
    HeaderOnly
        When there are no rows.
    """
    rows = INCOMING
    if read.scanned:
        rows = f"(SELECT __key AS __digest FROM {foreseen_of(INCOMING)})"
    with session.watch.step("comparing", read.source.size_bytes):
        facts = session.rows(
            "SELECT count(*) AS n, count(DISTINCT __digest) AS n_distinct, "
            "sum(CAST(__digest AS HUGEINT))::VARCHAR AS total, "
            "sum(CAST(__digest >> 32 AS HUGEINT) * (__digest & 4294967295))::VARCHAR AS mixed "
            f"FROM {rows}"
        )[0]
    if not facts["n"]:
        raise HeaderOnly
    if not read.n_rejected:
        store_rejects(session, INCOMING, ())
    parts = json.dumps([sorted(read.names), facts["n"], facts["total"], facts["mixed"]])
    raw = RawTable(
        session=session,
        source=read.source,
        names=read.names,
        n_rows=facts["n"],
        fingerprint=hashlib.sha256(parts.encode()).hexdigest()[:32],
        n_duplicates=facts["n"] - facts["n_distinct"],
        notes=read.notes,
        table=into,
        codebook=read.codebook,
        n_rejected=read.n_rejected,
        scanned=read.scanned,
    )
    _put_in_place(raw)
    return raw


def _put_in_place(raw: RawTable) -> None:
    """Give the incoming tables their names."""
    session, renamed = raw.session, list(beside(INCOMING, raw.table))
    if raw.scanned:
        foreseen = foreseen_of(INCOMING)
        if raw.n_duplicates:
            tell_repeats_apart(session, foreseen)
        renamed.append((foreseen, typed_name(raw, raw.scanned.readings)))
    if raw.table == RAW:
        session.keep_only(INCOMING, RAW, *renamed)
        return
    there = session.tables()
    for old, new in ((INCOMING, raw.table), *renamed):
        if old in there:
            session.rename(old, new)
