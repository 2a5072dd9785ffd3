"""Undo and redo: by word, by button, twice, by another, after somebody else changed the same field, and too late."""

from typing import Any

import pytest

from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say

NUMBER = "O: Grow\nKR1: NPS from 30 to 50"


def refused(heard: Any) -> bool:
    return bool(heard.reply is not None and heard.reply.tone == "refusal")


def shared(town: Town) -> tuple[str, str]:
    """Ann's key result, on which Bob works too."""
    ann, bob = town.someone(), town.someone("bob")
    town.says(ann, f"new O: One\nKR1: a from 1 to 20 <@{bob}>")
    town.says(ann, "publish")
    return ann, bob


def test_a_check_in_is_taken_back_and_done_again(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 40 c5")
    town.says(ann, "KR1.1 45 c6 shipped")
    back = town.says(ann, say(lang, "undo"))
    assert "45" in back.text
    assert "40" in back.text
    assert "shipped" in back.text  # nothing typed is lost
    row = town.of(ann)
    assert (row["current"], row["confidence"]) == (40, 5)
    assert [c["value"] for c in town.check_ins(ann)] == [40]
    town.says(ann, say(lang, "undo"))
    row = town.of(ann)
    assert (row["current"], row["confidence"]) == (45, 6)
    assert [c["note"] for c in town.check_ins(ann)] == ["", "shipped"]
    town.says(ann, say(lang, "undo"))
    assert town.of(ann)["current"] == 40


def test_confidence_is_no_amount_of_the_key_result(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Grow\nKR1: setup from 40% to 70%")
    town.says(ann, "KR1.1 45% c6")
    assert "6%" not in town.says(ann, say(lang, "undo")).text.replace("46%", "")


def test_by_the_buttons_and_each_pressed_twice(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    echo = town.says(ann, "KR1.1 45")
    back = town.presses(ann, echo, say(lang, "Undo"))
    assert town.of(ann)["current"] is None
    again = town.presses(ann, echo, say(lang, "Undo"))
    assert "KR1.1" in again.text
    assert town.of(ann)["current"] is None
    town.presses(ann, back, say(lang, "Redo"))
    assert town.of(ann)["current"] == 45
    town.presses(ann, back, say(lang, "Redo"))
    assert town.of(ann)["current"] == 45
    assert len(town.check_ins(ann)) == 1


def test_a_button_undoes_its_own_act_though_a_newer_one_stands(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 1 to 9")
    first = town.says(ann, "KR1.1 45")
    town.says(ann, "KR1.2 5")
    town.presses(ann, first, say(lang, "Undo"))
    assert town.of(ann)["current"] is None
    assert town.of(ann, "KR1.2")["current"] == 5


def test_the_newest_first_and_then_nothing_is_left(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, "mine")
    assert refused(town.says(ann, say(lang, "undo")))


def test_nobody_undoes_for_another(town: Town, lang: str) -> None:
    ann, bob = shared(town)
    echo = town.says(ann, "KR1.1 5")
    heard = town.presses(bob, echo, say(lang, "Undo"))
    assert refused(heard)
    assert ann.capitalize() in heard.text
    assert refused(town.says(bob, say(lang, "undo")))
    assert town.of(ann)["current"] == 5


def test_after_somebody_else_changed_the_same_field_it_refuses_and_shows_both(town: Town, lang: str) -> None:
    ann, bob = shared(town)
    town.says(ann, "KR1.1 3")
    echo = town.says(ann, "KR1.1 5")
    town.says(bob, f"<@{ann}> KR1.1 8")
    for heard in (town.says(ann, say(lang, "undo")), town.presses(ann, echo, say(lang, "Undo"))):
        assert refused(heard)
        assert "3" in heard.text
        assert "5" in heard.text
        assert "8" in heard.text
        assert bob.capitalize() in heard.text
    assert town.of(ann)["current"] == 8
    assert len(town.check_ins(ann)) == 2
    town.says(bob, say(lang, "undo"))
    assert town.of(ann)["current"] == 5
    assert not refused(town.says(ann, say(lang, "undo")))
    assert town.of(ann)["current"] == 3


def test_another_field_of_the_same_key_result_is_in_nobodys_way(town: Town, lang: str) -> None:
    ann, bob = shared(town)
    town.says(ann, "KR1.1 5")
    town.says(bob, f"<@{ann}> KR1.1 c7")
    assert not refused(town.says(ann, say(lang, "undo")))
    row = town.of(ann)
    assert (row["current"], row["confidence"]) == (None, 7)


def test_within_a_day_and_not_after(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    echo = town.says(ann, "KR1.1 45")
    town.later(hours=23, minutes=59)
    assert not refused(town.says(ann, say(lang, "undo")))
    town.says(ann, say(lang, "undo"))
    town.later(hours=24, minutes=1)
    assert refused(town.says(ann, say(lang, "undo")))
    town.now = town.now.replace(day=24, hour=9, minute=2)
    assert refused(town.presses(ann, echo, say(lang, "Undo"))) or town.of(ann)["current"] == 45
    assert town.of(ann)["current"] == 45


def test_a_button_a_day_old_says_when(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    echo = town.says(ann, "KR1.1 45")
    town.later(hours=24, minutes=1)
    heard = town.presses(ann, echo, say(lang, "Undo"))
    assert refused(heard)
    assert "24" in heard.text
    assert town.of(ann)["current"] == 45


def test_publishing_is_taken_back_with_its_requests(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(ann, f"new O: One\nKR1: a from 1 to 20 <@{bob}>")
    card = town.says(ann, say(lang, "publish"))
    town.presses(ann, card, say(lang, "Undo"))
    assert town.objectives_of(ann)[0]["state"] == "draft"
    assert town.delivered_to(bob) == []  # over before it was told
    town.says(ann, say(lang, "publish"))
    assert len(town.delivered_to(bob)) == 1


def test_a_late_check_in_taken_back_leaves_the_newer_value(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 45")
    town.says(ann, "KR1.1 41 on 11-20")
    town.says(ann, say(lang, "undo"))
    assert town.of(ann)["current"] == 45
    assert [c["value"] for c in town.check_ins(ann)] == [45]


@pytest.mark.parametrize("what", ["language", "timezone", "note", "ask"])
def test_everything_that_changes_something_can_be_taken_back(town: Town, lang: str, what: str) -> None:
    ann, bob = town.with_okr(NUMBER), town.someone("bob")
    other = "en" if lang == "zh" else "zh"
    text = {
        "language": f"language {other}",
        "timezone": "timezone Asia/Shanghai",
        "note": "note hello",
        "ask": f"{say(lang, 'ask')} KR1.1 <@{bob}> have a look?",
    }
    town.says(ann, text[what])
    before = town.changes_by(ann)
    back = town.says(ann, "undo")
    assert not refused(back)
    done = town.changes_by(ann)[len(before) :]
    undone = before[-len(done) :]
    assert [(c["field"], c["old"], c["new"]) for c in done] == [(c["field"], c["new"], c["old"]) for c in reversed(undone)]
    if what == "ask":
        assert town.delivered_to(bob) == []


def test_a_declined_offer_taken_back_is_open_again(town: Town, lang: str) -> None:
    ann, bob = shared(town)
    [offer] = town.delivered_to(bob)
    town.presses(bob, offer, say(lang, "Decline"))
    assert town.name_of(town.of(ann)["owner"]) == ann.capitalize()
    back = town.says(bob, say(lang, "undo"))
    assert not refused(back)
    assert bob.capitalize() in back.text  # the owner is a person there, not a number
    assert town.name_of(town.of(ann)["owner"]) == bob.capitalize()
    town.presses(bob, offer, say(lang, "Accept"))
    assert town.says(bob, "accept").reply.tone == "refusal"  # type: ignore[union-attr]


def test_history_tells_who_when_old_and_new_and_what_was_taken_back(town: Town, lang: str) -> None:
    ann, bob = shared(town)
    town.says(ann, "KR1.1 5 c6")
    town.says(bob, f"<@{ann}> KR1.1 8")
    town.says(bob, say(lang, "undo"))
    told = town.says(ann, f"{say(lang, 'history')} KR1.1").text
    assert "5 → 8" in told
    assert "8 → 5" in told
    assert bob.capitalize() in told
    assert "2026" in told
    whole = town.says(ann, f"O1 {say(lang, 'history')}").text
    assert "KR1.1" in whole
    card = town.says(ann, "KR1.1")
    assert "5 → 8" in town.presses(ann, card, say(lang, "History")).text
    assert refused(town.says(ann, f"{say(lang, 'history')} KR7.7"))
