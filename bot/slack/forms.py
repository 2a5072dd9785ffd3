"""Dresses a Form as a Slack modal: a view as a plain dict, within Slack's limits; pure, and without the SDK.

What a view shows stands in its `private_metadata`, because that comes back with every sending; Slack keeps what somebody typed
for as long as a block's id stays the same, so a field gets another id when, and only when, its value was replaced.
https://docs.slack.dev/reference/views/modal-views
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.messages import mention_mark
from bot.replies import Buttons, Choice, Field, Form, FormPart, Part, Person, Reply, Rule, Say
from bot.slack import blocks as b
from bot.slack.blocks import Block
from bot.slack.render import Dresser
from bot.wording import Span, Words

CALLBACK = "tenday-form"
MAX_BLOCKS = 100
MAX_TITLE = 24
MAX_METADATA = 3000
MAX_VIEW = 200_000  # bytes of blocks: Slack takes a view of 250 kB
MAX_LABEL, MAX_HINT, MAX_ERROR = 2000, 2000, 600
# https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
MAX_INPUT = 3000
# https://docs.slack.dev/reference/block-kit/composition-objects/option-object
MAX_OPTIONS, MAX_OPTION, MAX_OPTION_VALUE = 100, 75, 150
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MARK = "="  # before an option's value, which Slack does not take empty


@dataclass(frozen=True)
class Opened:
    """Where a form was opened. hook: given when its answer is for the opener's eyes alone, as a command's would be."""

    channel: str = ""
    shared: bool = False
    thread: str = ""
    hook: str = ""


@dataclass(frozen=True)
class Standing:
    """What a form shows while somebody fills it in. ids: each field's block; fields: what stands in them now.

    look: a digest of everything but what is filled in. marked: whether something is written in it that is wrong.
    elsewhere: of a field of people, those who have no account here, as `@#m12`.
    """

    text: str = ""
    version: int = 0
    opened: Opened = field(default_factory=Opened)
    generation: int = 0
    ids: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    look: str = ""
    marked: bool = False
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def view(reply: Reply, words: Words, workspace: str, before: Standing) -> dict[str, Any] | None:
    """The reply's form as a view; None when it cannot be one. before: what it takes the place of, or where it opens."""
    form = reply.form
    assert form is not None
    drawer = _Drawer(words, workspace, before)
    said = _said(reply, drawer)
    drawn = said + drawer.fitted(form.parts, MAX_BLOCKS - len(said))
    metadata = _metadata(form, before, drawer, look=_look(form, words, workspace), marked=bool(said) or any(f.error for f in _fields(form)))
    if len(metadata) > MAX_METADATA or not drawn:
        return None
    return _framed(words, form.title, drawn, metadata) | {"submit": b.plain(words.plain(form.submit), MAX_TITLE)}


def errors(reply: Reply, words: Words, workspace: str, before: Standing) -> dict[str, str] | None:
    """What is wrong by block, when that alone would change in what the writer sees; None when the view must be drawn anew."""
    form = reply.form
    assert form is not None
    wrong = {f.name: f.error for f in _fields(form) if f.error is not None}
    kept = all(before.fields[f.name] == standing(f, workspace) for f in _fields(form) if f.name in before.fields)
    same = before.look == _look(form, words, workspace) and kept and not before.marked
    if not wrong or not same or not wrong.keys() <= before.ids.keys():
        return None
    return {before.ids[name]: b.cut(words.plain(error), MAX_ERROR) for name, error in wrong.items()}


def again(shown: Mapping[str, Any], reply: Reply, words: Words, workspace: str) -> dict[str, Any]:
    """The view that Slack shows, with a word above what is in it; whatever was typed stays."""
    said = _said(reply, _Drawer(words, workspace, Standing()))
    there = [block for block in shown.get("blocks") or [] if isinstance(block, dict) and block.get("block_id") != _SAID]
    frame = {key: shown[key] for key in ("title", "submit", "close") if isinstance(shown.get(key), dict)}
    return {"type": "modal", "callback_id": CALLBACK, "blocks": (said + there)[:MAX_BLOCKS]} | frame | _kept_metadata(shown)


