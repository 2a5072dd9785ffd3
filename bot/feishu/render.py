"""Dresses a Reply as a Feishu card (JSON 2.0); pure, and without the SDK."""

from dataclasses import dataclass
from typing import Any

from bot.bars import bar
from bot.excuses import readable
from bot.feishu import elements as e
from bot.feishu.elements import Element
from bot.feishu.forms import FormDresser
from bot.messages import clean
from bot.replies import Button, Buttons, Copy, Form, Item, Meter, Part, Reply, Rule, Say, above_form
from bot.wording import Span, Words

_COLOURS = {"on_track": "green", "at_risk": "orange", "off_track": "red", "stale": "grey"}
_TEMPLATES = {"answer": "blue", "question": "turquoise", "refusal": "orange", "apology": "red"}
_TOASTS = {"answer": "success", "question": "info", "refusal": "warning", "apology": "error"}
# a forwarded card is to be read alone: a press must not come from a place that we did not draw it for
_CONFIG = {"update_multi": True, "enable_forward_interaction": False}
_RESERVE_BYTES, _RESERVE_ELEMENTS = 1500, 4  # for the frame, and for the line that says what was left out
_WARNING, _HINT = Span("text", "⚠️ "), Span("text", "💡 ")
_NARROW = 400  # bytes that are not worth a shortened text


def card(reply: Reply, words: Words, workspace: str, *, direct: bool = False, site: str = e.FEISHU) -> dict[str, Any]:
    """The reply as a card, always within Feishu's limits.

    direct: it stands in a direct conversation, and its presses say so. site: where links into conversations open, Feishu or Lark.
    """
    dresser = _Dresser(words, workspace, reply.card, direct=direct, site=site)
    titled = reply.form is None or bool(reply.after)
    title = _title(reply, words) if titled else e.cut(words.plain(reply.form.title), e.MAX_TITLE) if reply.form else ""
    parts = reply.parts if reply.form is None else above_form(reply)
    room = _Room()
    after = dresser.fitted(reply.after, room) if reply.form is not None else []
    body = dresser.fitted(parts[1:] if title and titled else parts, room)
    if reply.form is not None:
        body += [dresser.form(reply.form, room), *after]
    drawn: dict[str, Any] = {
        "schema": "2.0",
        "config": _CONFIG | {"summary": {"content": e.cut(_first(reply, words), e.MAX_SUMMARY)}},
        "body": {"direction": "vertical", "elements": body or [e.paragraph(title or "Tenday")]},
    }
    if title:
        drawn["header"] = {"title": e.plain(title), "template": _TEMPLATES[reply.tone]}
    return drawn


def toast(reply: Reply, words: Words) -> dict[str, str]:
    """The first Say as a passing notice: {"type", "content"}."""
    return {"type": _TOASTS[reply.tone], "content": e.cut(_first(reply, words), e.MAX_TOAST)}


def _first(reply: Reply, words: Words) -> str:
    """The first Say in one line of plain text."""
    for part in reply.parts:
        say = part.head if isinstance(part, Item) else part
        if isinstance(say, Say):
            return " ".join(words.plain(say).split()) or "Tenday"
    return "Tenday"


def _title(reply: Reply, words: Words) -> str:
    """The header's text when the reply begins with a title that one can hold, else ""."""
    first = reply.parts[0] if reply.parts else None
    if not isinstance(first, Say) or first.role != "title":
        return ""
    spans = words.say(first)
    text = "".join(span.text for span in spans)
    whole = len(text) <= e.MAX_TITLE and "\n" not in text and not any(s.kind in ("link", "source") for s in spans)
    return text.strip() if whole else ""


@dataclass
class _Room:
    """What is left of a card's limits."""

    elements: int = e.MAX_ELEMENTS - _RESERVE_ELEMENTS
    size: int = e.BUDGET_BYTES - _RESERVE_BYTES

    def takes(self, dressed: list[Element]) -> bool:
        elements, size = e.number(dressed), e.size(dressed)
        if elements > self.elements or size > self.size:
            return False
        self.elements, self.size = self.elements - elements, self.size - size
        return True


