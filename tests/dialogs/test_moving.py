"""A draft goes into another cycle by typing; what is published stays where it is."""

import pytest

from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_changing import OKR, tone


@pytest.mark.parametrize(
    "line", ["edit O1 cycle 2027Q1", "move O1 to 2027Q1", "编辑 O1 周期 2027Q1", "把 O1 移到 2027Q1", "移动 O1 到 2027年第一季度"]
)
def test_a_draft_goes_into_the_next_cycle_and_back(lite: Town, lang: str, line: str) -> None:
    ann = lite.someone()
    lite.says(ann, f"new {OKR}")
    lite.says(ann, "edit KR1.1 due 2026-12-20")
    moved = lite.says(ann, line)
    assert tone(moved) == "answer", moved.text
    assert "2026Q4 → 2027Q1" in moved.text
    assert "Win the north" in lite.says(ann, "2027Q1 O1").text
    assert lite.of(ann)["due"] is None
    assert tone(lite.says(ann, "2026Q4 O1")) == "refusal"
    lite.presses(ann, moved, say(lang, "Undo"))
    assert "Win the north" in lite.says(ann, "2026Q4 O1").text
    assert lite.of(ann)["due"] == "2026-12-20"


def test_it_takes_the_next_number_there_and_leaves_its_own(town: Town) -> None:
    ann = town.someone()
    town.says(ann, "new for 2027Q1 O: Later KR1: a from 1 to 3")
    town.says(ann, f"new {OKR}")
    assert "O2" in town.says(ann, "edit 2026Q4 O1 cycle 2027Q1").text
    assert "O2" in town.says(ann, "new O: Another KR1: b from 1 to 3").text
    assert {o["ref"] for o in town.objectives_of(ann) if o["title"] != "Another"} == {"O1", "O2"}
    assert "Win the north" in town.says(ann, "publish 2027Q1 O2").text


@pytest.mark.parametrize(
    "line", ["edit O1 cycle", "edit O1 cycle 2026Q4", "edit O1 cycle 2025Q4", "edit O1 cycle Nosuch", "move O1 to 2029Q1"]
)
def test_where_it_cannot_go(lite: Town, line: str) -> None:
    ann = lite.someone()
    lite.says(ann, f"new {OKR}")
    before = lite.objectives_of(ann)
    assert tone(lite.says(ann, line)) in ("refusal", "question")
    assert lite.objectives_of(ann) == before


def test_what_is_published_and_what_is_others_stays(town: Town) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(bob, f"new {OKR}")
    for who, line in ((ann, "edit O1 cycle 2027Q1"), (bob, f"edit <@{ann}> O1 cycle 2027Q1"), (bob, "edit KR1.1 cycle 2027Q1")):
        assert tone(town.says(who, line)) == "refusal", line
