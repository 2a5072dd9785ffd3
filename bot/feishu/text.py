"""Turns Feishu's message content into plain text: posts flattened, `@_user_N` as mention marks. It knows no delivery.

https://open.feishu.cn/document/server-docs/im-v1/message-content-description/message_content
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import Mention, clean, mention_mark

_EVERYONE = re.compile(r"@_all\b")


@dataclass(frozen=True)
class Named:
    """A mention as Feishu lists it. key: how it stands in the text. ours: it is Tenday's own."""

    key: str
    user: str
    name: str
    outsider: bool
    ours: bool


def read(kind: str, content: str, named: Sequence[Named]) -> tuple[str, tuple[Mention, ...]]:
    """The text and the people in it; "" for what is neither text nor post."""
    text = clean(_flat(kind, content))
    keys = {n.key: n for n in named if n.key}
    if keys:  # the longest first: `@_user_10` begins with `@_user_1`
        pattern = re.compile("|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True)))
        text = pattern.sub(lambda found: mention_mark(keys[found[0]].user), text)
    text = _EVERYONE.sub("all", text).strip()
    for own in (n for n in named if n.ours):
        text = _without(mention_mark(own.user), text, own.name or "Tenday")
    people = {n.user: Mention(n.user, n.name, n.outsider) for n in named if not n.ours and n.user}
    return text, tuple(people.values())


def _without(own: str, text: str, name: str) -> str:
    """Our own mention is dropped at either end, and plain in between."""
    while text.startswith(own):
        text = text.removeprefix(own).lstrip(" \t\n,:，：")
    while text.endswith(own):
        text = text.removesuffix(own).rstrip()
    return text.replace(own, f"@{name}")


def _flat(kind: str, content: str) -> str:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, dict):
        return ""
    if kind == "text":
        return _string(said.get("text"))
    return _post(said) if kind == "post" else ""


def _post(said: Mapping[str, Any]) -> str:
    """A rich text: {"title", "content": [[element, …], …]}, or the same under a locale."""
    if "content" not in said:
        said = next((v for v in said.values() if isinstance(v, dict)), {})
    rows = said.get("content")
    lines = [_row(row) for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    return "\n".join([*filter(None, [_string(said.get("title"))]), *lines])


def _row(row: Sequence[Any]) -> str:
    return "".join(_element(element) for element in row if isinstance(element, dict))


def _element(element: Mapping[str, Any]) -> str:
    tag = element.get("tag")
    if tag == "at":
        user = _string(element.get("user_id"))
        return user if user.startswith("@_") else f"@{_string(element.get('user_name')) or user}"
    if tag in ("text", "md", "a", "code_block"):
        return _string(element.get("text")) or _string(element.get("href"))
    return "\n" if tag == "hr" else ""


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
