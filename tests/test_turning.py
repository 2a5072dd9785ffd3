"""Business time of the chat page: turned forward, kept in the database, with what happens on the way in its order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.preview import dressed
from handlers.turning import FARTHEST, NotForward, TurnedClock, steps
from storage.outbox import Owed
from storage.people import Organisation
from storage.pulse import Ring
from storage.store import Store, Unreachable
from tests import samples

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_two_processes_agree_and_it_never_goes_back(store: Store) -> None:
    one, other = TurnedClock(store, lambda: NOW), TurnedClock(store, lambda: NOW)
    assert one.now() == other.now() == NOW
    rung: list[datetime] = []
    one.turn(NOW + timedelta(days=3), lambda: rung.append(other.now()))
    assert rung == [NOW + timedelta(hours=h) for h in range(6, 73, 6)]
    assert one.now() == other.now() == NOW + timedelta(days=3)
    for to in (NOW + timedelta(days=2), NOW + timedelta(days=3), NOW + timedelta(days=3) + FARTHEST + timedelta(minutes=1)):
        with pytest.raises(NotForward):
            other.turn(to, lambda: rung.append(NOW))
    assert (one.now(), len(rung)) == (NOW + timedelta(days=3), 12)


def test_what_falls_due_on_the_way_is_met_at_its_own_moment(store: Store) -> None:
    due = NOW + timedelta(hours=7, minutes=3)
    with store.write() as session:
        organisation = Organisation(name="Company", made_at=NOW)
        session.add(organisation)
        session.flush()
        session.info["organisation"] = organisation.id
        session.add(Ring(slot="evening", zone="UTC", minute=1060, on=due.date(), at=due))
        session.add(Owed(key="k", platform="web", workspace="local", user="ann", due_at=due + timedelta(minutes=1)))
    clock, rung = TurnedClock(store, lambda: NOW), list[datetime]()
    clock.turn(NOW + timedelta(hours=12), lambda: rung.append(clock.now()))
    assert rung == [NOW + timedelta(hours=6), due, due + timedelta(minutes=1), NOW + timedelta(hours=12)]


def test_it_goes_on_with_the_machine(store: Store) -> None:
    moment = [NOW]
    clock = TurnedClock(store, lambda: moment[0])
    clock.turn(NOW + timedelta(hours=2), lambda: None)
    moment[0] += timedelta(minutes=5)
    assert clock.now() == NOW + timedelta(hours=2, minutes=5)


def test_it_stays_turned_while_the_database_is_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = TurnedClock(store, lambda: NOW)
    clock.turn(NOW + timedelta(hours=2), lambda: None)
    clock.now()

    def away(_organisation: int | None = None) -> None:
        raise Unreachable("away")

    monkeypatch.setattr(store, "read", away)
    assert clock.now() == NOW + timedelta(hours=2)


@pytest.mark.parametrize("days", [0.01, 1, 9.99, 10.01, 100])
def test_no_step_leaves_out_a_day(days: float) -> None:
    way = [NOW, *steps(NOW, NOW + timedelta(days=days))]
    assert way[-1] == NOW + timedelta(days=days)
    assert all(timedelta(0) < b - a <= timedelta(hours=6) for a, b in pairwise(way))
    assert len(way) <= 402


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_answer_can_be_previewed(locale: str) -> None:
    from tests.fakes import feishu_cards

    said = samples.REPLIES | samples.FORMS
    for name, reply in said.items():
        preview = dressed(reply, locale, samples.WORDS[locale])
        assert feishu_cards.problems_of(preview["feishu"]) == [], name
        assert preview["slack"]["blocks"], name
    assert dressed(said["people"], locale, samples.WORDS[locale])["people"]["ou_2"] == "小明"
