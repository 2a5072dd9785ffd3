"""What a process does that delivers until nothing is owed; its clocks run faster, so that a dead one's lease ends within a second."""

import time
from contextlib import suppress
from datetime import UTC, datetime

from bot.feishu.budget import FeishuBudget
from bot.feishu.send import FeishuSender
from bot.slack.budget import SlackBudget
from bot.slack.send import SlackSender
from handlers.delivery import Delivery
from storage.migrate import migrate
from storage.store import Conflict, Store, Unreachable
from tests.delivery.office import START

FASTER = 40


def seconds_since(begun: float) -> float:
    """The machine's clock, for everybody who began at the same moment."""
    return START.timestamp() + (time.time() - begun) * FASTER


def deliver(database: str, begun: float, platform: str, address: str, app: tuple[str, str]) -> None:
    """Sends what is due, as a `tick` does, again and again until nothing waits. app: what the platform knows us by."""
    store = Store(database)
    migrate(store)

    def clock() -> float:
        return seconds_since(begun)

    def machine() -> datetime:
        return datetime.fromtimestamp(clock(), UTC)

    def rest(seconds: float) -> bool:
        time.sleep(min(seconds / FASTER, 0.1))
        return True

    out = (
        SlackSender(bot_token=app[0], clock=clock, api_url=address)
        if platform == "slack"
        else FeishuSender(app_id=app[0], app_secret=app[1], clock=clock, domain=address)
    )
    budgets = {"slack": SlackBudget, "feishu": FeishuBudget}
    delivery = Delivery(store, {platform: out.send}, {platform: out.posted}, now=machine, machine=machine, budgets=budgets, hands=5)
    while delivery.pending():
        with suppress(Unreachable, Conflict):  # as the program's own sender does it
            delivery.deliver(rest=rest)
        time.sleep(0.02)
