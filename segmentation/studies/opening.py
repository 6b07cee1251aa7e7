"""Opening the database of saved studies: connected, brought up to date, its failures told.

Enters: a :class:`DatabaseAddress`. Leaves: an engine whose tables are the newest. Refuses a
database that a newer version wrote, and to repeat what a driver says in a failure: that may hold
the host or the user, so only its kind becomes part of an error of ours.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from sqlalchemy import exc
from sqlalchemy.pool import NullPool

from segmentation.errors import (
    BadStudiesAddress,
    NewerStudies,
    NoStudiesDriver,
    SegmentationError,
    StudiesUnreachable,
)
from segmentation.studies.address import DatabaseAddress

_LOG = logging.getLogger(__name__)
_MIGRATIONS = Path(__file__).parent / "migrations"
_CONNECT_SECONDS = 10
_BUSY_MS = 10_000
# Any number will do that no other program takes for a lock in the same database.
_LOCK = 7_314_260_855
_TABLE = "saved_studies_format"  # beside other programs' tables, which may use Alembic, too
WRITING = "writing"


def opened(address: DatabaseAddress) -> sa.Engine:
    """Connect to a database and bring its tables up to date.

    Parameters
    ----------
    address : DatabaseAddress
        A file and its folder are made where there are none.

    Returns
    -------
    sqlalchemy.Engine

    Raises
    ------
    BadStudiesAddress, NoStudiesDriver, StudiesUnreachable
        When it cannot be connected to.
    NewerStudies
        When a newer version of the program wrote it.
    """
    with told(), ExitStack() as undoing:
        engine = _engine(address)
        undoing.callback(engine.dispose)
        _bring_up_to_date(engine)
        undoing.pop_all()  # all went well
    return engine


@contextmanager
def told() -> Iterator[None]:
    """Turn a failure of the driver in a block into an error of ours, by its kind alone."""
    try:
        yield
    except exc.DBAPIError as failure:
        refusal = StudiesUnreachable(detail=_kind(failure.orig))
    except (exc.TimeoutError, OSError) as failure:
        refusal = StudiesUnreachable(detail=_kind(failure))
    else:
        return
    _LOG.warning("the database of the studies: %s", refusal)
    raise refusal from None  # no traceback repeats what the driver said


def _kind(failure: BaseException | None) -> str:
    more = getattr(failure, "sqlite_errorname", None) or getattr(failure, "sqlstate", None)
    return " ".join(filter(None, (type(failure).__name__, more)))


def _engine(address: DatabaseAddress) -> sa.Engine:
    if address.path is None:
        return _engine_of_server(address)
    address.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        address.path.touch(mode=0o600, exist_ok=False)
    # A connection of its own for each piece of work: quick, and no file is held open in between.
    engine = sa.create_engine(address.reveal(), poolclass=NullPool)
    sa.event.listen(engine, "connect", _prepare_file)
    sa.event.listen(engine, "begin", _begin_in_file)
    return engine


def _engine_of_server(address: DatabaseAddress) -> sa.Engine:
    named = {"connect_timeout": _CONNECT_SECONDS, "application_name": "segment-studio"}
    try:
        return sa.create_engine(
            address.reveal(), pool_pre_ping=True, pool_size=2, connect_args=named
        )
    except ModuleNotFoundError:
        refusal: SegmentationError = NoStudiesDriver()
    except (exc.ArgumentError, ValueError):
        refusal = BadStudiesAddress()
    raise refusal  # here, where what SQLAlchemy said is no longer its context


def _prepare_file(connection: Any, _record: object) -> None:
    """Prepare a connection to a file: what was confirmed is on the disk, also after a crash."""
    connection.isolation_level = None  # transactions begin and end where we say
    for setting in (
        f"busy_timeout = {_BUSY_MS}",
        "foreign_keys = ON",
        "synchronous = FULL",
        "journal_mode = WAL",
    ):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_in_file(connection: sa.Connection) -> None:
    # Whoever means to write takes the lock first: two that only wanted it later would both fail.
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _context(connection: sa.Connection, **options: object) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"version_table": _TABLE, **options})


def _bring_up_to_date(engine: sa.Engine) -> None:
    """Run the migrations that a database lacks, one program at a time."""
    script = ScriptDirectory(str(_MIGRATIONS), version_locations=[str(_MIGRATIONS)])
    newest = script.get_current_head()
    with engine.connect() as connection:
        if _context(connection).get_current_revision() == newest:
            return
    with engine.execution_options(**{WRITING: True}).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))

        def missing(now: tuple[str, ...], _context: MigrationContext) -> list[MigrationStep]:
            try:
                found = list(script.iterate_revisions(newest, now or "base"))
            except RevisionError as cause:
                raise NewerStudies(found=", ".join(now), known=newest) from cause
            steps = reversed(found)
            return [MigrationStep.upgrade_from_script(script.revision_map, one) for one in steps]

        context = _context(connection, fn=missing)
        with Operations.context(context):
            context.run_migrations()
