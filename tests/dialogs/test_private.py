"""Private objectives: seen by their owner, those who work on them and their lead alone, on every path."""

from typing import Any

from sqlmodel import select

from bot.messages import Place
from storage.access import readers_of, visible
from storage.okrs import Objective, objective_by_id
from storage.people import Member, Team, TeamMember, all_members
from storage.store import EVERYWHERE
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

HUSH = "O: Hush\nKR1: layoffs from 0 to 9\nKR2: costs from 100 to 50"
GENERAL = Place("C7", shared=True, thread="9.9")


def refused(heard: Heard) -> bool:
    return bool(heard.reply is not None and heard.reply.tone == "refusal")


def there(town: Town, who: str, text: str, **fields: Any) -> Heard:
    return town.says(who, text, place=GENERAL, entry="mention", **fields)


def public(heard: Heard) -> str:
    """What everybody in the place reads of an answer."""
    if heard.reply is None or heard.reply.private or heard.reply.tone in ("refusal", "apology"):
        return ""
    return heard.text.split("(only you)", maxsplit=1)[0]


def led(town: Town, who: str, by: str) -> None:
    """As the directory or `lead of @a is @x` says it."""
    town.says(by, "mine")
    with town.store.write(EVERYWHERE) as session:
        row = session.exec(select(Member).where(Member.id == town._id(session, who))).one()
        row.lead_id = town._id(session, by)
        session.add(row)


def in_team(town: Town, lead: str, *members: str) -> int:
    for who in (lead, *members):
        town.says(who, "mine")
    with town.store.write(EVERYWHERE) as session:
        organisation = session.exec(select(Member.organisation_id).where(Member.id == town._id(session, lead))).one()
        team = Team(name=f"Team of {lead}", lead_id=town._id(session, lead), organisation_id=organisation)
        session.add(team)
        session.flush()
        for who in members:
            session.add(TeamMember(team_id=team.id or 0, member_id=town._id(session, who) or 0, organisation_id=organisation))
        return team.id or 0


def hidden(town: Town, text: str = HUSH) -> str:
    sue = town.with_okr(text, "sue")
    assert not refused(town.says(sue, "private O1"))
    town.deliver()
    return sue


def test_private_and_public_again(town: Town, lang: str) -> None:
    sue, bob = town.with_okr(HUSH, "sue"), town.someone("bob")
    assert "layoffs" in town.says(bob, f"<@{sue}> O1").text
    heard = town.says(sue, f"{say(lang, 'private')} O1")
    assert not refused(heard)
    assert heard.reply is not None
    assert heard.reply.private
    assert town.objectives_of(sue)[0]["visibility"] == "private"
    assert refused(town.says(bob, f"<@{sue}> O1"))
    assert "layoffs" not in town.says(bob, f"<@{sue}>").text
    twice = town.says(sue, f"{say(lang, 'private')} O1")
    assert not refused(twice)
    assert not twice.buttons()
    assert not refused(town.says(sue, f"{say(lang, 'public')} O1"))
    assert "layoffs" in town.says(bob, f"<@{sue}> O1").text
    assert not town.says(sue, f"{say(lang, 'public')} O1").buttons()


def test_undo_of_hiding_and_of_opening(town: Town, lang: str) -> None:
    sue = town.with_okr(HUSH, "sue")
    town.says(sue, "private O1")
    undone = town.says(sue, say(lang, "undo"))
    assert town.objectives_of(sue)[0]["visibility"] == "everyone"
    town.presses(sue, undone, say(lang, "Redo"))
    assert town.objectives_of(sue)[0]["visibility"] == "private"


def test_the_owner_alone_hides_and_whole_objectives_alone_are_hidden(town: Town, lang: str) -> None:
    sue, bob = town.with_okr(HUSH, "sue"), town.someone("bob")
    for word in ("private", "public"):
        heard = town.says(bob, f"{say(lang, word)} <@{sue}> O1")
        assert refused(heard)
        assert sue.capitalize() in heard.text
    assert refused(town.says(sue, f"{say(lang, 'private')} KR1.1"))
    assert refused(town.says(sue, f"{say(lang, 'private')} O9"))
    assert town.objectives_of(sue)[0]["visibility"] == "everyone"


