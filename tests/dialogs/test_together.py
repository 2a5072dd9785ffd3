"""Asking each other: owners and collaborators by mention, requests for help, and every way to answer one."""

from typing import Any

import pytest

from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

NUMBER = "O: Grow\nKR1: NPS from 30 to 50"


def refused(heard: Heard) -> bool:
    return bool(heard.reply is not None and heard.reply.tone == "refusal")


def asked(town: Town, lang: str, *names: str) -> tuple[Any, ...]:
    """Ann asks people for help on KR1.1; their names."""
    ann, others = town.with_okr(NUMBER), [town.someone(n) for n in names]
    mentions = " ".join(f"<@{o}>" for o in others)
    heard = town.says(ann, f"{say(lang, 'ask')} KR1.1 {mentions} can you look?")
    assert not refused(heard), heard.text
    return (ann, *others)


def test_help_is_asked_for_and_each_one_hears_of_it_once(town: Town, lang: str) -> None:
    ann, bob, cal = asked(town, lang, "bob", "cal")
    heard = town.delivered_to(ann, bob, cal)
    assert len(heard) == 2
    for message in heard:
        assert "can you look?" in message.text
        assert ann.capitalize() in message.text
        assert [b.text.split(" ")[0] for _, b in message.buttons()] == ["accept", "decline", "answer"]
    assert town.delivered_to(ann, bob, cal) == []


def test_one_who_helps_works_on_it(town: Town, lang: str) -> None:
    ann, bob = asked(town, lang, "bob")
    [message] = town.delivered_to(bob)
    town.presses(bob, message, say(lang, "I will help"))
    [told] = town.delivered_to(ann)
    assert bob.capitalize() in told.text
    assert "KR1.1" in told.text
    assert town.of(ann)["collaborators"]
    assert not refused(town.says(bob, f"<@{ann}> KR1.1 45"))
    again = town.presses(bob, message, say(lang, "I will help"))
    assert again.answered.redraw
    assert town.delivered_to(ann) == []


def test_no_is_told_too_and_a_second_answer_shows_the_first(town: Town, lang: str) -> None:
    ann, bob = asked(town, lang, "bob")
    [message] = town.delivered_to(bob)
    town.presses(bob, message, say(lang, "Decline"))
    assert len(town.delivered_to(ann)) == 1
    late = town.presses(bob, message, say(lang, "I will help"))
    assert not late.buttons()
    assert town.of(ann)["collaborators"] == []
    assert refused(town.says(bob, say(lang, "accept")))


def test_an_answer_in_words(town: Town, lang: str) -> None:
    ann, bob = asked(town, lang, "bob")
    [message] = town.delivered_to(bob)
    how = town.presses(bob, message, say(lang, "Answer"))
    assert "answer #r" in how.text
    town.says(bob, f"{say(lang, 'answer')} tomorrow at ten")
    [told] = town.delivered_to(ann)
    assert "tomorrow at ten" in told.text


def test_an_answer_can_follow_a_yes(town: Town, lang: str) -> None:
    ann, bob = asked(town, lang, "bob")
    [message] = town.delivered_to(bob)
    town.presses(bob, message, say(lang, "I will help"))
    town.says(bob, f"answer {message.button(say(lang, 'Answer')).text.split(' ')[1]} tomorrow")
    assert any("tomorrow" in t.text for t in town.delivered_to(ann))


@pytest.mark.parametrize("word", ["accept", "decline", "answer"])
def test_the_wrong_person_and_nobody_asked(town: Town, lang: str, word: str) -> None:
    ann, bob = asked(town, lang, "bob")
    eve = town.someone("eve")
    [message] = town.delivered_to(bob)
    number = message.buttons()[0][1].text.split(" ")[1]
    for who in (ann, eve):
        heard = town.says(who, f"{word} {number} yes" if word == "answer" else f"{word} {number}")
        assert refused(heard)
        assert "can you look?" not in heard.text
        assert refused(town.says(who, say(lang, word)))
    assert refused(town.says(bob, f"{word} #r999999"))
    assert town.delivered_to(ann) == []


def test_with_several_open_it_is_asked_which(town: Town, lang: str) -> None:
    ann, bob = asked(town, lang, "bob")
    dan = town.with_okr("O: Other\nKR1: users from 1 to 9", "dan")
    town.says(dan, f"{say(lang, 'ask')} KR1.1 <@{bob}> and this?")
    which = town.says(bob, say(lang, "accept"))
    assert "2" in which.text
    assert {b.text.split(" ")[0] for _, b in which.buttons()} == {"accept"}
    town.delivered_to(bob)
    town.presses(bob, which, dan.capitalize())
    assert len(town.delivered_to(dan)) == 1
    assert town.delivered_to(ann) == []
    town.says(bob, say(lang, "decline"))  # one is left
    assert len(town.delivered_to(ann)) == 1


