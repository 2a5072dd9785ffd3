"""Dresses a Form as the form container of a Feishu card (JSON 2.0); pure, and without the SDK.

The names of the fields that are drawn go along in each button's value: Feishu leaves out what is empty, and what did not fit
into the card must not look empty. https://open.feishu.cn/document/feishu-cards/card-json-v2-components/containers/form-container
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.feishu import elements as e
from bot.feishu.elements import Element
from bot.messages import clean
from bot.replies import Button, Buttons, Field, Form, FormPart, Person, Rule, Say
from bot.wording import Span, Words

# https://open.feishu.cn/document/feishu-cards/card-json-v2-components/interactive-components/input
MAX_INPUT = 1000
MAX_PLACEHOLDER = 100
MAX_OPTIONS = 100
MAX_PEOPLE_BYTES = 9000  # of all the lists that people are chosen from
PERSON_BYTES = 50
ROWS, MAX_ROWS = 3, 8
CHOSEN = "="  # before an option's value, which may be empty
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass
class _Drawn:
    """What was drawn so far, and what its buttons carry. typed: of fields where people are typed, who is meant by a name."""

    elements: list[Element] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    buttons: list[Element] = field(default_factory=list)


class FormDresser:
    """Draws one form. say: how a card draws a Say; value: what a button carries, by its text and version."""

    def __init__(
        self,
        form: Form,
        words: Words,
        workspace: str,
        *,
        direct: bool,
        say: Callable[[Say], list[Element]],
        value: Callable[[str, int], dict[str, Any]],
    ) -> None:
        self._form, self._words, self._workspace, self._direct, self._say, self._value = form, words, workspace, direct, say, value
        self._fields = [part for part in form.parts if isinstance(part, Field)]
        self._enforced = not any(isinstance(part, Buttons) for part in form.parts)  # else no button could send it half filled in

    def fitted(self, *, elements: int, size: int) -> Element:
        """The form with as many of its parts as these limits take, and a line about the fields that are left out."""
        low, high = 0, len(self._form.parts)
        while low < high:  # the more parts, the larger: the largest number that fits
            middle = (low + high + 1) // 2
            drawn = self._container(middle)
            if e.number(drawn) <= elements and e.size(drawn) <= size:
                low = middle
            else:
                high = middle - 1
        return self._container(low)

    def _container(self, number: int) -> Element:
        drawn = _Drawn()
        for group in _side_by_side(self._form.parts[:number]):
            self._group(group, drawn)
        left = sum(isinstance(part, Field) for part in self._form.parts[number:])
        if left:
            drawn.elements += self._say(Say("form_cut", {"left": left}, "note"))
        send = Button(self._form.submit.prompt, self._form.text, style="primary", facts=self._form.submit.facts)
        drawn.elements.append(self._button(send, drawn))
        carried = {"f": drawn.names} | _if(drawn.elsewhere, e=drawn.elsewhere) | _if(drawn.typed, p=drawn.typed)
        for button in drawn.buttons:
            button["behaviors"][0]["value"] |= carried
        return {"tag": "form", "name": "tenday_form", "elements": drawn.elements}

    def _group(self, group: Sequence[FormPart], drawn: _Drawn) -> None:
        """One part, or narrow fields two by two."""
        if len(group) == 1:
            drawn.elements += self._part(group[0], drawn)
            return
        columns = [{"tag": "column", "width": "weighted", "weight": 1, "elements": self._part(part, drawn)} for part in group]
        drawn.elements.append({"tag": "column_set", "flex_mode": "bisect", "horizontal_spacing": "8px", "columns": columns})

    def _part(self, part: FormPart, drawn: _Drawn) -> list[Element]:
        match part:
            case Field():
                return self._field(part, drawn)
            case Buttons():
                made = [self._button(b, drawn) for b in part.buttons if len(b.text) <= e.MAX_VALUE]
                return [e.row(made)] if made else []
            case Rule():
                return [{"tag": "hr"}]
            case Say():
                return self._say(part)

    def _button(self, button: Button, drawn: _Drawn) -> Element:
        shown = e.plain(e.cut(self._words.plain(Say(button.label, button.facts)), e.MAX_BUTTON))
        made: Element = {
            "tag": "button",
            "name": f"send_{len(drawn.buttons)}",
            "type": e.TYPES[button.style],
            "text": shown,
            "form_action_type": "submit",
            "behaviors": [{"type": "callback", "value": self._value(button.text, self._form.version)}],
        }
        if button.confirm:
            text = self._words.plain(Say(button.confirm, button.facts))
            made["confirm"] = {"title": shown, "text": e.plain(e.cut(text, e.MAX_CONFIRM))}
        drawn.buttons.append(made)
        return made

    # --- fields

    def _field(self, one: Field, drawn: _Drawn) -> list[Element]:
        label = self._words.plain(one.label)
        if one.kind in ("line", "text") and len(one.value) > MAX_INPUT:
            return self._say(Say("form_too_long", {"label": label}, "note"))
        wrong = self._say(replace(one.error, role="warning")) if one.error is not None else []
        marked = label + " *" if one.required and not self._enforced else label
        if one.kind in ("person", "people"):
            return [*self._person(one, marked, drawn), *wrong]
        if one.kind in ("line", "text"):
            return [*self._input(one, one.kind, marked, drawn), *wrong]
        made = {"date": self._date, "time": self._time, "choice": self._choice}[one.kind](one)
        if made is None:
            return [*self._input(one, "line", marked, drawn), *wrong]
        return [e.paragraph(marked), self._named(made, one, one.kind, drawn), *self._hint(one), *wrong]

    def _named(self, made: Element, one: Field, kind: str, drawn: _Drawn) -> Element:
        """What every field has; its name says how it is to be read."""
        name = f"{kind}_{one.name}"
        drawn.names.append(name)
        return {"tag": made["tag"], "name": name, "required": one.required and self._enforced, "width": "fill"} | made

    def _input(self, one: Field, kind: str, label: str, drawn: _Drawn) -> list[Element]:
        longest = max(1, min(MAX_INPUT, max(one.most, len(one.value))))
        made: Element = {"tag": "input", "label": e.plain(label), "label_position": "top", "max_length": longest}
        made |= {"input_type": "multiline_text", "rows": ROWS, "auto_resize": True, "max_rows": MAX_ROWS} if kind == "text" else {}
        made |= _if(one.value, default_value=one.value)
        return [self._named(made, one, kind, drawn), *self._hint(one)]

    def _hint(self, one: Field) -> list[Element]:
        return self._say(replace(one.hint, role="note")) if one.hint is not None else []

    def _placeholder(self, say: Say = Say("form_choose")) -> dict[str, Any]:  # noqa: B008  (frozen)
        return {"placeholder": e.plain(e.cut(self._words.plain(say), MAX_PLACEHOLDER))}

    def _date(self, one: Field) -> Element | None:
        return {"tag": "date_picker"} | self._placeholder() | _if(_is_date(one.value), initial_date=one.value)

    def _time(self, one: Field) -> Element | None:
        return {"tag": "picker_time"} | self._placeholder() | _if(_TIME.fullmatch(one.value), initial_time=one.value)

    def _choice(self, one: Field) -> Element | None:
        """None where there is nothing to choose: then it is typed."""
        shown = list({c.value: c for c in one.choices}.values())
        chosen = next((c for c in shown if c.value == one.value), None)
        shown = [*shown[: MAX_OPTIONS - 1], chosen] if chosen in shown[MAX_OPTIONS:] and chosen else shown[:MAX_OPTIONS]
        if not shown:
            return None
        options = [{"text": e.plain(e.cut(self._words.plain(c.label), MAX_PLACEHOLDER)), "value": CHOSEN + c.value} for c in shown]
        made: Element = {"tag": "select_static", "options": options} | self._placeholder()
        return made | (_if(chosen, initial_option=CHOSEN + one.value))

    # --- people

    def _person(self, one: Field, label: str, drawn: _Drawn) -> list[Element]:
        """Chosen from a list where there is one: ours, or Feishu's of the people in a group; else typed."""
        options = self._candidates(one)
        if not options and (self._direct or one.people):
            return self._typed(one, label, drawn)
        here = [u for p in one.people if (u := self._account(p)) is not None]
        made: Element = self._placeholder() | _if(options, options=[{"value": user} for user in options])
        if one.kind == "people":
            made |= {"tag": "multi_select_person"} | _if(here, selected_values=list(dict.fromkeys(here)))
        else:
            made |= {"tag": "select_person"} | (_if(here, initial_option=here[0]) if here else {})
        return [e.paragraph(label), self._named(made, one, one.kind, drawn), *self._hint(one), *self._elsewhere(one, drawn)]

    def _candidates(self, one: Field) -> list[str]:
        """Whom the list offers, those whom the field holds first; [] for no list, or one that is too long."""
        number = sum(f.kind in ("person", "people") for f in self._fields)
        if not self._form.people or len(self._form.people) * PERSON_BYTES * number > MAX_PEOPLE_BYTES:
            return []
        everybody = (*one.people, *self._form.people)
        return list(dict.fromkeys(user for person in everybody if (user := self._account(person)) is not None))

    def _elsewhere(self, one: Field, drawn: _Drawn) -> list[Element]:
        """Who is in the field and cannot be shown in it: named below, and kept."""
        people = [p for p in one.people if self._account(p) is None]
        if not people:
            return []
        drawn.elsewhere[f"{one.kind}_{one.name}"] = " ".join(f"@#m{p.id}" for p in people)
        return self._say(Say("form_people_elsewhere", {"people": people}, "note"))

    def _typed(self, one: Field, label: str, drawn: _Drawn) -> list[Element]:
        """As @names; who is meant by a name that stands there already goes along."""
        meant: dict[str, str] = {}
        for person in one.people:
            name, id_ = f"@{clean(person.name)}", f"@#m{person.id}"
            meant[id_ if name in meant else name] = self._account(person) or id_
        if meant:
            drawn.typed[f"typed_{one.name}"] = meant
        text = " ".join(meant)
        made = {"tag": "input", "label": e.plain(label), "label_position": "top", "max_length": MAX_INPUT}
        made |= self._placeholder(Say("form_type_people", {"many": one.kind == "people"}))
        return [self._named(made | _if(text, default_value=e.cut(text, MAX_INPUT)), one, "typed", drawn), *self._hint(one)]

    def _account(self, person: Person) -> str | None:
        return e.mentionable(Span("person", person.name, person=person), self._workspace)


def _side_by_side(parts: Sequence[FormPart]) -> Iterator[list[FormPart]]:
    """The parts one by one, and narrow neighbours in pairs."""
    waiting: list[FormPart] = []
    for part in parts:
        narrow = isinstance(part, Field) and part.narrow
        if waiting and (not narrow or len(waiting) == 2):
            yield waiting
            waiting = []
        if narrow:
            waiting.append(part)
        else:
            yield [part]
    if waiting:
        yield waiting


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _if(true: Any, **more: Any) -> dict[str, Any]:
    return more if true else {}
