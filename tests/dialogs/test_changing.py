"""Changing OKRs by typing: fields, another key result, weights, rhythm; dropping, closing and reopening. Who may is told to who may not."""

from typing import Any

import pytest

from bot.replies import Copy
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

OKR = "O: Win the north\nKR1: NPS from 30 to 50 weight 60%\nKR2: Churn from 9% to 4%\nKPI: Refunds ≤ 2%\nKR3: Open the shop"


def tone(heard: Heard) -> str:
    assert heard.reply is not None
    return heard.reply.tone


def copies(heard: Heard) -> list[str]:
    assert heard.reply is not None
    return [part.text for part in heard.reply.parts if isinstance(part, Copy)]


def shares(town: Town, who: str) -> list[float]:
    return [k["weight"] for o in town.objectives_of(who) for k in o["key_results"] if k["weight"] is not None]


def untouched(town: Town, who: str, *lines: str) -> list[Heard]:
    """What is heard to each line, none of which changes anything."""
    before, changes = town.objectives_of(who), town.changes_by(who)
    heard = [town.says(who, line) for line in lines]
    assert town.objectives_of(who) == before, lines
    assert town.changes_by(who) == changes, lines
    return heard


# ---------------------------------------------------------------- a field


def test_every_field_of_an_objective(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    edit = say(lang, "edit")
    town.says(ann, f"{edit} O1 {say(lang, 'title')} Win the whole north")
    town.says(ann, f"{edit} O1 {say(lang, 'why')} renewals depend on it")
    town.says(ann, f"{edit} O1 {say(lang, 'kind')} {'committed' if lang == 'en' else '承诺'}")
    town.says(ann, f"{edit} O1 {say(lang, 'due')} 12-20")
    [objective] = town.objectives_of(ann)
    assert (objective["title"], objective["why"], objective["kind"]) == ("Win the whole north", "renewals depend on it", "committed")
    heard = town.says(ann, f"{say(lang, 'history')} O1")
    assert "Win the north" in heard.text
    assert "2026" in heard.text
    town.says(ann, say(lang, "undo"))
    assert "12-20" not in town.says(ann, "O1").text


def test_a_target_asks_why_once_it_is_published_and_the_title_follows(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, f"new {OKR}")
    line = f"{say(lang, 'edit')} KR1.1 {say(lang, 'target')} 70"
    assert tone(town.says(ann, line)) == "answer"  # a draft promises nothing yet
    assert town.of(ann)["target"] == 70
    assert town.of(ann)["title"] == "NPS from 30 to 70"
    town.says(ann, "publish O1")
    asked = town.says(ann, f"{say(lang, 'edit')} KR1.1 {say(lang, 'target')} 80")
    assert tone(asked) == "question"
    assert asked.reply is not None
    assert asked.reply.form is not None
    assert "80" in copies(asked)[0]
    assert town.of(ann)["target"] == 70
    told = town.says(ann, f"{say(lang, 'edit')} KR1.1 {say(lang, 'target')} 80{say(lang, 'because')} the market is bigger")
    assert "the market is bigger" in told.text
    assert "70 → 80" in told.text
    assert town.of(ann)["target"] == 80
    assert [c["reason"] for c in town.export()["changes"] if c["field"] == "target"][-1] == "the market is bigger"
    again = town.sends(ann, asked, {"reason": "once more"})  # the form of the first question says 80, and it is 80
    assert tone(again) == "refusal"
    other = town.says(ann, f"{say(lang, 'edit')} KR1.1 {say(lang, 'target')} 90")
    town.sends(ann, other, {"reason": "by form"})
    assert (town.of(ann)["target"], town.of(ann)["title"]) == (90, "NPS from 30 to 90")
    town.says(ann, say(lang, "undo"))
    assert (town.of(ann)["target"], town.of(ann)["title"]) == (80, "NPS from 30 to 80")


def test_fields_of_a_key_result(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    edit = say(lang, "edit")
    town.says(ann, f"{edit} KR1.1 {say(lang, 'start')} 35")
    assert (town.of(ann)["start"], town.of(ann)["title"]) == (35, "NPS from 35 to 50")
    town.says(ann, f"{edit} KR1.1 {say(lang, 'due')} 2026-12-20")
    assert town.of(ann)["due"] == "2026-12-20"
    town.says(ann, f"{edit} KR1.1 {say(lang, 'due')} {'none' if lang == 'en' else '无'}")
    assert town.of(ann)["due"] is None
    town.says(ann, f"{edit} KR1.2 {say(lang, 'target')} 12%{say(lang, 'because')} we grow first")
    assert (town.of(ann, "KR1.2")["target"], town.of(ann, "KR1.2")["direction"]) == (12, "up")
    town.says(ann, f"{edit} KR1.4 {say(lang, 'title')} Open the second shop")
    assert town.of(ann, "KR1.4")["title"] == "Open the second shop"
    asked = town.says(ann, f"{edit} KR1.1 {say(lang, 'title')} Loyal shops from 10 to 40")
    town.sends(ann, asked, {"reason": "a better measure"})
    row = town.of(ann)
    assert (row["title"], row["start"], row["target"]) == ("Loyal shops from 10 to 40", 10, 40)


def test_values_that_cannot_be_are_said_to_be(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    edit, target, due = say(lang, "edit"), say(lang, "target"), say(lang, "due")
    heard = untouched(
        town,
        ann,
        f"{edit} O1 {due} 2020-01-01",
        f"{edit} KR1.1 {target} 45%",  # no percentage
        f"{edit} KR1.1 {target} 30",  # the start
        f"{edit} KR1.1 {target} 3.400",  # two readings
        f"{edit} KR1.4 {target} 5",  # done or not
        f"{edit} KR1.1 {say(lang, 'why')} x",
        f"{edit} O1 {target} 5",
        f"{edit} O1 {say(lang, 'title')} {'x' * 700}",
        f"{edit} O1 {say(lang, 'title')} Win the north",  # it is called so
        f"{edit} KR9.9 {target} 5",
    )
    assert all(tone(h) in ("refusal", "question") for h in heard), [h.text for h in heard]
    readings = heard[3]
    assert len(readings.buttons()) == 2
    assert all(b.text.startswith("edit #k") for _, b in readings.buttons())


def test_only_who_answers_for_it_changes_it_and_the_others_hear_who_can(town: Town, lang: str) -> None:
    bob = town.someone("bob")
    ann = town.with_okr(f"O: Grow\nKR1: NPS from 30 to 50 <@{bob}>\nKR2: b from 1 to 9")
    cal = town.someone("cal")
    before = town.objectives_of(ann)
    for line in (
        f"{say(lang, 'edit')} <@{ann}> O1 {say(lang, 'title')} Mine",
        f"{say(lang, 'edit')} <@{ann}> KR1.2 {say(lang, 'target')} 5",
        f"{say(lang, 'drop')} <@{ann}> O1{say(lang, 'because')}x",
        f"{say(lang, 'close')} <@{ann}> O1",
        f"{say(lang, 'rhythm')} <@{ann}> KR1.2 {'monthly' if lang == 'en' else '每月'}",
        f"{say(lang, 'add KR to')} <@{ann}> O1: c from 1 to 5",
        f"{say(lang, 'weights')} <@{ann}> KR1.1 50 KR1.2 50",
    ):
        for other in (cal, bob):
            heard = town.says(other, line)
            assert tone(heard) == "refusal", (line, heard.text)
            assert ann.capitalize() in heard.text, heard.text
    assert town.objectives_of(ann) == before
    town.says(bob, f"{say(lang, 'edit')} <@{ann}> KR1.1 {say(lang, 'target')} 60{say(lang, 'because')}it is mine")
    assert town.of(ann)["target"] == 60


# ---------------------------------------------------------------- another key result


def test_another_key_result_by_text_and_by_form(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    heard = town.says(ann, f"{say(lang, 'add KR to')} O1: Renewals from 80% to 90% <@{bob}>")
    assert "KR1.5" in heard.text
    assert town.of(ann, "KR1.5")["target"] == 90
    assert sum(shares(town, ann)) == pytest.approx(1)
    assert len(town.delivered_to(bob)) == 1  # published already, so he is asked at once
    asked = town.says(ann, f"{say(lang, 'add KR to')} O1")
    wrong = town.sends(ann, asked, {"kr_n1_start": "lots"})
    assert tone(wrong) == "refusal"
    assert wrong.reply is not None
    assert wrong.reply.form is not None
    town.sends(ann, wrong, {"kr_n1_title": "Shops", "kr_n1_start": "3", "kr_n1_target": "12", "kr_n1_unit": "shops", "kr_n1_owner": [bob]})
    row = town.of(ann, "KR1.6")
    assert (row["title"], row["start"], row["target"], row["unit"]) == ("Shops", 3, 12, "shops")
    assert sum(shares(town, ann)) == pytest.approx(1)
    town.says(ann, say(lang, "undo"))
    assert "KR1.6" not in town.says(ann, "O1").text


def test_which_objective_is_asked(town: Town, lang: str) -> None:
    ann = town.with_okr("O: One KR1: a from 1 to 3 O: Two KR1: b from 1 to 3")
    word = "add KR: shops from 3 to 9" if lang == "en" else "加KR：门店从3家到9家"
    asked = town.says(ann, word)
    assert tone(asked) == "question"
    town.presses(ann, asked, "O2")
    assert len(town.objectives_of(ann)[1]["key_results"]) == 2
    nobody = town.someone()
    assert tone(town.says(nobody, word)) == "refusal"


# ---------------------------------------------------------------- weights


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("KR1.1 40 KR1.2 30", [0.4, 0.3, 0.3]),
        ("KR1.1 40%，KR1.2 30%，KR1.4 30%", [0.4, 0.3, 0.3]),
        ("KR1.1 0.5 KR1.2 0.25", [0.5, 0.25, 0.25]),
        ("KR1.1 100", [1.0, 0.0, 0.0]),
        ("KR1.2 40", [0.45, 0.4, 0.15]),  # the others in their proportion of 60 and 20
    ],
)
def test_siblings_always_sum_to_one(town: Town, lang: str, line: str, becomes: list[float]) -> None:
    ann = town.with_okr(OKR)
    assert tone(town.says(ann, f"{say(lang, 'weights')} {line}")) == "answer"
    assert shares(town, ann) == pytest.approx(becomes, abs=1e-5)
    assert sum(shares(town, ann)) == pytest.approx(1)
    town.says(ann, say(lang, "undo"))
    assert shares(town, ann) == pytest.approx([0.6, 0.2, 0.2], abs=1e-5)


def test_weights_that_cannot_be(town: Town, lang: str) -> None:
    ann = town.with_okr(f"{OKR}\nO: Two KR1: b from 1 to 3")
    word = say(lang, "weights")
    heard = untouched(
        town,
        ann,
        f"{word} KR1.1 400 KR1.2 1",
        f"{word} KR1.1 40 KR1.2 40 KR1.4 10",
        f"{word} KR1.1 40 KR1.1 60",
        f"{word} KR1.3 40",  # a guardrail
        f"{word} KR1.1 40 KR2.1 60",
        f"{word} KR1.1 40 O2 60",
        f"{word} KR7.1 40",
    )
    assert all(tone(h) == "refusal" for h in heard)
    assert copies(heard[1]) == ["weight KR1.1 44 KR1.2 44 KR1.4 12"]
    assert tone(town.says(ann, f"{word} O1 70 O2 30")) == "answer"
    assert [o["weight"] for o in town.objectives_of(ann)] == pytest.approx([0.7, 0.3])


# ---------------------------------------------------------------- endings


def test_dropping_asks_for_the_reason_and_comes_back(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(ann, f"{say(lang, 'ask')} KR1.2 <@{bob}> please")
    asked = town.says(ann, f"{say(lang, 'drop')} KR1.2")
    assert tone(asked) == "question"
    assert len(shares(town, ann)) == 3
    told = town.sends(ann, asked, {"reason": "too far off"})
    assert "too far off" in told.text
    assert shares(town, ann) == pytest.approx([0.6, 0.4])  # what was said stays, the rest takes what is left
    assert tone(town.says(bob, say(lang, "accept"))) == "refusal"  # what is dropped needs nobody's help
    gone = town.says(ann, "KR1.2 7%")
    assert tone(gone) == "refusal"
    assert copies(gone) == ["reopen KR1.2"]
    assert tone(town.says(ann, f"{say(lang, 'drop')} KR1.2{say(lang, 'because')}x")) == "refusal"
    assert tone(town.says(ann, f"{say(lang, 'reopen')} KR1.2")) == "answer"
    assert len(shares(town, ann)) == 3


def test_an_objective_ends_and_begins_again(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 40")
    closed = town.says(ann, f"{say(lang, 'close')} O1")
    assert tone(closed) == "answer"
    assert town.objectives_of(ann)[0]["state"] == "closed"
    heard = untouched(
        town,
        ann,
        "KR1.1 45",
        f"{say(lang, 'edit')} O1 {say(lang, 'title')} x",
        f"{say(lang, 'close')} O1",
        f"{say(lang, 'drop')} O1{say(lang, 'because')}x",
        f"{say(lang, 'close')} KR1.1",
    )
    assert all(tone(h) == "refusal" for h in heard)
    town.says(ann, f"{say(lang, 'reopen')} O1")
    town.says(ann, f"{say(lang, 'drop')} O1{say(lang, 'because')}the plan changed")
    assert town.objectives_of(ann)[0]["state"] == "dropped"
    assert "the plan changed" in town.says(ann, f"{say(lang, 'history')} O1").text
    town.says(ann, say(lang, "undo"))
    assert town.objectives_of(ann)[0]["state"] == "published"
    assert tone(town.says(ann, f"{say(lang, 'reopen')} O1")) == "refusal"


def test_a_draft_is_not_dropped_but_put_away(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, f"new {OKR}")
    assert tone(town.says(ann, f"{say(lang, 'close')} O1")) == "refusal"
    assert tone(town.says(ann, f"{say(lang, 'drop')} KR1.2")) == "answer"
    assert len(town.objectives_of(ann)[0]["key_results"]) == 3
    town.says(ann, f"{say(lang, 'drop')} O1")
    assert town.objectives_of(ann) == []


def test_numbers_of_a_drafts_key_results_come_back_with_another_text(town: Town, lang: str) -> None:
    ann = town.someone()
    edit = say(lang, "edit")
    town.says(ann, "new O: One KR1: a from 1 to 2 KR2: b from 1 to 2")
    town.says(ann, f"{edit} O1 O: One KR1: a from 1 to 2")
    assert tone(town.says(ann, f"{edit} O1 O: One KR1: a from 1 to 3 KR2: c from 1 to 4")) == "answer"
    rows: Any = town.objectives_of(ann)[0]["key_results"]
    assert [(r["ref"], r["target"]) for r in rows] == [("KR1.1", 3), ("KR1.2", 4)]


def test_how_often_a_value_is_asked_for(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    for typed, kept in ((("monthly", "每月"), "monthly"), (("daily", "每天"), "daily"), (("weekly", "每周"), "weekly")):
        town.says(ann, f"{say(lang, 'rhythm')} KR1.1 {typed[lang == 'zh']}")
        assert town.of(ann)["rhythm"] == kept
    assert tone(town.says(ann, f"{say(lang, 'rhythm')} KR1.1 {'weekly' if lang == 'en' else '每周'}")) == "refusal"
    assert tone(town.says(ann, f"{say(lang, 'rhythm')} O1 {'weekly' if lang == 'en' else '每周'}")) == "refusal"
