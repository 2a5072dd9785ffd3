"""What a review taught comes back where somebody writes something like it, and its author hears that it helped."""

from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

LIKE = "new O: Win partners\nKR1: NPS of our partners from 20 to 40"


def words(lang: str, english: str, chinese: str) -> str:
    return chinese if lang == "zh" else english


def taught(town: Town, insight: str = "call them before the survey") -> str:
    """Somebody whose closed review left a lesson."""
    who = town.with_okr("O: Win partners over\nKR1: NPS of our partners from 30 to 50", "teacher")
    town.says(who, "KR1.1 35 first calls")
    town.says(who, f"review KR1.1 insight {insight}")
    town.says(who, "review close as drafted")
    return who


def buttons(heard: Heard) -> list[str]:
    return [b.text for _, b in heard.buttons() if b.text.startswith("helped")]


def test_a_lesson_is_told_once_with_who_to_ask(lite: Town, lang: str) -> None:
    boats = f"knots of {'red' if lang == 'en' else 'blue'} boats"
    teacher, ann = lite.with_okr(f"O: Sail\nKR1: {boats} from 3 to 5", "teacher"), lite.someone()
    lite.says(teacher, f"review KR1.1 insight ask {lang} early")
    lite.says(teacher, "review close as drafted")
    heard = lite.says(ann, f"new O: Sail away\nKR1: {boats} from 5 to 8")
    assert f"ask {lang} early" in heard.text
    assert lite.name_of(f"m{_id(lite, teacher)}") in heard.text
    assert len(buttons(heard)) == 1
    assert buttons(lite.says(ann, f"edit O1 O: Sail away\nKR1: {boats} from 5 to 9")) == []
    assert buttons(lite.says(ann, "O1")) == []


def _id(town: Town, who: str) -> int:
    data = town.export()
    return next(int(p["id"][1:]) for p in data["people"] for a in p["accounts"] if a["user"] == who)


def test_the_author_hears_that_it_helped(lite: Town, lang: str) -> None:
    teacher, ann = taught(lite), lite.someone()
    heard = lite.says(ann, LIKE)
    lite.deliver()
    helped = words(lang, "This helped", "有帮助")
    assert lite.presses(ann, heard, helped).reply.tone == "answer"  # type: ignore[union-attr]
    lite.presses(ann, heard, helped)
    told = lite.delivered_to(*_teachers(lite, teacher, heard))
    assert len(told) == 1
    assert "call them before the survey" in told[0].text
    assert ann.capitalize() in told[0].text


def _teachers(town: Town, teacher: str, heard: Heard) -> list[str]:
    """Whose lesson it was: a town keeps its people from test to test, and the newest lesson is shown."""
    assert teacher.capitalize() in heard.text
    return [teacher]


def test_thanks_can_be_taken_back_before_they_leave(lite: Town, lang: str) -> None:
    teacher, ann = taught(lite), lite.someone()
    heard = lite.says(ann, LIKE)
    lite.presses(ann, heard, words(lang, "This helped", "有帮助"))
    assert lite.says(ann, say(lang, "undo")).reply.tone == "answer"  # type: ignore[union-attr]
    assert lite.delivered_to(teacher) == []


def test_another_one_s_button_is_nobody_else_s(lite: Town, lang: str) -> None:
    teacher, ann, bob = taught(lite), lite.someone(), lite.someone("bob")
    heard = lite.says(ann, LIKE)
    lite.says(bob, "mine")
    lite.deliver()
    assert lite.presses(bob, heard, words(lang, "This helped", "有帮助")).reply.tone == "refusal"  # type: ignore[union-attr]
    assert lite.delivered_to(teacher) == []


def test_what_one_may_not_see_teaches_one_nothing(lite: Town, lang: str) -> None:
    secret = f"the secret of {lang} partners"
    teacher, ann = taught(lite, secret), lite.someone()
    lite.says(teacher, f"{say(lang, 'private')} O1")
    assert secret not in lite.says(ann, LIKE).text


def test_a_key_result_added_later_is_looked_at_too(lite: Town, lang: str) -> None:
    taught(lite)
    ann = lite.with_okr("O: Something else\nKR1: users from 1 to 2")
    heard = lite.says(ann, f"{say(lang, 'add KR to')} O1: NPS of our partners to 60")
    assert len(buttons(heard)) == 1


def test_without_an_insight_there_is_no_lesson(lite: Town, lang: str) -> None:
    who = lite.with_okr(f"O: Row\nKR1: strokes of {lang}rowers from 3 to 5")
    lite.says(who, "KR1.1 4")
    lite.says(who, "review close as drafted")
    assert buttons(lite.says(lite.someone(), f"new O: Row on\nKR1: strokes of {lang}rowers from 4 to 6")) == []
