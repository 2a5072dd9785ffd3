"""The few answers that a front end gives by itself, when the desk could not: each hands back what was typed."""

import re
import traceback
from collections.abc import Mapping

from bot.messages import MARK_CLOSE, MARK_OPEN, Mention, Message
from bot.replies import Copy, Part, Reply, Say

_MARK = re.compile(f"{MARK_OPEN}([^{MARK_OPEN}{MARK_CLOSE}]*){MARK_CLOSE}")


def readable(text: str, mentions: tuple[Mention, ...] = ()) -> str:
    """A Message's text as people read it: a mention is @name, or @id where no name is known."""
    names: Mapping[str, str] = {m.user: m.name for m in mentions}
    return _MARK.sub(lambda mark: f"@{names.get(mark[1]) or mark[1]}", text)


def not_stored(message: Message) -> Reply:
    """The database is out of reach: nothing was kept, and here is what you typed."""
    return _excuse("not_stored", message)


def apology(message: Message) -> Reply:
    """Something broke in Tenday."""
    return _excuse("apology", message)


def pressed_unknown() -> Reply:
    """A button that is none of ours, or of a form that is not spoken any more."""
    return Reply((Say("pressed_unknown", role="warning"),), private=True, tone="apology")


def whence(error: BaseException) -> str:
    """What broke and where, for a log: never the error's own words, which may quote what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _excuse(prompt: str, message: Message) -> Reply:
    parts: tuple[Part, ...] = (Say(prompt, role="warning"),)
    if message.text and message.entry not in ("press", "form"):
        parts += (Copy(readable(message.text, message.mentions)),)
    return Reply(parts, private=True, tone="apology")