def test_who_works_on_it_and_their_leads_see_it(town: Town, lang: str) -> None:
    bob, cal, boss, chief, eve = (town.someone(n) for n in ("bob", "cal", "boss", "chief", "eve"))
    sue = town.with_okr(f"O: Hush\nKR1: layoffs from 0 to 9 <@{bob}>\nKR2: costs from 100 to 50 with <@{cal}>", "sue")
    town.says(cal, "accept")
    led(town, sue, boss)
    in_team(town, chief, sue)
    heard = town.says(sue, f"{say(lang, 'private')} O1")
    for who in (bob, cal, boss, chief):
        assert who.capitalize() in heard.text
        assert "layoffs" in town.says(who, f"<@{sue}> O1").text, who
    assert refused(town.says(eve, f"<@{sue}> O1"))
    town.says(bob, f"<@{sue}> KR1.1 3")
    assert town.of(sue)["current"] == 3


def test_those_named_are_exactly_those_who_see(town: Town) -> None:
    bob, boss, eve = (town.someone(n) for n in ("bob", "boss", "eve"))
    sue = town.with_okr(f"O: Hush\nKR1: layoffs from 0 to 9 <@{bob}>", "sue")
    led(town, sue, boss)
    led(town, boss, eve)  # a lead's lead is none of theirs
    town.says(sue, "private O1")
    number = int(town.objectives_of(sue)[0]["id"][1:])
    with town.store.read(EVERYWHERE) as session:
        row = objective_by_id(session, number)
        assert row is not None
        session.info["organisation"] = row.organisation_id
        seen = {m.id for m in all_members(session) if visible(session, m.id or 0, [row])}
        assert seen == readers_of(session, row)
        assert seen == {town._id(session, who) for who in (sue, bob, boss)}


def test_a_team_whose_id_is_a_members_id_is_not_led_by_their_lead(town: Town) -> None:
    """The lead of member 7 is not for that the lead of team 7."""
    ann, boss = town.someone(), town.someone("boss")
    town.says(ann, "mine")
    led(town, ann, boss)
    with town.store.read(EVERYWHERE) as session:
        row = Objective(id=-1, cycle_id=1, owner_kind="team", owner_id=town._id(session, ann) or 0, number=1, title="x", made_by=0,
                        made_at=town.now, state="published", visibility="private")  # fmt: skip
        session.info["organisation"] = session.exec(select(Member.organisation_id).where(Member.id == town._id(session, ann))).one()
        session.expunge_all()
        assert visible(session, town._id(session, boss) or 0, [row]) == []


def test_it_leaves_no_trace_in_lists_counts_and_weights(town: Town, lang: str) -> None:
    sue, bob = town.with_okr("O: Open\nweight 40%\nKR1: NPS from 30 to 50", "sue"), town.someone("bob")
    alone = town.says(bob, f"<@{sue}> O1").text
    town.says(sue, "new O: Hush\nweight 60%\nKR1: layoffs from 0 to 9")
    town.says(sue, "private O2")  # while it is a draft
    heard = town.says(sue, say(lang, "publish"))
    assert "layoffs" in heard.text
    assert town.says(bob, f"<@{sue}> O1").text == alone
    assert "60%" not in public(there(town, sue, "O1"))
    assert "40%" in town.says(sue, "O1").text
    everything = town.says(bob, f"<@{sue}>").text
    assert "Open" in everything
    assert "Hush" not in everything
    assert "O2" not in everything


