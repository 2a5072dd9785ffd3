"""Fills the prompts: a Say becomes words in one language, free of any platform's markup.

What comes out is a run of Spans (plain, bold, code, a person, a link, the message that something was said in). Facts and the
prompts' own letters alike are mere text in them, so nothing that anybody typed can become markup: each platform's render.py
escapes text spans whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_currency_symbol, parse_pattern
from jinja2 import ChainableUndefined, Environment, FileSystemLoader, StrictUndefined, Template

from bot.messages import clean
from bot.replies import Amount, Meter, Person, Say, Source

LOCALES = ("en", "zh")
PROMPTS = Path(__file__).parent.parent / "prompts"
_BABEL = {"en": Locale("en"), "zh": Locale("zh", "CN", "Hans")}
_EXACT, _SHORT = parse_pattern("#,##0.######"), parse_pattern("#,##0.##")
_OPEN, _CLOSE, _BAR = "\ue010", "\ue011", "\ue012"


@dataclass(frozen=True)
class Span:
    """A piece of worded text. kind `person` carries the Person, `link` its address, `source` the message that it leads to."""

    kind: Literal["text", "bold", "code", "person", "link", "source"]
    text: str
    person: Person | None = None
    url: str = ""
    source: Source | None = None


class _Dressed(str):
    """Text that already carries our marks."""


def amount(value: Amount, locale: str) -> str:
    """An amount as people write it: 45%, ¥3,400, 1,200 users; a dash when there is none yet."""
    if value.value is None:
        return "–"
    if value.metric == "stages":
        return _percent(value.value)
    number: str = _EXACT.apply(Decimal(repr(value.value)).normalize(), _BABEL[locale])
    if value.metric == "percent" or value.unit == "%":
        return f"{number}%"
    if value.metric == "currency":
        symbol = get_currency_symbol(value.unit, locale=_BABEL[locale]) if value.unit.isascii() and value.unit.isalpha() else value.unit
        sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
        return f"{sign}{symbol}{digits}"
    if not value.unit:
        return number
    return f"{number}{value.unit}" if not value.unit.isascii() else f"{number} {value.unit}"


@lru_cache(maxsize=1000)
def day(value: date, locale: str) -> str:
    """A date with its weekday, in words of the language."""
    return format_date(value, format="EEE, d MMM y" if locale == "en" else "y年M月d日 EEE", locale=_BABEL[locale])


class Words:
    """The prompts in one language. `say` gives spans, `plain` gives bare text; `has` tells whether a prompt exists.

    kept: for replies that were stored, maybe by an older program: a fact that a prompt has learnt since is just missing in them.
    """

    def __init__(self, locale: str, prompts: Path = PROMPTS, *, kept: bool = False) -> None:
        self.locale = locale if locale in LOCALES else "en"
        self._prompts, self._kept = prompts, kept
        self._env = Environment(
            loader=FileSystemLoader(prompts / self.locale),
            undefined=ChainableUndefined if kept else StrictUndefined,
            finalize=self._fact,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates: dict[str, Template] = {}
        self._env.filters.update(b=self._mark("b"), code=self._mark("c"), pct=_percent, link=self._link, said=clean)

    def say(self, say: Say) -> tuple[Span, ...]:
        """The worded paragraph; raises jinja2's UndefinedError when a fact is missing, TemplateNotFound for no such prompt."""
        if self._kept and not self.has(say.prompt):
            say = Say("worded_no_more")
        text = self._template(say.prompt).render(say.facts).strip("\n")
        return _spans(text, _people_in(say.facts.values()) if _OPEN in text else {})

    def _template(self, prompt: str) -> Template:
        if prompt not in self._templates:
            self._templates[prompt] = self._env.get_template(f"{prompt}.txt")
        return self._templates[prompt]

    def plain(self, say: Say) -> str:
        """The same without any mark-up: for notifications, labels and logs of what is shown."""
        return "".join(span.text for span in self.say(say))

    def has(self, prompt: str) -> bool:
        """Whether this language words the prompt."""
        return (self._prompts / self.locale / f"{prompt}.txt").is_file()

    def meter(self, meter: Meter) -> str:
        """The bar's words: "45% · on track"."""
        return self.plain(Say("meter", {"progress": meter.progress, "status": meter.status}))

    def _fact(self, value: Any) -> str:
        if isinstance(value, _Dressed):
            return value
        if isinstance(value, Person):
            return _Dressed(f"{_OPEN}p{value.id}{_BAR}{clean(value.name)}{_CLOSE}")
        if isinstance(value, Source):
            told = value.platform, value.workspace, value.channel, value.message
            return _Dressed(f"{_OPEN}s{_BAR.join(map(clean, told))}{_CLOSE}")
        if isinstance(value, Amount):
            if value.metric == "done" and value.value is not None:
                return _Dressed(self.plain(Say("done_or_not", {"done": value.value >= 1})))
            return _Dressed(clean(amount(value, self.locale)))
        if isinstance(value, datetime):
            return _Dressed(f"{day(value.date(), self.locale)} {value:%H:%M}")
        if isinstance(value, date):
            return _Dressed(day(value, self.locale))
        if isinstance(value, float | Decimal):
            return _Dressed(_SHORT.apply(value, _BABEL[self.locale]))
        return _Dressed(clean(str(value)))

    def _mark(self, kind: str) -> Any:
        return lambda value: _Dressed(f"{_OPEN}{kind}{_strip(self._fact(value))}{_CLOSE}")

    def _link(self, label: Any, url: str) -> str:
        return _Dressed(f"{_OPEN}l{clean(url)}{_BAR}{_strip(self._fact(label))}{_CLOSE}")


@cache
def words(locale: str) -> Words:
    """The prompts of a language, compiled once."""
    return Words(locale)


@cache
def kept_words(locale: str) -> Words:
    """The same for replies that were stored."""
    return Words(locale, kept=True)


def _percent(value: float) -> str:
    """0.456 as 46%; never 100% before it is reached, nor 0% once begun."""
    shown = round(value * 100)
    if shown == 100 and value < 1:
        shown = 99
    if shown == 0 and value > 0:
        shown = 1
    return f"{shown}%"


def _strip(text: str) -> str:
    """A marked text's letters: marks do not nest, so a bold person is a bold name."""
    return "".join(span.text for span in _spans(text, {})) if _OPEN in text else text


def _people_in(facts: Iterable[Any]) -> dict[int, Person]:
    found: dict[int, Person] = {}
    for fact in facts:
        if isinstance(fact, Person):
            found[fact.id] = fact
        elif isinstance(fact, Mapping):
            found |= _people_in(fact.values())
        elif isinstance(fact, list | tuple):
            found |= _people_in(fact)
    return found


def _spans(text: str, people: Mapping[int, Person]) -> tuple[Span, ...]:
    if _OPEN not in text:
        return (Span("text", text),) if text else ()
    spans: list[Span] = []
    for i, piece in enumerate(text.split(_OPEN)):
        marked, _, rest = piece.partition(_CLOSE) if i else ("", "", piece)
        if marked:
            spans.append(_span(marked[0], marked[1:], people))
        if rest:
            spans.append(Span("text", rest))
    return tuple(spans)


def _span(kind: str, text: str, people: Mapping[int, Person]) -> Span:
    if kind == "p":
        number, _, name = text.partition(_BAR)
        return Span("person", name, person=people.get(int(number)))
    if kind == "s":
        return Span("source", "", source=Source(*text.split(_BAR)))
    if kind == "l":
        url, _, label = text.partition(_BAR)
        return Span("link", label, url=url)
    return Span("bold" if kind == "b" else "code", text)
