"""The coach on daily lines: once a week at most, in the answer, about one's own line, off with one tap."""

import pytest

from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_oneself import GENERAL, OKR
from tests.test_statements import counted

MEETINGS = ("held meetings with clients", "开会跟进客户")


def line(lang: str) -> str:
    return MEETINGS[lang == "zh"]


def test_one_remark_a_week_with_a_better_version_of_their_own_line(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 42")
    heard = town.says(ann, f"KR1.1 {line(lang)}")
    assert say(lang, "what came of it") in heard.text
    better = heard.text.split("“")[1]
    assert better.startswith(line(lang))
    assert "KR1.1 42 →" in better
    assert say(lang, "what came of it") not in town.says(ann, f"KR1.1 {line(lang)}").text
    town.later(days=6)
    assert say(lang, "what came of it") not in town.says(ann, f"KR1.2 {line(lang)}").text
    town.later(days=1)
    assert say(lang, "what came of it") in town.says(ann, f"KR1.2 {line(lang)}").text


def test_the_days_own_line_is_about_no_key_result(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 42")
    heard = town.says(ann, f"{say(lang, 'note')} {line(lang)}")
    assert say(lang, "what came of it") in heard.text
    assert "KR1" not in heard.text.split("“")[1]


def test_the_same_line_and_no_number(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.with_okr(OKR, "bob")
    for _ in range(2):
        assert say(lang, "three times") not in town.says(ann, "KR1.1 drafted the contract").text
    assert say(lang, "three times") in town.says(ann, "KR1.1 Drafted the contract.").text
    for text in ("drafted the contract", "read the law"):
        assert say(lang, "without a number") not in town.says(bob, f"KR1.1 {text}").text
    assert say(lang, "without a number") in town.says(bob, "KR1.1 wrote the page").text


def test_off_with_one_tap_and_on_again(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"KR1.1 {line(lang)}")
    town.presses(ann, heard, say(lang, "No more remarks"))
    town.later(days=8)
    assert say(lang, "what came of it") not in town.says(ann, f"KR1.1 {line(lang)}").text
    off = town.says(ann, say(lang, "coach off"))
    assert not off.buttons()  # it is off already
    town.presses(ann, town.says(ann, say(lang, "coach on")), say(lang, "Undo"))
    assert say(lang, "what came of it") not in town.says(ann, f"KR1.1 {line(lang)}").text
    town.says(ann, say(lang, "coach on"))
    assert say(lang, "what came of it") in town.says(ann, f"KR1.2 {line(lang)}").text


def test_who_says_what_is_in_the_way_has_said_something(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    assert say(lang, "what came of it") not in town.says(ann, f"KR1.1 {line(lang)}; {say(lang, 'blocked')}legal").text


def test_nobody_is_taught_in_front_of_others(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"KR1.1 {line(lang)}", place=GENERAL, entry="mention")
    assert say(lang, "what came of it") not in heard.text
    assert say(lang, "what came of it") in town.says(ann, f"KR1.1 {line(lang)}").text


@pytest.mark.parametrize("said", ["KR1.1 {}", "KR1.1 {} held meetings", "KR1.1 signed {} clients"])
def test_a_good_line_costs_nothing(lite_english: Town, said: str) -> None:
    """As many statements with the coach as without."""
    ann = lite_english.with_okr(OKR)
    lite_english.says(ann, "KR1.1 44")
    with counted(lite_english.store) as ran:
        lite_english.says(ann, said.format(45), entry="checkin")
    lite_english.says(ann, "coach off")
    with counted(lite_english.store) as without:
        lite_english.says(ann, said.format(46), entry="checkin")
    assert len(ran) == len(without)
