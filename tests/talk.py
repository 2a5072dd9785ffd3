"""Conversations with the real desk on a real database: who said what, and what was heard."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.messages import Mention, Message, Place, Sender, mention_mark
from bot.replies import Button, Buttons, Copy, Field, FormPart, Item, Part, Reply, Rule, Say
from bot.sending import Answered, Outgoing, Sent
from bot.wording import Words, words
from handlers.delivery import Delivery
from handlers.desk import Desk
from handlers.export import everything
from handlers.people import Defaults
from handlers.reminders import plan
from storage.outbox import next_owed
from storage.people import only_organisation
from storage.pulse import next_ring
from storage.store import EVERYWHERE, Store
from tests.scanned import Scan

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@dataclass
class Heard:
    """An answer as a person meets it: its words, its buttons and its reply."""

    text: str
    reply: Reply | None
    answered: Answered
    locale: str

    def buttons(self) -> list[tuple[str, Button]]:
        return list(_buttons(self.reply, words(self.locale))) if self.reply else []

    def button(self, label: str) -> Button:
        hits = [b for name, b in self.buttons() if label in name]
        assert hits, f"no button {label!r} among {[n for n, _ in self.buttons()]}\n{self.text}"
        return hits[0]


@dataclass
class Talk:
    """A company on one platform. `says` is a direct message, `in_channel` a mention in a shared place, `presses` a button."""

    store: Store
    platform: Any = "slack"
    workspace: str = "T1"
    now: datetime = MONDAY
    defaults: Defaults = field(default_factory=lambda: Defaults(timezone="UTC"))
    sent: list[Outgoing] = field(default_factory=list)
    rate: str = "0"

    def __post_init__(self) -> None:
        self.scan = Scan(self.store)
        self.desk = Desk(self.store, self.defaults, now=lambda: self.now, machine=lambda: self.now.timestamp(), rate=self.rate)
        self.delivery = Delivery(
            self.store, {"slack": self._send, "feishu": self._send, "web": self._send}, {}, now=lambda: self.now, machine=lambda: self.now
        )

    def _send(self, out: Outgoing) -> Sent:
        self.sent.append(out)
        self.scan.see(out, self.now)
        return Sent(f"1700.{len(self.sent)}")

    def message(self, user: str, text: str, **fields: Any) -> Message:
        mentions = tuple(Mention(u, u.capitalize()) for u in _mentioned(text))
        for mention in mentions:
            text = text.replace(f"<@{mention.user}>", mention_mark(mention.user))
        sender = Sender(self.platform, self.workspace, user, user.capitalize())
        base = Message(f"d{next(_numbers)}", sender, Place(f"dm-{user}", shared=False), text, "direct", mentions, inline=True)
        return replace(base, **fields)

    def hears(self, message: Message) -> Heard:
        answered = self.desk.answer(message)
        return Heard(plain(answered.reply, answered.locale), answered.reply, answered, answered.locale)

    def says(self, user: str, text: str, **fields: Any) -> Heard:
        return self.hears(self.message(user, text, **fields))

    def in_channel(self, user: str, text: str, **fields: Any) -> Heard:
        """A mention of Tenday in #general; the answer is delivered through the outbox."""
        place = Place("C1", shared=True, thread="1.1")
        return self.says(user, text, place=place, entry="mention", inline=False, message="1.1", **fields)

    def presses(self, user: str, heard: Heard, label: str, **fields: Any) -> Heard:
        button = heard.button(label)
        card = heard.reply.card if heard.reply else ""
        return self.press(user, button, card, **fields)

    def press(self, user: str, button: Button, card: str, **fields: Any) -> Heard:
        said = self.message(user, "", entry="press", drawn=button.version, card=card, message="card-1")
        return self.hears(replace(said, text=button.text, **fields))

    def sends(self, user: str, heard: Heard, fields: dict[str, Any] | None = None, *, press: str = "", **more: Any) -> Heard:
        """Fills in the form that was heard and sends it, or presses a button inside it; people are given as lists of users."""
        assert heard.reply is not None
        assert heard.reply.form is not None, heard.text
        form = heard.reply.form
        filled = {f.name: self._standing(f) for f in form.parts if isinstance(f, Field)}
        unknown = (fields or {}).keys() - filled.keys()
        assert not unknown, f"no field {unknown} among {list(filled)}"
        for name, value in (fields or {}).items():
            filled[name] = " ".join(mention_mark(u) for u in value) if isinstance(value, list) else value
        text = form.text
        if press:
            named = [b.text for p in form.parts if isinstance(p, Buttons) for b in p.buttons if press in _labelled(b, heard.locale)]
            assert named, f"no button {press!r} in the form"
            text = named[0]
        mentions = tuple(Mention(u, u.capitalize()) for v in (fields or {}).values() if isinstance(v, list) for u in v)
        said = self.message(user, "", entry="form", drawn=form.version, message="card-1", fields=filled)
        return self.hears(replace(said, **{"text": text, "mentions": mentions} | more))

    def _standing(self, field: Field) -> str:
        """What a platform sends for a field that nobody touched."""
        users = [
            u for p in field.people for platform, workspace, u in p.accounts if (platform, workspace) == (self.platform, self.workspace)
        ]
        return " ".join(mention_mark(u) for u in users) if field.people else field.value

    def deliver(self) -> list[Outgoing]:
        """What goes out now."""
        before = len(self.sent)
        self.delivery.deliver()
        assert self.scan.faults == []
        return self.sent[before:]

    def until(self, moment: datetime) -> list[Outgoing]:
        """What goes out by itself until a moment, by a clock that rings whenever something falls due."""
        before = len(self.sent)
        self._ring()
        while self.now < moment:
            with self.store.read(EVERYWHERE) as session:
                due = [next_ring(session, self.now), next_owed(session, self.now)]
            self.now = min(moment, *(at for at in due if at is not None))
            self._ring()
        return self.sent[before:]

    def _ring(self) -> None:
        plan(self.store, self.now)
        self.delivery.deliver()
        assert self.scan.faults == []

    def later(self, **ahead: float) -> None:
        self.now += timedelta(**ahead)

    def export(self) -> dict[str, Any]:
        with self.store.read(EVERYWHERE) as session:
            organisation = only_organisation(session)
            assert organisation is not None
            return everything(session, organisation, self.now)

    def key_result(self, ref: str = "KR1.1", owner: str | None = None) -> dict[str, Any]:
        data = self.export()
        names = {p["id"]: p["name"] for p in data["people"]}
        rows = [
            k for o in data["objectives"] if owner is None or names.get(o["owner"]) == owner for k in o["key_results"] if k["ref"] == ref
        ]
        assert rows, f"no {ref}"
        return rows[0]


