"""The pulse: rings, prompts, absences"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rings',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slot', sa.String(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('minute', sa.Integer(), nullable=False),
    sa.Column('workdays', sa.String(), nullable=False),
    sa.Column('other_workdays', sa.String(), nullable=False),
    sa.Column('workdays_from', sa.String(), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('review', sa.String(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('after_id', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('organisation_id', 'slot', 'zone', 'minute', 'workdays', 'other_workdays', 'workdays_from', 'country', 'review', name='uq_rings')
    )
    with op.batch_alter_table('rings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rings_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_rings_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('absences',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.create_index('ix_absences_member', ['member_id', 'last'], unique=False)
        batch_op.create_index(batch_op.f('ix_absences_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('prompts',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('slot', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('start', sa.Date(), nullable=True),
    sa.Column('end', sa.Date(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('snoozed', sa.Integer(), nullable=False),
    sa.Column('moved', sa.Boolean(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('member_id', 'on', 'slot', name='uq_prompts')
    )
    with op.batch_alter_table('prompts', schema=None) as batch_op:
        batch_op.create_index('ix_prompts_on', ['on', 'slot', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_prompts_organisation_id'), ['organisation_id'], unique=False)

    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.add_column(sa.Column('late', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prompt_at', sa.Integer(), server_default='1060', nullable=False))
        batch_op.add_column(sa.Column('prompted', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('muted', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('workdays', sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('other_workdays', sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('workdays_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('country', sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('quiet_from', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('quiet_to', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('asked_from', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('ring_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('morning_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('placed', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index('ix_members_morning', ['morning_id', 'id'], unique=False)
        batch_op.create_index('ix_members_ring', ['ring_id', 'id'], unique=False)
        batch_op.create_index('ix_members_unplaced', ['id'], unique=False, sqlite_where=sa.text('placed IS 0'), postgresql_where=sa.text('placed IS FALSE'))
        batch_op.create_foreign_key('fk_members_ring_id', 'rings', ['ring_id'], ['id'])
        batch_op.create_foreign_key('fk_members_morning_id', 'rings', ['morning_id'], ['id'])

    with op.batch_alter_table('objectives', schema=None) as batch_op:
        batch_op.add_column(sa.Column('nudged_on', sa.Date(), nullable=True))

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('after', sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('edits', sa.String(), server_default=sa.text("''"), nullable=False))

    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('nudged_to', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('nudged_by', sa.Date(), nullable=True))
        batch_op.create_index('ix_requests_state', ['state', 'made_at'], unique=False)

    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.add_column(sa.Column('daily', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('review', sa.String(), server_default=sa.text("''"), nullable=False))

    # ### end Alembic commands ###
