"""A strict Slack: a Web API and response_urls over HTTP, and deliveries signed as Slack signs them."""

import itertools
import json
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

from tests.fakes import slack_blocks, slack_views
from tests.fakes.limits import SlackLimits
from tests.fakes.server import Asked, Server, Told, Trouble
from tests.fakes.slack_deliveries import Deliveries, Delivery
from tests.fakes.slack_views import Modal

_MESSAGE = {"channel", "text", "blocks", "thread_ts", "parse", "link_names", "token"}
_ARGUMENTS = {
    "auth.test": {"token"},
    "users.info": {"user", "include_locale", "token"},
    "conversations.open": {"users", "token"},
    "conversations.history": {"channel", "limit", "include_all_metadata", "token"},
    "chat.postMessage": _MESSAGE | {"mrkdwn", "unfurl_links", "unfurl_media", "metadata"},
    "chat.update": (_MESSAGE - {"thread_ts"}) | {"ts"},
    "chat.postEphemeral": _MESSAGE | {"user"},
    "views.open": {"trigger_id", "view", "token"},
    "views.update": {"view_id", "view", "hash", "token"},
}
TRIGGER_SECONDS = 3.0
_HOOK = {"text", "blocks", "mrkdwn", "response_type", "replace_original", "delete_original", "thread_ts"}


