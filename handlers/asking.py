"""Who asks, when and from where: what every handler is given beside the command."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from bot.messages import Message
from bot.replies import Person
from handlers.rules.calendar import is_zone, local_day
from storage.people import Member, Organisation, accounts_of, members_by_id


@dataclass
class Asking:
    """One question being answered, inside its transaction. most_objectives, most_key_results: the coach's limits."""

    session: Session
    organisation: Organisation
    member: Member
    message: Message
    now: datetime
    locale: str
    most_objectives: int = 5
    most_key_results: int = 5
    people: dict[int, Person] = field(default_factory=dict)

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
    def today(self) -> date:
        """The date where the asker is."""
        return local_day(self.now, self.zone)

    @property
    def pressed(self) -> bool:
        """Whether this came from a button."""
        return self.message.entry == "press"

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
