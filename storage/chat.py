"""The log of the local chat page."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select


class ChatRow(SQLModel, table=True):
    """A line of a conversation. revision grows with every post and every redraw."""

    __tablename__ = "chat_lines"
    id: int | None = Field(default=None, primary_key=True)
    conversation: str
    thread: int | None = None
    author: str = ""
    text: str = ""
    reply: str = ""
    locale: str = "en"
    only_for: str = ""
    key: str | None = Field(default=None, unique=True)
    at: datetime
    edited: bool = False
    revision: int = Field(index=True)


class BusinessClock(SQLModel, table=True):
    """How far the chat page's clock was turned ahead of the machine's; one row. It goes forward only."""

    __tablename__ = "business_clock"
    id: int | None = Field(default=None, primary_key=True)
    ahead: float = 0.0


def next_revision(session: Session) -> int:
    """One more than the newest revision."""
    return (session.exec(select(func.max(ChatRow.revision))).one() or 0) + 1


def lines_for(session: Session, viewer: str, after: int, limit: int = 2000) -> Sequence[ChatRow]:
    """What a viewer may see with a revision above `after`, oldest revision first."""
    place = col(ChatRow.conversation).in_(["general", f"dm:{viewer}"])
    seen = col(ChatRow.only_for).in_(["", viewer])
    wanted = select(ChatRow).where(place, seen, col(ChatRow.revision) > after)
    return session.exec(wanted.order_by(col(ChatRow.revision)).limit(limit)).all()


def line_keyed(session: Session, key: str) -> ChatRow | None:
    """The line that was posted under a key."""
    return session.exec(select(ChatRow).where(ChatRow.key == key)).first()
