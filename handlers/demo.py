"""Fills an empty database with the sample company and its history, by saying to the desk what its people would have said."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.messages import Mention, Message, Place, Sender, mention_mark
from bot.replies import to_json
from handlers import sample_company as company
from handlers.chatting import Chatting
from handlers.desk import Desk
from handlers.people import Defaults
from handlers.rules.calendar import Span, quarter_of
from handlers.rules.periods import period_of
from handlers.sample_company import MORE_NAMES, MORE_OBJECTIVES, Person, Plan, Track
from handlers.sample_reviews import LEARNT
from storage.actions import Action
from storage.okrs import KeyResult, Objective
from storage.people import Account, Member, Organisation, Team, TeamMember, Workspace, only_organisation
from storage.store import EVERYWHERE, Store

WEB, WORKSPACE = "web", "local"


class NotEmpty(Exception):
    """There is a company in the database already."""


@dataclass(frozen=True)
class Sample:
    """until: the moment the story has reached. people: how many, from the first of the cast on."""

    until: datetime
    seed: int = 1
    people: int = 8


def fill(store: Store, defaults: Defaults, sample: Sample) -> dict[str, int]:
    """Makes the company and plays its cycle so far; counts of what was made. NotEmpty when there is one already."""
    cast = list(_cast(sample.people))
    _found(store, defaults, cast, sample.until)
    story = _Story(store, defaults, sample, cast)
    story.play()
    return {"people": len(cast), "said": story.said}


def _cast(count: int) -> Iterator[Person]:
    yield from company.PEOPLE[:count]
    for i in range(len(company.PEOPLE), count):
        name = f"{MORE_NAMES[i % len(MORE_NAMES)]} {i + 1}"
        zh = not name[0].isascii()
        yield Person(
            f"p{i + 1}", name, "同事" if zh else "Team member", "zh" if zh else "en", "Asia/Shanghai" if zh else "Europe/Berlin", "lin"
        )


def _found(store: Store, defaults: Defaults, cast: list[Person], at: datetime) -> None:
    with store.write(EVERYWHERE) as session:
        if only_organisation(session) is not None:
            raise NotEmpty
        organisation = Organisation(
            name="Qingxi 青溪", locale=defaults.locale, timezone=defaults.timezone, country=defaults.country, made_at=at
        )
        session.add(organisation)
        session.flush()
        session.info["organisation"] = organisation.id
        session.add(Workspace(platform=WEB, workspace=WORKSPACE, locale=defaults.locale))
        members = {
            p.user: Member(name=p.name, title=p.title, locale=p.locale, timezone=p.timezone, admin=i == 0, made_at=at)
            for i, p in enumerate(cast)
        }
        session.add_all(members.values())
        session.flush()
        for person in cast:
            member = members[person.user]
            member.lead_id = members[person.lead].id if person.lead in members else None
            session.add(Account(member_id=member.id or 0, platform=WEB, workspace=WORKSPACE, user=person.user, profiled_at=at))
        for name, lead, inside in company.TEAMS:
            if lead in members:
                team = Team(name=name, lead_id=members[lead].id)
                session.add(team)
                session.flush()
                session.add_all(TeamMember(team_id=team.id or 0, member_id=members[u].id or 0) for u in inside if u in members)


class _Story:
    """Plays the cycle from its first day to now, in order of time."""

    def __init__(self, store: Store, defaults: Defaults, sample: Sample, cast: list[Person]) -> None:
        self._sample, self._cast = sample, {p.user: p for p in cast}
        self._now = sample.until
        self._store, self._dice, self.said = store, random.Random(sample.seed), 0
        self._desk = Desk(store, defaults, now=lambda: self._now, machine=lambda: self._now.timestamp())  # noqa: PLW0108  (its time moves)
        self._chat = Chatting(store, lambda: self._now)
        self._cycle = quarter_of(sample.until.date())
        self._reviewers: set[str] = set()

    def play(self) -> None:
        """Writes, publishes, checks in and talks."""
        plans = [p for p in (*company.PLANS, *company.SHARED) if p.user in self._cast]
        for plan in plans:
            self._write(plan.user, plan.text, 0.02)
        for user in ("tom", "wang", "maya", "chen", "sofia"):
            if user in self._cast:
                self._say(user, "accept", self._at(user, 0.05))
        others = [user for user in self._cast if user.startswith("p") and user[1:].isdigit()]
        for i, user in enumerate(others):
            self._write(user, MORE_OBJECTIVES[i % len(MORE_OBJECTIVES)], 0.03)
        self._reviewers = {plan.user for plan in plans}
        spans = self._periods()
        for share, plan, track, note in sorted(self._check_ins(plans), key=lambda c: c[0]):
            while spans and self._day(share) > spans[0][1].end:
                self._look_back(*spans.pop(0))
            self._check_in(share, plan, track, note)
        for place, period in spans:
            self._look_back(place, period)
        self._close_some()
        for user in others:
            self._say(user, "KR1.1 +1", self._at(user, 0.6 + 0.3 * self._dice.random()))
        self._in_public()
        self._at_home()

    def _at(self, user: str, share: float) -> datetime:
        """A working hour of this person, a share of the way from the cycle's start to now."""
        zone = ZoneInfo(self._cast[user].timezone)
        days = max(0, (self._sample.until.date() - self._cycle.start).days)
        day = self._cycle.start + timedelta(days=int(days * share))
        moment = datetime.combine(day, time(9 + self._dice.randrange(8), self._dice.randrange(60)), zone)
        return min(moment, self._sample.until - timedelta(minutes=30)).astimezone(UTC)

    def _write(self, user: str, text: str, share: float) -> None:
        self._say(user, text, self._at(user, share))
        self._say(user, "publish all", self._now + timedelta(minutes=4))

    def _check_ins(self, plans: list[Plan]) -> Iterator[tuple[float, Plan, Track, int]]:
        for plan in plans:
            for track in plan.tracks:
                weeks = max(1, min(7, (self._sample.until.date() - self._cycle.start).days // 7))
                last = weeks - 3 if track.silent else weeks
                for week in range(1, max(2, last + 1)):
                    yield (week - 0.6 * self._dice.random()) / weeks * 0.97, plan, track, week

    def _check_in(self, share: float, plan: Plan, track: Track, week: int) -> None:
        row = self._row(plan, track.number)
        if row is None:
            return
        note = track.notes[(week - 1) % len(track.notes)] if week % 2 or week == 1 else ""
        confidence = max(1, min(10, track.confidence + self._dice.choice((-1, 0, 0, 1))))
        value = _value(row, share, track, self._elapsed(), self._dice)
        if row.metric == "stages":
            value = "interview ten users done" if week == 2 else ""
        line = f"{plan.whose}KR1.{track.number} {value} c{confidence} {note}".replace("  ", " ")
        self._say(plan.user, line, self._at(plan.user, share))

    def _day(self, share: float) -> date:
        """The day that is a share of the way from the cycle's start to now."""
        return self._cycle.start + timedelta(days=int(max(0, (self._sample.until.date() - self._cycle.start).days) * share))

    def _periods(self) -> list[tuple[int, Span]]:
        """The cycle's ten-day periods that are over, counted from 0."""
        found = [period_of(self._cycle.start, "xun")]
        while found[-1].end + timedelta(days=1) < self._sample.until.date():
            found.append(period_of(found[-1].end + timedelta(days=1), "xun"))
        return [(i, period) for i, period in enumerate(found) if period.end < self._sample.until.date()]

    def _look_back(self, place: int, period: Span) -> None:
        """Everybody with objectives closes their review of a period, and says what they learnt."""
        for i, user in enumerate(sorted(self._reviewers)):
            zone = ZoneInfo(self._cast[user].timezone)
            at = datetime.combine(period.end, time(18, 5 + i), zone).astimezone(UTC)
            said = f"review {period.end.isoformat()}"
            for learnt in LEARNT:
                if (learnt.user, learnt.period) == (user, place):
                    ref = f"{next(p.whose for p in company.PLANS + company.SHARED if p.user == user)}KR1.{learnt.number}"
                    self._say(user, f"{said} {ref} insight {learnt.insight}", at)
                    if learnt.change:
                        self._say(user, f"{said} {ref} change {learnt.change}", at)
            self._say(user, f"{said} close as drafted", at)

    def _close_some(self) -> None:
        """Whoever had something to do early in the cycle has done it; the newest two are still open."""
        with self._store.read(EVERYWHERE) as session:
            joined = select(Action.number, Account.user).join(Account, col(Account.member_id) == col(Action.owner_id))
            rows = session.exec(joined.where(Action.state == "open", Account.platform == WEB).order_by(col(Action.number))).all()
        for number, user in rows[:-2]:
            self._say(user, f"done A{number}", self._sample.until - timedelta(hours=3))

    def _elapsed(self) -> float:
        whole = (self._cycle.end - self._cycle.start).days + 1
        return ((self._sample.until.date() - self._cycle.start).days + 1) / whole

    def _row(self, plan: Plan, number: int) -> KeyResult | None:
        kind = {"": "member", "公司 ": "company"}.get(plan.whose, "team")
        with self._store.read(EVERYWHERE) as session:
            writer = select(Account.member_id).where(Account.platform == WEB, Account.user == plan.user)
            mine = col(Objective.made_by).in_(writer), Objective.owner_kind == kind, Objective.state == "published"
            joined = select(KeyResult).join(Objective, col(Objective.id) == col(KeyResult.objective_id))
            return session.exec(joined.where(*mine, KeyResult.number == number)).first()

    def _in_public(self) -> None:
        """The last words in the channel, an hour before now."""
        for i, (user, text) in enumerate(company.IN_PUBLIC):
            if user in self._cast:
                self._say(user, text, self._sample.until - timedelta(minutes=58 - 14 * i), channel=True)

    def _at_home(self) -> None:
        """What everybody finds in their own conversation: where they stand."""
        self._now = self._sample.until
        for user in list(self._cast)[:40]:
            answered = self._desk.answer(replace(self._message(user, "", channel=False), inline=True))
            if answered.reply:
                self._chat.post(
                    conversation=f"dm:{user}",
                    author="",
                    text="",
                    reply=to_json(answered.reply),
                    locale=answered.locale,
                    thread=None,
                    only_for="",
                )

    def _message(self, user: str, text: str, *, channel: bool) -> Message:
        mentions = tuple(Mention(p.user, p.name) for p in self._cast.values() if f"@{p.name}" in text or f"@{p.user}" in text)
        for person in self._cast.values():
            for name in (person.name, person.user):
                text = text.replace(f"@{name}", mention_mark(person.user))
        place = Place("general" if channel else f"dm:{user}", shared=channel)
        sender = Sender("web", WORKSPACE, user, self._cast[user].name)
        entry = "mention" if channel else "direct"
        return Message(f"sample-{self.said}-{user}", sender, place, text, entry, mentions, inline=True)  # type: ignore[arg-type]

    def _say(self, user: str, text: str, at: datetime, *, channel: bool = False) -> None:
        self._now, self.said = at, self.said + 1
        message = self._message(user, text, channel=channel)
        answered = self._desk.answer(message)
        if not channel or answered.reply is None:
            return
        marked = mention_mark("tenday") + " " + message.text
        line = {"conversation": "general", "locale": answered.locale, "only_for": ""}
        asked = self._chat.post(**line, author=user, text=marked, reply="", thread=None)
        self._now += timedelta(seconds=2)
        self._chat.post(**line, author="", text="", reply=to_json(answered.reply), thread=asked["id"])


def _value(row: KeyResult, share: float, track: Track, elapsed: float, dice: random.Random) -> str:
    """Where a key result stands a share of the way through the elapsed part of the cycle."""
    if row.metric == "done" or row.target is None:
        return ""
    if row.guardrail or row.direction == "keep":
        return f"{row.target * (0.7 if row.bound == 'max' else 1.05) * dice.uniform(0.96, 1.04):.1f}"
    way = min(0.98, share * elapsed * track.pace * dice.uniform(0.93, 1.05))
    start = row.start or 0.0
    value = start + (row.target - start) * way
    digits = 1 if row.metric == "percent" or abs(row.target - start) < 3 else 0
    return f"{value:.{digits}f}"
