"""The lines of a digest: what each says, where it was said, and the one button that helps."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from bot.replies import Amount, Button, Item, Say, Status
from handlers import labels
from handlers.asking import Asking
from handlers.digests.findings import Silent
from handlers.rings import calendar_for
from handlers.rules.calendar import local_day
from handlers.rules.digesting import TREND_OVER, diverges, projected, silent_days
from handlers.rules.progress import ON_TRACK_FROM, TOO_EARLY, expected, progress
from handlers.views import measure
from storage.actions import Action, actions_by_id
from storage.checkins import CheckIn, check_ins_by_id, newest_of_each
from storage.digesting import first_key_results
from storage.drifting import Drift, Win, values_before
from storage.okrs import KeyResult, Objective, Request, key_results_by_id, objectives_by_id, requests_by_id
from storage.people import team_names
from storage.unanswered import Unseen, asked_over

LONGEST = 160


def short(text: str) -> str:
    """A text that fits a line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


@dataclass
class About:
    """The key results that lines are about, loaded at once, and what they are called where they may be anybody's."""

    asking: Asking
    ids: Iterable[int]

    @cached_property
    def rows(self) -> dict[int, KeyResult]:
        return key_results_by_id(self.asking.session, self.ids)

    @cached_property
    def parents(self) -> dict[int, Objective]:
        found = objectives_by_id(self.asking.session, {row.objective_id for row in self.rows.values()})
        members = {o.owner_id for o in found.values() if o.owner_kind == "member"}
        self.asking.meet({*members, *(row.owner_id for row in self.rows.values())})
        teams = {o.owner_id for o in found.values() if o.owner_kind == "team"} - self.asking.teams.keys()
        self.asking.teams |= team_names(self.asking.session, teams)
        return found

    @cached_property
    def newest(self) -> dict[int, CheckIn]:
        """Each one's last check-in."""
        return newest_of_each(self.asking.session, self.rows)

    def facts(self, key_result: int) -> dict[str, Any]:
        """who owns it, its reference as it can be typed behind their name, its title and values."""
        row = self.rows[key_result]
        parent = self.parents[row.objective_id]
        whose = parent.owner_kind == "member" and parent.owner_id != row.owner_id
        before = f"@{self.asking.person(parent.owner_id).name} " if whose else ""
        return {
            "who": self.asking.person(row.owner_id),
            "ref": before + labels.key_result(self.asking, row, parent),
            "title": short(row.title),
            "current": Amount(row.current, row.metric, row.unit) if row.current is not None and row.metric != "stages" else None,
            "target": Amount(row.target, row.metric, row.unit) if row.target is not None else None,
            "confidence": row.confidence,
        }

    def source(self, key_result: int) -> Any:
        """Where the last thing was said of it."""
        row = self.newest.get(key_result)
        return labels.source(self.asking, row) if row else None

    def ask(self, key_result: int) -> tuple[Button, ...]:
        """A question about it; to oneself there is none to ask."""
        row = self.rows[key_result]
        return () if row.owner_id == self.asking.me else (Button("button_ask", f"question #k{key_result}"),)


# ---------------------------------------------------------------- what waits for the reader


def requests(asking: Asking, found: Sequence[Request]) -> list[Item]:
    """What is asked of the reader, with the workdays that it has been waiting."""
    about = About(asking, {r.key_result_id for r in found if r.key_result_id})
    parents = objectives_by_id(asking.session, {r.objective_id for r in found})
    said = {row.id: row for row in check_ins_by_id(asking.session, {r.check_in_id for r in found if r.check_in_id})}
    asking.meet({member for r in found for member in (r.by_id, r.to_id)})
    items = []
    for request in found:
        kr = about.rows.get(request.key_result_id or 0)
        title = short(kr.title) if kr else short(parents[request.objective_id].title)
        ref = about.facts(kr.id or 0)["ref"] if kr else labels.objective(asking, parents[request.objective_id])
        source = labels.source(asking, said[request.check_in_id]) if request.check_in_id in said else None
        facts = {
            "who": asking.person(request.by_id),
            "to": asking.person(request.to_id),
            "kind": request.kind,
            "ref": ref,
            "title": title,
            "text": short(request.text),
            "days": _waited(asking, request),
            "source": source,
            "mine": request.to_id == asking.me,
        }
        items.append(Item(Say("digest_asked", facts), buttons=_answering(asking, request)))
    return items


def _answering(asking: Asking, request: Request) -> tuple[Button, ...]:
    if request.to_id == asking.me:
        if request.kind in ("help", "blocker", "join"):
            return (Button("button_answer", f"answer #r{request.id}", request.version),)
        return (Button("button_accept", f"accept #r{request.id}", request.version, facts={"kind": request.kind}),)
    return (Button("button_ask", f"question #k{request.key_result_id}"),) if request.key_result_id else ()


def _waited(asking: Asking, request: Request) -> int:
    """Workdays of the reader that are over since it was asked."""
    works = calendar_for(asking.member, asking.organisation).works
    return silent_days(local_day(request.made_at, asking.zone), asking.today, works)


def unseen(asking: Asking, found: Sequence[Unseen]) -> list[Item]:
    """Check-ins of direct reports without a sign that they were read."""
    asking.meet([one.member for one in found])
    said = {row.id: row for row in check_ins_by_id(asking.session, [one.newest for one in found])}
    items = []
    for one in found:
        row = said[one.newest]
        facts = {
            "who": asking.person(one.member),
            "count": one.count,
            "text": short(row.note or row.blocker or row.plan),
            "source": labels.source(asking, row),
        }
        items.append(Item(Say("digest_unseen", facts), buttons=(Button("button_seen", f"seen @#m{one.member}"),)))
    return items


# ---------------------------------------------------------------- what needs the reader


