"""The ten-day review: drafted from what was recorded, answered in parts, closed and opened again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.messages import Place
from bot.replies import Field, Item
from handlers.people import Defaults
from storage.store import Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import MONDAY, Heard

OKR = "O: Grow the business\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200\nKR3: churn from 9% to 4%"


def words(lang: str, english: str, chinese: str) -> str:
    return chinese if lang == "zh" else english


def tone(heard: Heard) -> str:
    assert heard.reply is not None, heard.text
    return heard.reply.tone


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026; the 23rd is a Monday, the 30th the last workday of its period."""
    return datetime(2026, 11, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)


@pytest.fixture
def days(store: Store, lang: str) -> Town:
    """A town of its own, whose clock can run."""
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone="UTC", locale=lang), now=MONDAY)
    town.look_closely = True
    return town


def lived(town: Town, lang: str, name: str = "ann") -> str:
    """Somebody who worked for a week: one key result jumped, one is blocked, of one nothing was heard."""
    who = town.with_okr(OKR, name)
    town.now = at(24, 17)
    town.says(who, "KR1.1 36 called twelve customers", message=f"m1-{who}")
    town.now = at(26, 17)
    town.says(who, "KR1.1 42 the beta went well")
    town.says(who, f"KR1.2 110 first ads; {say(lang, 'blocked')}legal review")
    town.now = at(27, 17)
    return who


def review_of(town: Town, who: str) -> dict[str, Any]:
    data = town.export()
    ids = {a["user"]: p["id"] for p in data["people"] for a in p["accounts"]}
    [found] = [r for r in data["reviews"] if r["member"] == ids[who]]
    return found


