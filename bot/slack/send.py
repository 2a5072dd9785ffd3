"""Sends to Slack: one attempt, and an honest word on what became of it. It knows no outbox."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.sending import EPHEMERAL, UNREACHABLE, Address, Later, Never, Outcome, Outgoing, Profile, Sent, Unknown
from bot.slack import people, render
from bot.slack.hook import post
from bot.slack.refusals import NOT_THERE, broken, refused, word_of
from bot.wording import kept_words

SECONDS = 5.0

EVENT_TYPE = "tenday"
READ_BACK = 50


class SlackSender:
    """Slack's Web API for one workspace. clock: the machine's, in seconds."""

    def __init__(self, *, bot_token: str, clock: Callable[[], float], api_url: str = "https://slack.com/api/") -> None:
        self._web = people.client(bot_token, api_url, SECONDS)
        self._ourselves = people.Ourselves(self._web, clock)
        self._conversations: dict[str, str] = {}
        self._clock = clock
        self._trouble, self._probe_after = "", 0.0
        self._lock = threading.Lock()

    def send(self, outgoing: Outgoing) -> Outcome:
        """One attempt; never raises for what Slack or the network does."""
        body = render.message(outgoing.reply, kept_words(outgoing.locale), outgoing.workspace)
        outcome = self._by_hook(outgoing.to, body) if outgoing.to.hook else None
        if outcome is None:
            outcome = self._tried(lambda: self._by_api(outgoing, body))
        self._note(outcome)
        return outcome

    def posted(self, outgoing: Outgoing, _age: float = 0.0) -> Outcome | None:
        """Sent when a message whose outcome is unknown has arrived, None when it has not or changes a card to the same once more.

        Else why that cannot be told: only direct messages can be read back. Their keys are looked for among the conversation's last
        ones; give a slow post some seconds before asking.
        """
        to = outgoing.to
        if not _is_direct(to):
            return None if to.message else Unknown("not a direct message")
        found: list[Sent] = []

        def look() -> Outcome:
            found.extend(self._found(outgoing))
            return Sent()

        outcome = self._tried(look)
        return next(iter(found), None) if isinstance(outcome, Sent) else outcome

    def _found(self, outgoing: Outgoing) -> Iterator[Sent]:
        channel = outgoing.to.channel or self._conversation(outgoing.to.user)
        answer: Any = self._web.conversations_history(channel=channel, limit=READ_BACK, include_all_metadata=True).data
        for said in answer.get("messages", ()):
            if ((said.get("metadata") or {}).get("event_payload") or {}).get("key") == outgoing.key:
                yield Sent(str(said.get("ts", "")))

    def profile(self, user: str) -> Profile | None:
        """What Slack knows of a person; None when it does not say."""
        return people.profile_of(self._web, user)

    def reachable(self) -> str:
        """ "" when the last call got through, else why not; in trouble it asks Slack again, at most every half minute."""
        if not self._ourselves.get().team:
            return self._trouble or "slack: auth.test failed"
        if self._trouble and self._clock() >= self._probe_after:
            self._probe_after = self._clock() + people.RETRY_SECONDS
            self._trouble = "" if self._ourselves.ask() else self._trouble
        return self._trouble

    def _note(self, outcome: Outcome) -> None:
        broken_off = isinstance(outcome, Unknown) or (isinstance(outcome, Later) and outcome.reason == UNREACHABLE)
        setup = isinstance(outcome, Never) and outcome.why == "setup"
        self._trouble = f"slack: {getattr(outcome, 'reason', '')}" if broken_off or setup else ""
        self._probe_after = self._clock() + people.RETRY_SECONDS

    def _tried(self, call: Callable[[], Outcome]) -> Outcome:
        try:
            return call()
        except SlackApiError as error:
            if word_of(error) == "account_inactive":  # of the person, or of our own token: the word is the same
                return self._inactive()
            return refused(error)
        except Exception as error:
            return broken(error)

    def _inactive(self) -> Never:
        try:
            self._web.auth_test()
        except Exception:
            return Never("setup", "account_inactive")
        return Never("gone", "account_inactive")

    def _by_hook(self, to: Address, body: Mapping[str, Any]) -> Outcome | None:
        """Into the response_url: a redraw in place, a word for one person, or a message; None when it has expired."""
        if to.message:
            outcome = post(to.hook, {"replace_original": True, **body}, SECONDS)
        else:
            kind = "ephemeral" if to.user else "in_channel"
            outcome = post(to.hook, {"response_type": kind, "replace_original": False, **body}, SECONDS)
        return Sent(to.message) if isinstance(outcome, Sent) and to.message != EPHEMERAL else outcome

    def _by_api(self, outgoing: Outgoing, body: dict[str, Any]) -> Sent:
        to = outgoing.to
        if to.message and to.message != EPHEMERAL:
            channel = to.channel or self._conversation(to.user)
            self._web.chat_update(channel=channel, ts=to.message, text=body["text"], blocks=body["blocks"], parse="none", link_names=False)
            return Sent(to.message)
        if to.channel and to.user:
            return self._aside(outgoing, body)
        return self._posted(outgoing, body)

    def _aside(self, outgoing: Outgoing, body: dict[str, Any]) -> Sent:
        """For one person's eyes in a channel; in their own conversation where we are not in that channel."""
        to = outgoing.to
        try:
            self._web.chat_postEphemeral(
                channel=to.channel,
                user=to.user,
                text=body["text"],
                blocks=body["blocks"],
                thread_ts=to.thread or None,
                parse="none",
                link_names=False,
            )
        except SlackApiError as error:
            if word_of(error) not in NOT_THERE:
                raise
            alone = Address(user=to.user)
            return self._posted(replace(outgoing, to=alone), body)
        return Sent()

    def _posted(self, outgoing: Outgoing, body: dict[str, Any]) -> Sent:
        to = outgoing.to
        try:
            return self._post(to.channel or to.user, outgoing, body)
        except SlackApiError as error:
            if to.channel or word_of(error) != "channel_not_found":
                raise
        return self._post(self._conversation(to.user), outgoing, body)

    def _post(self, channel: str, outgoing: Outgoing, body: dict[str, Any]) -> Sent:
        answer: Any = self._web.chat_postMessage(
            channel=channel,
            text=body["text"],
            blocks=body["blocks"],
            mrkdwn=False,
            parse="none",
            link_names=False,
            thread_ts=outgoing.to.thread or None,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": outgoing.key}},
            unfurl_links=False,
            unfurl_media=False,
        ).data
        return Sent(str(answer.get("ts") or ""))

    def _conversation(self, user: str) -> str:
        """The id of the direct conversation with somebody."""
        with self._lock:
            known = self._conversations.get(user)
        if known is None:
            answer: Any = self._web.conversations_open(users=user).data
            known = str(answer["channel"]["id"])
            with self._lock:
                self._conversations[user] = known
        return known


def _is_direct(to: Address) -> bool:
    """Whether it stands in somebody's own conversation with us, which we may read; what a hook or an aside shows is in no history."""
    return not to.hook and (to.channel.startswith("D") if not to.user else not to.channel)
