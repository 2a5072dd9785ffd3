"""Dresses a Reply as a Slack message: {"text", "blocks"}; pure, and without the SDK."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.bars import bar
from bot.excuses import readable
from bot.messages import clean
from bot.replies import Button, Buttons, Copy, Item, Meter, Part, Reply, Rule, Say
from bot.slack import blocks as b
from bot.slack.blocks import Block
from bot.wording import Span, Words

MAX_NOTIFICATION = 300
RESERVE = 200  # characters kept for the line that says what was left out
_DOTS = {"on_track": "🟢", "at_risk": "🟠", "off_track": "🔴", "stale": "⚪"}
_WARNING, _HINT = Span("text", "⚠️ "), Span("text", "💡 ")


def message(reply: Reply, words: Words, workspace: str) -> dict[str, Any]:
    """The reply as `text` (the notification, for screen readers too) and `blocks`, always within Slack's limits."""
    dresser = Dresser(words, workspace, reply.card)
    dressed = dresser.fitted(with_its_form(reply))
    text = notification(reply, words)
    return {"text": text, "mrkdwn": False, "blocks": dressed or [{"type": "section", "text": b.plain(text, 100)}]}


def with_its_form(reply: Reply) -> tuple[Part, ...]:
    """The parts, and below them the button that opens the reply's form: a message cannot hold one."""
    if reply.form is None:
        return reply.parts
    parts = reply.parts or (reply.form.title,)
    opens = Button("button_fill_in" if reply.after else "button_open_form", reply.form.opens, reply.form.version, "primary")
    if reply.after and isinstance(reply.after[0], Buttons):
        return (*parts, Buttons((opens, *reply.after[0].buttons)), *reply.after[1:])
    return (*parts, Buttons((opens,)), *reply.after)


def notification(reply: Reply, words: Words) -> str:
    """The first Say as one short line, in which Slack finds nothing to interpret."""
    first = next((say for part in reply.parts if (say := _first_say(part))), None)
    line = " ".join((words.plain(first) if first else "").split())
    return b.cut(line, MAX_NOTIFICATION).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") or "Tenday"


def _first_say(part: Part) -> Say | None:
    if isinstance(part, Item):
        return part.head
    return part if isinstance(part, Say) else None


@dataclass
class _Room:
    """What is left of a message's limits."""

    blocks: int = b.MAX_BLOCKS - 1
    text: int = b.MAX_TOTAL - RESERVE

    def takes(self, dressed: list[Block]) -> bool:
        blocks, text = len(dressed), sum(b.weight(d) for d in dressed)
        if blocks > self.blocks or text > self.text:
            return False
        self.blocks, self.text = self.blocks - blocks, self.text - text
        return True


