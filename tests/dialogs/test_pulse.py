"""The pulse: who is asked when, and everything that people answer to it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Place
from bot.sending import Outgoing, Profile
from handlers.people import Defaults
from handlers.profiles import Profiles
from handlers.reminders import plan
from storage.store import Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import MONDAY, Heard

OKR = "O: Grow the business\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200"
NINE = MONDAY.replace(hour=9)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026; the 23rd is a Monday. Days from 31 on are in December."""
    return datetime(2026, 11, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)


@pytest.fixture
def pulse(store: Store, lang: str) -> Town:
    """A town of its own, whose clock can run."""
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone="UTC", locale=lang), now=NINE)
    town.look_closely = True
    return town


def placed(town: Town, name: str = "ann", text: str = OKR) -> str:
    """Somebody with published key results, whom the clock knows from nine o'clock on."""
    who = town.with_okr(text, name)
    plan(town.store, town.now)
    town.deliver()
    town.sent.clear()
    return who


def to(sent: list[Outgoing], who: str) -> list[Outgoing]:
    return [out for out in sent if out.to.user == who]


def thread(town: Town, out: Outgoing, who: str) -> Place:
    """Where an answer in the thread of a message is said."""
    return Place(f"dm-{who}", shared=False, thread=f"1700.{town.sent.index(out) + 1}")


def prompted(town: Town, who: str, day: int = 23) -> tuple[Outgoing, Heard]:
    """A day's question, as somebody got it."""
    town.until(at(day, 17, 30))
    [out] = to(town.until(at(day, 17, 50)), who)
    return out, town.read(out)


def test_one_question_at_their_time_with_what_is_due(pulse: Town) -> None:
    ann, bob = placed(pulse), pulse.someone("bob")
    pulse.says(bob, "mine")
    assert pulse.until(at(23, 17, 30)) == []
    _, heard = prompted(pulse, ann)
    assert heard.reply is not None
    assert heard.reply.form is not None
    assert "KR1.1" in heard.text
    assert "KR1.2" in heard.text
    assert {b.text.split(" ")[0] for _, b in heard.buttons()} == {"same", "skip", "snooze", "why", "mute"}
    assert plan(pulse.store, pulse.now) == 0
    assert pulse.until(at(24, 0, 10)) == []


def test_values_are_due_by_their_rhythm(pulse: Town) -> None:
    ann = placed(pulse)
    pulse.says(ann, "rhythm KR1.2 daily")
    pulse.until(at(24, 9))
    pulse.says(ann, "KR1.1 35")
    pulse.says(ann, "KR1.2 120 on 11-23")
    pulse.until(at(25, 9))
    _, heard = prompted(pulse, ann, 25)
    form = heard.reply.form  # type: ignore[union-attr]
    assert form is not None
    names = {getattr(part, "name", "") for part in form.parts}
    assert len([n for n in names if n.startswith("value_")]) == 1  # KR1.1 was said yesterday, and is due weekly


def test_who_has_written_is_not_asked(pulse: Town, lang: str) -> None:
    ann, bob, cal = placed(pulse), placed(pulse, "bob"), placed(pulse, "cal")
    pulse.says(ann, "KR1.1 35")
    pulse.says(bob, say(lang, "next") + "call the bank")
    sent = pulse.until(at(23, 18))
    assert to(sent, ann) == []
    assert to(sent, bob) == []
    assert len(to(sent, cal)) == 1


