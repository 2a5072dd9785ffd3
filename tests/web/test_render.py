"""Replies as HTML: the stored cards, and letters that stay letters. UPDATE_GOLDEN=1 stores anew."""

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.replies import Item, Meter, Reply, Say
from bot.web.render import page_words, render
from tests import samples as shared
from tests.web.samples import HOSTILE, SAMPLES, SampleWords, hostile, sample_words, say

GOLDEN = Path(__file__).parent / "golden"
OURS = {"div", "p", "h3", "b", "code", "span", "a", "svg", "use", "rect", "section", "button", "pre", "hr"}


def check(name: str, drawn: str) -> None:
    path = GOLDEN / f"{name}.html"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(drawn + "\n", encoding="utf-8")
    assert drawn + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", SAMPLES)
def test_stored_cards(name: str, locale: str) -> None:
    check(f"{name}.{locale}", render(SAMPLES[name](locale), locale, sample_words(locale)))


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", shared.REPLIES | shared.FORMS)
def test_cards_that_every_platform_draws(name: str, locale: str) -> None:
    check(f"shared_{name}.{locale}", render((shared.REPLIES | shared.FORMS)[name], locale, SampleWords(locale, shared.PROMPTS)))


class Elements(HTMLParser):
    """The elements of a fragment, and all of its letters."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.letters = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.letters += data


def test_hostile_text_stays_text() -> None:
    found = Elements(render(hostile("en"), "en", sample_words("en")))
    assert found.tags <= OURS
    assert not {name for name in found.attributes if name.startswith("on") or name == "style"}
    assert found.letters.count(HOSTILE) == 7


def test_only_web_addresses_are_links() -> None:
    class Linking(SampleWords):
        def say(self, part: Say) -> tuple:  # type: ignore[type-arg]
            from bot.wording import Span

            return (Span("link", "here", url=part.facts.get("url", "")),)

    for url in ("javascript:alert(1)", "data:text/html,x", "//evil.example", " https://x", "file:///etc"):
        assert "<a" not in render(Reply((say("plain", url=url),)), "en", Linking("en"))
    assert 'href="https://x.example/?a=1&amp;b=2"' in render(Reply((say("plain", url="https://x.example/?a=1&b=2"),)), "en", Linking("en"))


@pytest.mark.parametrize(("progress", "width"), [(-0.2, None), (0.0, None), (0.004, "0.4%"), (0.456, "45.6%"), (1.7, "100%")])
def test_a_bar_keeps_its_ends(progress: float, width: str | None) -> None:
    drawn = render(Reply((Item(say("plain", text="x"), Meter(progress, "on_track")),)), "en", sample_words("en"))
    assert re.findall(r'class="fill" width="([^"]+)"', drawn) == ([width] if width else [])


def test_a_plain_sentence_needs_no_box() -> None:
    assert 'class="words is-answer"' in render(Reply((say("plain", text="x"),)), "en", sample_words("en"))
    assert 'class="card is-refusal"' in render(Reply((say("plain", text="x"),), tone="refusal"), "en", sample_words("en"))


def test_both_languages_have_every_word_of_the_page() -> None:
    assert page_words("en").keys() == page_words("zh").keys()
    for name, text in page_words("en").items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", page_words("zh")[name]))
    used = "".join(path.read_text() for path in [*STATIC.rglob("*.js"), TEMPLATES / "page.html", TEMPLATES / "card.html", RENDER])
    built = {"theme_auto", "theme_light", "theme_dark", "not_stored", "chip_general_mine", "chip_general_company", "chip_general_help"}
    assert {name for name in page_words("en") if not re.search(rf"\b{name}\b", used)} - built == set()


WEB = Path(__file__).parents[2] / "bot" / "web"
STATIC, TEMPLATES, RENDER = WEB / "static", WEB / "templates", WEB / "render.py"
