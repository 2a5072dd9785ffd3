"""Drafts shown to colleagues, and what was said of them: shares and comments."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.base import Owned


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
