"""Scores by their owners, and what is learnt: by a line, several lines, a form; by whom, when, and what that makes of an objective."""

from typing import Any

import pytest

from bot.replies import Copy, Item
from storage.okrs import objectives_by_id
from storage.store import EVERYWHERE
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say

OKR = "O: Support that customers recommend\nKR1: NPS from 30 to 50 weight 60%\nKR2: replies from 9 to 2\nKPI: refunds ≤ 2%"


def scores(town: Town, who: str) -> tuple[Any, ...]:
    """The objective's score, then those of its key results."""
    [objective] = town.objectives_of(who)
    return objective["score"], *(k["score"] for k in objective["key_results"])


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("0.7", 0.7),
        ("0.70", 0.7),
        (".7", 0.7),
        ("70%", 0.7),
        ("７０％", 0.7),
        ("０．７", 0.7),
        ("0。7", 0.7),
        ("7/10", 0.7),
        ("0", 0.0),
        ("1", 1.0),
        ("1.0", 1.0),
        ("0.755", 0.76),
    ],
)
def test_a_score_is_read_however_it_is_written(town: Town, lang: str, said: str, stored: float) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"{say(lang, 'score')} KR1.1 {said}")
    assert scores(town, ann) == (None, stored, None, None)
    assert f"{stored:g}" in heard.text
    assert "KR1.2" in heard.text, "what the objective still waits for is said"
    assert ("neither pay nor appraisal" if lang == "en" else "不用于薪酬和考核") in heard.text


def test_several_at_once_make_the_objectives_score_by_their_weights(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"{say(lang, 'score')} KR1.1 0.7 KR1.2 0.4")
    assert scores(town, ann) == (0.58, 0.7, 0.4, None)
    assert "0.58" in heard.text
    card = town.says(ann, "O1").text
    assert all(said in card for said in ("0.58", "0.7", "0.4", "0%"))
    town.says(ann, f"{say(lang, 'score')}\nKR1.1 100%\nKR1.2 1")
    assert scores(town, ann) == (1.0, 1.0, 1.0, None)


