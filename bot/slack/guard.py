"""Decides whether a delivery is Slack's own and fresh, and what it says as JSON; it knows no Message.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

FRESH_SECONDS = 300
MAX_BODY = 256 * 1024  # an unsigned form of 100 MB cost a stock Bolt server 3.9 GB
_TIMESTAMP = re.compile(r"\d{1,11}", re.ASCII)
_OBJECTS = ("event", "user", "channel", "container", "message", "view")


class Refused(Exception):
    """Not to be answered: `status` and one generic line, which tells an attacker nothing."""

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.status = status


def opened(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> dict[str, Any]:
    """The payload of a verified delivery; raises Refused (401, 413, 400). headers: names in lower case."""
    if len(body) > MAX_BODY:
        raise Refused(413, "too large")
    if not _signed(headers, body, secret, now):
        raise Refused(401, "not authorised")
    try:
        payload: dict[str, Any] = _parsed(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refused(400, "malformed") from error
    if not well_formed(payload):
        raise Refused(400, "malformed")
    return payload


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a raw body."""
    base = b"v0:" + timestamp.encode("ascii") + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def _signed(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> bool:
    timestamp = headers.get("x-slack-request-timestamp", "")
    given = headers.get("x-slack-signature", "")
    if not secret or not given.isascii() or not _TIMESTAMP.fullmatch(timestamp):
        return False
    if abs(now - int(timestamp)) > FRESH_SECONDS:
        return False
    return hmac.compare_digest(signature(secret, timestamp, body), given)


def _parsed(text: str) -> Any:
    """JSON as it is, a form as a dict, an interactive form as its payload. Bolt's own parser loses `/okr payload …`."""
    if text.startswith("{"):
        return json.loads(text)
    form = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=100))
    if "payload" in form and "command" not in form:
        return json.loads(form["payload"])
    return form


def well_formed(payload: Any) -> bool:
    """Whether the payload has the shape that Bolt and our readers take for granted."""
    if not isinstance(payload, dict):
        return False
    if not ("command" in payload or "ssl_check" in payload or isinstance(payload.get("type"), str)):
        return False
    if any(key in payload and not isinstance(payload[key], dict) for key in _OBJECTS):
        return False
    if payload.get("type") == "event_callback" and not isinstance(payload.get("event", {}).get("type"), str):
        return False
    return _objects(payload.get("authorizations")) and _objects(payload.get("actions"))


def _objects(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(v, dict) for v in value))
