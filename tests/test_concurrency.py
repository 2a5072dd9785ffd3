"""Many at once: nothing is lost, nothing happens twice, and everybody is answered, on both databases."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import select

from bot.messages import Place
from bot.replies import Say
from bot.sending import Outgoing, Sent
from handlers.delivery import Delivery
from storage.journal import Change
from storage.people import all_members
from storage.pulse import Prompt
from storage.store import EVERYWHERE, Store
from tests.talk import MONDAY, Talk

THREADS = 8


def all_at_once(work: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """What each thread gave back; the first exception of any of them is raised."""
    gate, done, failed = threading.Barrier(threads), [None] * threads, []

    def run(number: int) -> None:
        try:
            gate.wait(10)
            done[number] = work(number)
        except BaseException as problem:
            failed.append(problem)

    running = [threading.Thread(target=run, args=(i,)) for i in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    assert not any(thread.is_alive() for thread in running)
    if failed:
        raise failed[0]
    return done


def test_two_hundred_changes_of_one_key_result_lose_nothing(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "new O: Count KR1: things from 0 to 200")
    talk.says("ann", "publish")

    def add(number: int) -> list[str]:
        return [repr(talk.desk.answer(talk.message("ann", "KR1.1 +1")).reply) for _ in range(25)]

    answers = [text for texts in all_at_once(add) for text in texts]
    data = talk.export()
    row = data["objectives"][0]["key_results"][0]
    assert row["current"] == 200
    assert len(data["check_ins"]) == 200
    assert sorted(c["value"] for c in data["check_ins"]) == list(range(1, 201))
    assert len(set(answers)) == 200  # each one heard its own old → new
    steps = sorted((c["old"] or 0, c["new"]) for c in data["changes"] if c["field"] == "current")
    assert steps == [(n, n + 1) for n in range(200)]


def test_one_delivery_from_eight_threads_has_one_effect_and_one_answer(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "new O: Count KR1: things from 0 to 200")
    talk.says("ann", "publish")
    for _ in range(5):
        message = talk.message("ann", "KR1.1 +1")
        answers = all_at_once(lambda _number, m=message: talk.hears(m).text)
        assert len(set(answers)) == 1
        assert answers[0]
    assert talk.key_result()["current"] == 5
    assert len(talk.export()["check_ins"]) == 5


def test_one_mention_from_eight_threads_is_answered_by_one_message(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "new O: Count KR1: things from 0 to 200")
    talk.says("ann", "publish")
    place = Place("C1", shared=True, thread="1")
    message = talk.message("ann", "KR1.1 +1", place=place, entry="mention", inline=False, message="1")
    all_at_once(lambda _number: talk.hears(message))
    assert len(talk.deliver()) == 1
    assert talk.key_result()["current"] == 1


def test_eight_people_write_their_first_words_at_once(store: Store) -> None:
    talk = Talk(store)
    text = "new O: Mine KR1: a from 1 to 2 <@bob> O: Also KR1: b from 1 to 2"
    answers = all_at_once(lambda number: talk.says(f"new{number}", text))
    assert all(a.reply is not None and a.reply.tone == "answer" for a in answers)
    data = talk.export()
    assert Counter(p["name"] for p in data["people"]) == {"Bob": 1} | {f"New{n}": 1 for n in range(THREADS)}
    assert len(data["cycles"]) == 1
    with store.read(EVERYWHERE) as session:
        assert [m.admin for m in all_members(session)].count(True) == 1
    assert Counter(o["ref"] for o in data["objectives"]) == {"O1": THREADS, "O2": THREADS}


def test_one_newcomers_first_words_from_eight_threads(store: Store) -> None:
    talk = Talk(store)
    answers = all_at_once(lambda number: talk.says("ann", f"new O: Number {number} KR1: a from 1 to 2"))
    assert all(a.reply is not None and a.reply.tone == "answer" for a in answers)
    data = talk.export()
    assert [p["name"] for p in data["people"]] == ["Ann"]
    assert sorted(o["ref"] for o in data["objectives"]) == [f"O{n}" for n in range(1, THREADS + 1)]


def test_publish_pressed_eight_times_at_once_asks_once(store: Store) -> None:
    talk = Talk(store)
    card = talk.says("ann", "new O: Mine KR1: a from 1 to 2 <@bob>")
    answers = all_at_once(lambda _number: talk.presses("ann", card, "Publish"))
    assert all(a.reply is not None and a.reply.card == card.reply.card for a in answers)
    assert [o["state"] for o in talk.export()["objectives"]] == ["published"]
    assert len([c for c in talk.export()["changes"] if c["new"] == "published"]) == 1
    assert [o.to.user for o in talk.deliver()] == ["bob"]


def test_undo_pressed_eight_times_at_once_takes_back_once(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "new O: Count KR1: things from 0 to 200")
    talk.says("ann", "publish")
    talk.says("ann", "KR1.1 3")
    echo = talk.says("ann", "KR1.1 5")
    all_at_once(lambda _number: talk.presses("ann", echo, "Undo"))
    assert talk.key_result()["current"] == 3
    assert [c["new"] for c in talk.export()["changes"] if c["field"] == "current"] == [3, 5, 3]


def test_yes_and_no_at_once_settle_a_request_once(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "new O: Count KR1: things from 0 to 200")
    talk.says("ann", "publish")
    talk.says("ann", "help KR1.1 <@bob> look?")
    [message] = talk.deliver()
    yes, no = (f"{word} #{message.reply.card}" for word in ("accept", "decline"))
    all_at_once(lambda number: talk.says("bob", yes if number % 2 else no))
    settled = [c for c in talk.export()["changes"] if c["old"] == "open"]
    assert len(settled) == 1
    assert len(talk.deliver()) == 1


def test_a_check_in_beside_an_undo_is_not_lost(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "new O: Count KR1: things from 0 to 200 <@bob>")
    talk.says("ann", "publish")
    for _ in range(6):
        talk.says("ann", "KR1.1 50")
        echo = talk.says("ann", "KR1.1 60")
        all_at_once(lambda number, e=echo: talk.says("bob", "<@ann> KR1.1 +1") if number else talk.presses("ann", e, "Undo"), threads=2)
        assert talk.key_result()["current"] in (61, 51)
        chain = [(c["old"], c["new"]) for c in talk.export()["changes"] if c["field"] == "current"]
        assert all(later[0] == earlier[1] for earlier, later in pairwise(chain))


def test_two_workers_send_each_message_once(store: Store) -> None:
    talk = Talk(store)
    names = " ".join(f"<@p{n}>" for n in range(60))
    talk.says("ann", "new O: Count KR1: things from 0 to 200")
    talk.says("ann", "publish")
    talk.says("ann", f"help KR1.1 {names} look?")
    sent: list[Outgoing] = []

    def send(out: Outgoing) -> Sent:
        sent.append(out)
        return Sent(str(len(sent)))

    def worker(_number: int) -> dict[str, int]:
        return Delivery(store, {"slack": send}, {}, now=lambda: MONDAY, machine=lambda: MONDAY).deliver()

    done = all_at_once(worker, threads=4)
    assert sum(d["sent"] for d in done) == 60
    assert Counter(o.to.user for o in sent) == {f"p{n}": 1 for n in range(60)}
    assert talk.deliver() == []


def test_a_worker_that_died_is_followed_by_another_after_its_lease(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "new O: Count KR1: things from 0 to 200")
    talk.says("ann", "publish")
    talk.says("ann", "help KR1.1 <@bob> look?")

    class Died(BaseException):
        pass

    def dies(_out: Outgoing) -> Sent:
        raise Died

    first = Delivery(store, {"slack": dies}, {}, now=lambda: MONDAY, machine=lambda: MONDAY)
    with suppress(Died):
        first.deliver()
    assert talk.deliver() == []  # it may be sending still
    talk.later(seconds=31)
    assert len(talk.deliver()) == 1
    assert talk.deliver() == []
    assert talk.now - MONDAY < timedelta(minutes=1)


def asked_this_evening(store: Store) -> Talk:
    """Ann, who was asked for her day a moment ago."""
    talk = Talk(store)
    talk.says("ann", "new O: Count KR1: things from 0 to 200")
    talk.says("ann", "publish")
    talk.until(MONDAY.replace(hour=17, minute=50))
    assert len(talk.sent) == 1
    return talk


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (("same", "same"), "same"),
        (("skip", "same"), "same skipped"),
        (("KR1.1 35", "KR1.1 36"), "answered"),
        (("same", "KR1.1 35"), "answered"),
        (("met three customers", "skip"), "answered skipped"),
    ],
    ids=str,
)
def test_a_prompt_answered_twice_at_once_while_it_is_sent_is_settled_once(store: Store, answers: tuple[str, ...], state: str) -> None:
    """Two words at the same time, and the sender between them: one of them settles it, and the card shows what holds."""
    talk = asked_this_evening(store)
    sender = Delivery(store, {"slack": talk._send}, {}, now=lambda: talk.now, machine=lambda: talk.now)

    def work(number: int) -> Any:
        return sender.deliver() if number == len(answers) else talk.says("ann", answers[number]).text

    all_at_once(work, threads=len(answers) + 1)
    talk.deliver()
    with store.read(EVERYWHERE) as session:
        [prompt] = session.exec(select(Prompt)).all()
        settled = [
            json.loads(c.new) for c in session.exec(select(Change).where(Change.thing == f"q{prompt.id}")).all() if c.field == "state"
        ]
    assert prompt.state in state.split()
    assert settled[-1] == prompt.state
    assert len(settled) == 1 or (prompt.state == "answered" and len(set(settled)) == 2), settled
    edits = [out for out in talk.sent if out.to.message]
    assert edits
    shown = edits[-1].reply.parts[0]
    assert isinstance(shown, Say)
    assert shown.facts["state"] == prompt.state
