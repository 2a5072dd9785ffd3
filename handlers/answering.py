"""Answers to prompts: which one a message answers, for which day it counts, and the quick ones: nothing new, skip, later, why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.commands import Fill, Same, Skip, Snooze
from bot.messages import Message
from bot.replies import Button, Copy, Part, Reply, Rule, Say
from handlers import cards, labels, prompting, references
from handlers.asking import Asking
from handlers.examples import example
from handlers.outbox import ANSWER_LANE, UNASKED_LANE, add
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rings import calendar_for
from handlers.rules.moments import day_over, off_the_hour
from storage.outbox import Owed, said_as, under_keys
from storage.owing import key_of
from storage.pulse import EVENING, MORNING, Prompt, open_prompts, prompt_by_id, prompt_on, prompts_before
from storage.waiting import owned_on

KINDS = ("daily", "xun", MORNING)
IN_A_ROW = 3


def of_thread(session: Session, message: Message, member_id: int, now: datetime) -> Prompt | None:
    """The prompt in whose thread something was said; of a morning's message the one that it brought back."""
    thread, sender = message.place.thread, message.sender
    if not thread or message.entry in ("press", "form", "hello"):
        return None
    subject = said_as(session, (sender.platform, sender.workspace), sender.user, thread, KINDS)
    prompt = prompt_by_id(session, references.number_of(subject, "q") or 0)
    if prompt is None or prompt.member_id != member_id:
        return None
    return _brought(session, prompt, now)


def _brought(session: Session, prompt: Prompt, now: datetime) -> Prompt | None:
    """The prompt itself; of a morning's message the day that it asks for again."""
    if prompt.slot == EVENING:
        return prompt
    return next((p for p in open_prompts(session, prompt.member_id, now) if p.on < prompt.on), None)


def waiting(asking: Asking) -> Prompt | None:
    """The latest prompt that the asker has not answered and that an answer still counts for."""
    return next(iter(open_prompts(asking.session, asking.me, asking.now, lock=True)), None)


def just_asked(asking: Asking) -> Prompt | None:
    """What the asker was asked today and has not answered: the day's question, or this morning the one of the day before."""
    prompt = waiting(asking)
    if prompt is None:
        return None
    asked = prompt if prompt.on >= asking.today else prompt_on(asking.session, asking.me, asking.today, MORNING)
    return prompt if asked is not None and _reached(asking.session, asked) else None


def named(asking: Asking, name: str, *, copy: str = "") -> Prompt | None:
    """The asker's prompt by its id ("q12", "12"), None for no name; a refusal that keeps what was typed for what is none of theirs."""
    if not name:
        return None
    prompt = prompt_by_id(asking.session, references.number_of(f"q{name.removeprefix('q')}", "q") or 0, lock=True)
    if prompt is None or prompt.member_id != asking.me:
        raise Refusal("prompt_gone", copy=copy)
    return _brought(asking.session, prompt, asking.now) or prompt


def counts_still(prompt: Prompt, now: datetime) -> bool:
    """Whether an answer still belongs to the prompt's day."""
    return now < prompt.until


def settle(asking: Asking, pen: Pen, days: Iterable[date]) -> None:
    """Marks as answered what the asker was asked for these days, also what they had skipped, and has their cards drawn anew."""
    for day in sorted(set(days)):
        prompt = prompt_on(asking.session, asking.me, day, lock=True)
        if prompt is None or not (prompt is asking.prompt or counts_still(prompt, asking.now)):
            continue
        if prompt.state != "answered":
            pen.set(prompt, state="answered")
        elif prompt is not asking.prompt:
            continue
        redraw(asking, prompt, pen)


def shown_anew(asking: Asking, pen: Pen, days: Iterable[date]) -> None:
    """Has the cards of these days' prompts drawn anew, because something said there was changed."""
    for day in set(days):
        prompt = prompt_on(asking.session, asking.me, day)
        if prompt is not None:
            redraw(asking, prompt, pen)


def redraw(asking: Asking, prompt: Prompt, pen: Pen) -> None:
    """Has the prompt's card show what became of it, unless the very answer takes its place; this morning's too, where it asked again."""
    _drawn_anew(asking, prompt, pen)
    if prompt.slot == EVENING and prompt.on < asking.today:
        again = prompt_on(asking.session, asking.me, asking.today, MORNING)
        if again is not None:
            _drawn_anew(asking, again, pen)


