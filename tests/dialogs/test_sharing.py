"""Drafts among colleagues: shown by name or to a channel, read and commented there, taken back, and never read by anybody else."""

from typing import Any

from bot.messages import Mention, Place
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

DRAFT = "O: Secret plan\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200"
GENERAL = Place("C7", shared=True, thread="9.9")


def refused(heard: Heard) -> bool:
    return bool(heard.reply is not None and heard.reply.tone == "refusal")


def drafted(town: Town, text: str = DRAFT) -> str:
    ann = town.someone()
    assert not refused(town.says(ann, f"new {text}"))
    return ann


def there(town: Town, who: str, text: str, **fields: Any) -> Heard:
    """A mention of Tenday in #general, answered at once."""
    return town.says(who, text, place=GENERAL, entry="mention", **fields)


def test_those_asked_see_the_draft_and_hear_of_it_once(town: Town, lang: str) -> None:
    ann, bob, cal, eve = drafted(town), *(town.someone(n) for n in ("bob", "cal", "eve"))
    heard = town.says(ann, f"{say(lang, 'share')} O1 <@{bob}> <@{cal}>")
    assert bob.capitalize() in heard.text
    assert cal.capitalize() in heard.text
    assert heard.reply is not None
    assert heard.reply.private
    told = town.delivered_to(bob, cal, ann)
    assert len(told) == 2
    for message in told:
        assert ann.capitalize() in message.text
        assert "Secret plan" in message.text
        assert "KR1.2" in message.text
        assert [b.text.split(" ")[0] for _, b in message.buttons()] == ["comment"]
    assert "Secret plan" in town.says(bob, f"<@{ann}> O1").text
    assert "NPS" in town.says(cal, f"<@{ann}> KR1.1").text
    assert refused(town.says(eve, f"<@{ann}> O1"))
    assert refused(town.says(bob, f"<@{ann}> KR1.1 40"))  # a draft takes no check-ins, from them least of all


def test_who_reads_a_draft_may_change_nothing_in_it(town: Town, lang: str) -> None:
    ann, bob, cal = drafted(town), town.someone("bob"), town.someone("cal")
    town.says(ann, f"share O1 <@{bob}>")
    for text in ("publish", "discard", "share", "private", "public"):
        said = f"{say(lang, text)} <@{ann}> O1" + (f" <@{cal}>" if text == "share" else "")
        assert refused(town.says(bob, said)), text
    [draft] = town.objectives_of(ann)
    assert (draft["state"], draft["visibility"]) == ("draft", "everyone")
    assert town.delivered_to(cal) == []


def test_shared_twice_says_so_and_tells_nobody_again(town: Town, lang: str) -> None:
    ann, bob, cal = drafted(town), town.someone("bob"), town.someone("cal")
    town.says(ann, f"share O1 <@{bob}>")
    town.delivered_to(bob)
    again = town.says(ann, f"{say(lang, 'share')} O1 <@{bob}>")
    assert not refused(again)
    assert bob.capitalize() in again.text
    assert not again.buttons()
    mixed = town.says(ann, f"share O1 <@{bob}> <@{cal}>")
    assert cal.capitalize() in mixed.text
    assert len(town.delivered_to(bob, cal)) == 1


def test_undo_takes_the_draft_out_of_their_sight(town: Town, lang: str) -> None:
    ann, bob = drafted(town), town.someone("bob")
    town.says(ann, f"share O1 <@{bob}>")
    undone = town.says(ann, say(lang, "undo"))
    assert not refused(undone)
    assert town.delivered_to(bob) == []  # it was not sent yet, and is not any more
    assert refused(town.says(bob, f"<@{ann}> O1"))
    town.presses(ann, undone, say(lang, "Redo"))
    assert "Secret plan" in town.says(bob, f"<@{ann}> O1").text


def test_unknown_people_outsiders_oneself_and_nobody(town: Town, lang: str) -> None:
    ann, guest = drafted(town), town.someone("guest")
    for said in ("@Zaphod", f"<@{ann}>"):
        assert refused(town.says(ann, f"{say(lang, 'share')} O1 {said}")), said
    mention = town.message(ann, f"share O1 <@{guest}>")
    heard = town.says(ann, mention.text, mentions=(Mention(guest, "Guest", outsider=True),))
    assert refused(heard)
    assert "Guest" in heard.text
    assert town.delivered_to(guest) == []
    assert refused(town.says(ann, f"share O9 <@{town.someone('bob')}>"))


