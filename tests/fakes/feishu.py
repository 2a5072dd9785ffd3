"""A strict Feishu: its open API over HTTP, and deliveries encrypted and signed as Feishu does it."""

import base64
import hashlib
import itertools
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from bot.feishu.guard import signature
from tests.fakes import feishu_cards
from tests.fakes.limits import FeishuLimits
from tests.fakes.server import Asked, Server, Told, Trouble

Delivery = tuple[dict[str, str], bytes]
HOUR = 3600
FORTNIGHT = 14 * 24 * HOUR


class FakeFeishu:
    """`with FakeFeishu() as feishu:` then FeishuFront/FeishuSender with its app_id, app_secret, domain, encrypt_key, token.

    messages: what a reader sees, as dicts {id, channel, user ("" in a group), text, summary, card, buttons [(label, value)], thread,
    uuid, edited}. calls: [(name, body)]; names: token, message, reply, update, user, department, bot.
    """

    def __init__(self, *, tenant: str = "tenant1", bot: str = "ou_bot", now: Callable[[], float] = time.time) -> None:
        self.tenant, self.bot, self.now = tenant, bot, now
        self.app_id, self.app_secret = f"cli_{os.urandom(4).hex()}", "feishu-secret"
        self.encrypt_key, self.token = "feishu-encrypt-key", "feishu-verification-token"
        self.users: dict[str, dict[str, Any]] = {}
        self.departments: dict[str, dict[str, Any]] = {}
        self.scopes = {"contact:user.department:readonly", "contact:department.base:readonly", "contact:department.organize:readonly"}
        self.messages: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.limits: FeishuLimits | None = None  # what is enforced, on the clock of `now`
        self._tokens: set[str] = set()
        self._uuids: dict[str, tuple[float, str]] = {}
        self._count = itertools.count(1)
        self._server = Server(self._answer, _name)
        for user, name in (("ou_1", "安娜"), ("ou_2", "小明"), ("ou_3", "陈晨")):
            self.add_user(user, name)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._server.stop()

    @property
    def domain(self) -> str:
        """What goes into TENDAY_FEISHU_DOMAIN."""
        return self._server.url

    def add_department(self, number: str, name: str, *, leader: str = "") -> None:
        """A department (od-…); one that was never added lies outside the app's contact range."""
        self.departments[number] = {"open_department_id": number, "department_id": f"d{number}", "name": name, "leader_user_id": leader}

    def add_user(
        self, user: str, name: str, *, time_zone: str = "Asia/Shanghai", leader: str = "", departments: Sequence[str] = (), **status: bool
    ) -> None:
        """Somebody in the directory, under the root unless departments are named; status such as is_resigned=True."""
        person: dict[str, Any] = {"open_id": user, "name": name, "time_zone": time_zone, "email": f"{user}@example.cn"}
        person |= {"leader_user_id": leader, "department_ids": list(departments) or ["0"]}
        self.users[user] = person | {"status": {"is_resigned": False, "is_frozen": False, "is_activated": True} | status}

    # --- what goes wrong; names: message, reply, update, user, bot, token

    def rate_limit(self, name: str, seconds: int = 7, times: int = 1, *, status: int = 429) -> None:
        """The next calls answer 429 with code 99991400; older parts of the API say 400."""
        body = json.dumps({"code": 99991400, "msg": "request trigger frequency limit"}).encode()
        self._server.trouble(name, Trouble(told=Told(body, status, {"x-ogw-ratelimit-reset": str(seconds)})), times)

    def fail(self, name: str, code: int, times: int = 1, status: int = 400) -> None:
        """The next calls answer this code."""
        self._server.trouble(name, Trouble(told=_json({"code": code, "msg": "refused"}, status)), times)

    def break_down(self, name: str, status: int = 502, times: int = 1) -> None:
        """The next calls answer an HTML page with this status."""
        self._server.trouble(name, Trouble(told=Told(b"<html>", status, {"content-type": "text/html"})), times)

    def lose(self, name: str, times: int = 1) -> None:
        """The next calls have their effect, and the connection is closed without an answer."""
        self._server.trouble(name, Trouble(lose=True), times)

    def delay(self, name: str, seconds: float, times: int = 1) -> None:
        """The next calls are answered late."""
        self._server.trouble(name, Trouble(delay=seconds), times)

    def revoke_tokens(self) -> None:
        """All tokens given out so far are refused with 99991663."""
        self._tokens.clear()

    # --- deliveries

    def direct(self, text: str, user: str = "ou_1", **changed: Any) -> Delivery:
        """An encrypted and signed direct message: `direct("我的")`. Fields of the message as keywords (root_id=…)."""
        return self.said(text, user, {"chat_type": "p2p", "chat_id": f"oc_{user}"} | changed)

    def group(self, text: str, user: str = "ou_1", *, chat: str = "oc_group", **changed: Any) -> Delivery:
        """An encrypted and signed group message that mentions us first, unless the text has {bot}; other people as {ou_2}."""
        text = text if "{bot}" in text else "{bot} " + text
        return self.said(text, user, {"chat_type": "group", "chat_id": chat} | changed)

    def said(self, text: str, user: str, message: Mapping[str, Any], *, sender: Mapping[str, Any] | None = None) -> Delivery:
        """Any message; {bot} and {ou_…} in the text become mentions."""
        mentions = []
        for person in ["bot", *self.users]:
            if "{" + person + "}" in text:
                mentions.append(self.mentioned(person, f"@_user_{len(mentions) + 1}"))
                text = text.replace("{" + person + "}", mentions[-1]["key"])
        fields = {"message_id": f"om_{next(self._count)}", "create_time": str(int(self.now() * 1000)), "message_type": "text"}
        event = {
            "sender": {"sender_id": self._ids(user), "sender_type": "user", "tenant_key": self.tenant} | dict(sender or {}),
            "message": fields | {"content": json.dumps({"text": text}, ensure_ascii=False), "mentions": mentions} | dict(message),
        }
        return self.event("im.message.receive_v1", event)

    def mentioned(self, person: str, key: str) -> dict[str, Any]:
        """An entry of a message's mentions."""
        if person == "bot":
            return {
                "key": key,
                "id": {"open_id": self.bot, "union_id": "on_bot", "user_id": ""},
                "name": "Tenday",
                "tenant_key": self.tenant,
            }
        return {"key": key, "id": self._ids(person), "name": self.users[person]["name"], "tenant_key": self.tenant}

    def press(self, value: Any, user: str = "ou_1", *, message: Mapping[str, Any] | None = None, **changed: Any) -> Delivery:
        """An encrypted and signed press of a button by its value; message: one of `messages`, where the button stands."""
        said = message or {"id": "om_card", "channel": "oc_group"}
        event = {
            "operator": self._ids(user) | {"tenant_key": self.tenant},
            "token": f"c-{next(self._count)}",
            "action": {"value": value, "tag": "button", "timezone": "Asia/Shanghai"},
            "host": "im_message",
            "context": {"open_message_id": said["id"], "open_chat_id": said["channel"]},
        }
        return self.event("card.action.trigger", event | changed)

    def fill(self, message: dict[str, Any], label: str, value: Any) -> None:
        """What a person enters in a field of a card's form: letters, a day, a time, open_ids, or the label of a choice."""
        fields = feishu_cards.fields(message["card"])
        hits = [c for name, c in fields.items() if label in name]
        assert hits, f"no field {label!r} among {list(fields)}"
        component = hits[0]
        if component["tag"] == "select_static":
            value = next(o["value"] for o in component["options"] if o["text"]["content"] == value)
        if component["tag"] in ("date_picker", "picker_time") and value:
            value = f"{value} +0800"
        assert component["tag"] != "input" or len(value) <= component.get("max_length", 1000), "Feishu lets nobody type that much"
        message["typed"][component["name"]] = value

    def holds(self, message: dict[str, Any], label: str) -> Any:
        """What stands in a field of a card's form now; None for nothing."""
        component = next(c for name, c in feishu_cards.fields(message["card"]).items() if label in name)
        value = message["typed"].get(component["name"])
        if component["tag"] == "select_static" and value is not None:
            return next(o["text"]["content"] for o in component["options"] if o["value"] == value)
        return value.removesuffix(" +0800") if isinstance(value, str) else value

    def send_form(self, message: dict[str, Any], label: str, user: str = "ou_1", **action: Any) -> Delivery:
        """An encrypted and signed callback of a button that sends a card's form as it stands."""
        button = next(c for c in feishu_cards.components(message["card"]["body"]) if c["tag"] == "button" and c["text"]["content"] == label)
        fields = feishu_cards.fields(message["card"])
        missing = [name for name, c in fields.items() if c.get("required") and not message["typed"].get(c["name"])]
        assert not missing, f"Feishu asks for {missing} first"
        inputs = {c["name"]: "" for c in fields.values() if c["tag"] == "input"}
        given = inputs | {name: value for name, value in message["typed"].items() if value}
        value = button["behaviors"][0]["value"]
        done = {"value": value, "tag": "button", "name": button["name"], "timezone": "Asia/Shanghai", "form_value": given}
        return self.press(value, user, message=message, action=done | action)

    def entered(self, user: str = "ou_1") -> Delivery:
        """An encrypted and signed event: somebody opened their conversation with us."""
        event = {"chat_id": f"oc_{user}", "operator_id": self._ids(user), "last_message_id": "", "last_message_create_time": ""}
        return self.event("im.chat.access_event.bot_p2p_chat_entered_v1", event)

    def menu(self, key: str, user: str = "ou_1") -> Delivery:
        """An encrypted and signed press of the bot's menu."""
        operator = {"operator_name": self.users[user]["name"], "operator_id": self._ids(user)}
        return self.event("application.bot.menu_v6", {"operator": operator, "event_key": key, "timestamp": int(self.now())})

    def event(self, kind: str, event: Mapping[str, Any], **header: Any) -> Delivery:
        """Any event of version 2."""
        head = {
            "event_id": f"ev_{next(self._count)}",
            "token": self.token,
            "create_time": str(int(self.now() * 1000)),
            "event_type": kind,
            "tenant_key": self.tenant,
            "app_id": self.app_id,
        } | header
        return self.signed(self.sealed({"schema": "2.0", "header": head, "event": dict(event)}))

    def challenge(self, *, signed: bool = True, **changed: Any) -> Delivery:
        """An encrypted url_verification, signed or as some consoles send it."""
        body = self.sealed({"challenge": "abc", "token": self.token, "type": "url_verification"} | changed)
        return self.signed(body) if signed else ({"Content-Type": "application/json"}, body)

    def sealed(self, payload: Any) -> bytes:
        """{"encrypt": …} of a payload."""
        key = hashlib.sha256(self.encrypt_key.encode()).digest()
        padder = PKCS7(128).padder()
        raw = padder.update(json.dumps(payload).encode()) + padder.finalize()
        start = os.urandom(16)
        encryptor = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
        return json.dumps({"encrypt": base64.b64encode(start + encryptor.update(raw) + encryptor.finalize()).decode()}).encode()

    def signed(self, body: bytes, *, at: float | None = None, key: str | None = None) -> Delivery:
        """Any body with the headers that Feishu would send."""
        stamp, nonce = str(int(self.now() if at is None else at)), f"nonce{next(self._count)}"
        signed = signature(self.encrypt_key if key is None else key, stamp, nonce, body)
        headers = {"X-Lark-Request-Timestamp": stamp, "X-Lark-Request-Nonce": nonce, "X-Lark-Signature": signed}
        return headers | {"Content-Type": "application/json"}, body

    def _ids(self, user: str) -> dict[str, str]:
        return {"open_id": user, "union_id": user.replace("ou_", "on_"), "user_id": user.replace("ou_", "u")}

    # --- the open API

    def _answer(self, asked: Asked) -> Told:
        name, said = _name(asked), json.loads(asked.body) if asked.body else {}
        self.calls.append((name, said))
        if name == "token":
            return self._give_token(said)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self._tokens:
            return _json({"code": 99991663, "msg": "Invalid access token"}, 400)
        if name == "bot":
            return _json({"code": 0, "msg": "ok", "bot": {"open_id": self.bot, "app_name": "Tenday", "activate_status": 2}})
        if self.limits and (refused := self.limits.refusal(name, asked, said, self.now())):
            return refused
        answer = getattr(self, f"_{name}", None)
        return answer(asked, said) if answer else _json({"code": 404, "msg": "no such path"}, 404)

    def _user(self, asked: Asked, _said: Mapping[str, Any]) -> Told:
        """Ids in the kinds that were asked for; fields that no scope covers are left out, as Feishu does it."""
        if asked.query.get("user_id_type") != "open_id" or asked.query.get("department_id_type") != "open_department_id":
            return _json({"code": 99992402, "msg": "field validation failed"}, 400)
        person = dict(self.users.get(asked.path.rpartition("/")[2], {}))
        if not person:
            return _json({"code": 41012, "msg": "no such user"}, 400)
        if "contact:user.department:readonly" not in self.scopes:
            del person["leader_user_id"], person["department_ids"]
        return _json({"code": 0, "data": {"user": person}})

    def _department(self, asked: Asked, _said: Mapping[str, Any]) -> Told:
        if asked.query.get("user_id_type") != "open_id" or asked.query.get("department_id_type") != "open_department_id":
            return _json({"code": 99992402, "msg": "field validation failed"}, 400)
        found = dict(self.departments.get(asked.path.rpartition("/")[2], {}))
        if not found:
            return _json({"code": 40004, "msg": "no dept authority error"}, 400)
        if "contact:department.base:readonly" not in self.scopes:
            del found["name"]
        if "contact:department.organize:readonly" not in self.scopes:
            del found["leader_user_id"]
        return _json({"code": 0, "data": {"department": found}})

    def _give_token(self, said: Mapping[str, Any]) -> Told:
        if (said.get("app_id"), said.get("app_secret")) != (self.app_id, self.app_secret):
            return _json({"code": 10014, "msg": "app secret invalid"})
        token = f"t-{next(self._count)}"
        self._tokens.add(token)
        return _json({"code": 0, "msg": "ok", "tenant_access_token": token, "expire": 7200})

    def _message(self, asked: Asked, said: dict[str, Any]) -> Told:
        kind, receiver = asked.query.get("receive_id_type"), str(said.get("receive_id", ""))
        if set(said) - {"receive_id", "msg_type", "content", "uuid"} or kind not in ("open_id", "chat_id"):
            return _json({"code": 230001, "msg": "param invalid"}, 400)
        if kind == "open_id" and receiver not in self.users:
            return _json({"code": 230013, "msg": "no availability"}, 400)
        if kind == "chat_id" and not receiver.startswith("oc_"):
            return _json({"code": 230034, "msg": "bad receive_id"}, 400)
        place = {"channel": f"oc_{receiver}", "user": receiver} if kind == "open_id" else {"channel": receiver, "user": ""}
        return self._posted(said, place | {"thread": ""})

    def _reply(self, asked: Asked, said: dict[str, Any]) -> Told:
        if set(said) - {"msg_type", "content", "uuid", "reply_in_thread"}:
            return _json({"code": 230001, "msg": "param invalid"}, 400)
        to = asked.path.split("/")[-2]
        answered = self.at(to)
        return self._posted(said, {"channel": answered["channel"] if answered else "oc_group", "user": "", "thread": to})

    def _update(self, asked: Asked, said: dict[str, Any]) -> Told:
        found = self.at(asked.path.rpartition("/")[2])
        if found is None or set(said) != {"content"}:
            return _json({"code": 230001 if found else 99992354, "msg": "no such message"}, 400)
        if self.now() - found["at"] > FORTNIGHT:
            return _json({"code": 230031, "msg": "only within 14 days"}, 400)
        card = json.loads(said["content"])
        if problems := feishu_cards.problems_of(card):
            return _json({"code": 230099, "msg": "; ".join(problems)}, 400)
        found.update(_shown(card), edited=True)
        return _json({"code": 0, "msg": "success", "data": {}})

    def _posted(self, said: Mapping[str, Any], place: Mapping[str, str]) -> Told:
        uuid, card = str(said.get("uuid", "")), json.loads(said["content"])
        problems = feishu_cards.problems_of(card)
        if said.get("msg_type") != "interactive" or len(uuid) > 50 or len(said["content"].encode()) > 30 * 1024:
            return _json({"code": 230001, "msg": "param invalid"}, 400)
        if problems:
            return _json({"code": 230099, "msg": "; ".join(problems)}, 400)
        sent = self._uuids.get(uuid)
        if uuid and sent and self.now() - sent[0] < HOUR:
            return _json({"code": 0, "msg": "success", "data": {"message_id": sent[1]}})
        message_id = f"om_{next(self._count)}"
        self._uuids[uuid] = (self.now(), message_id)
        self.messages.append({"id": message_id, "uuid": uuid, "edited": False, "at": self.now()} | dict(place) | _shown(card))
        return _json({"code": 0, "msg": "success", "data": {"message_id": message_id}})

    def at(self, message_id: str) -> dict[str, Any] | None:
        """The message with this id."""
        return next((m for m in self.messages if m["id"] == message_id), None)

    def acknowledged(self, body: bytes, message: dict[str, Any] | None = None) -> dict[str, Any]:
        """What a press's acknowledgement says; its card replaces the message's, and must be valid. {"toast": {…}, "card": {…}} or {}."""
        said: dict[str, Any] = json.loads(body)
        assert not set(said) - {"toast", "card"}, said
        assert set(said.get("toast", {})) <= {"type", "content", "i18n"}, said
        assert said.get("toast", {"type": "info"})["type"] in ("info", "success", "warning", "error")
        if "card" in said:
            assert set(said["card"]) == {"type", "data"}
            assert said["card"]["type"] == "raw"
            assert not feishu_cards.problems_of(said["card"]["data"]), feishu_cards.problems_of(said["card"]["data"])
            if message is not None:
                message.update(_shown(said["card"]["data"]), edited=True)
        return said


