"""What a message to Feishu costs: Tenday's sender over its kept connection, against the SDK's own calls; every answer checked."""

import asyncio
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from bot.feishu import sdk
from bot.feishu.render import card
from bot.feishu.send import FeishuSender
from bot.replies import Button, Buttons, Reply, Say
from bot.sending import Address, Outgoing, Sent
from bot.wording import words
from tests.fakes.feishu import FakeFeishu

REPLY = Reply((Say("confirm_no"), Buttons((Button("confirm_no", "undo #c1", 2),))), card="c1")
BLOCK = 10


class Lost(Exception):
    """An answer was not what it must be."""


def messages(times: int) -> None:
    """Milliseconds for each message, medians of blocks that take turns, and the ratios."""
    with FakeFeishu() as feishu:
        sender = FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, domain=feishu.domain, clock=time.time)
        client = sdk.lark().Client.builder().app_id(feishu.app_id).app_secret(feishu.app_secret).domain(feishu.domain).build()
        loop = asyncio.new_event_loop()
        asked = _requests(feishu)
        sides: dict[str, Callable[[int], None]] = {
            "Tenday": lambda n: _ours(sender, n),
            "the SDK's call": lambda n: _checked(client.im.v1.message.create(asked(n))),
            "the SDK's async call": lambda n: _checked(loop.run_until_complete(client.im.v1.message.acreate(asked(n)))),
        }
        spent: dict[str, list[float]] = {name: [] for name in sides}
        for block in range(max(2, times // BLOCK)):
            for name, send in sides.items():
                begun = time.perf_counter()
                for n in range(BLOCK):
                    send(block * BLOCK + n)
                if block:  # the first is to warm up
                    spent[name].append((time.perf_counter() - begun) / BLOCK)
        loop.close()
        if len(feishu.messages) != len(sides) * max(2, times // BLOCK) * BLOCK:
            raise Lost(f"{len(feishu.messages)} messages arrived")
    medians = {name: statistics.median(of) * 1e3 for name, of in spent.items()}
    ours = medians.pop("Tenday")
    print("\n| a message to Feishu | ms | Tenday's / this |\n|---|---|---|")
    print(f"| Tenday | {ours:.1f} | 1.00 |")
    for name, each in medians.items():
        print(f"| {name} | {each:.1f} | {ours / each:.2f} |")


def _ours(sender: FeishuSender, n: int) -> None:
    outcome = sender.send(Outgoing(f"ours-{n}", "feishu", "tenant1", Address(user="ou_1"), REPLY, "zh"))
    if not isinstance(outcome, Sent):
        raise Lost(repr(outcome))


def _checked(answer: Any) -> None:
    if not answer.success():
        raise Lost(f"{answer.code} {answer.msg}")


def _requests(feishu: FakeFeishu) -> Callable[[int], Any]:
    """The same message as the SDK's request; each has a key of its own."""
    from lark_oapi.api.im.v1 import CreateMessageRequest, CreateMessageRequestBody  # noqa: PLC0415

    def made(n: int) -> Any:
        content = json.dumps(card(REPLY, words("zh"), "tenant1", direct=True), ensure_ascii=False)
        body = CreateMessageRequestBody.builder().receive_id("ou_1").msg_type("interactive").content(content)
        body = body.uuid(f"sdk-{n}-{time.perf_counter_ns():x}"[:50]).build()
        return CreateMessageRequest.builder().receive_id_type("open_id").request_body(body).build()

    return made
