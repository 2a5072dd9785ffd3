"""Whom a form's fields of people may be filled with: colleagues on the platform where it is filled in."""

from dataclasses import replace

from bot.replies import Field, Reply
from handlers.asking import Asking
from storage.people import present_members

MOST = 60  # a card holds no longer lists beside its fields


def offered(asking: Asking, reply: Reply) -> Reply:
    """The reply, its form with the colleagues to choose from where it asks for people; nobody at all in a company too large to list."""
    form = reply.form
    if form is None or form.people or not any(isinstance(part, Field) and part.kind in ("person", "people") for part in form.parts):
        return reply
    sender = asking.message.sender
    there = present_members(asking.session, sender.platform, sender.workspace, MOST + 1)
    if len(there) > MOST:
        return reply
    asking.meet(there)
    return replace(reply, form=replace(form, people=tuple(asking.people[member] for member in there)))
