"""When a member is asked: the time, the working days and holidays, quiet hours, and whether at all."""

from datetime import datetime, timedelta
from typing import Any

from bot.commands import Country, Mute, Quiet, Remind, WhyAsked, Workdays
from bot.replies import Button, Part, Reply, Say
from handlers import cards
from handlers.asking import Asking
from handlers.examples import example
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rings import calendar_for, review_of
from handlers.rules.countries import country_named, nearest_country
from handlers.rules.moments import in_quiet, moment, off_the_hour
from storage.digesting import leads_anybody
from storage.people import NOBODYS
from storage.pulse import absences_of, prompt_on
from storage.waiting import owned_on

_FAR = 60
DAY = 24 * 60


def remind(asking: Asking, command: Remind) -> Reply:
    """Asks at that time from now on, or not at all; says when the next comes."""
    if command.typed:
        raise Refusal("no_such_time", typed=command.typed, copy=example(asking, "example_remind").text)
    if command.at is None and command.on is None:
        return Reply(_facts(asking), private=True)
    pen = Pen(asking, "remind")
    if command.at is not None or command.on is False:
        ask_at(asking, pen, command.at)
    else:
        pen.set(asking.member, prompted=True, muted=False)
    return _told(asking, pen)


def ask_at(asking: Asking, pen: Pen, minutes: int | None) -> None:
    """From now on at that time, None for not at all; a time that has gone by today counts from tomorrow."""
    if minutes is None:
        pen.set(asking.member, prompted=False)
        return
    start, end = asking.member.quiet_from, asking.member.quiet_to
    if start is not None and end is not None and in_quiet(minutes, start, end):
        raise Refusal("time_is_quiet", at=clock(minutes), hours=_hours(start, end), copy=_remind_at(asking, start - 20))
    pen.set(asking.member, prompt_at=minutes, prompted=True, muted=False, asked_from=asking.now)


def workdays(asking: Asking, command: Workdays) -> Reply:
    """Which days the member works on, from now on."""
    usual = command.typed == "default"
    if command.typed and not usual:
        raise Refusal("no_such_workdays", typed=command.typed, copy=example(asking, "example_workdays").text)
    if not (usual or command.days):
        return Reply(_facts(asking), private=True)
    if command.other and not command.week:
        return _which_week(asking)
    pen = Pen(asking, "workdays")
    monday = asking.today - timedelta(days=asking.today.weekday()) if command.other else None
    pen.set(
        asking.member,
        workdays=_letters(command.days),
        other_workdays=_letters(command.other),
        workdays_from=monday,
        asked_from=asking.now,
    )
    return _told(asking, pen)


def _which_week(asking: Asking) -> Reply:
    """大小周: is this week one of six days, or of five?"""
    buttons = cards.row_of(
        Button("button_big_week", "workdays Mon-Sat / Mon-Fri"), Button("button_small_week", "workdays Mon-Fri / Mon-Sat")
    )
    return Reply((Say("which_week"), buttons), private=True, tone="question")


def _letters(days: tuple[int, ...]) -> str:
    return "".join("1" if n in days else "0" for n in range(7)) if days else ""


def country(asking: Asking, command: Country) -> Reply:
    """Whose public holidays and shifted workdays are the member's."""
    if not command.code:
        return Reply(_facts(asking), private=True)
    code = "" if command.code in ("default", "默认") else NOBODYS if command.code == NOBODYS else country_named(command.code)
    if code is None:
        raise Refusal(
            "no_such_country", typed=command.code, copy=f"{'国家' if asking.locale == 'zh' else 'country'} {nearest_country(command.code)}"
        )
    pen = Pen(asking, "country")
    pen.set(asking.member, country=code, asked_from=asking.now)
    return _told(asking, pen)


def quiet(asking: Asking, command: Quiet) -> Reply:
    """Hours in which nothing unasked comes."""
    if command.typed:
        raise Refusal("no_such_hours", typed=command.typed, copy=example(asking, "example_quiet").text)
    if not command.off and command.start is None:
        return Reply(_facts(asking), private=True)
    at = asking.member.prompt_at
    if command.start is not None and command.end is not None and asking.member.prompted and in_quiet(at, command.start, command.end):
        raise Refusal("quiet_covers", at=clock(at), copy=_remind_at(asking, command.start - 20))
    pen = Pen(asking, "quiet")
    pen.set(asking.member, quiet_from=None if command.off else command.start, quiet_to=None if command.off else command.end)
    return _told(asking, pen)


