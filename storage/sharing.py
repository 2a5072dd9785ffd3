"""Drafts shown to colleagues, and what was said of them: shares and comments."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, func
from sqlmodel import Field, Session, col, or_, select

from storage.base import Owned
from storage.okrs import KeyResult, Objective


class Share(Owned, table=True):
    """A draft (or a private objective) shown to a member, or to everybody in a channel. state: live or withdrawn."""

    __tablename__ = "shares"
    id: int | None = Field(default=None, primary_key=True)
    objective_id: int = Field(foreign_key="objectives.id", index=True)
    member_id: int | None = Field(default=None, foreign_key="members.id", index=True)
    platform: str = ""
    workspace: str = ""
    channel: str = ""
    by_id: int = Field(foreign_key="members.id")
    made_at: datetime
    state: str = "live"
    version: int = 1


class Comment(Owned, table=True):
    """Something said of an objective or a key result. state: open, resolved or withdrawn (undone)."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_on", "objective_id", "state"),)
    id: int | None = Field(default=None, primary_key=True)
    objective_id: int = Field(foreign_key="objectives.id")
    key_result_id: int | None = Field(default=None, foreign_key="key_results.id")
    by_id: int = Field(foreign_key="members.id")
    text: str
    state: str = "open"
    resolved_by: int | None = Field(default=None, foreign_key="members.id")
    resolved_at: datetime | None = None
    made_at: datetime
    version: int = 1


def share_by_id(session: Session, share_id: int) -> Share | None:
    """One share."""
    return session.exec(select(Share).where(Share.id == share_id)).first()


def live_shares(session: Session, objective_id: int) -> Sequence[Share]:
    """With whom and where an objective is shared, oldest first."""
    return session.exec(select(Share).where(Share.objective_id == objective_id, Share.state == "live").order_by(col(Share.id))).all()


def comment_by_id(session: Session, comment_id: int, *, lock: bool = False) -> Comment | None:
    """One comment; lock: held against every other writer until the transaction ends."""
    wanted = select(Comment).where(Comment.id == comment_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def comments_on(session: Session, objective_id: int, key_result_id: int | None = None) -> Sequence[Comment]:
    """What was said of an objective and its key results, or of one key result, oldest first; what was taken back left out."""
    wanted = [Comment.objective_id == objective_id, Comment.state != "withdrawn"]
    if key_result_id is not None:
        wanted.append(Comment.key_result_id == key_result_id)
    return session.exec(select(Comment).where(*wanted).order_by(col(Comment.id))).all()


def commenters(session: Session, objective_ids: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Who commented on which of these objectives, or on key results of them: (objective, member), each once."""
    wanted = col(Comment.objective_id).in_(objective_ids), Comment.state != "withdrawn"
    return session.exec(select(Comment.objective_id, Comment.by_id).where(*wanted).distinct()).all()


def open_comments(session: Session, objective_id: int) -> int:
    """How many comments on an objective and its key results are open."""
    wanted = Comment.objective_id == objective_id, Comment.state == "open"
    return session.exec(select(func.count()).select_from(Comment).where(*wanted)).one()


def every_comment(session: Session) -> Sequence[Comment]:
    """All comments that were not taken back, oldest first."""
    return session.exec(select(Comment).where(Comment.state != "withdrawn").order_by(col(Comment.id))).all()


def open_comments_near(session: Session, member_id: int) -> Sequence[Comment]:
    """Open comments that a member wrote, or that are on objectives or key results they own, newest first."""
    owned = select(Objective.id).where(Objective.owner_kind == "member", Objective.owner_id == member_id)
    theirs = select(KeyResult.id).where(KeyResult.owner_id == member_id)
    near = or_(Comment.by_id == member_id, col(Comment.objective_id).in_(owned), col(Comment.key_result_id).in_(theirs))
    return session.exec(select(Comment).where(Comment.state == "open", near).order_by(col(Comment.id).desc())).all()