def _mentioned(text: str) -> list[str]:
    return [piece.split(">", 1)[0] for piece in text.split("<@")[1:]]


def _buttons(reply: Reply, said: Words) -> Iterator[tuple[str, Button]]:
    for part in (*reply.parts, *reply.after):
        if isinstance(part, Buttons | Item):
            for button in part.buttons:
                yield said.plain(Say(button.label, button.facts)), button


def plain(reply: Reply | None, locale: str) -> str:
    """A reply as bare text: every word of it, buttons in brackets."""
    if reply is None:
        return ""
    said = words(locale)
    lines = [line for part in reply.parts for line in _lines(part, said)]
    if reply.aside:
        lines += ["(only you)", plain(reply.aside, locale)]
    if reply.form:
        lines += [f"[[ {said.plain(reply.form.title)} ]]", *(line for part in reply.form.parts for line in _form_lines(part, said))]
        lines.append(f"[{said.plain(reply.form.submit)}]")
    lines += [line for part in reply.after for line in _lines(part, said)]
    return "\n".join(lines)


def _labelled(button: Button, locale: str) -> str:
    return words(locale).plain(Say(button.label, button.facts))


def _form_lines(part: FormPart, said: Words) -> Iterator[str]:
    if not isinstance(part, Field):
        yield from _lines(part, said)
        return
    held = ", ".join(p.name for p in part.people) if part.people else part.value
    yield f"{said.plain(part.label)}{'*' if part.required else ''}: {held}"
    if part.hint:
        yield f"  ({said.plain(part.hint)})"
    if part.error:
        yield f"  ! {said.plain(part.error)}"


def _lines(part: Part, said: Words) -> Iterator[str]:
    if isinstance(part, Say):
        yield said.plain(part)
    elif isinstance(part, Copy):
        yield f"| {part.text}"
    elif isinstance(part, Rule):
        yield "---"
    elif isinstance(part, Buttons):
        yield " ".join(f"[{said.plain(Say(b.label, b.facts))}]" for b in part.buttons)
    else:
        yield said.plain(part.head)
        if part.meter:
            yield said.meter(part.meter)
        yield from (said.plain(line) for line in part.body)
        if part.buttons:
            yield " ".join(f"[{said.plain(Say(b.label, b.facts))}]" for b in part.buttons)
