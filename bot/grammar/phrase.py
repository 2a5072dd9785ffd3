"""Says a command as a text that means the same whoever sends it: what buttons carry. `parse(phrase(c)) == c`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bot.commands import (
    Accept,
    AddKeyResult,
    Answer,
    AskHelp,
    Change,
    ChangeTeam,
    CheckIn,
    Close,
    Command,
    Comment,
    Comments,
    Correct,
    CutCycles,
    Cycles,
    DayNote,
    Decline,
    Discard,
    Drop,
    Edit,
    Fill,
    Hello,
    Help,
    Hide,
    History,
    Language,
    Line,
    Mine,
    Named,
    New,
    NewTeam,
    NotYet,
    OpenCycle,
    Parked,
    Prose,
    Publish,
    Quantity,
    Reopen,
    ReportsTo,
    Resolve,
    Reveal,
    Rhythm,
    Same,
    Settings,
    Share,
    Show,
    ShowPerson,
    ShowTeam,
    Skip,
    Submit,
    Teams,
    Timezone,
    Transfer,
    Undo,
    Value,
    Weigh,
    Who,
    WhyAsked,
    Workdays,
)
from bot.grammar import (
    actions,
    changes,
    cycles,
    dates,
    oneself,
    people,
    planning,
    pulse,
    quantities,
    references,
    scoring,
    sharing,
    teams,
    weekdays,
)
from bot.grammar.people import quote


def phrase(command: Command) -> str:
    """The command in words that `parse` reads back to it; notes stand between quotes, on one line."""
    return _PHRASES[type(command)](command)


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def line(said: Line) -> str:
    """A check-in line in its canonical form: `KR1.2 =45 c6 on 2026-11-20 note="…" blocked="…" next="…" @#m12`."""
    return _joined(
        references.say(said.ref) if said.ref else "day",
        _value(said.value) if said.value else "",
        "" if said.confidence is None else f"c{said.confidence}",
        f"on {dates.say(said.on)}" if said.on else "",
        *(f"{name}={quote(text)}" for name, text in (("note", said.note), ("blocked", said.blocker), ("next", said.plan)) if text),
        *(people.say(who) for who in said.people),
    )


def _value(value: Value) -> str:
    match value.kind:
        case "done":
            return "done"
        case "stage":
            return f"stage={quote(value.stage)}"
        case "fraction":
            return f"{_quantity(value.quantity)}/{_quantity(value.of)}"
        case "add":
            return _signed(_quantity(value.quantity))
        case "set":
            return f"{_quantity(value.came_from)}→{_quantity(value.quantity)}" if value.came_from else f"={_quantity(value.quantity)}"


def _signed(raw: str) -> str:
    return raw if raw[0] in "+-＋－−–" else f"+{raw}"


def _quantity(quantity: Quantity | None) -> str:
    """As typed, as long as that still means the same."""
    if quantity is None:
        return "0"
    again = quantities.read(quantity.raw)
    same = len(quantity.readings) > 1 or (again is not None and again.readings == quantity.readings)
    return quantity.raw if same else amount(quantity.value, quantity.unit).raw


def amount(value: Decimal, unit: str = "") -> Quantity:
    """The quantity with this one reading, written so that it is read back the same: 3.125 is "3.1250"."""
    plain = f"{value:f}"
    for raw in (f"{plain}{unit}", f"{unit}{plain}", f"{plain} {unit}", f"{plain}0{unit}", f"{unit}{plain}0", f"{plain}0 {unit}"):
        found = quantities.read(raw)
        if found and found.readings == (value,) and found.unit == unit:
            return found
    return Quantity(plain, (value,), unit)


def _new(command: New) -> str:
    owner = teams.say(command.owner) if command.owner else ""
    return _joined("new", f"for {cycles.say_behind(command.cycle)}" if command.cycle else "", owner, command.text)


def _checkin(command: CheckIn) -> str:
    lines = "\n".join(line(said) for said in command.lines)
    return _joined("checkin" if command.certain else "", lines)


def _ask(command: AskHelp) -> str:
    return _joined("help", references.say(command.ref), *map(people.say, command.people), f"text={quote(command.text)}")


def _act(word: str) -> Callable[[Any], str]:
    return lambda command: _joined(word, f"#{command.id}" if command.id else "")


def _on_ref(word: str) -> Callable[[Any], str]:
    return lambda command: _joined(word, references.say(command.ref) if command.ref else "")


def _text(text: str) -> str:
    return f"text={quote(text)}" if text else ""


def _receiver(to: Who | Named) -> str:
    return people.say(to) if isinstance(to, Who) else teams.say(to)


_PHRASES: dict[type[Any], Callable[[Any], str]] = {
    Help: lambda c: _joined("help", c.topic),
    Mine: lambda c: "" if c.due else _joined("mine", cycles.say_behind(c.cycle)),
    ShowPerson: lambda c: _joined(people.say(c.who), cycles.say_behind(c.cycle)),
    Show: _on_ref(""),
    History: _on_ref("history"),
    New: _new,
    Edit: lambda c: _joined("edit", references.say(c.ref), c.text),
    Publish: lambda c: "publish all" if c.all else _on_ref("publish")(c),
    Discard: _on_ref("discard"),
    CheckIn: _checkin,
    Correct: lambda c: f"correct {line(c.line)}",
    Undo: _act("undo"),
    AskHelp: _ask,
    Accept: _act("accept"),
    Decline: _act("decline"),
    Answer: lambda c: _joined("answer", f"#{c.id}" if c.id else "", _text(c.text)),
    Language: lambda c: f"language {c.locale}",
    Timezone: lambda c: f"timezone {c.name}",
    DayNote: lambda c: _joined("note", _text(c.text)),
    Parked: _act("run"),
    NotYet: lambda c: f"notyet {c.word}",
    Prose: lambda c: c.text,
    Hello: lambda c: "",
    Change: changes.say_change,
    AddKeyResult: changes.say_added,
    Weigh: lambda c: _joined("weight", *(f"{references.say(ref)} {weight:f}" for ref, weight in c.weights)),
    Drop: lambda c: _joined("drop", references.say(c.ref), _text(c.reason)),
    Close: _on_ref("close"),
    Reopen: _on_ref("reopen"),
    Transfer: lambda c: _joined("transfer", references.say(c.ref), "to", _receiver(c.to)),
    Rhythm: lambda c: _joined("rhythm", references.say(c.ref), changes.say_rhythm(c.days)),
    Hide: _on_ref("private"),
    Reveal: _on_ref("public"),
    ShowTeam: lambda c: _joined(teams.say(c.team), cycles.say_behind(c.cycle)),
    Teams: lambda c: "teams",
    NewTeam: teams.say_new,
    ChangeTeam: teams.say_change,
    ReportsTo: teams.say_lead,
    Cycles: lambda c: "cycles",
    CutCycles: lambda c: f"cycles {c.length}",
    OpenCycle: planning.say_opened,
    Share: sharing.say_share,
    Comment: lambda c: _joined("comment", references.say(c.ref), _text(c.text)),
    Comments: _on_ref("comments"),
    Resolve: _act("resolve"),
    Settings: lambda c: "settings",
    Submit: sharing.say_form,
    Workdays: weekdays.say,
    Fill: _act("fill"),
    Skip: _act("skip"),
    Same: _act("same"),
    WhyAsked: _act("why"),
    **pulse.PHRASES,
    **oneself.PHRASES,
    **actions.PHRASES,
    **scoring.PHRASES,
}

__all__ = ["amount", "line", "phrase"]