def _drawn_anew(asking: Asking, prompt: Prompt, pen: Pen) -> None:
    shown = _message_of(asking.session, prompt)
    if shown is None or (asking.message.message and asking.message.message == shown.sent_as):
        return
    owed = Owed(
        key=f"prompt-{prompt.id}-now-{pen.number}",
        platform=shown.platform,
        workspace=shown.workspace,
        lane=ANSWER_LANE,
        kind="prompt_now" if prompt.slot == EVENING else "morning_now",
        subject=f"q{prompt.id}",
        member_id=prompt.member_id,
        user=shown.user,
        edits=shown.key,
        due_at=asking.now,
        until=asking.now + timedelta(days=3),
    )
    add(asking.session, owed)


def _message_of(session: Session, prompt: Prompt) -> Owed | None:
    """The newest message of a prompt that went out."""
    return next((owed for owed in reversed(_messages_of(session, prompt)) if owed.state == "sent"), None)


def _reached(session: Session, prompt: Prompt) -> bool:
    """Whether a prompt was seen, as far as anybody knows: a message of it went out, is going out, or nobody can tell."""
    return any(owed.state == "sent" or owed.lease or owed.problem.startswith("uncertain") for owed in _messages_of(session, prompt))


def _messages_of(session: Session, prompt: Prompt) -> Sequence[Owed]:
    return under_keys(session, [key_of(prompt, step) for step in range(1, max(1, prompt.snoozed) + 1)])


# ---------------------------------------------------------------- the quick answers


def _meant(asking: Asking, name: str) -> Prompt:
    """The prompt named, or the one that waits; without either a prompt for today, so that it will not be asked any more."""
    prompt = named(asking, name) or asking.prompt or waiting(asking) or prompt_on(asking.session, asking.me, asking.today)
    if prompt is None:
        prompt = Prompt(member_id=asking.me, on=asking.today, state="open", until=_soon(asking), made_at=asking.now)
        asking.session.add(prompt)
        asking.session.flush()
    return prompt


def _soon(asking: Asking) -> datetime:
    return asking.now + timedelta(days=1)


def _as_it_is(asking: Asking, prompt: Prompt) -> Reply | None:
    """What is shown to a second press, or one that came too late; None when the prompt waits."""
    if prompt.state != "open":
        shown = prompting.settled(asking, prompt)
        return Reply((*shown.parts, *_rest(asking, prompt)), _card(asking, prompt), private=True)
    if not counts_still(prompt, asking.now):
        return Reply((Say("prompt_over", {"on": prompt.on}),), _card(asking, prompt), private=True)
    return None


def _rest(asking: Asking, prompt: Prompt) -> tuple[Part, ...]:
    """What else the morning's card brought back, when it is that one that was pressed."""
    number = references.number_of(asking.message.card, "q") if asking.message.card else None
    pressed = prompt_by_id(asking.session, number) if number and number != prompt.id else None
    if pressed is None or pressed.slot != MORNING or pressed.member_id != asking.me:
        return ()
    rest = prompting.brought_back(asking, pressed.on)
    return (Rule(), *rest) if rest else ()


def with_rest(asking: Asking, prompt: Prompt | None, reply: Reply) -> Reply:
    """An answer that takes the place of the morning's card, with what else stands there."""
    return reply if prompt is None else replace(reply, parts=(*reply.parts, *_rest(asking, prompt)))


def _card(asking: Asking, prompt: Prompt) -> str:
    """The card that a press redraws: the one pressed, be it the morning's."""
    return asking.message.card if asking.pressed and asking.message.card else f"q{prompt.id}"


def same(asking: Asking, command: Same) -> Reply:
    """Nothing new: no value's date is renewed; the third time in a row asks what is in the way."""
    prompt = _meant(asking, command.id)
    over = _as_it_is(asking, prompt)
    if over is not None:
        return over
    before = prompts_before(asking.session, asking.me, prompt.on, IN_A_ROW - 1)
    stuck = len(before) == IN_A_ROW - 1 and all(p.state == "same" for p in before)
    return _quick(asking, prompt, "same", stuck=stuck)


