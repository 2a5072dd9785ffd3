"""Forms on Feishu: how they are drawn, sent, and answered so that nothing typed is lost."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feishu.listen import FeishuFront
from bot.feishu.render import card
from bot.messages import Message, OutOfReach, mention_mark
from bot.replies import Button, Buttons, Choice, Person, Reply
from bot.sending import Answered
from tests.fakes import feishu_cards
from tests.fakes.feishu import FakeFeishu
from tests.feishu.conftest import Desk
from tests.samples import ANNA, BEN, FORM, FORMS, HOSTILE, WORDS, form, golden, huge_form, line, say, spoken

EN = WORDS["en"]
NAMESAKE = Person(3, BEN.name)


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.feishu.listen.words", spoken)


def drawn(reply: Reply, *, direct: bool = False) -> dict[str, Any]:
    found = card(reply, EN, "tenant1", direct=direct)
    assert feishu_cards.problems_of(found) == []
    return found


def standing(feishu: FakeFeishu, reply: Reply, *, direct: bool = False) -> dict[str, Any]:
    """A card in a conversation."""
    shown: dict[str, Any] = {"id": "om_card", "channel": "oc_ou_1" if direct else "oc_group", "card": {}}
    body = json.dumps({"toast": {"type": "info", "content": "x"}, "card": {"type": "raw", "data": drawn(reply, direct=direct)}})
    feishu.acknowledged(body.encode(), shown)
    return shown


def sent(front: FeishuFront, feishu: FakeFeishu, desk: Desk, message: dict[str, Any], label: str = "Update") -> Message:
    assert front.handle(*feishu.send_form(message, label)).status == 200
    return desk.heard[-1]


# ---------------------------------------------------------------- drawn


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", FORMS)
def test_golden(name: str, locale: str) -> None:
    found = card(FORMS[name], WORDS[locale], "tenant1", direct=name != "form_empty")
    assert feishu_cards.problems_of(found) == []
    golden("feishu", name, locale, found)


def test_what_does_not_fit_is_left_out_and_is_not_empty(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    message = standing(feishu, huge_form())
    there = len(feishu_cards.fields(message["card"]))
    assert 20 < there < 150
    assert f"{150 - there} more did not fit into this form" in message["text"]
    said = sent(front, feishu, desk, message)
    assert list(said.fields) == [f"f{i}" for i in range(there)]
    message = standing(feishu, Reply((), form=form(line("why", "x" * 1001), line("title"))))
    assert "The why is too long" in message["text"]
    assert dict(sent(front, feishu, desk, message).fields) == {"title": ""}


def test_a_long_text_before_a_form_leaves_room_for_its_button() -> None:
    found = drawn(Reply((say("typed", text="x" * 50_000),), form=FORM))
    assert any(c.get("form_action_type") == "submit" for c in feishu_cards.components(found["body"]))


@given(
    value=st.text(max_size=200) | st.sampled_from([HOSTILE, ""]),
    error=st.text(max_size=50),
    most=st.integers(1, 5000),
    narrow=st.booleans(),
)
def test_any_value_and_error_is_a_valid_card(value: str, error: str, most: int, narrow: bool) -> None:
    kinds: list[Any] = ["line", "text", "date", "time", "choice", "person", "people"]
    options = (Choice(value, say("typed", text=error)), Choice(value, say("typed", text="")))
    wrong, hint = say("typed", text=error), say("typed", text=value)
    people = (Person(1, value, ANNA.accounts), Person(2, value))
    fields = [line(k, value, kind=k, choices=options, error=wrong, most=most, hint=hint, people=people, narrow=narrow) for k in kinds]
    drawn(Reply((say("typed", text=error),), tone="refusal", form=form(*fields)))


def test_everything_is_required_by_feishu_where_no_other_button_sends_the_form() -> None:
    field = feishu_cards.fields(drawn(Reply((), form=form(line("title", required=True)))))
    assert field["The title"]["required"] is True
    button = Buttons((Button("b_update", "edit #o1 more"),))
    field = feishu_cards.fields(drawn(Reply((), form=form(line("title", required=True), button))))
    assert field["The title *"]["required"] is False


# ---------------------------------------------------------------- people


def test_people_are_typed_where_feishu_lists_nobody(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    """In a direct conversation a picker offers its two members alone."""
    held = Reply((), form=form(line("with", kind="people", people=(ANNA, BEN, NAMESAKE)), line("owner", kind="person")))
    message = standing(feishu, held, direct=True)
    assert feishu.holds(message, "with") == "@Anna *Bold* <!here> @小明 @#m3"
    feishu.fill(message, "owner", "@陈晨")
    said = sent(front, feishu, desk, message)
    assert dict(said.fields) == {"with": f"{mention_mark('ou_1')} @#m2 @#m3", "owner": "@陈晨"}
    feishu.fill(message, "with", "@小明明 和 @小明")
    assert sent(front, feishu, desk, message).fields["with"] == "@小明明 和 @#m2"


def test_in_a_group_its_members_are_offered(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    message = standing(feishu, Reply((), form=form(line("with", kind="people"), line("owner", kind="person"))))
    tags = {c["tag"] for c in feishu_cards.fields(message["card"]).values()}
    assert tags == {"multi_select_person", "select_person"}
    feishu.fill(message, "with", ["ou_2", "ou_3"])
    feishu.fill(message, "owner", "ou_2")
    said = sent(front, feishu, desk, message)
    assert dict(said.fields) == {"with": f"{mention_mark('ou_2')} {mention_mark('ou_3')}", "owner": mention_mark("ou_2")}
    assert [m.user for m in said.mentions] == ["ou_2", "ou_3"]


def test_whom_a_form_names_are_offered_anywhere(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    chen = Person(4, "陈晨", (("feishu", "tenant1", "ou_3"),))
    fields = line("with", kind="people", people=(ANNA, BEN)), line("owner", kind="person", people=(ANNA,))
    message = standing(feishu, Reply((), form=form(*fields, people=(chen, ANNA, BEN))), direct=True)
    assert feishu.holds(message, "with") == ["ou_1"]
    assert "Also 小明: without an account here" in message["text"]
    feishu.fill(message, "owner", "ou_3")
    assert dict(sent(front, feishu, desk, message).fields) == {"with": f"{mention_mark('ou_1')} @#m2", "owner": mention_mark("ou_3")}
    crowd = tuple(Person(i, str(i), (("feishu", "tenant1", f"ou_{i}"),)) for i in range(500))
    found = drawn(Reply((), form=form(*fields, people=crowd)), direct=True)
    assert {c["tag"] for c in feishu_cards.fields(found).values()} == {"input"}


# ---------------------------------------------------------------- sent and answered


def test_what_is_heard_of_a_form(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    message = standing(feishu, FORMS["form"], direct=True)
    feishu.fill(message, "title", "Win\ue000 it @all")
    feishu.fill(message, "kind", "safe")
    feishu.fill(message, "due", "2026-12-24")
    feishu.fill(message, "at", None)
    said = sent(front, feishu, desk, message)
    assert dict(said.fields) == {
        "title": "Win it @all",
        "why": HOSTILE,
        "kind": "safe",
        "due": "2026-12-24",
        "at": "",
        "owner": mention_mark("ou_1"),
        "with": f"{mention_mark('ou_1')} @#m2",
        "weight": "400%",
    }
    assert (said.entry, said.text, said.drawn, said.message) == ("form", "edit #o1", 3, "om_card")
    assert (said.inline, said.toast, said.place.shared) == (True, True, False)


def test_nothing_filled_in_is_empty(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    message = standing(feishu, FORMS["form_empty"])
    assert feishu.holds(message, "kind") == "none"
    assert set(sent(front, feishu, desk, message).fields.values()) == {""}


def test_another_button_sends_the_form_with_its_own_words(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    said = sent(front, feishu, desk, standing(feishu, FORMS["form"]), "Drop KR1.1")
    assert (said.entry, said.text, said.fields["weight"]) == ("form", "drop #k7", "400%")


def test_the_card_is_redrawn_with_what_is_wrong(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    message = standing(feishu, Reply((), form=form(line("title", "Win"), line("weight"))), direct=True)
    feishu.fill(message, "weight", "400%")
    wrong = form(line("title", "Win"), line("weight", "400%", error=say("typed", text="At most 100%.")))
    desk.answer = lambda _m: Answered(Reply((say("no_such", ref="KR9"),), tone="refusal", form=wrong), redraw=True)
    said = feishu.acknowledged(front.handle(*feishu.send_form(message, "Update")).body, message)
    assert said["toast"]["type"] == "warning"
    assert "⚠️ At most 100%." in message["text"]
    assert feishu.holds(message, "weight") == "400%"
    desk.answer = lambda _m: Answered(Reply((say("hint"),), card="o1"), redraw=True)
    feishu.acknowledged(front.handle(*feishu.send_form(message, "Update")).body, message)
    assert message["text"] == "Type mine to see it all."


def out_of_reach(_message: Message) -> Answered:
    raise OutOfReach


def broken(_message: Message) -> Answered:
    raise ValueError("a secret that somebody typed")


@pytest.mark.parametrize(("answer", "words"), [(out_of_reach, "没有存下来"), (broken, "抱歉")])
def test_a_form_that_fails_keeps_what_is_typed(answer: Any, words: str, front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    message = standing(feishu, FORMS["form"])
    feishu.fill(message, "title", "Mine")
    desk.answer = answer
    said = feishu.acknowledged(front.handle(*feishu.send_form(message, "Update")).body, message)
    assert said["toast"]["type"] == "error"
    assert said["toast"]["content"].startswith(words)
    assert "card" not in said
    assert feishu.holds(message, "title") == "Mine"


@pytest.mark.parametrize("names", [[None], [5, "x"], ["nokind_title"], ["line_"], []])
def test_garbage_in_a_form_is_no_crash(names: Any, front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    value = {"t": "edit #o1", "v": 3, "c": "", "f": names, "e": [], "p": {"typed_x": 5}}
    for raw in (None, [], {"line_": {}}, {"line_": "x"}):
        assert front.handle(*feishu.press(value, action={"value": value, "tag": "button", "form_value": raw})).status == 200
    assert {m.entry for m in desk.heard} == {"form"}


def test_whoever_opens_the_conversation_says_hello(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    assert front.handle(*feishu.entered("ou_2")).status == 200
    (said,) = desk.heard
    assert (said.entry, said.text, said.sender.user, said.place.channel, said.place.shared) == ("hello", "", "ou_2", "oc_ou_2", False)