def test_in_a_shared_place_it_comes_apart_also_for_who_works_on_it(town: Town, lang: str) -> None:
    bob = town.someone("bob")
    sue = town.with_okr(f"O: Hush\nKR1: layoffs from 0 to 9 <@{bob}>", "sue")
    town.says(sue, "private O1")
    for who in (sue, bob):
        for text in (
            say(lang, "mine"),
            f"<@{sue}>",
            f"<@{sue}> O1",
            f"<@{sue}> KR1.1",
            f"<@{sue}> KR1.1 2",
            f"history <@{sue}> O1",
            "undo",
            "",
        ):
            heard = there(town, who, text)
            assert "layoffs" not in public(heard), text
            assert "Hush" not in public(heard), text
        mine = there(town, who, say(lang, "mine"))
        assert "layoffs" in mine.text
        assert "KR1.1" not in public(mine)


def test_several_published_at_once_are_private_when_one_of_them_is(town: Town, lang: str) -> None:
    sue = town.someone("sue")
    town.says(sue, "new O: Open\nKR1: NPS from 30 to 50\nO: Hush\nKR1: layoffs from 0 to 9")
    town.says(sue, "private O2")
    assert "layoffs" not in public(there(town, sue, say(lang, "publish all")))


def test_a_card_posted_before_tells_others_nothing_afterwards(town: Town, lang: str) -> None:
    sue, bob = town.with_okr(HUSH, "sue"), town.someone("bob")
    card = there(town, sue, "O1")
    assert "layoffs" in public(card)
    town.says(sue, "private O1")
    for label in ("Update", "Comment", "History"):
        button = card.button(say(lang, label))
        heard = town.press(bob, button, card.reply.card, place=GENERAL)  # type: ignore[union-attr]
        assert refused(heard), label
        missing = town.press(
            bob, type(button)(button.label, button.text[: button.text.index("#") + 2] + "999999"), "o999999", place=GENERAL
        )
        assert heard.text.replace(button.text.split("#")[1], "X") == missing.text.replace(f"{button.text.split('#')[1][0]}999999", "X")
    # the owner's press on it answers them alone, and leaves the posted card as it is
    own = town.press(sue, card.button(say(lang, "Update")), card.reply.card, place=GENERAL)  # type: ignore[union-attr]
    assert own.reply is not None
    assert own.reply.private
    assert not own.answered.redraw


def test_the_echo_of_a_check_in_is_not_redrawn_in_public_once_it_is_private(town: Town, lang: str) -> None:
    sue = town.with_okr(HUSH, "sue")
    echo = there(town, sue, "KR1.1 3")
    town.says(sue, "private O1")
    undone = town.presses(sue, echo, say(lang, "Undo"), place=GENERAL)
    assert town.of(sue)["current"] is None
    assert public(undone) == ""
    assert not undone.answered.redraw


def test_words_in_a_thread_of_a_card_from_before(town: Town, lang: str) -> None:
    sue, bob = town.with_okr(HUSH, "sue"), town.with_okr("O: Mine\nKR1: a from 0 to 9\nKR2: b from 0 to 9", "bob")
    town.says(sue, "O1", place=GENERAL, entry="mention", inline=False)
    town.deliver()
    number = next(i for i, out in enumerate(town.sent, 1) if out.to.channel == "C7")
    town.says(sue, "private O1")
    thread = Place("C7", shared=True, thread=f"1700.{number}")
    for text in ("KR2 45", "KR2", "comment KR2: aha"):
        heard = town.says(bob, text, place=thread, entry="mention")
        assert refused(heard)
        assert "costs" not in heard.text
    assert town.of(bob, "KR1.2")["current"] is None  # and it is not taken for one of his own
    assert town.of(sue, "KR1.2")["current"] is None


def test_requests_and_their_outcomes_name_it_to_nobody_else(town: Town, lang: str) -> None:
    sue, bob, cal = town.with_okr(HUSH, "sue"), town.someone("bob"), town.someone("cal")
    town.says(bob, f"help #{town.of(sue)['id']} <@{cal}> look?")
    [asked] = town.delivered_to(cal)
    town.says(sue, "private O1")
    town.says(cal, f"answer {asked.buttons()[0][1].text.split(' ')[1]} tomorrow")
    [told] = town.delivered_to(bob)
    assert "tomorrow" in told.text
    assert cal.capitalize() in told.text
    assert "layoffs" not in told.text
    assert "layoffs" in town.says(cal, f"<@{sue}> KR1.1").text  # who was asked still sees it


