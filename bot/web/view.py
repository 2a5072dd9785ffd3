"""How a line of the log looks to the page: JSON, with Tenday's cards as HTML fragments."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.replies import from_json
from bot.web.backend import ChatLine, Resident
from bot.web.render import render, unshown
from bot.web.send import direct
from bot.wording import kept_words

GENERAL = "general"
log = logging.getLogger(__name__)


def may_see(viewer: str, line: ChatLine) -> bool:
    """Whether a line is in the channel or in the viewer's own conversation, and not for other eyes alone."""
    return line.conversation in {GENERAL, direct(viewer)} and line.only_for in {"", viewer}


def lines_json(lines: Sequence[ChatLine], viewer: str, now: datetime) -> list[dict[str, Any]]:
    """The lines that the viewer may see, oldest revision first; now: business time on the viewer's own clock."""
    return [_line(line, now) for line in lines if may_see(viewer, line)]


def resident_json(person: Resident) -> dict[str, str]:
    """A resident for the picker: {user, name, title, locale}."""
    return {"user": person.user, "name": person.name, "title": person.title, "locale": person.locale}


def clock(at: datetime, now: datetime) -> str:
    """A moment as the viewer's clock shows it, whose zone `now` is in: "2026-11-23T10:24"."""
    if at.tzinfo is not None and now.tzinfo is not None:
        at = at.astimezone(now.tzinfo)
    return at.strftime("%Y-%m-%dT%H:%M")


def local(now: datetime, person: Resident) -> datetime:
    """The same moment on a resident's own clock."""
    return now.astimezone(ZoneInfo(person.timezone))


def _line(line: ChatLine, now: datetime) -> dict[str, Any]:
    return {
        "id": line.id,
        "conversation": line.conversation,
        "thread": line.thread,
        "author": line.author,
        "text": line.text,
        "html": _html(line),
        "locale": line.locale,
        "only_for": line.only_for,
        "at": clock(line.at, now),
        "edited": line.edited,
        "revision": line.revision,
    }


def _html(line: ChatLine) -> str:
    if not line.reply:
        return ""
    try:
        return render(from_json(line.reply), line.locale, kept_words(line.locale), key=f"l{line.id}")
    except Exception:  # one card that cannot be drawn must not take the conversation with it
        log.exception("line %s cannot be drawn", line.id)
        return unshown(line.locale)
