"""Parked texts: whose they are"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('parked', schema=None) as batch_op:
        batch_op.add_column(sa.Column('for_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_parked_for_id', 'members', ['for_id'], ['id'])
