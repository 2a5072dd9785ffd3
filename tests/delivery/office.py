"""A company with an outbox, and a clock that is turned by whoever waits: no test here waits for a second."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from bot.replies import Reply, Say, to_json
from bot.sending import Outcome, Outgoing, Sent
from handlers.delivery import Delivery
from storage.outbox import Owed
from storage.people import Account, Member, Organisation, Workspace
from storage.store import EVERYWHERE, Store

START = datetime(2026, 11, 24, 17, 40, tzinfo=UTC)
BODY = to_json(Reply((Say("confirm_no"),)))
ANSWER, UNASKED = 0, 1


@dataclass
class Clock:
    """Business time and the machine's clock, which are one here."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def rest(self, seconds: float) -> bool:
        """Waits, by turning the clock."""
        self.at += timedelta(seconds=seconds)
        return True

    def passed(self) -> float:
        return (self.at - START).total_seconds()


@dataclass
class Post:
    """A platform that notes what it is sent. outcomes: what it says next, before it says Sent."""

    clock: Clock
    outcomes: list[Outcome] = field(default_factory=list)
    sent: list[tuple[float, Outgoing]] = field(default_factory=list)

    def send(self, out: Outgoing) -> Outcome:
        self.sent.append((self.clock.passed(), out))
        return self.outcomes.pop(0) if self.outcomes else Sent(f"m{len(self.sent)}")

    @property
    def keys(self) -> list[str]:
        return [out.key for _, out in self.sent]


def found(store: Store, people: int = 0, *, platform: str = "slack", workspace: str = "T1") -> list[str]:
    """A workspace of so many people; their user ids."""
    users = [f"{'U' if platform == 'slack' else 'ou_'}{n}" for n in range(1, people + 1)]
    with store.write(EVERYWHERE) as session:
        organisation = Organisation(name="Org", made_at=START, timezone="UTC")
        session.add(organisation)
        session.flush()
        place = Workspace(organisation_id=organisation.id, platform=platform, workspace=workspace)
        members = [Member(organisation_id=organisation.id, name=user, made_at=START) for user in users]
        session.add_all([place, *members])
        session.flush()
        for member, user in zip(members, users, strict=True):
            account = Account(
                organisation_id=organisation.id, member_id=member.id, platform=platform, workspace=workspace, user=user, made_at=START
            )
            session.add(account)
    return users


def owe(store: Store, *rows: dict[str, Any], platform: str = "slack", workspace: str = "T1") -> None:
    """Puts messages into the outbox as they are given: key and address at least."""
    with store.write(EVERYWHERE) as session:
        place = session.exec(select(Workspace).where(Workspace.platform == platform, Workspace.workspace == workspace)).one()
        for row in rows:
            base = {"platform": platform, "workspace": workspace, "lane": UNASKED, "body": BODY, "locale": "en", "due_at": START}
            session.add(Owed(organisation_id=place.organisation_id, **base | {"until": START + timedelta(days=3)} | row))


def told(users: Iterable[str], kind: str = "daily") -> list[dict[str, Any]]:
    """A direct message to each."""
    return [{"key": f"{kind}-{user}", "user": user} for user in users]


def row(store: Store, key: str) -> Owed:
    """A message in the outbox, as it is now."""
    with store.read(EVERYWHERE) as session:
        return session.exec(select(Owed).where(Owed.key == key)).one()


def rows(session: Session) -> list[Owed]:
    """All of them."""
    return list(session.exec(select(Owed)).all())


def sender(store: Store, clock: Clock, post: Post, **more: Any) -> Delivery:
    """A process's side of the outbox, on Slack."""
    return Delivery(store, {"slack": post.send}, {}, now=clock.now, machine=clock.now, **more)