def test_the_score_of_an_objective_is_stored_with_those_it_comes_of(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    number = int(town.objectives_of(ann)[0]["id"][1:])

    def stored() -> float | None:
        with town.store.read(EVERYWHERE) as session:
            return objectives_by_id(session, [number])[number].score

    heard = town.says(ann, f"{say(lang, 'score')} KR1.1 0.7 KR1.2 0.4")
    assert stored() == 0.58
    weighed = town.says(ann, "weight KR1.1 50 KR1.2 50")
    assert stored() == 0.55
    dropped = town.says(ann, "drop KR1.2 because priorities moved")
    assert stored() == 0.7
    town.presses(ann, dropped, say(lang, "Undo"))
    town.presses(ann, weighed, say(lang, "Undo"))
    assert stored() == 0.58
    added = town.says(ann, "add KR to O1: calls from 2 to 9")
    assert stored() is None, "a new key result has no score yet"
    town.presses(ann, added, say(lang, "Undo"))
    assert stored() == 0.58
    opened = town.says(ann, "edit O1")
    town.sends(ann, opened, {"kr_1_weight": "50%", "kr_2_weight": "50%"})
    assert stored() == 0.55
    town.says(ann, "undo")
    town.presses(ann, heard, say(lang, "Undo"))
    assert stored() is None


def test_it_stands_beside_the_progress_in_mine_and_the_team(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    together = "taken together" if lang == "en" else "合计得分"
    assert together not in town.says(ann, say(lang, "mine")).text
    town.says(ann, f"{say(lang, 'score')} KR1.1 0.7 KR1.2 0.4")
    mine = town.says(ann, say(lang, "mine")).text
    assert all(said in mine for said in (together, "0.58", "0%", "0.7", "0.4"))
    name = town.someone("Growth")
    town.says(ann, f"team new {name} members <@{ann}>")
    town.says(ann, f"new team {name} O: Aim\nKR1: calls from 2 to 9")
    town.says(ann, "publish all")
    town.says(ann, f"{say(lang, 'score')} {name} KR1.1 0.3")
    team = town.says(ann, f"team {name}").text
    assert together in team
    assert "0.3" in team


def test_undo_takes_the_scores_back_and_the_objectives_with_them(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, f"{say(lang, 'score')} KR1.1 0.7 KR1.2 0.4")
    heard = town.says(ann, f"{say(lang, 'score')} KR1.2 0.9")
    assert scores(town, ann)[0] == 0.78
    undone = town.presses(ann, heard, say(lang, "Undo"))
    assert scores(town, ann) == (0.58, 0.7, 0.4, None)
    town.presses(ann, undone, say(lang, "Redo"))
    assert scores(town, ann) == (0.78, 0.7, 0.9, None)


def test_a_score_taken_back_after_a_colleague_scored_beside_it_is_reckoned_anew(town: Town, lang: str) -> None:
    bob = town.someone("bob")
    town.says(bob, "mine")
    ann = town.with_okr(f"O: Fast support\nKR1: NPS from 30 to 50\nKR2: replies from 9 to 2 <@{bob}>")
    [asked] = town.delivered_to(bob)
    town.presses(bob, asked, say(lang, "Accept"))
    first = town.says(ann, f"{say(lang, 'score')} KR1.1 0.4")
    town.says(bob, f"{say(lang, 'score')} <@{ann}> KR1.2 0.8")
    assert scores(town, ann) == (0.6, 0.4, 0.8)
    town.presses(ann, first, say(lang, "Undo"))
    assert scores(town, ann) == (None, None, 0.8)


@pytest.mark.parametrize("said", ["7", "70", "-0.2", "1.2", "120%", "9/5"])
def test_what_is_no_score_is_refused_with_an_example_and_kept(town: Town, lang: str, said: str) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"{say(lang, 'score')} KR1.1 0.5 KR1.2 {said}")
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert said in heard.text
    assert f"{say(lang, 'score')} KR1.1 0.5 KR1.2 0.7" in heard.text
    assert scores(town, ann) == (None, None, None, None), "all or nothing"


@pytest.mark.parametrize(("said", "meant"), [("7", 0.7), ("70", 0.7), ("65", 0.65), ("100", 1.0)])
def test_a_bare_seven_is_asked_with_a_button(town: Town, lang: str, said: str, meant: float) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"{say(lang, 'score')} KR1.1 {said} KR1.2 0.4")
    town.presses(ann, heard, f"{meant:g}")
    assert scores(town, ann)[1:3] == (meant, 0.4)


