"""What is about the person: first contact, language, time zone, and saying too much at once."""

import time
from datetime import UTC, datetime

import pytest

from bot.messages import Place
from handlers.people import Defaults
from storage.store import Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Talk

NUMBER = "O: Grow\nKR1: NPS from 30 to 50"


def test_the_first_member_is_the_first_admin_and_nobody_else(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "mine")
    talk.says("bob", "mine")
    assert talk.says("bob", "new company O: We KR1: a from 1 to 2").reply.tone == "refusal"  # type: ignore[union-attr]
    card = talk.says("ann", "new company O: We KR1: a from 1 to 2")
    talk.presses("ann", card, "Publish")
    assert "We" in talk.says("bob", "company O1").text
    [objective] = talk.export()["objectives"]
    assert (objective["owner_kind"], objective["owner"], objective["state"]) == ("company", None, "published")
    assert talk.says("bob", "company KR1.1 2").reply.tone == "refusal"  # type: ignore[union-attr]
    assert talk.says("ann", "company KR1.1 2").reply.tone == "answer"  # type: ignore[union-attr]


def test_a_newcomer_is_one_member_however_they_come(town: Town) -> None:
    ann, new = town.with_okr(NUMBER), town.someone("new")
    town.says(ann, f"KR1.1 45 with <@{new}>")
    town.says(new, "mine")
    town.in_channel(new, "mine")
    assert [p["name"] for p in town.export()["people"]].count(new.capitalize()) == 1


@pytest.mark.parametrize("spelled", ["中文", "chinese", "zh", "简体中文"])
def test_chinese_from_now_on(english: Town, spelled: str) -> None:
    ann = english.someone()
    assert english.says(ann, f"language {spelled}").locale == "zh"
    for text in ("mine", "help", "nonsense", "new", "publish"):
        assert english.says(ann, text).locale == "zh"
    assert english.says(ann, "语言 English").locale == "en"
    assert english.says(ann, "mine").locale == "en"


def test_the_workspaces_language_is_everybodys_until_they_choose(town: Town, lang: str) -> None:
    ann = town.someone()
    for text in ("mine", "help", "nonsense", "mine", "new O: x KR1: a from 1 to 2", "O1"):
        assert town.says(ann, text).locale == lang


def test_a_message_to_another_is_in_the_readers_language(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(NUMBER), town.someone("bob")
    other = "en" if lang == "zh" else "zh"
    town.says(bob, f"language {other}")
    town.says(ann, f"help KR1.1 <@{bob}> look?")
    [heard] = town.delivered_to(bob)
    assert heard.locale == other


def test_another_language_is_refused(town: Town, lang: str) -> None:
    ann = town.someone()
    heard = town.says(ann, "language français")
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert "français" in heard.text
    assert heard.locale == lang


def test_the_day_is_the_one_where_the_writer_is(town: Town) -> None:
    ann = town.with_okr(NUMBER)
    town.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    zone = town.says(ann, "timezone Asia/Shanghai")
    assert "04:00" in zone.text
    town.says(ann, "KR1.1 45")
    assert town.check_ins(ann)[-1]["on"] == "2026-11-24"
    town.says(ann, "timezone america/los_angeles")
    town.says(ann, "KR1.1 46")
    assert town.check_ins(ann)[-1]["on"] == "2026-11-23"


def test_a_zone_that_is_none_offers_the_nearest(town: Town) -> None:
    ann = town.someone()
    heard = town.says(ann, "timezone Asia/Shanghia")
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert "timezone Asia/Shanghai" in heard.text


def test_who_says_too_much_is_told_when_to_go_on(store: Store) -> None:
    talk = Talk(store, rate="3/minute", defaults=Defaults(timezone="UTC"))
    talk.desk.machine = time.time  # the limit follows the machine's clock
    talk.says("ann", "new O: Grow KR1: NPS from 30 to 50")
    talk.says("ann", "publish")
    assert talk.says("ann", "KR1.1 45").reply.tone == "answer"  # type: ignore[union-attr]
    slow = talk.says("ann", "KR1.1 46")
    assert slow.reply is not None
    assert slow.reply.tone == "refusal"
    assert slow.reply.private
    assert any(part.isdigit() and 1 <= int(part) <= 60 for part in slow.text.split())
    assert talk.key_result()["current"] == 45
    assert talk.says("bob", "mine").reply.tone == "answer"  # type: ignore[union-attr]
    talk.in_channel("ann", "KR1.1 46")
    assert [o.to.user for o in talk.deliver()] == ["ann"]
    assert talk.key_result()["current"] == 45


def test_the_same_person_on_two_platforms_is_two_until_told(town: Town) -> None:
    ann = town.someone()
    town.says(ann, "mine")
    feishu = Talk(town.store, platform="feishu", workspace="F1", defaults=Defaults(timezone="UTC", feishu_locale="zh"))
    assert feishu.says(ann, "mine").locale == "zh"
    accounts = [p["accounts"] for p in town.export()["people"] if p["name"] == ann.capitalize()]
    assert sorted(a["platform"] for [a] in accounts) == ["feishu", "slack"]


def test_a_delivery_that_comes_twice_has_one_effect_and_the_first_answer(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    message = town.message(ann, "KR1.1 +3")
    first, second = town.hears(message), town.hears(message)
    assert town.of(ann)["current"] == 33
    assert second.text == first.text
    said = town.message(ann, "KR1.1 +3", place=Place("C1", shared=True, thread="1"), entry="mention", inline=False, message="1")
    town.hears(said)
    town.hears(said)
    assert len(town.delivered_to(channel="C1")) == 1
    assert town.of(ann)["current"] == 36
    assert say(lang, "Undo") in first.text


def test_a_newcomers_first_day_is_the_one_where_they_are(lite_english: Town) -> None:
    """Slack told the zone with the first delivery: 9:00 UTC on Monday is still Sunday in Honolulu."""
    from dataclasses import replace

    ann = lite_english.someone()
    message = lite_english.message(ann, "note saw two customers")
    lite_english.hears(replace(message, sender=replace(message.sender, timezone="Pacific/Honolulu")))
    [check_in] = lite_english.check_ins(ann)
    assert check_in["on"] == "2026-11-22"
