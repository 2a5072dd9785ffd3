"""Slack messages: golden cards, limits, and that nothing typed becomes markup."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import clean, mention_mark
from bot.replies import Button, Buttons, Copy, Item, Meter, Person, Reply, Rule, Say
from bot.slack.render import message
from tests.fakes.slack_blocks import buttons, flat, problems_of
from tests.samples import ANNA, REPLIES, WORDS, golden, huge, say

EN = WORDS["en"]
SEEDS = ["<!channel>", "<@U1>", "&lt;!here&gt;", "*b* _i_ ~s~ `c`", "\ue000U1\ue001", "\ue010p1\ue012x\ue011", " ", ""]
texts = st.text(max_size=400) | st.sampled_from(SEEDS)


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", REPLIES)
def test_golden(name: str, locale: str) -> None:
    drawn = message(REPLIES[name], WORDS[locale], "T1")
    assert problems_of(drawn["blocks"]) == []
    golden("slack", name, locale, drawn)


def test_a_person_is_mentioned_where_they_have_an_account_and_named_elsewhere() -> None:
    assert flat(message(REPLIES["people"], EN, "T1")["blocks"]).startswith("Owner @U1, with @U1, 小明")
    assert "@U" not in flat(message(REPLIES["people"], EN, "T9")["blocks"])


def test_what_does_not_fit_is_left_out_whole_and_said() -> None:
    drawn = message(huge(), EN, "T1")
    assert problems_of(drawn["blocks"]) == []
    shown = len(buttons(drawn["blocks"]))
    assert 20 < shown < 80
    assert flat(drawn["blocks"]).endswith(f"{81 - shown} more did not fit into one message.")


@pytest.mark.parametrize("part", [Copy("y" * 50_000), Say("typed", {"text": "y" * 50_000}), Say("typed", {"text": "y" * 50_000}, "title")])
def test_one_text_that_is_too_long_shows_its_beginning(part: Any) -> None:
    drawn = message(Reply((part,)), EN, "T1")
    assert problems_of(drawn["blocks"]) == []
    assert 11_000 < flat(drawn["blocks"]).count("y") < 13_000
    assert flat(drawn["blocks"]).endswith("1 more did not fit into one message.")


def test_a_button_that_cannot_carry_its_text_is_left_out() -> None:
    drawn = message(Reply((say("hint"), Buttons((Button("b_update", "x" * 2000), Button("b_update", "mine"))))), EN, "T1")
    assert [json.loads(v)["t"] for _, v in buttons(drawn["blocks"])] == ["mine"]


def test_more_buttons_than_a_row_holds() -> None:
    drawn = message(Reply((Buttons(tuple(Button("b_update", f"x{i}") for i in range(60))),)), EN, "T1")
    assert problems_of(drawn["blocks"]) == []
    assert len(buttons(drawn["blocks"])) == 60


@pytest.mark.parametrize("reply", [Reply(()), Reply((say("typed", text=""),)), Reply((Rule(),)), Reply((Copy(""),))])
def test_nothing_to_say_is_valid_too(reply: Reply) -> None:
    assert problems_of(message(reply, EN, "T1")["blocks"]) == []


def test_a_mention_in_text_to_copy_reads_as_one() -> None:
    assert flat(message(Reply((Copy(f"help KR1 {mention_mark('U2')} x"),)), EN, "T1")["blocks"]) == "help KR1 @U2 x"


def hostile(text: str, url: str) -> Reply:
    who = Person(7, text, (("slack", "T1", "U7"),))
    stranger = Person(8, text, (("slack", "T1", text),))
    facts = {"text": text, "who": who, "url": url}
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


def elements(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(e for v in value.values() for e in elements(v))]
    return [e for v in value for e in elements(v)] if isinstance(value, list) else []


@given(text=texts, url=texts | st.just("https://t.example/a?b=c"))
def test_nothing_typed_becomes_markup(text: str, url: str) -> None:
    drawn = message(hostile(text, url), EN, "T1")
    assert problems_of(drawn["blocks"]) == []
    found = elements(drawn["blocks"])
    assert not [e for e in found if e.get("type") in ("mrkdwn", "emoji", "channel", "usergroup", "broadcast")]
    assert {e["user_id"] for e in found if e.get("type") == "user"} <= {"U7"} | ({text} if text.isalnum() else set())
    assert {e["url"] for e in found if e.get("type") == "link"} <= {clean(url)}
    assert "<" not in drawn["text"]
    assert ">" not in drawn["text"]
    assert "&" not in drawn["text"].replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert clean(text).strip() in flat(drawn["blocks"])


@given(
    st.lists(
        st.sampled_from([*(p for r in REPLIES.values() for p in r.parts), Copy("z" * 5000), say("typed", text="w" * 4000)]), max_size=90
    )
)
def test_any_pile_of_parts_is_valid(parts: list[Any]) -> None:
    assert problems_of(message(Reply(tuple(parts)), WORDS["zh"], "T1")["blocks"]) == []


def test_the_notification_is_short_plain_and_the_first_thing_said() -> None:
    assert message(REPLIES["mine"], EN, "T1")["text"] == "Your OKRs in 2027Q1"
    assert message(Reply((say("typed", text="a\n\nb " * 500),)), EN, "T1")["text"].count("\n") == 0
    assert ANNA.name not in message(REPLIES["hostile"], EN, "T1")["text"]
