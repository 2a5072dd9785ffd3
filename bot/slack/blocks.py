"""Slack's blocks as plain dicts, each within its limits; it knows no Reply.

What people typed stands only where Slack reads no markup: in `plain_text` objects and in text elements of `rich_text`.
"""

import re
from collections.abc import Iterable
from typing import Any

from bot.replies import Source
from bot.wording import Span

Block = dict[str, Any]

# https://docs.slack.dev/reference/block-kit/blocks
MAX_BLOCKS = 50
MAX_HEADER = 150
MAX_CONTEXT_TEXT = 2000
MAX_ACTIONS = 25
MAX_TEXT_ELEMENT = 3000
# https://docs.slack.dev/reference/block-kit/block-elements/button-element
MAX_BUTTON = 75
MAX_VALUE = 2000
# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
MAX_CONFIRM_TITLE, MAX_CONFIRM_TEXT, MAX_CONFIRM_BUTTON = 100, 300, 30
# all text of a message together: 13,172 to 13,297 were measured (https://github.com/slackapi/bolt-js/issues/2509)
MAX_TOTAL = 12_000
MAX_URL = 3000

_USER = re.compile(r"[UW][A-Z0-9]{1,20}")
_TEAM = re.compile(r"[TE][A-Z0-9]{1,20}")
_CHANNEL, _STAMP = re.compile(r"[CDG][A-Z0-9]{1,20}"), re.compile(r"[0-9]{1,12}\.[0-9]{1,8}")
_WEB = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)


def plain(text: str, limit: int) -> dict[str, Any]:
    """A plain_text object; aliases such as :smile: stay letters."""
    return {"type": "plain_text", "text": cut(text, limit) or "–", "emoji": False}


def cut(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def section(spans: Iterable[Span], workspace: str, *, bold: bool = False) -> Block | None:
    """A line of rich text, or None when there is nothing in it."""
    elements = [e for span in spans for e in _elements(span, workspace, bold=bold)]
    return {"type": "rich_text_section", "elements": elements} if elements else None


def below_each_other(sections: list[Block]) -> Block | None:
    """Lines as one section with line breaks: how far apart two sections stand is the client's affair."""
    elements: list[Block] = []
    for section in sections:
        elements += [{"type": "text", "text": "\n"}] * bool(elements) + section["elements"]
    return {"type": "rich_text_section", "elements": elements} if elements else None


def preformatted(text: str) -> Block:
    """Text to copy, as it is."""
    return {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": piece} for piece in _pieces(text)]}


def _elements(span: Span, workspace: str, *, bold: bool) -> list[Block]:
    style = {"bold": True} if bold or span.kind == "bold" else {}
    if span.kind == "code":
        style = {"code": True}
    if (user := mentionable(span, workspace)) is not None:
        return [{"type": "user", "user_id": user}]
    if span.kind == "link" and _WEB.fullmatch(span.url) and len(span.url) <= MAX_URL:
        return [{"type": "link", "url": span.url, "text": cut(span.text or span.url, MAX_TEXT_ELEMENT)}]
    if span.source is not None:
        address = permalink(span.source, workspace)
        return [{"type": "link", "url": address, "text": "↗"}] if address else []
    return [{"type": "text", "text": piece} | ({"style": style} if style else {}) for piece in _pieces(span.text)]


def permalink(source: Source, workspace: str) -> str:
    """Where a message of this workspace opens, "" for one from elsewhere.

    By ids alone (https://docs.slack.dev/interactivity/deep-linking): the workspace's own address would have to be asked for.
    """
    here = source.platform == "slack" and source.workspace == workspace and _TEAM.fullmatch(workspace)
    if not here or not _CHANNEL.fullmatch(source.channel) or not _STAMP.fullmatch(source.message):
        return ""
    return f"https://slack.com/app_redirect?team={workspace}&channel={source.channel}&message_ts={source.message}"


def mentionable(span: Span, workspace: str) -> str | None:
    """The user id of a person who has an account in this workspace, else None: then the name is written."""
    if span.kind != "person" or span.person is None:
        return None
    for platform, where, user in span.person.accounts:
        if platform == "slack" and where == workspace and _USER.fullmatch(user):
            return user
    return None


def _pieces(text: str) -> list[str]:
    return [text[i : i + MAX_TEXT_ELEMENT] for i in range(0, len(text), MAX_TEXT_ELEMENT)]


def weight(block: Any) -> int:
    """Characters of text in a block, as Slack counts them for a message."""
    if isinstance(block, dict):
        own = len(block["text"]) if isinstance(block.get("text"), str) else 0
        return own + sum([weight(v) for v in block.values() if isinstance(v, dict | list)])
    return sum([weight(v) for v in block if isinstance(v, dict | list)]) if isinstance(block, list) else 0
