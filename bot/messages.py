"""What was said, by whom and where, stripped of the platform that it was said on.

Inside a text, a person who was mentioned stands as `mention_mark(user)`: the platform's id of the person between two
private-use characters. `clean` takes those characters out of whatever people type, so nobody can forge a mention.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Platform = Literal["slack", "feishu", "web"]
Entry = Literal["command", "checkin", "direct", "mention", "press", "form", "hello"]

MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
_PRIVATE_USE, _SURROGATES = "\ue000-\uf8ff", "\ud800-\udfff"
_INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_UNWANTED = re.compile(f"[{_PRIVATE_USE}{_SURROGATES}{_INVISIBLE}]")


def clean(text: str) -> str:
    """Typed text without what could be mistaken for our own marks: private-use, control and invisible characters."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def mention_mark(user: str) -> str:
    """How a mentioned person stands inside a Message's text."""
    return f"{MARK_OPEN}{user}{MARK_CLOSE}"


@dataclass(frozen=True)
class Mention:
    """A person named in a text; `user` is the platform's id, `outsider` is true for somebody of another company."""

    user: str
    name: str = ""
    outsider: bool = False


@dataclass(frozen=True)
class Sender:
    """Who said it, as the delivery tells; `outsider` is true for guests and for people of another company.

    locale, timezone: where the platform told them already ("en", "zh"; "Asia/Shanghai"), else "".
    """

    platform: Platform
    workspace: str
    user: str
    name: str = ""
    outsider: bool = False
    locale: str = ""
    timezone: str = ""


@dataclass(frozen=True)
class Place:
    """Where it was said: a channel or a direct conversation, and the thread in it ("" for none)."""

    channel: str
    shared: bool
    thread: str = ""


class OutOfReach(Exception):
    """The database did not answer. Events are refused with 500 (they come again), everything else says "not stored"."""


@dataclass(frozen=True)
class Message:
    """One delivery, verified.

    delivery: the id that makes a repeat of it recognisable, unique in (platform, workspace).
    text: cleaned; mentions as `mention_mark(user)`, Tenday's own leading mention removed.
    entry: `command` (/okr), `checkin` (/checkin), `direct` (a DM), `mention` (@Tenday in a shared place), `press` (a button),
    `form` (a form was sent), `hello` (somebody opened their conversation with us for the first time; text is "").
    drawn: of a press, the version that the button was drawn from. card: the card that was pressed, or that the thread is about
    where the front knows it.
    message: the platform's id of what was said, or of the card that was pressed ("" where there is none).
    hook: an address that takes an answer to this delivery alone (Slack's response_url); never logged.
    inline: true when the front can put the answer into its acknowledgement, false when it must be sent as a message.
    toast: of an inline press, that only a redrawn card fits whole: of any other answer the front shows one line, and it is also sent.
    fields: of a form, what stands in each field by its name, as text: people as `mention_mark(user)`, dates as 2026-11-24.
    trigger: what opens a form at once (Slack's trigger_id); "" where none is needed or none can be opened.
    channels: (id, name) of the channels named in the text, where they stand as `#name`.
    """

    delivery: str
    sender: Sender
    place: Place
    text: str
    entry: Entry
    mentions: tuple[Mention, ...] = ()
    drawn: int | None = None
    card: str = ""
    message: str = ""
    hook: str = ""
    inline: bool = False
    toast: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    trigger: str = ""
    channels: tuple[tuple[str, str], ...] = ()
