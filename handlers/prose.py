"""Text that is no command and no check-in line: offered as what it may be, kept, and never guessed."""

from decimal import Decimal

from bot.commands import CheckIn, DayNote, Line, Named, NotYet, Parked, Prose, Quantity, Ref, Value
from bot.grammar import parse, phrase
from bot.grammar.smalltalk import is_said_to_us, is_smalltalk
from bot.replies import Amount, Button, Buttons, Copy, Part, Reply, Say
from bot.wording import words
from handlers import answering, checkins, cycles, labels, people, references
from handlers.asking import Asking
from handlers.doubts import scale_of
from handlers.examples import example
from handlers.refusals import Refusal
from handlers.rules.readings import Is, read
from storage.okrs import KeyResult, Objective, key_results_owned, stages_in
from storage.outbox import parked_text
from storage.people import team_named
from storage.pulse import Prompt as PromptRow

MOST_OFFERED = 4


def prose(asking: Asking, command: Prose) -> Reply:
    """Exactly one reference and one value is a check-in; a value alone is offered to one's key results; else the nearest command."""
    if len(command.refs) == 1 and len(command.values) == 1:
        line = Line(command.refs[0], Value("set", command.values[0]), note=command.text, raw=command.text)
        return checkins.check_in(asking, CheckIn((line,), certain=False))
    offers = _offers(asking, command)
    text = people.readable(asking, command.text)
    answered = None if offers and asking.prompt is None else _as_answer(asking, command)
    if answered is not None:
        return answered
    if offers:
        keep = Button("button_keep_note", phrase(DayNote(command.text)))
        return Reply((Say("prose_value"), Copy(text), Buttons((*offers, keep))), private=True, tone="question")
    return _nearest(asking, command, text)


def said(asking: Asking, command: CheckIn) -> Reply:
    """Check-in lines; a sentence that only looks like one, because it begins like a team's name, is prose after all."""
    if not command.certain and any(_of_no_team(asking, line.ref) for line in command.lines):
        return _nearest(asking, Prose(command.text, nearest="checkin"), people.readable(asking, command.text))
    if command.lines and all(line.ref is None for line in command.lines):
        asking.prompt = _answered(asking)
    return checkins.check_in(asking, command)


def _answered(asking: Asking) -> PromptRow | None:
    """The prompt that words without a reference answer: that of their thread, or in a direct conversation the one that waits."""
    alone = asking.message.entry == "direct" and not asking.message.place.thread
    return asking.prompt or (answering.just_asked(asking) if alone else None)


def _as_answer(asking: Asking, command: Prose) -> Reply | None:
    """Plain words as the line of the day that was asked for; a greeting, a question or a mistyped command outside its thread is none."""
    guessed = asking.prompt is None
    if guessed and (command.nearest or is_smalltalk(command.text) or is_said_to_us(command.text)):
        return None
    prompt = _answered(asking)
    if prompt is None:
        return None
    asking.prompt, asking.guessed = prompt, guessed
    lines = parse(command.text, checkin_first=True)
    whole = CheckIn((Line(None, note=command.text, raw=command.text),))
    return checkins.check_in(asking, lines if isinstance(lines, CheckIn) else whole)


def _of_no_team(asking: Asking, ref: Ref | None) -> bool:
    owner = cycles.meant(asking, ref).owner if ref else None
    return isinstance(owner, Named) and bool(owner.name) and team_named(asking.session, owner.name) is None


def _offers(asking: Asking, command: Prose) -> list[Button]:
    """One button for each of the writer's key results that a number in the text can belong to."""
    if len(command.values) != 1:
        return _notes_on(asking, command) if command.refs else []
    cycle = cycles.find(asking)
    own = key_results_owned(asking.session, cycle.id, asking.me) if cycle and cycle.id else []
    fitting = [(kr, parent, value) for kr, parent in own if (value := _fits(asking, kr, command.values[0])) is not None]
    fitting.sort(key=lambda f: _distance(f[0], f[2]))
    return [_offer(asking, (kr, parent), value, command.text) for kr, parent, value in fitting[:MOST_OFFERED]]


def _fits(asking: Asking, row: KeyResult, quantity: Quantity) -> Decimal | None:
    if row.metric in ("done", "stages"):
        return None
    reading = read(Value("set", quantity), scale_of(row, list(stages_in(asking.session, [row.id or 0]))))
    return reading.value if isinstance(reading, Is) else None


def _distance(row: KeyResult, value: Decimal) -> float:
    base = row.current if row.current is not None else (row.start or 0.0)
    span = abs((row.target or 0.0) - (row.start or 0.0)) or 1.0
    return abs(float(value) - base) / span


def _offer(asking: Asking, on: tuple[KeyResult, Objective], value: Decimal, note: str) -> Button:
    row, parent = on
    line = Line(Ref(id=f"k{row.id}"), Value("set", Quantity(format(value, "f"), (value,))), note=note)
    facts = {
        "ref": labels.key_result(asking, row, parent),
        "old": Amount(row.current, row.metric, row.unit),
        "known": row.current is not None,
        "value": Amount(float(value), row.metric, row.unit),
    }
    return Button("button_record_as", phrase(CheckIn((line,))), row.version, facts=facts)


def _notes_on(asking: Asking, command: Prose) -> list[Button]:
    """One button for each key result that the text names: keep the text as its note."""
    buttons = []
    for ref in command.refs[:MOST_OFFERED]:
        try:
            row, parent = references.key_result(asking, ref)
        except Refusal:
            continue
        line = Line(Ref(id=f"k{row.id}"), note=command.text)
        facts = {"ref": labels.key_result(asking, row, parent)}
        buttons.append(Button("button_note_on", phrase(CheckIn((line,))), row.version, facts=facts))
    return buttons


def _nearest(asking: Asking, command: Prose, text: str) -> Reply:
    parts: list[Part] = [Say("not_understood", {"nearest": command.nearest})]
    name = command.nearest if _has_example(asking, command.nearest) else "help"
    parts.append(example(asking, f"example_{name}"))
    keep = Button("button_keep_note", phrase(DayNote(command.text)), facts={})
    if text.strip():
        parts.append(Buttons((keep, Button("button_help", "help"))))
    return Reply(tuple(parts), private=True, tone="refusal")


def _has_example(asking: Asking, name: str) -> bool:
    return bool(name) and name.isidentifier() and words(asking.locale).has(f"example_{name}")


def not_yet(asking: Asking, command: NotYet) -> Reply:
    """A command that is promised and not built."""
    raise Refusal("not_yet", word=command.word, copy=example(asking, "example_help").text)


def unpark(asking: Asking, command: Parked) -> str:
    """The text that a button stands for."""
    number = references.number_of(command.id, "p")
    text = parked_text(asking.session, number, asking.me) if number else None
    if text is None:
        raise Refusal("button_expired")
    return text
