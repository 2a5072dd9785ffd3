"""Who somebody is: the member behind a sender, and the member meant by a mention or a name."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.commands import Who
from bot.messages import MARK_CLOSE, MARK_OPEN, Sender
from handlers.asking import Asking
from storage import people
from storage.people import Account, Member, Organisation, Workspace


@dataclass(frozen=True)
class Defaults:
    """What a new organisation and its workspaces begin with, and the limits that the coach counts against."""

    name: str = "Company"
    locale: str = "en"
    timezone: str = "UTC"
    country: str = ""
    feishu_locale: str = "en"
    most_objectives: int = 5
    most_key_results: int = 5

    def locale_on(self, platform: str) -> str:
        """The language of a new workspace."""
        return self.feishu_locale if platform == "feishu" else self.locale


def workspace(session: Session, sender: Sender, now: datetime, defaults: Defaults) -> Workspace:
    """The sender's workspace; the workspaces of `.env` are one organisation, made when its first one is seen."""
    found = people.workspace_of(session, sender.platform, sender.workspace)
    if found:
        return found
    organisation = people.only_organisation(session) or _founded(session, now, defaults)
    made = Workspace(platform=sender.platform, workspace=sender.workspace, locale=defaults.locale_on(sender.platform))
    assert organisation.id is not None
    made.organisation_id = organisation.id
    session.add(made)
    session.flush()
    return made


def _founded(session: Session, now: datetime, defaults: Defaults) -> Organisation:
    organisation = Organisation(
        name=defaults.name, locale=defaults.locale, timezone=defaults.timezone, country=defaults.country, made_at=now
    )
    session.add(organisation)
    session.flush()
    return organisation


def newcomer(session: Session, sender: Sender, now: datetime) -> tuple[Account, Member]:
    """Makes a member of somebody seen for the first time, from what the delivery says; the first one is the first admin."""
    member = Member(name=sender.name or sender.user, admin=people.member_count(session) == 0, made_at=now)
    session.add(member)
    session.flush()
    assert member.id is not None
    account = Account(member_id=member.id, platform=sender.platform, workspace=sender.workspace, user=sender.user)
    session.add(account)
    session.flush()
    session.info["owes"] = True  # their profile is fetched by whoever sends
    return account, member


def known(asking: Asking, who: Who) -> Member | None:
    """The member meant, if there is exactly one; a mentioned person of this company becomes a member on first sight."""
    if who.by == "member":
        return _by_id(asking, who.value)
    if who.by == "user":
        return _mentioned(asking, who.value)
    return _called(asking, who.value)


def _by_id(asking: Asking, value: str) -> Member | None:
    number = value.removeprefix("m")
    return people.members_by_id(asking.session, [int(number)]).get(int(number)) if number.isdecimal() and len(number) < 10 else None


def _mentioned(asking: Asking, user: str) -> Member | None:
    sender = asking.message.sender
    found = people.account_of(asking.session, sender.platform, sender.workspace, user)
    if found:
        return None if found[0].outsider else found[1]
    mention = next((m for m in asking.message.mentions if m.user == user), None)
    if mention is None or mention.outsider:
        return None
    stranger = Sender(sender.platform, sender.workspace, user, mention.name)
    return newcomer(asking.session, stranger, asking.now)[1]


def _called(asking: Asking, name: str) -> Member | None:
    sender = asking.message.sender
    account = people.account_of(asking.session, sender.platform, sender.workspace, name)
    if account and not account[0].outsider:
        return account[1]
    exact = people.members_named(asking.session, name)
    if exact:
        return exact[0] if len(exact) == 1 else None
    wanted = name.casefold()
    close = [m for m in people.all_members(asking.session) if m.active and _answers_to(m.name, wanted)]
    return close[0] if len(close) == 1 else None


def _answers_to(name: str, wanted: str) -> bool:
    parts = name.casefold().replace(".", " ").split()
    return wanted in parts or wanted == "".join(parts)


def label(asking: Asking, who: Who) -> str:
    """How the person was named, to be shown to whoever named them."""
    mention = next((m for m in asking.message.mentions if m.user == who.value), None) if who.by == "user" else None
    return f"@{mention.name or who.value}" if mention else f"@{who.value}"


def readable(asking: Asking, text: str) -> str:
    """Text to keep: mentions as the names they stand for."""
    if MARK_OPEN not in text:
        return text
    pieces = text.split(MARK_OPEN)
    out = [pieces[0]]
    for piece in pieces[1:]:
        user, _, rest = piece.partition(MARK_CLOSE)
        member = _mentioned(asking, user)
        out.append(f"@{member.name}" if member else label(asking, Who("user", user)))
        out.append(rest)
    return "".join(out)
