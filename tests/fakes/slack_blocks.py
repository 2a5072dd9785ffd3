"""Slack's block rules, as strict as Slack: every element's keys and limits, all the way down.

https://docs.slack.dev/reference/block-kit
"""

from collections.abc import Callable, Mapping
from typing import Any

Problems = list[str]
MAX_TOTAL = 13_000


def problems_of(blocks: Any, *, surface: str = "message") -> Problems:
    """Everything that Slack would refuse; [] for valid blocks."""
    if not isinstance(blocks, list) or not blocks:
        return ["blocks must be a non-empty list"]
    found = [] if len(blocks) <= (50 if surface == "message" else 100) else ["too many blocks"]
    for i, block in enumerate(blocks):
        found += [f"blocks[{i}]: {p}" for p in _block(block)]
    if total(blocks) > MAX_TOTAL:
        found.append("msg_blocks_too_long")
    return found


def total(value: Any) -> int:
    """Characters of text in all blocks."""
    if isinstance(value, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else total(v) for k, v in value.items())
    return sum(total(v) for v in value) if isinstance(value, list) else 0


def _keys(value: Any, required: set[str], optional: set[str]) -> Problems:
    if not isinstance(value, dict):
        return ["not an object"]
    found = [f"missing {k}" for k in sorted(required - set(value))]
    return found + [f"unknown property {k}" for k in sorted(set(value) - required - optional)]


def _text(value: Any, limit: int, *, empty: bool = False) -> Problems:
    if not isinstance(value, str):
        return ["text is not a string"]
    if not value and not empty:
        return ["text is empty"]
    return [f"text longer than {limit}"] if len(value) > limit else []


def _object(value: Any, limit: int, kinds: tuple[str, ...] = ("plain_text",)) -> Problems:
    found = _keys(value, {"type", "text"}, {"emoji", "verbatim"})
    if found:
        return found
    if value["type"] not in kinds:
        return [f"text of type {value['type']}"]
    if "emoji" in value and value["type"] != "plain_text":
        found.append("emoji on mrkdwn")
    return found + _text(value["text"], limit)


def _block(block: Any) -> Problems:
    if not isinstance(block, dict):
        return ["not an object"]
    check = _BLOCKS.get(block.get("type", ""))
    return check(block) if check else [f"unsupported type {block.get('type')}"]


def _header(block: Mapping[str, Any]) -> Problems:
    return _keys(block, {"type", "text"}, {"block_id"}) or _object(block["text"], 150)


def _section(block: Mapping[str, Any]) -> Problems:
    return _keys(block, {"type", "text"}, {"block_id", "expand"}) or _object(block["text"], 3000, ("plain_text", "mrkdwn"))


def _divider(block: Mapping[str, Any]) -> Problems:
    return _keys(block, {"type"}, {"block_id"})


def _context(block: Mapping[str, Any]) -> Problems:
    found = _keys(block, {"type", "elements"}, {"block_id"})
    if found:
        return found
    if not 1 <= len(block["elements"]) <= 10:
        found.append("context elements")
    return found + [p for e in block["elements"] for p in _object(e, 2000, ("plain_text", "mrkdwn"))]


def _actions(block: Mapping[str, Any]) -> Problems:
    found = _keys(block, {"type", "elements"}, {"block_id"})
    if found:
        return found
    if not 1 <= len(block["elements"]) <= 25:
        found.append("actions elements")
    ids = [e.get("action_id") for e in block["elements"]]
    if len(ids) != len(set(ids)):
        found.append("action_id is not unique")
    return found + [p for e in block["elements"] for p in _button(e)]


def _button(button: Any) -> Problems:
    found = _keys(button, {"type", "text", "action_id"}, {"value", "url", "style", "confirm", "accessibility_label"})
    if found:
        return found
    found += _object(button["text"], 75) + _text(button["action_id"], 255)
    if button["type"] != "button":
        found.append("not a button")
    if "value" in button:
        found += _text(button["value"], 2000)
    if button.get("style", "primary") not in ("primary", "danger"):
        found.append("style")
    return found + (_confirm(button["confirm"]) if "confirm" in button else [])


def _confirm(confirm: Any) -> Problems:
    found = _keys(confirm, {"title", "text", "confirm", "deny"}, {"style"})
    if found:
        return found
    found += _object(confirm["title"], 100) + _object(confirm["text"], 300)
    return found + _object(confirm["confirm"], 30) + _object(confirm["deny"], 30)


def _rich_text(block: Mapping[str, Any]) -> Problems:
    found = _keys(block, {"type", "elements"}, {"block_id"})
    if found:
        return found
    return found + ([] if block["elements"] else ["empty rich_text"]) + [p for e in block["elements"] for p in _rich(e)]


def _rich(element: Any) -> Problems:
    optional = {"border"} if element.get("type") in ("rich_text_preformatted", "rich_text_quote") else set()
    found = _keys(element, {"type", "elements"}, optional)
    if found:
        return found
    allowed = {"text", "link"} if element["type"] == "rich_text_preformatted" else {"text", "link", "user", "emoji"}
    if element["type"] not in ("rich_text_section", "rich_text_preformatted", "rich_text_quote"):
        return [f"unsupported {element['type']}"]
    if not element["elements"]:
        found.append("empty section")
    return found + [p for e in element["elements"] for p in _inline(e, allowed)]


def _inline(element: Any, allowed: set[str]) -> Problems:
    kind = element.get("type")
    if kind not in allowed:
        return [f"{kind} is not allowed here"]
    if kind == "text":
        return _keys(element, {"type", "text"}, {"style"}) or _text(element["text"], 3000) + _style(element.get("style", {}))
    if kind == "link":
        found = _keys(element, {"type", "url"}, {"text", "style", "unsafe"})
        return found or _text(element["url"], 3000) + ([] if element["url"].startswith(("http://", "https://")) else ["url"])
    if kind == "user":
        found = _keys(element, {"type", "user_id"}, {"style"})
        return found or ([] if element["user_id"][:1] in ("U", "W") and element["user_id"].isalnum() else ["user_id"])
    return []


def _style(style: Any) -> Problems:
    return _keys(style, set(), {"bold", "italic", "strike", "code"})


_BLOCKS: dict[str, Callable[[Mapping[str, Any]], Problems]] = {
    "header": _header,
    "section": _section,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich_text,
}


def flat(value: Any) -> str:
    """The words of blocks as a reader sees them, a line per element; people as @id, buttons left out."""
    if isinstance(value, list):
        return "\n".join(line for v in value if (line := flat(v)))
    kind = value.get("type", "")
    if kind in ("rich_text", "context"):
        return flat(value["elements"])
    if kind.startswith("rich_text_"):
        return "".join(_shown(e) for e in value["elements"])
    if kind in ("header", "section"):
        return flat(value["text"])
    return value["text"] if kind in ("plain_text", "mrkdwn") else ""


def _shown(element: Mapping[str, Any]) -> str:
    if element["type"] == "user":
        return f"@{element['user_id']}"
    return str(element.get("text") or element.get("url") or "")


def buttons(blocks: Any) -> list[tuple[str, str]]:
    """(label, value) of every button."""
    found = [e for block in blocks if block["type"] == "actions" for e in block["elements"]]
    return [(e["text"]["text"], e.get("value", "")) for e in found]
