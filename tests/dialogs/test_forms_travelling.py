"""Where the answer to a form goes: into the form, in its place, or as a message to whom it concerns, on whatever front."""

from typing import Any

import pytest

from bot.commands import Mine
from bot.messages import Place
from bot.sending import Outgoing
from handlers.dispatch import HANDLERS
from handlers.submitting import FORMS
from tests import tiny_form
from tests.dialogs.conftest import Town
from tests.talk import Heard

CHANNEL = Place("C1", shared=True)


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, Mine, tiny_form.answered)
    monkeypatch.setitem(FORMS, "settings", tiny_form.sent)


def sends(town: Town, who: str, zone: str, text: str = "form settings", **more: Any) -> Heard:
    """A form that stays open until it is answered, as a modal does."""
    return town.says(who, text, **({"entry": "form", "fields": {"zone": zone}, "inline": False} | more))


def from_card(town: Town, who: str, zone: str, **more: Any) -> Heard:
    """A form in a card."""
    return sends(town, who, zone, **({"inline": True, "toast": True, "message": "om_1"} | more))


def theirs(sent: list[Outgoing]) -> list[tuple[str, str, str]]:
    return [(out.to.channel, out.to.user, out.to.hook) for out in sent]


def test_a_form_opens_at_once_or_comes_as_a_message(town: Town) -> None:
    who = town.someone()
    assert town.says(who, "mine").reply.form == tiny_form.drawn()  # type: ignore[union-attr]
    assert town.says(who, "mine", entry="press", inline=False, trigger="t1").reply is not None
    assert town.deliver() == []
    assert town.says(who, "mine", inline=False).reply is None
    (out,) = town.deliver()
    assert out.reply.form == tiny_form.drawn()


def test_the_answer_is_a_message_where_the_form_was_opened(town: Town) -> None:
    who = town.someone()
    assert sends(town, who, "open", place=CHANNEL).reply is None
    assert theirs(town.deliver()) == [("C1", "", "")]
    assert sends(town, who, "Asia/Shanghai", place=CHANNEL).reply is None
    assert theirs(town.deliver()) == [("C1", who, "")]


@pytest.mark.parametrize("shared", [True, False])
def test_what_only_the_asker_saw_is_answered_for_their_eyes_alone(shared: bool, town: Town) -> None:
    who = town.someone()
    sends(town, who, "open", place=Place("C1", shared=shared), hook="https://hook")
    assert theirs(town.deliver()) == [("C1", who, "https://hook")]


def test_a_no_is_written_into_the_form_and_nothing_is_sent(town: Town) -> None:
    who = town.someone()
    for zone in ("nowhere", "nobody's"):
        heard = sends(town, who, zone, place=CHANNEL)
        assert heard.reply is not None
        assert heard.reply.tone == "refusal"
    assert sends(town, who, "nowhere").reply.form.parts[0].error is not None  # type: ignore[union-attr]
    broken = town.desk.answer(town.message(who, "form settings", entry="form", fields={"zone": "broken"}, inline=False))
    assert broken.reply is not None
    assert broken.reply.tone == "apology"
    assert town.deliver() == []


def test_what_was_refused_may_be_sent_again_and_what_was_done_is_done_once(town: Town) -> None:
    who = town.someone()
    again = {"delivery": f"V1:{who}"}
    assert sends(town, who, "nowhere", **again).reply.tone == "refusal"  # type: ignore[union-attr]
    for _ in range(3):
        assert sends(town, who, "Asia/Tokyo", **again).reply is None
    assert len(town.deliver()) == 1
    assert [c["new"] for c in town.changes_by(who) if c["field"] == "timezone"] == ["Asia/Tokyo"]


def test_a_press_inside_brings_the_form_back_with_what_was_typed(town: Town) -> None:
    heard = sends(town, town.someone(), "Asia/", text="form settings longer")
    assert heard.reply is not None
    assert heard.reply.form == tiny_form.drawn("Asia/", longer=True)
    assert town.deliver() == []


def test_a_card_shows_what_is_wrong_and_then_what_was_done(town: Town) -> None:
    who = town.someone()
    wrong = from_card(town, who, "nowhere")
    assert wrong.answered.redraw
    assert wrong.reply.form.parts[0].value == "nowhere"  # type: ignore[union-attr]
    assert from_card(town, who, "Asia/Shanghai").answered.redraw
    assert town.deliver() == []


def test_in_a_group_a_private_answer_does_not_take_the_place_of_the_card(town: Town) -> None:
    who = town.someone()
    heard = from_card(town, who, "Asia/Shanghai", place=CHANNEL)
    assert (heard.answered.redraw, heard.reply is None) == (False, False)
    assert theirs(town.deliver()) == [("C1", who, "")]
    assert from_card(town, who, "open", place=CHANNEL).answered.redraw


def test_a_no_without_a_form_is_a_passing_notice_and_a_message(town: Town) -> None:
    who = town.someone()
    heard = from_card(town, who, "nobody's")
    assert (heard.answered.redraw, heard.reply.tone) == (False, "refusal")  # type: ignore[union-attr]
    assert len(town.deliver()) == 1
