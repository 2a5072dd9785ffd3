"""Turns a verified Slack payload into a Message; it calls nobody and answers nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.messages import Entry, Message, Place, Sender
from bot.slack.people import Identity
from bot.slack.text import read

_KEPT_SUBTYPES = (None, "file_share", "thread_broadcast")


@dataclass(frozen=True)
class ForeignButton(Exception):
    """A press whose value is not of our making; `hook` takes a polite answer."""

    hook: str


def command(body: Mapping[str, Any], us: Identity, signature: str) -> Message:
    """A slash command: /checkin is an entry of its own, any other of ours is `command`.

    signature: tells two deliveries apart where Slack gives no trigger_id.
    """
    text, mentions = read(_text(body.get("text")), us.user, us.name)
    entry: Entry = "checkin" if body.get("command") == "/checkin" else "command"
    channel = _text(body.get("channel_id"))
    return Message(
        delivery=_text(body.get("trigger_id")) or signature,
        sender=_sender(us, _text(body.get("team_id")), _text(body.get("user_id")), (), _text(body.get("user_name"))),
        place=Place(channel, shared=_shared(channel, _text(body.get("channel_name")))),
        text=text,
        entry=entry,
        mentions=mentions,
        hook=_text(body.get("response_url")),
        inline=True,
    )


def event(body: Mapping[str, Any], us: Identity) -> Message | None:
    """A DM or a mention of us; None for every other event, for bots, and for edits and deletions."""
    said: Mapping[str, Any] = body["event"]
    kind, user, ts = said.get("type"), _text(said.get("user")), _text(said.get("ts"))
    direct = kind == "message" and said.get("channel_type") == "im"
    if not (direct or kind == "app_mention") or not user or not ts:
        return None
    if said.get("bot_id") or said.get("subtype") not in _KEPT_SUBTYPES:
        return None
    return _said(body, said, us, direct=direct)


def _said(body: Mapping[str, Any], said: Mapping[str, Any], us: Identity, *, direct: bool) -> Message:
    team, own_user = _authorised(body)
    text, mentions = read(_text(said.get("text")), us.user or own_user, us.name)
    channel, ts = _text(said.get("channel")), _text(said.get("ts"))
    thread = _text(said.get("thread_ts")) or ("" if direct else ts)
    teams = tuple(_text(said.get(key)) for key in ("user_team", "source_team", "team"))
    return Message(
        delivery=f"{channel}:{ts}",  # not event_id: a mention may come as app_mention and as message
        sender=_sender(us, us.team or team, _text(said.get("user")), teams, _text(said.get("username"))),
        place=Place(channel, shared=not direct, thread=thread),
        text=text,
        entry="direct" if direct else "mention",
        mentions=mentions,
        message=ts,
    )


def press(body: Mapping[str, Any], us: Identity, signature: str) -> Message:
    """A button of ours; raises ForeignButton for any other value. signature: as for a command."""
    action: Mapping[str, Any] = (body.get("actions") or [{}])[0]
    hook = _text(body.get("response_url"))
    value = _value(action.get("value"), hook)
    user, team, container = body.get("user") or {}, body.get("team") or {}, body.get("container") or {}
    place = body.get("channel") or {}
    channel = _text(place.get("id")) or _text(container.get("channel_id"))
    text, mentions = read(_escaped(value["t"]))
    ephemeral = container.get("is_ephemeral") is True
    home = _text(team.get("id")) if isinstance(team, dict) else ""
    return Message(
        delivery=f"{_text(body.get('trigger_id')) or signature}:{_text(action.get('action_ts'))}",
        sender=_sender(us, us.team or home, _text(user.get("id")), (_text(user.get("team_id")),), _text(user.get("username"))),
        place=Place(channel, shared=_shared(channel, _text(place.get("name"))), thread=_text(container.get("thread_ts"))),
        text=text,
        entry="press",
        mentions=mentions,
        drawn=value["v"],
        card=value["c"],
        message="" if ephemeral else _text(container.get("message_ts")),
        hook=hook,
    )


def _value(raw: Any, hook: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
        text, version, card = value["t"], value["v"], value["c"]
    except (TypeError, ValueError, KeyError, RecursionError):
        raise ForeignButton(hook) from None
    if not (isinstance(text, str) and type(version) is int and abs(version) < 2**63 and isinstance(card, str)):
        raise ForeignButton(hook)
    return {"t": text, "v": version, "c": _text(card)}


def _escaped(text: str) -> str:
    """A button's text is plain already: dressed once so that `read` undresses it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _shared(channel: str, name: str) -> bool:
    return not (channel.startswith("D") or name == "directmessage")


def _authorised(body: Mapping[str, Any]) -> tuple[str, str]:
    """(workspace, our user) as the envelope tells; in Slack Connect the envelope's team_id may be the others'."""
    first = (body.get("authorizations") or [{}])[0]
    return _text(first.get("team_id")) or _text(body.get("team_id")), _text(first.get("user_id"))


def _sender(us: Identity, home: str, user: str, teams: tuple[str, ...], name: str) -> Sender:
    """home: the workspace as the delivery tells; teams: whatever it says of where the person belongs."""
    workspace = us.team or home
    ours = {workspace, us.enterprise, ""}
    return Sender("slack", workspace, user, name, outsider=any(team not in ours for team in (home, *teams)))


def _text(value: Any) -> str:
    """A string of the payload; anything else, and what no database can hold, is left out."""
    return value.encode("utf-8", "ignore").decode().replace("\x00", "") if isinstance(value, str) else ""
