"""Indexes by which planning looks at members and at what waits for them, and at nothing else"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

UNANSWERED = "state = 'open' AND kind IN ('help', 'blocker') AND nudged_to IS NULL"
UNTOLD = "state = 'open' AND kind IN ('help', 'blocker') AND nudged_by IS NULL"
NOT_NUDGED = "owner_kind = 'member' AND state = 'draft' AND nudged_on IS NULL"


def upgrade() -> None:
    # not in a batch: SQLite would lose the WHERE of these and of others on the same table
    for name, table in (('ix_members_ring', 'members'), ('ix_members_morning', 'members'), ('ix_prompts_on', 'prompts'), ('ix_requests_state', 'requests')):
        op.drop_index(name, table_name=table)
    op.create_index('ix_members_ring', 'members', ['organisation_id', 'ring_id', 'id'], unique=False)
    op.create_index('ix_members_morning', 'members', ['organisation_id', 'morning_id', 'id'], unique=False)
    op.create_index('ix_prompts_on', 'prompts', ['organisation_id', 'on', 'slot', 'member_id'], unique=False)
    op.create_index('ix_prompts_until', 'prompts', ['member_id', 'until'], unique=False)
    _partial('ix_requests_unanswered', 'requests', 'to_id', UNANSWERED)
    _partial('ix_requests_untold', 'requests', 'by_id', UNTOLD)
    _partial('ix_objectives_not_nudged', 'objectives', 'owner_id', NOT_NUDGED)


def _partial(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
