"""Indexes by which whom somebody leads is found"""

from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # not in a batch: SQLite would lose the WHERE of other indexes of these tables
    op.create_index('ix_members_lead_id', 'members', ['lead_id'], unique=False)
    op.create_index('ix_teams_lead_id', 'teams', ['lead_id'], unique=False)
