"""Where an answer goes: into the acknowledgement, or as a message through the outbox; and texts too long for a button."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from bot.messages import Message
from bot.replies import Button, Buttons, Item, Part, Reply, Say, to_json
from bot.sending import EPHEMERAL, Address, Answered
from handlers.outbox import ANSWER_LANE, add
from storage.outbox import Owed, Parked

LONGEST_BUTTON = 1500
ANSWER_USEFUL = timedelta(hours=6)


def is_database_trouble(problem: Exception) -> bool:
    """Whether a failure is the database's and not a handler's."""
    return isinstance(problem, DBAPIError | PoolTimeout)


def owe_answer(session: Session, message: Message, answered: Answered, claim: int, now: datetime) -> bool:
    """Puts what does not fit into the acknowledgement into the outbox; true when the answer itself went there."""
    reply = answered.reply
    if reply is not None and reply.form is not None and (message.trigger or message.entry == "form"):
        return False  # the front opens it, or draws it anew, as it acknowledges
    if reply is not None and stays_open(message, reply):
        return False
    if reply is None or (message.inline and not message.toast) or (message.toast and answered.redraw):
        return False
    letters = [(replace(reply, aside=None), _address(message, reply, redraw=answered.redraw), f"answer-{claim}")]
    if reply.aside is not None:
        letters.append((reply.aside, _alone(message), f"aside-{claim}"))
    for body, to, key in letters:
        add(session, _letter(message, body, locale=answered.locale, to=to, now=now, key=f"{key}-{int(now.timestamp()):x}"))
    return True


def stays_open(message: Message, reply: Reply) -> bool:
    """Whether the answer is a no that is written into the open form it was sent from, where nothing typed is lost."""
    return message.entry == "form" and not message.inline and reply.tone != "answer"


def _letter(message: Message, body: Reply, *, locale: str, to: Address, now: datetime, key: str) -> Owed:
    return Owed(
        key=key,
        platform=message.sender.platform,
        workspace=message.sender.workspace,
        lane=ANSWER_LANE,
        body=to_json(body),
        locale=locale,
        user=to.user,
        channel=to.channel,
        thread=to.thread,
        message=to.message,
        hook=to.hook,
        due_at=now,
        until=now + ANSWER_USEFUL,
    )


def _address(message: Message, reply: Reply, *, redraw: bool) -> Address:
    place = message.place
    if redraw:
        return Address(
            channel=place.channel,
            user="" if message.message else message.sender.user,
            thread=place.thread,
            message=message.message or EPHEMERAL,
            hook=message.hook,
        )
    if (reply.private and place.shared) or _unseen(message):
        return _alone(message)
    return _place(message)


def _unseen(message: Message) -> bool:
    """Whether nobody but the sender saw the form: what opened it was for their eyes alone, and its address came along."""
    return message.entry == "form" and bool(message.hook)


def _place(message: Message) -> Address:
    """Where it was said; a bot's menu stands in no conversation, so what it says is answered in the person's own."""
    place = message.place
    return Address(channel=place.channel, user="" if place.channel else message.sender.user, thread=place.thread)


def _alone(message: Message) -> Address:
    """For the sender's eyes: in their own conversation it is just that conversation."""
    place = message.place
    if not place.shared and not _unseen(message):
        return _place(message)
    return Address(channel=place.channel, user=message.sender.user, thread=place.thread, hook=message.hook)


def hinted(message: Message, reply: Reply) -> Reply:
    """A card in a shared place says how to answer it there: only what mentions Tenday is delivered."""
    if not message.place.shared or message.entry != "mention" or reply.private or not reply.card:
        return reply
    return replace(reply, parts=(*reply.parts, Say("mention_me", role="note")))


def park_long_texts(session: Session, reply: Reply, now: datetime, asker: int | None = None) -> Reply:
    """The same reply with every text that is too long for a button kept in a row, which the button names.

    asker: who alone may press the buttons of what is for their eyes alone.
    """

    def short(button: Button) -> Button:
        if len(json.dumps(button.text)) <= LONGEST_BUTTON:
            return button
        row = Parked(text=button.text, at=now, for_id=asker if reply.private else None)
        session.add(row)
        session.flush()
        return replace(button, text=f"run #p{row.id}")

    def part(one: Part) -> Part:
        if isinstance(one, Item | Buttons):
            return replace(one, buttons=tuple(short(b) for b in one.buttons))
        return one

    aside = park_long_texts(session, reply.aside, now, asker) if reply.aside else None
    return replace(reply, parts=tuple(part(p) for p in reply.parts), aside=aside)
