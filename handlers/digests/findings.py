"""What there is to read about a circle of people on a day: each part's whole number and its first rows, in a fixed number of statements."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from handlers.asking import Asking
from handlers.rings import calendar_for
from handlers.rules.calendar import local_day
from handlers.rules.digesting import SILENT_FROM, last_finished, silent_days, span_of
from handlers.rules.moments import moment
from handlers.rules.workdays import Calendar
from storage import drifting, unanswered
from storage.digesting import Circle, Colleague, Heard, Page, colleagues, heard, leave_of, led_since, without_okr
from storage.okrs import Request, objectives_by_id, open_requests_to

UNSEEN_FOR = 7  # days of which check-ins are shown that nobody looked at
BLOCKED_FOR = 30
LOOK_BACK = timedelta(days=100)


@dataclass(frozen=True)
class Silent:
    """Somebody who was not heard for so many workdays; last None for never."""

    member: int
    days: int
    last: date | None


@dataclass(frozen=True)
class Coverage:
    """How many of those who are asked said something, and how many of the others were away."""

    said: int
    all: int
    away: int


@dataclass
class Findings:
    """One look at a circle of people. span: day, week or xun. A day is everybody's own last workday that is over."""

    asking: Asking
    circle: Circle
    kind: str = "day"
    _calendars: dict[Any, Calendar] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The reader's date."""
        return self.asking.today

    @cached_property
    def span(self) -> tuple[date, date]:
        """The days it is about; of a day's digest those from the reader's last workday on."""
        if self.kind != "day":
            return span_of(self.kind, self.today)
        mine = calendar_for(self.asking.member, self.asking.organisation)
        return last_finished(self.today, mine.works), self.today - timedelta(days=1)

    # ------------------------------------------------------------ people

    @cached_property
    def people(self) -> dict[int, Colleague]:
        """Everybody it is about, by name."""
        return {one.id: one for one in colleagues(self.asking.session, self.circle)}

    def calendar(self, one: Colleague) -> Calendar:
        """The working days of one of them, leave apart."""
        key = one.workdays, one.other_workdays, one.workdays_from, one.country or self.asking.organisation.country
        if key not in self._calendars:
            self._calendars[key] = Calendar(*key)
        return self._calendars[key]

    @cached_property
    def finished(self) -> dict[int, date]:
        """Of each of them the last workday that is over where they are."""
        found: dict[Any, date] = {}
        days = {}
        for one in self.people.values():
            calendar, zone = self.calendar(one), one.timezone or self.asking.organisation.timezone
            key = id(calendar), zone
            if key not in found:
                found[key] = last_finished(local_day(self.asking.now, zone), calendar.works)
            days[one.id] = found[key]
        return days

    @cached_property
    def _spans(self) -> list[tuple[date, date]]:
        return [self.span] if self.kind != "day" else sorted({(day, day) for day in self.finished.values()})

    @cached_property
    def heard(self) -> dict[int, Heard]:
        """Those who are asked, and when they were heard."""
        return heard(self.asking.session, self.circle, self._spans, self.today)

    @cached_property
    def leave(self) -> dict[int, list[tuple[date, date]]]:
        """Days on which they were not there."""
        return leave_of(self.asking.session, self.circle, self.today - LOOK_BACK, self.today)

    def works(self, member: int) -> Callable[[date], bool]:
        """On which days one of them works, leave considered."""
        calendar, leave = self.calendar(self.people[member]), self.leave.get(member, [])
        return lambda day: calendar.works(day) and not any(first <= day <= last for first, last in leave)

    def coverage(self) -> Coverage:
        """Who said something, of those who had something to say it of; away is who did not and was on leave on their last workday."""
        places = {span: n for n, span in enumerate(self._spans)}
        said = away = new = 0
        for member, one in self.heard.items():
            day = self.finished.get(member, self.today)
            span = self.span if self.kind != "day" else (day, day)
            if one.on[places[span]]:
                said += 1
            elif one.began is not None and one.began > span[1]:
                new += 1
            elif member in self.leave and not self.works(member)(day):
                away += 1
        return Coverage(said, len(self.heard) - new, away)

    def silent(self, page: Page) -> tuple[int, list[Silent]]:
        """Who was not heard for some workdays and was told that it would be said; the longest first."""
        found = [one for member in self.heard if member in self.people and (one := self._silent(member)) is not None]
        found = self._told_by_this_lead(found)
        found.sort(key=lambda one: -one.days)
        return len(found), found[: page.most]

    def _silent(self, member: int) -> Silent | None:
        known, through = self.heard[member], self.finished[member]
        since = known.last or known.began
        if since is None or (through - since).days < SILENT_FROM:
            return None
        works = self.works(member)
        days = silent_days(since, through, works)
        if days < SILENT_FROM:
            return None
        told = not self.people[member].asked or (
            known.told is not None and silent_days(since, min(known.told, through), works) >= SILENT_FROM
        )
        return Silent(member, days, known.last) if told else None

    def newly_silent(self) -> int:
        """How many are silent since the last workday that is over."""
        return sum(one.days == SILENT_FROM for one in self.silent(Page(len(self.heard)))[1])

    def _told_by_this_lead(self, found: list[Silent]) -> list[Silent]:
        """Without those whose lead is new: what they were told was meant for the one before."""
        since = led_since(self.asking.session, [one.member for one in found]) if self.circle.kind == "led" else {}
        asked = {member: at for member in since if self.people[member].asked and (at := self.heard[member].told_at)}
        return [one for one in found if one.member not in asked or since[one.member] < asked[one.member]]

    def told(self, member: int) -> date | None:
        """The last day that is over for which one of them was asked; who does not want to be asked knows by themselves."""
        if member not in self.people or member not in self.heard:
            return None
        asked, yesterday = self.heard[member].told, self.today - timedelta(days=1)
        return yesterday if not self.people[member].asked else min(asked, yesterday) if asked else None

    def nothing_written(self, page: Page) -> tuple[int, list[int]]:
        """Who has no OKR in a cycle that runs."""
        return without_okr(self.asking.session, self.circle, self.today, page)

    # ------------------------------------------------------------ what waits for the reader

    def asked_of_me(self) -> list[Request]:
        """What is asked of the reader and not answered, the oldest first."""
        found = list(open_requests_to(self.asking.session, self.asking.me))
        parents = objectives_by_id(self.asking.session, [request.objective_id for request in found])
        seen = {row.id for row in self.asking.sees(parents.values())}
        return [request for request in reversed(found) if request.objective_id in seen]

    def not_looked_at(self, page: Page) -> tuple[int, list[unanswered.Unseen]]:
        """Direct reports whose check-ins of the last days the reader gave no sign to have read; those of today have time."""
        span = self.today - timedelta(days=UNSEEN_FOR), self.today - timedelta(days=1)
        return unanswered.not_acknowledged(self.asking.session, self.circle, span, page)

    # ------------------------------------------------------------ what needs the reader

    def open_between(self, page: Page) -> tuple[int, list[int]]:
        """Requests of these people to others, open for a workday."""
        yesterday = calendar_for(self.asking.member, self.asking.organisation).before(self.today)
        before = moment(yesterday + timedelta(days=1), 0, self.asking.zone)
        return unanswered.open_between(self.asking.session, self.circle, before, page)

    def blocked(self, page: Page) -> tuple[int, list[int]]:
        """Check-ins with what is in the way, of which nobody was asked."""
        return unanswered.blocked(self.asking.session, self.circle, self.today, self.today - timedelta(days=BLOCKED_FOR), page)

    def in_the_way(self, page: Page, since: date | None = None) -> tuple[int, list[int]]:
        """The same, with those of which somebody was asked who has not answered. since: said from then on."""
        since = since or self.today - timedelta(days=BLOCKED_FOR)
        return unanswered.blocked(self.asking.session, self.circle, self.today, since, page, asked_too=True)

    def overdue(self, page: Page) -> tuple[int, list[int]]:
        """Actions whose day is over."""
        return unanswered.overdue(self.asking.session, self.circle, self.today, page)

    # ------------------------------------------------------------ key results

    def drifts(self, page: Page) -> tuple[int, list[drifting.Drift]]:
        """What falls behind its pace."""
        return drifting.drifting(self.asking.session, self.circle, self.today, page)

    def without_value(self, page: Page) -> tuple[int, list[drifting.Drift]]:
        """Key results of those who are heard, without a new value for long."""
        works, since = calendar_for(self.asking.member, self.asking.organisation).works, self.today
        for _ in range(SILENT_FROM):
            since = last_finished(since, works)
        return drifting.without_value(self.asking.session, self.circle, self.today, since, page)

    def went_well(self, page: Page) -> tuple[int, list[drifting.Win]]:
        """What was reached, jumped or came back."""
        return drifting.went_well(self.asking.session, self.circle, self.span, self.today, page)

    def statuses_facts(self) -> dict[str, int]:
        """How many key results stand how."""
        found = drifting.statuses(self.asking.session, self.circle, self.today)
        return {name: found.get(name, 0) for name in ("on_track", "at_risk", "off_track", "stale")}
