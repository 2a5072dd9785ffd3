"""Reads what the chat page posts: shapes and limits, and nothing of what it means."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.requests import Request

BODY_LIMIT = 256 * 1024
TEXT_LIMIT = 20_000
_DELIVERY = re.compile(r"[A-Za-z0-9-]{8,40}")
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_BIGGEST = 2**63 - 1
MOST_FIELDS = 200


class Refused(Exception):
    """A request that we do not take: an HTTP status, and one generic word for the page."""

    def __init__(self, status: int, word: str = "bad_request") -> None:
        super().__init__(word)
        self.status, self.word = status, word


@dataclass(frozen=True)
class Said:
    """Somebody typed something. thread: the line that it answers, None at top level."""

    user: str
    delivery: str
    conversation: str
    text: str
    thread: int | None


@dataclass(frozen=True)
class Pressed:
    """Somebody pressed a button of a line, or sent the form in it.

    fields: of a form, by name: letters, or for people the users whom it holds; None for a press.
    """

    user: str
    delivery: str
    line: int
    text: str
    version: int
    card: str
    fields: Mapping[str, str | tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Turned:
    """Somebody turned the clock. to: where to, as it stands on their own clock."""

    user: str
    to: datetime


async def said(request: Request) -> Said:
    """The body of POST /chat/say: {as, delivery, conversation, text, thread?}; raises Refused."""
    body = await _body(request)
    thread = body.get("thread")
    return Said(
        user=_text(body, "as", 200),
        delivery=_delivery(body),
        conversation=_text(body, "conversation", 210),
        text=_text(body, "text", TEXT_LIMIT),
        thread=None if thread is None else _number(body, "thread"),
    )


async def pressed(request: Request) -> Pressed:
    """The body of POST /chat/press: {as, delivery, line, text, version, card}; raises Refused."""
    return _press(await _body(request))


async def sent(request: Request) -> Pressed:
    """The body of POST /chat/form: a press and {fields: {name: text or [users]}}; raises Refused."""
    body = await _body(request)
    return replace(_press(body), fields=_fields(body))


async def turned(request: Request) -> Turned:
    """The body of POST /chat/clock: {as, to: "2026-11-27T09:00"}; raises Refused."""
    body = await _body(request)
    to = _text(body, "to", 16)
    try:
        if not _LOCAL.fullmatch(to):
            raise Refused(400)
        return Turned(user=_text(body, "as", 200), to=datetime.fromisoformat(to))
    except ValueError:
        raise Refused(400) from None


def _press(body: dict[str, Any]) -> Pressed:
    return Pressed(
        user=_text(body, "as", 200),
        delivery=_delivery(body),
        line=_number(body, "line"),
        text=_text(body, "text", TEXT_LIMIT),
        version=_number(body, "version"),
        card=_text(body, "card", 200),
    )


def _fields(body: dict[str, Any]) -> dict[str, str | tuple[str, ...]]:
    fields = body.get("fields")
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise Refused(400)
    return {name: _field(fields, name) for name in fields}


def _field(fields: dict[str, Any], name: str) -> str | tuple[str, ...]:
    value = fields[name]
    if not isinstance(value, list):
        return _text(fields, name, TEXT_LIMIT)
    if not all(isinstance(user, str) for user in value):
        raise Refused(400)
    return tuple(value)


async def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415)
    try:
        body = json.loads(await _bytes(request))
    except (ValueError, RecursionError):
        raise Refused(400) from None
    if not isinstance(body, dict):
        raise Refused(400)
    return body


async def _bytes(request: Request) -> bytes:
    """The body, counted while it arrives: a length header may lie, or be missing."""
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > BODY_LIMIT:
            raise Refused(413, "too_long")
    return bytes(taken)


def _text(body: dict[str, Any], name: str, limit: int) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise Refused(400)
    if len(value) > limit:
        raise Refused(413, "too_long")
    return value


def _number(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    if type(value) is not int or not 0 <= value <= _BIGGEST:
        raise Refused(400)
    return value


def _delivery(body: dict[str, Any]) -> str:
    delivery = _text(body, "delivery", 40)
    if not _DELIVERY.fullmatch(delivery):
        raise Refused(400)
    return delivery
