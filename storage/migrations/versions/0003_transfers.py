"""Transfers: whose a thing becomes"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner_kind', sa.String(), server_default='member', nullable=False))
        batch_op.add_column(sa.Column('owner_id', sa.Integer(), nullable=True))

    op.create_table('numbers_left',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('owner_kind', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('highest', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('organisation_id', 'cycle_id', 'owner_kind', 'owner_id')
    )
    with op.batch_alter_table('numbers_left', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_numbers_left_organisation_id'), ['organisation_id'], unique=False)
