"""Hears Feishu: verifies what came by webhook, hands a Message to the desk, and answers a press in its acknowledgement."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.excuses import apology, not_stored, pressed_unknown, whence
from bot.feishu import deliveries, guard, render
from bot.feishu.chats import DirectChats
from bot.feishu.elements import site_of
from bot.messages import Message, OutOfReach
from bot.replies import Reply
from bot.sending import Answered, Response
from bot.wording import words

log = logging.getLogger(__name__)
_EMPTY = Response(200, b"{}")


def _nobody() -> str:
    return ""


class FeishuFront:
    """Feishu's side of the house. answer: the desk. bot_identity: our own open_id, "" while unknown (FeishuSender has it).

    tenant: our own tenant_key; "" takes the first that a verified delivery names.
    """

    def __init__(
        self,
        *,
        verification_token: str,
        encrypt_key: str,
        answer: Callable[[Message], Answered],
        clock: Callable[[], float],
        bot_identity: Callable[[], str] = _nobody,
        app_id: str = "",
        tenant: str = "",
        default_locale: str = "zh",
        direct: DirectChats | None = None,
        domain: str = "https://open.feishu.cn",
    ) -> None:
        self._token, self._key, self._clock, self._answer = verification_token, encrypt_key, clock, answer
        self._bot, self._app, self._tenant, self._locale = bot_identity, app_id, tenant, default_locale
        self._direct = DirectChats() if direct is None else direct
        self._site = site_of(domain)
        self.heard = 0.0  # when the last verified delivery came; 0 before the first

    def handle(self, headers: Mapping[str, str], body: bytes) -> Response:
        """What to answer Feishu over HTTP; never raises, and 5xx only for a message that Feishu should send again."""
        lower = {name.lower(): value for name, value in headers.items()}
        try:
            payload = guard.opened(lower, body, encrypt_key=self._key, token=self._token, now=self._clock())
        except guard.Refused as refused:
            return Response(refused.status, str(refused).encode(), "text/plain")
        if payload.get("type") == "url_verification":
            return _json({"challenge": deliveries.text(payload.get("challenge"))})
        return self.deliver(payload)

    def deliver(self, payload: Mapping[str, Any]) -> Response:
        """The answer to a delivery that was verified already (a long connection has no signature)."""
        self.heard = self._clock()
        header, event = payload.get("header"), payload.get("event")
        if not isinstance(header, dict) or not isinstance(event, dict):
            return _EMPTY  # version 1, or nothing of ours
        if self._app and header.get("app_id") not in (None, self._app):
            return _EMPTY
        tenant = self._tenant = self._tenant or deliveries.text(header.get("tenant_key"))
        event_id = deliveries.text(header.get("event_id"))
        match header.get("event_type"):
            case "im.message.receive_v1":
                return self._on_message(deliveries.message(event, tenant, self._bot_id(event)))
            case "card.action.trigger":
                return self._on_press(event, event_id, tenant)
            case "application.bot.menu_v6":
                return self._on_message(deliveries.menu(event, event_id, tenant))
            case "im.chat.access_event.bot_p2p_chat_entered_v1":
                return self._on_message(deliveries.hello(event, event_id, tenant))
        return _EMPTY

    def _bot_id(self, event: Mapping[str, Any]) -> str:
        """Asked only where it matters: when somebody is mentioned."""
        said = event.get("message")
        return self._bot() if isinstance(said, dict) and said.get("mentions") else ""

    def _on_message(self, message: Message | None) -> Response:
        if message is None:
            return _EMPTY
        if message.entry in ("direct", "hello"):
            self._direct.note(message.place.channel)
        try:
            self._answer(message)
        except OutOfReach:
            return Response(500, b"{}")  # Feishu delivers it again: in 15 s, 5 min, 1 h, 6 h
        except Exception as error:
            log.error("the desk failed on delivery %s: %s", message.delivery, whence(error))
        return _EMPTY

    def _on_press(self, event: Mapping[str, Any], event_id: str, tenant: str) -> Response:
        try:
            message = self._placed(deliveries.press(event, event_id, tenant))
        except deliveries.ForeignButton:
            return self._toast(pressed_unknown(), "warning")
        try:
            answered = self._answer(message)
        except OutOfReach:
            return self._toast(not_stored(message), "error")
        except Exception as error:
            log.error("the desk failed on delivery %s: %s", message.delivery, whence(error))
            return self._toast(apology(message), "error")
        return self._answered(answered, message)

    def _placed(self, message: Message) -> Message:
        if not message.place.shared or message.place.channel not in self._direct:
            return message
        return deliveries.direct(message)

    def _answered(self, answered: Answered, message: Message) -> Response:
        if answered.reply is None:
            return _EMPTY
        worded = words(answered.locale)
        body: dict[str, Any] = {"toast": render.toast(answered.reply, worded)}
        if answered.redraw:
            card = render.card(answered.reply, worded, message.sender.workspace, direct=not message.place.shared, site=self._site)
            body["card"] = {"type": "raw", "data": card}
        return _json(body)

    def _toast(self, reply: Reply, kind: str) -> Response:
        return _json({"toast": render.toast(reply, words(self._locale)) | {"type": kind}})


def _json(body: Mapping[str, Any]) -> Response:
    return Response(200, json.dumps(body, ensure_ascii=False).encode())
