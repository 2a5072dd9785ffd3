"""Actions: made, given, listed, closed, put off, given back and taken back; blockers that become actions; what is hidden."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.messages import Mention
from bot.replies import Copy
from storage.okrs import Request
from storage.people import Member
from storage.store import EVERYWHERE
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

OKR = "O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200"


def refused(heard: Heard) -> bool:
    return bool(heard.reply is not None and heard.reply.tone == "refusal")


def copies(heard: Heard) -> list[str]:
    return [p.text for p in heard.reply.parts if isinstance(p, Copy)] if heard.reply else []


def met(town: Town, *names: str) -> list[str]:
    """People who have said a word already, so that they can be written to."""
    who = [town.someone(name) for name in names]
    for one in who:
        town.says(one, "mine")
    town.deliver()
    return who


def added(town: Town, who: str, text: str) -> str:
    """An action that was made, by its number."""
    heard = town.says(who, text)
    assert not refused(heard), heard.text
    return "A" + heard.text.split(" A", 1)[1].split()[0] if " A" in heard.text else heard.text


def kept(town: Town, who: str) -> list[dict[str, Any]]:
    """Somebody's actions, as they are exported."""
    data = town.export()
    ids = {p["id"] for p in data["people"] if p["name"] == who.capitalize()}
    return [a for a in data["actions"] if a["owner"] in ids]


def first(lang: str) -> str:
    return say(lang, "action: ")


# ---------------------------------------------------------------- made and given


