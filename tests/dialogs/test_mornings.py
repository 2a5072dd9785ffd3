"""What a morning brings back: one message that joins whatever waits, once, and nothing on a day off."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.sending import Outgoing
from handlers.people import Defaults
from storage.store import Store
from tests.dialogs.conftest import Town
from tests.dialogs.test_pulse import NINE, at, placed, to

Scene = Callable[[Town, str, str], None]


@pytest.fixture
def town(store: Store) -> Town:
    """A town of its own, whose clock can run; what is said in a morning does not depend on the language."""
    return Town(store, workspace="T-mornings", defaults=Defaults(timezone="UTC"), now=NINE)


def late_prompt(town: Town, ann: str, _bob: str) -> None:
    """Asked on Monday evening, not answered."""
    town.until(at(23, 18))


def put_off(town: Town, ann: str, _bob: str) -> None:
    town.until(at(23, 18))
    town.says(ann, "snooze tomorrow")


def asked_of_me(town: Town, ann: str, bob: str) -> None:
    town.says(bob, f"help KR1.1 <@{ann}> who knows the law?")
    town.says(ann, "skip")


def asked_by_me(town: Town, ann: str, bob: str) -> None:
    """On Friday: the one asked hears of it on Monday, the asker on Tuesday."""
    town.says(ann, f"help KR1.1 <@{bob}> who pays?")
    town.says(ann, "skip")


def draft(town: Town, ann: str, _bob: str) -> None:
    town.says(ann, "new O: Not yet published\nKR1: NPS from 1 to 2")
    town.says(ann, "skip")


def nothing(town: Town, ann: str, _bob: str) -> None:
    town.says(ann, "skip")


def answered(town: Town, ann: str, _bob: str) -> None:
    town.until(at(23, 18))
    town.says(ann, "did it")


def all_at_once(town: Town, ann: str, bob: str) -> None:
    town.says(bob, f"help KR1.1 <@{ann}> who knows the law?")
    town.says(ann, "new O: Not yet published\nKR1: NPS from 1 to 2")
    town.until(at(23, 18))


def asked_by_day(town: Town, ann: str, _bob: str) -> None:
    """Who is asked in the morning anyway hears nothing of the day before."""
    town.says(ann, "remind me at 10:40")
    town.until(at(24, 9))


def asked_by_day_and_put_off(town: Town, ann: str, _bob: str) -> None:
    town.says(ann, "remind me at 10:40")
    town.until(at(23, 11))
    town.says(ann, "snooze tomorrow")


def morning_off(town: Town, ann: str, _bob: str) -> None:
    town.until(at(23, 18))
    town.says(ann, "away 11-24 morning")


def afternoon_off(town: Town, ann: str, _bob: str) -> None:
    town.until(at(23, 18))
    town.says(ann, "away 11-24 afternoon")


def away(town: Town, ann: str, _bob: str) -> None:
    town.until(at(23, 18))
    town.says(ann, "away 11-24")


def muted(town: Town, ann: str, _bob: str) -> None:
    town.until(at(23, 18))
    town.says(ann, "mute")


def off(town: Town, ann: str, _bob: str) -> None:
    """No question any more, so no second one either."""
    town.until(at(23, 18))
    town.says(ann, "remind me off")


def due_today(town: Town, ann: str, bob: str) -> None:
    town.says(bob, f"action: sign the lease <@{ann}> by 11-24")
    town.says(ann, "skip")


def due_later(town: Town, ann: str, _bob: str) -> None:
    town.says(ann, "action: sign the lease by 11-30")
    town.says(ann, "action: read the lease")
    town.says(ann, "skip")


def done_before(town: Town, ann: str, _bob: str) -> None:
    town.says(ann, "action: sign the lease by 11-24")
    town.says(ann, "done A1")
    town.says(ann, "skip")


# What happens on Monday, and what Tuesday's morning brings: words of each thing that it holds, () for no message at all.
TABLE: list[tuple[Scene, tuple[str, ...]]] = [
    (late_prompt, ("NPS",)),
    (put_off, ("NPS",)),
    (asked_of_me, ("who knows the law?",)),
    (draft, ("Not yet published",)),
    (nothing, ()),
    (answered, ()),
    (all_at_once, ("NPS", "who knows the law?", "Not yet published")),
    (asked_by_day, ()),
    (asked_by_day_and_put_off, ("NPS",)),
    (morning_off, ()),
    (afternoon_off, ("NPS",)),
    (away, ()),
    (muted, ()),
    (off, ()),
    (due_today, ("sign the lease",)),
    (due_later, ()),
    (done_before, ()),
]


@pytest.mark.parametrize(("scene", "holds"), TABLE, ids=[scene.__name__ for scene, _ in TABLE])
def test_the_next_morning(town: Town, scene: Scene, holds: tuple[str, ...]) -> None:
    ann, bob = placed(town), placed(town, "bob")
    scene(town, ann, bob)
    town.deliver()
    morning = to(town.until(at(24, 10, 15)), ann)
    morning = [out for out in morning if not out.to.message]
    assert len(morning) == bool(holds), [town.read(out).text for out in morning]
    for out in morning:
        assert all(word in town.read(out).text for word in holds)
    assert mornings(town.until(at(24, 10, 35)), ann) == []  # once that day
    later = [town.read(out).text for out in mornings(town.until(at(25, 12)), ann)]
    assert not [word for word in holds if word != "NPS" and word in "".join(later)]  # and what was brought back never again


def test_who_asked_hears_of_it_a_workday_later(town: Town) -> None:
    ann, bob = placed(town), placed(town, "bob")
    asked_by_me(town, ann, bob)
    town.deliver()
    days = {24: bob, 25: ann}
    for day in (24, 25, 26, 27):
        town.now = max(town.now, at(day, 9))
        sent = mornings(town.until(at(day, 12)), ann) + mornings(town.sent[-40:], bob)
        told = {out.to.user for out in sent if out.key.endswith(f"202611{day}") and "who pays?" in town.read(out).text}
        assert told == ({days[day]} if day in days else set()), day
        if day == 25:
            assert "Perhaps somebody else can help:" in "".join(town.read(out).text for out in sent).splitlines()


def test_nothing_on_a_day_off(town: Town) -> None:
    """Friday's question, a request and a draft wait until Monday."""
    ann, bob = placed(town), placed(town, "bob")
    town.until(at(27, 12))
    all_at_once_on_friday = "new O: Not yet published\nKR1: NPS from 1 to 2"
    town.says(ann, all_at_once_on_friday)
    town.says(bob, f"help KR1.1 <@{ann}> who knows the law?")
    town.until(at(27, 23))
    assert to(town.until(at(30, 9)), ann) == []
    [monday] = mornings(town.until(datetime(2026, 11, 30, 12, tzinfo=UTC)), ann)
    assert "Not yet published" in town.read(monday).text


