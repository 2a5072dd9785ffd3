"""Check-ins: every sort of line, on every sort of key result, in both languages."""

from typing import Any

import pytest

from bot.replies import Copy
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say

NUMBER = "O: Grow KR1: NPS from 30 to 50"
PERCENT = "O: Grow KR1: setup done from 40% to 70%"
MONEY = "O: 增长 KR1：营收从¥1万提升到¥5万"
COUNT = "O: Grow\nKR1: sign 10 customers"
STAGES = "O: Ship\nKR1: the guide stages: design 30%, build 50%, launch 20%"
DONE = "O: Ship\nKR1: Win the contract"
KEEP = "O: Ship\nKR1: Win the contract\nKPI: refunds ≤ 2%"

# (the objective, what is said, the value then, the confidence, a piece of the note)
LINES: list[tuple[str, str, float, int | None, str]] = [
    (NUMBER, "KR1.1 45", 45, None, ""),
    (NUMBER, "kr1.1 45", 45, None, ""),
    (NUMBER, "KR 1.1 45", 45, None, ""),
    (NUMBER, "O1KR1 45", 45, None, ""),
    (NUMBER, "O1.KR1 45", 45, None, ""),
    (NUMBER, "目标1 KR1 45", 45, None, ""),
    (NUMBER, "1.1 45", 45, None, ""),
    (NUMBER, "KR1 45", 45, None, ""),
    (NUMBER, "KR1.1: 45", 45, None, ""),
    (NUMBER, "KR1.1 - 45", 45, None, ""),
    (NUMBER, "KR1.1 — 45", 45, None, ""),
    (NUMBER, "KR1.1=45", 45, None, ""),
    (NUMBER, "ＫＲ１．１　４５", 45, None, ""),
    (NUMBER, "KR1。1 45。5", 45.5, None, ""),
    (NUMBER, "checkin KR1.1 45", 45, None, ""),
    (NUMBER, "进展 KR1.1 45", 45, None, ""),
    (NUMBER, "更新KR1.1 45", 45, None, ""),
    (NUMBER, "打卡 KR1.1 45", 45, None, ""),
    (NUMBER, "日报 KR1.1 45", 45, None, ""),
    (NUMBER, "KR1.1 45 c6", 45, 6, ""),
    (NUMBER, "KR1.1 45 conf 6", 45, 6, ""),
    (NUMBER, "KR1.1 45 信心6", 45, 6, ""),
    (NUMBER, "KR1.1 45 信心指数 6", 45, 6, ""),
    (NUMBER, "KR1.1 45 6/10", 45, 6, ""),
    (NUMBER, "KR1.1 45，信心６，上线了内测", 45, 6, "上线了内测"),
    (NUMBER, "KR1.1 45 c10 shipped the beta", 45, 10, "shipped the beta"),
    (NUMBER, "KR1.1 45 c0", 45, 0, ""),
    (NUMBER, "KR1.1 40→45", 45, None, ""),
    (NUMBER, "KR1.1 40->45", 45, None, ""),
    (NUMBER, "KR1.1 from 40 to 45", 45, None, ""),
    (NUMBER, "KR1.1 从40到45", 45, None, ""),
    (NUMBER, "KR1.1 从40提升到45", 45, None, ""),
    (NUMBER, "KR1.1 is at 45", 45, None, ""),
    (NUMBER, "KR1.1 已达到 45", 45, None, ""),
    (NUMBER, "KR1.1 done", 50, None, ""),
    (NUMBER, "KR1.1 完成", 50, None, ""),
    (NUMBER, "close to launch, KR1.1 is at 45", 45, None, "close to launch"),
    (NUMBER, "new customer signed, KR1.1 45", 45, None, "new customer signed"),
    (PERCENT, "KR1.1 45%", 45, None, ""),
    (PERCENT, "KR1.1 45", 45, None, ""),
    (PERCENT, "KR1.1 ４５％", 45, None, ""),
    (PERCENT, "KR1.1 45.5％ 内测", 45.5, None, "内测"),
    (PERCENT, "KR1.1 done", 70, None, ""),
    (MONEY, "KR1.1 ¥20,000", 20_000, None, ""),
    (MONEY, "KR1.1 2万", 20_000, None, ""),
    (MONEY, "KR1.1 ２．５万", 25_000, None, ""),
    (MONEY, "KR1.1 20k", 20_000, None, ""),
    (MONEY, "KR1.1 ￥2万", 20_000, None, ""),
    (MONEY, "KR1.1 20000元", 20_000, None, ""),
    (MONEY, "KR1.1 0.0002亿", 20_000, None, ""),
    (MONEY, "KR1.1 0.02M", 20_000, None, ""),
    (COUNT, "KR1.1 3", 3, None, ""),
    (COUNT, "KR1.1 3 customers", 3, None, ""),
    (DONE, "KR1.1 done", 1, None, ""),
    (DONE, "KR1.1 完成了", 1, None, ""),
    (DONE, "KR1.1 已完成，签了三年", 1, None, "签了三年"),
    (DONE, "KR1.1 100%", 1, None, ""),
    (STAGES, "KR1.1 design done", 0.3, None, ""),
    (STAGES, "KR1.1 build 完成", 0.5, None, ""),
    (STAGES, "KR1.1 done", 1.0, None, ""),
]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=[line[1] for line in LINES])
def test_a_line(lite_english: Town, line: tuple[str, str, float, int | None, str]) -> None:
    okr, text, value, confidence, note = line
    ann = lite_english.with_okr(okr)
    echo = lite_english.says(ann, text)
    assert echo.reply is not None
    assert echo.reply.tone == "answer", echo.text
    assert echo.button("Undo")
    [made] = lite_english.check_ins(ann)
    assert made["value"] == pytest.approx(value)
    assert made["confidence"] == confidence
    assert made["note"] if note else made["note"] == ""
    assert note in str(made["note"])
    assert made["on"] == "2026-11-23"
    row: Any = lite_english.of(ann)
    assert row["current"] == pytest.approx(value)
    assert row["confidence"] == confidence


