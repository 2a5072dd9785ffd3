"""Forms on Slack: how they are drawn, opened, sent, and answered so that nothing typed is lost."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Message, OutOfReach, mention_mark
from bot.replies import Button, Buttons, Choice, Reply
from bot.sending import Answered
from bot.slack import forms
from bot.slack.forms import Opened, Standing
from bot.slack.listen import SlackFront
from bot.slack.render import message
from tests.fakes import slack_blocks, slack_views
from tests.fakes.slack import FakeSlack, Modal
from tests.samples import ANNA, FORM, FORMS, HOSTILE, WORDS, form, golden, huge_form, line, say, spoken
from tests.slack.conftest import NOW, Desk

EN = WORDS["en"]
ANSWERED = Answered(Reply((say("confirm_no"),), form=FORM))
PRESS = '{"t":"edit #o1","v":3,"c":"o1"}'


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("modals", "listen"):
        monkeypatch.setattr(f"bot.slack.{name}.words", spoken)


def drawn(reply: Reply) -> dict[str, Any]:
    found = forms.view(reply, EN, "T1", Standing())
    assert found is not None
    assert slack_views.problems_of(found) == []
    return found


def opened(front: SlackFront, slack: FakeSlack, desk: Desk, shown: Reply = FORMS["form"], **more: Any) -> Modal:
    """A form, opened by a command in a channel."""
    desk.answer = lambda _m: Answered(shown)
    assert front.handle(*slack.command("/okr edit O1", **more)).body == b""
    return slack.modal(more.get("user", "U1"))


def sent(front: SlackFront, slack: FakeSlack, desk: Desk, modal: Modal, reply: Reply | None = None) -> Message:
    """Sends the form; the desk answers with this."""
    desk.answer = lambda _m: Answered(reply)
    answer = front.handle(*slack.submit(modal))
    assert answer.status == 200
    slack.answered(modal, answer.body)
    return desk.heard[-1]


# ---------------------------------------------------------------- drawn


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", FORMS)
def test_golden(name: str, locale: str) -> None:
    found = forms.view(FORMS[name], WORDS[locale], "T1", Standing(opened=Opened("C1", True, "1.2")))
    assert slack_views.problems_of(found) == []
    assert found is not None
    golden("slack", name, locale, found)


def test_a_message_cannot_hold_a_form_and_has_a_button_that_opens_it() -> None:
    shown = message(FORMS["form"], EN, "T1")
    assert slack_blocks.problems_of(shown["blocks"]) == []
    (button,) = slack_blocks.buttons(shown["blocks"])
    assert (button[0], json.loads(button[1])) == ("Open form", {"t": "edit #o1", "v": 3, "c": ""})
    assert slack_blocks.problems_of(message(Reply((), form=FORM), EN, "T1")["blocks"]) == []


def test_who_has_no_account_here_is_named_and_kept(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk)
    assert "Also 小明: without an account here" in modal.text
    assert modal.holds("with") == ["U1"]
    assert sent(front, slack, desk, modal).fields["with"] == f"{mention_mark('U1')} @#m2"


def test_a_new_person_takes_the_place_of_one_without_an_account_here(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    ben = FORMS["form"].form.parts[8].people[1]  # type: ignore[union-attr]
    modal = opened(front, slack, desk, Reply((), form=form(line("owner", kind="person", people=(ben,)))))
    assert sent(front, slack, desk, modal).fields["owner"] == "@#m2"
    modal = opened(front, slack, desk, Reply((), form=form(line("owner", kind="person", people=(ben,)))))
    modal.fill("owner", "U3")
    assert sent(front, slack, desk, modal).fields["owner"] == mention_mark("U3")


def test_what_does_not_fit_is_left_out_and_said() -> None:
    found = drawn(huge_form())
    there = [b for b in found["blocks"] if b["type"] == "input"]
    assert len(there) == 99
    assert "51 more did not fit into this form" in slack_blocks.flat(found["blocks"])
    assert slack_blocks.flat(drawn(Reply((), form=form(line("why", "x" * 3001), line("title"))))["blocks"]).startswith(
        "The why is too long"
    )


def test_a_form_that_does_not_fit_into_its_own_notes_is_no_view() -> None:
    assert forms.view(Reply((), form=form(line("a"), text="x" * 3000)), EN, "T1", Standing()) is None
    assert forms.view(Reply((), form=form()), EN, "T1", Standing()) is None


@given(value=st.text(max_size=200) | st.sampled_from([HOSTILE, ""]), error=st.text(max_size=50), most=st.integers(1, 5000))
def test_any_value_and_error_is_a_valid_view(value: str, error: str, most: int) -> None:
    kinds: list[Any] = ["line", "text", "date", "time", "choice", "person", "people"]
    options = (Choice(value, say("typed", text=error)), Choice(value + "x", say("typed", text="")))
    fields = [
        line(k, value, kind=k, choices=options, error=say("typed", text=error), most=most, hint=say("typed", text=value)) for k in kinds
    ]
    drawn(Reply((say("typed", text=error),), tone="refusal", form=form(*fields)))


def test_many_choices_keep_the_chosen_one() -> None:
    many = tuple(Choice(str(i), say("typed", text=f"number {i}")) for i in range(150))
    element = drawn(Reply((), form=form(line("kind", "140", kind="choice", choices=many))))["blocks"][0]["element"]
    assert element["initial_option"]["value"] == "=140"
    assert len(element["options"]) == 100


# ---------------------------------------------------------------- opened


def test_a_command_opens_its_form_and_says_nothing_else(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk)
    assert modal.holds("title") == "Win & keep <customers>"
    assert slack.messages == []


def test_a_press_opens_its_form(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = lambda _m: ANSWERED
    assert front.handle(*slack.press(PRESS)).status == 200
    assert slack.modal().holds("kind") == "bold"
    assert slack.messages == []


def late(slack: FakeSlack) -> None:
    slack.triggers = {trigger: (NOW - 4, user) for trigger, (_, user) in slack.triggers.items()}


@pytest.mark.parametrize(
    "trouble", [late, lambda s: s.fail("views.open", "missing_scope"), lambda s: s.break_down("views.open"), lambda s: s.lose("views.open")]
)
def test_a_form_that_cannot_open_leaves_a_button_that_opens_it(trouble: Any, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = lambda _m: ANSWERED
    command, press = slack.command("/okr edit O1"), slack.press(PRESS)
    trouble(slack)
    shown = slack.acknowledged(front.handle(*command).body)
    assert shown is not None
    assert (shown["ephemeral"], shown["buttons"][0][0]) == (True, "Open form")
    trouble(slack)
    before = len(slack.messages)
    assert front.handle(*press).status == 200
    (told,) = slack.messages[before:]
    assert (told["user"], told["buttons"][0][0]) == ("U1", "Open form")


def test_a_delivery_that_comes_twice_opens_one_form(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = lambda _m: ANSWERED
    command = slack.command("/okr edit O1")
    front.handle(*command)
    front.handle(*command)
    assert len(slack.modals) == 1


# ---------------------------------------------------------------- sent


def test_what_is_heard_of_a_form(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk)
    modal.fill("title", "Win\ue000 it @all")
    modal.fill("kind", "safe")
    modal.fill("due", "2026-12-24")
    modal.fill("at", None)
    modal.fill("owner", "U2")
    said = sent(front, slack, desk, modal)
    assert not modal.open
    assert dict(said.fields) == {
        "title": "Win it @all",
        "why": HOSTILE,
        "kind": "safe",
        "due": "2026-12-24",
        "at": "",
        "owner": mention_mark("U2"),
        "with": f"{mention_mark('U1')} @#m2",
        "weight": "400%",
    }
    assert (said.entry, said.text, said.drawn, said.trigger, said.inline, said.message) == ("form", "edit #o1", 3, "", False, "")
    assert [m.user for m in said.mentions] == ["U2", "U1"]


def test_an_empty_choice_is_a_choice(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, FORMS["form_empty"])
    assert modal.holds("kind") == "none"
    assert set(sent(front, slack, desk, modal).fields.values()) == {""}


def test_an_answer_goes_where_the_form_was_opened(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    """What a command's answer shows to the asker alone is never published, however it was asked for."""
    said = sent(front, slack, desk, opened(front, slack, desk))
    assert (said.place.channel, said.place.shared) == ("C1", True)
    assert said.hook.startswith("http")
    card = {"channel": "C2", "ts": "1.1", "ephemeral": False, "thread": "1.0"}
    for message_, hooked in ((card, False), (card | {"ephemeral": True}, True)):
        desk.answer = lambda _m: ANSWERED
        front.handle(*slack.press(PRESS, message=message_))
        said = sent(front, slack, desk, slack.modal())
        assert (said.place.channel, said.place.thread, bool(said.hook)) == ("C2", "1.0", hooked)