def test_what_is_taken_back_was_not_said(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    pulse.says(ann, "KR1.1 35")
    pulse.says(ann, say(lang, "undo"))
    assert len(to(pulse.until(at(23, 18)), ann)) == 1


def test_a_word_is_enough_and_the_card_shows_it(pulse: Town) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    heard = pulse.says(ann, "met three customers; blocked: legal review")
    assert heard.reply is not None
    assert heard.reply.tone == "answer", heard.text
    [row] = pulse.check_ins(ann)
    assert (row["note"], row["blocker"], row["on"]) == ("met three customers", "legal review", "2026-11-23")
    [edit] = to(pulse.deliver(), ann)
    assert edit.to.message or edit.key.startswith("prompt-")
    assert "met three customers" in pulse.read(edit).text
    assert to(pulse.until(at(24, 12)), ann) == []  # answered: nobody asks again


@pytest.mark.parametrize("text", ["hello", "thanks!", "你好", "what is this?", "publsh O1"])
def test_small_talk_and_slips_are_no_answers(pulse: Town, text: str) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    pulse.says(ann, text)
    assert pulse.check_ins(ann) == []


def test_an_answer_in_the_thread_belongs_to_its_day(pulse: Town) -> None:
    ann = placed(pulse)
    out, _ = prompted(pulse, ann)
    pulse.until(at(24, 8))
    heard = pulse.says(ann, "KR1.1 41\nshipped", place=thread(pulse, out, ann))
    assert heard.reply is not None
    assert heard.reply.tone == "answer", heard.text
    assert {row["on"] for row in pulse.check_ins(ann)} == {"2026-11-23"}
    assert to(pulse.until(at(24, 12)), ann)[1:] == []  # the card is drawn anew, and nothing is asked


def test_followed_up_once_then_silence_and_late_answers_count(pulse: Town) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    sent = to(pulse.until(at(24, 17, 30)), ann)
    assert [out.key.split("-")[0] for out in sent] == ["prompt"]
    heard = pulse.read(sent[0])
    assert heard.reply is not None
    assert heard.reply.form is not None
    pulse.says(ann, "it was a long day")
    [row] = pulse.check_ins(ann)
    assert row["on"] == "2026-11-23"
    day = [c for c in pulse.export()["check_ins"] if c["note"] == "it was a long day"]
    assert day[0]["late"] is True


def test_nobody_is_asked_a_third_time(pulse: Town) -> None:
    ann = placed(pulse)
    sent = to(pulse.until(at(27, 23)), ann)  # Monday to Friday
    by_day: dict[str, int] = {}
    for out in sent:
        by_day[out.key[-8:]] = by_day.get(out.key[-8:], 0) + 1
    assert by_day == {"20261123": 1, "20261124": 2, "20261125": 2, "20261126": 2, "20261127": 2}
    assert all(n <= 2 for n in by_day.values())
    assert to(pulse.until(at(29, 23)), ann) == []  # the weekend


def test_nothing_new_renews_no_date_and_the_third_time_asks_what_is_in_the_way(pulse: Town) -> None:
    ann = placed(pulse)
    for day in (23, 24, 25):
        _, heard = prompted(pulse, ann, day)
        answer = pulse.presses(ann, heard, heard.buttons()[0][0])
        assert answer.reply is not None
        asks = any("bloc" in line or "卡点" in line for line in answer.text.splitlines() if line.startswith("|"))
        assert asks == (day == 25)
        pulse.deliver()
        pulse.until(at(day + 1, 9, 30))
    assert pulse.of(ann)["current"] is None or pulse.check_ins(ann) == []
    again = pulse.press(ann, heard.buttons()[0][1], heard.reply.card)  # type: ignore[union-attr]
    assert again.reply is not None


def test_skipped_early_is_not_asked(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    pulse.says(ann, "skip" if lang == "en" else "跳过")
    assert to(pulse.until(at(24, 12)), ann) == []
    assert len(to(pulse.until(at(24, 18)), ann)) == 1


def test_snoozed_an_hour_and_again_and_then_till_morning(pulse: Town) -> None:
    ann = placed(pulse)
    _, heard = prompted(pulse, ann)
    pulse.press(ann, next(b for _, b in heard.buttons() if b.text.startswith("snooze 60m")), heard.reply.card)  # type: ignore[union-attr]
    assert to(pulse.until(at(23, 18, 40)), ann) == []
    [second] = to(pulse.until(at(23, 19)), ann)
    pulse.says(ann, "snooze 6h")  # past midnight
    assert to(pulse.until(at(24, 9, 30)), ann) == []
    assert len(to(pulse.until(at(24, 9, 50)), ann)) == 1
    assert second.key != heard.answered


def test_answered_between_planning_and_sending_is_not_asked(pulse: Town) -> None:
    ann = placed(pulse)
    pulse.now = at(23, 17, 45)
    assert plan(pulse.store, pulse.now) == 1
    pulse.says(ann, "KR1.1 35")
    assert to(pulse.deliver(), ann) == []


def test_down_for_a_while_late_once_down_for_the_day_not_at_all(pulse: Town) -> None:
    ann = placed(pulse)
    pulse.now = at(23, 18, 10)
    assert plan(pulse.store, pulse.now) == 1
    assert len(to(pulse.deliver(), ann)) == 1
    pulse.now = at(25, 9, 0)  # all of Tuesday passed by
    plan(pulse.store, pulse.now)
    assert to(pulse.deliver(), ann) == []


def test_the_form_takes_the_day_and_leaves_untouched_values_alone(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    pulse.says(ann, "KR1.1 40")
    pulse.until(at(30, 9))
    _, asked = prompted(pulse, ann, 30)
    heard = pulse.presses(ann, asked, "Today and values" if lang == "en" else "今日进展与数值")
    form = heard.reply.form  # type: ignore[union-attr]
    values = [part.name for part in form.parts if getattr(part, "name", "").startswith("value_")]  # type: ignore[union-attr]
    answer = pulse.sends(ann, heard, {"note": "wrote the plan", "blocker": "budget", "next": "ask Bob", values[-1]: "130"})
    assert answer.reply is not None
    assert answer.reply.tone == "answer", answer.text
    rows = pulse.check_ins(ann)[1:]
    assert [(r["value"], r["note"], r["blocker"], r["plan"]) for r in rows] == [
        (130.0, "", "", ""),
        (None, "wrote the plan", "budget", "ask Bob"),
    ]


def test_an_answer_can_be_changed_and_the_card_follows(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    pulse.says(ann, "fixed the login")
    pulse.deliver()
    pulse.says(ann, say(lang, "undo"))
    [edit] = to(pulse.deliver(), ann)
    assert pulse.read(edit).reply.form is not None  # type: ignore[union-attr]  # it asks again
    assert len(to(pulse.until(at(24, 10)), ann)) == 1  # and is followed up


def test_leave_is_asked_nothing_and_seen_as_leave(pulse: Town, lang: str) -> None:
    ann, bob = placed(pulse), pulse.someone("bob")
    pulse.says(bob, f"team new Growth lead <@{bob}> members <@{ann}>")
    heard = pulse.says(ann, "away until Wednesday" if lang == "en" else "请假到周三")
    assert "25" in heard.text
    assert to(pulse.until(at(26, 9)), ann) == []
    pulse.now = at(24, 12)
    card = pulse.says(bob, "team Growth")
    assert "25" in card.text
    assert not {"sick", "病"} & set(card.text.split())
    pulse.now = at(26, 9)
    assert len(to(pulse.until(at(26, 18)), ann)) == 1


def test_back_early(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    pulse.says(ann, "away until Friday")
    pulse.until(at(24, 9))
    pulse.says(ann, "back" if lang == "en" else "销假")
    assert len(to(pulse.until(at(24, 18)), ann)) == 1
    assert pulse.says(ann, "back").reply.tone == "refusal"  # type: ignore[union-attr]


def test_leave_said_after_the_question_closes_it(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    pulse.says(ann, "sick today" if lang == "en" else "今天病假")
    pulse.deliver()
    assert to(pulse.until(at(24, 12)), ann) == []


@pytest.mark.parametrize("text", ["away until 2020-01-01", "away from 12-24 to 2026-12-20", "away until the cows come home"])
def test_leave_that_cannot_be(pulse: Town, text: str) -> None:
    ann = placed(pulse)
    heard = pulse.says(ann, text)
    assert heard.reply is not None
    assert heard.reply.tone == "refusal", heard.text
    assert "|" in heard.text
    assert len(to(pulse.until(at(23, 18)), ann)) == 1


def test_their_own_time_and_half_hours_are_said(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    heard = pulse.says(ann, "remind me at 17:25" if lang == "en" else "提醒我 17:25")
    assert "17:25" in heard.text
    moved = pulse.says(ann, "remind me at 18:00")
    assert "18:00" in moved.text
    assert any(f"18:0{n}" in moved.text for n in range(1, 5))
    pulse.says(ann, "remind me at 10:25")
    [out] = to(pulse.until(at(23, 18)), ann)
    assert out.key.endswith("20261123")


@pytest.mark.parametrize("text", ["remind me at 25:99", "workdays fooday", "country Atlantis", "timezone Mars/Olympus"])
def test_what_cannot_be_is_answered_with_an_example(pulse: Town, text: str) -> None:
    ann = placed(pulse)
    heard = pulse.says(ann, text)
    assert heard.reply is not None
    assert heard.reply.tone == "refusal", heard.text
    assert "|" in heard.text


def test_off_on_and_mute(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    pulse.says(ann, "remind me off" if lang == "en" else "提醒我 关")
    assert to(pulse.until(at(24, 12)), ann) == []
    pulse.says(ann, "remind me on")
    assert len(to(pulse.until(at(24, 18)), ann)) == 1
    pulse.says(ann, "mute" if lang == "en" else "静音")
    assert to(pulse.until(at(26, 12)), ann) == []


def test_another_week_and_the_holidays_of_a_country(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    pulse.says(ann, "workdays Tue-Thu")
    assert to(pulse.until(at(24, 9)), ann) == []
    assert len(to(pulse.until(at(24, 18)), ann)) == 1
    pulse.says(ann, "workdays default")
    pulse.says(ann, "country US" if lang == "en" else "国家 美国")
    pulse.says(ann, "skip")
    sent = to(pulse.until(at(26, 23)), ann)
    assert [o.key[-8:] for o in sent if o.key.split("-")[2] == "1"] == ["20261125"]  # the 26th is Thanksgiving


def test_why_says_why(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    heard = pulse.says(ann, "why" if lang == "en" else "为什么")
    assert "17:40" in heard.text
    assert "2" in heard.text


def test_the_review_comes_on_the_last_workday_and_covers_the_period(pulse: Town) -> None:
    ann = placed(pulse)
    pulse.says(ann, "away until 11-27")
    pulse.says(ann, "back")
    sent = to(pulse.until(at(31, 9)), ann)
    last = [out for out in sent if out.key.endswith("20261130")]
    asked = [out for out in last if any(b.text.startswith("fill") for _, b in pulse.read(out).buttons())]
    texts = [pulse.read(out).text for out in asked]
    assert any("30" in t and "21" in t for t in texts), texts  # 21 to 30 November


def test_requests_come_back_once_to_each_side(pulse: Town, lang: str) -> None:
    ann, bob = placed(pulse), pulse.someone("bob")
    pulse.says(bob, "mine")
    pulse.says(ann, f"help KR1.1 <@{bob}> who knows the law?")
    assert len(to(pulse.deliver(), bob)) == 1
    assert to(pulse.until(at(24, 9, 30)), bob) == []
    sent = to(pulse.until(at(27, 23)), bob)
    assert len(sent) == 1
    heard = pulse.read(sent[0])
    assert "who knows the law?" in heard.text
    assert any(b.text.startswith("accept") for _, b in heard.buttons())
    mornings = [pulse.read(out).text for out in pulse.sent if out.to.user == ann]
    assert sum("who knows the law?" in text and bob.capitalize() in text for text in mornings) == 1


def test_an_answered_request_does_not_come_back(pulse: Town) -> None:
    ann, bob = placed(pulse), pulse.someone("bob")
    pulse.says(bob, "mine")
    pulse.says(ann, f"help KR1.1 <@{bob}> who knows the law?")
    pulse.says(bob, "answer ask Cal")
    pulse.deliver()
    assert to(pulse.until(at(27, 23)), bob) == []


def test_drafts_are_reminded_of_once(pulse: Town) -> None:
    ann = pulse.someone()
    pulse.says(ann, "new for 2027Q1 O: Next year\nKR1: NPS from 50 to 60")
    pulse.says(ann, "mine")
    sent = to(pulse.until(datetime(2027, 1, 8, 12, tzinfo=UTC)), ann)
    assert len(sent) == 1
    assert "Next year" in pulse.read(sent[0]).text
    assert sent[0].key[-8:] in ("20261229", "20261230", "20261231")


def test_a_team_s_day_is_one_thread_and_follows_what_is_mended(pulse: Town, lang: str) -> None:
    ann, bob = placed(pulse), pulse.someone("bob")
    here = Place("C9", shared=True, thread="")
    pulse.says(bob, f"team new Growth lead <@{bob}> members <@{ann}>")
    pulse.says(bob, "team Growth channel here", place=here, entry="mention")
    heard = pulse.says(bob, "team Growth daily on")
    assert heard.reply is not None
    assert heard.reply.tone == "answer", heard.text
    pulse.deliver()
    pulse.says(ann, "KR1.1 35 called the bank")
    said = [out for out in pulse.deliver() if out.to.channel == "C9"]
    assert [bool(out.to.thread) for out in said] == [False, True]
    assert "called the bank" in pulse.read(said[1]).text
    pulse.says(ann, "KR1.2 120")
    assert len([out for out in pulse.deliver() if out.to.channel == "C9"]) == 1
    pulse.says(ann, "correct KR1.1 36 called two banks")
    [edit] = [out for out in pulse.deliver() if out.to.channel == "C9"]
    assert edit.to.message
    assert "two banks" in pulse.read(edit).text
    assert f"@{ann}" not in pulse.read(edit).text


def test_a_new_zone_at_midday_gives_neither_none_nor_two(pulse: Town) -> None:
    ann, bob = placed(pulse), placed(pulse, "bob")
    pulse.until(at(23, 12))
    pulse.says(ann, "timezone Asia/Shanghai")  # 20:00 there: its moment has gone by
    sent = pulse.until(at(23, 12, 20))
    assert len(to(sent, ann)) == 1
    pulse.until(at(23, 17, 50))
    pulse.says(bob, "timezone America/New_York")  # asked already; 12:50 there
    pulse.now = at(23, 18)
    assert [o for o in to(pulse.until(at(24, 4)), bob) if o.key.endswith("20261123")] == []
    assert [o for o in to(pulse.sent, ann) if o.key.endswith("20261123")] == to(sent, ann)


def test_what_is_said_on_the_eve_counts_where_nobody_works_then(pulse: Town) -> None:
    """On a day off before it; not on the evening of a workday, which was for that day, nor because a colleague was asked or was not."""
    ann, bob, cal = placed(pulse), placed(pulse, "bob"), placed(pulse, "cal")
    pulse.says(ann, "workdays Tue-Thu")
    pulse.until(at(23, 17, 10))
    pulse.says(bob, "KR1.1 35")  # before he is asked, and for Monday
    sent = pulse.until(at(23, 18))
    assert [len(to(sent, who)) for who in (ann, bob, cal)] == [0, 0, 1]
    pulse.says(ann, "KR1.1 35")
    sent = [out for out in pulse.until(at(24, 18)) if out.key.endswith("-1-20261124")]
    evening = [out for out in sent if pulse.read(out).reply.form is not None]  # type: ignore[union-attr]
    assert [len(to(evening, who)) for who in (ann, bob)] == [0, 1]


def test_leave_from_the_first_of_a_month_is_known_on_the_last(pulse: Town) -> None:
    """Who is away on the next workday may answer until they have been back for a day."""
    ann = placed(pulse)
    pulse.says(ann, "away from 12-01 to 12-02")
    pulse.until(at(30, 18))
    pulse.until(at(33, 9))
    [again] = to(pulse.until(at(33, 12)), ann)
    assert any(b.text.startswith("fill") for _, b in pulse.read(again).buttons())


def test_the_platform_s_zone_is_followed_unless_they_chose_one(pulse: Town) -> None:
    ann, bob = placed(pulse), placed(pulse, "bob")
    pulse.says(bob, "timezone UTC")
    pulse.until(at(23, 10))
    profiles = Profiles(pulse.store, {}, now=lambda: pulse.now)
    for who in (ann, bob):
        profiles.learn(pulse.platform, pulse.workspace, who, Profile(name=who, timezone="Asia/Shanghai"))
    sent = pulse.until(at(23, 10, 10))  # 18:10 in Shanghai: its moment has gone by, and today's question with it would
    assert [len(to(sent, who)) for who in (ann, bob)] == [1, 0]
    sent = pulse.until(at(23, 18))
    assert [len(to(sent, who)) for who in (ann, bob)] == [0, 1]
    pulse.until(at(24, 9, 30))
    [next_day] = to(pulse.until(at(24, 9, 50)), ann)
    assert next_day.key.endswith("20261124")


def test_quiet_hours_hold_back_what_colleagues_ask(pulse: Town, lang: str) -> None:
    ann, bob, cal = placed(pulse), pulse.someone("bob"), pulse.someone("cal")
    pulse.says(cal, "mine")
    pulse.says(bob, "quiet 08:00-11:10" if lang == "en" else "免打扰 08:00-11:10")
    pulse.says(ann, f"help KR1.1 <@{bob}> <@{cal}> who knows the law?")
    sent = pulse.until(at(23, 11))
    assert [len(to(sent, who)) for who in (bob, cal)] == [0, 1]  # nobody else's are held back
    assert len(to(pulse.until(at(23, 11, 11)), bob)) == 1
    pulse.says(bob, "quiet off")
    pulse.says(ann, f"help KR1.2 <@{bob}> and this?")
    assert len(to(pulse.deliver(), bob)) == 1


def test_the_settings_form_holds_the_time_and_the_country(pulse: Town) -> None:
    ann = placed(pulse)
    heard = pulse.says(ann, "settings")
    assert pulse.sends(ann, heard, {"asked_at": "16:05", "country": "Atlantis"}).reply.form is not None  # type: ignore[union-attr]
    done = pulse.sends(ann, heard, {"asked_at": "16:05", "country": "US"})
    assert done.reply is not None
    assert done.reply.tone == "answer", done.text
    [out] = to(pulse.until(at(23, 16, 10)), ann)
    assert out.key.endswith("20261123")
    heard = pulse.says(ann, "settings")
    pulse.sends(ann, heard, {"asked_at": ""})
    assert to(pulse.until(at(24, 23)), ann) == []


@pytest.mark.parametrize(
    "text",
    [
        "stop asking me",
        "不要再问我了",
        "sorry not today please",
        "can you not ask me on Fridays",
        "我想改一下关键结果的目标值",
        "later please",
    ],
)
def test_what_is_said_to_tenday_is_no_word_on_the_day(pulse: Town, text: str) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    pulse.says(ann, text)
    assert pulse.check_ins(ann) == []


def test_plain_words_answer_what_was_asked_that_day_alone(pulse: Town) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    pulse.until(at(24, 8))
    pulse.says(ann, "called the bank")  # yesterday's question, and nobody has asked again
    assert pulse.check_ins(ann) == []
    pulse.until(at(24, 9, 50))
    pulse.says(ann, "called the bank")
    assert [row["on"] for row in pulse.check_ins(ann)] == ["2026-11-23"]


def test_what_was_put_off_again_comes_once(pulse: Town) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    pulse.says(ann, "snooze 1h")
    pulse.says(ann, "snooze 3h")
    assert to(pulse.until(at(23, 20)), ann) == []
    assert len(to(pulse.until(at(23, 21, 10)), ann)) == 1
    pulse.says(ann, "snooze tomorrow")
    assert to(pulse.until(at(24, 9)), ann) == []
    [morning] = to(pulse.until(at(24, 9, 50)), ann)
    assert "23" in pulse.read(morning).text
    pulse.says(ann, "snooze 1h")
    assert len(to(pulse.until(at(24, 11)), ann)) == 1  # the hour is kept for yesterday's too
    assert "23" in pulse.says(ann, "snooze tomorrow").text  # its day closes tonight
    assert to(pulse.until(at(24, 17)), ann) == []


def test_earlier_leave_is_not_lost_by_later_leave(pulse: Town) -> None:
    ann = placed(pulse)
    pulse.says(ann, "away from 2026-11-26 to 2026-12-04")
    pulse.says(ann, "away from 2026-11-24 to 2026-11-26")
    assert to(pulse.until(at(23, 18)), ann) != []
    pulse.says(ann, "same")
    pulse.deliver()
    assert to(pulse.until(at(35, 9)), ann) == []  # until Friday, 4 December is over
    heard = pulse.says(ann, "away until yesterday")
    assert "days ago" not in heard.text


def test_taking_one_answer_back_leaves_the_day_answered_by_the_other(pulse: Town, lang: str) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    pulse.says(ann, "KR1.1 35")
    pulse.says(ann, "KR1.2 120")
    pulse.says(ann, say(lang, "undo"))
    pulse.deliver()
    assert to(pulse.until(at(24, 12)), ann) == []


def test_quiet_hours_and_the_time_of_the_question_cannot_meet(pulse: Town) -> None:
    ann = placed(pulse)
    assert pulse.says(ann, "quiet 17:00-09:00").reply.tone == "refusal"  # type: ignore[union-attr]
    assert pulse.says(ann, "quiet 20:00-08:00").reply.tone == "answer"  # type: ignore[union-attr]
    assert pulse.says(ann, "remind me at 21:15").reply.tone == "refusal"  # type: ignore[union-attr]
    assert len(to(pulse.until(at(23, 18)), ann)) == 1


def test_a_private_check_in_opens_no_thread_in_the_channel(pulse: Town) -> None:
    ann, bob = placed(pulse), pulse.someone("bob")
    here = Place("C8", shared=True, thread="")
    pulse.says(bob, f"team new Secrets lead <@{bob}> members <@{ann}>")
    pulse.says(bob, "team Secrets channel here", place=here, entry="mention")
    pulse.says(bob, "team Secrets daily on")
    pulse.says(ann, "private O1")
    pulse.deliver()
    pulse.says(ann, "KR1.1 35 hush")
    assert [out for out in pulse.deliver() if out.to.channel == "C8"] == []


def test_a_morning_s_card_that_was_answered_in_words_asks_no_more(pulse: Town) -> None:
    ann = placed(pulse)
    prompted(pulse, ann)
    [card] = to(pulse.until(at(24, 9, 50)), ann)
    pulse.says(ann, "called the bank")
    edits = {out.key.split("-")[1]: pulse.read(out) for out in to(pulse.deliver(), ann)}
    assert len(edits) == 2  # the evening's and the morning's
    assert all("called the bank" in heard.text and heard.reply.form is None for heard in edits.values())  # type: ignore[union-attr]
    assert card.reply.card in {heard.reply.card for heard in edits.values()}  # type: ignore[union-attr]


def test_the_morning_s_card_keeps_what_else_it_brought(pulse: Town) -> None:
    ann, bob = placed(pulse), placed(pulse, "bob")
    pulse.says(bob, f"help KR1.1 <@{ann}> who knows the law?")
    prompted(pulse, ann)
    [card] = to(pulse.until(at(24, 9, 50)), ann)
    heard = pulse.read(card)
    assert "who knows the law?" in heard.text
    skipped = pulse.press(ann, next(b for _, b in heard.buttons() if b.text.startswith("skip")), card.reply.card)
    assert skipped.reply is not None
    assert skipped.reply.card == card.reply.card
    assert "who knows the law?" in skipped.text