class Dresser:
    """Dresses parts one by one, numbering the buttons."""

    def __init__(self, words: Words, workspace: str, card: str) -> None:
        self._words, self._workspace, self._card = words, workspace, card
        self._number = count(1)

    def fitted(self, parts: tuple[Part, ...]) -> list[Block]:
        """As many parts as fit, and a line about the rest."""
        room, done = _Room(), list[Block]()
        for i, part in enumerate(parts):
            dressed = self.part(part, first=i == 0)
            if not room.takes(dressed):
                shortened = self._shortened(part, room.text) if room.blocks and room.text > RESERVE else []
                return [*done, *shortened, *self._say(Say("cut_short", {"left": len(parts) - i}, role="note"))]
            done += dressed
        return done

    def _shortened(self, part: Part, limit: int) -> list[Block]:
        """The beginning of a text that is too long by itself; nothing of any other part, which is left out whole."""
        if isinstance(part, Copy):
            return [_rich([b.preformatted(b.cut(_copied(part), limit))])]
        if isinstance(part, Say):
            section = b.section([Span("text", b.cut(self._words.plain(part), limit))], self._workspace)
            return [_rich([section])] if section else []
        return []

    def part(self, part: Part, *, first: bool) -> list[Block]:
        match part:
            case Say():
                return self._heading(part) if first and part.role == "title" else self._say(part)
            case Item():
                return self._item(part)
            case Buttons():
                return list(self._buttons(part.buttons))
            case Copy():
                return [_rich([b.preformatted(_copied(part))])]
            case Rule():
                return [{"type": "divider"}]

    def _heading(self, say: Say) -> list[Block]:
        """A header, unless it is too long for one or holds a link; whom it names is named in letters."""
        spans = self._words.say(say)
        text = "".join(span.text for span in spans)
        if len(text) > b.MAX_HEADER or "\n" in text or not text.strip() or any(s.kind in ("link", "source") for s in spans):
            return self._say(say)
        return [{"type": "header", "text": b.plain(text, b.MAX_HEADER)}]

    def _say(self, say: Say) -> list[Block]:
        spans = self._words.say(say)
        text = "".join(span.text for span in spans)
        plain = all(span.kind in ("text", "bold", "code") for span in spans)
        if say.role == "note" and plain and len(text.strip()) > 0 and len(text) <= b.MAX_CONTEXT_TEXT:
            return [{"type": "context", "elements": [b.plain(text, b.MAX_CONTEXT_TEXT)]}]
        section = self._section(say, spans)
        return [_rich([section])] if section else []

    def _section(self, say: Say, spans: tuple[Span, ...]) -> Block | None:
        """A Say, as it is worded, as one line of rich text, or None when it says nothing."""
        if not "".join([span.text for span in spans]).strip():
            return None
        marked = (_HINT if say.prompt.startswith("coach") else _WARNING, *spans) if say.role == "warning" else spans
        return b.section(marked, self._workspace, bold=say.role == "title")

    def _item(self, item: Item) -> list[Block]:
        head, *body = [self._section(say, self._words.say(say)) for say in (item.head, *item.body)]
        lines = [head, self._meter(item.meter), *body]
        section = b.below_each_other([line for line in lines if line is not None])
        return [*([_rich([section])] if section else []), *self._buttons(item.buttons)]

    def _meter(self, meter: Meter | None) -> Block | None:
        if meter is None:
            return None
        dot = f"{_DOTS[meter.status]} " if meter.status else ""
        return b.section([Span("text", f"{dot}{bar(meter.progress)}  {self._words.meter(meter)}")], self._workspace)

    def _buttons(self, buttons: tuple[Button, ...]) -> Iterator[Block]:
        drawn = [d for button in buttons if (d := self._button(button)) is not None]
        for i in range(0, len(drawn), b.MAX_ACTIONS):
            yield {"type": "actions", "elements": drawn[i : i + b.MAX_ACTIONS]}

    def _button(self, button: Button) -> Block | None:
        """None for a value beyond Slack's limit: half a command must not be said."""
        value = json.dumps({"t": button.text, "v": button.version, "c": self._card}, ensure_ascii=False, separators=(",", ":"))
        if len(value) > b.MAX_VALUE:
            return None
        label = b.plain(self._worded(button.label, button), b.MAX_BUTTON)
        drawn: Block = {"type": "button", "action_id": f"say-{next(self._number)}", "text": label, "value": value}
        if button.style != "plain":
            drawn["style"] = button.style
        if button.confirm:
            drawn["confirm"] = self._confirm(button, label["text"])
        return drawn

    def _confirm(self, button: Button, label: str) -> Block:
        confirm: Block = {
            "title": b.plain(label, b.MAX_CONFIRM_TITLE),
            "text": b.plain(self._worded(button.confirm, button), b.MAX_CONFIRM_TEXT),
            "confirm": b.plain(label, b.MAX_CONFIRM_BUTTON),
            "deny": b.plain(self._words.plain(Say("confirm_no")), b.MAX_CONFIRM_BUTTON),
        }
        return confirm | ({"style": "danger"} if button.style == "danger" else {})

    def _worded(self, label: str, button: Button) -> str:
        """A label is a prompt's name, worded with the button's facts."""
        return self._words.plain(Say(label, button.facts))


def _copied(part: Copy) -> str:
    """Text to copy: mentions as @id, no other private characters."""
    return clean(readable(part.text)).strip("\n") or "–"


def _rich(elements: list[Block]) -> Block:
    return {"type": "rich_text", "elements": elements}