def test_the_draft_tells_what_was_recorded(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    heard = days.says(ann, "review")
    assert tone(heard) == "answer", heard.text
    for said in ("30 → 50", "36", "42", "called twelve customers", "the beta went well", "legal review"):
        assert said in heard.text, (said, heard.text)
    for step in words(lang, "Goal Result Analysis", "回顾目标 评估结果 分析原因").split():
        assert step in heard.text
    assert words(lang, "A big step", "进展很大") in heard.text
    assert words(lang, "Something is in the way", "有卡点") in heard.text
    assert words(lang, "Nothing was recorded", "没有记录") in heard.text
    lines = [line for p in heard.reply.parts if isinstance(p, Item) for s in p.body for line in s.facts.get("lines", ())]  # type: ignore[union-attr]
    assert [bool(line["source"]) for line in lines if line["text"].startswith("called")] == [True]  # it leads to its message
    assert any(b.text.startswith("history #k") for _, b in heard.buttons())  # what came otherwise is in its history
    assert days.export()["reviews"] == []  # looking makes nothing


def test_changes_of_the_goal_come_with_their_reason(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.says(ann, f"{say(lang, 'edit')} KR1.2 {say(lang, 'target')} 250{say(lang, 'because')}the market grew")
    heard = days.says(ann, words(lang, "review", "复盘"))
    assert "200 → 250" in heard.text
    assert "the market grew" in heard.text


def test_two_taps_close_it_as_drafted(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    asked = days.presses(ann, days.says(ann, "review"), words(lang, "Close as drafted", "按草稿完成"))
    assert tone(asked) == "question", asked.text
    assert days.export()["reviews"] == []
    closed = days.presses(ann, asked, words(lang, "Store and close", "保存并完成"))
    assert tone(closed) == "answer", closed.text
    found = review_of(days, ann)
    assert (found["state"], found["start"], found["end"]) == ("closed", "2026-11-21", "2026-11-30")
    assert len(found["entries"]) == 3
    first = found["entries"][0]
    assert "called twelve customers" in first["analysis"]
    assert "42" in first["result"]
    assert words(lang, "on track", "正常") in first["result"]
    assert "50" in first["goal"]
    again = days.presses(ann, asked, words(lang, "Store and close", "保存并完成"))
    assert len(review_of(days, ann)["entries"]) == 3
    assert tone(again) == "answer"


def test_a_tap_on_what_has_changed_since_stores_nothing(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    asked = days.presses(ann, days.says(ann, "review"), words(lang, "Close as drafted", "按草稿完成"))
    days.says(ann, "KR1.3 8% fewer left")
    heard = days.presses(ann, asked, words(lang, "Store and close", "保存并完成"))
    assert days.export()["reviews"] == []
    assert "fewer left" in heard.text
    assert tone(days.presses(ann, heard, words(lang, "Store and close", "保存并完成"))) == "answer"
    assert "fewer left" in review_of(days, ann)["entries"][2]["analysis"]


def test_it_is_answered_in_parts_in_words(days: Town, lang: str) -> None:
    ann, bob = lived(days, lang), days.someone("bob")
    days.says(bob, "mine")
    assert tone(days.says(ann, words(lang, "review KR1.1 insight call early", "复盘 KR1.1 总结经验：call early"))) == "answer"
    heard = days.says(
        ann, words(lang, f"review KR1.2 change ask legal first <@{bob}> by 12-04", f"复盘 KR1.2 改进 12-04前 ask legal first <@{bob}>")
    )
    assert tone(heard) == "answer", heard.text
    assert "A1" in heard.text
    shown = days.says(ann, "review")
    assert "call early" in shown.text
    assert "ask legal first" in shown.text
    assert tone(days.says(ann, words(lang, "review KR1.1 confidence 7", "复盘 KR1.1 信心 7"))) == "answer"
    sure = days.says(ann, words(lang, "review close", "复盘 完成"))
    assert tone(sure) == "question"
    assert tone(days.says(ann, words(lang, "review close as drafted", "复盘 完成 按草稿"))) == "answer"
    entries = review_of(days, ann)["entries"]
    assert entries[0]["insight"] == "call early"
    assert days.of(ann)["confidence"] == 7


def test_a_replaced_insight_is_handed_back(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.says(ann, "review KR1.1 insight call early")
    heard = days.says(ann, "review KR1.1 insight call late")
    assert "| call early" in heard.text
    assert "| call late" in days.says(ann, say(lang, "undo")).text
    assert "call early" in days.says(ann, "review").text
    days.says(ann, say(lang, "undo"))  # redone
    days.says(ann, say(lang, "undo"))


def filled_in(town: Town, who: str, ref: str = "KR1.1") -> tuple[Heard, str]:
    """The form of one key result, and the number in its fields' names."""
    heard = town.says(who, f"review {ref}")
    assert heard.reply is not None
    assert heard.reply.form is not None, heard.text
    return heard, next(f.name for f in heard.reply.form.parts if isinstance(f, Field)).split("_")[1]


def test_the_form_keeps_what_was_left_as_drafted_drafted(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    heard, row = filled_in(days, ann)
    told = days.sends(
        ann, heard, {f"insight_{row}": "call early", f"change_{row}": "book the hall by 12-04\nask Cal", f"confidence_{row}": "8"}
    )
    assert tone(told) == "answer", told.text
    assert "A2" in told.text
    days.says(ann, "KR1.1 44 one more")
    assert "one more" in days.says(ann, "review").text
    days.says(ann, "review close as drafted")
    [first, *_] = review_of(days, ann)["entries"]
    assert "one more" in first["analysis"]
    assert first["insight"] == "call early"
    assert days.of(ann)["confidence"] == 8


def test_ones_own_words_stand_against_the_draft(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    heard, row = filled_in(days, ann)
    days.sends(ann, heard, {f"analysis_{row}": "We called people."})
    days.says(ann, "KR1.1 44 one more")
    days.says(ann, "review close as drafted")
    assert review_of(days, ann)["entries"][0]["analysis"] == "We called people."


def test_a_form_from_before_is_merged_or_shown_with_both(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    old, row = filled_in(days, ann)
    days.says(ann, "review KR1.1 insight from the phone")
    days.says(ann, "review KR1.1 confidence 3")
    both = days.sends(ann, old, {f"insight_{row}": "from the desk", f"analysis_{row}": "mine"})
    assert tone(both) == "refusal"
    assert "from the phone" in both.text
    assert "from the desk" in both.text
    told = days.sends(ann, both, {})
    assert tone(told) == "answer", told.text
    days.says(ann, "review close as drafted")
    first = review_of(days, ann)["entries"][0]
    assert (first["insight"], first["analysis"]) == ("from the desk", "mine")
    assert days.of(ann)["confidence"] == 3  # left as it was in the form, so the other's counts


def test_a_closed_one_takes_nothing_and_loses_nothing(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    form, row = filled_in(days, ann)
    days.says(ann, "review close as drafted")
    for heard in (days.says(ann, "review 2026-11-30 KR1.1 insight too late"), days.sends(ann, form, {f"insight_{row}": "too late"})):
        assert tone(heard) == "refusal"
        assert "| " in heard.text
        assert "too late" in heard.text
    shown = days.presses(ann, heard, words(lang, "Open again", "重开复盘"))
    assert tone(shown) == "answer", shown.text
    assert tone(days.says(ann, "review KR1.1 insight not too late")) == "answer"
    days.says(ann, "review close as drafted")
    assert review_of(days, ann)["entries"][0]["insight"] == "not too late"


def test_a_reopened_one_is_drafted_anew(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    heard, row = filled_in(days, ann)
    days.sends(ann, heard, {f"result_{row}": "It went well."})
    days.says(ann, "review close as drafted")
    assert tone(days.says(ann, words(lang, "review reopen", "重开复盘"))) == "answer"
    days.says(ann, "KR1.1 44 one more")
    days.says(ann, "review close as drafted")
    first = review_of(days, ann)["entries"][0]
    assert first["result"] == "It went well."
    assert "one more" in first["analysis"]


def test_closing_can_be_taken_back(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.says(ann, "review KR1.1 confidence 7")
    days.says(ann, "review close as drafted")
    assert tone(days.says(ann, say(lang, "undo"))) == "answer"
    assert review_of(days, ann)["state"] == "open"
    assert days.of(ann)["confidence"] is None
    assert tone(days.says(ann, "review KR1.2 insight more")) == "answer"
    days.says(ann, "review close as drafted")
    assert review_of(days, ann)["state"] == "closed"


def test_a_dropped_key_result_is_shown_and_takes_no_review(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.says(ann, f"{say(lang, 'drop')} KR1.3{say(lang, 'because')}not worth it")
    shown = days.says(ann, "review")
    assert words(lang, "dropped", "已终止") in shown.text
    heard = days.says(ann, "review KR1.3 insight we should have asked")
    assert tone(heard) == "refusal"
    assert "| we should have asked" in heard.text
    days.says(ann, "review close as drafted")
    assert len(review_of(days, ann)["entries"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "review KR1.1 confidence 11",
        "review KR1.1 change call by 2026-11-02",
        "review KR1.1 change ask legal first @nobody",
        "review KR9.9",
        "review 2027-11-20",
    ],
)
def test_what_cannot_be_is_refused_and_nothing_begins(days: Town, lang: str, text: str) -> None:
    ann = lived(days, lang)
    heard = days.says(ann, text)
    assert tone(heard) == "refusal", heard.text
    assert days.export()["reviews"] == []


def test_what_cannot_be_in_the_form_comes_back(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    heard, row = filled_in(days, ann)
    back = days.sends(ann, heard, {f"insight_{row}": "learnt", f"change_{row}": "call by 2026-11-02"})
    assert tone(back) == "refusal"
    assert "learnt" in back.text
    assert days.export()["reviews"] == []
    assert days.export()["actions"] == []


def test_others_are_not_reviewed_for(days: Town, lang: str) -> None:
    ann, bob = lived(days, lang), lived(days, lang, "bob")
    heard = days.says(bob, f"review <@{ann}> KR1.1 insight nice")
    assert tone(heard) == "refusal"
    assert "| nice" in heard.text


def test_a_lead_and_who_works_on_it_read_the_closed_one(days: Town, lang: str) -> None:
    ann, lead, cal, dan = lived(days, lang), *(days.someone(n) for n in ("lead", "cal", "dan"))
    for who in (lead, cal, dan):
        days.says(who, "mine")
    days.says(ann, f"{say(lang, 'my lead is')} <@{lead}>")
    days.says(ann, "review KR1.1 insight call early")
    assert tone(days.says(lead, f"review <@{ann}>")) == "refusal"  # it is not closed
    days.says(ann, "review close as drafted")
    days.says(ann, f"KR1.2 111 <@{cal}> please join")
    days.says(cal, say(lang, "accept"))
    assert "call early" in days.says(lead, f"review <@{ann}>").text
    seen = days.says(cal, f"review <@{ann}>")
    assert "KR1.2" in seen.text
    assert "call early" not in seen.text
    assert tone(days.says(dan, f"review <@{ann}>")) == "refusal"


def test_in_a_shared_place_it_comes_privately(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.in_channel(ann, "review")
    out = days.deliver()
    assert all(o.to.user == ann for o in out if "legal review" in days.read(o).text)


def test_the_prompt_is_the_review_and_is_settled_by_it(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.until(at(30, 17, 30))
    asked = [days.read(out) for out in days.until(at(30, 18)) if out.to.user == ann]
    assert len(asked) == 1
    assert "called twelve customers" in asked[0].text
    assert {"review", "fill", "skip", "snooze", "same", "why", "mute"} <= {b.text.split(" ")[0] for _, b in asked[0].buttons()}
    sure = days.presses(ann, asked[0], words(lang, "Close as drafted", "按草稿完成"))
    days.presses(ann, sure, words(lang, "Store and close", "保存并完成"))
    assert [o for o in days.until(at(31, 12)) if o.to.user == ann][1:] == []  # the card is drawn anew; nobody asks again
    assert "30" in days.says(ann, words(lang, "review last", "上次复盘")).text


def test_in_the_prompts_thread_it_is_answered_too(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.until(at(30, 17, 30))
    [out] = [o for o in days.until(at(30, 18)) if o.to.user == ann]
    here = Place(f"dm-{ann}", shared=False, thread=f"1700.{days.sent.index(out) + 1}")
    before = len(days.check_ins(ann))
    days.says(ann, "KR1.3 7% fewer left", place=here)
    days.says(ann, "met the board", place=here)
    assert [row["on"] for row in days.check_ins(ann)[before:]] == ["2026-11-30"] * 2
    assert tone(days.says(ann, words(lang, "review KR1.1 insight call early", "复盘 KR1.1 总结经验 call early"), place=here)) == "answer"
    assert tone(days.says(ann, words(lang, "review close as drafted", "复盘 完成 按草稿"), place=here)) == "answer"
    assert len(days.check_ins(ann)) == before + 2  # neither is a line of the day
    assert review_of(days, ann)["state"] == "closed"


def test_what_is_not_closed_is_meant_until_the_next_one_is_asked(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.now = at(33, 12)  # 3 December
    assert "called twelve customers" in days.says(ann, "review").text
    days.says(ann, "review close as drafted")
    running = days.says(ann, "review")
    assert "called twelve customers" not in running.text
    assert words(lang, "10 Dec", "12月10日") in running.text
    assert "called twelve customers" in days.says(ann, "review 2026-11-25").text
    assert tone(days.says(ann, "review 2026-11-12")) == "refusal"  # nothing counted then
    assert tone(days.says(ann, words(lang, "review reopen", "重开复盘"))) == "answer"  # the last one that was closed
    days.now = at(40, 12)  # 10 December: the next one is asked today
    assert words(lang, "10 Dec", "12月10日") in days.says(ann, "review").text


def test_a_team_that_looks_back_weekly_has_weekly_reviews(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.says(ann, f"team new Growth lead <@{ann}> members <@{ann}>")
    days.says(ann, "team Growth review weekly")
    days.says(ann, "review close as drafted")
    found = review_of(days, ann)
    assert (found["start"], found["end"]) == ("2026-11-23", "2026-11-29")


def test_who_has_nothing_has_nothing_to_look_back_on(days: Town, lang: str) -> None:
    bob = days.someone("bob")
    days.says(bob, "mine")
    for text in ("review", "review close", "review fill in", words(lang, "review reopen", "重开复盘")):
        assert tone(days.says(bob, text)) == "refusal"


def test_the_open_actions_of_the_last_review_come_first_in_the_next(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.says(ann, "review KR1.1 change book the hall by 12-04")
    days.says(ann, "review close as drafted")
    days.now = at(40, 12)
    days.says(ann, "KR1.1 41 more calls")
    heard = days.says(ann, "review")
    assert heard.text.index("book the hall") < heard.text.index("more calls")
    days.presses(ann, heard, words(lang, "Done", "已完成"))
    assert "book the hall" not in days.says(ann, "review").text


def test_whoever_is_given_an_action_hears_of_it(days: Town, lang: str) -> None:
    ann, bob = lived(days, lang), days.someone("bob")
    days.says(bob, "mine")
    days.deliver()
    days.says(ann, f"review KR1.1 change book the hall by 12-04 <@{bob}>")
    [told] = days.delivered_to(bob)
    assert "book the hall" in told.text
    days.says(ann, f"{say(lang, 'private')} O1")
    heard = days.says(ann, f"review KR1.1 change book a table <@{bob}>")
    assert tone(heard) == "refusal"  # bob may not see what it is for
    assert "| book a table" in heard.text


def test_a_months_last_review_asks_for_scores_and_keeps_them(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    asked = days.says(ann, "review")
    assert words(lang, "The month ends with this review", "本月最后一次复盘") in asked.text
    button = next(b for _, b in asked.buttons() if b.text.startswith("score"))
    assert days.press(ann, button, "").reply.form is not None  # type: ignore[union-attr]
    days.says(ann, "score KR1.1 0.7 KR1.2 0.4 KR1.3 0.1")
    again = days.says(ann, "review")
    assert not [b for _, b in again.buttons() if b.text.startswith("score")]
    days.presses(ann, days.presses(ann, again, words(lang, "Close as drafted", "按草稿完成")), words(lang, "Store and close", "保存并完成"))
    assert [e["score"] for e in review_of(days, ann)["entries"]] == [0.7, 0.4, 0.1]


def test_another_review_asks_for_none(days: Town, lang: str) -> None:
    ann = lived(days, lang)
    days.now = at(20, 17) + timedelta(days=20)  # 10 December
    assert not [b for _, b in days.says(ann, "review").buttons() if b.text.startswith("score")]
