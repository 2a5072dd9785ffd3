"""Undo: takes back one's newest act of the last day, unless the same field was changed since. Undoing an undo redoes it."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlmodel import select

from bot.commands import Ref, Undo
from bot.replies import Button, Copy, Part, Reply, Say
from handlers import answering, cards, daily_thread, labels, references, scoring
from handlers.actions import action_lines
from handlers.afterwards import tell_other_sides, tell_owners
from handlers.asking import Asking
from handlers.examples import example
from handlers.looking import key_result_card
from handlers.pen import Pen, Row, table_of
from handlers.refusals import Refusal
from handlers.views import look
from storage.actions import Action, action_by_id
from storage.checkins import CheckIn, check_ins_by_id
from storage.journal import Act, Change, act_by_id, changes_of, later_changes, newest_act
from storage.lessons import Lesson, LessonShown
from storage.okrs import (
    Cycle,
    KeyResult,
    Objective,
    Request,
    Stage,
    holds_anything,
    key_result_by_id,
    objectives_by_id,
    objectives_owned,
)
from storage.people import Team, TeamMember, team_by_id
from storage.pulse import Prompt
from storage.reviews import Review, ReviewEntry, review_by_id
from storage.sharing import Comment, Share
from storage.waiting import said_on

WINDOW = timedelta(hours=24)
_WRITTEN = ("result", "analysis", "insight", "text")
_QUIET = ("checked_on", "published_at", "start_said", "kind_said", "snoozed", "moved", "done_at", "nudged_on")


def undo(asking: Asking, command: Undo) -> Reply:
    """Takes an act back; by a button the act it names, typed the newest one."""
    act = _meant(asking, command)
    act = act_by_id(asking.session, act.id or 0, lock=True) or act
    changes = list(changes_of(asking.session, act.id or 0))
    for change in changes:
        _row(asking, change, lock=True)
    if not _in_sight(asking, changes):
        raise Refusal("nothing_to_undo", copy=example(asking, "example_correct").text)
    if act.undone_by is not None:
        return _as_it_is(asking, act)
    _refuse_overtaken(asking, changes)
    for change in changes:
        _refuse_orphans(asking, change)
    pen = Pen(asking, "undone" if act.forward else "redone", undoes=act)
    for change in reversed(changes):
        row = _row(asking, change)
        if row is not None:
            pen.set(row, **{change.field: _value(row, change.field, change.old)})
    if any(change.field == "score" for change in changes):
        scoring.roll_up(asking, pen, _touched(asking, changes))
    act.undone_by = pen.act
    asking.session.add(act)
    _show_anew(asking, changes, pen)
    tell_other_sides(asking, [row for c in changes if c.thing[0] == "r" and isinstance(row := _row(asking, c), Request)])
    tell_owners(asking, [row for c in changes if c.thing[0] == "e" and c.field == "state" and isinstance(row := _row(asking, c), Action)])
    return _told(asking, act, changes, pen)


def _show_anew(asking: Asking, changes: Sequence[Change], pen: Pen) -> None:
    """Where what was taken back is shown, in a day's card or a team's channel, it is shown as it is now."""
    said = check_ins_by_id(asking.session, {int(c.thing[1:]) for c in changes if c.thing[0] == "i"})
    asked = [row for c in changes if c.thing[0] == "q" and isinstance(row := _row(asking, c), Prompt)]
    for prompt in asked:
        if prompt.state == "open" and said_on(asking.session, asking.me, prompt.on):
            pen.set(prompt, state="answered")  # what else was said for that day stands
    if (said or asked) and pen.act is not None:
        answering.shown_anew(asking, pen, [*(row.on for row in said), *(row.on for row in asked)])
        daily_thread.mend(asking, [row.id or 0 for row in said], pen.act)


def _meant(asking: Asking, command: Undo) -> Act:
    number = references.number_of(command.id, "c") if command.id else None
    act = act_by_id(asking.session, number) if number else None
    if command.id:
        if act is None or not _in_sight(asking, changes_of(asking.session, act.id or 0)):
            raise Refusal("nothing_to_undo", copy=example(asking, "example_correct").text)
        if act.by_id != asking.me:
            raise Refusal("not_yours_to_undo", who=asking.person(act.by_id))
        if act.undone_by is None and asking.now - act.at > WINDOW:
            raise Refusal("too_late_to_undo", at=act.at, copy=example(asking, "example_correct").text)
        return act
    newest = newest_act(asking.session, asking.me, asking.now - WINDOW)
    if newest is None:
        raise Refusal("nothing_to_undo", copy=example(asking, "example_correct").text)
    return newest


def _refuse_overtaken(asking: Asking, changes: list[Change]) -> None:
    """Refuses when a later act changed one of the same fields, and shows both."""
    for change in changes:
        if _rolled_up(change):
            continue
        later = [(c, a) for c, a in later_changes(asking.session, change) if c.field not in _QUIET and a.id != change.act_id]
        if later and change.field not in _QUIET:
            newer, act = later[-1]
            row = _row(asking, change)
            review = _review_of(asking, row)
            if review is not None:  # what stands in a review is long, and how it stands is no word for anybody
                raise Refusal("review_changed_since", start=review.start, end=review.end, copy=f"review {review.end}")
            facts: dict[str, Any] = {"what": _name(asking, change), "field": change.field, "who": asking.person(act.by_id), "at": act.at}
            own: dict[str, Any] = {
                name: cards.field_fact(asking, row, change.field, kept)
                for name, kept in (("old", change.old), ("yours", change.new), ("now", newer.new))
            }
            raise Refusal("changed_since", **facts, **own)


def _review_of(asking: Asking, row: Row | None) -> Review | None:
    """The review that a change was of, be it of one of its entries."""
    if isinstance(row, ReviewEntry):
        return review_by_id(asking.session, row.review_id)
    return row if isinstance(row, Review) else None


def _rolled_up(change: Change) -> bool:
    """Whether a field is but what others come to: an objective's score, which is reckoned anew."""
    return change.thing.startswith("o") and change.field == "score"


