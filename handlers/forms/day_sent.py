"""What becomes of the check-in form: every line is stored, or none of them and the form comes back as it was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.commands import Line, Ref, Value, When
from bot.grammar import people as named_people
from bot.grammar.cursor import Cursor
from bot.grammar.values import take_value
from bot.replies import Reply, Say
from handlers import answering, cards, checkins
from handlers.asking import Asking
from handlers.echoes import Recorded
from handlers.forms.day import MOST, Pair, Surely, form
from handlers.forms.rows import Filled, Outdated
from handlers.pen import Pen
from handlers.refusals import InForm, Refusal
from handlers.views import KeyResultView, look
from storage.okrs import key_results_by_id, objectives_by_id


def sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """Stores every line of the form, or none: with a mistake in one field it comes back as it was filled in."""
    if not words or not all(part.isdecimal() and len(part) < 10 for part in words[0].split(",") if words[0] != "-"):
        raise Outdated
    filled = Filled.sent(fields)
    pairs = _pairs(asking, [int(part) for part in words[0].split(",") if part != "-"][:MOST], filled)
    sure, was = (_kept(words, name) for name in ("sure", "was"))
    prompt = asking.prompt = answering.named(asking, next((w[2:] for w in words[1:] if w.startswith("q=")), ""), copy=filled.typed())
    errors: dict[str, Say] = {}
    lines = [(kr, line) for kr, _ in pairs if (line := _line(_without(filled, was), kr, errors)) is not None]
    day_line = Line(None, note=filled.get("note"), blocker=filled.get("blocker"), plan=filled.get("next"), on=_on(filled))
    of_the_day = bool(day_line.note or day_line.plan or day_line.blocker)
    if not errors and not lines and not of_the_day:
        errors[f"value_{pairs[0][0].row.id}" if pairs else "note"] = Say("field_nothing_said")
    recording = _Recording(asking, Pen(asking, "checked_in"), sure, errors=errors)
    attempt = asking.session.begin_nested()
    for kr, line in lines if not errors else ():
        recording.take(line, f"value_{kr.row.id}")
    if not errors and of_the_day:
        recording.take(day_line, "note")
    if errors:
        attempt.rollback()  # before the form is drawn again: it shows what is stored, not what was tried
        raise InForm(form(asking, pairs, filled, errors, sure=recording.fresh, prompt=prompt), "form_mistakes", count=len(errors))
    attempt.commit()
    return answering.with_rest(asking, prompt, checkins.echo(asking, recording.pen, recording.stored, []))


def _kept(words: tuple[str, ...], name: str) -> dict[str, str]:
    """What a form carries by key result: values sent once already (sure), or filled in when it was drawn (was)."""
    begin = f"{name}="
    return dict(word.removeprefix(begin).partition(":")[::2] for word in words[1:] if word.startswith(begin))


def _without(filled: Filled, was: Mapping[str, str]) -> Filled:
    """What was typed: a value that stands as it was filled in was not."""
    untouched = {f"value_{row}" for row, typed in was.items() if filled.get(f"value_{row}") == typed}
    return Filled({name: text for name, text in filled.texts.items() if name not in untouched})


def _pairs(asking: Asking, ids: Sequence[int], filled: Filled) -> list[Pair]:
    """The form's key results as they stand; what was typed for one that is gone is not lost."""
    rows = list(key_results_by_id(asking.session, ids).values())
    parents = asking.sees(objectives_by_id(asking.session, [r.objective_id for r in rows]).values())
    views = {v.row.id: v for v in look(asking.session, parents, asking.today, asking.reader)}
    pairs = [(kr, view) for view in views.values() for kr in view.key_results if kr.row.id in ids]
    if len(pairs) < len(set(ids)):
        raise Refusal("form_key_result_gone", copy=filled.typed())
    cards.meet_all(asking, list(views.values()))
    return sorted(pairs, key=lambda pair: ids.index(pair[0].row.id or 0))


def _line(filled: Filled, kr: KeyResultView, errors: dict[str, Say]) -> Line | None:
    row = kr.row.id
    typed = filled.get(f"value_{row}")
    value = _value(typed, kr)
    if typed and value is None:
        errors[f"value_{row}"] = Say("field_no_value", {"typed": typed})
    level = filled.get(f"confidence_{row}")
    said = Line(
        Ref(id=f"k{row}"),
        value,
        int(level) if level.isdecimal() and int(level) <= 10 else None,
        note=filled.get(f"note_{row}"),
        blocker=filled.get(f"blocker_{row}"),
        people=tuple(named_people.among(" ".join(filled.get(f"{what}_{row}") for what in ("asks", "note", "blocker")))),
        on=_on(filled),
        raw=typed,
    )
    return None if replace(said, on=None, raw="") == Line(Ref(id=f"k{row}")) else said


def _value(typed: str, kr: KeyResultView) -> Value | None:
    """The value as typed; of a staged key result also a stage's bare name."""
    cursor = Cursor(typed)
    value = take_value(cursor)
    if value is not None and cursor.over:
        return value
    return Value("stage", stage=typed) if typed and kr.row.metric == "stages" else None


def _on(filled: Filled) -> When | None:
    parts = filled.get("on").split("-")
    return When("date", *(int(p) for p in parts)) if len(parts) == 3 and all(p.isdecimal() for p in parts) else None


@dataclass
class _Recording:
    """One act of recording a form. sure: values that were sent once already; fresh: those that are doubted now."""

    asking: Asking
    pen: Pen
    sure: Surely
    stored: list[Recorded] = field(default_factory=list)
    errors: dict[str, Say] = field(default_factory=dict)
    fresh: Surely = field(default_factory=dict)

    def take(self, line: Line, name: str) -> None:
        """Stores one line. A value beyond belief is asked about once: sent again as it is, it is meant."""
        row, typed = name.removeprefix("value_"), line.raw
        try:
            outcome = checkins.stored_or_asked(self.asking, self.pen, line, exact=bool(typed) and self.sure.get(row) == typed)
        except Refusal as no:
            self.errors["on" if no.prompt in ("day_to_come", "before_cycle") else name] = Say(no.prompt, no.facts)
            return
        if isinstance(outcome, Recorded):
            self.stored.append(outcome)
            return
        self.errors[name] = next(part for part in outcome.parts if isinstance(part, Say))
        if self.errors[name].prompt == "doubt_beyond":
            self.fresh[row] = typed
