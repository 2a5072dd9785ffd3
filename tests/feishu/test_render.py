"""Feishu cards: golden cards, limits, and that nothing typed becomes markup."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feishu.elements import escaped
from bot.feishu.render import card, toast
from bot.messages import clean
from bot.replies import Button, Buttons, Copy, Item, Meter, Person, Reply, Rule, Say
from tests.fakes.feishu_cards import buttons, flat, problems_of, shown
from tests.samples import HOSTILE, REPLIES, WORDS, golden, huge, say

EN = WORDS["en"]
SEEDS = [
    HOSTILE,
    "1. one\n2. two\n- three\n> four\n# five\n    six",
    "a | b\n---|---\n1 | 2",
    "<at id=all></at><font color='red'>x</font>",
    "![i](img_v2_x)",
    ":OK: $x$ ${y} `c` ***b***",
    "&#42;&#42;x&#42;&#42;",
    "===\n***",
    "\ue000U1\ue001",
    " ",
    "",
]
texts = st.text(max_size=300) | st.sampled_from(SEEDS) | st.text(alphabet="*_~`[]()<>#|-\n 1.&;:/中a", max_size=40)


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", REPLIES)
def test_golden(name: str, locale: str) -> None:
    drawn = card(REPLIES[name], WORDS[locale], "tenant1")
    assert problems_of(drawn) == []
    golden("feishu", name, locale, drawn)


def test_a_person_is_mentioned_where_they_have_an_account_and_named_elsewhere() -> None:
    assert flat(card(REPLIES["people"], EN, "tenant1")).startswith("Owner @ou_1, with @ou_1, 小明")
    assert "<at" not in str(card(REPLIES["people"], EN, "other")["body"])


def test_what_does_not_fit_is_left_out_whole_and_said() -> None:
    drawn = card(huge(), EN, "tenant1")
    assert problems_of(drawn) == []
    there = len(buttons(drawn))
    assert 20 < there < 80
    assert flat(drawn).endswith(f"{81 - there} more did not fit into one message.")


@pytest.mark.parametrize("letter", ["y", "字", "😀", '"'])
@pytest.mark.parametrize("kind", ["copy", "text"])
def test_one_text_that_is_too_long_shows_its_beginning(letter: str, kind: str) -> None:
    part = Copy(letter * 50_000) if kind == "copy" else say("typed", text=letter * 50_000)
    drawn = card(Reply((part,)), EN, "tenant1")
    assert problems_of(drawn) == []
    assert flat(drawn).count(letter) > 2000
    assert flat(drawn).endswith("1 more did not fit into one message.")


def test_a_button_that_cannot_carry_its_text_is_left_out() -> None:
    drawn = card(Reply((say("hint"), Buttons((Button("b_update", "x" * 2001), Button("b_update", "mine"))))), EN, "tenant1")
    assert [v["t"] for _, v in buttons(drawn)] == ["mine"]


def test_a_button_says_when_its_card_stands_in_a_direct_conversation() -> None:
    reply = REPLIES["stored"]
    assert buttons(card(reply, EN, "tenant1", direct=True)) == [("Update", {"t": "undo #c91", "v": 0, "c": "", "d": 1})]
    assert buttons(card(reply, EN, "tenant1")) == [("Update", {"t": "undo #c91", "v": 0, "c": ""})]


@pytest.mark.parametrize(
    "reply", [Reply(()), Reply((say("typed", text=""),)), Reply((Rule(),)), Reply((Copy(""),)), Reply((say("mine", "title", cycle="x"),))]
)
def test_nothing_to_say_is_valid_too(reply: Reply) -> None:
    assert problems_of(card(reply, EN, "tenant1")) == []


def test_the_toast_is_one_short_line() -> None:
    assert toast(REPLIES["refusal"], EN) == {"type": "warning", "content": "There is no KR9.9 here. To see yours, type:"}
    assert len(toast(Reply((say("typed", text="x\n" * 500),)), EN)["content"]) == 100


def hostile(text: str, url: str) -> Reply:
    facts = {"text": text, "who": Person(7, text, (("feishu", "tenant1", "ou_7"),)), "url": url}
    stranger = Person(8, text, (("feishu", "tenant1", text),))
    button = Button("b_typed", text, 1, "danger", "b_typed", {"text": text})
    return Reply(
        (
            say("typed", "title", text=text),
            Say("dressed", facts),
            Say("dressed", facts | {"who": stranger}, "note"),
            say("typed", "note", text=text),
            Item(Say("dressed", facts, "title"), Meter(0.5, "stale"), (Say("dressed", facts, "warning"),), (button,)),
            Buttons((button,)),
            Copy(text),
        ),
        card=text,
    )


def markdowns(value: Any) -> list[str]:
    if isinstance(value, dict):
        return ([value["content"]] if value.get("tag") == "markdown" else []) + [m for v in value.values() for m in markdowns(v)]
    return [m for v in value for m in markdowns(v)] if isinstance(value, list) else []


def bare(markdown: str, text: str, url: str) -> str:
    """Markdown without what we put there ourselves: known people, our one link, bold, colours."""
    markdown = re.sub(r"<font color='(?:green|orange|red|grey)'>([^<]*)</font>", r"\1", markdown)
    known = "|".join(["ou_7", *([re.escape(text)] if re.fullmatch(r"[A-Za-z0-9_\-]{1,80}", text) else [])])
    markdown = re.sub(f"<at id=({known})></at>", "", markdown).replace(f"]({clean(url)})", "]")
    if markdown.count("[") == markdown.count("]") > 0:
        markdown = markdown.replace("[", "").replace("]", "")
    return re.sub(r"&#\d+;", "", markdown.replace("**", ""))


@given(text=texts, url=texts | st.just("https://t.example/a?b=c"))
def test_nothing_typed_becomes_markup(text: str, url: str) -> None:
    drawn = card(hostile(text, url), EN, "tenant1")
    assert problems_of(drawn) == []
    for content in markdowns(drawn):
        assert not re.search(r"[&<>~\-!*\\\[\]()#:+\"'`$_|=^{}]", bare(content, text, url)), content
        assert not re.search(r"(?m)^\s*\d+\.", content), content
    assert set(re.findall(r"<at id=([^>]*)>", str(markdowns(drawn)))) <= {"ou_7", text}


@given(texts)
def test_escaped_text_reads_as_typed(text: str) -> None:
    typed = clean(text)
    assert shown(escaped(typed)) == re.sub(r"\n[ \t]+", "\n", typed)


@given(
    st.lists(
        st.sampled_from([*(p for r in REPLIES.values() for p in r.parts), Copy("字" * 5000), say("typed", text="w" * 9000)]), max_size=90
    )
)
def test_any_pile_of_parts_is_valid(parts: list[Any]) -> None:
    assert problems_of(card(Reply(tuple(parts)), WORDS["zh"], "tenant1")) == []


def test_asterisks_never_stay_letters() -> None:
    """Bold ending in an entity before a letter, and the other way round: there a blank keeps the asterisks markup."""
    drawn = card(Reply((Item(Say("dressed", {"text": "(a)", "who": Person(1, "x"), "url": "https://t.example"})),)), EN, "tenant1")
    assert not re.search(r"[^\W]\*\*&|;\*\*[^\W]", markdowns(drawn)[0])
