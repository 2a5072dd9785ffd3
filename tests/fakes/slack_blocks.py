"""Slack's block rules, as strict as Slack: every element's keys and limits, all the way down.

https://docs.slack.dev/reference/block-kit
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Problems = list[str]
MAX_TOTAL = 13_000


def problems_of(blocks: Any, *, surface: str = "message") -> Problems:
    """Everything that Slack would refuse; [] for valid blocks."""
    if not isinstance(blocks, list) or not blocks:
        return ["blocks must be a non-empty list"]
    if surface == "message" and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks):
        return ["a message takes no input"]
    found = [] if len(blocks) <= (50 if surface == "message" else 100) else ["too many blocks"]
    for i, block in enumerate(blocks):
        found += [f"blocks[{i}]: {p}" for p in _block(block)]
    ids = [b["block_id"] for b in blocks if isinstance(b, dict) and "block_id" in b]
    if len(ids) != len(set(ids)):
        found.append("block_id is not unique")
    if any(not 1 <= len(str(i)) <= 255 for i in ids):
        found.append("block_id longer than 255")
    if surface == "message" and total(blocks) > MAX_TOTAL:
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


def _input(block: Mapping[str, Any]) -> Problems:
    found = _keys(block, {"type", "label", "element"}, {"block_id", "hint", "optional", "dispatch_action"})
    if found:
        return found
    found += _object(block["label"], 2000) + (_object(block["hint"], 2000) if "hint" in block else [])
    check = _ELEMENTS.get(block["element"].get("type", ""))
    return found + (check(block["element"]) if check else [f"unsupported element {block['element'].get('type')}"])


def _element(element: Any, optional: set[str]) -> Problems:
    """What every element of an input has."""
    found = _keys(element, {"type", "action_id"}, {"placeholder", "focus_on_load"} | optional)
    if found:
        return found
    return _text(element["action_id"], 255) + (_object(element["placeholder"], 150) if "placeholder" in element else [])


def _plain_text_input(element: Any) -> Problems:
    found = _element(element, {"multiline", "initial_value", "min_length", "max_length", "dispatch_action_config"})
    if found:
        return found
    longest = element.get("max_length", 3000)
    if not 1 <= longest <= 3000:
        found.append("max_length")
    if "initial_value" in element and not 1 <= len(element["initial_value"]) <= longest:
        found.append("initial_value is empty or longer than max_length")
    return found


def _datepicker(element: Any) -> Problems:
    found = _element(element, {"initial_date"})
    return found or _shape(element, "initial_date", r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _timepicker(element: Any) -> Problems:
    found = _element(element, {"initial_time", "timezone"})
    return found or _shape(element, "initial_time", r"([01]\d|2[0-3]):[0-5]\d")


def _shape(element: Any, key: str, pattern: str) -> Problems:
    return [] if re.fullmatch(pattern, element.get(key, "")) or key not in element else [f"{key} {element[key]!r}"]


def _users_select(element: Any) -> Problems:
    found = _element(element, {"initial_user"})
    return found or (_user(element["initial_user"]) if "initial_user" in element else [])


def _multi_users_select(element: Any) -> Problems:
    found = _element(element, {"initial_users", "max_selected_items"})
    users = element.get("initial_users", [])
    return found or [p for user in users for p in _user(user)] + ([] if len(users) == len(set(users)) else ["a user twice"])


def _user(user: Any) -> Problems:
    return [] if isinstance(user, str) and user[:1] in ("U", "W") and user.isalnum() else [f"user {user!r}"]


def _static_select(element: Any) -> Problems:
    found = _element(element, {"options", "initial_option"})
    if found:
        return found
    options = element.get("options", [])
    if not 1 <= len(options) <= 100:
        return ["options"]
    for option in options:
        found += _keys(option, {"text", "value"}, {"description"}) or _object(option["text"], 75) + _text(option["value"], 150)
    if len({o["value"] for o in options}) != len(options):
        found.append("two options of one value")
    if "initial_option" in element and element["initial_option"] not in options:
        found.append("initial_option is not among the options")
    return found


_ELEMENTS: dict[str, Callable[[Any], Problems]] = {
    "plain_text_input": _plain_text_input,
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "users_select": _users_select,
    "multi_users_select": _multi_users_select,
    "static_select": _static_select,
}

_BLOCKS: dict[str, Callable[[Mapping[str, Any]], Problems]] = {
    "header": _header,
    "section": _section,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich_text,
    "input": _input,
}


def flat(value: Any) -> str:
    """The words of blocks as a reader sees them, a line per element; people as @id, buttons left out."""
    if isinstance(value, list):
        return "\n".join(line for v in value if (line := flat(v)))
    kind = value.get("type", "")
    if kind == "input":
        return flat([value["label"], *([value["hint"]] if "hint" in value else [])])
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
