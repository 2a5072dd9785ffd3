"""Seeing: one's own, a colleague's, one objective, one key result, help; and what is never seen where, or by whom."""

from dataclasses import replace

import pytest
from sqlmodel import select

from bot.commands import NotYet, Prose
from bot.grammar import TOPICS, parse
from bot.grammar.words import PROMISED
from bot.messages import Place
from bot.replies import Copy
from handlers import help
from storage.okrs import Objective
from storage.store import EVERYWHERE
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

TWO = "O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200"


def refused(heard: Heard) -> bool:
    return bool(heard.reply is not None and heard.reply.tone == "refusal")


def make_private(town: Town, who: str) -> None:
    """As `private O1` does."""
    number = town.objectives_of(who)[0]["id"][1:]
    with town.store.write(EVERYWHERE) as session:
        row = session.exec(select(Objective).where(Objective.id == int(number))).one()
        row.visibility = "private"
        session.add(row)


def channel_hears(town: Town) -> str:
    return "\n".join(heard.text for heard in town.delivered_to(channel="C1"))


@pytest.mark.parametrize("word", ["mine", "list", "我的", "my OKRs", "我的OKR", ""])
def test_mine_in_every_word(lite_english: Town, word: str) -> None:
    ann = lite_english.with_okr(TWO)
    heard = lite_english.says(ann, word)
    assert "KR1.1" in heard.text
    assert "KR1.2" in heard.text
    assert heard.reply is not None
    assert heard.reply.card == "mine"


def test_nothing_of_mine_yet_shows_how_to_write(town: Town, lang: str) -> None:
    ann = town.someone()
    heard = town.says(ann, say(lang, "mine"))
    assert "2026Q4" in heard.text
    assert heard.reply is not None
    [example] = [p.text for p in heard.reply.parts if isinstance(p, Copy)]
    assert not isinstance(parse(example), Prose)


