"""A command as one short line of text, so that a table can say precisely what is expected."""

from bot.commands import CheckIn, Command, Correct, Line, New, Prose, Quantity, Value
from bot.grammar import dates, people, phrase, references


def told(command: Command) -> str:
    """`lines: KR1.2 =45 c6 "shipped"`, `prose[45][KR1.2]~new`, `later drop`, else the command's phrase."""
    match command:
        case CheckIn():
            return " ".join([f"{'checkin' if command.certain else 'lines'}:", " & ".join(map(line, command.lines))]).strip()
        case Correct():
            return f"correct: {line(command.line)}"
        case Prose():
            values, refs = "|".join(quantity(v) for v in command.values), " ".join(map(references.say, command.refs))
            return f"prose[{values}][{refs}]" + (f"~{command.nearest}" if command.nearest else "")
        case New():
            owner = "" if command.owner is None else f" for {command.owner.name or 'company'}"
            return f"new{owner}" + (f" in {command.cycle}" if command.cycle else "") + f" {len(command.objectives)}"
        case _:
            return marked(f"{type(command).__name__} {phrase(command)}")


def line(said: Line) -> str:
    """`KR1.2 =45 c6 on(yesterday) "note" blocked(legal) next(launch) @anna`."""
    parts = [
        references.say(said.ref) if said.ref else "day",
        value(said.value) if said.value else "",
        "loose" if said.loose else "",
        "" if said.confidence is None else f"c{said.confidence}",
        f"on({dates.say(said.on)})" if said.on else "",
        f'"{said.note}"' if said.note else "",
        f"blocked({said.blocker})" if said.blocker else "",
        f"next({said.plan})" if said.plan else "",
        *map(people.say, said.people),
    ]
    return marked(" ".join(p for p in parts if p))


def value(said: Value) -> str:
    """`=45`, `+3`, `done`, `6/10`, `40→45`, `stage(design)`."""
    match said.kind:
        case "set":
            return f"{quantity(said.came_from)}→{quantity(said.quantity)}" if said.came_from else f"={quantity(said.quantity)}"
        case "add":
            return f"by({quantity(said.quantity)})"
        case "fraction":
            return f"{quantity(said.quantity)}/{quantity(said.of)}"
        case "stage":
            return f"stage({said.stage})"
        case _:
            return "done"


def quantity(said: Quantity | None) -> str:
    """`1.2|12%`: every reading, then the unit."""
    return "" if said is None else "|".join(f"{r:f}" for r in said.readings) + said.unit


def marked(text: str) -> str:
    """Mention marks and line ends in printable form."""
    return text.replace("\ue000", "<").replace("\ue001", ">").replace("\n", "\\n")


def unmarked(text: str) -> str:
    """A text of the table as it is typed: <U1> for a mention, \\n for a new line."""
    out = text.replace("\\n", "\n")
    for user in ("U1", "U2", "ou_7f"):
        out = out.replace(f"<{user}>", f"\ue000{user}\ue001")
    return out
