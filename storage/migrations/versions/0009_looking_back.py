"""Looking back: reviews, actions, lessons, who has seen what, and what goes on in the next cycle"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reviews',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('start', sa.Date(), nullable=False),
    sa.Column('end', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('member_id', 'end', name='uq_reviews')
    )
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reviews_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('lessons',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('objective_id', sa.Integer(), nullable=False),
    sa.Column('key_result_id', sa.Integer(), nullable=True),
    sa.Column('review_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['members.id'], ),
    sa.ForeignKeyConstraint(['key_result_id'], ['key_results.id'], ),
    sa.ForeignKeyConstraint(['objective_id'], ['objectives.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('lessons', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lessons_by_id'), ['by_id'], unique=False)
        batch_op.create_index('ix_lessons_on', ['objective_id', 'key_result_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lessons_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('review_entries',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('key_result_id', sa.Integer(), nullable=False),
    sa.Column('goal', sa.String(), nullable=False),
    sa.Column('result', sa.String(), nullable=False),
    sa.Column('analysis', sa.String(), nullable=False),
    sa.Column('insight', sa.String(), nullable=False),
    sa.Column('change', sa.String(), nullable=False),
    sa.Column('confidence', sa.Integer(), nullable=True),
    sa.Column('score', sa.Float(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['key_result_id'], ['key_results.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('review_id', 'key_result_id', name='uq_review_entries')
    )
    with op.batch_alter_table('review_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_entries_key_result_id'), ['key_result_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_entries_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('lessons_shown',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.Integer(), nullable=False),
    sa.Column('objective_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lessons.id'], ),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], ),
    sa.ForeignKeyConstraint(['objective_id'], ['objectives.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('lesson_id', 'objective_id', name='uq_lessons_shown')
    )
    with op.batch_alter_table('lessons_shown', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lessons_shown_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('noticed',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('check_in_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('how', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['members.id'], ),
    sa.ForeignKeyConstraint(['check_in_id'], ['check_ins.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('check_in_id', 'by_id', name='uq_noticed')
    )
    with op.batch_alter_table('noticed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_noticed_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_noticed_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('actions',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('objective_id', sa.Integer(), nullable=True),
    sa.Column('key_result_id', sa.Integer(), nullable=True),
    sa.Column('review_id', sa.Integer(), nullable=True),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('nudged_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['members.id'], ),
    sa.ForeignKeyConstraint(['key_result_id'], ['key_results.id'], ),
    sa.ForeignKeyConstraint(['objective_id'], ['objectives.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], ),
    sa.ForeignKeyConstraint(['owner_id'], ['members.id'], ),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], ),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('organisation_id', 'number', name='uq_actions')
    )
    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_actions_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_actions_key_result_id'), ['key_result_id'], unique=False)
        batch_op.create_index('ix_actions_not_reminded', ['owner_id', 'due'], unique=False, sqlite_where=sa.text("state = 'open' AND due IS NOT NULL AND nudged_on IS NULL"), postgresql_where=sa.text("state = 'open' AND due IS NOT NULL AND nudged_on IS NULL"))
        batch_op.create_index(batch_op.f('ix_actions_objective_id'), ['objective_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_actions_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_actions_owner', ['owner_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_actions_request_id'), ['request_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_actions_review_id'), ['review_id'], unique=False)

    # not in a batch: SQLite would build the tables anew, and lose the WHERE of their indexes
    op.execute('ALTER TABLE objectives ADD COLUMN carried_from INTEGER REFERENCES objectives (id)')
    op.execute('ALTER TABLE key_results ADD COLUMN carried_from INTEGER REFERENCES key_results (id)')
    op.add_column('members', sa.Column('digest', sa.String(), server_default='daily', nullable=False))
    op.add_column('members', sa.Column('line_coach', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column('members', sa.Column('coached_on', sa.Date(), nullable=True))
    op.add_column('check_ins', sa.Column('shared', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('teams', sa.Column('digest', sa.Boolean(), server_default=sa.false(), nullable=False))
