"""Hears Slack over Socket Mode: the same deliveries in envelopes over a connection that we open; it answers nothing by itself.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.kept import Kept, Refused
from bot.sending import Response
from bot.slack import people
from bot.slack.guard import well_formed
from bot.slack.hook import post
from bot.slack.refusals import retry_after, word_of
from bot.wire import Patience, Wire, dial

HOOK_SECONDS = 2.0
log = logging.getLogger(__name__)
Deliver = Callable[[dict[str, Any], str], Response]
# Slack's own words for leaving: a connection is renewed in advance at these, and missed at any other
_PLANNED = frozenset(("warning", "refresh_requested"))


class SocketMode:
    """One connection of one app. deliver: SlackFront's. Of several processes on one app each gets some of the envelopes."""

    def __init__(
        self,
        *,
        app_token: str,
        deliver: Deliver,
        api_url: str = "https://slack.com/api/",
        patience: Patience = Patience(),  # noqa: B008  (frozen)
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._token, self._deliver, self._patience, self._clock = app_token, deliver, patience, clock
        self._web = people.client(app_token, api_url, patience.opening)
        self.kept = Kept("slack", self._open, patience=patience, clock=clock)

    def _open(self) -> Wire:
        """The address is good for one connection, and is a secret."""
        try:
            said: Any = self._web.apps_connections_open(app_token=self._token).data
        except SlackApiError as error:
            wait = retry_after(error.response.headers) if error.response.status_code == 429 else 0.0
            raise Refused(word_of(error) or f"http {error.response.status_code}", wait) from None
        return Wire(dial(str(said["url"]), self._patience), self._take, patience=self._patience, clock=self._clock)

    def _take(self, wire: Wire, raw: str | bytes) -> None:
        said: Any = json.loads(raw)
        match said.get("type"):
            case "hello":
                wire.greeted = True
            case "disconnect":
                self._left(wire, str(said.get("reason") or "disconnect"))
            case _ if isinstance(said.get("envelope_id"), str):
                self.kept.hand(self._answer, wire, said)

    def _left(self, wire: Wire, reason: str) -> None:
        """Before a planned break there is time to open the next one; link_disabled and too_many_websockets do not pass by themselves."""
        planned = reason in _PLANNED
        wire.replace(reason, 0.0 if planned else self._patience.longest, planned=planned)

    def _answer(self, wire: Wire, envelope: dict[str, Any]) -> None:
        """Acknowledged after our commit; an event that could not be stored is not, and Slack delivers it again."""
        payload, mark = envelope.get("payload"), envelope["envelope_id"]
        answer = self._deliver(payload, mark) if isinstance(payload, dict) and well_formed(payload) else Response(400)
        if answer.status >= 500:
            return
        said: dict[str, Any] = {"envelope_id": mark}
        if answer.body and answer.status == 200 and envelope.get("accepts_response_payload") is True:
            said["payload"] = json.loads(answer.body)
        if not self.kept.send(json.dumps(said, ensure_ascii=False), wire):
            log.warning("an acknowledgement did not reach Slack")
            self._by_hook(payload, said.get("payload"))

    def _by_hook(self, delivery: Any, answer: Any) -> None:
        """A command is not delivered again: its answer takes the other way there is."""
        hook = delivery.get("response_url") if isinstance(delivery, dict) and "command" in delivery else None
        if answer and isinstance(hook, str):
            post(hook, answer, HOOK_SECONDS)