def _refuse_orphans(asking: Asking, change: Change) -> None:
    """Refuses to take back what others have built on since: a team that owns something, a cycle that holds something, a lead's place."""
    row, before = _row(asking, change), json.loads(change.old)
    if isinstance(row, Team) and before == "dissolved":
        owned = [o for o in objectives_owned(asking.session, "team", row.id or 0) if o.state in ("draft", "published")]
        if owned:
            titles = [(f"O{o.number}", o.title) for o in owned[:5]]
            raise Refusal("team_owns", name=row.name, titles=titles, drafts=all(o.state == "draft" for o in owned))
    if isinstance(row, Cycle) and before == "away" and holds_anything(asking.session, row.id or 0):
        raise Refusal("cycle_holds", name=row.name)
    if isinstance(row, TeamMember) and change.field == "state" and before == "out":
        team = team_by_id(asking.session, row.team_id)
        if team is not None and team.lead_id == row.member_id and not _made_with(asking, change, team):
            raise Refusal("member_leads_team", who=asking.person(row.member_id), name=team.name)


def _made_with(asking: Asking, change: Change, team: Team) -> bool:
    """Whether the act that brought somebody in also made the team or gave it its lead, which is taken back with it."""
    whole = changes_of(asking.session, change.act_id)
    return any(c.thing == f"t{team.id}" and c.field in ("state", "lead_id") for c in whole)


def _name(asking: Asking, change: Change) -> str:
    row = _row(asking, change)
    if isinstance(row, Action):
        return f"A{row.number}"
    if isinstance(row, Request) and row.key_result_id:
        row = key_result_by_id(asking.session, row.key_result_id) or row
    if isinstance(row, KeyResult):
        parent = objectives_by_id(asking.session, [row.objective_id])[row.objective_id]
        return labels.key_result(asking, row, parent)
    return labels.objective(asking, row) if isinstance(row, Objective) else change.thing


def _row(asking: Asking, change: Change, *, lock: bool = False) -> Row | None:
    table, number = table_of(change.thing)
    wanted = select(table).where(table.id == number)  # type: ignore[union-attr]
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return cast(Row | None, asking.session.exec(wanted).first())


def _value(row: Row, field: str, text: str) -> Any:
    """A kept value as its column holds it."""
    value = json.loads(text)
    kind = str(type(row).model_fields[field].annotation)
    if isinstance(value, str) and "datetime.datetime" in kind:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and "date" in kind else value


