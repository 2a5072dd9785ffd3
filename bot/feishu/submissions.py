"""Reads what stands in a card's form when it is sent; it calls nobody and answers nothing.

https://open.feishu.cn/document/feishu-cards/card-callback-communication
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.feishu.forms import CHOSEN
from bot.messages import clean, mention_mark

_OPEN_ID = re.compile(r"[A-Za-z0-9_\-]{1,80}")
_KINDS = frozenset(("line", "text", "date", "time", "choice", "person", "people", "typed"))


def is_form(value: Mapping[str, Any]) -> bool:
    """Whether a button of ours sends a form."""
    return isinstance(value.get("f"), list)


def filled_in(value: Mapping[str, Any], form_value: Any) -> tuple[dict[str, str], list[str]]:
    """What stands in each field by its name, and everybody whom the fields of people hold; Feishu leaves out what is empty."""
    given: Mapping[str, Any] = form_value if isinstance(form_value, dict) else {}
    fields: dict[str, str] = {}
    people: list[str] = []
    for component in value["f"]:
        kind, mark, name = component.partition("_") if isinstance(component, str) else ("", "", "")
        if not mark or kind not in _KINDS:
            continue
        raw = given.get(component)
        if kind in ("person", "people"):
            users = _users(raw)
            people += users
            fields[name] = _named(kind, users, _text(_map(value.get("e")).get(component)))
        else:
            fields[name] = _read(kind, _text(raw), _map(_map(value.get("p")).get(component)))
    return fields, people


def _read(kind: str, text: str, meant: Mapping[str, Any]) -> str:
    text = clean(text)
    match kind:
        case "date" | "time":
            return text.partition(" ")[0]  # what follows is the writer's time zone
        case "choice":
            return text.removeprefix(CHOSEN)
        case "typed":
            return _resolved(text, meant)
    return text


def _resolved(text: str, meant: Mapping[str, Any]) -> str:
    """Typed people, with those who stood there already as who they are; the longest names first."""
    names = sorted((name for name in meant if name and isinstance(meant[name], str)), key=len, reverse=True)
    if not names:
        return text
    pattern = re.compile("(" + "|".join(map(re.escape, names)) + r")(?!\w)")
    return pattern.sub(lambda found: _who(str(meant[found[1]])), text)


def _who(meant: str) -> str:
    """A person by their open_id, or by `@#m12` where they have none here."""
    return mention_mark(meant) if _OPEN_ID.fullmatch(meant) else clean(meant)


def _users(raw: Any) -> list[str]:
    found = raw if isinstance(raw, list) else [raw]
    return list(dict.fromkeys(user for user in found if isinstance(user, str) and _OPEN_ID.fullmatch(user)))


def _named(kind: str, users: list[str], elsewhere: str) -> str:
    """The people of a field, with those who have no account here; a new one takes the place of the one whom a field held."""
    marks = " ".join(map(mention_mark, users))
    return marks if users and kind == "person" else f"{marks} {elsewhere}".strip(" ")


def _text(value: Any) -> str:
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