def _shown(card: Mapping[str, Any]) -> dict[str, Any]:
    summary = card.get("config", {}).get("summary", {}).get("content", "")
    typed = {c["name"]: _as_sent(c, value) for c in feishu_cards.fields(card).values() if (value := feishu_cards.held(c)) is not None}
    shown = {"text": feishu_cards.flat(card), "summary": summary, "card": card, "buttons": feishu_cards.buttons(card["body"])}
    return shown | {"typed": typed}


def _as_sent(component: Mapping[str, Any], value: Any) -> Any:
    """A field's first value as a callback has it."""
    return f"{value} +0800" if component["tag"] in ("date_picker", "picker_time") else value


def _name(asked: Asked) -> str:
    if asked.path.startswith("/open-apis/auth/"):
        return "token"
    if asked.path.startswith("/open-apis/contact/v3/users/"):
        return "user"
    if asked.path.startswith("/open-apis/contact/v3/departments/"):
        return "department"
    if asked.path == "/open-apis/bot/v3/info":
        return "bot"
    if asked.path.endswith("/reply"):
        return "reply"
    return "update" if asked.method == "PATCH" else "message"


def _json(body: Mapping[str, Any], status: int = 200) -> Told:
    return Told(json.dumps(body, ensure_ascii=False).encode(), status)
