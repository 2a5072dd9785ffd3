"""Deliveries signed as Slack signs them: commands, events and presses."""

import itertools
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from bot.slack.guard import signature

Delivery = tuple[dict[str, str], bytes]


class Deliveries:
    """What Slack sends for one app in one workspace; each is (headers, body), to be handed to SlackFront.handle."""

    team: str
    bot_user: str
    secret: str
    now: Callable[[], float]
    users: dict[str, dict[str, Any]]
    triggers: dict[str, tuple[float, str]]
    _count: "itertools.count[int]"

    def hook(self, channel: str, user: str, ts: str = "") -> str:
        """A fresh response_url."""
        raise NotImplementedError

    def command(self, text: str, user: str = "U1", *, channel: str = "C1", channel_name: str = "general", **changed: Any) -> Delivery:
        """A signed slash command: `command("/okr mine")`. Text as Slack sends it (should_escape: <@U2|ben>)."""
        name, _, rest = text.partition(" ")
        form = {
            "token": "deprecated",
            "team_id": self.team,
            "team_domain": "example",
            "channel_id": channel,
            "channel_name": channel_name,
            "user_id": user,
            "user_name": self.users.get(user, {}).get("name", user.lower()),
            "command": name,
            "text": rest,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": self.hook(channel, user),
            "trigger_id": self.trigger(user),
        }
        return self.signed(urlencode(form | changed).encode(), "application/x-www-form-urlencoded")

    def direct(self, text: str, user: str = "U1", **changed: Any) -> Delivery:
        """A signed message.im event. Further fields of the event as keywords (thread_ts=…, subtype=…)."""
        event = {"type": "message", "channel_type": "im", "channel": f"D{user}", "user": user, "text": text, "team": self.team}
        return self.event(event | changed)

    def mention(self, text: str, user: str = "U1", *, channel: str = "C1", **changed: Any) -> Delivery:
        """A signed app_mention: the text begins with our mention unless it holds one."""
        said = text if f"<@{self.bot_user}" in text else f"<@{self.bot_user}> {text}"
        return self.event({"type": "app_mention", "channel": channel, "user": user, "text": said, "team": self.team} | changed)

    def event(self, event: Mapping[str, Any], **envelope: Any) -> Delivery:
        """Any signed event; ts and event_id are made up."""
        ts = self.ts()
        body = {
            "token": "deprecated",
            "team_id": self.team,
            "api_app_id": "A1",
            "event": {"ts": ts, "event_ts": ts, "client_msg_id": f"id-{ts}"} | dict(event),
            "type": "event_callback",
            "event_id": f"Ev{next(self._count)}",
            "event_time": int(self.now()),
            "authorizations": [{"team_id": self.team, "user_id": self.bot_user, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
        } | envelope
        return self.signed(json.dumps(body).encode(), "application/json")

    def press(
        self,
        value: str,
        user: str = "U1",
        *,
        message: Mapping[str, Any] | None = None,
        channel: str = "C1",
        home: str = "",
        **changed: Any,
    ) -> Delivery:
        """A signed press of a button by its value; message: one of `messages`, where the button stands; home: the presser's workspace."""
        said = message or {"channel": channel, "ts": self.ts(), "ephemeral": False, "thread": ""}
        where, ephemeral = str(said["channel"]), bool(said["ephemeral"])
        body = {
            "type": "block_actions",
            "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": home or self.team},
            "api_app_id": "A1",
            "container": {"type": "message", "message_ts": said["ts"], "channel_id": where, "is_ephemeral": ephemeral},
            "trigger_id": self.trigger(user),
            "team": {"id": self.team, "domain": "example"},
            "channel": {"id": where, "name": "directmessage" if where.startswith("D") else "general"},
            "response_url": self.hook(where, user, str(said["ts"])),
            "actions": [{"type": "button", "action_id": "say-1", "block_id": "b1", "value": value, "action_ts": self.ts()}],
        } | changed
        if said.get("thread"):
            body["container"]["thread_ts"] = said["thread"]
        return self.payload(body)

    def payload(self, body: Mapping[str, Any]) -> Delivery:
        """Any signed interactive payload."""
        return self.signed(urlencode({"payload": json.dumps(body)}).encode(), "application/x-www-form-urlencoded")

    def challenge(self) -> Delivery:
        """A signed url_verification."""
        return self.signed(b'{"type":"url_verification","challenge":"abc","token":"deprecated"}', "application/json")

    def signed(self, body: bytes, kind: str, *, at: float | None = None, secret: str | None = None) -> Delivery:
        """Any body with the headers that Slack would send."""
        stamp = str(int(self.now() if at is None else at))
        signed = signature(self.secret if secret is None else secret, stamp, body)
        return {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signed}, body

    def opened_home(self, user: str = "U1", tab: str = "messages") -> Delivery:
        """A signed app_home_opened: somebody opened their conversation with us."""
        return self.event({"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": tab})

    def trigger(self, user: str) -> str:
        """A fresh trigger_id, good for one form within three seconds."""
        trigger = f"{next(self._count)}.{self.team}.trigger"
        self.triggers[trigger] = (self.now(), user)
        return trigger

    def ts(self) -> str:
        return f"{int(self.now())}.{next(self._count):06d}"
