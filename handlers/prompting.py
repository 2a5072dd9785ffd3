"""The prompts as people see them: the day's question with the values that are due, what waits in the morning, and what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.replies import Amount, Button, Buttons, Copy, Form, Part, Reply, Rule, Say
from handlers import actions, cards, labels, together
from handlers.asking import Asking
from handlers.digests import ahead, mornings
from handlers.forms import day
from handlers.forms.day import Pair, last_value
from handlers.forms.rows import Filled
from handlers.reviewing import card, spans
from handlers.reviewing.facts import Picture, picture
from handlers.reviewing.spans import Period
from handlers.rules.calendar import local_day
from handlers.views import look
from storage.actions import actions_brought
from storage.checkins import CheckIn
from storage.okrs import Cycle, KeyResult, Objective, Request, key_results_by_id, objectives_by_id
from storage.outbox import was_sent
from storage.owing import NOON, key_of
from storage.pulse import Prompt, open_prompts
from storage.waiting import drafts_brought, owned_on, requests_brought, said_on

MOST_DUE = 8
MOST_ACTIONS = 8


def due_pairs(asking: Asking, prompt: Prompt) -> list[Pair]:
    """The member's key results that a prompt asks about: those due by their rhythm on its day, in a review all of them."""
    every = spans.looks_back(asking, prompt)
    rows = [(kr, o) for kr, o in owned_on(asking.session, asking.me, prompt.on) if every or is_due(kr, prompt.on)]
    wanted, parents = {kr.id for kr, _ in rows}, {o.id: o for _, o in rows}
    views = look(asking.session, parents.values(), asking.today, asking.reader)
    cards.meet_all(asking, views)
    return [(kr, view) for view in views for kr in view.key_results if kr.row.id in wanted]


def is_due(row: KeyResult, on: date) -> bool:
    """Whether a new value is asked for on a day."""
    return row.checked_on is None or (on - row.checked_on).days >= row.rhythm


def asked(asking: Asking, prompt: Prompt) -> Reply:
    """A prompt that waits for an answer: a review, or the day's form, lines to answer, and the quick answers as buttons."""
    return _looking_back(asking, prompt) if spans.looks_back(asking, prompt) else of_the_day(asking, prompt)


def _looking_back(asking: Asking, prompt: Prompt) -> Reply:
    """The review of the prompt's period, with the day's quick answers below it."""
    found = _review_of(asking, prompt)
    shown = card.shown(asking, found)
    values = Button("button_values", f"fill #q{prompt.id}", prompt.version)
    how = Say("prompt_how", {"due": len(found.counted), "kind": prompt.kind}, role="note")
    quick = _quick(prompt, today=prompt.on == asking.today)
    facts = {"kind": prompt.kind, "on": prompt.on, "today": prompt.on == asking.today, "start": prompt.start, "end": prompt.end}
    title = Say("prompt_title", facts, role="title")
    said = ahead.told(asking, due_pairs(asking, prompt)) if prompt.on == asking.today else []
    return Reply(
        (title, *said, *shown.parts[1:], how, cards.row_of(values, *quick[0].buttons), *quick[1:]), card=f"q{prompt.id}", private=True
    )


def _review_of(asking: Asking, prompt: Prompt) -> Picture:
    """What a prompt asks to look back on."""
    start, end = prompt.start or prompt.on, prompt.end or prompt.on
    period = Period(start, end, spans.rhythm(asking)[0], prompt.on)
    return picture(asking, period, spans.standing(asking, end))


def of_the_day(asking: Asking, prompt: Prompt) -> Reply:
    """What a prompt asks to fill in: the day's line, and the values that are due."""
    due = due_pairs(asking, prompt)
    pairs = due[:MOST_DUE]
    kind = prompt.kind if spans.looks_back(asking, prompt) else "daily"
    facts = {"kind": kind, "on": prompt.on, "today": prompt.on == asking.today, "start": prompt.start, "end": prompt.end}
    parts: list[Part] = [Say("prompt_title", facts, role="title"), Say("prompt_how", {"due": len(pairs), "kind": kind}, role="note")]
    parts += ahead.told(asking, due) if prompt.on == asking.today else []
    parts += [cards.key_result_item(asking, kr, view, brief=True, apart=True) for kr, view in pairs]
    parts.append(Copy(_lines(asking, prompt, pairs)))
    return Reply(
        tuple(parts),
        card=f"q{prompt.id}",
        private=True,
        form=form_of(asking, prompt, pairs),
        after=_quick(prompt, today=prompt.on == asking.today),
    )


