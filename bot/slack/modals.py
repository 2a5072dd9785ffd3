"""Opens forms as modals and answers what is sent from them: one attempt each, in time for Slack's three seconds."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.excuses import pressed_unknown, readable, whence
from bot.messages import Message
from bot.replies import Copy, Reply, Say
from bot.sending import Answered
from bot.slack import forms
from bot.slack.blocks import cut
from bot.slack.forms import Standing
from bot.slack.refusals import word_of
from bot.slack.submissions import Sending, opened_by
from bot.wording import Words, words

log = logging.getLogger(__name__)
_OK = BoltResponse(status=200)


class Modals:
    """The modals of one workspace."""

    def __init__(self, web: WebClient) -> None:
        self._web = web

    def opened(self, message: Message, answered: Answered) -> bool:
        """Whether the answer's form is open now; a trigger opens one form, once and for three seconds."""
        if answered.reply is None or answered.reply.form is None or not message.trigger:
            return False
        before = Standing(opened=opened_by(message))
        drawn = forms.view(answered.reply, words(answered.locale), message.sender.workspace, before)
        return drawn is not None and self._did("open", lambda: self._web.views_open(trigger_id=message.trigger, view=drawn))

    def answer(self, sending: Sending, answered: Answered) -> BoltResponse:
        """Closes the form, or draws it anew with everything that was typed."""
        reply, worded = answered.reply, words(answered.locale)
        if reply is None:
            return self._replaced(sending, forms.done(sending.view, worded)) if sending.pressed else _action("clear")
        if reply.form is None:
            return self.kept(sending, reply, worded)
        workspace = sending.message.sender.workspace
        wrong = None if sending.pressed else forms.errors(reply, worded, workspace, sending.standing)
        if wrong is not None:
            return _action("errors", errors=wrong)
        drawn = forms.view(reply, worded, workspace, sending.standing)
        return self.kept(sending, reply, worded) if drawn is None else self._replaced(sending, drawn)

    def kept(self, sending: Sending, reply: Reply, worded: Words) -> BoltResponse:
        """The form stays as it is, with a word in it on why."""
        last = forms.last_input(sending.view)
        if last and not sending.pressed:
            return _action("errors", errors={last: cut(_plain(reply, worded), forms.MAX_ERROR)})
        return self._replaced(sending, forms.again(sending.view, reply, worded, sending.message.sender.workspace))

    def unknown(self, body: Mapping[str, Any], worded: Words) -> BoltResponse:
        """A form that we cannot read any more: what was typed stays to be copied."""
        shown: Mapping[str, Any] = body.get("view") or {}
        last = forms.last_input(shown)
        if body.get("type") != "view_submission" or not last:
            return _OK
        return _action("errors", errors={last: _plain(pressed_unknown(), worded)})

    def _replaced(self, sending: Sending, drawn: dict[str, Any]) -> BoltResponse:
        """Another view in the form's place; one that was drawn meanwhile by another press is left as it is."""
        if not sending.pressed:
            return _action("update", view=drawn)
        at = {"view_id": str(sending.view.get("id")), "hash": str(sending.view.get("hash"))}
        self._did("update", lambda: self._web.views_update(view=drawn, **at))
        return _OK

    def _did(self, what: str, call: Any) -> bool:
        try:
            call()
        except SlackApiError as error:
            log.warning("Slack did not %s a form: %s", what, word_of(error))
            return False
        except Exception as error:
            log.warning("Slack did not %s a form: %s", what, whence(error))
            return False
        return True


def _action(action: str, **more: Any) -> BoltResponse:
    body = json.dumps({"response_action": action, **more}, ensure_ascii=False)
    return BoltResponse(status=200, body=body, headers={"content-type": "application/json"})


def _plain(reply: Reply, worded: Words) -> str:
    """What is said and what is to be copied, as one line below a field."""
    lines = [worded.plain(part) if isinstance(part, Say) else readable(part.text) for part in reply.parts if isinstance(part, Say | Copy)]
    return " ".join(" ".join(lines).split()) or "–"
