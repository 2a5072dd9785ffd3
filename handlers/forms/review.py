"""The review's form: of a few key results what came of it and why, what was learnt, what will change, and how sure they are."""

from collections.abc import Mapping, Sequence
from zlib import crc32

from bot.commands import Submit
from bot.grammar import phrase
from bot.replies import Choice, Field, Form, FormPart, Rule, Say
from handlers.asking import Asking
from handlers.forms.rows import Filled
from handlers.reviewing import card
from handlers.reviewing.facts import Looked, Picture
from storage.journal import newest_change

MOST = 3  # a Feishu card holds 24 KB, and a drafted analysis may take three of them
EDITED = ("result", "analysis")
KEPT = (*EDITED, "insight", "confidence")


def next_rows(found: Picture) -> list[Looked]:
    """The key results that are to be filled in next: those that nobody has looked at, else all of them."""
    waiting = [row for row in found.counted if not row.confirmed] or list(found.counted)
    return sorted(waiting, key=lambda row: row.drafted.question in card.CALM)[:MOST]


def form(
    asking: Asking, found: Picture, rows: Sequence[Looked], filled: Filled | None = None, errors: Mapping[str, Say] | None = None
) -> Form:
    """The form for these key results, with what stands in the review filled in."""
    parts: list[FormPart] = []
    for row in rows:
        parts += _of_one(asking, row, filled or Filled(), errors or {})
    end = found.period.end.isoformat()
    seen = ",".join(
        f"{row.row.id}:{digest(row.says('result', asking.locale))}:{digest(row.says('analysis', asking.locale))}" for row in rows
    )
    alone = rows[0].ref if len(rows) == 1 else ""
    return Form(
        title=Say("form_review_title", {"start": found.period.start, "end": found.period.end, "ref": alone}),
        text=phrase(Submit("review", (end, seen))),
        parts=tuple(parts[:-1]),
        submit=Say("button_save"),
        opens=card.named(found.period, f"#k{rows[0].row.id}" if alone else "fill in"),
        version=newest(asking, found),
    )


def newest(asking: Asking, found: Picture) -> int:
    """The version of a form that is drawn now: the newest change of the review or of what it says."""
    return newest_change(asking.session, things(found))


def things(found: Picture) -> list[str]:
    """The review and its entries, as the journal names them."""
    return ([f"w{found.review.id}"] if found.review else []) + [f"x{row.entry.id}" for row in found.rows if row.entry is not None]


def digest(text: str) -> str:
    """A short sign for a text, the same however a platform breaks its lines."""
    return f"{crc32(' '.join(text.split()).encode()):08x}"


def standing(asking: Asking, row: Looked, what: str) -> str:
    """What stands in a field of a key result."""
    if what in EDITED:
        return row.says(what, asking.locale)
    if what == "confidence":
        level = row.entry.confidence if row.entry else None
        return "" if level is None else str(level)
    return row.own(what)


def _of_one(asking: Asking, row: Looked, filled: Filled, errors: Mapping[str, Say]) -> list[FormPart]:
    names = {what: f"{what}_{row.row.id}" for what in (*KEPT, "change")}
    value = {what: filled.get(name) if filled.has(name) else standing(asking, row, what) for what, name in names.items()}
    wrong = {what: errors.get(name) for what, name in names.items()}
    levels = (Choice("", Say("choice_none")), *(Choice(str(n), Say("choice_level", {"level": n})) for n in range(10, -1, -1)))
    parts: list[FormPart] = [Say("form_day_head", {"ref": row.ref, "title": row.row.title}, role="title"), _goal(row)]
    for what in EDITED:
        parts.append(Field(names[what], Say("field_review", {"what": what}), "text", value=value[what], error=wrong[what], most=3000))
    parts.append(
        Field(
            names["insight"],
            Say("field_review", {"what": "insight"}),
            "text",
            value=value["insight"],
            hint=card.question(row),
            error=wrong["insight"],
            most=3000,
        )
    )
    parts.append(
        Field(
            names["change"],
            Say("field_review", {"what": "change"}),
            "text",
            value=value["change"],
            hint=Say("hint_review_change"),
            error=wrong["change"],
            most=1200,
        )
    )
    parts.append(Field(names["confidence"], Say("field_confidence"), "choice", value=value["confidence"], choices=levels, narrow=True))
    return [*parts, Rule()]


def _goal(row: Looked) -> Say:
    goal = row.drafted.goal
    return Say(goal.prompt, goal.facts, role="note")