def test_tenday_alone_says_what_is_due(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    town.says(ann, "KR1.1 45")
    assert "KR1.2" in town.says(ann, "").text.split("\n")[1]
    assert "KR1.1" not in town.says(ann, "").text.split("\n")[1]
    town.later(days=8)
    assert "KR1.1" in town.says(ann, "").text.split("\n")[1]


def test_a_draft_is_in_mine_with_its_buttons(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, f"new {TWO}")
    mine = town.says(ann, say(lang, "mine"))
    opened = town.presses(ann, mine, say(lang, "Open"))
    assert "30 → 50" in opened.text
    town.presses(ann, mine, say(lang, "Publish"))
    assert town.objectives_of(ann)[0]["state"] == "published"


def test_a_colleagues(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(TWO), town.someone("bob")
    town.says(ann, "KR1.1 40")
    for text in (f"<@{ann}>", f"@{ann.capitalize()}", f"<@{ann}> 2026Q4"):
        heard = town.says(bob, text)
        assert "KR1.2" in heard.text
        assert "40" in heard.text
        assert not heard.buttons()  # nothing there that he may do
    assert "KR1.1" in town.says(bob, f"<@{ann}> O1").text
    assert "40" in town.says(bob, f"<@{ann}> KR1.1").text
    assert town.says(ann, f"<@{ann}>").reply.card == "mine"  # type: ignore[union-attr]
    nothing = town.says(ann, f"<@{bob}>")
    assert bob.capitalize() in nothing.text
    assert "2026Q4" in nothing.text


@pytest.mark.parametrize("text", ["O9", "KR1.9", "KR9.1", "O0", "2020Q1 O1", "#o999999", "#k999999", "KR7"])
def test_what_does_not_exist_is_not_found(lite_english: Town, text: str) -> None:
    ann = lite_english.with_okr(TWO)
    assert refused(lite_english.says(ann, text))


def test_drafts_and_private_ones_are_not_found_by_others_in_the_same_words(town: Town) -> None:
    ann, bob, secret = town.someone(), town.someone("bob"), town.with_okr("O: Hush KR1: layoffs from 0 to 9", "sue")
    make_private(town, secret)
    town.says(ann, "new O: Draft KR1: plans from 0 to 9")
    missing = town.says(bob, f"<@{ann}> O7").text.replace("O7", "O1")
    assert town.says(bob, f"<@{ann}> O1").text == missing
    assert town.says(bob, f"<@{secret}> O1").text == missing
    for who in (ann, secret):
        ids = [town.objectives_of(who)[0]["id"], town.of(who)["id"]]
        for text in (f"<@{who}>", f"<@{who}> KR1.1", f"<@{who}> KR1", f"#{ids[0]}", f"#{ids[1]}", f"history #{ids[0]}", f"#{ids[1]} 5",
                     f"checkin #{ids[1]} 5", f"publish #{ids[0]}", f"discard #{ids[0]}", f"edit #{ids[0]}", f"correct #{ids[1]} 5",
                     f"help #{ids[1]} <@{ann}> x"):  # fmt: skip
            heard = town.says(bob, text)
            assert "plans" not in heard.text
            assert "layoffs" not in heard.text
            assert "Hush" not in heard.text
    assert "layoffs" in town.says(secret, "O1").text


def test_in_a_shared_place_the_private_and_the_drafts_come_apart(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Hush KR1: layoffs from 0 to 9")
    make_private(town, ann)
    town.says(ann, "new O: Open KR1: NPS from 30 to 50")
    town.says(ann, "publish O2")
    town.says(ann, "new O: Draft KR1: plans from 0 to 9")
    town.deliver()
    ack = town.in_channel(ann, say(lang, "mine"))
    assert ack.reply is None  # the words come as messages, each where it belongs
    sent = [(o, town.read(o)) for o in town.deliver()]
    shared = "\n".join(h.text for o, h in sent if o.to.channel == "C1" and not o.to.user)
    alone = "\n".join(h.text for o, h in sent if o.to.user == ann)
    assert "NPS" in shared
    assert "layoffs" not in shared
    assert "plans" not in shared
    assert "Draft" not in shared
    assert "layoffs" in alone
    assert "O3" in alone
    assert say(lang, "only you") in alone


IN_A_CHANNEL = (
    "O1", "KR1.1", "history O1", "O3", "KR3.1 5", "publish O9", "nonsense", "edit O3", "checkin", "help", "language fr", "KR1.1 5000000",
    "KR1.1 5", "correct KR1.1 3", "undo", "help KR1.1 <@{bob}> layoffs?", "new O: Fresh KR1: plans from 1 to 2", "discard O3",
)  # fmt: skip


def test_nothing_private_no_draft_and_no_refusal_is_shown_in_a_shared_place(lite_english: Town) -> None:
    ann, bob = lite_english.with_okr("O: Hush KR1: layoffs from 0 to 9"), lite_english.someone("bob")
    make_private(lite_english, ann)
    lite_english.says(ann, "new O: Open KR1: NPS from 30 to 50")
    lite_english.says(ann, "publish O2")
    lite_english.says(ann, "new O: Draft KR1: plans from 0 to 9")
    lite_english.deliver()
    for text in IN_A_CHANNEL:
        lite_english.in_channel(ann, text.replace("{bob}", bob))
        sent = lite_english.deliver()
        assert [o for o in sent if o.to.user == ann], text
        shared = [o for o in sent if o.to.channel == "C1" and not o.to.user]
        assert all(o.reply.tone == "answer" for o in shared), text
        seen = "\n".join(lite_english.read(o).text for o in shared)
        assert [word for word in ("layoffs", "Hush", "plans", "Draft", "Fresh") if word in seen] == [], text


def test_what_is_clear_is_shown_and_what_is_not_is_asked_alone(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    town.deliver()
    town.in_channel(ann, "KR1.1 45\nKR1.2 45%")
    sent = [(o, town.read(o)) for o in town.deliver()]
    assert next(h.text for o, h in sent if o.to.channel == "C1" and not o.to.user).count("KR1.2") == 0
    [alone] = [h for o, h in sent if o.to.user == ann]
    assert "45%" in alone.text
    town.presses(ann, alone, "145")
    assert town.of(ann, "KR1.2")["current"] == 145


def test_a_slash_command_in_a_channel_answers_its_writer_alone(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Hush KR1: layoffs from 0 to 9")
    make_private(town, ann)
    heard = town.says(ann, say(lang, "mine"), entry="command", place=Place("C1", shared=True))
    assert "layoffs" in heard.text  # an ephemeral acknowledgement, seen by nobody else
    assert channel_hears(town) == ""


@pytest.mark.parametrize("text", ["mine", "KR1.1 5", "O1", "new O: x KR1: y", "undo", "help", "我的", "accept", "nonsense", "#o1"])
def test_outsiders_see_nothing_and_store_nothing(lite_english: Town, text: str) -> None:
    ann = lite_english.with_okr(TWO)
    guest = lite_english.someone("guest")
    known = len(lite_english.export()["people"])
    message = lite_english.message(guest, text.replace("O1", f"<@{ann}> O1"))
    heard = lite_english.hears(replace(message, sender=replace(message.sender, outsider=True)))
    assert refused(heard)
    assert "NPS" not in heard.text
    assert len(lite_english.export()["people"]) == known


# ---------------------------------------------------------------- help and what is not built yet


@pytest.mark.parametrize("word", ["help", "帮助", "help me", "help?"])
def test_help_in_every_word(lite: Town, word: str) -> None:
    ann = lite.someone()
    heard = lite.says(ann, word)
    assert len(heard.buttons()) == sum(map(len, help._OFFERED))
    for label, button in heard.buttons():
        topic = lite.press(ann, button, "help")
        assert topic.answered.redraw, label
        assert topic.text != heard.text


def lines_to_copy(heard: Heard) -> list[str]:
    assert heard.reply is not None
    return [line for p in heard.reply.parts if isinstance(p, Copy) for line in p.text.split("\n")]


def test_every_line_that_help_gives_is_understood_and_none_is_promised(lite: Town, lang: str) -> None:
    ann = lite.someone()
    word = say(lang, "help")
    for topic in ("", *TOPICS):
        heard = lite.says(ann, f"{word} {topic}".strip())
        assert not refused(heard), topic
        assert len(lines_to_copy(heard)) <= 8, topic
        for line in lines_to_copy(heard):
            typed = line.replace("@colleague", "@Bob").replace("@同事", "@Bob").replace("…", "x")
            if line.startswith(("why:", "意义", "KR2:", "KR2：", "KPI", "底线", "KR1: NPS", "KR1：NPS", "KR1: Set", "KR1：当天", "O: ")):
                continue  # lines of the OKR text above them
            assert not isinstance(parse(typed), NotYet | Prose), (topic, line)


def test_a_command_is_taught_on_the_page_of_its_kind(lite: Town, lang: str) -> None:
    ann = lite.someone()
    for word, page in (
        ("transfer", "change"),
        ("权重", "change"),
        ("comments", "share"),
        ("主管", "team"),
        ("周期", "team"),
        ("更正", "checkin"),
    ):
        assert lite.says(ann, f"help {word}").text == lite.says(ann, f"help {page}").text


def test_a_topic_that_is_not_built_says_so(lite: Town, lang: str) -> None:
    ann = lite.someone()
    for text in ("help board", "help 看板"):
        assert refused(lite.says(ann, text))


@pytest.mark.parametrize("word", [w for w, spelled in PROMISED.items() if isinstance(parse(w), NotYet) and spelled])
def test_what_is_not_built_yet_says_so(lite: Town, lang: str, word: str) -> None:
    ann = lite.someone()
    heard = lite.says(ann, word)
    assert refused(heard)
    assert f"| {say(lang, 'help')}" in heard.text
