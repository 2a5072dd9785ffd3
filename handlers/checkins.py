"""Check-ins: values, confidence, notes and blockers on key results, and the day's own line."""

from datetime import date
from typing import Any

from bot.commands import CheckIn as CheckInCommand
from bot.commands import DayNote, Line, Ref
from bot.grammar import dates
from bot.replies import Button, Copy, Part, Reply, Say
from handlers import answering, cards, daily_thread, labels, line_coach, people, references
from handlers.acting import add_action
from handlers.asking import Asking
from handlers.doubts import question, scale_of, which_one
from handlers.echoes import Recorded, echo_parts
from handlers.examples import example
from handlers.forms import day
from handlers.looking import key_result_card, own_pairs
from handlers.outbox import tell_request
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rules import readings
from handlers.rules.progress import holds, staged
from handlers.rules.readings import Doubt, Is, Stages
from handlers.views import KeyResultView, look
from storage.access import may_check_in
from storage.checkins import CheckIn
from storage.follows import follows
from storage.okrs import KeyResult, Objective, Request, Stage, cycle_by_id, stages_in

MOST_LINES = 40
LONGEST_NOTE = 4000
DONE_WORDS = ("done", "is done", "completed", "complete", "finished", "完成", "搞定", "做完")


def check_in(asking: Asking, command: CheckInCommand) -> Reply:
    """Stores every line that is clear; asks about the others and keeps what was typed."""
    if not command.lines:
        return _which(asking)
    if len(command.lines) > MOST_LINES:
        raise Refusal("too_many_lines", count=len(command.lines), most=MOST_LINES)
    if len(command.lines) == 1:
        return _alone(asking, command.lines[0])
    pen, stored, open_ones = Pen(asking, "checked_in"), [], []
    for line in command.lines:
        try:
            outcome = stored_or_asked(asking, pen, line)
        except Refusal as refusal:
            outcome = Reply((*refusal.reply().parts, Copy(people.readable(asking, line.raw))), tone="refusal")
        if isinstance(outcome, Recorded):
            stored.append(outcome)
        else:
            open_ones.append(outcome)
    return echo(asking, pen, stored, open_ones)


def _alone(asking: Asking, line: Line) -> Reply:
    pen = Pen(asking, "checked_in")
    outcome = stored_or_asked(asking, pen, line)
    return echo(asking, pen, [outcome], []) if isinstance(outcome, Recorded) else outcome


def day_note(asking: Asking, command: DayNote) -> Reply:
    """Keeps a text as the day's own line."""
    return _alone(asking, Line(None, note=command.text, raw=command.text))


def _which(asking: Asking) -> Reply:
    """`checkin` alone: one's key results, each with its button, and how a line is typed."""

    pairs = own_pairs(asking)
    if not pairs:
        raise Refusal("nothing_to_check_in", copy=example(asking, "example_new").text)
    items = [cards.key_result_item(asking, kr, view, buttons=(cards.update_button(kr),), brief=True, apart=True) for kr, view in pairs]
    parts: tuple[Part, ...] = (Say("check_in_how", role="title"), *items, example(asking, "example_check_in"))
    return Reply(parts, card="checkin", private=True, form=day.form(asking, pairs))


def stored_or_asked(asking: Asking, pen: Pen, line: Line, *, exact: bool = False) -> Recorded | Reply:
    """Stores one line, or answers with a question about it. Nothing is written before everything about it is clear.

    exact: the value is meant as it stands, however far from the last one.
    """
    on = day_of(asking, line)
    _fits(line)
    if line.ref is None:
        return _day_line(asking, pen, line, on)
    try:
        row, parent = references.key_result(asking, line.ref, lock=True)
    except references.Ambiguous as which:
        return which_one(asking, line, which)
    allowed(asking, row, parent)
    if _says_nothing(line):
        return _ask_value(asking, row, parent)
    if asking.pressed and asking.message.drawn != row.version:
        return key_result_card(
            asking, Ref(id=f"k{row.id}"), said=(Say("changed_meanwhile", {"ref": labels.key_result(asking, row, parent)}, role="warning"),)
        )
    cycle = cycle_by_id(asking.session, parent.cycle_id)
    if cycle and asking.today < cycle.start:
        raise Refusal("cycle_not_begun", ref=labels.key_result(asking, row, parent), cycle=cycle.name, start=cycle.start)
    if cycle and on < cycle.start:
        raise Refusal("before_cycle", day=on, cycle=cycle.name, start=cycle.start)
    stages = list(stages_in(asking.session, [row.id or 0])) if row.metric == "stages" else []
    reading = reading_of(asking, line, row, stages, exact=exact)
    if isinstance(reading, Doubt):
        return question(asking, line, (row, parent), reading)
    return _store(asking, pen, line, (row, parent), (on, reading, stages))


