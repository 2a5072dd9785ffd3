"""Slack's modals as strict as Slack: what a view may hold, what stands in it, and what becomes of it when it is answered.

https://docs.slack.dev/reference/views/modal-views
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import slack_blocks

Problems = list[str]
_KEYS = {
    "type",
    "title",
    "blocks",
    "close",
    "submit",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
}
_EMPTY: dict[str, dict[str, Any]] = {
    "plain_text_input": {"value": None},
    "datepicker": {"selected_date": None},
    "timepicker": {"selected_time": None},
    "users_select": {"selected_user": None},
    "multi_users_select": {"selected_users": []},
    "static_select": {"selected_option": None},
}
_INITIAL = {
    "initial_value": "value",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_option": "selected_option",
}


def problems_of(view: Any) -> Problems:
    """Everything that Slack would refuse; [] for a valid view."""
    if not isinstance(view, dict) or view.get("type") != "modal":
        return ["not a modal"]
    found = [f"unknown property {k}" for k in sorted(set(view) - _KEYS)]
    for key in ("title", "submit", "close"):
        text = view.get(key)
        if text is None and key != "title":
            continue
        if not isinstance(text, dict) or text.get("type") != "plain_text" or not 1 <= len(text.get("text", "")) <= 24:
            found.append(key)
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata")
    if len(view.get("callback_id", "")) > 255:
        found.append("callback_id")
    if "submit" not in view and any(b.get("type") == "input" for b in view.get("blocks", []) if isinstance(b, dict)):
        found.append("an input without submit")
    if len(json.dumps(view)) > 250_000:
        found.append("view_too_large")
    return found + slack_blocks.problems_of(view.get("blocks"), surface="modal")


@dataclass
class Modal:
    """A form that somebody has open. errors: what stands below its fields, by label."""

    id: str
    user: str
    view: dict[str, Any]
    hash: str
    state: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = True

    def show(self, view: dict[str, Any], hash_: str) -> None:
        """Another view in its place: what was typed stays where block and action are the same."""
        before = self.state
        self.view, self.hash, self.errors, self.state = view, hash_, {}, {}
        for number, block in enumerate(view["blocks"]):
            block.setdefault("block_id", f"made-up-{hash_}-{number}")
            if block["type"] == "input":
                action = block["element"]["action_id"]
                typed = before.get(block["block_id"], {}).get(action)
                self.state[block["block_id"]] = {action: typed or _initial(block["element"])}

    @property
    def text(self) -> str:
        """Its words, a line per element."""
        return slack_blocks.flat(self.view["blocks"])

    @property
    def labels(self) -> list[str]:
        """The labels of its fields."""
        return [block["label"]["text"] for block in self.view["blocks"] if block["type"] == "input"]

    def block(self, label: str) -> dict[str, Any]:
        """The field whose label has this in it."""
        hits = [b for b in self.view["blocks"] if b["type"] == "input" and label in b["label"]["text"]]
        assert hits, f"no field {label!r} among {self.labels}"
        return hits[0]

    def holds(self, label: str) -> Any:
        """What stands in a field now: text, a user, users, or a choice's label; None for nothing."""
        block = self.block(label)
        (value,) = [v for k, v in self.state[block["block_id"]][block["element"]["action_id"]].items() if k != "type"]
        return value["text"]["text"] if isinstance(value, dict) else value

    def fill(self, label: str, value: Any) -> None:
        """What a person enters in a field: letters, a day, a time, user ids, or the label of a choice."""
        block = self.block(label)
        element, kind = block["element"], block["element"]["type"]
        if kind == "static_select":
            value = next(o for o in element["options"] if o["text"]["text"] == value)
        if kind == "plain_text_input":
            assert len(value or "") <= element.get("max_length", 3000), "Slack lets nobody type that much"
        (key,) = _EMPTY[kind]
        self.state[block["block_id"]][element["action_id"]] = {"type": kind, key: value}

    def missing(self) -> list[str]:
        """Required fields without anything in them: Slack does not send such a form."""
        return [
            block["label"]["text"]
            for block in self.view["blocks"]
            if block["type"] == "input" and not block.get("optional") and not self.holds(block["label"]["text"])
        ]

    def payload(self) -> dict[str, Any]:
        """The view as deliveries carry it."""
        return {"id": self.id, "team_id": "T1", "hash": self.hash, "root_view_id": self.id, "state": {"values": self.state}} | self.view


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: element[key] for key, name in _INITIAL.items() if key in element}
    return {"type": element["type"]} | _EMPTY[element["type"]] | given