def test_one_for_oneself_with_a_day_and_what_it_is_for(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    heard = town.says(ann, {"en": "action KR1.2: write the post by 12-01", "zh": "待办 KR1.2：write the post 12月1日前"}[lang])
    assert "KR1.2" in heard.text
    [row] = kept(town, ann)
    assert (row["text"], row["due"], row["state"], row["from"]) == ("write the post", "2026-12-01", "open", town.of(ann, "KR1.2")["id"])
    assert town.delivered_to(ann) == []
    assert "write the post" in town.says(ann, row["ref"]).text


def test_whoever_is_given_one_is_told_once_and_can_close_it_there(town: Town, lang: str) -> None:
    ann, bob = met(town, "ann", "bob")
    town.says(ann, f"{first(lang)}call legal <@{bob}>")
    [told] = town.delivered_to(bob)
    assert ann.capitalize() in told.text
    assert "call legal" in told.text
    assert [b.text.split(" #")[0] for _, b in told.buttons()] == ["done", "not mine"]
    town.presses(bob, told, say(lang, "Done"))
    [back] = town.delivered_to(ann, bob)
    assert bob.capitalize() in back.text
    assert "call legal" in back.text
    assert kept(town, bob)[0]["state"] == "done"


def test_each_of_those_named_gets_one(town: Town, lang: str) -> None:
    ann, bob, cal = met(town, "ann", "bob", "cal")
    town.says(ann, f"{first(lang)}bring numbers <@{bob}> <@{cal}>")
    assert [kept(town, who)[0]["text"] for who in (bob, cal)] == ["bring numbers"] * 2
    assert len(town.delivered_to(bob, cal)) == 2
    assert kept(town, ann) == []


def test_a_name_inside_the_text_is_asked_about_with_a_button(town: Town, lang: str) -> None:
    ann, bob = met(town, "ann", "bob")
    heard = town.says(ann, f"{first(lang)}ask <@{bob}> about prices")
    assert kept(town, ann)[0]["text"] == f"ask @{bob.capitalize()} about prices"
    assert town.delivered_to(bob) == []
    town.presses(ann, heard, say(lang, "Give it to"))
    assert len(kept(town, bob)) == 1
    assert len(town.delivered_to(bob)) == 1


def test_a_day_that_is_over_is_refused_and_what_was_typed_comes_back(town: Town, lang: str) -> None:
    ann, bob = met(town, "ann", "bob")
    for day in ("2020-01-01", "yesterday"):
        heard = town.says(ann, f"{first(lang)}call legal <@{bob}> by {day}")
        assert refused(heard)
        assert "call legal" in copies(heard)[0]
    assert kept(town, bob) == []
    assert town.delivered_to(bob) == []


def test_who_left_who_is_unknown_and_who_is_outside_get_none(town: Town, lang: str) -> None:
    ann, bob = met(town, "ann", "bob")
    with town.store.write(EVERYWHERE) as session:
        row = session.exec(select(Member).where(Member.id == town._id(session, bob))).one()
        row.active = False
        session.add(row)
    heard = town.says(ann, f"{first(lang)}call legal <@{bob}>")
    assert refused(heard)
    assert bob.capitalize() in heard.text
    assert "call legal" in copies(heard)[0]
    assert "Zaphod" in town.says(ann, f"{first(lang)}call legal @Zaphod").text
    guest = town.someone("guest")
    said = town.message(ann, f"{first(lang)}call legal <@{guest}>")
    outside = town.hears(town.message(ann, said.text, mentions=(Mention(guest, "Guest", outsider=True),)))
    assert refused(outside)
    assert outside.text != town.says(ann, f"{first(lang)}call legal @Zaphod").text
    assert [kept(town, who) for who in (bob, ann)] == [[], []]


def test_what_is_missing_is_asked_and_too_much_comes_back(town: Town, lang: str) -> None:
    [ann] = met(town, "ann")
    asked = town.says(ann, first(lang))
    assert asked.reply is not None
    assert asked.reply.tone == "question"
    long = "x" * 1001
    heard = town.says(ann, f"{first(lang)}{long}")
    assert refused(heard)
    assert long in copies(heard)[0]
    gone = town.says(ann, f"action KR9.9: call {say(lang, 'comment')}")
    assert refused(gone)
    assert "call" in copies(gone)[0]
    assert kept(town, ann) == []


# ---------------------------------------------------------------- lists


def test_the_list_has_the_late_ones_first_and_what_was_done_last(town: Town, lang: str) -> None:
    [ann] = met(town, "ann")
    for text in ("no day", "later by 12-20", "soon by 11-24"):
        town.says(ann, f"{first(lang)}{text}")
    number = kept(town, ann)[0]["ref"]
    town.says(ann, f"{first(lang)}gone by")
    town.says(ann, f"done A{int(number[1:]) + 3}")
    town.now += timedelta(days=3)
    heard = town.says(ann, say(lang, "actions"))
    places = [heard.text.index(text) for text in ("soon", "later", "no day", "gone by")]
    assert places == sorted(places)
    assert say(lang, "1 overdue") in heard.text
    town.now += timedelta(days=30)
    assert "gone by" not in town.says(ann, say(lang, "actions")).text


def test_a_long_list_comes_in_pages(town: Town, lang: str) -> None:
    [ann] = met(town, "ann")
    for n in range(15):
        town.says(ann, f"{first(lang)}thing {n:02}")
    page = town.says(ann, say(lang, "actions"))
    assert "thing 11" in page.text
    assert "thing 12" not in page.text
    more = town.presses(ann, page, say(lang, "More"))
    assert more.answered.redraw
    assert "thing 14" in more.text
    assert "thing 11" not in more.text
    assert "thing 00" in town.says(ann, "actions 99").text


def test_a_button_on_the_list_draws_it_anew(town: Town, lang: str) -> None:
    [ann] = met(town, "ann")
    town.says(ann, f"{first(lang)}one thing")
    town.says(ann, f"{first(lang)}other thing")
    seen = town.says(ann, say(lang, "actions"))
    after = town.presses(ann, seen, say(lang, "Done"))
    assert after.answered.redraw
    assert after.text.index("other thing") > after.text.index("one thing")
    assert [a["state"] for a in kept(town, ann)] == ["done", "open"]
    again = town.presses(ann, seen, say(lang, "Done"))  # the same button of the old card
    assert again.answered.redraw
    assert [a["state"] for a in kept(town, ann)] == ["done", "open"]


def test_a_colleagues_and_a_teams(town: Town, lang: str) -> None:
    ann, bob, cal = met(town, "ann", "bob", "cal")
    team = f"Team{ann}"
    assert not refused(town.says(ann, f"team new {team} lead <@{ann}> members <@{bob}>"))
    for who, text in ((ann, "of ann"), (bob, "of bob"), (cal, "of cal")):
        town.says(who, f"{first(lang)}{text}")
    theirs = town.says(cal, f"{say(lang, 'actions')} <@{bob}>")
    assert "of bob" in theirs.text
    assert "of ann" not in theirs.text
    assert [b.text for _, b in theirs.buttons() if b.text.startswith("done")] == []
    together = town.says(cal, f"{say(lang, 'actions')} {say(lang, 'team')} {team}")
    assert "of ann" in together.text
    assert "of bob" in together.text
    assert "of cal" not in together.text
    assert refused(town.says(cal, "actions team Nowhere"))
    assert refused(town.says(cal, "actions @Zaphod"))
    empty = met(town, "dan")[0]
    assert town.says(cal, f"actions <@{empty}>").reply.tone == "answer"  # type: ignore[union-attr]


# ---------------------------------------------------------------- closing


def test_several_at_once_and_one_that_is_not_there(town: Town, lang: str) -> None:
    [ann] = met(town, "ann")
    for text in ("one", "two"):
        town.says(ann, f"{first(lang)}{text}")
    a, b = (row["ref"] for row in kept(town, ann))
    heard = town.says(ann, f"{say(lang, 'done')} {a} {b} A999999")
    assert "A999999" in heard.text
    assert [row["state"] for row in kept(town, ann)] == ["done", "done"]
    town.says(ann, f"{say(lang, 'reopen')} {a} {b}")
    assert [row["state"] for row in kept(town, ann)] == ["open", "open"]
    town.says(ann, say(lang, "undo"))
    assert [row["state"] for row in kept(town, ann)] == ["done", "done"]


def test_twice_and_by_two_people_at_once(town: Town, lang: str) -> None:
    ann, bob = met(town, "ann", "bob")
    town.says(ann, f"{first(lang)}call legal <@{bob}>")
    [told] = town.delivered_to(bob)
    number = kept(town, bob)[0]["ref"]
    assert not refused(town.says(ann, f"done {number}"))
    before = town.changes_by(bob)
    late = town.presses(bob, told, say(lang, "Done"))
    assert not refused(late)
    assert say(lang, "done already") in late.text
    assert town.changes_by(bob) == before
    assert say(lang, "done already") in town.says(ann, f"{number} {say(lang, 'done')}").text
    assert len(town.delivered_to(ann, bob)) == 1  # bob hears that ann closed it, and nobody anything else


def test_who_may_close_it_and_who_may_not(town: Town, lang: str) -> None:
    ann, bob, lead, eve = met(town, "ann", "bob", "lead", "eve")
    town.says(bob, f"my lead is <@{lead}>")
    town.says(ann, f"{first(lang)}call legal <@{bob}>")
    number = kept(town, bob)[0]["ref"]
    no = town.says(eve, f"done {number}")
    assert refused(no)
    assert all(who.capitalize() in no.text for who in (ann, bob, lead))
    assert refused(town.says(eve, f"{number} due 12-01"))
    assert not refused(town.says(lead, f"done {number}"))
    assert kept(town, bob)[0]["state"] == "done"
    town.says(lead, "undo")
    assert kept(town, bob)[0]["state"] == "open"
    assert not refused(town.says(ann, f"done {number}"))


@pytest.mark.parametrize("text", ["A999999", "done A999999", "A999999 due Friday", "reopen A999999", "A999999 not mine", "done #e999999"])
def test_what_is_not_there(town: Town, lang: str, text: str) -> None:
    heard = town.says(town.someone(), text)
    assert refused(heard)
    assert say(lang, "no action") in heard.text


# ---------------------------------------------------------------- changing


def test_put_off_reworded_and_given_away(town: Town, lang: str) -> None:
    ann, bob = met(town, "ann", "bob")
    town.says(ann, f"{first(lang)}call legal")
    number = kept(town, ann)[0]["ref"]
    town.says(ann, {"en": f"{number} due 12-01", "zh": f"{number} 截止 12月1日"}[lang])
    assert kept(town, ann)[0]["due"] == "2026-12-01"
    town.says(ann, f"{number} text: call the lawyers")
    assert kept(town, ann)[0]["text"] == "call the lawyers"
    assert refused(town.says(ann, f"{number} due yesterday"))
    assert refused(town.says(ann, f"{number} due whenever"))
    assert refused(town.says(ann, f"{number} to @Zaphod"))
    assert town.delivered_to(bob) == []
    town.says(ann, {"en": f"{number} to <@{bob}>", "zh": f"{number} 给 <@{bob}>"}[lang])
    assert len(town.delivered_to(bob)) == 1
    assert kept(town, bob)[0]["ref"] == number
    town.says(ann, "undo")
    assert kept(town, ann)[0]["ref"] == number
    later = town.says(ann, f"{number} due 12-20")
    town.presses(ann, later, say(lang, "Undo"))
    [row] = kept(town, ann)
    assert (row["text"], row["due"]) == ("call the lawyers", "2026-12-01")
    assert say(lang, "1 Dec") in town.says(ann, number).text


def test_what_is_not_mine_goes_back(town: Town, lang: str) -> None:
    ann, bob, eve = met(town, "ann", "bob", "eve")
    town.says(ann, f"{first(lang)}call legal <@{bob}>")
    number = kept(town, bob)[0]["ref"]
    [told] = town.delivered_to(bob)
    assert refused(town.says(eve, f"{number} not mine"))
    town.presses(bob, told, say(lang, "Not mine"))
    [back] = town.delivered_to(ann, bob)
    assert "call legal" in back.text
    assert kept(town, ann)[0]["ref"] == number
    assert refused(town.says(ann, {"en": f"{number} not mine", "zh": f"{number} 不是我的"}[lang]))


# ---------------------------------------------------------------- taken back


def test_what_is_taken_back_at_once_is_never_sent(town: Town, lang: str) -> None:
    ann, bob = met(town, "ann", "bob")
    heard = town.says(ann, f"{first(lang)}call legal <@{bob}>")
    back = town.presses(ann, heard, say(lang, "Undo"))
    assert "call legal" in copies(back)
    assert town.delivered_to(bob) == []
    assert kept(town, bob) == []
    assert refused(town.says(bob, f"A{next_number(town) - 1}"))
    town.says(ann, "undo")
    assert len(kept(town, bob)) == 1


def test_a_closing_that_is_taken_back_is_never_told(town: Town, lang: str) -> None:
    ann, bob = met(town, "ann", "bob")
    town.says(ann, f"{first(lang)}call legal <@{bob}>")
    town.deliver()
    town.says(bob, f"done {kept(town, bob)[0]['ref']}")
    undone = town.says(bob, say(lang, "undo"))
    assert "call legal" in undone.text
    assert town.delivered_to(ann) == []
    assert kept(town, bob)[0]["state"] == "open"


def next_number(town: Town) -> int:
    """One more than the highest number that was ever given, which is never given again."""
    heard = town.says(town.someone("probe"), "action: probe")
    return int(heard.text.split("A", 1)[1].split()[0].strip(":：")) if heard.text else 0


def test_taken_back_after_it_was_told_it_is_told_again(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    [bob] = met(town, "bob")
    town.says(ann, f"{first(lang)}write the memo <@{bob}>")
    number = kept(town, bob)[0]["ref"]
    assert len(town.delivered_to(bob)) == 1
    undone = town.says(ann, "undo")
    [told] = town.delivered_to(ann, bob)
    assert number in told.text
    assert "write the memo" in told.text
    for text in (number, f"done {number}"):
        heard = town.says(bob, text)
        assert refused(heard)
        assert "write the memo" in heard.text
    town.presses(ann, undone, say(lang, "Redo"))
    [told] = town.delivered_to(ann, bob)
    assert next(label for label, _ in told.buttons()) == say(lang, "Done")


def test_taken_back_before_it_was_told_nothing_is(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    [bob] = met(town, "bob")
    town.says(ann, f"{first(lang)}write the memo <@{bob}>")
    town.says(ann, "undo")
    assert town.delivered_to(ann, bob) == []


# ---------------------------------------------------------------- blockers


def requests(town: Town, who: str) -> list[str]:
    with town.store.read(EVERYWHERE) as session:
        return list(session.exec(select(Request.state).where(Request.to_id == town._id(session, who), Request.kind == "blocker")).all())


def blocked(town: Town, lang: str) -> tuple[str, str, str, Heard]:
    """Somebody is asked to clear a blocker: asker, asked, the action's number, and what the asked heard."""
    ann = town.with_okr(OKR)
    [bob] = met(town, "bob")
    heard = town.says(ann, f"KR1.1 31 {say(lang, 'blocked')}legal review <@{bob}>")
    [row] = kept(town, bob)
    assert row["ref"] in heard.text
    assert row["from"].startswith("r")
    [told] = town.delivered_to(bob)
    assert row["ref"] in told.text
    return ann, bob, row["ref"], told


def test_closing_it_answers_the_request(town: Town, lang: str) -> None:
    ann, bob, number, _ = blocked(town, lang)
    town.says(bob, f"done {number}")
    [told] = town.delivered_to(ann, bob)
    assert "legal review" in told.text
    assert requests(town, bob) == ["answered"]
    town.says(bob, "undo")
    assert requests(town, bob) == ["open"]


def test_answering_closes_it_accepting_keeps_it_declining_takes_it_away(town: Town, lang: str) -> None:
    for label, states in (("Answer", ["done"]), ("I will take care", ["open"]), ("Decline", [])):
        ann, bob, number, told = blocked(town, lang)
        if label == "Answer":
            town.says(bob, "answer ask Dana, she signs")
        else:
            town.presses(bob, told, say(lang, label))
        assert [a["state"] for a in kept(town, bob)] == states, label
        assert len(town.delivered_to(ann)) == 1
        if not states:
            assert refused(town.says(bob, number))


def test_not_mine_is_a_no_to_the_request(town: Town, lang: str) -> None:
    ann, bob, number, _ = blocked(town, lang)
    town.says(bob, f"{number} not mine")
    assert requests(town, bob) == ["declined"]
    assert kept(town, bob) == []
    assert len(town.delivered_to(ann)) == 1


def test_handed_on_it_asks_whoever_has_it_now(town: Town, lang: str) -> None:
    ann, bob, number, _ = blocked(town, lang)
    [cid] = met(town, "cid")
    handed = town.says(bob, f"{number} to <@{cid}>")
    [told] = town.delivered_to(ann, bob, cid)
    assert number in told.text
    assert (requests(town, bob), requests(town, cid)) == ([], ["open"])
    town.presses(bob, handed, say(lang, "Undo"))
    assert (requests(town, bob), requests(town, cid)) == (["open"], [])
    town.says(bob, f"{number} to <@{cid}>")
    town.deliver()
    town.says(cid, f"{number} not mine")
    assert requests(town, cid) == ["declined"]
    [told] = town.delivered_to(ann, bob)
    assert cid in told.text.lower(), "who asked hears who said no"
    assert kept(town, cid) == []


def test_handed_to_whoever_asked_it_asks_nobody(town: Town, lang: str) -> None:
    ann, bob, number, _ = blocked(town, lang)
    town.says(bob, f"{number} to <@{ann}>")
    assert requests(town, bob) == ["withdrawn"]
    assert [a["state"] for a in kept(town, ann)] == ["open"]
    town.says(bob, "undo")
    assert requests(town, bob) == ["open"]


def test_taking_the_check_in_back_takes_it_back_unless_it_is_done(town: Town, lang: str) -> None:
    ann, bob, number, _ = blocked(town, lang)
    town.says(ann, "undo")
    assert kept(town, bob) == []
    ann, bob, number, _ = blocked(town, lang)
    town.says(bob, f"done {number}")
    assert refused(town.says(ann, "undo"))
    assert [a["state"] for a in kept(town, bob)] == ["done"]


def test_ending_what_it_is_for_takes_it_away(town: Town, lang: str) -> None:
    ann, bob, _, _ = blocked(town, lang)
    town.says(ann, "drop KR1.1 because it is over")
    assert kept(town, bob) == []
    town.says(ann, "undo")
    assert len(kept(town, bob)) == 1


def test_who_only_joins_gets_no_action(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    [bob] = met(town, "bob")
    town.says(ann, f"KR1.1 32 please look <@{bob}>")
    assert kept(town, bob) == []


# ---------------------------------------------------------------- hidden


def hidden(town: Town) -> tuple[str, str, str]:
    """An action of a private objective: its owner, somebody else, its number."""
    ann = town.with_okr(OKR)
    [eve] = met(town, "eve")
    town.says(ann, "private O1")
    town.says(ann, "action KR1.1: whisper to the board")
    return ann, eve, kept(town, ann)[0]["ref"]


@pytest.mark.parametrize(
    "text", ["{}", "done {}", "{} due 12-01", "{} due yesterday", "{} to @eve", "reopen {}", "{} not mine", "{} text mine"]
)
def test_what_is_private_reads_like_what_is_not_there(town: Town, lang: str, text: str) -> None:
    ann, eve, number = hidden(town)
    heard, none = town.says(eve, text.format(number)), town.says(eve, text.format("A999999"))
    assert refused(heard)
    assert heard.text.replace(number, "A999999") == none.text
    assert kept(town, ann)[0]["state"] == "open"


def test_it_is_in_no_list_of_those_who_may_not_see_it(town: Town, lang: str) -> None:
    ann, eve, number = hidden(town)
    seen = town.says(eve, f"actions <@{ann}>")
    assert "whisper" not in seen.text
    assert number not in seen.text
    assert "0" in seen.text
    assert "whisper" in town.says(ann, "actions").text
    town.says(ann, f"{first(lang)}water the plants")
    town.deliver()
    town.in_channel(ann, "actions")
    out = town.deliver()
    seen_by_all = [town.read(o).text for o in out if not o.to.user]
    assert any("water the plants" in text for text in seen_by_all)
    assert [text for text in seen_by_all if "whisper" in text] == []
    assert [o.to.user for o in out if "whisper" in town.read(o).text] == [ann]


def test_it_is_given_to_nobody_who_may_not_see_what_it_is_for(town: Town, lang: str) -> None:
    ann, eve, number = hidden(town)
    heard = town.says(ann, f"action KR1.1: whisper more, <@{eve}>")
    assert refused(heard)
    assert "whisper more" in copies(heard)[0]
    assert refused(town.says(ann, f"{number} to <@{eve}>"))
    assert town.delivered_to(eve) == []
    assert kept(town, eve) == []


def test_what_is_ones_own_to_do_stays_so_when_what_it_is_for_is_hidden(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    [dee] = met(town, "dee")
    town.says(ann, f"action KR1.1 call the auditors by tomorrow <@{dee}>")
    town.deliver()
    number = kept(town, dee)[0]["ref"]
    town.says(ann, "private O1")
    for text in ("actions", number):
        heard = town.says(dee, text)
        assert "call the auditors" in heard.text
        assert "KR1.1" not in heard.text
        assert "Grow" not in heard.text
    town.in_channel(dee, "actions")
    assert not [o for o in town.deliver() if not o.to.user and "auditors" in town.read(o).text]
    assert "KR1.1" not in town.says(dee, f"done {number}").text
    assert kept(town, dee)[0]["state"] == "done"
    assert refused(town.says(town.someone("eve"), number))
