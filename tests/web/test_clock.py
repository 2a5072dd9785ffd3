"""The clock that turns forward, and the developer view's route."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.messages import OutOfReach
from bot.replies import to_json
from bot.web.stream import Bell, Stream
from tests.web import samples
from tests.web.conftest import Client
from tests.web.test_stream import inline, stays
from tests.web.town import PEOPLE, Town

AT = {"as": "mina", "to": "2026-11-26T09:00"}


def test_what_happens_on_the_way_arrives(client: Client, town: Town) -> None:
    assert client.post("/chat/clock", AT).json() == {"today": "2026-11-26T09:00", "told": 3}
    state = client.get("/chat/state?as=mina").json()
    assert [line["at"] for line in state["lines"]] == ["2026-11-24T09:00", "2026-11-25T09:00", "2026-11-26T09:00"]
    assert state["today"] == "2026-11-26T09:00"
    assert client.post("/chat/clock", AT | {"as": "omar", "to": "2026-11-27T00:00"}).json()["told"] == 0


def test_the_clock_is_ones_own(client: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    there = PEOPLE[5].__class__("wanglei", "王磊", "", "zh", "Asia/Shanghai")
    monkeypatch.setattr("tests.web.town.PEOPLE", (*PEOPLE[:5], there))
    assert client.get("/chat/state?as=wanglei").json()["today"] == "2026-11-23T18:24"
    client.post("/chat/clock", {"as": "wanglei", "to": "2026-11-23T20:00"})
    assert town.now == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"to": "2026-11-23T10:24"}, 409),
        ({"to": "2020-01-01T00:00"}, 409),
        ({"to": "tomorrow"}, 400),
        ({"to": "2026-13-45T99:99"}, 400),
        ({"to": 7}, 400),
        ({"as": "nobody"}, 404),
    ],
)
def test_it_goes_forward_only(client: Client, town: Town, change: dict[str, Any], status: int) -> None:
    before = town.now
    assert client.post("/chat/clock", AT | change).status_code == status
    assert (town.now, town.lines) == (before, [])


def test_an_open_page_hears_that_it_was_turned() -> None:
    town = Town()

    async def listen() -> str:
        events = Stream(town.backend(), PEOPLE[0], 0, inline, Bell(), stays).events()
        await anext(events)
        asyncio.get_running_loop().call_later(0.02, lambda: setattr(town, "now", town.now + timedelta(days=2)))
        return await asyncio.wait_for(anext(events), 5)

    event = asyncio.run(listen())
    assert event.startswith("event: clock\n")
    assert json.loads(event.split("data: ")[1]) == {"today": "2026-11-25T10:24"}


def test_a_database_out_of_reach_is_told(client: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_to: datetime) -> bool:
        raise OutOfReach("away")

    monkeypatch.setattr(town, "turn", away)
    assert client.post("/chat/clock", AT).status_code == 503


def test_an_answer_is_dressed_for_who_may_see_it(client: Client, town: Town) -> None:
    line = {"conversation": "dm:mina", "author": "", "text": "", "locale": "en", "thread": None, "only_for": ""}
    town.post(**line, reply=to_json(samples.echo("en")))  # type: ignore[arg-type]
    town.post(**line | {"author": "mina", "text": "hi"}, reply="")  # type: ignore[arg-type]
    assert client.get("/chat/dressed?as=mina&line=1").json()["slack"] == {"blocks": []}
    for query in ("as=omar&line=1", "as=mina&line=2", "as=mina&line=9", "as=nobody&line=1"):
        assert client.get(f"/chat/dressed?{query}").status_code == 404
    assert client.get("/chat/dressed?as=mina&line=x").status_code == 400
