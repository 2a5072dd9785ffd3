"""Turns a verified Feishu payload into a Message; it calls nobody and answers nothing.

https://open.feishu.cn/document/server-docs/im-v1/message/events/receive
https://open.feishu.cn/document/feishu-cards/card-callback-communication
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.feishu import submissions
from bot.feishu.text import Named, read
from bot.messages import Mention, Message, Place, Sender, clean


class ForeignButton(Exception):
    """A press whose value is not of our making."""


def message(event: Mapping[str, Any], tenant: str, bot: str) -> Message | None:
    """A DM, or a group message that mentions us; None for bots and for what is said to others.

    bot: our own open_id, "" while unknown; then any mention that can be a bot's counts as ours.
    """
    said, sender = _map(event.get("message")), _map(event.get("sender"))
    user = text(_map(sender.get("sender_id")).get("open_id"))
    direct = said.get("chat_type") == "p2p"
    named = [_named(m, tenant, bot) for m in _list(said.get("mentions"))]
    if sender.get("sender_type") not in ("user", None) or not user or not text(said.get("message_id")):
        return None
    if not direct and not any(n.ours for n in named):
        return None
    words, mentions = read(text(said.get("message_type")), text(said.get("content")), named)
    own_id = text(said.get("message_id"))
    thread = text(said.get("root_id")) or text(said.get("thread_id")) or ("" if direct else own_id)
    return Message(
        delivery=own_id,  # not event_id: a re-push may carry a new one
        sender=_sender(tenant, user, text(sender.get("tenant_key"))),
        place=Place(text(said.get("chat_id")), shared=not direct, thread=thread),
        text=words,
        entry="direct" if direct else "mention",
        mentions=mentions,
        message=own_id,
    )


def press(event: Mapping[str, Any], event_id: str, tenant: str) -> Message:
    """A button of ours, or a form that one sends; raises ForeignButton for any other value."""
    value, operator, context = _map(event.get("action")).get("value"), _map(event.get("operator")), _map(event.get("context"))
    if not isinstance(value, dict):
        raise ForeignButton
    said, version, card = value.get("t"), value.get("v"), value.get("c")
    if not (isinstance(said, str) and type(version) is int and abs(version) < 2**63 and isinstance(card, str)):
        raise ForeignButton
    sends = submissions.is_form(value)
    fields, people = submissions.filled_in(value, _map(event.get("action")).get("form_value")) if sends else ({}, [])
    return Message(
        delivery=event_id,
        sender=_sender(tenant, text(operator.get("open_id")), text(operator.get("tenant_key"))),
        place=Place(text(context.get("open_chat_id")), shared=value.get("d") != 1),
        text=clean(said).strip(),
        entry="form" if sends else "press",
        mentions=tuple(map(Mention, dict.fromkeys(people))),
        fields=fields,
        drawn=version,
        card=text(card),
        message=text(context.get("open_message_id")),
        inline=True,
        toast=True,
    )


def direct(press: Message) -> Message:
    """The same press, on a card in a direct conversation."""
    return replace(press, place=replace(press.place, shared=False))


def menu(event: Mapping[str, Any], event_id: str, tenant: str) -> Message | None:
    """An entry of the bot's menu: its key is the text of a command; None when it says nothing."""
    operator = _map(event.get("operator"))
    user, said = text(_map(operator.get("operator_id")).get("open_id")), clean(text(event.get("event_key"))).strip()
    if not user or not said:
        return None
    sender = _sender(tenant, user, text(operator.get("tenant_key")), text(operator.get("operator_name")))
    return Message(delivery=event_id, sender=sender, place=Place("", shared=False), text=said, entry="direct")


def hello(event: Mapping[str, Any], event_id: str, tenant: str) -> Message | None:
    """Somebody opened their conversation with us."""
    user, chat = text(_map(event.get("operator_id")).get("open_id")), text(event.get("chat_id"))
    if not user or not chat:
        return None
    return Message(delivery=event_id, sender=_sender(tenant, user, ""), place=Place(chat, shared=False), text="", entry="hello")


def text(value: Any) -> str:
    """A string of the payload; anything else, and what no database can hold, is left out."""
    return value.encode("utf-8", "ignore").decode().replace("\x00", "") if isinstance(value, str) else ""


def _named(mention: Mapping[str, Any], tenant: str, bot: str) -> Named:
    ids = _map(mention.get("id"))
    user = text(ids.get("open_id"))
    ours = user == bot if bot else mention.get("mentioned_type") == "bot" or not ids.get("user_id")
    home = text(mention.get("tenant_key"))
    return Named(text(mention.get("key")), user, clean(text(mention.get("name"))), outsider=home not in ("", tenant), ours=ours)


def _sender(tenant: str, user: str, home: str, name: str = "") -> Sender:
    return Sender("feishu", tenant, user, name, outsider=home not in ("", tenant))


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
