"""What goes on in the next cycle: with a new result, linked both ways, once, and never word for word."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.replies import Reply
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say

OKR = "O: Support that customers recommend\nKR1: NPS from 30 to 50 weight 60%\nKR2: replies from 9 to 2\nKPI: refunds ≤ 2%"


def carried(town: Town, who: str) -> dict[str, Any]:
    """What goes on in 2027Q1; {} for nothing."""
    rows = [o for o in town.objectives_of(who) if o["carried_from"]]
    assert len(rows) < 2
    return rows[0] if rows else {}


def refused(reply: Reply | None) -> bool:
    assert reply is not None
    return reply.tone == "refusal"


def test_an_objective_goes_on_with_new_results(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 45")
    town.says(ann, f"{say(lang, 'score')} KR1.1 0.7 KR1.2 0.5")
    asked = town.says(ann, f"{say(lang, 'carry')} O1")
    assert "2027Q1" in asked.text
    old = town.objectives_of(ann)[0]
    one, two, _ = (k["id"][1:] for k in old["key_results"])
    drafted = town.sends(ann, asked, {f"result_{one}": "60", "title": "Support that they talk about"})
    new = carried(town, ann)
    assert (new["state"], new["title"], new["carried_from"]) == ("draft", "Support that they talk about", old["id"])
    kr, guardrail = new["key_results"]
    assert (kr["start"], kr["target"], kr["title"], kr["carried_from"]) == (45, 60, "NPS from 45 to 60", f"k{one}")
    assert guardrail["guardrail"] is True
    assert two not in [k["carried_from"] for k in new["key_results"]], "what was left empty stays behind"
    assert "2026Q4" in drafted.text or "O1" in drafted.text
    assert "0.62" in drafted.text, "what it goes on from, with its score"
    assert "2027Q1 O1" in town.says(ann, "O1").text, "the old one says where it went"
    assert "2027Q1 KR1.1" in town.says(ann, "KR1.1").text
    assert "KR1.1" in town.says(ann, "2027Q1 KR1.1").text
    town.presses(ann, drafted, say(lang, "Undo"))
    assert carried(town, ann) == {}
    assert "2027Q1 O1" not in town.says(ann, "O1").text


def test_a_key_result_goes_on_by_typing_its_new_target(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 45")
    target = "target" if lang == "en" else "目标值"
    town.says(ann, f"{say(lang, 'carry')} KR1.1 {target} 60")
    new = carried(town, ann)
    assert [(k["title"], k["start"], k["target"], k["weight"]) for k in new["key_results"]] == [("NPS from 45 to 60", 45, 60, 1.0)]
    town.says(ann, f"{say(lang, 'carry')} KR1.2 {target} 1")
    assert [k["target"] for k in carried(town, ann)["key_results"]] == [60, 1], "it joins what goes on already"
    assert refused(town.says(ann, f"{say(lang, 'carry')} KR1.2 {target} 1.5").reply)


def test_it_goes_on_from_a_text(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    into = f"{say(lang, 'to')} 2027Q1"
    town.says(ann, f"{say(lang, 'carry')} O1 {into}: O: Support they talk about\nKR1: NPS from 45 to 60\nKR2: calls from 10 to 4")
    new = carried(town, ann)
    assert [k["title"] for k in new["key_results"]] == ["NPS from 45 to 60", "calls from 10 to 4"]
    assert [bool(k["carried_from"]) for k in new["key_results"]] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "O1: O: Support that customers recommend\nKR1: NPS from 30 to 50",
        "O1: O: Other words\nKR1: nps  from 45 to 50",
        "O1: O: support that customers recommend!",
        "KR1.1 target 50",
        "KR1.1: NPS from 30 to 50",
    ],
)
def test_a_copy_word_for_word_is_refused_with_the_reason(town: Town, lang: str, text: str) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"{say(lang, 'carry')} {text}")
    assert refused(heard.reply)
    assert ("word for word" if lang == "en" else "一字不差") in heard.text
    assert carried(town, ann) == {}


def test_the_form_refuses_a_copy_too_and_keeps_what_was_filled_in(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    asked = town.says(ann, f"{say(lang, 'carry')} O1")
    one, two, _ = (k["id"][1:] for k in town.objectives_of(ann)[0]["key_results"])
    for fields in ({}, {f"result_{one}": "50"}, {f"result_{one}": "fifty"}, {"title": "", f"result_{one}": "60"}):
        wrong = town.sends(ann, asked, fields)
        assert refused(wrong.reply), fields
        assert carried(town, ann) == {}
    again = town.sends(ann, town.sends(ann, asked, {f"result_{one}": "50", f"result_{two}": "1"}), {f"result_{one}": "60"})
    assert not refused(again.reply)
    assert [k["target"] for k in carried(town, ann)["key_results"]] == [60, 1, 2]


def test_what_has_no_number_goes_on_in_new_words(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Fast support\nKR1: the help pages are public")
    [kr] = town.objectives_of(ann)[0]["key_results"]
    asked = town.says(ann, f"{say(lang, 'carry')} KR1.1")
    assert refused(town.sends(ann, asked, {f"result_{kr['id'][1:]}": "The help pages are public."}).reply)
    town.sends(ann, asked, {f"result_{kr['id'][1:]}": "half of all questions are answered by the help pages"})
    assert carried(town, ann)["key_results"][0]["carried_from"] == kr["id"]


def test_it_is_carried_once(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    target = "target" if lang == "en" else "目标值"
    town.says(ann, f"{say(lang, 'carry')} KR1.1 {target} 60")
    for text in ("O1", f"KR1.1 {target} 70", "O1: O: Else\nKR1: calls from 9 to 3"):
        heard = town.says(ann, f"{say(lang, 'carry')} {text}")
        assert refused(heard.reply), text
        assert "2027Q1 O1" in heard.text
    assert len(carried(town, ann)["key_results"]) == 1


def test_where_and_what_cannot_go_on_is_said(town: Town, lang: str) -> None:
    ann, eve = town.with_okr(OKR), town.someone("eve")
    carry = say(lang, "carry")
    town.says(ann, "new O: A draft\nKR1: days from 9 to 4")
    for who, text in (
        (ann, "O1 to 2026Q4"),
        (ann, "O1 to 2026Q2"),
        (ann, "O1 to 2031H7"),
        (ann, "O2"),
        (ann, "O7"),
        (ann, "O1 target 80"),
        (eve, f"<@{ann}> O1"),
        (eve, f"<@{ann}> KR1.1 target 80"),
        (ann, "KR1.1 target 30"),
    ):
        heard = town.says(who, f"{carry} {text}")
        assert heard.reply is not None
        assert heard.reply.tone == "refusal", text
    town.says(ann, "drop O1 because priorities moved")
    assert refused(town.says(ann, f"{carry} O1").reply)
    assert carried(town, ann) == {}


def test_after_the_quarter_it_goes_on_in_the_one_that_runs(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.now = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
    target = "target" if lang == "en" else "目标值"
    town.says(ann, f"{say(lang, 'carry')} 2026Q4 KR1.1 {target} 60")
    assert carried(town, ann)["key_results"][0]["target"] == 60
    assert "2026Q4 O1" in town.says(ann, "O1").text


def test_a_private_one_is_named_to_nobody_else(town: Town, lang: str) -> None:
    ann, eve = town.with_okr(OKR), town.someone("eve")
    town.says(ann, f"{say(lang, 'carry')} KR1.1 target 60")
    heard = town.says(eve, f"<@{ann}> O1")
    assert "2027Q1" not in heard.text, "a draft is its owner's"
    town.says(ann, "publish 2027Q1 O1")
    assert "2027Q1 O1" in town.says(eve, f"<@{ann}> O1").text
