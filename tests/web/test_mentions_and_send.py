"""Who is named in a typed text; and where the outbox's messages go."""

import pytest

from bot.messages import mention_mark
from bot.sending import Address, Later, Never, Outgoing, Sent
from bot.web.backend import Resident
from bot.web.mentions import marked, names_bot, without_bot
from bot.web.send import sender
from tests.web import samples
from tests.web.town import OUT_OF_REACH, PEOPLE, Town

ANN, ANNA, CHEN = mention_mark("ann"), mention_mark("anna"), mention_mark("chenjing")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("@Ann and @Anna Lindqvist", f"{ANN} and {ANNA}"),
        ("@anna lindqvist，看看", f"{ANNA}，看看"),
        ("请@陈静看看", f"请{CHEN}看看"),
        ("＠陈静", CHEN),
        ("@Annabel", "@Annabel"),
        ("@Anna", "@Anna"),
        ("me@Ann", "me@Ann"),
        ("@Omar (a.*)", "@Omar (a.*)"),
    ],
)
def test_names(typed: str, meant: str) -> None:
    assert marked(typed, PEOPLE)[0] == meant


def test_a_name_that_two_share_is_not_guessed() -> None:
    twice = [Resident("a", "Li Wei", "", "en"), Resident("b", "li wei", "", "en")]
    assert marked("@Li Wei", twice) == ("@Li Wei", ())
    assert marked("@Li Wei", []) == ("@Li Wei", ())


@pytest.mark.parametrize(
    ("typed", "left"),
    [("@Tenday mine", "mine"), ("＠tenday：我的", "我的"), ("@Tenday", ""), ("ask @Tenday", "ask @Tenday"), ("@Tendays x", "@Tendays x")],
)
def test_tenday_is_taken_off_the_front(typed: str, left: str) -> None:
    assert without_bot(typed) == left
    assert names_bot(typed) is ("Tendays" not in typed)


def outgoing(key: str = "k1", **to: str) -> Outgoing:
    return Outgoing(key, "web", "local", Address(**to), samples.helping("en"), "en")


@pytest.mark.parametrize(
    ("to", "conversation", "only_for", "thread"),
    [
        ({"user": "mina"}, "dm:mina", "", None),
        ({"channel": "general"}, "general", "", None),
        ({"channel": "general", "user": "mina", "thread": "7"}, "general", "mina", 7),
        ({"channel": "dm:mina", "user": "mina"}, "dm:mina", "", None),
    ],
)
def test_addresses(to: dict[str, str], conversation: str, only_for: str, thread: int | None) -> None:
    town = Town()
    assert sender(town.backend())(outgoing(**to)) == Sent("1")
    (line,) = town.lines
    assert (line.conversation, line.only_for, line.thread, line.author) == (conversation, only_for, thread, "")


def test_a_key_is_sent_once_and_a_card_redrawn() -> None:
    town = Town()
    send = sender(town.backend())
    assert send(outgoing(user="mina")) == send(outgoing(user="mina")) == Sent("1")
    assert send(outgoing("k2", user="mina", message="1")) == Sent("1")
    assert [line.edited for line in town.lines] == [True]


def test_what_cannot_be_sent() -> None:
    town = Town()
    send = sender(town.backend())
    assert isinstance(send(outgoing()), Never)
    assert isinstance(send(outgoing(user="mina", message="ts.1")), Never)
    town.broken["post"] = OUT_OF_REACH
    assert isinstance(send(outgoing(user="mina")), Later)
