"""What people hear of something they had a part in: a draft they commented on is published, a handing-over is undone, a channel takes no draft."""

from bot.sending import Never, Outcome, Outgoing
from handlers.delivery import Delivery
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_transferring import OKR, transfer


def test_who_commented_on_a_draft_hears_once_that_it_is_published(town: Town, lang: str) -> None:
    ann, bob, cal = town.someone(), town.someone("bob"), town.someone("cal")
    town.says(ann, f"new {OKR}")
    town.says(ann, f"share O1 <@{bob}> <@{cal}>")
    town.says(bob, f"{say(lang, 'comment')} <@{ann}> O1: brave")
    town.says(bob, f"{say(lang, 'comment')} <@{ann}> KR1.1: low")
    town.says(ann, f"comment O1: <@{bob}> thanks")
    town.deliver()
    town.says(ann, say(lang, "publish"))
    [told] = town.delivered_to(ann, bob, cal)
    assert "Grow" in told.text
    assert "Grow" in town.presses(bob, told, say(lang, "Open")).text
    town.says(ann, say(lang, "undo"))
    town.says(ann, say(lang, "publish"))
    assert town.delivered_to(ann, bob, cal) == []


def test_one_of_another_cycle_is_told_of_with_its_cycle(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    town.says(ann, f"new {OKR}")
    town.says(ann, f"share O1 <@{bob}>")
    town.says(bob, f"{say(lang, 'comment')} <@{ann}> O1: brave")
    town.says(ann, "move O1 to 2027Q1")
    town.deliver()
    town.says(ann, "publish 2027Q1 O1")
    [told] = town.delivered_to(bob)
    assert "2027Q1 O1" in told.text
    town.says(ann, transfer(lang, "2027Q1 O1", bob))
    town.says(bob, say(lang, "accept"))
    town.deliver()
    town.says(bob, say(lang, "undo"))
    [told] = town.delivered_to(ann)
    assert "2027Q1 O1" in told.text


def test_who_took_their_comment_back_or_may_not_see_it_hears_nothing(town: Town, lang: str) -> None:
    ann, bob, cal = town.someone(), town.someone("bob"), town.someone("cal")
    town.says(ann, f"new {OKR}")
    town.says(ann, f"share O1 <@{bob}> <@{cal}>")
    town.says(bob, f"comment <@{ann}> O1: brave")
    town.says(bob, say(lang, "undo"))
    town.says(cal, f"comment <@{ann}> O1: brave")
    town.deliver()
    town.says(ann, "private O1")  # and shown to nobody any more
    town.says(ann, "publish O1")
    assert town.delivered_to(bob, cal) == []


def test_a_yes_that_is_taken_back_is_told_and_so_is_its_return(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(ann, transfer(lang, "O1", bob))
    town.says(bob, say(lang, "accept"))
    town.deliver()
    undone = town.says(bob, say(lang, "undo"))
    [told] = town.delivered_to(ann, bob)
    assert bob in told.text.lower()
    assert "Grow" in told.text
    assert len(town.objectives_of(ann)) == 1
    town.presses(bob, undone, say(lang, "Redo"))
    [told] = town.delivered_to(ann, bob)
    assert "Grow" in told.text
    assert town.objectives_of(ann) == []


def test_a_channel_that_takes_no_draft_is_told_of_once(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, f"new {OKR}")
    town.deliver()
    town.says(ann, f"{say(lang, 'share')} O1 #general", channels=(("C7", "general"),))
    kept = town.delivery

    def refused(out: Outgoing) -> Outcome:
        return Never("gone", "not_in_channel") if out.to.channel == "C7" else town._send(out)

    town.delivery = Delivery(town.store, {"slack": refused}, {}, now=lambda: town.now, machine=lambda: town.now)
    [told] = town.delivered_to(ann, channel="C7")
    assert "Grow" in told.text
    assert told.reply is not None
    assert told.reply.private
    assert town.delivered_to(ann) == []
    town.delivery = kept