def mute(asking: Asking, command: Mute) -> Reply:
    """Nothing unasked any more; what colleagues ask for is still seen by `mine`."""
    pen = Pen(asking, "mute")
    pen.set(asking.member, muted=command.on)
    return _told(asking, pen)


def why(asking: Asking, command: WhyAsked) -> Reply:
    """Why they got this, when the next comes, and how to change it."""
    quiet = asking.member.muted or not asking.member.prompted
    count = 0 if quiet else len(owned_on(asking.session, asking.me, asking.today))
    buttons = cards.row_of(Button("button_settings", "settings"), Button("button_mute", "mute"))
    head = () if quiet else (Say("why_asked", {"count": count}),)
    leads = leads_anybody(asking.session, asking.organisation.id or 0, asking.me)
    digest = (Say("why_digest", {"every": asking.member.digest}),) if leads and not asking.member.muted else ()
    return Reply((*head, *digest, *_facts(asking), buttons), private=True)


def _told(asking: Asking, pen: Pen) -> Reply:
    buttons = () if pen.act is None else (cards.row_of(Button("button_undo", f"undo #c{pen.number}")),)
    return Reply((*_facts(asking), *buttons), private=True)


def _facts(asking: Asking) -> tuple[Part, ...]:
    """When the next prompt comes, and by which calendar."""
    member = asking.member
    return (
        Say("reminded", prompt_facts(asking)),
        Say("calendar_is", calendar_facts(asking) | {"quiet": _hours(member.quiet_from, member.quiet_to)}, role="note"),
    )


def prompt_facts(asking: Asking) -> dict[str, Any]:
    """on: whether they are asked; asked_at: the time they said; at: the moment of the next; moved: that it is off the hour."""
    member = asking.member
    minute = off_the_hour(member.prompt_at, asking.me)
    at = _next(asking, minute)
    return {
        "on": member.prompted and not member.muted,
        "muted": member.muted,
        "said": clock(member.prompt_at),
        "exact": clock(minute),
        "moved": minute != member.prompt_at,
        "next": at.astimezone(asking.clock).date() if at else None,
        "today": at is not None and at.astimezone(asking.clock).date() == asking.today,
        "review": review_of(asking.session, member),
    }


def _remind_at(asking: Asking, minute: int) -> str:
    """The line that asks for that time."""
    return f"{'提醒我' if asking.locale == 'zh' else 'remind me at'} {clock(minute % DAY)}"


def clock(minute: int) -> str:
    """Minutes since midnight as 17:40."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _hours(start: int | None, end: int | None) -> str:
    return "" if start is None or end is None else f"{clock(start)}–{clock(end)}"


def _next(asking: Asking, minute: int) -> datetime | None:
    """The moment of the next prompt, as things stand."""
    calendar, leave = calendar_for(asking.member, asking.organisation), absences_of(asking.session, [asking.me], asking.today)[asking.me]
    for day in (asking.today + timedelta(days=n) for n in range(_FAR)):
        at = moment(day, minute, asking.zone)
        free = not calendar.works(day) or any(a.first <= day <= a.last and not a.part for a in leave)
        if not free and at > asking.now and (day > asking.today or prompt_on(asking.session, asking.me, day) is None):
            return at
    return None


def calendar_facts(asking: Asking) -> dict[str, Any]:
    """week, other: runs of working days of this week and the next, as pairs of weekdays; country: whose holidays; nobodys: none."""
    calendar = calendar_for(asking.member, asking.organisation)
    monday = asking.today - timedelta(days=asking.today.weekday())
    this = calendar.week_of(monday)
    then = calendar.week_of(monday + timedelta(days=7)) if calendar.other else ""
    return {
        "week": _runs(this),
        "other": _runs(then),
        "country": calendar.country,
        "nobodys": asking.member.country == NOBODYS,
        "zone": asking.zone,
    }


def _runs(days: str) -> list[list[int]]:
    """ "1111100" as [[0, 4]]: each run's first and last day."""
    runs: list[list[int]] = []
    for n, works in enumerate(days):
        if works == "1" and runs and runs[-1][1] == n - 1:
            runs[-1][1] = n
        elif works == "1":
            runs.append([n, n])
    return runs
