"""What a platform knows of people: fetched after they were first seen, never inside a transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.messages import OutOfReach, Sender
from bot.sending import Profile
from handlers import directory, people
from handlers.rules.calendar import is_zone
from storage.people import Account, Member, account_of, accounts_of, unprofiled
from storage.store import EVERYWHERE, Store, Unreachable

ASK_AGAIN = timedelta(minutes=10)
ONCE_A_DAY = timedelta(hours=20)
MOST_REMEMBERED = 20_000

Ask = Callable[[str], Profile | None]


@dataclass
class Profiles:
    """Keeps members in step with their platforms. ask: a platform's look-up by user id; None when it did not answer."""

    store: Store
    ask: Mapping[str, Ask]
    now: Callable[[], datetime]
    _known: set[tuple[str, str, str]] = field(default_factory=set)
    _tried: dict[int, datetime] = field(default_factory=dict)

    def known(self, platform: str, workspace: str, user: str) -> bool:
        """Whether there is a profile of this account already; OutOfReach when that cannot be told."""
        if (platform, workspace, user) in self._known:
            return True
        try:
            with self.store.read(EVERYWHERE) as session:
                found = account_of(session, platform, workspace, user)
                known = found is not None and found[0].profiled_at is not None
        except Unreachable as problem:
            raise OutOfReach(str(problem)) from problem
        if known:
            self._remember((platform, workspace, user))
        return known

    def _remember(self, account: tuple[str, str, str]) -> None:
        """An account that has a profile keeps it, whatever other processes do; all are forgotten now and then, so that it is never much."""
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known.add(account)

    def learn(self, platform: str, workspace: str, user: str, profile: Profile) -> None:
        """Takes over what a platform says of an account that exists."""
        with self.store.write(EVERYWHERE) as session:
            found = account_of(session, platform, workspace, user)
            if found is None:
                return
            account, member = found
            session.info["organisation"] = account.organisation_id
            apply(session, account, member, profile, self.now())

    def fetch(self, most: int = 20) -> int:
        """Asks about people who were never asked about, and about everybody once a day; returns how many answered."""
        with self.store.read(EVERYWHERE) as session:
            waiting = [a for a in unprofiled(session, 200, self.now() - ONCE_A_DAY) if a.platform in self.ask and self._due(a)]
        done = 0
        for account in waiting[:most]:
            self._tried[account.id or 0] = self.now()
            profile = self.ask[account.platform](account.user)
            if profile is not None:
                self.learn(account.platform, account.workspace, account.user, profile)
                done += 1
        return done

    def _due(self, account: Account) -> bool:
        tried = self._tried.get(account.id or 0)
        return tried is None or self.now() - tried > ASK_AGAIN


def apply(session: Session, account: Account, member: Member, profile: Profile, now: datetime) -> None:
    """Writes a profile over what is known; what the member chose themselves stays."""
    account.profiled_at, account.outsider = now, account.outsider or profile.outsider
    account.reachable = account.reachable and profile.active
    member.name = profile.name or member.name
    member.email = profile.email or member.email
    if profile.timezone and not member.timezone_chosen and is_zone(profile.timezone):
        member.timezone = profile.timezone
    if profile.locale and not member.locale_chosen:
        member.locale = "zh" if profile.locale.lower().startswith("zh") else "en"
    if not profile.active and not any(a.reachable and a.id != account.id for a in accounts_of(session, [account.member_id])):
        member.active = False
    if profile.manager and profile.manager != account.user and not member.lead_chosen:
        directory.led_by(session, member, _manager(session, account, profile.manager, now))
    session.add(account)
    session.add(member)
    directory.place(session, account, member, profile)


def _manager(session: Session, account: Account, user: str, now: datetime) -> int | None:
    found = account_of(session, account.platform, account.workspace, user)
    if found:
        return found[1].id
    sender = Sender(account.platform, account.workspace, user)  # type: ignore[arg-type]
    return people.newcomer(session, sender, now)[1].id