# from 45: what is said and what it comes to
CHANGES = [
    ("KR1.1 +3", 48),
    ("KR1.1 -3", 42),
    ("KR1.1 ＋３", 48),
    ("KR1.1 －3", 42),
    ("KR1.1 up 3", 48),
    ("KR1.1 增加了3", 48),
    ("KR1.1 下降了2", 43),
    ("KR1.1 +0.5", 45.5),
    ("KR1.1 - 46", 46),
    ("KR1.1 —— 46", 46),
    ("KR1.1 45", 45),
]


@pytest.mark.parametrize(("text", "value"), CHANGES)
def test_a_change_is_counted_from_the_last_value(lite_english: Town, text: str, value: float) -> None:
    ann = lite_english.with_okr(NUMBER)
    lite_english.says(ann, "KR1.1 45")
    lite_english.says(ann, text)
    assert lite_english.of(ann)["current"] == pytest.approx(value)


def test_a_change_before_any_value_is_counted_from_the_start(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 +3")
    assert town.of(ann)["current"] == 33


def test_minus_behind_an_equals_sign_is_absolute(town: Town) -> None:
    ann = town.with_okr("O: Profit KR1: balance from -10 to 20")
    town.says(ann, "KR1.1 5")
    town.says(ann, "KR1.1 =-3")
    assert town.of(ann)["current"] == -3


def test_the_echo_says_old_new_and_progress(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 40")
    echo = town.says(ann, "KR1.1 45 c6 shipped")
    assert "40 → 45" in echo.text
    assert "75%" in echo.text
    assert "6/10" in echo.text
    assert "shipped" in echo.text
    assert say(lang, "on track") in echo.text


def test_the_second_number_counts_and_a_wrong_first_one_is_said(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 42")
    echo = town.says(ann, "KR1.1 40→45")
    assert "42 → 45" in echo.text
    assert "40" in echo.text
    assert "40" not in town.says(ann, "KR1.1 45→46").text


def test_no_value_but_a_blocker_tells_the_colleague(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(NUMBER), town.someone("bob")
    echo = town.says(ann, f"KR1.1 {say(lang, 'blocked')}legal review <@{bob}>")
    assert bob.capitalize() in echo.text
    [made] = town.check_ins(ann)
    assert made["value"] is None
    assert "legal review" in str(made["blocker"])
    assert town.of(ann)["current"] is None
    [asked] = town.delivered_to(bob)
    assert "legal review" in asked.text
    assert asked.button(say(lang, "I will take care"))


def test_value_confidence_note_blocker_and_plan_in_one_line(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(NUMBER), town.someone("bob")
    text = f"KR1.1 45 c6 shipped; {say(lang, 'blocked')}legal <@{bob}>; {say(lang, 'next')}review"
    town.says(ann, text)
    [made] = town.check_ins(ann)
    assert (made["value"], made["confidence"], made["note"]) == (45, 6, "shipped")
    assert str(made["blocker"]).startswith("legal")
    assert made["plan"] == "review"


def test_tomorrows_plan_alone_and_a_note_of_the_day(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, f"{say(lang, 'next')}talk to legal")
    town.says(ann, f"{say(lang, 'note')} talked to three customers")
    planned, noted = town.check_ins(ann)
    assert (planned["key_result_id"], planned["plan"], planned["note"]) == (None, "talk to legal", "")
    assert (noted["key_result_id"], noted["note"]) == (None, "talked to three customers")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KR1.1 45 on 11-20", "2026-11-20"),
        ("KR1.1 45 on 2026-11-20", "2026-11-20"),
        ("KR1.1 45 yesterday", "2026-11-22"),
        ("补 昨天 KR1.1 45", "2026-11-22"),
        ("KR1.1 45 昨天", "2026-11-22"),
        ("yesterday: KR1.1 45", "2026-11-22"),
    ],
)
def test_a_check_in_for_another_day(lite_english: Town, text: str, day: str) -> None:
    ann = lite_english.with_okr(NUMBER)
    echo = lite_english.says(ann, text)
    assert "45" in echo.text
    [made] = lite_english.check_ins(ann)
    assert made["on"] == day
    assert lite_english.of(ann)["current"] == 45


def test_a_late_check_in_does_not_move_a_newer_value(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 45 c6")
    late = town.says(ann, "KR1.1 41 c3 on 11-20")
    assert "41" in late.text
    assert "45" in late.text
    row = town.of(ann)
    assert (row["current"], row["confidence"]) == (45, 6)
    assert [c["value"] for c in town.check_ins(ann)] == [45, 41]
    card = town.says(ann, "KR1.1").text.replace(ann.capitalize(), "Ann")  # whose name has a number of its own
    assert card.index("45") < card.index("41")
    assert card.count("41") == 1  # the older one is in the list of earlier ones, once


def test_a_day_to_come_and_a_day_before_the_cycle_are_refused(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    for text in ("KR1.1 45 on 2026-12-24", "KR1.1 45 on 2026-09-20"):
        heard = town.says(ann, text)
        assert heard.reply is not None
        assert heard.reply.tone == "refusal"
    assert town.check_ins(ann) == []


def test_several_lines_one_of_them_unclear(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200\nKR3: calls from 5 to 9")
    echo = town.says(ann, "KR1.1 45 c6\nKR1.2 45%\nKR1.3 7 called\nKR9.9 3")
    assert [c["value"] for c in town.check_ins(ann)] == [45, 7]
    assert echo.reply is not None
    assert echo.reply.aside is not None
    assert "KR1.2 45%" in echo.text
    assert "KR9.9 3" in echo.text
    town.says(ann, say(lang, "undo"))
    assert town.check_ins(ann) == []


def test_stages_one_after_the_other(town: Town) -> None:
    ann = town.with_okr(STAGES)
    assert "design" in town.says(ann, "KR1.1 design done").text
    assert town.of(ann)["progress"] == pytest.approx(0.3)
    town.says(ann, "KR1.1 build done")
    row: Any = town.of(ann)
    assert row["progress"] == pytest.approx(0.8)
    assert [s["done"] for s in row["stages"]] == [True, True, False]


def test_a_stage_by_its_button(town: Town, lang: str) -> None:
    ann = town.with_okr(STAGES)
    card = town.says(ann, "O1")
    asked = town.presses(ann, card, say(lang, "Update"))
    assert [label for label, _ in asked.buttons()] == [f"{s} {'done' if lang == 'en' else '完成'}" for s in ("design", "build", "launch")]
    town.presses(ann, asked, "build")
    assert town.of(ann)["progress"] == pytest.approx(0.5)
    before = len(town.check_ins(ann))
    stale = town.presses(ann, asked, "launch")
    assert "KR1.1" in stale.text
    assert len(town.check_ins(ann)) == before


@pytest.mark.parametrize("text", ["KR1.1 design done, looks great", "KR1.1 design done c7"])
def test_a_stage_with_something_behind_it(lite_english: Town, text: str) -> None:
    ann = lite_english.with_okr(STAGES)
    lite_english.says(ann, text)
    assert lite_english.of(ann)["progress"] == pytest.approx(0.3)


def test_a_guardrail_that_is_crossed_and_held_again(town: Town, lang: str) -> None:
    ann = town.with_okr(KEEP)
    broken = town.says(ann, "KR1.2 3%")
    assert say(lang, "guardrail") in broken.text
    assert town.of(ann, "KR1.2")["status"] == "off_track"
    assert say(lang, "guardrail") in town.says(ann, "O1").text
    held = town.says(ann, "KR1.2 1.5%")
    assert "KR1.2" in held.text
    assert town.of(ann, "KR1.2")["status"] == "on_track"
    flags = [s for s in town.says(ann, "O1").reply.parts if "guardrail_breached" in repr(s)]  # type: ignore[union-attr]
    assert flags == []
    assert town.objectives_of(ann)[0]["progress"] == 0.0  # a guardrail is no part of it


def test_keep_is_held_or_not(town: Town) -> None:
    ann = town.with_okr("O: Steady\nKR1: keep uptime at least 99%")
    town.says(ann, "KR1.1 99.5%")
    row = town.of(ann)
    assert (row["direction"], row["progress"], row["status"]) == ("keep", 1.0, "on_track")
    town.says(ann, "KR1.1 98%")
    row = town.of(ann)
    assert (row["progress"], row["status"]) == (0.0, "off_track")


def test_the_first_value_is_the_baseline_of_reduce_to(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Calm\nKR1: Reduce churn to 2%" if lang == "en" else "O：稳\nKR1：流失率降至 2%")
    assert (town.of(ann)["start"], town.of(ann)["direction"]) == (None, "down")
    echo = town.says(ann, "KR1.1 10%")
    assert "10%" in echo.text
    assert (town.of(ann)["start"], town.of(ann)["progress"]) == (10, 0.0)
    town.says(ann, "KR1.1 6%")
    assert (town.of(ann)["start"], town.of(ann)["progress"]) == (10, 0.5)
    town.says(ann, say(lang, "undo"))
    assert (town.of(ann)["start"], town.of(ann)["current"]) == (10, 10)


def test_progress_beyond_the_target_is_shown_and_fills_no_gap(town: Town) -> None:
    ann = town.with_okr("O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200")
    town.says(ann, "KR1.1 60")
    assert town.of(ann)["progress"] == 1.5
    assert town.objectives_of(ann)[0]["progress"] == 0.5


def test_checkin_alone_lists_mine_and_update_asks(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    form = town.says(ann, say(lang, "checkin"))
    asked = town.presses(ann, form, say(lang, "Update"))
    assert asked.reply is not None
    assert asked.reply.tone == "question"
    [example] = [p.text for p in asked.reply.parts if isinstance(p, Copy)]
    assert example.startswith("KR1.1 ")
    assert town.check_ins(ann) == []
    nobody = town.someone("new")
    assert town.says(nobody, say(lang, "checkin")).reply.tone == "refusal"  # type: ignore[union-attr]


def test_a_bare_kr_is_asked_where_two_objectives_have_one(town: Town) -> None:
    ann = town.with_okr("O: One KR1: a from 1 to 20 O: Two KR1: b from 1 to 20 KR2: c from 1 to 20")
    which = town.says(ann, "KR1 5")
    assert "KR1.1" in which.text
    assert "KR2.1" in which.text
    assert town.check_ins(ann) == []
    town.says(ann, "KR2 5")
    assert town.of(ann, "KR2.2")["current"] == 5


def test_who_may_check_in(town: Town, lang: str) -> None:
    ann, bob, cal, dan = town.someone(), town.someone("bob"), town.someone("cal"), town.someone("dan")
    joining = "with" if lang == "en" else "协作"
    town.says(ann, f"new O: One\nKR1: a from 1 to 20 <@{bob}>\nKR2: b from 1 to 20 {joining} <@{cal}>")
    town.says(ann, say(lang, "publish"))
    assert town.says(bob, f"<@{ann}> KR1.1 5").reply.tone == "answer"  # type: ignore[union-attr]  # the owner named
    assert town.says(cal, f"<@{ann}> KR1.2 5").reply.tone == "refusal"  # type: ignore[union-attr]  # asked, has not said yes
    town.says(cal, say(lang, "accept"))
    assert town.says(cal, f"<@{ann}> KR1.2 5").reply.tone == "answer"  # type: ignore[union-attr]
    assert town.says(dan, f"<@{ann}> KR1.2 6").reply.tone == "refusal"  # type: ignore[union-attr]
    assert town.says(ann, "KR1.1 6").reply.tone == "answer"  # type: ignore[union-attr]  # the objective's owner
    assert town.of(ann, "KR1.2")["current"] == 5


def test_a_draft_takes_no_check_in_and_offers_to_publish(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, f"new {NUMBER}")
    refused = town.says(ann, "KR1.1 45")
    assert town.check_ins(ann) == []
    town.presses(ann, refused, say(lang, "Publish"))
    assert town.objectives_of(ann)[0]["state"] == "published"


def test_a_note_too_long_and_too_many_lines_are_refused(lite_english: Town) -> None:
    ann = lite_english.with_okr(NUMBER)
    assert lite_english.says(ann, f"KR1.1 45 {'long ' * 900}").reply.tone == "refusal"  # type: ignore[union-attr]
    assert lite_english.says(ann, "\n".join(["KR1.1 45"] * 41)).reply.tone == "refusal"  # type: ignore[union-attr]
    assert lite_english.check_ins(ann) == []


def test_answers_of_a_prompts_thread_and_the_checkin_command(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 45 shipped", entry="checkin")
    assert town.of(ann)["current"] == 45
    assert town.says(ann, "", entry="checkin").reply.card == "checkin"  # type: ignore[union-attr]


def test_correct_mends_the_last_one_and_says_so(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 45 c6 shipped")
    echo = town.says(ann, f"{say(lang, 'correct')} KR1.1 44")
    assert "45 → 44" in echo.text
    [made] = town.check_ins(ann)
    assert (made["value"], made["confidence"], made["note"]) == (44, 6, "shipped")
    assert town.of(ann)["current"] == 44
    town.says(ann, f"{say(lang, 'correct')} KR1.1 c8 shipped twice")
    [made] = town.check_ins(ann)
    assert (made["value"], made["confidence"], made["note"]) == (44, 8, "shipped twice")
    assert town.says(ann, f"{say(lang, 'correct')} KR1.1 44").reply.tone == "refusal"  # type: ignore[union-attr]
    town.says(ann, say(lang, "undo"))
    town.says(ann, say(lang, "undo"))  # undoing an undo redoes it
    assert town.check_ins(ann)[0]["confidence"] == 8
    assert [(c["old"], c["new"]) for c in town.changes_by(ann) if c["field"] == "value"] == [(45, 44)]


def test_correct_asks_like_a_check_in_and_mends_by_its_button(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    town.says(ann, "KR1.1 45")
    asked = town.says(ann, f"{say(lang, 'correct')} KR1.1 460")
    assert asked.reply is not None
    assert asked.reply.tone == "question"
    town.presses(ann, asked, "460")
    [made] = town.check_ins(ann)
    assert made["value"] == 460


def test_correct_has_nothing_to_mend(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    for text in (f"{say(lang, 'correct')} KR1.1 45", f"{say(lang, 'correct')} KR9.9 45"):
        assert town.says(ann, text).reply.tone == "refusal"  # type: ignore[union-attr]
    assert town.check_ins(ann) == []


def test_correct_leaves_a_newer_value_of_another_alone(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(ann, f"new O: One\nKR1: a from 1 to 20 <@{bob}>")
    town.says(ann, say(lang, "publish"))
    town.says(ann, "KR1.1 5 on 11-20")
    town.says(bob, f"<@{ann}> KR1.1 9")
    town.says(ann, f"{say(lang, 'correct')} KR1.1 6")
    assert town.of(ann)["current"] == 9
    assert town.check_ins(ann)[0]["value"] == 6
