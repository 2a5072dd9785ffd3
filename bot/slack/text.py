"""Turns Slack's message text into plain text: `&lt;` and `<…>` decoded, people as mention marks. It knows no delivery.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re

from bot.messages import Mention, clean, mention_mark

_CONTROL = re.compile(r"<([^<>\n]*)>")
_PERSON = re.compile(r"@([UW][A-Z0-9]{1,20})(?:\|(.*))?", re.DOTALL)
_CHANNEL = re.compile(r"#([CGD][A-Z0-9]{1,20})(?:\|(.*))?", re.DOTALL)


def read(raw: str, bot: str = "", bot_name: str = "Tenday") -> tuple[str, tuple[Mention, ...]]:
    """The text and the people in it. bot: our own user id, whose mention is dropped at either end and plain in between."""
    mentions: dict[str, Mention] = {}
    pieces = _CONTROL.split(clean(raw))
    said = [_control(piece, bot, mentions) if i % 2 else _unescaped(piece) for i, piece in enumerate(pieces)]
    return _without(mention_mark(bot), "".join(said).strip(), bot_name) if bot else "".join(said).strip(), tuple(mentions.values())


def _without(own: str, text: str, name: str) -> str:
    while text.startswith(own):
        text = text.removeprefix(own).lstrip(" \t\n,:，：")
    while text.endswith(own):
        text = text.removesuffix(own).rstrip()
    return text.replace(own, f"@{name}")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _control(inside: str, bot: str, mentions: dict[str, Mention]) -> str:
    """What stands between < and >: a person, a channel, a special word or a link."""
    if person := _PERSON.fullmatch(inside):
        user, name = person[1], _unescaped(person[2] or "")
        if user != bot:
            mentions.setdefault(user, Mention(user, name))
        return mention_mark(user)
    if channel := _CHANNEL.fullmatch(inside):
        return "#" + (_unescaped(channel[2] or "") or channel[1])
    if inside.startswith("!"):
        return _special(inside[1:])
    address, _, label = inside.partition("|")
    return _unescaped(label or address.removeprefix("mailto:"))


def _special(inside: str) -> str:
    """<!channel>, <!here|@here>, <!subteam^S1|@growth>, <!date^…|fallback>: plain words."""
    command, _, label = inside.partition("|")
    word = _unescaped(label) or command.partition("^")[0]
    return word.removeprefix("@")
