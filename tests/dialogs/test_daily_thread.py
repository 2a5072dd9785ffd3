"""A team's thread of the day: in whose language it speaks, and how its lines follow what is taken back."""

import pytest

from bot.messages import Place
from tests.dialogs.conftest import Town
from tests.dialogs.test_changing import OKR

HERE = Place("C9", shared=True, thread="")
WORDS = {"en": "was done", "zh": "进展"}


def talking(town: Town, lead: str, *members: str) -> None:
    """A team of these people whose day is a thread in a channel."""
    name = town.someone("Growth")
    town.says(lead, f"team new {name} lead <@{lead}> members {' '.join(f'<@{m}>' for m in members)}")
    town.says(lead, f"team {name} channel here", place=HERE, entry="mention")
    town.says(lead, f"team {name} daily on")
    town.deliver()


def heads(town: Town) -> str:
    """What a thread begins with, and the line in it."""
    sent = [out for out in town.deliver() if out.to.channel == "C9"]
    assert [bool(out.to.thread) for out in sent] == [False, True]
    return town.read(sent[0]).text


@pytest.mark.parametrize(("spoken", "heard"), [("zzeee", "en"), ("zzzee", "zh"), ("zzee", "zh"), ("eezz", "en")])
def test_most_of_a_team_read_it_and_its_lead_where_they_are_even(lite: Town, spoken: str, heard: str) -> None:
    people = [lite.with_okr(OKR, name) for name in "abcde"[: len(spoken)]]
    for who, tongue in zip(people, spoken, strict=True):
        lite.says(who, "language 中文" if tongue == "z" else "language English")
    talking(lite, *people)
    lite.says(people[-1], "KR1.1 35 called the bank")
    assert WORDS[heard] in heads(lite)


def test_where_nobody_said_it_speaks_as_the_workspace_does(lite: Town, lang: str) -> None:
    ann, bob = lite.with_okr(OKR), lite.with_okr(OKR, "bob")
    talking(lite, ann, bob)
    lite.says(bob, "KR1.1 35 called the bank")
    assert WORDS[lang] in heads(lite)


def test_several_lines_taken_back_at_once_are_all_mended(town: Town) -> None:
    ann, bob = town.with_okr(OKR), town.with_okr(OKR, "bob")
    talking(town, ann, bob)
    town.says(bob, "KR1.1 35 called the bank\nKR1.2 7% by the way")
    [_, line] = [out for out in town.deliver() if out.to.channel == "C9"]
    assert "called the bank" in town.read(line).text
    town.says(bob, "undo")
    [edit] = [out for out in town.deliver() if out.to.channel == "C9"]
    assert edit.to.message
    assert "bank" not in town.read(edit).text
