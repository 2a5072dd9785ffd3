"""What was said on a day: one's own with its form, a colleague's, or a team's. Who said nothing is not named, only counted."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.commands import Day, Named, When, Who
from bot.grammar import dates, phrase
from bot.replies import Button, Buttons, Part, Reply, Say
from handlers import cards, references, spoken
from handlers.asking import Asking
from handlers.examples import example
from handlers.forms import day as day_form
from handlers.looking import own_pairs
from handlers.refusals import Refusal
from handlers.spoken import Line
from storage.access import EVERYBODY
from storage.checkins import check_ins_between
from storage.people import members_in, team_by_id
from storage.pulse import away_among

MOST_LINES = 12
MOST_PEOPLE = 40


def day(asking: Asking, command: Day) -> Reply:
    """One's own day, a colleague's or a team's."""
    on = asking.today if command.on is None else dates.past(command.on, asking.today)
    if on is None:
        raise Refusal("no_day_to_come")
    if isinstance(command.of, Named):
        return _of_team(asking, command.of, on)
    _, member_id = references.owner(asking, command.of)
    return _own(asking, on) if member_id == asking.me else _of_person(asking, member_id, on)


def _own(asking: Asking, on: date) -> Reply:
    """What I said, and for today the form that says more."""
    said = spoken.lines_of(asking, check_ins_between(asking.session, on, on, members=[asking.me]))
    parts: list[Part] = [Say("own_day", {"on": on, "today": on == asking.today, "any": bool(said)}, role="title"), *_lines(asking, said)]
    pairs = own_pairs(asking) if on == asking.today else []
    if not pairs:
        return Reply((*parts, _around(asking, None, on)), card="daily", private=True)
    items = [cards.key_result_item(asking, kr, v, buttons=(cards.update_button(kr),), brief=True, apart=True) for kr, v in pairs]
    shown = (*parts, *items, example(asking, "example_check_in"))
    return Reply(shown, card="daily", private=True, form=day_form.form(asking, pairs), after=(_around(asking, None, on),))


def _around(asking: Asking, of: Who | Named | None, on: date) -> Buttons:
    """The days beside the one that is shown."""
    before = Button("button_day_before", phrase(Day(of, When.on(on - timedelta(days=1)))))
    after = Button("button_day_after", phrase(Day(of, When.on(on + timedelta(days=1)))))
    return cards.row_of(before, *((after,) if on < asking.today else ()))


def _lines(asking: Asking, said: Sequence[Line], most: int = MOST_LINES) -> list[Part]:
    more = [Say("more_lines", {"count": len(said) - most}, role="note")] if len(said) > most else []
    return [*(spoken.entry(asking, line) for line in said[:most]), *more]


def _of_person(asking: Asking, member_id: int, on: date) -> Reply:
    rows = check_ins_between(asking.session, on, on, members=[member_id])
    seen = spoken.seen_by(asking, spoken.lines_of(asking, rows), asking.me)
    shown, apart = _parted(asking, seen)
    alone = asking.overheard and not shown
    if alone:  # that somebody said nothing, or nothing for everybody, is told to the asker only
        shown, apart = seen, []
    away = away_among(asking.session, [member_id], on).get(member_id)
    facts = {
        "who": asking.called(member_id, aloud=asking.overheard),
        "on": on,
        "today": on == asking.today,
        "any": bool(shown),
        "away": away is not None,
    }
    parts = Say("their_day", facts, role="title"), *_lines(asking, shown), _around(asking, Who("member", f"m{member_id}"), on)
    return Reply(parts, card=f"day-m{member_id}", private=alone, aside=_aside(asking, apart))


def _parted(asking: Asking, seen: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """What may stand where it was asked, and what comes to the asker alone."""
    if not asking.overheard:
        return list(seen), []
    public = spoken.seen_by(asking, seen, EVERYBODY)
    return public, [line for line in seen if line not in public]


def _aside(asking: Asking, apart: Sequence[Line]) -> Reply | None:
    return Reply((Say("only_you_see", role="title"), *_lines(asking, apart)), private=True) if apart else None


def _of_team(asking: Asking, named: Named, on: date) -> Reply:
    _, team_id = references.owner(asking, named)
    team = team_by_id(asking.session, team_id)
    assert team is not None
    inside = list(dict.fromkeys([*members_in(asking.session, [team_id])[team_id], *([team.lead_id] if team.lead_id else [])]))
    away = away_among(asking.session, inside, on)
    rows = check_ins_between(asking.session, on, on, members=inside)
    said = spoken.lines_of(asking, rows)
    shown, apart = _parted(asking, spoken.seen_by(asking, said, asking.me))
    spoke = {row.member_id for row in rows}
    asking.meet([*spoke, *away])
    there = [m for m in inside if m in spoke or m not in away]
    facts = {
        "name": team.name,
        "on": on,
        "today": on == asking.today,
        "said": len(spoke),
        "there": len(there),
        "away": [asking.called(m, aloud=asking.overheard) for m in inside if m in away][:MOST_PEOPLE],
    }
    parts: list[Part] = [Say("team_day_title", facts, role="title"), Say("team_day_count", facts, role="note")]
    parts += _by_member(asking, inside, shown)
    return Reply((*parts, _around(asking, Named(team.name), on)), card=f"day-t{team_id}", aside=_aside(asking, apart))


def _by_member(asking: Asking, inside: Sequence[int], shown: Sequence[Line]) -> list[Part]:
    """Each member's lines under their name; as many people as there is room for."""
    spoke = [m for m in inside if any(line.row.member_id == m for line in shown)]
    parts: list[Part] = []
    for member in spoke[:MOST_PEOPLE]:
        parts.append(Say("day_of", {"who": asking.called(member, aloud=asking.overheard)}, role="title"))
        parts += _lines(asking, [line for line in shown if line.row.member_id == member], 5)
    if len(spoke) > MOST_PEOPLE:
        parts.append(Say("more_people", {"count": len(spoke) - MOST_PEOPLE}, role="note"))
    return parts