def done(shown: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """What takes a form's place when it was answered and cannot be closed."""
    text = {"type": "section", "text": b.plain(words.plain(Say("form_done")), b.MAX_TEXT_ELEMENT)}
    title = shown.get("title") if isinstance(shown.get("title"), dict) else b.plain("Tenday", MAX_TITLE)
    return {"type": "modal", "callback_id": CALLBACK, "title": title, "blocks": [text]}


def last_input(shown: Mapping[str, Any]) -> str:
    """The block of the last field, beside which stands the button that sends; "" when there is none."""
    ids = [str(block.get("block_id")) for block in shown.get("blocks") or [] if isinstance(block, dict) and block.get("type") == "input"]
    return ids[-1] if ids else ""


def standing(one: Field, workspace: str) -> str:
    """What the field holds, as its sending says it when nobody touches it."""
    if one.kind not in ("person", "people"):
        return one.value
    here, elsewhere = _people(one, workspace)
    return " ".join([*map(mention_mark, here), *(f"@#m{p.id}" for p in elsewhere)])


_SAID = "tenday-said"


def _said(reply: Reply, drawer: "_Drawer") -> list[Block]:
    """What is wrong with the whole, in one block above the form; nothing when nothing is."""
    if reply.tone == "answer":
        return []
    spans = [span for part in reply.parts if isinstance(part, Say) for span in (*drawer.words.say(part), Span("text", "\n"))]
    section = b.section((Span("text", "⚠️ "), *spans[:-1]), drawer.workspace) if spans else None
    return [{"type": "rich_text", "block_id": _SAID, "elements": [section]}] if section else []


def _fields(form: Form) -> list[Field]:
    return [part for part in form.parts if isinstance(part, Field)]


def _framed(words: Words, title: Say, drawn: list[Block], metadata: str) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": b.plain(words.plain(title), MAX_TITLE),
        "close": b.plain(words.plain(Say("confirm_no")), MAX_TITLE),
        "private_metadata": metadata,
        "blocks": drawn,
    }


def _look(form: Form, words: Words, workspace: str) -> str:
    """A digest of the form as it looks with nothing filled in and nothing wrong, and of what it says when it is sent."""
    bare = [replace(p, value="", people=(), error=None) if isinstance(p, Field) else p for p in form.parts]
    drawn = _Drawer(words, workspace, Standing()).fitted(bare, MAX_BLOCKS)
    whole = [form.text, form.version, words.plain(form.title), words.plain(form.submit), drawn]
    return hashlib.blake2b(json.dumps(whole, sort_keys=True).encode(), digest_size=9).hexdigest()