def form_of(asking: Asking, prompt: Prompt, pairs: Sequence[Pair]) -> Form:
    """The prompt's form, with the last values filled in."""
    filled = Filled({f"value_{kr.row.id}": last for kr, _ in pairs if (last := last_value(kr))})
    return day.form(asking, pairs, filled, prompt=prompt)


def _quick(prompt: Prompt, *, today: bool) -> tuple[Buttons, ...]:
    name, version = f"#q{prompt.id}", prompt.version
    answers = (
        Button("button_same", f"same {name}", version),
        Button("button_skip", f"skip {name}", version, facts={"today": today}),
        Button("button_in_an_hour", f"snooze 60m {name}", version),
        Button("button_tomorrow", f"snooze tomorrow {name}", version),
    )
    return Buttons(answers), Buttons((Button("button_why", f"why {name}"), Button("button_mute", "mute")))


def _lines(asking: Asking, prompt: Prompt, pairs: Sequence[Pair]) -> str:
    """What can be copied, changed and sent back: a line for each value, and the plan."""
    lines = []
    on = "" if prompt.on == asking.today else f" on {prompt.on.isoformat()}"
    for kr, view in pairs:
        stage = next((s.title for s in kr.stages if not s.done), "")
        value = last_value(kr) or (f"{stage} done" if stage else "")
        lines.append(f"{labels.key_result(asking, kr.row, view.row)} {value}".strip() + on)
    return "\n".join([*lines, "下一步：" if asking.locale == "zh" else "next: "])


def settled(asking: Asking, prompt: Prompt) -> Reply:
    """A prompt that was dealt with: what was said for its day, in short, with the way to say more."""
    parts: list[Part] = [
        Say("prompt_settled", facts_of(prompt), role="title"),
        *said(asking, said_on(asking.session, asking.me, prompt.on)),
    ]
    more = Button("button_say_more" if prompt.state == "answered" else "button_fill_in", f"fill #q{prompt.id}", prompt.version)
    parts.append(cards.row_of(more, *([Button("button_review", f"review {prompt.end}")] if prompt.kind == "xun" else [])))
    return Reply(tuple(parts), card=f"q{prompt.id}", private=True)


def facts_of(prompt: Prompt) -> dict[str, Any]:
    """What a prompt was about and what became of it."""
    return {"kind": prompt.kind, "on": prompt.on, "state": prompt.state, "start": prompt.start, "end": prompt.end}


def said(asking: Asking, rows: Sequence[CheckIn]) -> list[Say]:
    """What was said for a day, a line each."""
    of = key_results_by_id(asking.session, [r.key_result_id for r in rows if r.key_result_id])
    parents = objectives_by_id(asking.session, [kr.objective_id for kr in of.values()])
    lines = []
    for row in rows:
        kr = of.get(row.key_result_id or 0)
        ref = labels.key_result(asking, kr, parents[kr.objective_id]) if kr else ""
        value = Amount(row.value, kr.metric, kr.unit) if kr and row.value is not None else None
        words = {"note": row.note, "blocker": row.blocker, "plan": row.plan, "confidence": row.confidence, "late": row.late}
        lines.append(Say("day_said", {"ref": ref, "value": value, **words}))
    return lines