def test_an_offered_key_result_declined_goes_back_to_who_wrote_it(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(ann, f"new O: One\nKR1: a from 1 to 20 <@{bob}>")
    town.says(ann, say(lang, "publish"))
    assert town.name_of(town.of(ann)["owner"]) == bob.capitalize()
    town.says(bob, say(lang, "decline"))
    assert town.name_of(town.of(ann)["owner"]) == ann.capitalize()
    [told] = town.delivered_to(ann)
    assert "KR1.1" in told.text
    assert refused(town.says(bob, f"<@{ann}> KR1.1 5"))


def test_an_offered_key_result_accepted_is_in_mine(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(ann, f"new O: One\nKR1: a from 1 to 20 <@{bob}>")
    town.says(ann, say(lang, "publish"))
    town.says(bob, say(lang, "accept"))
    mine = town.says(bob, say(lang, "mine"))
    assert "KR1.1" in mine.text
    town.presses(bob, mine, say(lang, "Update"))
    assert not refused(town.says(bob, f"<@{ann}> KR1.1 5"))


def test_a_blocker_taken_care_of(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(NUMBER), town.someone("bob")
    town.says(ann, f"KR1.1 45; {say(lang, 'blocked')}legal review <@{bob}>")
    [message] = town.delivered_to(bob)
    town.presses(bob, message, say(lang, "I will take care"))
    [told] = town.delivered_to(ann)
    assert bob.capitalize() in told.text


def test_unknown_names_are_pointed_out_and_nobody_is_guessed(town: Town, lang: str) -> None:
    ann = town.with_okr(NUMBER)
    for text in (f"{say(lang, 'ask')} KR1.1 @Zaphod look?", f"{say(lang, 'ask')} KR1.1 look?", f"{say(lang, 'ask')} KR1.1 <@{ann}> look?"):
        assert refused(town.says(ann, text))
    echo = town.says(ann, "KR1.1 45 thanks @Zaphod")
    assert "Zaphod" in echo.text
    assert town.of(ann)["current"] == 45
    assert refused(town.says(ann, "@Zaphod"))
    assert refused(town.says(ann, "@Zaphod O1"))


def test_two_of_one_name_are_not_guessed_between(town: Town) -> None:
    ann, lee, other = town.someone(), town.someone("lee"), town.someone("lee")
    for user in (lee, other):
        town.hears(town.message(user, "mine"))
    same = town.message(lee, "mine")
    assert same.sender.name == lee.capitalize()
    assert not refused(town.says(ann, f"@{lee.capitalize()}"))
    assert refused(town.says(ann, "@Lee"))


def test_a_mention_makes_a_member_and_an_outsider_none(town: Town, lang: str) -> None:
    from bot.messages import Mention

    ann, new, guest = town.with_okr(NUMBER), town.someone("new"), town.someone("guest")
    town.says(ann, f"KR1.1 45 with <@{new}>")
    assert len(town.delivered_to(new)) == 1
    text = town.message(ann, f"{say(lang, 'ask')} KR1.1 <@{guest}> look?")
    heard = town.hears(
        type(text)(**{**{f: getattr(text, f) for f in text.__dataclass_fields__}, "mentions": (Mention(guest, "Guest", outsider=True),)})
    )
    assert refused(heard)
    assert town.delivered_to(guest) == []


def test_a_help_request_on_what_is_no_okr_of_anybody(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(ann, f"new {NUMBER}")
    assert refused(town.says(ann, f"{say(lang, 'ask')} KR1.1 <@{bob}> look?"))  # a draft
    assert refused(town.says(ann, f"{say(lang, 'ask')} KR9.9 <@{bob}> look?"))
    assert town.delivered_to(bob) == []


def test_a_key_result_in_a_colleagues_objective_is_ones_own_to_check_in(town: Town, lang: str) -> None:
    ann, bob, carol = town.someone(), town.someone("bob"), town.someone("carol")
    town.says(ann, f"new O: One\nKR1: a from 1 to 20 <@{bob}>\nKR2: b from 1 to 20 with <@{carol}>")
    town.says(ann, "publish")
    town.says(carol, say(lang, "accept"))
    assert "KR1.2" in town.says(carol, say(lang, "mine")).text
    town.says(bob, "KR1.1 5")
    town.says(carol, "KR1.2 7")
    assert town.of(ann, "KR1.1")["current"] == 5
    assert town.of(ann, "KR1.2")["current"] == 7
    town.says(bob, "new O: Mine\nKR1: c from 1 to 20")
    town.says(bob, "publish")
    town.says(bob, "KR1.1 9")
    assert town.of(ann, "KR1.1")["current"] == 5
    assert town.of(bob, "KR1.1")["current"] == 9
