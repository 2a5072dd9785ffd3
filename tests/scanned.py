"""What holds for every message that nobody asked for, whoever planned it: looked at as it goes out, in each dialog."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.feishu.render import card as feishu_card
from bot.sending import Outgoing
from bot.slack.render import message as slack_message
from bot.wording import words
from handlers.rings import calendar_for
from storage.outbox import by_key
from storage.people import Member, Organisation
from storage.pulse import Absence, prompt_by_id
from storage.store import EVERYWHERE, Store

PLANNED = re.compile(r"prompt-(\d+)-1-(\d{8})")
# How somebody is called upon on Slack and on Feishu; what people type never comes out so.
SLACK_CALLS = re.compile(r'"type": "(?:user|usergroup|broadcast)"[^}]*|"mrkdwn", "text": "[^"]*<[@!]\w+')
FEISHU_CALLS = re.compile(r'<at\b[^>]*|<person\b[^>]*|"person(?:_list)?"')
TEAM_KINDS = "team-"
MOST = 2


@dataclass
class Scan:
    """Everything wrong with what went out. faults: grows as messages pass by."""

    store: Store
    faults: list[str] = field(default_factory=list)
    dose: Counter[tuple[int, date]] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)

    def see(self, out: Outgoing, now: datetime) -> None:
        """One message on its way."""
        if out.key.startswith(TEAM_KINDS):
            self.faults += [f"{out.key} calls upon {name}" for name in called_in(out)]
            self.faults += [f"{out.key} is for one person's eyes in a shared place"] if out.to.user else []
        planned = PLANNED.fullmatch(out.key)
        if planned:
            self._see_planned(out, int(planned[1]), now)

    def _see_planned(self, out: Outgoing, number: int, now: datetime) -> None:
        with self.store.read(EVERYWHERE) as session:
            prompt, owed = prompt_by_id(session, number), by_key(session, out.key)
            assert prompt is not None
            assert owed is not None
            member = session.get_one(Member, prompt.member_id)
            organisation = session.get_one(Organisation, member.organisation_id)
            away = session.exec(select(Absence).where(Absence.member_id == member.id, Absence.state == "live", Absence.part == "")).all()
        zone = ZoneInfo(member.timezone or organisation.timezone)
        due = owed.due_at.replace(tzinfo=UTC) if owed.due_at.tzinfo is None else owed.due_at
        on, local = prompt.on, due.astimezone(zone)
        self._note(out.key in self.keys, f"{out.key} goes out again")
        self._note(local.minute % 30 == 0, f"{out.key} is due at {local:%H:%M}")
        self._note(not calendar_for(member, organisation).works(on), f"{out.key} is for {on}, a day off")
        self._note(any(a.first <= on <= a.last for a in away), f"{out.key} is for {on}, a day of leave")
        self._note(not out.to.user or bool(out.to.channel), f"{out.key} is not for them alone")
        self._note(now < due, f"{out.key} goes out before it is due")
        self.keys.add(out.key)
        day = member.id or 0, now.astimezone(zone).date()
        self.dose[day] += 1
        self._note(self.dose[day] > MOST, f"{out.key} is the {self.dose[day]}th that nobody asked for on {day[1]}")

    def _note(self, wrong: bool, what: str) -> None:
        self.faults += [what] if wrong else []


def called_in(out: Outgoing) -> list[str]:
    """Where a message would call upon somebody, on any platform."""
    said = words(out.locale)
    slack = slack_message(out.reply, said, out.workspace)["blocks"]
    return _calls(slack, SLACK_CALLS) + _calls(feishu_card(out.reply, said, out.workspace), FEISHU_CALLS)


def faults_at(slack: Iterable[Mapping[str, Any]], feishu: Iterable[Mapping[str, Any]]) -> list[str]:
    """Everything wrong with what the stand-in platforms show, as far as it can be seen there."""
    theirs = [(_key(m), m["channel"].startswith("D"), m, _calls(m["blocks"], SLACK_CALLS)) for m in slack]
    theirs += [(m["uuid"], bool(m["user"]), m, _calls(m["card"], FEISHU_CALLS)) for m in feishu]
    faults = [f"{key} calls upon {name}" for key, _, _, calls in theirs if key.startswith(TEAM_KINDS) for name in calls]
    planned = [(found[2], direct, message["channel"], key) for key, direct, message, _ in theirs if (found := PLANNED.fullmatch(key))]
    faults += [f"{key} is not for them alone" for _, direct, _, key in planned if not direct]
    dose = Counter((channel, day) for day, _, channel, _ in planned)
    return faults + [f"{count} that nobody asked for to {channel} for {day}" for (channel, day), count in dose.items() if count > MOST]


def _key(message: Mapping[str, Any]) -> str:
    return str(message["metadata"].get("event_payload", {}).get("key", ""))


def _calls(dressed: object, names: re.Pattern[str]) -> list[str]:
    return names.findall(json.dumps(dressed, ensure_ascii=False))
