"""The tables of saved studies, as the newest migration leaves them.

Enters: nothing. Leaves: SQLAlchemy tables. Refuses to make them: migrations do.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """A moment in UTC, also in a database that keeps no time zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Write it in UTC."""
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Read it as UTC where nothing else is said."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


METADATA = sa.MetaData()

STUDIES = sa.Table(
    "saved_studies",
    METADATA,
    sa.Column("id", sa.Uuid(as_uuid=False), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("updated", Moment, nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("changed_by", sa.Text, nullable=False, server_default=""),
)

VERSIONS = sa.Table(
    "saved_versions",
    METADATA,
    sa.Column(
        "study_id",
        sa.Uuid(as_uuid=False),
        sa.ForeignKey("saved_studies.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("saved", Moment, nullable=False),
    sa.Column("saved_by", sa.Text, nullable=False, server_default=""),
    sa.Column("toml", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("n_rows", sa.BigInteger, nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("made_with", sa.Text, nullable=False),
    sa.Column("results", sa.Text),
)
