"""Dresses a Reply as a piece of HTML. Pure: it knows words and layout, and nothing of who asked or how it travels."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.messages import clean
from bot.replies import Button, Buttons, Field, Form, Item, Part, Person, Reply, Say, above_form
from bot.wording import LOCALES, Span, Words, words

TEMPLATES = Path(__file__).parent / "templates"
PLATFORM = "web"
_NAME = re.compile(r"[A-Za-z0-9_/]+")
_SPOKEN = {"question": "tone_question", "refusal": "tone_refusal", "apology": "tone_apology"}


@cache
def page_words(locale: str) -> dict[str, str]:
    """The page's own words by name: labels, hints and empty states; a {name} in them is filled by the page."""
    lines = words(locale).plain(Say("web_page")).splitlines()
    return {name.strip(): text.strip() for name, _, text in (line.partition(":") for line in lines if ":" in line)}


def page() -> str:
    """The page itself, with its words in every language; conversations come later."""
    return _templates().get_template("page.html").render(words={locale: page_words(locale) for locale in LOCALES})


def render(reply: Reply, locale: str, dressed: Words | None = None, *, key: str = "l0") -> str:
    """The reply as an HTML fragment, in the reply's language; everything that people typed is escaped. key: begins every id in it."""
    shown = _helpers(dressed or words(locale))
    shown |= {
        "key": key,
        "reply": reply,
        "locale": locale,
        "own": page_words(locale),
        "boxed": _boxed(reply),
        "spoken": _SPOKEN.get(reply.tone),
        "above": above_form(reply),
    }
    shown["mostly"] = _mostly(reply.form)
    return _templates().get_template("card.html").render(shown).strip()


def unshown(locale: str) -> str:
    """What stands for a card that could not be drawn."""
    return str(Markup('<div class="card"><p class="say is-note">{}</p></div>').format(page_words(locale)["unshown"]))


@cache
def _templates() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(kind=lambda part: type(part).__name__, bar=_bar)
    env.tests.update(web_link=_is_web_link)
    return env


def _helpers(dressed: Words) -> dict[str, object]:
    """What the template may ask for: a paragraph's spans, a button's letters, a meter's words, a person's account."""

    def worded(button: Button, label: str) -> str:
        """A label is a prompt's name, or plain letters where there is no such prompt."""
        return dressed.plain(Say(label, button.facts)) if _NAME.fullmatch(label) and dressed.has(label) else clean(label)

    return {
        "say": dressed.say,
        "plain": dressed.plain,
        "worded": worded,
        "cancel": dressed.plain(Say("confirm_no")),
        "measure": dressed.meter,
        "account": _account,
        "users": _users,
    }


def _mostly(form: Form | None) -> bool:
    """Whether most fields of a form are required: then the others say that they are not, else the required ones say it."""
    fields = [part for part in form.parts if isinstance(part, Field)] if form else []
    return sum(field.required for field in fields) * 2 >= len(fields)


def _boxed(reply: Reply) -> bool:
    """Whether the answer stands in a box: a plain sentence reads better without one."""
    return reply.form is not None or reply.tone != "answer" or any(_needs_box(part) for part in reply.parts)


def _needs_box(part: Part) -> bool:
    return isinstance(part, Item | Buttons) or (isinstance(part, Say) and part.role in {"title", "warning"})


def _bar(progress: float) -> str:
    """A share of the bar's length: 0.456 as "45.6%", never beyond its ends."""
    return f"{min(max(progress, 0.0), 1.0) * 100:.4g}%"


def _is_web_link(url: str) -> bool:
    return url.lower().startswith(("https://", "http://"))


def _account(span: Span) -> str:
    """The person's user on this page, "" when they have none."""
    return _user(span.person) if span.person else ""


def _user(person: Person) -> str:
    return next((user for platform, _, user in person.accounts if platform == PLATFORM), "")


def _users(people: tuple[Person, ...]) -> list[str]:
    """Those of them who live here."""
    return [user for person in people if (user := _user(person))]
