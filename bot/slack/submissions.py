"""Turns what somebody does in an open form into a Message, with everything that stands in it; it calls nobody and answers nothing.

https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.messages import Mention, Message, Place, clean, mention_mark
from bot.slack.deliveries import ForeignButton, button_value, sender_of, text_of
from bot.slack.forms import CALLBACK, Opened, Standing, chosen_value, read_metadata
from bot.slack.people import Identity

_USER = re.compile(r"[UW][A-Z0-9]{1,20}")


class ForeignForm(Exception):
    """A form that is none of ours, or one from before an upgrade."""


@dataclass(frozen=True)
class Sending:
    """A form that was sent, or a press inside one (`pressed`), which sends it too. view: as Slack shows it."""

    message: Message
    standing: Standing
    view: Mapping[str, Any]
    pressed: bool


def is_in_form(body: Mapping[str, Any]) -> bool:
    """Whether a press happened inside an open form."""
    return isinstance(body.get("view"), dict)


def read(body: Mapping[str, Any], us: Identity) -> Sending:
    """What was sent; raises ForeignForm."""
    shown: Mapping[str, Any] = body.get("view") or {}
    standing = read_metadata(shown.get("private_metadata"))
    if shown.get("callback_id") != CALLBACK or standing is None:
        raise ForeignForm
    pressed = body.get("type") == "block_actions"
    text = _pressed(body) if pressed else standing.text
    ids, fields, people = _filled_in(shown, standing.elsewhere)
    standing = replace(standing, ids=ids, fields=fields)
    user, team = body.get("user") or {}, body.get("team")
    home = text_of(team.get("id")) if isinstance(team, dict) else ""
    opened = standing.opened
    message = Message(
        delivery=_delivery(shown, pressed, text, fields),
        sender=sender_of(us, us.team or home, text_of(user.get("id")), (text_of(user.get("team_id")),), text_of(user.get("username"))),
        place=Place(opened.channel, shared=opened.shared, thread=opened.thread),
        text=text.strip(),
        entry="form",
        mentions=tuple(map(Mention, dict.fromkeys(people))),
        drawn=standing.version,
        hook=opened.hook,
        fields=fields,
    )
    return Sending(message, standing, shown, pressed)


def opened_by(message: Message) -> Opened:
    """Where the form that answers a message is opened: what only the asker sees stays for their eyes alone."""
    place = message.place
    unseen = message.entry in ("command", "checkin") or (message.entry == "press" and not message.message)
    return Opened(place.channel, place.shared, place.thread, message.hook if unseen else "")


def _pressed(body: Mapping[str, Any]) -> str:
    """The text of the button; a select or a picker inside a form says nothing by itself."""
    actions = body.get("actions") or [{}]
    try:
        return str(button_value(actions[0].get("value"))["t"])
    except ForeignButton:
        raise ForeignForm from None


def _delivery(shown: Mapping[str, Any], pressed: bool, text: str, fields: Mapping[str, str]) -> str:
    """The same for a form that is sent again as it is; the view's hash alone stays when what is wrong was only marked."""
    whole = json.dumps([pressed, text, sorted(fields.items())], ensure_ascii=True)
    digest = hashlib.blake2b(whole.encode(), digest_size=12).hexdigest()
    return f"{text_of(shown.get('id'))}:{text_of(shown.get('hash'))}:{digest}"


def _filled_in(shown: Mapping[str, Any], elsewhere: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Block ids and values by the field's name, and everybody whom the fields of people hold."""
    ids: dict[str, str] = {}
    fields: dict[str, str] = {}
    people: list[str] = []
    state = shown.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    for block_id, elements in (values if isinstance(values, dict) else {}).items():
        _, mark, name = text_of(block_id).partition("|")
        element = next(iter(elements.values()), None) if isinstance(elements, dict) else None
        if not mark or not isinstance(element, dict):
            continue
        ids[name] = block_id
        users = _users(element)
        people += users or []
        fields[name] = _value(element) if users is None else _named(element, users, elsewhere.get(name, ""))
    return ids, fields, people


def _users(element: Mapping[str, Any]) -> list[str] | None:
    """Whom a field of people holds; None for any other field."""
    kind = element.get("type")
    if kind == "users_select":
        found = [element.get("selected_user")]
    elif kind == "multi_users_select":
        chosen = element.get("selected_users")
        found = chosen if isinstance(chosen, list) else []
    else:
        return None
    return [user for user in found if isinstance(user, str) and _USER.fullmatch(user)]


def _named(element: Mapping[str, Any], users: list[str], elsewhere: str) -> str:
    """The people of a field, with those who have no account here; a new one takes the place of the one whom a field held."""
    marks = " ".join(map(mention_mark, users))
    if users and element.get("type") == "users_select":
        return marks
    return f"{marks} {elsewhere}".strip(" ")


def _value(element: Mapping[str, Any]) -> str:
    if element.get("type") == "static_select":
        chosen = element.get("selected_option")
        return clean(chosen_value(text_of(chosen.get("value")))) if isinstance(chosen, dict) else ""
    for key in ("value", "selected_date", "selected_time"):
        if key in element:
            return clean(text_of(element[key]))
    return ""
