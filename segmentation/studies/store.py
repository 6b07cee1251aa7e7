"""Saved studies: written whole or not at all, and never over what somebody else saved meanwhile.

Enters: drafts, names, and which revision of a study the writer has seen. Leaves: records. Refuses a
change to a revision that is not the latest any more; the second writer is told who was first.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from segmentation.errors import StudySavedElsewhere, UnknownStudy
from segmentation.studies.address import DatabaseAddress
from segmentation.studies.opening import WRITING, opened, told
from segmentation.studies.records import Draft, Results, SavedStudy, Version, tidy
from segmentation.studies.tables import STUDIES, VERSIONS

_OF_VERSION = [column for column in VERSIONS.c if column.name not in ("study_id", "toml")]


class StudyStore:
    """The saved studies of one database.

    Parameters
    ----------
    address : DatabaseAddress

    Raises
    ------
    BadStudiesAddress, NoStudiesDriver, StudiesUnreachable, NewerStudies
        As :func:`segmentation.studies.opening.opened`. Every method raises
        ``StudiesUnreachable`` when the database does not answer; then nothing was changed.
    """

    def __init__(self, address: DatabaseAddress) -> None:
        self._engine = opened(address)
        self._writer = self._engine.execution_options(**{WRITING: True})

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def listed(self, search: str = "") -> tuple[SavedStudy, ...]:
        """Return the studies whose name holds a text, whatever its case, the newest first."""
        with self._reading() as connection:
            rows = connection.execute(_with_latest().order_by(STUDIES.c.updated.desc())).all()
        wanted = tidy(search).casefold()
        return tuple(_study(row) for row in rows if wanted in row.name.casefold())

    def study(self, study_id: str) -> SavedStudy:
        """Return one study with its newest version; raises ``UnknownStudy``."""
        with self._reading() as connection:
            return _found(connection, study_id)

    def versions(self, study_id: str) -> tuple[Version, ...]:
        """Return all versions of a study, the newest first; raises ``UnknownStudy``."""
        with self._reading() as connection:
            rows = connection.execute(
                sa.select(*_OF_VERSION)
                .where(VERSIONS.c.study_id == _number(study_id))
                .order_by(VERSIONS.c.number.desc())
            ).all()
        if not rows:
            raise UnknownStudy(name=study_id)
        return tuple(_version(row) for row in rows)

    def toml(self, study_id: str, number: int | None = None) -> str:
        """Return the study as it was saved, in its newest version unless a number is given.

        Raises
        ------
        UnknownStudy
            When there is no such study or version.
        """
        with self._reading() as connection:
            wanted = number or _found(connection, study_id).latest.number
            text = connection.execute(
                sa.select(VERSIONS.c.toml).where(
                    VERSIONS.c.study_id == _number(study_id), VERSIONS.c.number == wanted
                )
            ).scalar_one_or_none()
        if text is None:
            raise UnknownStudy(name=f"{study_id} / {wanted}")
        return str(text)

    def save_new(self, name: str, draft: Draft, by: str = "") -> SavedStudy:
        """Save a draft as a study of its own, version 1.

        Parameters
        ----------
        name : str
            As :func:`segmentation.studies.tidy` leaves it.
        draft : Draft
        by : str
            Who saves it; blank where nobody says.

        Returns
        -------
        SavedStudy
        """
        study_id, now = str(uuid.uuid4()), _now()
        row = {
            "id": study_id,
            "name": tidy(name),
            "owner": tidy(by),
            "created": now,
            "updated": now,
            "revision": 1,
            "changed_by": tidy(by),
        }
        with self._writing() as connection:
            connection.execute(STUDIES.insert().values(row))
            _insert(connection, study_id, 1, draft, by)
            return _found(connection, study_id)

    def save_version(self, study_id: str, draft: Draft, seen: int, by: str = "") -> SavedStudy:
        """Save a draft as the next version of a study.

        Parameters
        ----------
        study_id : str
        draft : Draft
        seen : int
            The revision that the writer has seen.
        by : str

        Returns
        -------
        SavedStudy

        Raises
        ------
        StudySavedElsewhere
            When it is not the latest any more; nothing was changed.
        UnknownStudy
            When the study was deleted.
        """
        with self._writing() as connection:
            _step(connection, study_id, seen, {"changed_by": tidy(by)})
            number = _found(connection, study_id).latest.number + 1
            _insert(connection, study_id, number, draft, by)
            return _found(connection, study_id)

    def rename(self, study_id: str, name: str, seen: int, by: str = "") -> SavedStudy:
        """Give a study another name (raises as :meth:`save_version`)."""
        with self._writing() as connection:
            _step(connection, study_id, seen, {"name": tidy(name), "changed_by": tidy(by)})
            return _found(connection, study_id)

    def duplicate(self, study_id: str, name: str, by: str = "") -> SavedStudy:
        """Save the newest version of a study once more, as version 1 of another one."""
        found = self.study(study_id).latest
        draft = Draft(
            self.toml(study_id, found.number),
            found.source,
            found.fingerprint,
            found.n_rows,
            found.seed,
            found.made_with,
            found.results,
        )
        return self.save_new(name, draft, by)

    def delete(self, study_id: str, seen: int) -> None:
        """Delete a study with all its versions (raises as :meth:`save_version`)."""
        with self._writing() as connection:
            _step(connection, study_id, seen, {})
            connection.execute(STUDIES.delete().where(STUDIES.c.id == _number(study_id)))

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """Lend a connection in a transaction that is confirmed at the end of the block."""
        with told(), self._writer.begin() as connection:
            yield connection


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _number(study_id: str) -> str:
    """The number of a study as databases take it; raises ``UnknownStudy`` for another text."""
    try:
        return str(uuid.UUID(study_id))
    except ValueError as cause:
        raise UnknownStudy(name=study_id) from cause


def _with_latest() -> sa.Select[Any]:
    newest = (
        sa.select(VERSIONS.c.study_id, sa.func.max(VERSIONS.c.number).label("number"))
        .group_by(VERSIONS.c.study_id)
        .subquery()
    )
    same = sa.and_(VERSIONS.c.study_id == newest.c.study_id, VERSIONS.c.number == newest.c.number)
    joined = STUDIES.join(newest, STUDIES.c.id == newest.c.study_id).join(VERSIONS, same)
    return sa.select(*STUDIES.c, *_OF_VERSION).select_from(joined)


def _found(connection: sa.Connection, study_id: str) -> SavedStudy:
    wanted = _with_latest().where(STUDIES.c.id == _number(study_id))
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise UnknownStudy(name=study_id)
    return _study(row)


def _step(connection: sa.Connection, study_id: str, seen: int, change: dict[str, str]) -> None:
    """Move a study on from the revision that the writer has seen, and from no other."""
    done = connection.execute(
        STUDIES.update()
        .where(STUDIES.c.id == _number(study_id), STUDIES.c.revision == seen)
        .values(revision=STUDIES.c.revision + 1, updated=_now(), **change)
    )
    if done.rowcount:
        return
    there = _found(connection, study_id)
    by = connection.execute(
        sa.select(STUDIES.c.changed_by).where(STUDIES.c.id == there.id)
    ).scalar_one()
    raise StudySavedElsewhere(
        name=there.name,
        by=by or None,
        at=f"{there.updated:%Y-%m-%d %H:%M} UTC",
        version=there.latest.number,
    )


def _insert(connection: sa.Connection, study_id: str, number: int, draft: Draft, by: str) -> None:
    connection.execute(
        VERSIONS.insert().values(
            study_id=_number(study_id),
            number=number,
            saved=_now(),
            saved_by=tidy(by),
            toml=draft.toml,
            source=_storable(draft.source),
            fingerprint=_storable(draft.fingerprint),
            n_rows=draft.n_rows,
            seed=draft.seed,
            made_with=json.dumps(dict(draft.made_with)),
            results=draft.results.dumped() if draft.results else None,
        )
    )


def _storable(text: str) -> str:
    """PostgreSQL's text has no place for this mark; in the TOML, which counts, it is escaped."""
    return text.replace("\0", "")


def _study(row: sa.Row[Any]) -> SavedStudy:
    return SavedStudy(
        row.id, row.name, row.owner, row.created, row.updated, row.revision, _version(row)
    )


def _version(row: sa.Row[Any]) -> Version:
    return Version(
        row.number,
        row.saved,
        row.saved_by,
        row.source,
        row.fingerprint,
        row.n_rows,
        row.seed,
        json.loads(row.made_with),
        Results.loaded(row.results) if row.results else None,
    )
