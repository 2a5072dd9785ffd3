"""Leave: days on which somebody is not there. Why is not asked and not kept; others see that they are away, and until when."""

from datetime import date, timedelta

from bot.commands import Away, Back, When
from bot.grammar import dates
from bot.replies import Button, Reply, Say
from handlers import cards
from handlers.answering import redraw
from handlers.asking import Asking
from handlers.examples import example
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rings import calendar_for
from storage.pulse import Absence, leave_from, open_prompts

LONGEST = 366
_MOST_DAYS = 120


def away(asking: Asking, command: Away) -> Reply:
    """Notes the leave and says which day is its last; what was asked for those days is not asked any more."""
    if command.typed:
        raise Refusal("no_such_day", typed=command.typed, copy=example(asking, "example_away").text)
    if command.end is None and not command.days and not command.part:
        return _ask(asking, command.start)
    first, last = _days(asking, command)
    overlapping = [a for a in leave_from(asking.session, asking.me, first) if a.first <= last and a.part in ("", command.part)]
    around = next((a for a in overlapping if a.first < first and a.last > last and first > asking.today), None)
    if around is not None:
        return Reply((_noted(asking, around.first, around.last, ""),), private=True)
    pen = Pen(asking, "away")
    for row in overlapping:
        pen.set(row, **({"state": "over"} if row.first >= first else {"last": first - timedelta(days=1)}))
    made = Absence(member_id=asking.me, first=first, last=last, part=command.part, made_at=asking.now)
    pen.add(made, field="state", absent="over")
    for prompt in open_prompts(asking.session, asking.me, asking.now) if not command.part else ():
        if first <= prompt.on <= last:
            pen.set(prompt, state="skipped")
            redraw(asking, prompt, pen)
    return Reply((_noted(asking, first, last, command.part), cards.row_of(Button("button_undo", f"undo #c{pen.number}"))), private=True)


def _noted(asking: Asking, first: date, last: date, part: str) -> Say:
    """The leave as it holds: its last day said, so that nobody counts it differently."""
    back_on = calendar_for(asking.member, asking.organisation).after(last)
    return Say("away_noted", {"first": first, "last": last, "part": part, "back": back_on, "today": first == asking.today})


def _ask(asking: Asking, start: When | None) -> Reply:
    """`away`, `away from Friday`: until when?"""
    first = _day(start, asking.today) if start else asking.today
    friday = first + timedelta(days=(4 - first.weekday()) % 7)
    buttons = [Button("button_away_on", f"away {first.isoformat()}", facts={"day": first})]
    if friday > first:
        buttons.append(Button("button_away_until", f"away from {first.isoformat()} to {friday.isoformat()}", facts={"day": friday}))
    return Reply((Say("away_how"), cards.row_of(*buttons), example(asking, "example_away")), private=True, tone="question")


def _days(asking: Asking, command: Away) -> tuple[date, date]:
    """The first and the last day, both included; a refusal for days that are over, or run backwards, or for ever."""
    first = _day(command.start, asking.today) if command.start else asking.today
    last = _last(command.end, first, asking.today) if command.end else first
    if command.days:
        if command.days > _MOST_DAYS:
            raise Refusal("away_too_long", most=LONGEST, copy=example(asking, "example_away").text)
        last = _nth(asking, first, command.days)
    if last < asking.today or last < first:
        raise Refusal("away_is_past", first=first, last=last, copy=example(asking, "example_away").text)
    if (last - first).days > LONGEST or (first - asking.today).days > LONGEST:
        raise Refusal("away_too_long", most=LONGEST, copy=example(asking, "example_away").text)
    return first, last


def _day(when: When, today: date) -> date:
    """The day meant: the next such one. A date said with its year stands as it is, though it be past."""
    day = dates.future(when, today)
    if day is None:
        raise Refusal("no_such_day", typed=dates.say(when), copy="away until Friday")
    return day


def _last(when: When, first: date, today: date) -> date:
    """The last day: the next such one from today on, or else from the first day on (from 12-24 to 01-02)."""
    day = _day(when, today)
    return _day(when, first) if day < first else day


def _nth(asking: Asking, first: date, count: int) -> date:
    """The last of so many days of work, the first one included."""
    calendar = calendar_for(asking.member, asking.organisation)
    day = first if calendar.works(first) else calendar.after(first)
    for _ in range(count - 1):
        day = calendar.after(day)
    return day


def back(asking: Asking, command: Back) -> Reply:
    """Ends the leave that runs: today counts again."""
    pen, running = Pen(asking, "back"), [a for a in leave_from(asking.session, asking.me, asking.today) if a.first <= asking.today]
    if not running:
        raise Refusal("not_away", copy=example(asking, "example_away").text)
    for row in running:
        pen.set(row, **({"last": asking.today - timedelta(days=1)} if row.first < asking.today else {"state": "over"}))
    return Reply((Say("welcome_back"), cards.row_of(Button("button_undo", f"undo #c{pen.number}"))), private=True)