def test_a_published_one_needs_no_sharing(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(DRAFT), town.someone("bob")
    assert refused(town.says(ann, f"{say(lang, 'share')} O1 <@{bob}>"))
    assert town.delivered_to(bob) == []


def test_a_key_result_owner_reads_what_is_meant_for_them(town: Town, lang: str) -> None:
    bob = town.someone("bob")
    town.says(bob, "mine")
    ann = drafted(town, f"O: Secret plan\nKR1: NPS from 30 to 50 <@{bob}>")
    town.says(ann, f"share O1 <@{bob}>")
    [told] = town.delivered_to(bob)
    assert "KR1.1" in told.text.split("\n")[0]


def test_a_channel_gets_the_card_once_and_reads_the_draft_there_alone(town: Town, lang: str) -> None:
    ann, bob = drafted(town), town.someone("bob")
    town.says(bob, "mine")
    heard = town.says(ann, f"{say(lang, 'share')} O1 #general", channels=(("C7", "general"),))
    assert "#general" in heard.text
    [card] = town.delivered_to(channel="C7")
    assert "Secret plan" in card.text
    assert [b.text.split(" ")[0] for _, b in card.buttons()] == ["comment"]
    again = there(town, ann, f"{say(lang, 'share')} O1 here")
    assert not refused(again)
    assert town.delivered_to(channel="C7") == []
    assert "Secret plan" in there(town, bob, f"<@{ann}> O1").text
    assert refused(town.says(bob, f"<@{ann}> O1"))
    elsewhere = Place("C8", shared=True, thread="1.1")
    assert refused(town.says(bob, f"<@{ann}> O1", place=elsewhere, entry="mention"))


def test_the_button_on_a_posted_card_asks_for_a_comment_and_takes_it(town: Town, lang: str) -> None:
    ann, bob = drafted(town), town.someone("bob")
    there(town, ann, "share O1 here")
    [card] = town.delivered_to(channel="C7")
    asked = town.presses(bob, card, say(lang, "Comment"), place=GENERAL)
    assert asked.reply is not None
    assert asked.reply.form is not None
    assert asked.reply.private
    assert not asked.answered.redraw
    said = there(town, bob, f"{say(lang, 'comment')} <@{ann}> O1: brave enough?")
    assert not refused(said), said.text
    assert said.reply is not None
    assert said.reply.private
    [told] = town.delivered_to(ann)
    assert "brave enough?" in told.text
    assert "brave enough?" in town.says(bob, f"{say(lang, 'comments')} <@{ann}> O1").text  # who commented it there reads it at home


def test_a_posted_card_shows_only_what_everybody_there_may_see(town: Town, lang: str) -> None:
    ann = drafted(town, "O: Secret plan\nKR1: NPS from 30 to 50\nKR2: a thing that nobody measures")
    own = town.says(ann, "O1")
    there(town, ann, "share O1 here")
    [card] = town.delivered_to(channel="C7")
    assert not {b.text.split(" ")[0] for _, b in card.buttons()} & {"publish", "edit", "discard"}
    assert len(card.text) < len(own.text)  # the coach speaks to the owner alone


def test_a_channel_that_is_not_named_right(town: Town, lang: str) -> None:
    ann = drafted(town)
    assert refused(town.says(ann, f"{say(lang, 'share')} O1 #nowhere"))
    assert refused(town.says(ann, f"{say(lang, 'share')} O1 here"))
    assert town.delivered_to(channel="C7") == []


def test_what_is_over_by_then_is_not_said_any_more(town: Town, lang: str) -> None:
    ann, bob = drafted(town), town.someone("bob")
    town.says(ann, f"share O1 <@{bob}>")
    town.says(ann, say(lang, "discard"))
    assert town.delivered_to(bob) == []
    assert refused(town.says(bob, f"<@{ann}> O1"))


def test_words_in_the_thread_of_a_posted_draft_are_about_it(town: Town, lang: str) -> None:
    ann, bob = drafted(town), town.someone("bob")
    there(town, ann, "share O1 here")
    town.delivered_to(channel="C7")
    thread = Place("C7", shared=True, thread=f"1700.{len(town.sent)}")
    heard = town.says(bob, f"{say(lang, 'comment')} KR2: too few", place=thread, entry="mention")
    assert not refused(heard), heard.text
    assert "KR1.2" in heard.text