def _metadata(form: Form, before: Standing, drawer: "_Drawer", *, look: str, marked: bool) -> str:
    opened = before.opened
    kept = {
        "t": form.text,
        "v": form.version,
        "c": opened.channel,
        "s": int(opened.shared),
        "th": opened.thread,
        "h": opened.hook,
        "g": before.generation + 1,
        "l": look,
        "m": int(marked),
        "e": drawer.elsewhere,
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def read_metadata(text: Any) -> Standing | None:
    """What `view` kept; None for anything else."""
    try:
        kept = json.loads(text)
        opened = Opened(_text(kept["c"]), kept["s"] == 1, _text(kept["th"]), _text(kept["h"]))
        elsewhere = {_text(name): _text(people) for name, people in kept["e"].items()}
        number = int(kept["g"]), int(kept["v"])
        words = _text(kept["t"]), _text(kept["l"])
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return None
    return Standing(words[0], number[1], opened, number[0], {}, {}, words[1], kept.get("m") == 1, elsewhere)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _kept_metadata(shown: Mapping[str, Any]) -> dict[str, str]:
    """The same, noted as something that has a wrong written in it."""
    kept = shown.get("private_metadata")
    if not isinstance(kept, str) or read_metadata(kept) is None:
        return {}
    return {"private_metadata": json.dumps(json.loads(kept) | {"m": 1}, ensure_ascii=False, separators=(",", ":"))}


def _people(one: Field, workspace: str) -> tuple[list[str], list[Person]]:
    """The accounts here of those whom a field holds, and those of them who have none."""
    here: list[str] = []
    elsewhere: list[Person] = []
    for person in one.people:
        user = b.mentionable(Span("person", person.name, person=person), workspace)
        if user is None:
            elsewhere.append(person)
        elif user not in here:
            here.append(user)
    return here, elsewhere


class _Drawer:
    """Draws a form's parts one by one; a field whose value is the one that was sent keeps its block's id."""

    def __init__(self, words: Words, workspace: str, before: Standing) -> None:
        self.words, self.workspace, self._before = words, workspace, before
        self._parts = Dresser(words, workspace, "")
        self.elsewhere: dict[str, str] = {}

    def fitted(self, parts: Iterable[FormPart], room: int) -> list[Block]:
        """As many parts as fit, and a line about the fields that are left out."""
        waiting, done, size = list(parts), list[Block](), 0
        while waiting:
            drawn = self._part(waiting[0])
            size += sum(len(json.dumps(block)) for block in drawn)
            if len(done) + len(drawn) > room - 1 or size > MAX_VIEW:
                left = sum(isinstance(part, Field) for part in waiting)
                return [*done, *self._note(Say("form_cut", {"left": left}, "note"))] if left else done
            done += drawn
            waiting.pop(0)
        return done

    def _part(self, part: FormPart) -> list[Block]:
        match part:
            case Field():
                return self._field(part)
            case Say():
                return self._parts.part(part, first=part.role == "title")
            case Buttons() | Rule():
                return self._parts.part(part, first=False)

    def _note(self, say: Say) -> list[Block]:
        part: Part = say
        return self._parts.part(part, first=False)

    def _field(self, one: Field) -> list[Block]:
        if one.kind in ("line", "text") and len(one.value) > MAX_INPUT:
            return self._note(Say("form_too_long", {"label": self.words.plain(one.label)}, "note"))
        block: Block = {
            "type": "input",
            "block_id": self._id(one),
            "label": b.plain(self.words.plain(one.label), MAX_LABEL),
            "element": self._element(one) | {"action_id": "value"},
            "optional": not one.required,
        }
        if one.hint is not None:
            block["hint"] = b.plain(self.words.plain(one.hint), MAX_HINT)
        return [block, *self._elsewhere(one), *self._error(one)]

    def _id(self, one: Field) -> str:
        sent = self._before.fields.get(one.name)
        if sent is not None and one.name in self._before.ids and sent == standing(one, self.workspace):
            return self._before.ids[one.name]
        return f"{self._before.generation + 1}|{one.name}"

    def _error(self, one: Field) -> list[Block]:
        return self._note(replace(one.error, role="warning")) if one.error is not None else []

    def _elsewhere(self, one: Field) -> list[Block]:
        """Who is in the field and cannot be shown in it: named below, and kept."""
        _, people = _people(one, self.workspace)
        if one.kind not in ("person", "people") or not people:
            return []
        self.elsewhere[one.name] = " ".join(f"@#m{p.id}" for p in people)
        return self._note(Say("form_people_elsewhere", {"people": people}, "note"))

    def _element(self, one: Field) -> Block:
        match one.kind:
            case "line" | "text":
                longest = max(1, min(MAX_INPUT, max(one.most, len(one.value))))
                drawn: Block = {"type": "plain_text_input", "multiline": one.kind == "text", "max_length": longest}
                return drawn | _if(one.value, initial_value=one.value)
            case "date":
                return {"type": "datepicker"} | _if(_is_date(one.value), initial_date=one.value)
            case "time":
                return {"type": "timepicker"} | _if(_TIME.fullmatch(one.value), initial_time=one.value)
            case "choice":
                return self._select(one)
        here, _ = _people(one, self.workspace)
        if one.kind == "people":
            return {"type": "multi_users_select"} | _if(here, initial_users=here)
        return {"type": "users_select"} | _if(here, initial_user=here[0] if here else "")

    def _select(self, one: Field) -> Block:
        fitting = [c for c in one.choices if len(c.value) < MAX_OPTION_VALUE]
        shown = fitting[:MAX_OPTIONS]
        chosen = next((c for c in fitting if c.value == one.value), None)
        if chosen is not None and chosen not in shown:
            shown = [*shown[:-1], chosen]
        if not shown:
            return {"type": "plain_text_input", "multiline": False} | _if(one.value, initial_value=one.value)
        drawn: Block = {"type": "static_select", "options": [self._option(c) for c in shown]}
        return drawn | (_if(chosen, initial_option=self._option(chosen)) if chosen else {})

    def _option(self, choice: Choice) -> Block:
        return {"text": b.plain(self.words.plain(choice.label), MAX_OPTION), "value": _MARK + choice.value}


def chosen_value(value: str) -> str:
    """A choice's value as the field knows it."""
    return value.removeprefix(_MARK)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _if(true: Any, **more: Any) -> dict[str, Any]:
    return more if true else {}
