"""What can be read two ways is asked: each answer is a button with an exact value that keeps everything else that was typed."""

from typing import Any

import pytest

from bot.replies import Copy
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say

NUMBER = "O: Grow\nKR1: NPS from 30 to 50"
PERCENT = "O: Grow\nKR1: setup done from 40% to 70%"
MONEY = "O: 增长\nKR1：营收从¥1万提升到¥5万"
LARGE = "O: Grow\nKR1: users from 1000 to 9000"
WIDE = "O: Grow\nKR1: users from 1 to 4000"
COUNT = "O: Grow\nKR1: sign 10 customers"
STAGES = "O: Ship\nKR1: the guide stages: design 30%, build 70%"
DONE = "O: Ship\nKR1: Win the contract"
FALL = "O: Lean\nKR1: balance from -10 to -50"
KEEP = "O: Ship\nKPI: refunds ≤ 2%\nKR1: Win the contract"

# (the objective, the value before, what is said, the values offered in any order)
DOUBTS: dict[str, tuple[str, str, str, set[float]]] = {
    "percent of what": (NUMBER, "40", "KR1.1 45%", {39, 22.5, 45}),
    "a change in percent": (NUMBER, "40", "KR1.1 +10%", {50, 44}),
    "a fraction": (NUMBER, "40", "KR1.1 23/25", {23, 46}),
    "value or confidence": (COUNT, "5", "KR1.1 6/10", {6}),
    "two readings": (WIDE, "", "KR1.1 3.400", {3.4, 3400}),
    "a comma": (COUNT, "5", "KR1.1 1,2", {1.2, 12}),
    "far too much": (NUMBER, "40", "KR1.1 460", {460}),
    "far too much, rescaled": (LARGE, "5000", "KR1.1 5500000", {5500, 550, 5_500_000}),
    "negative": (NUMBER, "40", "KR1.1 =-3", {-3}),
    "another currency": (MONEY, "2万", "KR1.1 $30000", {30_000}),
    "beyond a hundred percent": (PERCENT, "45%", "KR1.1 460%", {460}),
    "a part in a percentage": (PERCENT, "45%", "KR1.1 0.6", {60, 0.6}),
    "two numbers": (NUMBER, "40", "KR1.1 45 or 46", {45, 46}),
    "in total or more": (FALL, "-20", "KR1.1 -30", {-30, -50}),
    "far too much money": (MONEY, "2万", "KR1.1 ¥1.5亿", {150_000_000}),
}


def asked(asker: Town, ann: str, text: str) -> Any:
    heard = asker.says(ann, text)
    assert heard.reply is not None
    assert heard.reply.tone == "question", heard.text
    assert heard.reply.private
    return heard


@pytest.mark.parametrize("doubt", DOUBTS)
def test_each_choice_is_an_exact_value_and_keeps_the_rest(lite: Town, lang: str, doubt: str) -> None:
    okr, before, text, choices = DOUBTS[doubt]
    ann = lite.with_okr(okr)
    if before:
        lite.says(ann, f"KR1.1 {before}" if not before.startswith("-") else f"KR1.1 ={before}")
    known = len(lite.check_ins(ann))
    said = (
        f"{text} {say(lang, 'confidence')}7 went well; {say(lang, 'blocked')}legal"
        if doubt != "value or confidence"
        else f"{text} went well"
    )
    question = asked(lite, ann, said)
    assert len(lite.check_ins(ann)) == known
    assert any(isinstance(p, Copy) and p.text == said for p in question.reply.parts)
    offered = [(label, b) for label, b in question.buttons() if b.label == "button_choice"]
    assert len({label for label, _ in offered}) == len(offered)
    assert {float(b.facts["value"].value) for _, b in offered} == choices
    for i, (label, button) in enumerate(offered):
        if i:  # the same question again: a press changes the version that the others were drawn from
            lite.says(ann, "undo")
            again = asked(lite, ann, said)
            button = next(b for other, b in again.buttons() if other == label)  # noqa: PLW2901
        echo = lite.press(ann, button, question.reply.card)
        assert echo.reply is not None
        assert echo.reply.tone == "answer", echo.text
        made = lite.check_ins(ann)[-1]
        assert made["value"] == pytest.approx(float(button.facts["value"].value), abs=1e-9)
        assert "went well" in str(made["note"])
        if doubt != "value or confidence":
            assert (made["confidence"], made["blocker"]) == (7, "legal")