def test_what_is_due_on_a_day_off_comes_the_next_workday_once(town: Town) -> None:
    """Due on Saturday: brought back on Monday, with a button that closes it in its place, and never again."""
    ann = placed(town)
    town.says(ann, "action: sign the lease by 11-28")
    town.says(ann, "action: pay the rent by 11-29")
    for day in (23, 24, 25, 26, 27):
        town.until(at(day, 17))
        town.says(ann, "did it")
    assert [out for out in town.until(at(30, 9)) if "lease" in town.read(out).text] == []
    [monday] = mornings(town.until(at(30, 12)), ann)
    heard = town.read(monday)
    assert "sign the lease" in heard.text
    after = town.press(ann, heard.button("Done"), heard.reply.card if heard.reply else "")
    assert after.answered.redraw
    assert after.text.count("sign the lease") == 1  # as what was done, and no more as what waits
    assert "pay the rent" in after.text
    town.until(at(30, 18))  # the look back shows what is still to do, as every one does
    town.presses(ann, town.says(ann, "review close"), "Store and close")
    town.deliver()
    later = "".join(town.read(out).text for out in to(town.until(at(34, 12)), ann))
    assert "lease" not in later
    assert "rent" not in later


def test_put_off_it_comes_again_on_the_new_day(town: Town) -> None:
    ann = placed(town)
    town.says(ann, "action: sign the lease by 11-24")
    town.says(ann, "skip")
    [tuesday] = mornings(town.until(at(24, 12)), ann)
    assert "sign the lease" in town.read(tuesday).text
    town.says(ann, "A1 due 11-26")
    town.says(ann, "skip")
    assert mornings(town.until(at(25, 12)), ann) == []
    town.says(ann, "skip")
    [thursday] = mornings(town.until(at(26, 12)), ann)
    assert "sign the lease" in town.read(thursday).text


def test_many_due_at_once_are_shown_in_part(town: Town) -> None:
    ann = placed(town)
    for n in range(10):
        town.says(ann, f"action: thing {n} by 11-24")
    town.says(ann, "skip")
    [tuesday] = mornings(town.until(at(24, 12)), ann)
    text = town.read(tuesday).text
    assert "thing 7" in text
    assert "thing 8" not in text
    assert "2 more" in text


def mornings(sent: list[Outgoing], who: str) -> list[Outgoing]:
    """New messages to somebody, without cards that are drawn anew."""
    return [out for out in to(sent, who) if not out.to.message]
