"""Who asks, when and from where: what every handler is given beside the command."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.messages import Message
from bot.replies import Person
from handlers.rules.calendar import is_zone, local_day
from storage.access import EVERYBODY, Here, visible
from storage.okrs import Objective
from storage.people import Member, Organisation, accounts_of, members_by_id
from storage.pulse import Prompt


@dataclass
class Asking:
    """One question being answered, inside its transaction. most_objectives, most_key_results: the coach's limits.

    people, teams, refs: what was loaded of members, of teams' names, and of what "k12" and "o5" are called.
    prompt: what the message answers, so that what it says belongs to that day. guessed: that it does was not said, only likely.
    """

    session: Session
    organisation: Organisation
    member: Member
    message: Message
    now: datetime
    locale: str
    most_objectives: int = 5
    most_key_results: int = 5
    people: dict[int, Person] = field(default_factory=dict)
    teams: dict[int, str] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    prompt: Prompt | None = None
    guessed: bool = False

    @property
    def me(self) -> int:
        """The asker's member id."""
        assert self.member.id is not None
        return self.member.id

    @property
    def zone(self) -> str:
        """The time zone where the asker is."""
        told = self.message.sender.timezone
        return self.member.timezone or (told if told and is_zone(told) else self.organisation.timezone)

    @property
    def clock(self) -> ZoneInfo:
        """The time zone where the asker is, to read a moment by."""
        return ZoneInfo(self.zone)

    @property
    def today(self) -> date:
        """The date where the asker is."""
        return local_day(self.now, self.zone)

    @property
    def pressed(self) -> bool:
        """Whether this came from a button."""
        return self.message.entry == "press"

    @property
    def overheard(self) -> bool:
        """Whether an answer that is not private is read by everybody in a shared place: a command's is seen by the asker alone."""
        return self.message.place.shared and self.message.entry not in ("command", "checkin")

    @property
    def here(self) -> Here | None:
        """The shared place asked from, None in a conversation of one's own."""
        sender, place = self.message.sender, self.message.place
        return (sender.platform, sender.workspace, place.channel) if place.shared and place.channel else None

    @property
    def reader(self) -> int:
        """Whose eyes a card is drawn for, as storage.access takes a viewer."""
        return EVERYBODY if self.overheard else self.me

    def sees(self, objectives: Iterable[Objective]) -> list[Objective]:
        """Those of the objectives that the asker may see from here."""
        return visible(self.session, self.me, objectives, self.here)

    def meet(self, members: Iterable[int | None]) -> None:
        """Loads these members as Persons at once."""
        missing = {m for m in members if m} - self.people.keys()
        if not missing:
            return
        accounts: dict[int, list[tuple[str, str, str]]] = {}
        for account in accounts_of(self.session, missing):
            accounts.setdefault(account.member_id, []).append((account.platform, account.workspace, account.user))
        for number, member in members_by_id(self.session, missing).items():
            self.people[number] = Person(number, member.name, tuple(accounts.get(number, ())))

    def person(self, member_id: int) -> Person:
        """A member as a fact for the prompts."""
        self.meet([member_id])
        return self.people[member_id]

    def called(self, member_id: int, *, aloud: bool) -> Person | str:
        """A member as a fact; aloud: by name alone, because in a shared place a mention calls them."""
        return self.person(member_id).name if aloud else self.person(member_id)