def _says_nothing(line: Line) -> bool:
    return not (line.value or line.confidence is not None or line.note or line.blocker or line.plan or line.people)


def _fits(line: Line) -> None:
    for text in (line.note, line.blocker, line.plan):
        if len(text) > LONGEST_NOTE:
            raise Refusal("note_too_long", length=len(text), most=LONGEST_NOTE)


def day_of(asking: Asking, line: Line) -> date:
    """The day that a line is about: the one it says, that of the prompt it answers, or today."""
    if line.on is None:
        prompt = asking.prompt
        return prompt.on if prompt is not None and answering.counts_still(prompt, asking.now) else asking.today
    day = dates.past(line.on, asking.today)
    if day is None:
        raise Refusal("day_to_come", copy=people.readable(asking, line.raw))
    return day


def allowed(asking: Asking, row: KeyResult, parent: Objective) -> None:
    ref = labels.key_result(asking, row, parent)
    if not may_check_in(asking.session, row, parent, asking.me):
        raise Refusal("not_yours_to_check_in", ref=ref, owner=asking.person(row.owner_id), copy=f"help #k{row.id} …")
    if parent.state == "draft":
        button = Button(
            "button_publish", f"publish #o{parent.id}", parent.version, "primary", facts={"ref": labels.objective(asking, parent)}
        )
        raise Refusal("draft_takes_none", ref=ref, objective=labels.objective(asking, parent), buttons=(button,))
    if parent.state != "published":
        raise Refusal("objective_is_over", ref=ref, state=parent.state)


def reading_of(asking: Asking, line: Line, row: KeyResult, stages: list[Stage], *, exact: bool = False) -> Is | Stages | Doubt | None:
    if line.value is None or (line.value.kind == "stage" and row.metric != "stages"):
        return None  # `review done` on what has no stages is just a note
    if (asking.pressed or exact) and line.value.kind == "set" and line.value.quantity is not None and row.metric != "stages":
        return Is(line.value.quantity.value)
    return readings.read(line.value, scale_of(row, stages), loose=line.loose)


def _ask_value(asking: Asking, row: KeyResult, parent: Objective) -> Reply:
    [view] = look(asking.session, [parent], asking.today, asking.reader)
    cards.meet_all(asking, [view])
    kr = next(k for k in view.key_results if k.row.id == row.id)
    ref = labels.key_result(asking, row, parent)
    copy = example(asking, "example_value", ref=ref, metric=row.metric, stage=kr.stages[0].title if kr.stages else "")
    facts = {"ref": ref, "title": row.title, "metric": row.metric}
    item = cards.key_result_item(asking, kr, view, apart=True)
    buttons = _stage_buttons(kr) if row.metric == "stages" else _done_button(kr) if row.metric == "done" else ()
    extra: tuple[Part, ...] = (cards.row_of(*buttons),) if buttons else ()
    return Reply(
        (Say("say_value", facts, role="title"), item, *extra, copy),
        card=f"ask-k{row.id}",
        private=True,
        tone="question",
        form=day.form(asking, [(kr, view)]),
    )


def _stage_buttons(kr: KeyResultView) -> tuple[Button, ...]:
    left = [s for s in kr.stages if not s.done][:4]
    return tuple(Button("button_stage", f"checkin #k{kr.row.id} {s.title} done", kr.row.version, facts={"title": s.title}) for s in left)


def _done_button(kr: KeyResultView) -> tuple[Button, ...]:
    return (Button("button_done", f"checkin #k{kr.row.id} done", kr.row.version, "primary"),)


def _day_line(asking: Asking, pen: Pen, line: Line, day: date) -> Recorded:
    made = _row(asking, line, None, day, None)
    pen.add(made, field="live", absent=False)
    return Recorded(None, None, made, None, newest=True, untold=bool(line.people) and bool(line.blocker))


def _row(asking: Asking, line: Line, row: KeyResult | None, day: date, value: float | None) -> CheckIn:
    message = asking.message
    return CheckIn(
        key_result_id=row.id if row else None,
        member_id=asking.me,
        on=day,
        value=value,
        confidence=line.confidence,
        note=people.readable(asking, _note(line, row)),
        blocker=people.readable(asking, line.blocker),
        plan=people.readable(asking, line.plan),
        source=message.sender.platform,
        channel=message.place.channel if message.message else "",
        message=message.message if message.entry in ("direct", "mention") else "",
        shared=message.place.shared,
        made_at=asking.now,
        late=asking.prompt is not None and day == asking.prompt.on and day < asking.today,
    )


