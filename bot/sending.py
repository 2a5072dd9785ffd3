"""What passes between the desk, the outbox and the platforms: an answer, a message to send, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.messages import Platform
from bot.replies import Reply


@dataclass(frozen=True)
class Answered:
    """What the desk gives a front end for its acknowledgement.

    reply: the answer, or None when there is nothing to say here (it is being sent as a message, or the delivery was not for us).
    locale: the language to dress it in. redraw: the reply shows the card that was pressed and takes its place.
    """

    reply: Reply | None
    locale: str = "en"
    redraw: bool = False


EPHEMERAL = "ephemeral"  # Address.message of a card that has no id and that only its hook can redraw


@dataclass(frozen=True)
class Address:
    """Where a message goes. user alone: their direct conversation. user beside channel: for their eyes alone in that channel.

    thread: the message it answers. message: a card of ours to redraw instead of posting. hook: Slack's response_url.
    """

    channel: str = ""
    user: str = ""
    thread: str = ""
    message: str = ""
    hook: str = ""


@dataclass(frozen=True)
class Outgoing:
    """A message to send. key: unique to it and the same at every try (Feishu's uuid, Slack's metadata); at most 50 characters."""

    key: str
    platform: Platform
    workspace: str
    to: Address
    reply: Reply
    locale: str


@dataclass(frozen=True)
class Sent:
    """The platform has it; message: its id there ("" where it gives none)."""

    message: str = ""


UNREACHABLE = "unreachable"  # the reason of a Later: nothing left this machine


@dataclass(frozen=True)
class Later:
    """Not now: nothing was sent, to be tried again after so many seconds. whom: who else had better not be tried before that."""

    seconds: float
    reason: str = ""
    whom: Literal["message", "receiver", "everybody"] = "message"


@dataclass(frozen=True)
class Never:
    """Refused for good. `gone`: the person left or stopped us; `content`: the platform refuses this text; `setup`: an admin must act.

    `edit`: the message whose place it was to take cannot be changed any more.
    """

    why: Literal["gone", "content", "setup", "edit"]
    reason: str = ""


@dataclass(frozen=True)
class Unknown:
    """The connection broke after the request left: it may have arrived."""

    reason: str = ""


Outcome = Sent | Later | Never | Unknown


@dataclass(frozen=True)
class NotYet:
    """What a budget says while a message has to wait. everybody: for all of the workspace, not for this receiver alone."""

    seconds: float
    everybody: bool


@dataclass(frozen=True)
class Past:
    """A message that was sent a short while ago. at: the machine's clock in seconds; answer: to somebody who waited for it."""

    to: Address
    at: float
    answer: bool


class Budget(Protocol):
    """How fast one workspace of a platform may be written to. now: the machine's clock in seconds. Several threads may ask at once."""

    def take(self, to: Address, now: float, *, answer: bool) -> NotYet | None:
        """Books one message; None when it may leave now."""

    def told(self, outcome: Outcome, to: Address, now: float) -> None:
        """Learns from what the platform said to it."""

    def recall(self, past: Iterable[Past]) -> None:
        """Starts from what was sent in the last minute, whoever sent it."""


@dataclass(frozen=True)
class Department:
    """A department of the platform's own directory. lead: a user id there, "" for none."""

    id: str
    name: str
    lead: str = ""


@dataclass(frozen=True)
class Profile:
    """What a platform knows of a person; None where it does not say. manager: a user id on the same platform.

    departments: those the person is directly in. outsider: a guest, a bot or somebody of another company. active False: has left.
    """

    name: str | None = None
    email: str | None = None
    timezone: str | None = None
    locale: str | None = None
    manager: str | None = None
    departments: tuple[Department, ...] | None = None
    outsider: bool = False
    active: bool = True


@dataclass(frozen=True)
class Response:
    """What a front end answers over HTTP."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
