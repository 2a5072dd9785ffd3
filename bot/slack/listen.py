"""Hears Slack: verifies what comes over HTTP, lets Bolt sort it, hands a Message to the desk; its answer is in the acknowledgement."""

import json
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse

from bot.excuses import apology, not_stored, pressed_unknown, whence
from bot.messages import Message, OutOfReach
from bot.replies import Reply, Rule
from bot.sending import Answered, Profile, Response
from bot.slack import deliveries, guard, people, render, submissions
from bot.slack.hook import post
from bot.slack.modals import Modals
from bot.wording import words

PROFILE_SECONDS = 1.0
HOOK_SECONDS = 2.0
log = logging.getLogger(__name__)
_environment = threading.Lock()
_ANY = re.compile(".*", re.DOTALL)
_SAID, _SIGNATURE = "tenday_said", "tenday_signature"


def _nobody_known(_workspace: str, _user: str) -> bool:
    return True


def _not_learnt(_workspace: str, _user: str, _profile: Profile) -> None:
    return


class SlackFront:
    """Slack's side of the house. answer: the desk. meet: whether an account is known. learn: is given a newcomer's profile."""

    def __init__(
        self,
        *,
        signing_secret: str,
        bot_token: str,
        answer: Callable[[Message], Answered],
        clock: Callable[[], float],
        api_url: str = "https://slack.com/api/",
        meet: Callable[[str, str], bool] = _nobody_known,
        learn: Callable[[str, str, Profile], None] = _not_learnt,
        default_locale: str = "en",
    ) -> None:
        self._secret, self._token, self._clock = signing_secret, bot_token, clock
        self._answer, self._meet, self._learn = answer, meet, learn
        self._locale = default_locale
        self.heard = 0.0  # when the last verified delivery came; 0 before the first
        self._web = people.client(bot_token, api_url, PROFILE_SECONDS)
        self._ourselves = people.Ourselves(self._web, clock)
        self._modals = Modals(self._web)
        self.bolt = self._app()

    def handle(self, headers: Mapping[str, str], body: bytes) -> Response:
        """What to answer Slack over HTTP; never raises, and 5xx only for an event that Slack should send again."""
        lower = {name.lower(): value for name, value in headers.items()}
        try:
            payload = guard.opened(lower, body, self._secret, self._clock())
        except guard.Refused as refused:
            return Response(refused.status, str(refused).encode(), "text/plain")
        return self.deliver(payload, lower["x-slack-signature"])

    def deliver(self, payload: dict[str, Any], mark: str) -> Response:
        """The answer to a delivery that is known to be Slack's and well formed; never raises. mark: what tells it from any other."""
        self.heard = self._clock()
        try:
            return self._sorted(payload, mark)
        except Exception as error:  # Bolt takes shapes for granted that only garbage lacks
            log.warning("a Slack delivery could not be read: %s", whence(error))
            return Response(400, b"malformed", "text/plain")

    def _sorted(self, payload: dict[str, Any], mark: str) -> Response:
        # a parsed body, because Bolt's own parser takes any form with the word "payload" in it for an interactive one
        request = BoltRequest(body=payload, mode="socket_mode", context={_SIGNATURE: mark})
        answer = self.bolt.dispatch(request)
        if answer.status == 404:  # a kind of delivery that we do not speak: heard, and nothing to say
            return Response(200)
        if answer.status >= 500 and _SAID not in request.context:
            log.warning("a Slack delivery of type %s could not be sorted", payload.get("type", "command"))
            return Response(400, b"malformed", "text/plain")
        return Response(answer.status, answer.body.encode(), answer.first_headers().get("content-type", "text/plain"))

    def _app(self) -> App:
        def authorize(team_id: str | None) -> AuthorizeResult:  # Bolt cannot call a bound method here
            return self._authorized(team_id)

        with _environment, _without_bolts_variables():
            app = App(
                name=people.quiet.name,  # Bolt gives the logger of this name our quiet logger's level: "tenday" would silence all of ours
                logger=people.quiet,
                authorize=authorize,
                process_before_response=True,
                request_verification_enabled=False,  # guard.py has done it, before anything was parsed
                attaching_function_token_enabled=False,
                attaching_conversation_kwargs_enabled=False,
            )
        app.command(_ANY)(self._on_command)
        app.action(_ANY)(self._on_press)
        app.view(_ANY)(self._on_form)
        app.event(_ANY)(self._on_event)
        return app

    def _authorized(self, team_id: str | None) -> AuthorizeResult:
        us = self._ourselves.get()
        return AuthorizeResult(
            enterprise_id=us.enterprise or None,
            team_id=us.team or team_id,
            bot_user_id=us.user or None,
            bot_id=us.bot or None,
            bot_token=self._token,
        )

    def _on_command(self, body: dict[str, Any], context: dict[str, Any]) -> BoltResponse:
        context[_SAID] = True
        message = deliveries.command(body, self._ourselves.get(), context[_SIGNATURE])
        try:
            answered = self._ask(message)
        except Exception as error:
            return _ephemeral(self._excuse(message, error), self._locale, message.sender.workspace)
        if answered.reply is None or self._modals.opened(message, answered):
            return BoltResponse(status=200)
        return _ephemeral(answered.reply, answered.locale, message.sender.workspace)

    def _on_event(self, body: dict[str, Any], context: dict[str, Any]) -> BoltResponse:
        context[_SAID] = True
        message = deliveries.event(body, self._ourselves.get())
        if message is None:
            return BoltResponse(status=200)
        try:
            self._ask(message)
        except OutOfReach:
            return BoltResponse(status=500)  # Slack delivers it again: at once, in a minute, in five
        except Exception as error:
            self._excuse(message, error)
        return BoltResponse(status=200)

    def _on_press(self, body: dict[str, Any], context: dict[str, Any]) -> BoltResponse:
        if submissions.is_in_form(body):
            return self._on_form(body, context)
        context[_SAID] = True
        try:
            message = deliveries.press(body, self._ourselves.get(), context[_SIGNATURE])
        except deliveries.ForeignButton as foreign:
            self._tell(foreign.hook, pressed_unknown(), "", self._locale)
            return BoltResponse(status=200)
        try:
            answered = self._ask(message)
        except Exception as error:
            answered = Answered(self._excuse(message, error), self._locale)
        if answered.reply is not None and not self._modals.opened(message, answered):
            self._tell(message.hook, answered.reply, message.sender.workspace, answered.locale)
        return BoltResponse(status=200)

    def _on_form(self, body: dict[str, Any], context: dict[str, Any]) -> BoltResponse:
        """A form that was sent, or a press inside one."""
        context[_SAID] = True
        try:
            sending = submissions.read(body, self._ourselves.get())
        except submissions.ForeignForm:
            return self._modals.unknown(body, words(self._locale))
        try:
            answered = self._ask(sending.message)
        except Exception as error:
            return self._modals.kept(sending, self._excuse(sending.message, error), words(self._locale))
        return self._modals.answer(sending, answered)

    def _ask(self, message: Message) -> Answered:
        """The desk's answer; newcomers, and whom it names, are looked up first, outside any transaction, and handed on afterwards."""
        sender = message.sender
        met = {} if sender.outsider else self._met(sender.workspace, (sender.user, *(m.user for m in message.mentions)))
        if profile := met.get(sender.user):
            named = replace(sender, name=profile.name or sender.name, outsider=profile.outsider)
            named = replace(named, locale=profile.locale or "", timezone=profile.timezone or "")
            message = replace(message, sender=named)
        if guests := {user for user, of in met.items() if of.outsider}:
            message = replace(message, mentions=tuple(replace(m, outsider=m.outsider or m.user in guests) for m in message.mentions))
        answered = self._answer(message)
        for user, of in met.items():
            if not of.outsider:
                self._hand_on(sender.workspace, user, of)
        return answered

    def _met(self, workspace: str, users: tuple[str, ...]) -> dict[str, Profile]:
        """The profiles of those among them whom we meet for the first time, as far as Slack tells them in time."""
        enough = self._clock() + PROFILE_SECONDS
        met: dict[str, Profile] = {}
        for user in users:
            if user and user not in met and self._clock() < enough and not self._meet(workspace, user):
                profile = people.profile_of(self._web, user)
                if profile is not None:
                    met[user] = profile
        return met

    def _hand_on(self, workspace: str, user: str, profile: Profile) -> None:
        try:
            self._learn(workspace, user, profile)
        except Exception as error:  # the answer is committed: a profile is not worth losing it
            log.warning("a profile could not be stored: %s", whence(error))

    def _excuse(self, message: Message, error: Exception) -> Reply:
        if isinstance(error, OutOfReach):
            return not_stored(message)
        log.error("the desk failed on delivery %s: %s", message.delivery, whence(error))
        return apology(message)

    def _tell(self, hook: str, reply: Reply, workspace: str, locale: str) -> None:
        """Best effort: an excuse, or a form that could not open by itself, for the presser's eyes alone."""
        if hook:
            body = render.message(reply, words(locale), workspace)
            post(hook, {"response_type": "ephemeral", "replace_original": False, **body}, HOOK_SECONDS)


def _ephemeral(reply: Reply, locale: str, workspace: str) -> BoltResponse:
    """The acknowledgement of a command: only the asker sees it, so what is for them alone stands below."""
    if reply.aside is not None:
        reply = replace(reply, parts=(*reply.parts, Rule(), *reply.aside.parts), aside=None)
    body = {"response_type": "ephemeral", **render.message(reply, words(locale), workspace)}
    return BoltResponse(status=200, body=json.dumps(body, ensure_ascii=False))


@contextmanager
def _without_bolts_variables() -> Iterator[None]:
    """Bolt reads SLACK_CLIENT_ID and friends by itself, and changes its mode silently."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)
