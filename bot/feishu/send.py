"""Sends to Feishu: one attempt, and an honest word on what became of it. It knows no outbox.

https://open.feishu.cn/document/server-docs/im-v1/message/create
"""

import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bot.feishu import render
from bot.feishu.calls import Answer, Api, NoToken
from bot.feishu.chats import DirectChats
from bot.feishu.departments import Departments
from bot.feishu.elements import site_of
from bot.feishu.refusals import NOT_THERE, broken, refused, tokenless
from bot.sending import UNREACHABLE, Address, Later, Never, Outcome, Outgoing, Profile, Sent, Unknown
from bot.wording import kept_words

SECONDS = 5.0
RETRY_SECONDS = 30.0
SAME_UUID = 55 * 60.0  # Feishu sends a message with the same uuid once in an hour
_MESSAGES = "/open-apis/im/v1/messages"
log = logging.getLogger(__name__)


class FeishuSender:
    """Feishu's or Lark's API for one app. clock: the machine's, in seconds."""

    def __init__(
        self,
        *,
        app_id: str,
        app_secret: str,
        clock: Callable[[], float],
        domain: str = "https://open.feishu.cn",
        direct: DirectChats | None = None,
    ) -> None:
        self._api = Api(app_id=app_id, app_secret=app_secret, domain=domain, seconds=SECONDS)
        self._clock, self._site = clock, site_of(domain)
        self._departments = Departments(lambda method, path, query: self._api.call(method, path, query=query), clock)
        self._direct = DirectChats() if direct is None else direct
        self._bot = ""
        self._ask_after = 0.0
        self._asking = threading.Lock()
        self._trouble = ""

    def send(self, outgoing: Outgoing) -> Outcome:
        """One attempt; never raises for what Feishu or the network does."""
        to = outgoing.to
        direct = bool(to.user) or to.channel in self._direct
        card = render.card(outgoing.reply, kept_words(outgoing.locale), outgoing.workspace, direct=direct, site=self._site)
        content = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
        outcome = self._tried(lambda: self._by_address(to, outgoing.key, content))
        self._note(outcome)
        return outcome

    def posted(self, outgoing: Outgoing, age: float) -> Outcome | None:
        """None while sending again is harmless: a card is changed to the same, a uuid is not sent twice. Else it cannot be told."""
        return None if outgoing.to.message or age < SAME_UUID else Unknown("older than its uuid")

    def warm_up(self) -> None:
        """Loads the SDK, so that the first answer does not wait for it."""
        self._api.warm_up()

    def profile(self, user: str) -> Profile | None:
        """What the directory says of a person; None when it does not say, or may not."""
        query = [("user_id_type", "open_id"), ("department_id_type", "open_department_id")]
        try:
            answer = self._api.call("GET", f"/open-apis/contact/v3/users/{quote(user, safe='')}", query=query)
        except Exception as error:
            log.warning("a profile could not be asked: %s", type(error).__name__)
            return None
        person = answer.data.get("user")
        if not answer.ok or not isinstance(person, dict):
            return None
        return replace(_profile(person), departments=self._departments.of(person.get("department_ids")))

    def bot_identity(self) -> str:
        """Our own open_id, asked once; "" while Feishu has not told, and then asked again after half a minute."""
        if not self._bot and self._clock() >= self._ask_after and self._asking.acquire(blocking=False):
            try:
                self._ask_after = self._clock() + RETRY_SECONDS
                self._ask()
            finally:
                self._asking.release()
        return self._bot

    def reachable(self) -> str:
        """ "" when the last call got through, else why not; in trouble it asks Feishu again, at most every half minute."""
        if not self.bot_identity():
            return self._trouble or "feishu: bot/v3/info failed"
        if self._trouble and self._clock() >= self._ask_after:
            self._ask_after = self._clock() + RETRY_SECONDS
            self._trouble = "" if self._ask() else self._trouble
        return self._trouble

    def _ask(self) -> bool:
        """Asks who we are, whatever is known; whether Feishu told."""
        try:
            answer = self._api.call("GET", "/open-apis/bot/v3/info")
        except Exception as error:  # the delivery says enough to go on
            log.warning("the bot's identity could not be asked: %s", type(error).__name__)
            return False
        bot = answer.said.get("bot")
        told = str(bot.get("open_id") or "") if answer.ok and isinstance(bot, dict) else ""
        self._bot = told or self._bot
        return bool(told)

    def _note(self, outcome: Outcome) -> None:
        broken_off = isinstance(outcome, Unknown) or (isinstance(outcome, Later) and outcome.reason == UNREACHABLE)
        setup = isinstance(outcome, Never) and outcome.why == "setup"
        self._trouble = f"feishu: {getattr(outcome, 'reason', '')}" if broken_off or setup else ""

    def _tried(self, call: Callable[[], Outcome]) -> Outcome:
        try:
            return call()
        except NoToken as error:
            return tokenless(error.code)
        except Exception as error:
            return broken(error)

    def _by_address(self, to: Address, key: str, content: str) -> Outcome:
        if to.message:
            answer = self._api.call("PATCH", f"{_MESSAGES}/{quote(to.message, safe='')}", body={"content": content})
            return Sent(to.message) if answer.ok else refused(answer.status, answer.headers, answer.said, edit=True)
        if to.thread.startswith("om_") and not (to.channel and to.user):
            body = {"msg_type": "interactive", "content": content, "uuid": key}
            answer = self._api.call("POST", f"{_MESSAGES}/{quote(to.thread, safe='')}/reply", body=body)
            if answer.said.get("code") not in NOT_THERE:
                return _sent(answer)
        return _sent(self._create(to, key, content))

    def _create(self, to: Address, key: str, content: str) -> Answer:
        """To a person, also when a group is named beside them: nobody else is to see it. Else to the group."""
        kind, receiver = ("open_id", to.user) if to.user else ("chat_id", to.channel)
        body = {"receive_id": receiver, "msg_type": "interactive", "content": content, "uuid": key}
        return self._api.call("POST", _MESSAGES, query=[("receive_id_type", kind)], body=body)


def _sent(answer: Answer) -> Outcome:
    if answer.ok:
        return Sent(str(answer.data.get("message_id") or ""))
    return refused(answer.status, answer.headers, answer.said)


def _profile(person: Mapping[str, Any]) -> Profile:
    status = person.get("status")
    state: Mapping[str, Any] = status if isinstance(status, dict) else {}
    return Profile(
        name=person.get("name") or None,
        email=person.get("email") or person.get("enterprise_email") or None,
        timezone=person.get("time_zone") or None,
        manager=person.get("leader_user_id") or None,
        active=not (state.get("is_resigned") or state.get("is_frozen") or state.get("is_exited")),
    )