def morning(asking: Asking, prompt: Prompt) -> Reply | None:
    """What waits this morning, in one message; None when nothing does any more."""
    waiting = brought_back(asking, prompt.on)
    late = next((p for p in open_prompts(asking.session, asking.me, asking.now) if p.on < prompt.on and _asks_again(asking, p)), None)
    if late is not None:
        again = asked(asking, late)
        if again.form is None:  # nothing stands below a form that is not there
            return replace(again, card=f"q{prompt.id}", parts=(*again.parts, *((Rule(), *waiting) if waiting else ())))
        return replace(again, card=f"q{prompt.id}", after=(*again.after, *((Rule(), *waiting) if waiting else ())))
    if not waiting:
        return None
    digest_alone = isinstance(waiting[0], Say) and waiting[0].prompt == "morning_digest"
    title = () if digest_alone else (Say("morning_title", role="title"),)
    buttons = Buttons((Button("button_why", f"why #q{prompt.id}"), Button("button_mute", "mute")))
    return Reply((*title, *waiting, buttons), card=f"q{prompt.id}", private=True)


def waits(asking: Asking, prompt: Prompt) -> bool:
    """Whether a prompt still waits for an answer: something said for its day while it was being planned is one."""
    if prompt.state != "open":
        return False
    return spans.looks_back(asking, prompt) or not said_on(asking.session, asking.me, prompt.on)


def _asks_again(asking: Asking, prompt: Prompt) -> bool:
    """Whether a day that was not answered is brought back: if it was asked for, and not to who is asked in the morning anyway."""
    wanted = asking.member.prompted and (prompt.moved or asking.member.prompt_at >= NOON)
    return wanted and waits(asking, prompt) and was_sent(asking.session, key_of(prompt))


def brought_back(asking: Asking, on: date) -> list[Part]:
    """Actions that are due, requests that nobody answered, for the one asked and the asker, drafts that nobody published, the digest."""
    return [*_waiting(asking, on), *mornings.compact(asking, on)]


def _waiting(asking: Asking, on: date) -> list[Part]:
    parts: list[Part] = [*_due_actions(asking, on), *_requests(asking, on)]
    for view in look(asking.session, drafts_brought(asking.session, asking.me, on), asking.today, asking.reader):
        parts += _draft(asking, view.row, view.cycle)
    return parts


def _due_actions(asking: Asking, on: date) -> list[Part]:
    rows = actions.seen(asking, actions_brought(asking.session, asking.me, on))
    if not rows:
        return []
    parts: list[Part] = [Say("brought_actions", {"count": len(rows)}, role="note"), *actions.action_lines(asking, rows[:MOST_ACTIONS])]
    return parts if len(rows) <= MOST_ACTIONS else [*parts, Say("actions_left", {"count": len(rows) - MOST_ACTIONS}, role="note")]


def _requests(asking: Asking, on: date) -> list[Part]:
    rows = requests_brought(asking.session, asking.me, on)
    of = together.about_all(asking, rows)
    known = {o.id for o in asking.sees([a.parent for a in of.values() if a.parent])}
    asking.meet([m for r in rows for m in (r.by_id, r.to_id)])
    parts: list[Part] = []
    for request in rows:
        if request.objective_id in known:
            mine = request.to_id == asking.me
            parts += (_brought_to if mine else _brought_by)(asking, request, of[request.id or 0])
    return parts


def _brought_to(asking: Asking, request: Request, of: together.About) -> tuple[Part, ...]:
    since = local_day(request.made_at, asking.zone)
    title = Say("brought_to", {"who": asking.person(request.by_id), "since": since}, role="note")
    return (title, *together.request_parts(asking, request, of))


def _brought_by(asking: Asking, request: Request, of: together.About) -> tuple[Part, ...]:
    facts = {"who": asking.person(request.to_id), "ref": of.ref, "title": of.title, "text": request.text, "kind": request.kind}
    return Say("brought_by", facts), *(
        (Copy(f"{'求助' if asking.locale == 'zh' else 'help'} {of.ref} @… {request.text}".strip()),) if request.key_result_id else ()
    )


def _draft(asking: Asking, row: Objective, cycle: Cycle) -> tuple[Part, ...]:
    ref = labels.objective(asking, row)
    facts = {"ref": ref, "title": row.title, "cycle": cycle.name, "start": cycle.start, "begun": cycle.start <= asking.today}
    publish = Button("button_publish", f"publish #o{row.id}", row.version, "primary", facts={"ref": ref})
    return Say("draft_waits", facts), cards.row_of(publish, Button("button_open", f"#o{row.id}", row.version, facts={"ref": ref}))