def test_six_of_ten_alone_is_a_confidence_by_its_button(town: Town, lang: str) -> None:
    ann = town.with_okr(COUNT)
    question = asked(town, ann, "KR1.1 6/10 went well")
    town.presses(ann, question, say(lang, "Confidence"))
    [made] = town.check_ins(ann)
    assert (made["value"], made["confidence"], made["note"]) == (None, 6, "went well")


@pytest.mark.parametrize(
    ("okr", "text", "kept"),
    [
        (STAGES, "KR1.1 45 looking good", ("45", "looking good")),
        (STAGES, "KR1.1 testing done", ("testing done",)),
        (DONE, "KR1.1 45 looking good", ("45", "looking good")),
        (NUMBER, "KR1.1 12345678901234567890 wow", ("12345678901234567890", "wow")),
        (KEEP, "KR1.2 done", ("done",)),
    ],
)
def test_what_is_no_value_can_be_kept_as_a_note_with_all_that_was_typed(
    lite: Town, lang: str, okr: str, text: str, kept: tuple[str, ...]
) -> None:
    ann = lite.with_okr(okr)
    row = next(r["ref"] for r in lite.objectives_of(ann)[0]["key_results"] if okr is not KEEP or r["guardrail"])
    question = asked(lite, ann, text.replace("KR1.2", row).replace("KR1.1", row))
    lite.presses(ann, question, say(lang, "Keep as note"))
    [made] = lite.check_ins(ann)
    assert made["value"] is None
    assert all(piece in str(made["note"]) for piece in kept)