def skip(asking: Asking, command: Skip) -> Reply:
    """Nothing is said for that day, and nobody is told."""
    prompt = _meant(asking, command.id)
    return _as_it_is(asking, prompt) or _quick(asking, prompt, "skipped")


def _quick(asking: Asking, prompt: Prompt, state: str, *, stuck: bool = False) -> Reply:
    pen = Pen(asking, state)
    pen.set(prompt, state=state)
    redraw(asking, prompt, pen)
    parts: list[Part] = [Say("prompt_settled", prompting.facts_of(prompt), role="title")]
    if stuck:
        parts += [Say("stuck", {"times": IN_A_ROW}), Copy(_blocked(asking, prompt))]
    say_more = Button("button_fill_in", f"fill #q{prompt.id}", prompt.version)
    parts.append(cards.row_of(say_more, Button("button_undo", f"undo #c{pen.number}")))
    return Reply((*parts, *_rest(asking, prompt)), _card(asking, prompt), private=True)


def _blocked(asking: Asking, prompt: Prompt) -> str:
    """The beginning of a line that says what is in the way, of the first key result that they own."""
    owned = owned_on(asking.session, asking.me, prompt.on)
    ref = labels.key_result(asking, *owned[0]) if owned else ""
    return f"{ref} {'卡点：' if asking.locale == 'zh' else 'blocked: '}".lstrip()


def snooze(asking: Asking, command: Snooze) -> Reply:
    """Asks again later today; past the end of the day, or on request, tomorrow morning."""
    if command.typed:
        raise Refusal("no_such_span", typed=command.typed, copy=example(asking, "example_snooze").text)
    prompt = named(asking, command.id) or asking.prompt or waiting(asking)
    if prompt is None:
        raise Refusal("nothing_to_snooze")
    over = _as_it_is(asking, prompt)
    if over is not None:
        return over
    again = off_the_hour_at(asking.now + timedelta(minutes=command.minutes), asking)
    tonight = day_over(asking.today, asking.zone)
    today = command.minutes > 0 and again < min(tonight, prompt.until)
    if not today and prompt.until <= tonight:
        return Reply((Say("closes_tonight", {"on": prompt.on}),), private=True)
    pen = Pen(asking, "snoozed")
    pen.set(prompt, **({"snoozed": prompt.version + 1, "moved": False} if today else {"moved": True}))
    if today:
        _owe_again(asking, prompt, again)
    morning = calendar_for(asking.member, asking.organisation).after(asking.today)
    facts = {"today": today, "at": f"{again.astimezone(asking.clock):%H:%M}", "morning": morning}
    return Reply(
        (Say("snoozed", facts), cards.row_of(Button("button_fill_in", f"fill #q{prompt.id}", prompt.version)), *_rest(asking, prompt)),
        _card(asking, prompt),
        private=True,
    )


def off_the_hour_at(moment: datetime, asking: Asking) -> datetime:
    """A moment, or up to four minutes later where it would fall on :00 or :30."""
    local = moment.astimezone(asking.clock)
    minute = local.hour * 60 + local.minute
    return moment + timedelta(minutes=off_the_hour(minute, asking.me) - minute)


def _owe_again(asking: Asking, prompt: Prompt, at: datetime) -> None:
    sender = asking.message.sender
    owed = Owed(
        key=key_of(prompt, prompt.snoozed),
        platform=sender.platform,
        workspace=sender.workspace,
        lane=UNASKED_LANE,
        kind=prompt.kind,
        subject=f"q{prompt.id}",
        member_id=asking.me,
        user=sender.user,
        due_at=at,
        until=day_over(asking.today, asking.zone),
    )
    add(asking.session, owed)


def fill(asking: Asking, command: Fill) -> Reply:
    """The prompt's form, or how to answer where there is none to fill in any more."""
    prompt = named(asking, command.id) or waiting(asking)
    if prompt is None:
        raise Refusal("prompt_gone", copy="")
    if not counts_still(prompt, asking.now):
        return Reply((Say("prompt_over", {"on": prompt.on}),), f"q{prompt.id}", private=True)
    return prompting.of_the_day(asking, prompt)
