"""What we answer, before anyone dresses it: a Reply and its few parts, made of facts and never of prose.

A part names a prompt of `prompts/` and carries the facts for it. `to_json` and `from_json` keep a reply beside its claim,
so that a repeated delivery gets the first one's answer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

Role = Literal["title", "text", "note", "warning"]
Style = Literal["plain", "primary", "danger"]
Tone = Literal["answer", "question", "refusal", "apology"]
Status = Literal["on_track", "at_risk", "off_track", "stale"]


@dataclass(frozen=True)
class Person:
    """A member as a fact: `accounts` are (platform, workspace, user) and let a platform draw a real mention."""

    id: int
    name: str
    accounts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Amount:
    """A value with its measure: 45 of metric `percent` is shown as 45%. None is "no value yet"."""

    value: float | None
    metric: str = "number"
    unit: str = ""


@dataclass(frozen=True)
class Source:
    """The message in which something was said, as a fact: drawn as a link on the platform it is on, and as nothing elsewhere."""

    platform: str
    workspace: str
    channel: str
    message: str


@dataclass(frozen=True)
class Say:
    """One paragraph: a prompt's name and its facts."""

    prompt: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    role: Role = "text"


@dataclass(frozen=True)
class Meter:
    """A bar with its number and a status in words. progress, expected: 0.0–1.0, progress may exceed 1.0.

    status None: a bar without a verdict (a draft).
    """

    progress: float
    status: Status | None = None
    expected: float | None = None


@dataclass(frozen=True)
class Button:
    """A message typed for you: pressing it says `text`, drawn from `version` of the thing that the card shows.

    `fill` offers a text for the writer to change before it is sent; where a platform cannot fill a composer, it is shown
    to be copied.
    """

    label: str
    text: str
    version: int = 0
    style: Style = "plain"
    confirm: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A row of a card: what it is, how far it is, what there is to say of it, and at most two buttons."""

    head: Say
    meter: Meter | None = None
    body: tuple[Say, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Buttons:
    """A row of buttons."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Copy:
    """Text to copy: a line to type, or what somebody typed and must not lose. Never read as markup."""

    text: str


@dataclass(frozen=True)
class Rule:
    """A thin line between two groups."""


Part = Say | Item | Buttons | Copy | Rule


@dataclass(frozen=True)
class Choice:
    """One of a field's choices. value: what the field then holds."""

    value: str
    label: Say


@dataclass(frozen=True)
class Field:
    """One thing to fill in.

    kind: `line` and `text` (several lines) take letters, `date` a day, `time` a time of day (17:40), `choice` one of `choices`,
    `person` and `people` members. value: what stands in it, as Message.fields gives it back (dates 2026-11-24, times 17:40,
    a choice's value); people: whom it holds instead, for `person` and `people`.
    narrow: may stand beside its neighbours where there is room. most: the longest text. error: what is wrong with it.
    """

    name: str
    label: Say
    kind: Literal["line", "text", "date", "time", "choice", "person", "people"] = "line"
    value: str = ""
    people: tuple[Person, ...] = ()
    choices: tuple[Choice, ...] = ()
    hint: Say | None = None
    error: Say | None = None
    required: bool = False
    narrow: bool = False
    most: int = 600


FormPart = Field | Say | Rule | Buttons


@dataclass(frozen=True)
class Form:
    """Something to fill in and send. The answer to it says `text`, with the fields beside it (Message.fields) and `version`.

    parts: fields, headings (Say) between them, and Buttons that send the form as it stands with their own text in place of `text`
    ("one more key result"); such a press is a sent form too. submit: the word on the button that sends it.
    opens: the command that opens it anew, for the "Open form" button where a form cannot open by itself.
    people: whom a field of people may be filled with, for a platform that lists nobody by itself (a Feishu card knows only who is in
    its conversation); () where they are typed there.
    """

    title: Say
    text: str
    parts: tuple[FormPart, ...]
    submit: Say
    opens: str
    version: int = 0
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Reply:
    """An answer. The first Say is also the notification.

    form: to be filled in. It opens by itself where it can; where it cannot, `parts` stand with a button that opens it. Where it is drawn
    in the answer itself, of `parts` only what is wrong stands above it (`above_form`).
    card: what it shows ("o5", "c91"): a press answered with the same card redraws it in place, another card is a new message.
    private: not for a shared place. aside: what goes to the asker alone when the rest may be seen by everyone.
    after: what stands below the form wherever it is drawn; then what is said in `parts` stands above it, too.
    """

    parts: tuple[Part, ...]
    card: str = ""
    private: bool = False
    tone: Tone = "answer"
    aside: "Reply | None" = None
    form: Form | None = None
    after: tuple[Part, ...] = ()


def above_form(reply: Reply) -> tuple[Say, ...]:
    """What stands above a form that is drawn in the answer itself: what is wrong, or is said, and nothing of what takes a form's place."""
    return tuple(part for part in reply.parts if isinstance(part, Say)) if reply.after or reply.tone in ("refusal", "apology") else ()


_TYPES: dict[str, type] = {
    c.__name__: c for c in (Person, Amount, Source, Say, Meter, Button, Item, Buttons, Copy, Rule, Choice, Field, Form, Reply)
}


_SCALARS = frozenset((str, int, float, bool, type(None)))
_FIELDS = {c: tuple((f.name, f.default) for f in fields(c)) for c in _TYPES.values()}


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind in _FIELDS:
        return {"!": kind.__name__} | {
            name: _plain(held) for name, default in _FIELDS[kind] if (held := getattr(value, name)) is not default
        }
    if isinstance(value, Mapping):
        return {"!": "map", "of": {str(k): _plain(v) for k, v in value.items()}}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, datetime):
        return {"!": "datetime", "of": value.isoformat()}
    if isinstance(value, date):
        return {"!": "date", "of": value.isoformat()}
    if isinstance(value, Decimal):
        return {"!": "decimal", "of": str(value)}
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"a fact of type {type(value).__name__} cannot be kept")


def _thing(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_thing(v) for v in value)
    if not isinstance(value, dict):
        return value
    kind = value["!"]
    if kind == "map":
        return {k: _thing(v) for k, v in value["of"].items()}
    if kind == "datetime":
        return datetime.fromisoformat(value["of"])
    if kind == "date":
        return date.fromisoformat(value["of"])
    if kind == "decimal":
        return Decimal(value["of"])
    return _TYPES[kind](**{k: _thing(v) for k, v in value.items() if k != "!"})


def to_json(reply: Reply) -> str:
    """The reply as JSON text, without what is as it is by default; TypeError for a fact that is none of the kinds named here."""
    return json.dumps(_plain(reply), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Reply:
    """The reply that `to_json` wrote; lists come back as tuples."""
    reply = _thing(json.loads(text))
    assert isinstance(reply, Reply)
    return reply
