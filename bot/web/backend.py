"""What the chat page is given by app.py: plain functions, and the shapes that pass through them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.messages import Message
from bot.replies import Reply
from bot.sending import Answered


@dataclass(frozen=True)
class Resident:
    """Somebody whom the visitor can be. user: the account on the web platform; locale: "en" or "zh"; timezone: theirs by name."""

    user: str
    name: str
    title: str
    locale: str
    timezone: str = "UTC"


@dataclass(frozen=True)
class ChatLine:
    """One line of a conversation. author "" is Tenday; reply: a Reply as JSON ("" for plain text).

    conversation: "general" or "dm:USER". thread: the id of the line it answers, None at top level.
    only_for: the one user who may see it ("" everyone in the conversation). revision grows with every post and redraw.
    text: as typed; a mention stands as bot.messages.mention_mark(user).
    """

    id: int
    conversation: str
    thread: int | None
    author: str
    text: str
    reply: str
    locale: str
    only_for: str
    at: datetime
    edited: bool
    revision: int


@dataclass(frozen=True)
class Backend:
    """answer: the desk. people: who lives here. post, redraw, read: the log, kept in the database.

    post(conversation=…, author=…, text=…, reply=…, locale=…, thread=…, only_for=…, key=…) stores a line once per key
    ("" for none) and returns it.
    redraw(line_id, reply_json, locale) replaces a card in place, as a new revision.
    read(viewer, after): every line that the viewer may see with a revision above `after`, oldest revision first.
    latest(): the newest revision. today(): the business date-time that the page's clock shows.
    turn(to): turns that clock forward, with what happens on the way; false when it cannot go there.
    dressed(reply, locale): how Slack and Feishu would draw it, for the developer view: {"slack": {…}, "feishu": {…}, "people": {id: name}}.
    """

    answer: Callable[[Message], Answered]
    people: Callable[[], Sequence[Resident]]
    post: Callable[..., ChatLine]
    redraw: Callable[[int, str, str], None]
    read: Callable[[str, int], Sequence[ChatLine]]
    latest: Callable[[], int]
    today: Callable[[], datetime]
    turn: Callable[[datetime], bool]
    dressed: Callable[[Reply, str], Mapping[str, Any]]