class FakeSlack(Deliveries):
    """`with FakeSlack() as slack:` then SlackFront/SlackSender with slack.secret, slack.token, slack.api_url.

    messages: what a reader sees, as dicts {channel, user ("" unless ephemeral), text, notification, blocks, ts, thread, buttons
    [(label, value)], metadata, ephemeral, edited}. calls: [(method, arguments)].
    """

    def __init__(
        self,
        *,
        team: str = "T1",
        bot_user: str = "UBOT",
        secret: str = "8f742231b10e8888abcd99yyyzzz85a5",
        now: Callable[[], float] = time.time,
    ) -> None:
        self.team, self.bot_user, self.secret, self.token, self.now = team, bot_user, secret, "xoxb-fake-token", now
        self.users: dict[str, dict[str, Any]] = {}
        self.messages: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refuse_user_channels = False  # chat.postMessage(channel=user) is refused: a conversation must be opened
        self.triggers: dict[str, tuple[float, str]] = {}
        self.modals: list[Modal] = []
        self.not_there: set[str] = set()  # channels that we are not in
        self.no_edits = ""  # the word with which chat.update is refused
        self.limits: SlackLimits | None = None  # what is enforced, on the clock of `now`
        self._hooks: dict[str, dict[str, Any]] = {}
        self._count = itertools.count(1)
        self._server = Server(self._answer, lambda asked: asked.path.rpartition("/")[2] if "/api/" in asked.path else "hook")
        for user, name in (("U1", "Anna"), ("U2", "Ben"), ("U3", "Chen")):
            self.add_user(user, name)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._server.stop()

    @property
    def api_url(self) -> str:
        """What goes into TENDAY_SLACK_API_URL."""
        return f"{self._server.url}/api/"

    def add_user(self, user: str, name: str, *, tz: str = "Europe/Berlin", locale: str = "en-US", team: str = "", **flags: Any) -> None:
        """Somebody to be found by users.info; flags such as is_restricted=True, deleted=True."""
        profile = {"display_name": name, "real_name": name, "email": f"{name.lower()}@example.com"}
        self.users[user] = {
            "id": user,
            "team_id": team or self.team,
            "name": name.lower(),
            "tz": tz,
            "locale": locale,
            "profile": profile,
        } | flags

    # --- what goes wrong

    def rate_limit(self, method: str, seconds: int = 7, times: int = 1) -> None:
        """The next calls answer 429 with Retry-After."""
        told = Told(b'{"ok":false,"error":"ratelimited"}', 429, {"retry-after": str(seconds)})
        self._server.trouble(method, Trouble(told=told), times)

    def fail(self, method: str, error: str, times: int = 1) -> None:
        """The next calls answer ok: false with this error."""
        self._server.trouble(method, Trouble(told=_json({"ok": False, "error": error})), times)

    def break_down(self, method: str, status: int = 500, times: int = 1) -> None:
        """The next calls answer an HTML page with this status."""
        self._server.trouble(method, Trouble(told=Told(b"<html>", status, {"content-type": "text/html"})), times)

    def lose(self, method: str, times: int = 1) -> None:
        """The next calls have their effect, and the connection is closed without an answer."""
        self._server.trouble(method, Trouble(lose=True), times)

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        """The next calls are answered late."""
        self._server.trouble(method, Trouble(delay=seconds), times)

    def expire_hooks(self) -> None:
        """All response_urls given out so far stop working."""
        for hook in self._hooks.values():
            hook["uses"] = 0

    def hook(self, channel: str, user: str, ts: str = "") -> str:
        """A fresh response_url, good for five uses."""
        path = f"/hooks/{next(self._count)}"
        self._hooks[path] = {"uses": 5, "channel": channel, "user": user, "ts": ts}
        return self._server.url + path

    # --- forms

    def modal(self, user: str = "U1") -> Modal:
        """The form that somebody has open."""
        found = [m for m in self.modals if m.user == user and m.open]
        assert found, f"{user} has no form open"
        return found[-1]

    def submit(self, modal: Modal, **changed: Any) -> Delivery:
        """A signed view_submission of what stands in a form now."""
        assert modal.open
        assert not modal.missing(), f"Slack asks for {modal.missing()} first"
        modal.errors = {}
        return self._from(modal, {"type": "view_submission", "response_urls": []} | changed)

    def press_in(self, modal: Modal, label: str, **changed: Any) -> Delivery:
        """A signed press of a button inside a form."""
        assert modal.open
        value = dict(slack_blocks.buttons(modal.view["blocks"]))[label]
        action = {"type": "button", "action_id": "say-1", "block_id": "b1", "value": value, "action_ts": self.ts()}
        container = {"type": "view", "view_id": modal.id}
        return self._from(modal, {"type": "block_actions", "actions": [action], "container": container} | changed)

    def _from(self, modal: Modal, more: Mapping[str, Any]) -> Delivery:
        user = {"id": modal.user, "username": modal.user.lower(), "name": modal.user.lower(), "team_id": self.team}
        body = {"team": {"id": self.team, "domain": "example"}, "user": user, "api_app_id": "A1", "view": modal.payload()}
        return self.payload(body | {"trigger_id": self.trigger(modal.user)} | dict(more))

    def answered(self, modal: Modal, body: bytes) -> None:
        """What a submission's acknowledgement does to the form; raises for an invalid one."""
        said = json.loads(body) if body else {}
        match said.get("response_action"):
            case None | "clear":
                assert set(said) <= {"response_action"}, said
                modal.open = False
            case "errors":
                inputs = {b["block_id"]: b["label"]["text"] for b in modal.view["blocks"] if b["type"] == "input"}
                assert said["errors"], "no error"
                assert set(said["errors"]) <= set(inputs), said
                modal.errors = {inputs[block]: text for block, text in said["errors"].items()}
            case "update":
                assert not slack_views.problems_of(said["view"]), slack_views.problems_of(said["view"])
                modal.show(said["view"], self.ts())
            case other:
                raise AssertionError(other)

    # --- the Web API

    def _answer(self, asked: Asked) -> Told:
        if asked.path in self._hooks:
            return self._hooked(self._hooks[asked.path], json.loads(asked.body))
        method, arguments = asked.path.rpartition("/")[2], _arguments(asked)
        self.calls.append((method, arguments))
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return _json({"ok": False, "error": "invalid_auth"})
        if unknown := set(arguments) - _ARGUMENTS.get(method, set(arguments)):
            return _json({"ok": False, "error": "invalid_arguments", "unknown": sorted(unknown)})
        if self.limits and (refused := self.limits.refusal(method, arguments, self.now())):
            return refused
        answer = getattr(self, "_" + method.replace(".", "_"), None)
        return _json(answer(arguments) if answer else {"ok": False, "error": "unknown_method"})

    def _auth_test(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {"ok": True, "team_id": self.team, "user_id": self.bot_user, "bot_id": "B1", "user": "tenday", "team": "Example"}

    def _users_info(self, said: Mapping[str, Any]) -> dict[str, Any]:
        user = self.users.get(said["user"])
        return {"ok": True, "user": user} if user else {"ok": False, "error": "user_not_found"}

    def _conversations_open(self, said: Mapping[str, Any]) -> dict[str, Any]:
        if said["users"] not in self.users:
            return {"ok": False, "error": "user_not_found"}
        return {"ok": True, "channel": {"id": f"D{said['users']}"}}

    def _conversations_history(self, said: Mapping[str, Any]) -> dict[str, Any]:
        there = [m for m in self.messages if m["channel"] == said["channel"] and not m["ephemeral"]]
        return {"ok": True, "messages": [{"ts": m["ts"], "metadata": m["metadata"]} for m in reversed(there)]}

    def _chat_postMessage(self, said: Mapping[str, Any]) -> dict[str, Any]:
        channel = str(said.get("channel", ""))
        if channel in self.users:
            if self.refuse_user_channels:
                return {"ok": False, "error": "channel_not_found"}
            channel = f"D{channel}"
        if not channel.startswith(("C", "D", "G")):
            return {"ok": False, "error": "channel_not_found"}
        if wrong := _wrong(said):
            return wrong
        return self._kept(channel, said)

    def _chat_postEphemeral(self, said: Mapping[str, Any]) -> dict[str, Any]:
        if said["user"] not in self.users:
            return {"ok": False, "error": "user_not_in_channel"}
        if said["channel"] in self.not_there:
            return {"ok": False, "error": "not_in_channel"}
        return _wrong(said) or self._kept(said["channel"], said, user=said["user"])

    def _chat_update(self, said: Mapping[str, Any]) -> dict[str, Any]:
        found = self.at(said["ts"])
        if self.no_edits or found is None or found["channel"] != said["channel"] or found["ephemeral"]:
            return {"ok": False, "error": self.no_edits or "message_not_found"}
        if wrong := _wrong(said):
            return wrong
        found.update(_shown(said), edited=True)
        return {"ok": True, "ts": said["ts"], "channel": said["channel"]}

    def _views_open(self, said: Mapping[str, Any]) -> dict[str, Any]:
        issued = self.triggers.pop(said["trigger_id"], None)
        if issued is None:
            return {"ok": False, "error": "exchanged_trigger_id"}
        if self.now() - issued[0] > TRIGGER_SECONDS:
            return {"ok": False, "error": "expired_trigger_id"}
        if problems := slack_views.problems_of(said["view"]):
            return {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": problems}}
        modal = Modal(f"V{next(self._count)}", issued[1], {}, "")
        modal.show(said["view"], self.ts())
        self.modals.append(modal)
        return {"ok": True, "view": modal.payload()}

    def _views_update(self, said: Mapping[str, Any]) -> dict[str, Any]:
        modal = next((m for m in self.modals if m.id == said["view_id"] and m.open), None)
        if modal is None:
            return {"ok": False, "error": "not_found"}
        if said.get("hash", modal.hash) != modal.hash:
            return {"ok": False, "error": "hash_conflict"}
        if problems := slack_views.problems_of(said["view"]):
            return {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": problems}}
        modal.show(said["view"], self.ts())
        return {"ok": True, "view": modal.payload()}

    def _hooked(self, hook: dict[str, Any], said: dict[str, Any]) -> Told:
        self.calls.append(("hook", said))
        if hook["uses"] <= 0:
            return Told(b"expired_url", 404, {"content-type": "text/plain"})
        if set(said) - _HOOK or _wrong(said):
            return Told(b"invalid_blocks", 400, {"content-type": "text/plain"})
        hook["uses"] -= 1
        found = self.at(hook["ts"]) if said.get("replace_original") else None
        if found is not None:
            found.update(_shown(said), edited=True)
        else:
            ephemeral = said.get("response_type", "ephemeral") == "ephemeral"
            self._kept(hook["channel"], said, user=hook["user"] if ephemeral else "")
        return Told(b"ok", headers={"content-type": "text/plain"})

    def at(self, ts: str) -> dict[str, Any] | None:
        """The message with this ts."""
        return next((m for m in self.messages if m["ts"] == ts), None)

    def acknowledged(self, body: bytes, channel: str = "C1", user: str = "U1") -> dict[str, Any] | None:
        """What a command's acknowledgement shows, as a message of the list; None for an empty one; raises for an invalid one."""
        said = json.loads(body) if body else None
        if said is None:
            return None
        assert not set(said) - _HOOK, set(said) - _HOOK
        assert not _wrong(said), _wrong(said)
        self._kept(channel, said, user=user)
        return self.messages[-1]

    def _kept(self, channel: str, said: Mapping[str, Any], user: str = "") -> dict[str, Any]:
        ts = self.ts()
        fields = {
            "channel": channel,
            "user": user,
            "ts": ts,
            "thread": said.get("thread_ts") or "",
            "ephemeral": bool(user),
            "edited": False,
        }
        self.messages.append(fields | {"metadata": said.get("metadata") or {}} | _shown(said))
        return {"ok": True, "ts": ts, "channel": channel, "message_ts": ts}


def _shown(said: Mapping[str, Any]) -> dict[str, Any]:
    blocks = said["blocks"]
    return {"text": slack_blocks.flat(blocks), "notification": said["text"], "blocks": blocks, "buttons": slack_blocks.buttons(blocks)}


def _wrong(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """Slack's refusal of a message, None for a good one."""
    text = said.get("text")
    if not isinstance(text, str) or not text:
        return {"ok": False, "error": "no_text"}
    if len(text) > 4000:
        return {"ok": False, "error": "msg_too_long"}
    if problems := slack_blocks.problems_of(said.get("blocks")):
        return {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": problems}}
    metadata = said.get("metadata")
    if metadata and {"event_type", "event_payload"} != set(metadata):
        return {"ok": False, "error": "invalid_metadata_format"}
    return None


def _arguments(asked: Asked) -> dict[str, Any]:
    if "json" in asked.headers.get("content-type", ""):
        said: dict[str, Any] = json.loads(asked.body) if asked.body else {}
    else:
        said = dict(parse_qsl(asked.body.decode(), keep_blank_values=True))
    return {k: json.loads(v) if k in ("blocks", "metadata", "view") and isinstance(v, str) else v for k, v in said.items()}


def _json(body: Mapping[str, Any]) -> Told:
    return Told(json.dumps(body).encode())


__all__ = ["Delivery", "FakeSlack", "Modal"]