class _Dresser:
    def __init__(self, words: Words, workspace: str, card: str, *, direct: bool, site: str) -> None:
        self._words, self._workspace, self._card, self._direct, self._site = words, workspace, card, direct, site

    def fitted(self, parts: tuple[Part, ...], room: _Room) -> list[Element]:
        """As many parts as fit, and a line about the rest."""
        done: list[Element] = []
        for i, part in enumerate(parts):
            dressed = self._part(part)
            if not room.takes(dressed):
                shortened = self._shortened(part, room) if room.elements > 4 and room.size > _NARROW else []
                return [*done, *shortened, *self._say(Say("cut_short", {"left": len(parts) - i}, role="note"))]
            done += dressed
        return done

    def form(self, form: Form, room: _Room) -> Element:
        """The form, in what room is left."""
        dresser = FormDresser(form, self._words, self._workspace, direct=self._direct, say=self._say, value=self._value)
        return dresser.fitted(elements=room.elements, size=room.size)

    def _shortened(self, part: Part, room: _Room) -> list[Element]:
        """The beginning of a text that is too long by itself; nothing of any other part, which is left out whole."""
        limit = (room.size - 300) // 6  # a character takes six bytes at most (\\u2028 as JSON writes it, an emoji four)
        if isinstance(part, Copy):
            return [e.boxed(e.cut(_copied(part), limit))]
        return [e.paragraph(e.cut(self._words.plain(part), limit))] if isinstance(part, Say) else []

    def _part(self, part: Part) -> list[Element]:
        match part:
            case Say():
                return self._say(part)
            case Item():
                return self._item(part)
            case Buttons():
                return self._buttons(part.buttons)
            case Copy():
                return [e.boxed(_copied(part))]
            case Rule():
                return [{"tag": "hr"}]

    def _say(self, say: Say) -> list[Element]:
        spans = self._spans(say)
        text = "".join(span.text for span in spans)
        if not text.strip():
            return []
        if say.role != "title" and e.literal(spans):
            look = {"text_size": "notation", "text_color": "grey"} if say.role == "note" else {}
            return [e.paragraph(text, **look)]
        look = {"text_size": "notation"} if say.role == "note" else {}
        return [e.markdown(self._line(say, spans), **look)]

    def _spans(self, say: Say) -> tuple[Span, ...]:
        spans = self._words.say(say)
        sign = _HINT if say.prompt.startswith("coach") else _WARNING
        return (sign, *spans) if say.role == "warning" and spans else spans

    def _line(self, say: Say, spans: tuple[Span, ...]) -> str:
        colour = "grey" if say.role == "note" else ""
        return e.line(spans, self._workspace, bold=say.role == "title", colour=colour, site=self._site)

    def _item(self, item: Item) -> list[Element]:
        lines = [self._line(item.head, self._spans(item.head))]
        if item.meter is not None:
            lines.append(self._meter(item.meter))
        lines += [self._line(say, self._spans(say)) for say in item.body]
        content = "\n".join(line for line in lines if line.strip())
        return [*([e.markdown(content)] if content else []), *self._buttons(item.buttons)]

    def _meter(self, meter: Meter) -> str:
        return e.coloured(e.escaped(f"{bar(meter.progress)}  {self._words.meter(meter)}"), _COLOURS.get(meter.status or "", ""))

    def _buttons(self, buttons: tuple[Button, ...]) -> list[Element]:
        drawn = [d for button in buttons if (d := self._button(button)) is not None]
        return [e.row(drawn)] if drawn else []

    def _button(self, button: Button) -> Element | None:
        """None for a text beyond what a button may carry: half a command must not be said."""
        if len(button.text) > e.MAX_VALUE:
            return None
        label = e.plain(e.cut(self._worded(button.label, button), e.MAX_BUTTON))
        drawn: Element = {
            "tag": "button",
            "type": e.TYPES[button.style],
            "text": label,
            "behaviors": [{"type": "callback", "value": self._value(button.text, button.version)}],
        }
        if button.confirm:
            drawn["confirm"] = {"title": label, "text": e.plain(e.cut(self._worded(button.confirm, button), e.MAX_CONFIRM))}
        return drawn

    def _value(self, text: str, version: int) -> dict[str, Any]:
        """What a button carries."""
        return {"t": text, "v": version, "c": self._card} | ({"d": 1} if self._direct else {})

    def _worded(self, label: str, button: Button) -> str:
        """A label is a prompt's name, worded with the button's facts."""
        return self._words.plain(Say(label, button.facts))


def _copied(part: Copy) -> str:
    """Text to copy: mentions as @id, no other private characters."""
    return clean(readable(part.text)).strip("\n") or "–"
