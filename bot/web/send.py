"""Puts what Tenday says unasked into the chat log; it knows addresses, and nothing of when or why."""

from collections.abc import Callable

from bot.messages import OutOfReach
from bot.replies import to_json
from bot.sending import Address, Later, Never, Outcome, Outgoing, Sent
from bot.web.backend import Backend

RETRY = 5.0


def sender(backend: Backend) -> Callable[[Outgoing], Outcome]:
    """A send for the outbox: the same key posts once, however often it is tried."""

    def send(out: Outgoing) -> Outcome:
        try:
            return _put(backend, out)
        except OutOfReach:
            return Later(RETRY, "database out of reach")

    return send


def _put(backend: Backend, out: Outgoing) -> Outcome:
    to = out.to
    if not _is_number(to.message) or not _is_number(to.thread) or not (to.message or to.channel or to.user):
        return Never("content", "no such address on the chat page")
    if to.message:
        backend.redraw(int(to.message), to_json(out.reply), out.locale)
        return Sent(to.message)
    line = backend.post(
        conversation=to.channel or direct(to.user),
        author="",
        text="",
        reply=to_json(out.reply),
        locale=out.locale,
        thread=int(to.thread) if to.thread else None,
        only_for=_only_for(to),
        key=out.key,
    )
    return Sent(str(line.id))


def direct(user: str) -> str:
    """The name of a person's direct conversation with Tenday."""
    return f"dm:{user}"


def _only_for(to: Address) -> str:
    return to.user if to.channel and to.channel != direct(to.user) else ""


def _is_number(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit())