def _told(asking: Asking, act: Act, changes: list[Change], pen: Pen) -> Reply:
    lines: list[Part] = []
    for change in changes:
        row = _row(asking, change)
        if isinstance(row, KeyResult | Objective) and change.field not in _QUIET:
            old, new = (cards.field_fact(asking, row, change.field, kept) for kept in (change.new, change.old))
            facts = {"what": _name(asking, change), "field": change.field, "old": old, "new": new}
            lines.append(Say("undone_line", facts))
        elif isinstance(row, CheckIn) and change.field == "live" and row.value is None:
            lines.append(Say("undone_note", {"text": row.note or row.blocker or row.plan}))
    head = Say("undone_title" if act.forward else "redone_title", {"what": act.what}, role="title")
    button = Button("button_redo" if act.forward else "button_undo", f"undo #c{pen.act or 0}")
    card = asking.message.card if asking.pressed and asking.message.card else f"c{act.id}"
    lines += _actions(asking, changes)
    typed = _texts(changes, asking)
    return Reply((head, *lines, *typed, cards.row_of(button)), card=card, private=_touches_private(asking, changes))


def _actions(asking: Asking, changes: list[Change]) -> list[Part]:
    """The actions that an act was about as they are now; of what was taken back its text, so that it is not lost."""
    ids = dict.fromkeys(number for table, number in (table_of(c.thing) for c in changes) if table is Action)
    found = [a for a in (action_by_id(asking.session, number) for number in ids) if a is not None]
    open_ones = action_lines(asking, [a for a in found if a.state != "withdrawn"], named=True, buttons=False)
    return [*open_ones, *(Copy(a.text) for a in found if a.state == "withdrawn" and a.request_id is None)]


def _texts(changes: list[Change], asking: Asking) -> list[Part]:
    """The comments, the lessons and the notes of check-ins taken back, so that nothing typed is lost."""
    said = [_row(asking, c) for c in changes if c.thing.startswith("n") and c.field == "state"]
    taken: list[Part] = [Copy(row.text) for row in said if isinstance(row, Comment) and row.state == "withdrawn"]
    learnt = [_row(asking, c) for c in changes if c.thing.startswith("l") and c.field == "state"]
    taken += [Copy(row.text) for row in learnt if isinstance(row, Lesson) and row.state == "withdrawn"]
    rows = [_row(asking, c) for c in changes if c.thing.startswith("i") and c.field == "live"]
    taken += [Copy(json.loads(c.new)) for c in changes if c.thing[0] in "xe" and c.field in _WRITTEN and json.loads(c.new)]
    return taken + [Copy(row.note) for row in rows if isinstance(row, CheckIn) and row.note and row.value is not None and not row.live]


def _touches_private(asking: Asking, changes: Sequence[Change]) -> bool:
    own = any(change.thing[0] in "wx" for change in changes)  # a review is read by few
    return own or any(o.visibility == "private" or o.state in ("draft", "discarded") for o in _touched(asking, changes))


def _touched(asking: Asking, changes: Sequence[Change]) -> list[Objective]:
    """The objectives that an act was about."""
    ids: set[int] = set()
    for change in changes:
        row = _row(asking, change)
        if isinstance(row, CheckIn):
            row = key_result_by_id(asking.session, row.key_result_id) if row.key_result_id else None
        if isinstance(row, Stage | ReviewEntry):
            row = key_result_by_id(asking.session, row.key_result_id)
        if isinstance(row, Objective):
            ids.add(row.id or 0)
        elif isinstance(row, KeyResult | Request | Share | Comment | Lesson | LessonShown | Action) and row.objective_id:
            ids.add(row.objective_id)
    return list(objectives_by_id(asking.session, ids).values())


def _in_sight(asking: Asking, changes: Sequence[Change]) -> bool:
    """Whether the asker may still see all that an act was about."""
    touched = _touched(asking, changes)
    return len(asking.sees(touched)) == len(touched)


def _as_it_is(asking: Asking, act: Act) -> Reply:
    """A second press: what the act was about, as it stands now; nothing changes."""
    said = (Say("already_undone"),)
    card = asking.message.card or f"c{act.id}"
    for change in changes_of(asking.session, act.id or 0):
        row = _row(asking, change)
        if isinstance(row, KeyResult):
            shown = key_result_card(asking, Ref(id=f"k{row.id}"), said=said)
            return Reply(shown.parts, card, shown.private)
        if isinstance(row, Objective) and row.state in ("published", "closed"):
            [view] = look(asking.session, [row], asking.today, asking.reader)
            shown = cards.objective_card(asking, view)
            return Reply((*said, *shown.parts), card, shown.private)
    return Reply(said, card=card, private=True)