def _note(line: Line, row: KeyResult | None) -> str:
    """What was said beside the value: the words that named a stage as done are the value itself."""
    named = row is not None and row.metric == "stages" and line.value is not None and line.value.kind == "stage"
    return (
        ""
        if named and line.value and line.note.replace(line.value.stage, "").strip(" :：已经了.。!！").lower() in DONE_WORDS
        else line.note
    )


def _store(
    asking: Asking, pen: Pen, line: Line, on: tuple[KeyResult, Objective], meant: tuple[date, Is | Stages | None, list[Stage]]
) -> Recorded:
    (row, parent), (day, reading, stages) = on, meant
    old, was_breached = row.current, _breached(row)
    with pen.at_once():
        value = value_of(pen, reading, stages)
        made = _row(asking, line, row, day, value)
        pen.add(made, field="live", absent=False)
        newest = row.checked_on is None or day >= row.checked_on
        done = Recorded(row, parent, made, old, newest, was_breached, baseline=_needs_baseline(row, value))
        fields: dict[str, Any] = {"current": value, "checked_on": day} if value is not None and newest else {}
        if done.baseline and fields:
            fields |= {"start": value, "start_said": True}
        if line.confidence is not None and newest:
            fields["confidence"] = line.confidence
        pen.set(row, **fields)
    if line.value and line.value.came_from:
        done.came_from = line.value.came_from.value
    _ask_people(asking, pen, line, done)
    return done


def value_of(pen: Pen, reading: Is | Stages | None, stages: list[Stage]) -> float | None:
    if isinstance(reading, Is):
        return float(reading.value)
    if isinstance(reading, Stages):
        for place in reading.done:
            pen.set(stages[place], done=True)

        return staged([(s.weight, s.done) for s in stages])
    return None


def _needs_baseline(row: KeyResult, value: float | None) -> bool:
    return (
        value is not None
        and row.start is None
        and row.direction == "down"
        and not row.guardrail
        and row.metric in ("number", "percent", "currency")
    )


def _breached(row: KeyResult) -> bool:

    return row.guardrail and row.current is not None and row.target is not None and not holds(row.current, row.target, row.bound)


def _ask_people(asking: Asking, pen: Pen, line: Line, done: Recorded) -> None:
    """Asks everybody who is mentioned: to clear the blocker if there is one, else to join in."""
    assert done.key_result is not None
    text = people.readable(asking, line.blocker or line.note)
    for who in line.people:
        member = people.known(asking, who)
        if member is None or member.id is None:
            done.strangers.append(people.label(asking, who))
        elif member.id not in (asking.me, *done.told):
            request = Request(
                kind="blocker" if line.blocker else "join",
                objective_id=done.key_result.objective_id,
                key_result_id=done.key_result.id,
                check_in_id=done.check_in.id,
                by_id=asking.me,
                to_id=member.id,
                text=text,
                state="open",
                made_at=asking.now,
            )
            pen.add(request, field="state", absent="withdrawn")
            if line.blocker:
                done.actions.append(_to_clear(asking, pen, request))
            tell_request(asking, request)
            done.told.append(member.id)


def _to_clear(asking: Asking, pen: Pen, request: Request) -> int:
    """What holds somebody up is an action of whoever is asked to clear it; its number."""
    on, to = request.objective_id, request.to_id
    made = add_action(asking, pen, request.text, owner_id=to, objective_id=on, key_result_id=request.key_result_id, request_id=request.id)
    return made.number


def echo(asking: Asking, pen: Pen, stored: list[Recorded], open_ones: list[Reply]) -> Reply:
    """What was stored, old → new, with Undo; then what is still open."""
    asked = tuple(part for reply in open_ones for part in reply.parts)
    if not stored:
        tone = "refusal" if all(reply.tone == "refusal" for reply in open_ones) else "question"
        return Reply(asked, private=True, tone=tone)  # type: ignore[arg-type]
    after = follows(asking.session, asking.me, [r.check_in.on for r in stored])
    if after.asked:
        answering.settle(asking, pen, after.asked)
    if after.thread:
        daily_thread.post(asking, pen.number, [r.check_in for r in stored])
    parts = echo_parts(asking, stored, pen.number)
    late = asking.prompt is not None and not answering.counts_still(asking.prompt, asking.now)
    if late and asking.prompt is not None and any(r.check_in.on == asking.today for r in stored):
        parts.insert(1, Say("prompt_over", {"on": asking.prompt.on}, role="note"))
    parts += line_coach.remark(asking, stored)
    private = any(r.objective is not None and r.objective.visibility == "private" for r in stored)
    aside = Reply((Say("still_open", {"count": len(open_ones)}, role="title"), *asked), private=True, tone="question") if asked else None
    return Reply(tuple(parts), card=f"c{pen.number}", private=private, aside=aside)
