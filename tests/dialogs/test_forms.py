"""Forms: what they hold, what becomes of them, and that a mistake, a colleague or an upgrade never costs what was typed."""

from typing import Any

import pytest

from bot.replies import Buttons, Copy, Field, Form
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_changing import tone
from tests.talk import Heard

OKR = "O: Win the north\nKR1: NPS from 30 to 50 weight 60%\nKR2: Churn from 9% to 4%\nKPI: Refunds ≤ 2%"


def form(heard: Heard) -> Form:
    assert heard.reply is not None
    assert heard.reply.form is not None, heard.text
    return heard.reply.form


def standing(heard: Heard) -> dict[str, str]:
    """What stands in each field."""
    return {f.name: f.value or ",".join(p.name for p in f.people) for f in form(heard).parts if isinstance(f, Field)}


def wrong(heard: Heard) -> set[str]:
    """The fields that are said to be wrong."""
    return {f.name for f in form(heard).parts if isinstance(f, Field) and f.error}


def copied(heard: Heard) -> str:
    assert heard.reply is not None
    return "\n".join(p.text for p in heard.reply.parts if isinstance(p, Copy))


# ---------------------------------------------------------------- a new objective


def test_a_new_objective(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(bob, say(lang, "mine"))
    blank = town.says(ann, say(lang, "new"))
    assert "KR1" in copied(blank)  # what a form does can be typed too
    filled = {
        "title": "Win the north",
        "why": "renewals depend on it",
        "kind": "committed",
        "due": "2026-12-24",
        "kr_n1_title": "NPS of shops",
        "kr_n1_start": "30",
        "kr_n1_target": "50",
        "kr_n1_weight": "60%",
        "kr_n1_owner": [bob],
        "kr_n2_title": "Churn from 9% to 4%",
    }
    more = town.sends(ann, blank, filled, press=say(lang, "Add a KR"))
    kept = standing(more)
    assert (kept["title"], kept["kr_n1_owner"], kept["kr_n2_title"]) == ("Win the north", bob.capitalize(), "Churn from 9% to 4%")
    assert town.objectives_of(ann) == []
    card = town.sends(ann, more, {"kr_n3_title": "KPI: refunds ≤ 2%"})
    assert tone(card) == "answer"
    [objective] = town.objectives_of(ann)
    assert (objective["state"], objective["title"], objective["why"], objective["kind"]) == (
        "draft",
        "Win the north",
        "renewals depend on it",
        "committed",
    )
    rows: Any = objective["key_results"]
    assert [(r["title"], r["start"], r["target"]) for r in rows] == [
        ("NPS of shops", 30, 50),
        ("Churn from 9% to 4%", 9, 4),
        ("refunds ≤ 2%", None, 2),
    ]
    assert [r["guardrail"] for r in rows] == [False, False, True]
    assert rows[0]["weight"] == pytest.approx(0.6)
    assert town.name_of(rows[0]["owner"]) == bob.capitalize()
    town.presses(ann, card, say(lang, "Publish"))
    assert len(town.delivered_to(bob)) == 1


def test_a_mistake_says_which_and_keeps_the_rest(town: Town, lang: str) -> None:
    ann = town.someone()
    blank = town.says(ann, say(lang, "new"))
    filled = {
        "title": "",
        "kr_n1_title": "NPS",
        "kr_n1_start": "many",
        "kr_n1_target": "3.400",
        "kr_n1_weight": "400",
        "kr_n2_start": "5",
        "kr_n2_due": "soon",
    }
    again = town.sends(ann, blank, filled)
    assert tone(again) == "refusal"
    assert wrong(again) == {"title", "kr_n1_start", "kr_n1_target", "kr_n1_weight", "kr_n2_title", "kr_n2_target", "kr_n2_due"}
    assert {name: standing(again)[name] for name in filled} == filled
    assert town.objectives_of(ann) == []
    once_more = town.sends(ann, again, {"title": "Grow"})
    assert "title" not in wrong(once_more)
    assert standing(once_more)["kr_n1_start"] == "many"


def test_a_row_is_taken_out_of_the_form(town: Town, lang: str) -> None:
    ann = town.someone()
    blank = town.says(ann, say(lang, "new"))
    less = town.sends(ann, blank, {"title": "Grow", "kr_n1_title": "gone", "kr_n2_title": "a from 1 to 3"}, press=say(lang, "Remove"))
    assert "kr_n1_title" not in standing(less)
    assert standing(less)["kr_n2_title"] == "a from 1 to 3"
    town.sends(ann, less)
    assert [k["title"] for k in town.objectives_of(ann)[0]["key_results"]] == ["a from 1 to 3"]


def test_a_form_holds_no_more_than_a_modal(lite: Town, lang: str) -> None:
    ann = lite.someone()
    heard = lite.says(ann, say(lang, "new"))
    for _ in range(12):
        rows = [f for f in standing(heard) if f.endswith("_title") and f.startswith("kr_")]
        if len(rows) == 8:
            break
        heard = lite.sends(ann, heard, press=say(lang, "Add a KR"))
    buttons = [b for p in form(heard).parts if isinstance(p, Buttons) for b in p.buttons]
    assert len(rows) == 8
    assert not [b for b in buttons if b.label == "button_more"]
    assert len(form(heard).parts) <= 98


# ---------------------------------------------------------------- one that is there


def test_a_draft_is_changed_field_by_field(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, f"new {OKR}")
    opened = town.says(ann, f"{say(lang, 'edit')} O1")
    stands = standing(opened)
    assert (stands["title"], stands["kr_1_start"], stands["kr_1_target"], stands["kr_1_weight"], stands["kr_2_unit"]) == (
        "Win the north",
        "30",
        "50",
        "60",
        "%",
    )
    town.sends(ann, opened, {"title": "Win the west", "kr_1_target": "60", "kr_2_due": "2026-12-20"})
    [objective] = town.objectives_of(ann)
    assert objective["title"] == "Win the west"
    assert (objective["key_results"][0]["target"], objective["key_results"][0]["title"]) == (60, "NPS from 30 to 60")
    assert objective["key_results"][1]["due"] == "2026-12-20"
    assert objective["state"] == "draft"


def test_a_published_one_asks_why_in_the_form(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    opened = town.says(ann, f"{say(lang, 'edit')} O1")
    asked = town.sends(ann, opened, {"kr_1_target": "80", "kr_1_weight": "50"})
    assert wrong(asked) == {"reason"}
    assert town.of(ann)["target"] == 50
    told = town.sends(ann, asked, {"reason": "the market is bigger"})
    assert "the market is bigger" in told.text
    assert town.of(ann)["target"] == 80
    assert [k["weight"] for k in town.objectives_of(ann)[0]["key_results"]] == [0.5, 0.5, None]
    town.says(ann, say(lang, "undo"))
    assert town.of(ann)["target"] == 50


def test_a_key_result_is_dropped_and_another_added_in_one_form(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    opened = town.says(ann, f"{say(lang, 'edit')} O1")
    less = town.sends(ann, opened, press=say(lang, "Drop KR"))
    more = town.sends(ann, less, press=say(lang, "Add a KR"))
    told = town.sends(ann, more, {"kr_n1_title": "Renewals from 80% to 90%", "reason": "NPS is not ours to move"})
    assert tone(told) == "answer", told.text
    assert [k["ref"] for k in town.objectives_of(ann)[0]["key_results"]] == ["KR1.2", "KR1.3", "KR1.4"]
    assert "NPS is not ours to move" in told.text
    town.says(ann, say(lang, "undo"))
    assert [k["ref"] for k in town.objectives_of(ann)[0]["key_results"]] == ["KR1.1", "KR1.2", "KR1.3"]


def test_two_people_in_one_form(town: Town, lang: str) -> None:
    """What one left alone becomes the other's; what both changed is shown, and sent again it is meant."""
    ann = town.with_okr(OKR)
    first, second = town.says(ann, f"{say(lang, 'edit')} O1"), town.says(ann, f"{say(lang, 'edit')} O1")
    town.sends(ann, first, {"title": "Win the west", "why": "because"})
    clash = town.sends(ann, second, {"title": "Win the east", "kr_2_due": "2026-12-20"})
    assert wrong(clash) == {"title"}
    assert standing(clash)["title"] == "Win the east"
    assert standing(clash)["why"] == "because"  # not touched here, so it is what the other made of it
    assert town.objectives_of(ann)[0]["title"] == "Win the west"
    town.sends(ann, clash)
    [objective] = town.objectives_of(ann)
    assert (objective["title"], objective["why"], objective["key_results"][1]["due"]) == ("Win the east", "because", "2026-12-20")


def test_a_key_result_dropped_while_its_form_was_open(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    opened = town.says(ann, f"{say(lang, 'edit')} O1")
    town.says(ann, f"drop KR1.2 because {'x'}")
    clash = town.sends(ann, opened, {"kr_2_title": "Churn of shops from 9% to 3%"})
    assert wrong(clash) == {"kr_n1_title"}
    assert standing(clash)["kr_n1_title"] == "Churn of shops from 9% to 3%"
    town.sends(ann, clash)
    assert [k["ref"] for k in town.objectives_of(ann)[0]["key_results"]] == ["KR1.1", "KR1.3", "KR1.4"]


def test_nothing_different_changes_nothing(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    changes = town.changes_by(ann)
    assert tone(town.sends(ann, town.says(ann, f"{say(lang, 'edit')} O1"))) == "answer"
    assert town.changes_by(ann) == changes


def test_a_form_gives_no_rights(town: Town, lang: str) -> None:
    """What was drawn for the owner is refused to anybody else who sends it, with everything they wrote."""
    ann, cal = town.with_okr(OKR), town.someone("cal")
    opened = town.says(ann, f"{say(lang, 'edit')} O1")
    heard = town.sends(cal, opened, {"title": "Mine now"})
    assert tone(heard) == "refusal"
    assert "Mine now" in copied(heard)
    assert town.objectives_of(ann)[0]["title"] == "Win the north"


def test_a_form_from_before_an_upgrade(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    opened = town.says(ann, f"{say(lang, 'edit')} O1")
    for text in ("form objective2 #o1 x", "form objective #o1", "form objective o1;drop 1,2", "form day x", "form because", "whatever"):
        heard = town.sends(ann, opened, {"title": "Typed long"}, text=text)
        assert tone(heard) == "refusal", text
        assert "Typed long" in copied(heard), text
    assert town.objectives_of(ann)[0]["title"] == "Win the north"
    # fields that an older form did not have are left as they are
    said = town.message(ann, "", entry="form", drawn=form(opened).version, message="card-1", fields={"title": "Win the west"})
    from dataclasses import replace

    town.hears(replace(said, text=form(opened).text))
    [objective] = town.objectives_of(ann)
    assert objective["title"] == "Win the west"
    assert [k["target"] for k in objective["key_results"]] == [50, 4, 2]


# ---------------------------------------------------------------- the day


def test_the_check_in_form(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    opened = town.says(ann, say(lang, "checkin"))
    values = [name for name in standing(opened) if name.startswith("value_")]
    ids = [name.removeprefix("value_") for name in values]
    assert len(ids) == 3
    empty = town.sends(ann, opened)
    assert wrong(empty) == {values[0]}
    filled = {
        values[0]: "+5",
        f"confidence_{ids[0]}": "7",
        f"note_{ids[0]}": "first shops",
        values[1]: "7%",
        "note": "calm",
        "next": "call Bob",
    }
    told = town.sends(ann, opened, filled)
    assert tone(told) == "answer", told.text
    assert (town.of(ann)["current"], town.of(ann)["confidence"], town.of(ann, "KR1.2")["current"]) == (35, 7, 7)
    notes = [(c["note"], c["plan"]) for c in town.check_ins(ann)]
    assert notes == [("first shops", ""), ("", ""), ("calm", "call Bob")]
    town.says(ann, say(lang, "undo"))
    assert town.check_ins(ann) == []


def test_a_mistake_in_one_value_stores_none(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    opened = town.says(ann, say(lang, "checkin"))
    one, two, three = [name for name in standing(opened) if name.startswith("value_")]
    again = town.sends(ann, opened, {one: "35", two: "lots", three: "1%"})
    assert wrong(again) == {two}
    assert town.check_ins(ann) == []
    far = town.sends(ann, again, {two: "90%"})
    assert wrong(far) == {two}
    assert town.check_ins(ann) == []
    meant = town.sends(ann, far)  # sent again as it is, it is meant
    assert tone(meant) == "answer"
    assert town.of(ann, "KR1.2")["current"] == 90
    assert town.of(ann)["current"] == 35


def test_update_opens_the_form_of_one_key_result(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(bob, say(lang, "mine"))
    opened = town.presses(ann, town.says(ann, "mine"), say(lang, "Update"))
    [value] = [name for name in standing(opened) if name.startswith("value_")]
    row = value.removeprefix("value_")
    told = town.sends(ann, opened, {value: "42", f"blocker_{row}": "legal review", f"asks_{row}": [bob], "on": "2026-11-20"})
    assert tone(told) == "answer", told.text
    [made] = town.check_ins(ann)
    assert (made["value"], made["blocker"], made["on"]) == (42, "legal review", "2026-11-20")
    assert len(town.delivered_to(bob)) == 1
    ahead = town.sends(ann, opened, {value: "43", "on": "2027-01-20"})
    assert wrong(ahead) == {"on"}


def test_a_check_in_form_gives_no_rights_and_loses_nothing(town: Town, lang: str) -> None:
    ann, cal = town.with_okr(OKR), town.someone("cal")
    opened = town.says(ann, say(lang, "checkin"))
    value = next(name for name in standing(opened) if name.startswith("value_"))
    heard = town.sends(cal, opened, {value: "50"})
    assert tone(heard) == "refusal"
    assert wrong(heard) == {value}
    town.says(ann, "drop O1 because x")
    heard = town.sends(ann, opened, {value: "50", "note": "long story"})
    assert "long story" in copied(heard) or standing(heard)["note"] == "long story"
    assert town.check_ins(ann) == []


# ---------------------------------------------------------------- settings, answers


def test_settings(town: Town, lang: str) -> None:
    ann = town.someone()
    opened = town.says(ann, say(lang, "settings"))
    again = town.sends(ann, opened, {"timezone": "Mars"})
    assert wrong(again) == {"timezone"}
    other = "zh" if lang == "en" else "en"
    told = town.sends(ann, again, {"timezone": "asia/shanghai", "language": other})
    assert told.locale == other
    assert "Asia/Shanghai" in told.text
    assert town.says(ann, say(lang, "mine")).locale == other
    town.says(ann, "undo")
    assert town.says(ann, say(lang, "mine")).locale == lang


def test_an_answer_by_form(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(ann, f"{say(lang, 'ask')} KR1.1 <@{bob}> can you look?")
    [asked] = town.delivered_to(bob)
    opened = town.presses(bob, asked, say(lang, "Answer"))
    town.sends(bob, opened, {"text": "it is the cache"})
    [told] = town.delivered_to(ann)
    assert "it is the cache" in told.text


def test_the_lead_in_the_settings(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(bob, say(lang, "mine"))
    opened = town.says(ann, say(lang, "settings"))
    assert bob.capitalize() in town.sends(ann, opened, {"lead": [bob]}).text
    circle = town.sends(bob, town.says(bob, say(lang, "settings")), {"lead": [ann]})
    assert wrong(circle) == {"lead"}
    gone = town.sends(ann, town.says(ann, say(lang, "settings")), {"lead": ""})
    assert tone(gone) == "answer"
    assert bob.capitalize() not in gone.text


def test_a_form_is_opened_anew_for_whom_it_was_drawn(town: Town, lang: str) -> None:
    """Its button says the team and the cycle again, and what is sent goes there."""
    ann, team = town.someone(), f"Crew{town.someone('x')}"
    town.says(ann, f"team new {team} lead <@{ann}>")
    opened = town.says(ann, f"new for 2027Q1 team {team}")
    again = town.says(ann, form(opened).opens)
    assert form(again) == form(opened)
    told = town.sends(ann, again, {"title": "Plan together", "kr_n1_title": "pilots from 0 to 4"})
    assert tone(told) == "answer", told.text
    assert "2027Q1" in told.text
    assert "Plan together" in town.says(ann, f"{team} 2027Q1 O1").text
