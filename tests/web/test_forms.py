"""A form on the page: drawn with its labels, hints and errors, sent with what stands in it, answered in its place."""

from html.parser import HTMLParser
from typing import Any

import pytest

from bot.messages import Mention, mention_mark
from bot.replies import Choice, Field, Form, Reply, Say, to_json
from bot.sending import Answered
from bot.web.render import render
from tests import samples as shared
from tests.web import samples
from tests.web.conftest import Client
from tests.web.samples import CHEN, HOSTILE, MINA, SampleWords, say
from tests.web.town import OUT_OF_REACH, Town

SENT = {"as": "mina", "delivery": "22222222-form", "line": 1, "text": "edit #o1", "version": 3, "card": "o1", "fields": {}}


def plain(text: str) -> Say:
    return say("plain", text=text)


def a_form(*parts: Any) -> Reply:
    return Reply((plain("Fill in"),), card="o1", form=Form(plain("Edit O1"), "edit #o1", parts, plain("Save"), "edit O1", 3))


def stand(town: Town, reply: Reply, **where: Any) -> int:
    place = {"conversation": "dm:mina", "only_for": ""} | where
    return town.post(author="", text="", reply=to_json(reply), locale="en", thread=None, **place).id


class Page(HTMLParser):
    """The elements of a fragment with their attributes, and by id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.ids = {a["id"]: (tag, a) for tag, a in self.elements if "id" in a}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("name", shared.FORMS)
def test_every_field_has_a_label_and_what_describes_it_exists(name: str) -> None:
    page = Page(render(shared.FORMS[name], "en", SampleWords("en", shared.PROMPTS), key="l7"))
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids)), "an id twice"
    controls = [a for tag in ("input", "textarea", "select") for a in page.all(tag) if a.get("type") != "radio"]
    assert {a["id"] for a in controls} == {a["for"] for a in page.all("label") if "for" in a}
    for _, attributes in page.elements:
        for name_of in ("aria-describedby", "aria-labelledby", "aria-controls"):
            assert set((attributes.get(name_of) or "").split()) <= page.ids.keys(), attributes
    assert all(str(i).startswith("l7-") for i in ids)


def test_a_mistake_keeps_what_was_typed_and_says_which() -> None:
    wrong = Field("weight", plain("Weight"), value="400%", error=plain("At most 100%."), hint=plain("All of them are 100%."))
    html = render(a_form(wrong, Field("title", plain("Title"), value=HOSTILE)), "en", samples.sample_words("en"), key="l1")
    page = Page(html)
    tag, weight = page.ids["l1-weight"]
    assert (tag, weight["value"], weight["aria-invalid"]) == ("input", "400%", "true")
    assert weight["aria-describedby"] == "l1-weight-hint l1-weight-error"
    assert "aria-invalid" not in page.ids["l1-title"][1]
    assert page.ids["l1-title"][1]["value"] == HOSTILE
    assert "<script>" not in html


def test_text_keeps_its_first_line_empty() -> None:
    html = render(a_form(Field("why", plain("Why"), kind="text", value="\nsecond")), "en", samples.sample_words("en"))
    assert ">\n\nsecond</textarea>" in html


def test_few_choices_are_seen_at_once_and_many_in_a_list() -> None:
    choices = tuple(Choice(str(i), plain(str(i))) for i in range(11))
    few = Page(render(a_form(Field("a", plain("A"), kind="choice", value="1", choices=choices[:3])), "en", samples.sample_words("en")))
    assert [(a["value"], "checked" in a) for a in few.all("input")] == [("0", False), ("1", True), ("2", False)]
    many = Page(render(a_form(Field("a", plain("A"), kind="choice", choices=choices)), "en", samples.sample_words("en")))
    assert [a["value"] for a in many.all("option")] == ["", *map(str, range(11))]
    empty = Choice("", plain("none"))
    said = Page(render(a_form(Field("a", plain("A"), kind="choice", choices=(empty, *choices))), "en", samples.sample_words("en")))
    assert [a["value"] for a in said.all("option")].count("") == 1


def test_what_is_said_beside_a_form_that_was_refused_is_shown() -> None:
    reply = Reply((plain("Somebody was faster."),), tone="refusal", form=a_form(Field("a", plain("A"))).form)
    assert "Somebody was faster." in render(reply, "en", samples.sample_words("en"))


def test_a_form_reaches_the_desk_with_its_fields(client: Client, town: Town) -> None:
    line = stand(town, a_form(Field("who", plain("Who"), kind="people", people=(MINA, CHEN))))
    fields = {"title": "Win\u200b & keep \ue000omar\ue001", "who": ["chenjing", "omar"], "nobody": [], "due": "2026-12-20"}
    assert client.post("/chat/form", SENT | {"line": line, "fields": fields}).status_code == 200
    (message,) = town.heard
    assert (message.entry, message.text, message.drawn, message.card, message.message) == ("form", "edit #o1", 3, "o1", str(line))
    assert (message.inline, message.place.channel) == (True, "dm:mina")
    assert message.fields == {
        "title": "Win & keep omar",
        "who": mention_mark("chenjing") + mention_mark("omar"),
        "nobody": "",
        "due": "2026-12-20",
    }
    assert message.mentions == (Mention("chenjing", "陈静"), Mention("omar", "Omar Haddad"))


def test_the_answer_takes_the_forms_place_when_the_desk_says_so(client: Client, town: Town) -> None:
    line = stand(town, a_form(Field("title", plain("Title"))))
    wrong = a_form(Field("title", plain("Title"), error=plain("Too short.")))
    town.replies["edit #o1"] = Answered(wrong, redraw=True)
    assert client.post("/chat/form", SENT | {"line": line}).json() == {"ok": True, "redrawn": True}
    assert (len(town.lines), town.lines[line - 1].reply) == (1, to_json(wrong))
    town.replies["edit #o1"] = Answered(samples.refusal("en"))
    assert client.post("/chat/form", SENT | {"line": line, "delivery": "33333333-form"}).json() == {"ok": True, "redrawn": False}
    assert (len(town.lines), town.lines[line - 1].reply) == (2, to_json(wrong))


def test_a_database_out_of_reach_leaves_the_form(client: Client, town: Town) -> None:
    line = stand(town, a_form(Field("title", plain("Title"))))
    town.broken["answer"] = OUT_OF_REACH
    response = client.post("/chat/form", SENT | {"line": line})
    assert (response.status_code, response.json()) == (503, {"error": "not_stored"})
    assert len(town.lines) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"fields": None}, 400),
        ({"fields": []}, 400),
        ({"fields": {"a": 1}}, 400),
        ({"fields": {"a": [1]}}, 400),
        ({"fields": {"a": ["stranger"]}}, 404),
        ({"fields": {"a": "x" * 20_001}}, 413),
        ({"fields": {str(i): "" for i in range(201)}}, 400),
        ({"line": 99}, 404),
        ({"as": "omar"}, 404),
    ],
)
def test_what_is_no_form_is_refused(client: Client, town: Town, change: dict[str, Any], status: int) -> None:
    line = stand(town, a_form(Field("title", plain("Title"))))
    assert client.post("/chat/form", SENT | {"line": line} | change).status_code == status
    assert town.heard == []
