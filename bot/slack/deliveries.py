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
    text, mentions = read(text_of(body.get("text")), us.user, us.name)
    entry: Entry = "checkin" if body.get("command") == "/checkin" else "command"
    channel = text_of(body.get("channel_id"))
    return Message(
        delivery=text_of(body.get("trigger_id")) or signature,
        sender=sender_of(us, text_of(body.get("team_id")), text_of(body.get("user_id")), (), text_of(body.get("user_name"))),
        place=Place(channel, shared=_shared(channel, text_of(body.get("channel_name")))),
        text=text,
        entry=entry,
        mentions=mentions,
        hook=text_of(body.get("response_url")),
        inline=True,
        trigger=text_of(body.get("trigger_id")),
    )


def event(body: Mapping[str, Any], us: Identity) -> Message | None:
    """A DM, a mention of us, or a first look at us; None for every other event, for bots, and for edits and deletions."""
    said: Mapping[str, Any] = body["event"]
    if said.get("type") == "app_home_opened":
        return _hello(body, said, us)
    kind, user, ts = said.get("type"), text_of(said.get("user")), text_of(said.get("ts"))
    direct = kind == "message" and said.get("channel_type") == "im"
    if not (direct or kind == "app_mention") or not user or not ts:
        return None
    if said.get("bot_id") or said.get("subtype") not in _KEPT_SUBTYPES:
        return None
    return _said(body, said, us, direct=direct)


def _hello(body: Mapping[str, Any], said: Mapping[str, Any], us: Identity) -> Message | None:
    """Somebody opened their conversation with us; None for our other tab."""
    user, channel, event_id = text_of(said.get("user")), text_of(said.get("channel")), text_of(body.get("event_id"))
    if said.get("tab") != "messages" or not user or not event_id:
        return None
    team, _ = _authorised(body)
    sender = sender_of(us, us.team or team, user, (), "")
    return Message(delivery=event_id, sender=sender, place=Place(channel, shared=False), text="", entry="hello")


def _said(body: Mapping[str, Any], said: Mapping[str, Any], us: Identity, *, direct: bool) -> Message:
    team, own_user = _authorised(body)
    text, mentions = read(text_of(said.get("text")), us.user or own_user, us.name)
    channel, ts = text_of(said.get("channel")), text_of(said.get("ts"))
    thread = text_of(said.get("thread_ts")) or ("" if direct else ts)
    teams = tuple(text_of(said.get(key)) for key in ("user_team", "source_team", "team"))
    return Message(
        delivery=f"{channel}:{ts}",  # not event_id: a mention may come as app_mention and as message
        sender=sender_of(us, us.team or team, text_of(said.get("user")), teams, text_of(said.get("username"))),
        place=Place(channel, shared=not direct, thread=thread),
        text=text,
        entry="direct" if direct else "mention",
        mentions=mentions,
        message=ts,
    )


def press(body: Mapping[str, Any], us: Identity, signature: str) -> Message:
    """A button of ours; raises ForeignButton for any other value. signature: as for a command."""
    action: Mapping[str, Any] = (body.get("actions") or [{}])[0]
    hook = text_of(body.get("response_url"))
    value = button_value(action.get("value"), hook)
    user, team, container = body.get("user") or {}, body.get("team") or {}, body.get("container") or {}
    place = body.get("channel") or {}
    channel = text_of(place.get("id")) or text_of(container.get("channel_id"))
    text, mentions = read(escaped(value["t"]))
    ephemeral = container.get("is_ephemeral") is True
    home = text_of(team.get("id")) if isinstance(team, dict) else ""
    return Message(
        delivery=f"{text_of(body.get('trigger_id')) or signature}:{text_of(action.get('action_ts'))}",
        sender=sender_of(us, us.team or home, text_of(user.get("id")), (text_of(user.get("team_id")),), text_of(user.get("username"))),
        place=Place(channel, shared=_shared(channel, text_of(place.get("name"))), thread=text_of(container.get("thread_ts"))),
        text=text,
        entry="press",
        mentions=mentions,
        drawn=value["v"],
        card=value["c"],
        message="" if ephemeral else text_of(container.get("message_ts")),
        hook=hook,
        trigger=text_of(body.get("trigger_id")),
    )


def button_value(raw: Any, hook: str = "") -> dict[str, Any]:
    """What a button of ours carries: {"t": text, "v": version, "c": card}; ForeignButton for anything else."""
    try:
        value = json.loads(raw)
        text, version, card = value["t"], value["v"], value["c"]
    except (TypeError, ValueError, KeyError, RecursionError):
        raise ForeignButton(hook) from None
    if not (isinstance(text, str) and type(version) is int and abs(version) < 2**63 and isinstance(card, str)):
        raise ForeignButton(hook)
    return {"t": text, "v": version, "c": text_of(card)}


def escaped(text: str) -> str:
    """A button's text is plain already: dressed once so that `read` undresses it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _shared(channel: str, name: str) -> bool:
    return not (channel.startswith("D") or name == "directmessage")


def _authorised(body: Mapping[str, Any]) -> tuple[str, str]:
    """(workspace, our user) as the envelope tells; in Slack Connect the envelope's team_id may be the others'."""
    first = (body.get("authorizations") or [{}])[0]
    return text_of(first.get("team_id")) or text_of(body.get("team_id")), text_of(first.get("user_id"))


def sender_of(us: Identity, home: str, user: str, teams: tuple[str, ...], name: str) -> Sender:
    """home: the workspace as the delivery tells; teams: whatever it says of where the person belongs."""
    workspace = us.team or home
    ours = {workspace, us.enterprise, ""}
    return Sender("slack", workspace, user, name, outsider=any(team not in ours for team in (home, *teams)))


def text_of(value: Any) -> str:
    """A string of the payload; anything else, and what no database can hold, is left out."""
    return value.encode("utf-8", "ignore").decode().replace("\x00", "") if isinstance(value, str) else ""
