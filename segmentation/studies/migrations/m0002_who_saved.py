"""Who saved and who changed, so that the one who comes second is told; an index of dates."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; of versions before them, the study's owner is the likeliest."""
    for table, name in (("saved_versions", "saved_by"), ("saved_studies", "changed_by")):
        op.add_column(table, sa.Column(name, sa.Text, nullable=False, server_default=""))
    studies = sa.table("saved_studies", sa.column("id"), sa.column("owner"))
    versions = sa.table("saved_versions", sa.column("study_id"), sa.column("saved_by"))
    owner = sa.select(studies.c.owner).where(studies.c.id == versions.c.study_id)
    op.execute(versions.update().values(saved_by=owner.scalar_subquery()))
    op.create_index("ix_saved_studies_updated", "saved_studies", ["updated"])
