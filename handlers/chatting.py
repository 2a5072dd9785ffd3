"""The chat page's log and its residents, on the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from bot.messages import OutOfReach
from storage.chat import ChatRow, line_keyed, lines_for, next_revision
from storage.people import Account, Member, only_organisation
from storage.store import EVERYWHERE, Store, Unreachable

_SHOWN = ("id", "conversation", "thread", "author", "text", "reply", "locale", "only_for", "at", "edited", "revision")


@dataclass
class Chatting:
    """What the chat page keeps. clock: business time, which stands beside the lines."""

    store: Store
    clock: Callable[[], datetime]

    def residents(self) -> Sequence[tuple[str, str, str, str, str]]:
        """Everybody whom a visitor can be: user, name, title, locale, timezone."""
        with self.store.read(EVERYWHERE) as session:
            organisation = only_organisation(session)
            here = select(Account, Member).where(Account.platform == "web", col(Account.member_id) == col(Member.id))
            rows = session.exec(here.order_by(col(Account.id))).all()
            locale, zone = (organisation.locale, organisation.timezone) if organisation else ("en", "UTC")
            here_now = [(a, m) for a, m in rows if m.active and not a.outsider]
            return [(a.user, m.name, m.title, m.locale or locale, m.timezone or zone) for a, m in here_now]

    def post(self, *, key: str = "", **line: Any) -> dict[str, Any]:
        """Adds a line, once for each key."""
        at = self.clock()
        try:
            with self.store.write() as session:
                found = line_keyed(session, key) if key else None
                if found is None:
                    found = ChatRow(**line, key=key or None, at=at, revision=next_revision(session))
                    session.add(found)
                    session.flush()
                return _shown(found)
        except Unreachable as problem:
            raise OutOfReach(str(problem)) from problem

    def redraw(self, line_id: int, reply: str, locale: str) -> None:
        """Puts another card in a line's place."""
        try:
            with self.store.write() as session:
                row = session.exec(select(ChatRow).where(ChatRow.id == line_id)).first()
                if row is not None:
                    row.reply, row.locale, row.edited, row.revision = reply, locale, True, next_revision(session)
                    session.add(row)
        except Unreachable as problem:
            raise OutOfReach(str(problem)) from problem

    def read(self, viewer: str, after: int) -> Sequence[dict[str, Any]]:
        """What a viewer may see and has not seen."""
        try:
            with self.store.read() as session:
                return [_shown(row) for row in lines_for(session, viewer, after)]
        except Unreachable as problem:
            raise OutOfReach(str(problem)) from problem

    def latest(self) -> int:
        """The newest revision."""
        try:
            with self.store.read() as session:
                return next_revision(session) - 1
        except Unreachable as problem:
            raise OutOfReach(str(problem)) from problem


def _shown(row: ChatRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _SHOWN}
