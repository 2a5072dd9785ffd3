"""What was typed or pressed reaches the desk as a Message, and its answer the log: once, in the right place, for the right eyes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.messages import Mention
from bot.replies import Reply, Say, to_json
from bot.sending import Answered
from bot.web.requests import BODY_LIMIT
from tests.web import samples
from tests.web.conftest import Client
from tests.web.town import OUT_OF_REACH, Town

SAID = {"as": "mina", "delivery": "11111111-aaaa", "conversation": "dm:mina", "text": "mine"}
PRESSED = {"as": "mina", "delivery": "22222222-bbbb", "line": 1, "text": "undo #c91", "version": 4, "card": "c91"}


def seen(client: Client, user: str = "mina") -> list[dict[str, Any]]:
    return client.get(f"/chat/state?as={user}").json()["lines"]


def test_a_direct_message_is_answered(client: Client, town: Town) -> None:
    assert client.post("/chat/say", SAID | {"text": "  mine\u200b\r\nplease "}).status_code == 200
    (message,) = town.heard
    assert (message.text, message.entry, message.delivery, message.message) == ("mine\nplease", "direct", "11111111-aaaa", "1")
    assert (message.sender.platform, message.sender.workspace, message.sender.user, message.sender.name) == (
        "web",
        "local",
        "mina",
        "Mina Park",
    )
    assert (message.place.channel, message.place.shared, message.place.thread, message.inline) == ("dm:mina", False, "", True)
    line, answer = seen(client)
    assert (line["author"], line["text"], line["html"], line["thread"]) == ("mina", "mine\nplease", "", None)
    assert (answer["author"], answer["thread"], answer["only_for"]) == ("", None, "")
    assert "My OKRs in 2026Q4" in answer["html"]


def test_a_repeat_has_one_effect(client: Client, town: Town) -> None:
    for _ in range(3):
        assert client.post("/chat/say", SAID).status_code == 200
    assert len(town.lines) == 2


def test_the_channel_is_answered_in_a_thread_when_tenday_is_named(client: Client, town: Town) -> None:
    client.post("/chat/say", SAID | {"conversation": "general", "text": "good morning"})
    assert town.heard == []
    client.post("/chat/say", SAID | {"conversation": "general", "text": "＠tenday： @陈静 mine", "delivery": "33333333"})
    (message,) = town.heard
    assert (message.text, message.entry, message.place.shared) == ("\ue000chenjing\ue001 mine", "mention", True)
    assert message.mentions == (Mention("chenjing", "陈静"),)
    assert seen(client)[-1]["thread"] == 2
    client.post("/chat/say", SAID | {"conversation": "general", "text": "@Tenday help", "delivery": "44444444", "thread": 2})
    assert (town.heard[-1].place.thread, seen(client)[-1]["thread"]) == ("2", 2)


def test_what_is_personal_stays_personal(client: Client, town: Town) -> None:
    aside = Reply((Say("plain", {"text": "psst"}),))
    town.replies["quiet"] = Answered(Reply((Say("plain", {"text": "quiet"}),), private=True))
    town.replies["both"] = Answered(Reply((Say("plain", {"text": "loud"}),), aside=aside))
    for i, text in enumerate(["@Tenday quiet", "@Tenday both", "@Tenday checkin KR9.9 45"]):
        client.post("/chat/say", SAID | {"conversation": "general", "text": text, "delivery": f"5555555{i}"})
    for_mina = {line["html"]: line["only_for"] for line in seen(client) if line["html"]}
    assert [only for html, only in for_mina.items() if "quiet" in html or "psst" in html or "KR9.9" in html] == ["mina"] * 3
    assert [line["only_for"] for line in seen(client, "omar") if line["html"]] == [""]


def test_a_press_redraws_or_adds(client: Client, town: Town) -> None:
    client.post("/chat/say", SAID | {"text": "checkin KR1.1 +1"})
    assert client.post("/chat/press", PRESSED | {"line": 2}).status_code == 200
    message = town.heard[-1]
    assert (message.entry, message.text, message.drawn, message.card, message.message) == ("press", "undo #c91", 4, "c91", "2")
    card = seen(client)[-1]
    assert (card["id"], card["edited"], "Taken back" in card["html"]) == (2, True, True)
    client.post("/chat/press", PRESSED | {"line": 2, "text": "help", "delivery": "66666666"})
    assert len(town.lines) == 3


def test_a_press_in_the_channel(client: Client, town: Town) -> None:
    line = town.post(
        conversation="general", author="", text="", reply=to_json(samples.echo("en")), locale="en", thread=None, only_for="", key=""
    )
    client.post("/chat/press", PRESSED | {"line": line.id, "text": "checkin KR9.9", "as": "omar"})
    assert (town.lines[-1].only_for, town.lines[-1].thread) == ("omar", line.id)
    town.replies["show"] = Answered(Reply((Say("plain", {"text": "secret"}),), private=True), redraw=True)
    client.post("/chat/press", PRESSED | {"line": line.id, "text": "show", "delivery": "77777777"})
    assert not town.lines[line.id - 1].edited
    assert town.lines[-1].only_for == "mina"


def test_lines_of_others_cannot_be_pressed_or_answered(client: Client, town: Town) -> None:
    reply = to_json(samples.echo("en"))
    town.post(conversation="dm:omar", author="", text="", reply=reply, locale="en", thread=None, only_for="", key="")
    town.post(conversation="general", author="", text="", reply=reply, locale="en", thread=None, only_for="omar", key="")
    town.post(conversation="general", author="omar", text="hi", reply="", locale="en", thread=None, only_for="", key="")
    for line in (1, 2, 3, 99):
        assert client.post("/chat/press", PRESSED | {"line": line}).status_code == 404
    assert client.post("/chat/say", SAID | {"conversation": "dm:omar"}).status_code == 400
    assert client.post("/chat/say", SAID | {"conversation": "general", "thread": 2}).status_code == 404
    assert client.post("/chat/say", SAID | {"thread": 3}).status_code == 404
    assert town.heard == []


def test_a_database_out_of_reach_is_told(client: Client, town: Town) -> None:
    town.broken["answer"] = OUT_OF_REACH
    response = client.post("/chat/say", SAID)
    assert (response.status_code, response.json()) == (503, {"error": "not_stored"})
    town.broken.clear()
    assert client.post("/chat/say", SAID).status_code == 200
    assert [line.text for line in town.lines] == ["mine", ""]
    town.broken["post"] = OUT_OF_REACH
    assert client.post("/chat/say", SAID | {"delivery": "88888888"}).status_code == 503
    assert len(town.heard) == 2


def test_a_bug_is_apologised_for(client: Client, town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.broken["answer"] = ZeroDivisionError("secret words")
    assert client.post("/chat/say", SAID).status_code == 200
    assert "secret words" not in caplog.text
    assert "11111111-aaaa" in caplog.text
    assert '"tone":"apology"' in town.lines[-1].reply


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"as": "nobody"}, 404),
        ({"as": 7}, 400),
        ({"delivery": "x"}, 400),
        ({"delivery": "../../../etc"}, 400),
        ({"text": " \u200b\n"}, 400),
        ({"text": None}, 400),
        ({"text": "x" * 20_001}, 413),
        ({"conversation": "elsewhere"}, 400),
        ({"thread": "1"}, 400),
        ({"thread": True}, 400),
        ({"thread": -1}, 400),
        ({"thread": 10**40}, 400),
    ],
)
def test_nonsense_is_refused(client: Client, town: Town, change: dict[str, Any], status: int) -> None:
    response = client.post("/chat/say", SAID | change)
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    assert town.lines == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"as": ' + b"9" * 5000 + b"}"])
def test_what_is_no_json_object_is_refused(client: Client, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    assert client.request("POST", "/chat/say", content=body, headers=headers).status_code == 400
    assert client.request("POST", "/chat/say", content=body, headers={"content-type": "text/plain"}).status_code == 415


def test_a_body_is_counted_while_it_arrives(client: Client, town: Town) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 65536
            yield b" " * 65536

    response = client.request("POST", "/chat/say", content=endless(), headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert taken <= BODY_LIMIT + 2 * 65536


def test_a_long_conversation_comes_in_pieces(client: Client, town: Town) -> None:
    town.page = 3
    for i in range(10):
        town.post(conversation="general", author="ann", text=str(i), reply="", locale="en", thread=None, only_for="", key="")
    state = client.get("/chat/state?as=stranger").json()
    assert [line["text"] for line in state["lines"]] == [str(i) for i in range(10)]
    assert (state["as"], state["revision"], state["today"]) == ("mina", 10, "2026-11-23T10:24")


def test_one_broken_card_does_not_take_the_rest(client: Client, town: Town) -> None:
    town.post(conversation="general", author="", text="", reply='{"!":"Nonsense"}', locale="zh", thread=None, only_for="", key="")
    town.post(conversation="general", author="ann", text="hi", reply="", locale="en", thread=None, only_for="", key="")
    broken, fine = seen(client)
    assert "无法" in broken["html"]
    assert fine["text"] == "hi"
