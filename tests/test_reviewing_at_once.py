"""One review from many devices at once: it is begun once, closed once, and what two wrote into it is kept of both."""

from typing import Any

from bot.replies import Field
from storage.store import Store
from tests.talk import Heard, Talk
from tests.test_concurrency import THREADS, all_at_once


def reviewing(store: Store) -> Talk:
    """Somebody with three key results, and a little to tell of them."""
    talk = Talk(store)
    talk.says("ann", "new O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 0 to 90\nKR3: churn from 9% to 4%")
    talk.says("ann", "publish")
    talk.says("ann", "KR1.1 35 called twelve customers")
    return talk


def closings(data: dict[str, Any]) -> list[str]:
    return [c["what"] for c in data["changes"] if c["what"].startswith("w") and c["new"] == "closed"]


def test_it_is_closed_once(store: Store) -> None:
    talk = reviewing(store)
    answers = all_at_once(lambda _number: talk.says("ann", "review close as drafted"))
    assert all(a.reply is not None and a.reply.tone == "answer" for a in answers)
    data = talk.export()
    [review] = data["reviews"]
    assert review["state"] == "closed"
    assert len(review["entries"]) == 3
    assert len(closings(data)) == 1


def test_it_is_begun_once_and_everything_said_is_in_it(store: Store) -> None:
    talk = reviewing(store)
    refs = ("KR1.1", "KR1.2", "KR1.3")
    all_at_once(lambda number: talk.says("ann", f"review {refs[number % 3]} change do {number}"))
    data = talk.export()
    assert len(data["reviews"]) == 1
    assert len(data["reviews"][0]["entries"]) == 3
    assert sorted(a["text"] for a in data["actions"]) == [f"do {n}" for n in range(THREADS)]


def test_two_forms_sent_at_once_lose_neither_text(store: Store) -> None:
    talk = reviewing(store)
    heard = talk.says("ann", "review KR1.1")
    assert heard.reply is not None
    assert heard.reply.form is not None
    name = next(f.name for f in heard.reply.form.parts if isinstance(f, Field) and f.name.startswith("insight"))
    answers: list[Heard] = all_at_once(lambda number: talk.sends("ann", heard, {name: f"learnt {number}"}), 2)
    [entry] = talk.export()["reviews"][0]["entries"]
    kept = [n for n in range(2) if entry["insight"] == f"learnt {n}"]
    assert len(kept) == 1
    [back] = [a for a in answers if a.reply is not None and a.reply.tone == "refusal"]
    assert all(f"learnt {n}" in back.text for n in range(2))


def test_what_is_written_while_it_is_closed_is_in_it_or_comes_back(store: Store) -> None:
    talk = reviewing(store)
    texts = ("review close as drafted", "review KR1.2 insight ask legal first")
    answers = all_at_once(lambda number: talk.says("ann", texts[number]), 2)
    data = talk.export()
    insights = [e["insight"] for e in data["reviews"][0]["entries"]]
    came_back = "| ask legal first" in answers[1].text
    assert ("ask legal first" in insights) != came_back
    assert len(closings(data)) == 1