def test_an_objective_is_not_scored_by_itself_unless_it_has_no_key_results(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Fast support\nKR1: NPS from 30 to 50")
    heard = town.says(ann, f"{say(lang, 'score')} O1 0.6")
    assert f"{say(lang, 'score')} KR1.1 0.7" in heard.text
    assert scores(town, ann)[0] is None
    town.says(ann, "drop KR1.1 because it is gone")
    town.says(ann, f"{say(lang, 'score')} O1 0.6")
    assert scores(town, ann)[0] == 0.6


def test_who_does_not_own_it_is_told_who_scores_it(town: Town, lang: str) -> None:
    bob, eve = town.someone("bob"), town.someone("eve")
    town.says(bob, "mine")
    ann = town.with_okr(f"O: Fast support\nKR1: NPS from 30 to 50\nKR2: replies from 9 to 2 <@{bob}>")
    for who, ref, owner in ((eve, f"<@{ann}> KR1.1", ann), (ann, "KR1.2", bob)):
        heard = town.says(who, f"{say(lang, 'score')} {ref} 0.7")
        assert heard.reply is not None
        assert heard.reply.tone == "refusal"
        assert owner.capitalize() in heard.text
    assert scores(town, ann) == (None, None, None)


@pytest.mark.parametrize("what", ["draft", "dropped", "dropped objective", "guardrail", "ahead", "over"])
def test_what_takes_no_score_says_why(town: Town, lang: str, what: str) -> None:
    ann = town.someone()
    town.says(ann, f"new {'for 2027Q1 ' if what == 'ahead' else ''}{OKR}")
    if what != "draft":
        town.says(ann, "publish")
    ref = "2027Q1 KR1.1" if what == "ahead" else "KR1.3" if what == "guardrail" else "KR1.1"
    if what.startswith("dropped"):
        town.says(ann, f"drop {'O1' if what.endswith('objective') else 'KR1.1'} because priorities moved")
    if what == "over":
        town.later(days=100)
        ref = "2026Q4 KR1.1"
    heard = town.says(ann, f"{say(lang, 'score')} {ref} 0.7")
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert all(score is None for score in scores(town, ann))


def test_it_is_scored_until_a_month_after_its_cycle(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "close O1")
    town.later(days=60)  # 22 January
    town.says(ann, f"{say(lang, 'score')} 2026Q4 KR1.1 0.7 KR1.2 0.7")
    assert scores(town, ann)[0] == 0.7


def test_alone_it_shows_what_is_to_be_scored_and_the_form(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 40")
    heard = town.says(ann, say(lang, "score"))
    assert "50%" in heard.text
    assert "KR1.3" not in heard.text, "a guardrail has no score"
    [one, two] = [k["id"] for k in town.objectives_of(ann)[0]["key_results"][:2]]
    wrong = town.sends(ann, heard, {f"score_{one[1:]}": "0.7", f"score_{two[1:]}": "7"})
    assert scores(town, ann)[1] is None, "all or nothing"
    assert "0.7" in wrong.text
    town.sends(ann, wrong, {f"score_{two[1:]}": "70%"})
    assert scores(town, ann)[:3] == (0.7, 0.7, 0.7)
    again = town.sends(ann, town.says(ann, say(lang, "score")))
    assert again.reply is not None
    assert again.reply.tone == "refusal", "nothing new was filled in"
    assert town.says(town.someone(), say(lang, "score")).reply.tone == "refusal"  # type: ignore[union-attr]


def test_a_form_left_open_takes_back_no_newer_score(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "score KR1.1 0.5")
    stale = town.says(ann, say(lang, "score"))
    town.says(ann, "score KR1.1 0.9")
    [one, two] = [k["id"] for k in town.objectives_of(ann)[0]["key_results"][:2]]
    town.sends(ann, stale, {f"score_{two[1:]}": "0.4"})
    assert scores(town, ann)[1:3] == (0.9, 0.4), "a field that nobody touched is no score"
    both = town.sends(ann, stale, {f"score_{one[1:]}": "0.6", f"score_{two[1:]}": "0.4"})
    assert both.reply is not None
    assert both.reply.tone == "refusal"
    assert "0.9" in both.text
    assert scores(town, ann)[1:3] == (0.9, 0.4)
    town.sends(ann, both)
    assert scores(town, ann)[1:3] == (0.6, 0.4), "sent again it is meant"


def test_a_key_result_without_a_number_is_asked_for(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"{say(lang, 'score')} KR1.2")
    assert "KR1.1" not in heard.text
    assert heard.reply is not None
    assert heard.reply.form is not None


def lessons(town: Town, who: str) -> list[Any]:
    """The texts and states of somebody's lessons, as the journal has them."""
    return [(c["field"], c["new"]) for c in town.changes_by(who) if c["thing"].startswith("l")]


def test_a_bold_objective_reached_in_full_asks_whether_it_was_bold_enough(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Fast support\nKR1: NPS from 30 to 50")
    heard = town.says(ann, f"{say(lang, 'score')} KR1.1 1.0")
    kept = town.presses(ann, heard, say(lang, "too easy"))
    assert lessons(town, ann) == [("state", "live")]
    undone = town.presses(ann, kept, say(lang, "Undo"))
    assert lessons(town, ann)[-1] == ("state", "withdrawn")
    assert say(lang, "too easy") in undone.text
    assert say(lang, "too easy") not in town.says(ann, f"{say(lang, 'score')} KR1.1 0.9").text


def test_a_committed_one_short_of_it_asks_for_a_post_mortem(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Fast support\nKR1: NPS from 30 to 50")
    town.says(ann, "edit O1 kind committed")
    heard = town.says(ann, f"{say(lang, 'score')} KR1.1 0.6")
    asked = town.presses(ann, heard, say(lang, "in my words"))
    assert asked.reply is not None
    assert asked.reply.form is not None
    kept = town.sends(ann, asked, {"text": "Legal came too late; next time they read the first draft"})
    assert "Legal came too late" in kept.text
    town.says(ann, f"{say(lang, 'lesson')} O1 they read the first draft")
    assert lessons(town, ann) == [("state", "live"), ("text", "they read the first draft")], "said again it takes the former's place"
    reached = town.says(ann, f"{say(lang, 'score')} KR1.1 1")
    assert say(lang, "in my words") not in reached.text, "reached in full it asks nothing"


def test_whose_it_is_not_keeps_no_lesson(town: Town, lang: str) -> None:
    ann, eve = town.with_okr("O: Fast support\nKR1: NPS from 30 to 50"), town.someone("eve")
    heard = town.says(eve, f"{say(lang, 'lesson')} <@{ann}> O1 ask earlier")
    assert "ask earlier" in heard.text
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert lessons(town, eve) == []


def test_dropping_or_weighing_a_key_result_reckons_the_score_anew(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Fast support\nKR1: NPS from 30 to 50\nKR2: replies from 9 to 2")
    town.says(ann, f"{say(lang, 'score')} KR1.1 0.4 KR1.2 0.8")
    assert scores(town, ann)[0] == 0.6
    town.says(ann, "weight KR1.1 25 KR1.2 75")
    assert scores(town, ann)[0] == 0.7
    town.says(ann, "drop KR1.2 because priorities moved")
    assert scores(town, ann)[0] == 0.4


def shared(town: Town, lang: str) -> tuple[str, str]:
    """Somebody with an objective, and a colleague who owns its KR1.2 and has a KR1.2 of their own."""
    bob = town.someone("bob")
    ann = town.with_okr(f"O: Support that customers recommend\nKR1: NPS from 30 to 50\nKR2: replies from 9 to 2 <@{bob}>")
    town.says(bob, say(lang, "accept"))
    town.says(bob, "new O: My own\nKR1: calls from 0 to 5\nKR2: users from 100 to 200")
    town.says(bob, "publish O1")
    return ann, bob


@pytest.mark.parametrize("text", ["KR1.2 150", "score KR1.2 0.3", "lesson KR1.2 ask earlier"])
def test_ones_own_that_was_dropped_is_not_taken_for_anothers(town: Town, lang: str, text: str) -> None:
    ann, bob = shared(town, lang)
    town.says(bob, "drop KR1.2 because done with it")
    heard = town.says(bob, text)
    assert "users" in heard.text or "reopen KR1.2" in heard.text
    assert "replies" not in heard.text
    theirs = town.of(ann, "KR1.2")
    assert (theirs["current"], theirs["score"]) == (None, None)


def test_what_is_anothers_is_typed_with_whose_it_is(town: Town, lang: str) -> None:
    ann, bob = shared(town, lang)
    asked = town.says(bob, say(lang, "score"))
    [line] = [part.text for part in asked.reply.parts if isinstance(part, Copy)]  # type: ignore[union-attr]
    town.says(bob, line.replace(f"@{ann.capitalize()}", f"<@{ann}>"))
    assert 0.7 in (town.of(ann, "KR1.2")["score"], town.of(bob)["score"])
    assert town.of(bob, "KR1.2")["score"] in (None, 0.4)
    looked = town.says(bob, "review")
    heads = [part.head.facts["ref"] for part in looked.reply.parts if isinstance(part, Item)]  # type: ignore[union-attr]
    assert len(set(heads)) == len(heads) == 3, heads
    labels = [label for label, _ in looked.buttons() if "KR" in label]
    assert len(set(labels)) == len(labels), labels


def test_two_scores_for_one_thing_are_not_guessed_between(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, f"{say(lang, 'score')} KR1.1 0.7 KR1.2 0.5 KR1.1 0.3")
    assert scores(town, ann)[:3] == (None, None, None)
    assert "KR1.1 0.7 KR1.2 0.5 KR1.1 0.3" in heard.text
    town.says(ann, f"{say(lang, 'score')} KR1.1 0.7 KR1.1 0.70")
    assert scores(town, ann)[1] == 0.7


def test_what_is_to_be_typed_instead_is_in_ones_language(town: Town, lang: str) -> None:
    ann, bob = shared(town, lang)
    assert f"| {say(lang, 'score')} KR1.1 0.7 KR1.2 0.4" in town.says(ann, "score KR1.1 7 KR1.2 0.4").text
    assert f"| {say(lang, 'score')} @{ann.capitalize()} KR1.2 0.7" in town.says(bob, f"score <@{ann}> KR1.2 7").text
    assert f"| {say(lang, 'carry')} KR1.1 {say(lang, 'target')} …" in town.says(ann, "carry KR1.1 target 50").text