def test_who_said_no_sees_no_more_of_it(town: Town, lang: str) -> None:
    sue, cal = town.with_okr(HUSH, "sue"), town.someone("cal")
    town.says(sue, f"help KR1.1 <@{cal}> look?")
    [asked] = town.delivered_to(cal)
    town.says(sue, "private O1")
    town.presses(cal, asked, say(lang, "Decline"))
    again = town.presses(cal, asked, say(lang, "Decline"))
    assert refused(again)
    assert "layoffs" not in again.text
    assert refused(town.says(cal, f"<@{sue}> KR1.1"))


def test_a_request_that_waits_when_it_becomes_private_still_reaches_who_is_asked(town: Town, lang: str) -> None:
    sue, cal = town.with_okr(HUSH, "sue"), town.someone("cal")
    town.says(sue, f"help KR1.1 <@{cal}> look?")
    town.says(sue, "private O1")
    [asked] = town.delivered_to(cal)
    assert "layoffs" in asked.text


def test_comments_on_it_are_hidden_with_it(town: Town, lang: str) -> None:
    sue, bob, cal = town.with_okr(HUSH, "sue"), town.someone("bob"), town.someone("cal")
    town.says(bob, f"comment <@{sue}> O1: a word about it")
    town.says(cal, f"comment <@{sue}> O1: another word")  # bob is to hear of it
    town.says(sue, "private O1")
    assert town.delivered_to(bob) == []
    assert refused(town.says(bob, f"{say(lang, 'comments')} <@{sue}> O1"))
    assert refused(town.says(bob, "resolve"))
    assert refused(town.says(bob, say(lang, "undo")))
    number = next(n["id"] for n in town.export()["comments"] if n["text"] == "a word about it")
    assert town.says(bob, f"resolve #{number}").text == town.says(bob, "resolve #n999999").text
    assert "a word about it" in town.says(sue, "comments O1").text


def test_it_is_shown_to_people_by_name_and_to_no_channel(town: Town, lang: str) -> None:
    sue, bob = hidden(town), town.someone("bob")
    assert refused(there(town, sue, f"{say(lang, 'share')} O1 here"))
    assert not refused(town.says(sue, f"{say(lang, 'share')} O1 <@{bob}>"))
    [told] = town.delivered_to(bob)
    assert "layoffs" in told.text
    assert "layoffs" in town.says(bob, f"<@{sue}> O1").text
    assert "layoffs" not in public(there(town, bob, f"<@{sue}> O1"))


def test_hiding_takes_back_every_share(town: Town, lang: str) -> None:
    sue, bob = town.someone("sue"), town.someone("bob")
    town.says(sue, f"new {HUSH}")
    town.says(sue, f"share O1 <@{bob}>")
    there(town, sue, "share O1 here")
    town.says(bob, f"comment <@{sue}> O1: good")
    town.says(sue, f"{say(lang, 'private')} O1")
    assert town.delivered_to(bob, channel="C7") == []
    assert refused(town.says(bob, f"<@{sue}> O1"))
    assert refused(there(town, bob, f"<@{sue}> O1"))
    town.says(sue, say(lang, "undo"))
    assert "layoffs" in town.says(bob, f"<@{sue}> O1").text


def test_somebody_elses_act_on_it_is_as_if_it_had_never_been(town: Town, lang: str) -> None:
    sue, bob = town.with_okr(HUSH, "sue"), town.someone("bob")
    echo = town.says(sue, "KR1.1 3")
    text = echo.button(say(lang, "Undo")).text
    assert sue.capitalize() in town.says(bob, text).text
    town.says(sue, "private O1")
    assert town.says(bob, text).text == town.says(bob, "undo #c999999").text


def test_the_history_tells_who_sees_it_in_words(town: Town, lang: str) -> None:
    sue = hidden(town)
    told = town.says(sue, f"{say(lang, 'history')} O1").text
    assert "visibility" not in told
    assert "private" not in told