# ---------------------------------------------------------------- answered


def refused(of: Reply, **errors: str) -> Reply:
    """The form as it stands, with these errors in it."""
    assert of.form is not None
    parts = tuple(
        replace(p, error=say("typed", text=errors[p.name]) if p.name in errors else None) if hasattr(p, "kind") else p
        for p in of.form.parts
    )
    return Reply((say("hint"),), private=True, tone="refusal", form=replace(of.form, parts=parts))


PLAIN = Reply(
    (),
    form=form(
        line("title", "Win", required=True),
        line("weight"),
        line("owner", kind="person", people=(ANNA,)),
        Buttons((Button("b_update", "edit #o1 more"),)),
    ),
)


def test_sending_the_same_again_is_the_same_delivery_and_a_change_is_another(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    first, again = (sent(front, slack, desk, modal, refused(PLAIN, title="Say more.")) for _ in range(2))
    assert modal.errors
    modal.fill("title", "Another")
    assert first.delivery == again.delivery != sent(front, slack, desk, modal).delivery


def test_what_is_wrong_is_written_below_its_field_and_everything_else_stays(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    modal.fill("weight", "400%")
    assert PLAIN.form is not None
    typed = Reply((), form=replace(PLAIN.form, parts=(PLAIN.form.parts[0], line("weight", "400%"), *PLAIN.form.parts[2:])))
    hash_ = modal.hash
    sent(front, slack, desk, modal, refused(typed, weight="At most 100%."))
    assert modal.errors == {"The weight": "At most 100%."}
    assert (modal.hash, modal.holds("weight")) == (hash_, "400%")
    modal.fill("weight", "40%")
    assert sent(front, slack, desk, modal).fields["weight"] == "40%"
    assert not modal.open


def test_another_form_takes_its_place_with_what_was_typed(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    modal.fill("weight", "40%")
    modal.fill("title", "Mine")
    longer = Reply((), form=form(line("title", "Ours", required=True), line("weight", "40%"), line("second")))
    sent(front, slack, desk, modal, longer)
    assert modal.open
    assert [modal.holds(label) for label in ("title", "weight", "second")] == ["Ours", "40%", None]
    assert sent(front, slack, desk, modal, refused(longer, second="Say it.")).fields["title"] == "Ours"
    assert modal.errors == {"The second": "Say it."}


def test_a_value_that_comes_back_changed_twice_is_shown_each_time(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, Reply((), form=form(line("title"))))
    for _ in range(3):
        modal.fill("title", "x")
        sent(front, slack, desk, modal, Reply((), form=form(line("title"))))
        assert modal.holds("title") is None


def test_a_wrong_that_was_drawn_goes_when_it_is_mended(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, FORMS["form_wrong"])
    assert "There is no KR9.9 here" in modal.text
    assert "⚠️ At most 100%." in modal.text
    modal.fill("weight", "40%")
    mended = replace(
        FORM, parts=tuple(replace(p, value="40%", error=None) if getattr(p, "name", "") == "weight" else p for p in FORM.parts)
    )
    title_wrong = refused(Reply((), form=mended), title="Say more.")
    sent(front, slack, desk, modal, title_wrong)
    assert "At most" not in modal.text
    assert "⚠️ Say more." in modal.text


def test_a_press_inside_sends_everything_and_draws_the_form_anew(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    modal.fill("weight", "4")
    desk.answer = lambda _m: Answered(Reply((), form=form(line("title", "Win", required=True), line("weight", "4"), line("second"))))
    delivery = slack.press_in(modal, "Update")
    assert front.handle(*delivery).status == 200
    said = desk.heard[-1]
    assert (said.entry, said.text, said.fields["weight"], said.drawn) == ("form", "edit #o1 more", "4", 3)
    assert modal.labels == ["The title", "The weight", "The second"]
    modal.fill("second", "typed meanwhile")
    assert front.handle(*delivery).status == 200  # again: drawn from an older view
    assert (len(slack.modals), modal.holds("second")) == (1, "typed meanwhile")


def test_a_press_inside_that_ends_the_matter_says_so(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    desk.answer = lambda _m: Answered(None)
    front.handle(*slack.press_in(modal, "Update"))
    assert modal.text == "Done. The answer is in our conversation."


def out_of_reach(_message: Message) -> Answered:
    raise OutOfReach


def broken(_message: Message) -> Answered:
    raise ValueError("a secret that somebody typed")


def no(_message: Message) -> Answered:
    return Answered(Reply((say("no_such", ref="KR9.9"),), tone="refusal"))


@pytest.mark.parametrize(("answer", "words"), [(out_of_reach, "Not stored"), (broken, "Sorry"), (no, "There is no KR9.9")])
def test_a_form_that_fails_stays_open_and_says_why(answer: Any, words: str, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    modal.fill("weight", "40%")
    desk.answer = answer
    slack.answered(modal, front.handle(*slack.submit(modal)).body)
    assert modal.errors["The owner"].startswith(words)
    for _ in range(2):
        front.handle(*slack.press_in(modal, "Update"))
        assert modal.text.count(words) == 1
    assert (modal.holds("weight"), modal.open) == ("40%", True)
    typed = Reply((), form=form(line("title", "Win", required=True), line("weight", "40%"), *PLAIN.form.parts[2:]))  # type: ignore[union-attr]
    sent(front, slack, desk, modal, refused(typed, weight="Hm."))
    assert words not in modal.text
    assert modal.holds("weight") == "40%"


@pytest.mark.parametrize("metadata", ["", "{}", "x", "[]", '{"t":1}', None, 5, "[" * 3000])
def test_a_form_from_before_an_upgrade_keeps_what_was_typed(metadata: Any, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    heard = len(desk.heard)
    old = modal.payload() | {"private_metadata": metadata}
    answer = front.handle(*slack.submit(modal, view=old))
    slack.answered(modal, answer.body)
    assert modal.open
    assert "do not know this" in modal.errors["The owner"]
    assert front.handle(*slack.press_in(modal, "Update", view=old)).status == 200
    assert len(desk.heard) == heard


@pytest.mark.parametrize(
    "state", [None, [], {"values": []}, {"values": {"1|title": []}}, {"values": {"1|title": {"value": 5}}}, {"values": {"x": {"y": {}}}}]
)
def test_garbage_in_a_form_is_no_crash(state: Any, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    assert front.handle(*slack.submit(modal, view=modal.payload() | {"state": state})).status == 200
    assert dict(desk.heard[-1].fields) in ({}, {"title": ""})


def test_other_elements_inside_a_form_say_nothing(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    modal = opened(front, slack, desk, PLAIN)
    heard = len(desk.heard)
    select = {"type": "static_select", "action_id": "x", "selected_option": {"value": PRESS}}
    assert front.handle(*slack.press_in(modal, "Update", actions=[select])).status == 200
    assert len(desk.heard) == heard


# ---------------------------------------------------------------- first contact


def test_whoever_opens_the_conversation_says_hello(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    delivery = slack.opened_home("U2")
    assert front.handle(*delivery).status == 200
    assert front.handle(*delivery).status == 200
    assert front.handle(*slack.opened_home("U2", tab="home")).status == 200
    assert [(m.entry, m.text, m.place.channel, m.place.shared) for m in desk.heard] == [("hello", "", "DU2", False)] * 2
    assert len({m.delivery for m in desk.heard}) == 1
