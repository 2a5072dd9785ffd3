"""One sender a workspace: who sends in which lane, and when a message was first tried"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lanes',
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('workspace', sa.String(), nullable=False),
    sa.Column('lane', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('holder', sa.String(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pauses', sa.Integer(), nullable=False),
    sa.Column('problem', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('platform', 'workspace', 'lane')
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index('ix_outbox_waiting')
        batch_op.create_index('ix_outbox_until', ['state', 'until'], unique=False)
        batch_op.create_index('ix_outbox_lane', ['state', 'platform', 'workspace', 'lane', 'due_at', 'id'], unique=False)
    # not in the batch: SQLite would lose their WHERE
    op.create_index('ix_outbox_sent', 'outbox', ['platform', 'workspace', 'sent_at'], unique=False, sqlite_where=sa.text('sent_at IS NOT NULL'), postgresql_where=sa.text('sent_at IS NOT NULL'))
    op.create_index('ix_outbox_edits', 'outbox', ['edits'], unique=False, sqlite_where=sa.text("edits <> ''"), postgresql_where=sa.text("edits <> ''"))
    op.create_index('ix_outbox_sent_as', 'outbox', ['sent_as'], unique=False, sqlite_where=sa.text("sent_as <> ''"), postgresql_where=sa.text("sent_as <> ''"))
