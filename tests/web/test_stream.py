"""News over a real socket: at once, only one's own, again after a gap, and never in the way of a server that stops."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from bot.messages import OutOfReach
from bot.web import stream
from bot.web.stream import Bell, Stream
from tests.web.conftest import serving
from tests.web.town import PEOPLE, Town


async def inline(call: Any, *args: Any) -> Any:
    return call(*args)


async def stays() -> bool:
    return False


def lines(event: str) -> list[str]:
    return [line["text"] for line in json.loads(event.split("data: ")[1])["lines"]]


def write(town: Town, text: str, conversation: str = "general", only_for: str = "") -> None:
    town.post(conversation=conversation, author="ann", text=text, reply="", locale="en", thread=None, only_for=only_for, key="")


def test_news_arrive_once_and_only_ones_own() -> None:
    town, bell = Town(), Bell()
    town.page = 2

    async def listen() -> list[str]:
        events = Stream(town.backend(), PEOPLE[0], 1, inline, bell, stays).events()
        assert await anext(events) == "retry: 1500\n\n"
        heard = [await anext(events)]
        asyncio.get_running_loop().call_later(0.02, lambda: (write(town, "d"), bell.ring()))
        heard.append(await anext(events))
        heard.append(await asyncio.wait_for(anext(events), 0.3))
        await events.aclose()
        return heard

    write(town, "old")
    write(town, "for omar", "dm:omar")
    write(town, "for ann", only_for="ann")
    for text in "abc":
        write(town, text)
    first, second, third = asyncio.run(listen())
    assert [lines(event) for event in (first, second, third)] == [["a", "b"], ["c"], ["d"]]
    assert "\nid: 5\n" in first


def test_a_silent_stream_says_that_it_lives(monkeypatch: Any) -> None:
    town = Town()
    monkeypatch.setattr(stream, "HEARTBEAT", 0.02)
    monkeypatch.setattr(stream, "LOOK", 0.01)
    backend = town.backend()

    def away() -> int:
        raise OutOfReach("away")

    async def listen() -> str:
        events = Stream(backend.__class__(**{**backend.__dict__, "latest": away}), PEOPLE[0], 0, inline, Bell(), stays).events()
        await anext(events)
        return await anext(events)

    assert asyncio.run(listen()).startswith(":")


def test_it_ends_when_the_visitor_or_the_server_leaves() -> None:
    async def left() -> bool:
        return True

    async def count(**more: Any) -> int:
        return len([e async for e in Stream(Town().backend(), PEOPLE[0], 0, inline, Bell(), **({"gone": stays} | more)).events()])

    assert asyncio.run(count(gone=left)) == 1
    assert asyncio.run(count(leaves=lambda: True)) == 1


def test_over_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bell wakes the stream: by looking alone it would hear of this after half a minute."""
    monkeypatch.setattr(stream, "LOOK", 30)
    town = Town()
    with serving(town) as served, httpx.stream("GET", f"{served.url}/chat/stream?as=mina&after=0", timeout=5) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        pieces = response.iter_lines()
        assert next(pieces) == "retry: 1500"
        body = {"as": "mina", "delivery": "12345678", "conversation": "dm:mina", "text": "help"}
        httpx.post(f"{served.url}/chat/say", json=body).raise_for_status()
        assert "event: lines" in (next(pieces), next(pieces))
        monkeypatch.setattr(stream, "LOOK", 0.1)
        httpx.post(f"{served.url}/chat/say", json=body | {"delivery": "12345679"}).raise_for_status()
        served.server.should_exit = True
        served.thread.join(3)
        assert not served.thread.is_alive()


def test_it_goes_on_where_it_was() -> None:
    town = Town()
    for text in "abc":
        write(town, text)
    with serving(town) as served:
        headers = {"last-event-id": "2"}
        with httpx.stream("GET", f"{served.url}/chat/stream?as=mina&after=0", headers=headers, timeout=5) as response:
            data = next(line for line in response.iter_lines() if line.startswith("data"))
        assert lines(data) == ["c"]
        for query in ("as=nobody&after=0", "as=mina&after=x", "as=mina", "as=mina&after=" + "9" * 30):
            assert httpx.get(f"{served.url}/chat/stream?{query}").status_code in {400, 404}
