"""Many messages at once, as `tick` sends them: within the limits that Slack holds, and each once however many tick."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from storage.store import Store
from tests.conftest import KINDS
from tests.delivery.office import found, owe, told
from tests.fakes.limits import SlackLimits
from tests.outside.program import APP, Town, environment


def seeded(town: Town, people: int) -> list[str]:
    """So many people who are owed a message each, and a channel that is owed three."""
    store, now = Store(town.database), datetime.now(UTC)
    store.opened = True
    users = found(store, people)
    channel = [{"key": f"line{n}", "channel": "C1"} for n in range(3)]
    rows = [*told(users), *channel]
    owe(store, *({**row, "due_at": now - timedelta(minutes=1), "until": now + timedelta(days=1)} for row in rows))
    store.close()
    for user in users:
        town.slack.add_user(user, user)
    return [row["key"] for row in rows]


def sent(town: Town) -> Counter[str]:
    return Counter(m["metadata"]["event_payload"]["key"] for m in town.slack.messages)


@pytest.mark.parametrize("kind", KINDS)
def test_three_ticks_at_once(own_town: Callable[..., Town], kind: str) -> None:
    town = own_town(kind)
    keys = seeded(town, 40)
    town.slack.limits = SlackLimits()
    settings = environment(**town.settings())
    ticks = [
        subprocess.Popen([sys.executable, str(APP), "tick"], env=settings, cwd=town.folder, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [json.loads(tick.communicate(timeout=90)[0].splitlines()[-1]) for tick in ticks]
    assert sum(one["sent"] for one in told) == 43, told
    assert (sum(one["failed"] for one in told), sum(one["uncertain"] for one in told)) == (0, 0)
    assert sent(town) == dict.fromkeys(keys, 1)
    assert town.slack.limits.refused == []
    assert town.tick()["sent"] == 0


def test_a_tick_waits_politely(own_town: Callable[..., Town]) -> None:
    """Slack is stricter than we think: it refuses, says when to come back, and the same tick sends the rest."""
    town = own_town("sqlite")
    keys = seeded(town, 30)
    town.slack.rate_limit("chat.postMessage", seconds=2)
    said = town.tick()
    assert (said["sent"], said["pending"], said["failed"]) == (33, 0, 0)
    assert sent(town) == dict.fromkeys(keys, 1)
