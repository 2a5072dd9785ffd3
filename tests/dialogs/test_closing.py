"""A cycle is closed: with scores and one lesson each, in parts, once, by typing as well; and what is left is mentioned."""

from datetime import UTC, datetime
from typing import Any

from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say

TWO = "O: Support that customers recommend\nKR1: NPS from 30 to 50\nKR2: replies from 9 to 2\nO: Books that close in time\nKR1: days to close from 9 to 4"
JANUARY = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)


def fields(town: Town, who: str, number: int, lesson: str, *scores: str) -> dict[str, Any]:
    """What is filled in for one of somebody's objectives."""
    objective = town.objectives_of(who)[number - 1]
    rows = {f"score_{k['id'][1:]}": said for k, said in zip(objective["key_results"], scores, strict=True)}
    return {f"lesson_{objective['id'][1:]}": lesson, **rows}


def states(town: Town, who: str) -> list[tuple[str, float | None]]:
    return [(o["state"], o["score"]) for o in town.objectives_of(who)]


def test_a_cycle_is_closed_with_scores_and_lessons(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    asked = town.says(ann, say(lang, "close cycle"))
    closed = town.sends(ann, asked, fields(town, ann, 1, "Ask legal first", "0.7", "0.5") | fields(town, ann, 2, "Less is more", "1"))
    assert states(town, ann) == [("closed", 0.6), ("closed", 1.0)]
    assert all(said in closed.text for said in ("0.6", "2026Q4"))
    assert town.says(ann, say(lang, "close cycle")).reply.tone == "refusal"  # type: ignore[union-attr]
    town.presses(ann, closed, say(lang, "Undo"))
    assert states(town, ann) == [("published", None), ("published", None)]


def test_what_is_left_empty_stays_open(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    asked = town.says(ann, say(lang, "close cycle"))
    half = town.sends(ann, asked, fields(town, ann, 1, "", "0.7", "0.5"))
    assert half.reply is not None
    assert half.reply.tone == "refusal", "a lesson is missing"
    closed = town.sends(ann, half, fields(town, ann, 1, "Ask legal first", "0.7", "0.5"))
    assert states(town, ann) == [("closed", 0.6), ("published", None)]
    assert "O2" in closed.text
    nothing = town.sends(ann, town.says(ann, say(lang, "close cycle")))
    assert nothing.reply is not None
    assert nothing.reply.tone == "refusal"


def test_a_wrong_score_closes_nothing_and_loses_nothing(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    wrong = town.sends(ann, town.says(ann, say(lang, "close cycle")), fields(town, ann, 1, "Ask legal first", "7", "0.5"))
    assert states(town, ann) == [("published", None), ("published", None)]
    assert "Ask legal first" in wrong.text
    stale = wrong
    town.sends(ann, wrong, fields(town, ann, 1, "Ask legal first", "0.7", "0.5") | fields(town, ann, 2, "Less is more", "1"))
    again = town.sends(ann, stale, fields(town, ann, 1, "Another thought", "0.1", "0.1"))
    assert "Another thought" in again.text, "it was closed meanwhile, and what was written is there to copy"
    assert states(town, ann) == [("closed", 0.6), ("closed", 1.0)]


def test_what_was_written_for_what_was_closed_meanwhile_comes_back(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    asked, first = town.says(ann, say(lang, "close cycle")), fields(town, ann, 1, "Ask legal first", "0.7", "0.5")
    town.sends(ann, asked, first)
    again = town.sends(ann, asked, first)
    assert again.reply is not None
    assert again.reply.form is None, "the same form once more closes nothing, and lacks nothing"
    assert "Ask legal first" in again.text
    other = fields(town, ann, 1, "Another thought", "0.1", "0.1")
    wrong = town.sends(ann, asked, other | fields(town, ann, 2, "Less is more", "7"))
    assert "Another thought" in wrong.text
    closed = town.sends(ann, wrong, fields(town, ann, 2, "Less is more", "1"))
    assert "Another thought" in closed.text
    assert "O1" in closed.text
    assert states(town, ann) == [("closed", 0.6), ("closed", 1.0)]
    assert "Another thought" not in town.says(ann, "O1").text


def test_a_cycle_that_ended_is_mentioned_until_it_is_closed(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    assert say(lang, "close 2026Q4") not in town.says(ann, say(lang, "mine")).text
    town.now = JANUARY
    heard = town.says(ann, say(lang, "mine"))
    asked = town.presses(ann, heard, say(lang, "close 2026Q4"))
    town.sends(ann, asked, fields(town, ann, 1, "Ask legal first", "0.7", "0.5") | fields(town, ann, 2, "Less is more", "1"))
    assert states(town, ann) == [("closed", 0.6), ("closed", 1.0)]
    assert say(lang, "close 2026Q4") not in town.says(ann, say(lang, "mine")).text


def test_of_a_cycle_long_over_the_lesson_alone_is_asked(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    town.now = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    asked = town.says(ann, f"{say(lang, 'close')} 2026Q4")
    lessons = {name: text for name, text in fields(town, ann, 1, "Ask legal first", "", "").items() if name.startswith("lesson")}
    town.sends(ann, asked, lessons)
    assert states(town, ann) == [("closed", None), ("published", None)]


def test_a_colleagues_key_result_is_theirs_to_score(town: Town, lang: str) -> None:
    bob = town.someone("bob")
    town.says(bob, "mine")
    ann = town.with_okr(f"O: Fast support\nKR1: NPS from 30 to 50\nKR2: replies from 9 to 2 <@{bob}>")
    asked = town.says(ann, say(lang, "close cycle"))
    [objective] = town.objectives_of(ann)
    town.sends(ann, asked, {f"lesson_{objective['id'][1:]}": "Ask legal first", f"score_{objective['key_results'][0]['id'][1:]}": "0.7"})
    assert states(town, ann) == [("closed", None)]


def test_what_has_nothing_to_close_says_so(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, f"new for 2027Q1 {TWO}")
    town.says(ann, "publish all")
    for text in (say(lang, "close cycle"), f"{say(lang, 'close')} 2027Q1", f"{say(lang, 'close')} 2019Q1"):
        heard = town.says(ann, text)
        assert heard.reply is not None
        assert heard.reply.tone == "refusal", text
