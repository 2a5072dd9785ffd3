"""What a second sending, a slip of the hand or an act that came too late leaves of a review: nothing twice, and nothing lost."""

import pytest

from handlers.people import Defaults
from handlers.reminders import plan
from storage.store import Store
from tests.dialogs.conftest import Town
from tests.dialogs.test_reviews import at, filled_in, lived, tone, words
from tests.talk import MONDAY


@pytest.fixture
def days(store: Store, lang: str) -> Town:
    """A town of its own, whose clock can run."""
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone="UTC", locale=lang), now=MONDAY)
    town.look_closely = True
    return town


def actions_of(town: Town) -> list[tuple[str, str | None]]:
    return [(a["text"], a["due"]) for a in town.export()["actions"]]


def test_the_form_sent_twice_promises_once(days: Town, lang: str) -> None:
    ann, bob = lived(days, lang), days.someone("bob")
    days.says(bob, "mine")
    days.deliver()
    form, row = filled_in(days, ann)
    said = {f"change_{row}": f"book the hall by 12-04\ncall the bank @{bob}", f"insight_{row}": "call early"}
    first, again = days.sends(ann, form, said), days.sends(ann, form, said)
    assert (tone(first), tone(again)) == ("answer", "answer"), again.text
    assert actions_of(days) == [("book the hall", "2026-12-04"), ("call the bank", None)]
    assert len(days.delivered_to(bob)) == 1
    more = days.sends(ann, form, {f"change_{row}": "book the hall by 12-05"})
    assert tone(more) == "answer"
    assert len(actions_of(days)) == 3  # another day is another promise


def test_a_step_said_twice_stands_already(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    for step in ("insight call early", "confidence 5", "change book the hall by 12-04"):
        first, again = days.says(ann, f"review KR1.1 {step}"), days.says(ann, f"review KR1.1 {step}")
        assert tone(first) == tone(again) == "answer"
        assert words(lang, "stands so already", "已经是这样了") in again.text
        assert not [b for _, b in again.buttons() if b.text.startswith("undo")]
    assert len(actions_of(days)) == 1


def test_what_was_typed_comes_back_with_a_mistake(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    for text in ("review KR7.1 insight we should have called early", "review KR1.1 confidence 11"):
        heard = days.says(ann, text)
        assert tone(heard) == "refusal"
        assert f"| {text}" in heard.text, heard.text


def test_what_begins_with_a_reference_keeps_whom_and_when(days: Town, lang: str) -> None:
    ann, bob = lived(days, lang), days.someone("bob")
    days.says(bob, "mine")
    days.says(ann, f"review KR1.1 change KR1.2: ask sales by 12-04 <@{bob}>")
    assert actions_of(days) == [("KR1.2 ask sales", "2026-12-04")]
    assert "KR1.2 ask sales" in days.says(bob, "actions").text
    for text in (f"<@{bob}>", "by 12-04"):
        heard = days.says(ann, f"review KR1.1 change {text}")
        assert tone(heard) == "refusal", heard.text
    assert len(actions_of(days)) == 1
    form, row = filled_in(days, ann, "KR1.2")
    assert tone(days.sends(ann, form, {f"change_{row}": "by 12-04"})) == "refusal"


def test_a_review_closed_before_its_evening_leaves_the_days_question(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.says(ann, "review close as drafted")
    days.until(at(30, 17, 30))
    [asked] = [days.read(out) for out in days.until(at(30, 18)) if out.to.user == ann]
    assert words(lang, "How was today?", "今天进展如何") in asked.text
    days.says(ann, "met the board")
    assert [row["note"] for row in days.check_ins(ann) if row["on"] == "2026-11-30"] == ["met the board"]


def test_what_was_never_asked_takes_no_plain_words(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.until(at(30, 17, 30))
    assert plan(days.store, at(30, 17, 59)) > 0
    days.now = at(30, 18)  # it is planned, and does not go out
    before = len(days.check_ins(ann))
    days.says(ann, "met the board")
    assert len(days.check_ins(ann)) == before
    assert [out.to.user for out in days.deliver()] == [ann]
    days.says(ann, "met the board")
    assert [row["on"] for row in days.check_ins(ann)[before:]] == ["2026-11-30"]


def test_a_day_to_come_is_of_the_period_that_runs(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    assert words(lang, "30 Nov", "11月30日") in days.says(ann, words(lang, "review tomorrow", "复盘 明天")).text
    days.now = at(30, 12)
    heard = days.says(ann, words(lang, "review tomorrow", "复盘 明天"))
    assert tone(heard) == "refusal"
    assert words(lang, "1 Dec", "12月1日") in heard.text


def test_what_comes_too_late_to_be_taken_back_names_the_review(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    said = days.says(ann, "review KR1.1 insight call early")
    days.says(ann, "review KR1.1 insight call late")
    closed = days.says(ann, "review close as drafted")
    days.says(ann, words(lang, "review reopen", "重开复盘"))
    for heard in (said, closed):
        late = days.presses(ann, heard, words(lang, "Undo", "撤销"))
        assert tone(late) == "refusal"
        assert words(lang, "30 Nov", "11月30日") in late.text, late.text
        assert "w1" not in late.text
        assert "x1" not in late.text


def test_every_act_on_a_review_has_a_name_when_it_is_taken_back(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.says(ann, "review KR1.1 insight call early")
    undo = words(lang, "undo", "撤销")
    taken, again, once_more = (days.says(ann, undo) for _ in range(3))
    assert words(lang, "what was written in the review", "复盘内容") in taken.text
    assert tone(again) == "answer"
    assert words(lang, "what was brought back", "刚恢复的操作") in once_more.text
