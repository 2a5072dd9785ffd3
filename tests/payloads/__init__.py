"""Deliveries as the platforms send them, and what is heard in each: {"kind", "body", "heard"}; heard null: not for us."""

import json
from pathlib import Path
from typing import Any

from bot.messages import Message

HERE = Path(__file__).parent


def stored(platform: str) -> list[str]:
    """The names of a platform's deliveries."""
    return sorted(path.stem for path in (HERE / platform).glob("*.json"))


def payload(platform: str, name: str) -> dict[str, Any]:
    """One of them."""
    loaded: dict[str, Any] = json.loads((HERE / platform / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def heard(message: Message) -> dict[str, Any]:
    """A Message as the flat facts that the files name."""
    fields = ("delivery", "text", "entry", "drawn", "card", "message", "hook", "inline")
    said = {name: getattr(message, name) for name in fields}
    said |= {"user": message.sender.user, "workspace": message.sender.workspace, "outsider": message.sender.outsider}
    said |= {"channel": message.place.channel, "shared": message.place.shared, "thread": message.place.thread}
    people = {"mentions": [[m.user, m.name] for m in message.mentions], "outsiders": [m.user for m in message.mentions if m.outsider]}
    return said | people
