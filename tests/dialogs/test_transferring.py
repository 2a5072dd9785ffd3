"""Handing over: an objective or a key result becomes somebody else's once they accept, and nothing of it is lost on the way."""

from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_changing import tone

OKR = "O: Grow\nKR1: NPS from 30 to 50\nKR2: Churn from 9% to 4%"


def transfer(lang: str, ref: str, to: str) -> str:
    return f"transfer {ref} to <@{to}>" if lang == "en" else f"移交 {ref} 给 <@{to}>"


def test_an_objective_is_theirs_once_they_accept(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.with_okr("O: Mine KR1: a from 1 to 3", "bob")
    town.says(ann, "KR1.1 40 first shops")
    offered = town.says(ann, transfer(lang, "O1", bob))
    assert tone(offered) == "answer"
    assert len(town.objectives_of(ann)) == 1
    assert tone(town.says(ann, transfer(lang, "O1", bob))) == "refusal"  # it waits already
    [asked] = town.delivered_to(bob)
    town.presses(bob, asked, say(lang, "Accept"))
    assert town.objectives_of(ann) == []
    mine, theirs = town.objectives_of(bob)
    assert sorted([mine["ref"], theirs["ref"]]) == ["O1", "O2"]  # a number is given once per owner
    moved = next(o for o in town.objectives_of(bob) if o["title"] == "Grow")
    assert moved["key_results"][0]["current"] == 40
    assert {k["owner"] for k in moved["key_results"]} == {moved["owner"]}
    assert len(town.delivered_to(ann)) == 1
    town.says(ann, "new O: Another KR1: b from 1 to 3")
    assert town.objectives_of(ann)[0]["ref"] == "O2"  # O1 was given, and is not given again
    assert tone(town.says(ann, f"<@{bob}> KR2.1 45")) == "refusal"
    assert tone(town.says(bob, "KR2.1 45")) == "answer"


def test_a_no_leaves_it_where_it_is_and_is_told(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(ann, transfer(lang, "KR1.2", bob))
    [asked] = town.delivered_to(bob)
    town.presses(bob, asked, say(lang, "Decline"))
    assert town.name_of(town.of(ann, "KR1.2")["owner"]) == ann.capitalize()
    [told] = town.delivered_to(ann)
    assert "KR1.2" in told.text
    late = town.presses(bob, asked, say(lang, "Accept"))
    assert not late.buttons()
    assert town.name_of(town.of(ann, "KR1.2")["owner"]) == ann.capitalize()


def test_a_key_result_changes_hands_alone(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(ann, transfer(lang, "KR1.2", bob))
    town.says(bob, say(lang, "accept"))
    assert town.name_of(town.of(ann, "KR1.2")["owner"]) == bob.capitalize()
    assert town.name_of(town.of(ann, "KR1.1")["owner"]) == ann.capitalize()
    assert "KR1.2" in town.says(bob, say(lang, "mine")).text
    town.says(bob, say(lang, "undo"))
    assert town.name_of(town.of(ann, "KR1.2")["owner"]) == ann.capitalize()


def test_an_offer_is_taken_back(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(ann, transfer(lang, "O1", bob))
    town.says(ann, say(lang, "undo"))
    assert tone(town.says(bob, say(lang, "accept"))) == "refusal"
    assert town.delivered_to(bob) == []
    assert len(town.objectives_of(ann)) == 1


def test_to_nobody_to_oneself_and_by_others(town: Town, lang: str) -> None:
    ann, bob, cal = town.with_okr(OKR), town.someone("bob"), town.someone("cal")
    town.says(bob, say(lang, "mine"))
    before = town.objectives_of(ann)
    for who, line in (
        (ann, transfer(lang, "O1", ann)),
        (ann, "transfer O1 to @nobody-of-that-name"),
        (bob, transfer(lang, f"<@{ann}> O1", bob)),
        (cal, transfer(lang, "O1", bob)),
    ):
        assert tone(town.says(who, line)) == "refusal", line
    assert town.objectives_of(ann) == before


def test_to_somebody_who_left(town: Town, lang: str) -> None:
    from storage.people import account_of
    from storage.store import EVERYWHERE

    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(bob, say(lang, "mine"))
    with town.store.write(EVERYWHERE) as session:
        found = account_of(session, town.platform, town.workspace, bob)
        assert found is not None
        found[1].active = False
        session.add(found[1])
    heard = town.says(ann, transfer(lang, "O1", bob))
    assert tone(heard) == "refusal"
    assert bob.capitalize() in heard.text
    assert len(town.objectives_of(ann)) == 1


def test_a_draft_changes_hands_with_its_buttons(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(ann, f"new {OKR}")
    town.says(ann, transfer(lang, "O1", bob))
    town.says(bob, say(lang, "accept"))
    assert town.objectives_of(ann) == []
    assert "Grow" in town.says(bob, say(lang, "mine")).text
    assert tone(town.says(bob, "publish O1")) == "answer"