def test_a_question_answered_too_late_changes_nothing_and_shows_the_card(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    question = asked(town, ann, "KR1.1 460")
    town.says(ann, "KR1.1 44")
    shown = town.presses(ann, question, "460")
    assert "44" in shown.text
    assert [c["value"] for c in town.check_ins(ann)] == [44]


def test_a_choice_pressed_twice_counts_once(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    question = asked(town, ann, "KR1.1 460")
    town.presses(ann, question, "460")
    town.presses(ann, question, "460")
    assert [c["value"] for c in town.check_ins(ann)] == [460]


def test_anothers_choice_is_refused(town: Town) -> None:
    ann, bob = town.with_okr(NUMBER), town.someone("bob")
    question = asked(town, ann, "KR1.1 460")
    heard = town.presses(bob, question, "460")
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert town.check_ins(ann) == []


def test_a_text_too_long_for_a_button_is_parked_and_comes_back_whole(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    note = "很长的说明 " * 300
    question = asked(town, ann, f"KR1.1 460 {note}")
    assert question.button("460").text.startswith("run #p")
    town.presses(ann, question, "460")
    [made] = town.check_ins(ann)
    assert (made["value"], made["note"]) == (460, note.strip())


def test_the_baseline_of_a_first_value_is_not_doubted(town: Town) -> None:
    ann = town.with_okr("O: Calm\nKR1: Reduce churn to 2%")
    assert town.says(ann, "KR1.1 40%").reply.tone == "answer"  # type: ignore[union-attr]


# ---------------------------------------------------------------- prose


def test_prose_with_a_value_is_offered_and_recorded_by_its_button(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 1000 to 9000")
    text = "our NPS is at 45 now" if lang == "en" else "客户 NPS 到 45 了"
    offer = asked(town, ann, text)
    assert town.check_ins(ann) == []
    record = next(label for label, b in offer.buttons() if b.label == "button_record_as")
    assert "KR1.1" in record
    assert "45" in record
    town.presses(ann, offer, "KR1.1")
    [made] = town.check_ins(ann)
    assert (made["value"], made["note"]) == (45, text)
    assert town.of(ann)["current"] == 45


def test_prose_kept_as_the_days_note(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    text = "talked to three customers, all *happy* <b>\"so far\"" if lang == "en" else "今天聊了三个客户，都很“满意”"  # fmt: skip
    heard = town.says(ann, text)
    assert heard.reply is not None
    assert heard.reply.tone in ("refusal", "question")
    town.presses(ann, heard, say(lang, "Keep as today's note"))
    [made] = town.check_ins(ann)
    assert (made["key_result_id"], made["note"]) == (None, text)


def test_prose_that_names_a_key_result_without_a_value_can_be_its_note(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 1000 to 9000")
    text = "found a problem, KR1.2 is stuck at legal" if lang == "en" else "发现一个问题，KR1.2 卡在法务"
    heard = town.says(ann, text)
    assert town.check_ins(ann) == []
    town.presses(ann, heard, say(lang, "Note on"))
    [made] = town.check_ins(ann)
    assert (made["value"], made["note"]) == (None, text)
    assert made["key_result_id"] is not None


@pytest.mark.parametrize(
    "text",
    [
        "is KR1.1 at 45?",
        "KR1.1 到 45 了吗？",
        "we want KR1.1 to reach 45",
        "希望 KR1.1 下周到 45",
        "KR1.1 45?",
        "KR1.1 and KR1.2 are at 45",
        "对齐了需求",
        "done by Friday",
        "I will be done with KR1.1 tomorrow",
    ],
)
def test_nothing_is_stored_that_was_not_said_clearly(lite_english: Town, text: str) -> None:
    ann = lite_english.with_okr("O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 10 to 90")
    heard = lite_english.says(ann, text)
    assert heard.reply is not None
    assert heard.reply.tone in ("refusal", "question")
    assert lite_english.check_ins(ann) == []


@pytest.mark.parametrize("text", ["hello", "你好", "asdf", "🎉", "publsh O1", "42", "2027Q1", "-", "@", "KR", "O"])
def test_nonsense_is_answered_with_a_way_on(lite_english: Town, text: str) -> None:
    ann = lite_english.with_okr(NUMBER)
    heard = lite_english.says(ann, text)
    assert heard.reply is not None
    assert heard.reply.tone in ("refusal", "question")
    assert heard.buttons() or any(isinstance(p, Copy) for p in heard.reply.parts)
    assert lite_english.check_ins(ann) == []


def test_a_mistyped_command_comes_back_as_a_line_to_copy(lite: Town, lang: str) -> None:
    ann = lite.with_okr(NUMBER)
    heard = lite.says(ann, "publsh O1")
    assert f"| {say(lang, 'publish')} O1" in heard.text


def test_lines_to_copy_are_in_the_readers_language(lite: Town, lang: str) -> None:
    ann = lite.someone()
    lite.says(ann, say(lang, "mine"))
    for text, word in (("O9", "mine"), ("undo", "correct"), ("hello", "help"), ("看板", "help"), ("correct KR9 4", "mine")):
        heard = lite.says(ann, text)
        assert f"| {say(lang, word)}" in heard.text, heard.text


def test_a_text_parked_for_one_is_nobody_elses(town: Town, lang: str) -> None:
    """A long note behind a question's button stands in a row: whoever guesses its number gets nothing of it."""
    ann, bob = town.with_okr("O: Grow\nKR1: NPS from 30 to 50"), town.someone("bob")
    secret = "we lose the northern account " * 60
    asked = town.says(ann, f"KR1.1 450 {secret}")
    [parked, *_] = [b.text for _, b in asked.buttons() if b.text.startswith("run #p")]
    heard = town.says(bob, parked)
    assert "northern account" not in heard.text
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert town.presses(ann, asked, "450").reply is not None
    assert town.of(ann)["current"] == 450