def blocked(asking: Asking, ids: Sequence[int], *, names: bool = True) -> list[Item]:
    """What is in the way of whom. names: whether it says whose it is, and who was asked."""
    rows = sorted(check_ins_by_id(asking.session, ids), key=lambda row: list(ids).index(row.id or 0))
    about = About(asking, {row.key_result_id for row in rows if row.key_result_id})
    asked = {} if names else asked_over(asking.session, ids)
    asking.meet({member for members in asked.values() for member in members})
    items = []
    for row in rows:
        facts, text = about.facts(row.key_result_id or 0), row.blocker
        for member in asked.get(row.id or 0, ()):
            text = text.replace(f"@{asking.person(member).name}", "")
        said = {"text": short(text), "on": row.on, "source": labels.source(asking, row)}
        items.append(
            Item(Say("digest_blocked", facts | said | {"named": names}), buttons=about.ask(row.key_result_id or 0) if names else ())
        )
    return items


def overdue(asking: Asking, ids: Sequence[int]) -> list[Item]:
    """Actions whose day is over, with the workdays since."""
    rows = actions_by_id(asking.session, ids)
    asking.meet({row.owner_id for row in rows})
    works = calendar_for(asking.member, asking.organisation).works
    return [Item(Say("digest_overdue", _action(asking, row, works))) for row in rows]


def _action(asking: Asking, row: Action, works: Any) -> dict[str, Any]:
    due = row.due or asking.today
    days = silent_days(due, asking.today - timedelta(days=1), works)
    return {"ref": f"A{row.number}", "text": short(row.text), "who": asking.person(row.owner_id), "due": due, "days": days}


# ---------------------------------------------------------------- key results and people


def drift(asking: Asking, found: Sequence[Drift], told: Callable[[int], date | None]) -> list[Item]:
    """What falls behind: value, pace and status; where it is said to be well all the same, that too, once its owner was told of it.

    told: when a member was last asked, before today.
    """
    about = About(asking, [one.id for one in found])
    part = _parted(asking, about, found, told)
    items = []
    for one in found:
        facts = about.facts(one.id) | {"progress": one.progress, "pace": one.expected, "status": one.status, "source": about.source(one.id)}
        items.append(Item(Say("digest_drift", facts | {"diverges": one.id in part}), buttons=about.ask(one.id)))
    return items


def _parted(asking: Asking, about: About, found: Sequence[Drift], told: Callable[[int], date | None]) -> set[int]:
    """Those that are said to be well while pace and trend say otherwise, and were so on the evening on which their owners were asked."""
    before = values_before(asking.session, [one.id for one in found], asking.today - TREND_OVER)
    parted = set[int]()
    for one in found:
        row, day = about.rows[one.id], told(one.owner)
        known = day is not None and row.checked_on is not None and row.checked_on <= day
        if known and day and diverges_on(day, row, one, before):
            parted.add(one.id)
    return parted


def diverges_on(day: date, row: KeyResult, one: Drift, before: dict[int, tuple[date, float]]) -> bool:
    """Whether words and numbers part on a day, by the value that it has now."""
    then, value = before.get(one.id, (one.since, None))
    start = max(then, one.since)
    was = 0.0 if value is None else progress(measure(row.model_copy(update={"current": value})))
    end = projected(one.progress, was, (day - start).days, max(0, (one.end - day).days))
    pace = expected(one.since, one.end, day)
    behind: Status = "at_risk" if pace > TOO_EARLY and one.progress < pace * ON_TRACK_FROM else "on_track"
    return diverges(behind, row.confidence, end)


def silent(asking: Asking, found: Sequence[Silent]) -> list[Item]:
    """Who was not heard for some workdays."""
    asking.meet([one.member for one in found])
    first = first_key_results(asking.session, asking.organisation.id or 0, [one.member for one in found], asking.today)
    items = []
    for one in found:
        facts = {"who": asking.person(one.member), "days": one.days, "last": one.last}
        ask = (Button("button_ask", f"question #k{first[one.member]}"),) if one.member in first else ()
        items.append(Item(Say("digest_silent", facts), buttons=ask))
    return items


def stale(asking: Asking, found: Sequence[Drift], works: Any) -> list[Item]:
    """Key results without a new value. works: of a member, on which days they do."""
    about = About(asking, [one.id for one in found])
    items = []
    for one in found:
        row = about.rows[one.id]
        days = silent_days(row.checked_on or one.since, asking.today - timedelta(days=1), works(one.owner))
        facts = about.facts(one.id) | {"days": days, "source": about.source(one.id), "never": row.checked_on is None}
        items.append(Item(Say("digest_stale", facts), buttons=about.ask(one.id)))
    return items


def wins(asking: Asking, found: Sequence[Win], *, names: bool = True) -> list[Item]:
    """What went well, and a word of thanks."""
    about = About(asking, [one.id for one in found])
    said = {row.id: row for row in check_ins_by_id(asking.session, [one.check_in for one in found if one.check_in])}
    items = []
    for one in found:
        row, told = about.rows[one.id], said.get(one.check_in or 0)
        came_from = Amount(one.came_from, row.metric, row.unit) if one.came_from is not None and row.metric != "stages" else None
        note = short(told.note) if told else ""
        facts = about.facts(one.id) | {
            "kind": one.kind,
            "from": came_from,
            "note": note,
            "source": labels.source(asking, told) if told else None,
        }
        thank = (Button("button_thank", f"thanks #i{told.id}"),) if told and told.member_id != asking.me and names else ()
        items.append(Item(Say("digest_win", facts | {"named": names}), buttons=thank))
    return items


def requests_named(asking: Asking, ids: Sequence[int]) -> list[Item]:
    """Requests by their ids, the oldest first."""
    return requests(asking, requests_by_id(asking.session, ids))
