"""Every command by everybody everywhere against what they may not see: no word of it, and the same answer as for what is not there."""

import itertools
import re
from dataclasses import dataclass, replace
from typing import Any, get_args

import pytest
from sqlmodel import select

from bot import commands
from bot.commands import Command
from bot.grammar import parse
from bot.messages import Message, Place
from bot.replies import to_json
from storage.people import Member
from storage.store import EVERYWHERE
from tests.dialogs.conftest import Town

# What each command can say about somebody's objective {o}, key result {k}, comment {n}, act {c}, request {r}, action {e} or check-in {i}; {bob} is anybody.
SAID: dict[type, tuple[str, ...]] = {
    commands.Help: ("help", "help see"),
    commands.Mine: ("mine", "", "mine 2026Q4"),
    commands.ShowPerson: ("<@{sue}>", "<@{sue}> 2026Q4"),
    commands.Show: ("{o}", "{k}"),
    commands.History: ("history {o}", "history {k}"),
    commands.New: ("new O: Fresh\nKR1: a from 1 to 2",),
    commands.Edit: ("edit {o}", "edit {o}\nO: Mine now\nKR1: a from 1 to 2", "edit {k}"),
    commands.Publish: ("publish {o}",),
    commands.Discard: ("discard {o}",),
    commands.CheckIn: ("{k} 45", "checkin {k} 45 and more", "checkin {k} done", "checkin {k}", "checkin\n{k} 45\n{k} blocked: x"),
    commands.Correct: ("correct {k} 45",),
    commands.Undo: ("undo #{c}",),
    commands.AskHelp: ("help {k} <@{bob}> look?",),
    commands.Accept: ("accept #{r}",),
    commands.Decline: ("decline #{r}",),
    commands.Answer: ("answer #{r} hm", "answer #{r}"),
    commands.Language: ("language fr",),
    commands.Timezone: ("timezone Mars/Base",),
    commands.DayNote: ("note something else",),
    commands.Parked: ("run #p999999",),
    commands.NotYet: ("find Hush", "follow {o}", "align {o} to {o}"),
    commands.Prose: ("what about {k}, or {o}?", "it is 45 now"),
    commands.Hello: ("",),
    commands.Change: ("edit {k} target 70 because so", "edit {o} title Mine"),
    commands.AddKeyResult: ("add KR to {o}: z from 1 to 2",),
    commands.Weigh: ("weight {k} 40",),
    commands.Drop: ("drop {o} because so", "drop {k} because so", "drop {o}"),
    commands.Close: ("close {o}",),
    commands.Reopen: ("reopen {o}",),
    commands.Transfer: ("transfer {o} to <@{bob}>", "transfer {k} to <@{bob}>"),
    commands.Rhythm: ("rhythm {k} monthly",),
    commands.Hide: ("private {o}", "private {k}"),
    commands.Reveal: ("public {o}", "public {k}"),
    commands.ShowTeam: ("company", "team Nowhere"),
    commands.Teams: ("teams",),
    commands.NewTeam: ("team new Nowhere members <@{bob}>",),
    commands.ChangeTeam: ("team Nowhere add <@{bob}>",),
    commands.ReportsTo: ("lead of @Zaphod is @Zaphod",),
    commands.Cycles: ("cycles",),
    commands.CutCycles: ("cycles quarter",),
    commands.OpenCycle: ("cycle H9 from 2031-01-01 to 2030-06-30",),
    commands.Share: ("share {o} <@{bob}>", "share {o} here", "share {k} <@{bob}>"),
    commands.Comment: ("comment {o}: aha", "comment {k}: aha", "comment {k}"),
    commands.Comments: ("comments {o}", "comments {k}"),
    commands.Resolve: ("resolve #{n}", "resolve"),
    commands.Settings: ("settings",),
    commands.Submit: ("form comment {o}", "form comment {k}"),
    commands.Remind: ("remind me",),
    commands.Workdays: ("workdays",),
    commands.Country: ("country",),
    commands.Away: ("away until whenever",),
    commands.Back: ("back",),
    commands.Quiet: ("quiet",),
    commands.Fill: ("fill #q{n}",),
    commands.Skip: ("skip",),
    commands.Same: ("same",),
    commands.Snooze: ("snooze 0 min",),
    commands.WhyAsked: ("why",),
    commands.Mute: ("unmute",),
    commands.Day: ("daily <@{sue}>", "daily"),
    commands.MyWeek: ("my week",),
    commands.MyCycle: ("my cycle",),
    commands.SendPage: ("my week post here", "my cycle post here"),
    commands.Agenda: ("agenda",),
    commands.Decision: ("decision {k}: aha", "decision {o}: aha"),
    commands.Coach: ("coach off",),
    commands.Score: ("score {k} 0.5", "score {o} 0.5", "score {k}", "score {o}", "score"),
    commands.KeepLesson: ("lesson {o} aha", "lesson {k} aha", "lesson {k}"),
    commands.CloseCycle: ("close 2026Q4",),
    commands.Carry: ("carry {o}", "carry {k} target 9", "carry {o}: O: Else\nKR1: a from 1 to 2"),
    commands.ReviewCycle: ("review cycle",),
    commands.Review: ("review", "review last", "review <@{sue}>"),
    commands.ReviewOne: ("review {k}", "review {k} insight mine now", "review {k} change mine now"),
    commands.CloseReview: ("review close",),
    commands.ReopenReview: ("review reopen",),
    commands.Helped: ("helped #h999999",),
    commands.Digest: ("digest", "digest week", "digest team Nowhere", "digest company"),
    commands.DigestEvery: ("digest weekly",),
    commands.Gaps: ("gaps", "gaps team Nowhere"),
    commands.Seen: ("seen {i}", "thanks {i}", "seen <@{sue}>", "seen {k}", "thanks {k}"),
    commands.Question: ("question {k}",),
    commands.Actions: ("actions", "actions <@{sue}>", "actions team Nowhere"),
    commands.ShowAction: ("{e}",),
    commands.AddAction: ("action {k}: mine now", "action {o}: mine now, <@{bob}> by Friday"),
    commands.ChangeAction: ("{e} due 2027-01-01", "{e} due whenever", "{e} due 2020-01-01", "{e} to <@{bob}>", "{e} text mine now"),
    commands.Done: ("done {e}", "done {e} {e}"),
    commands.ReopenActions: ("reopen {e}",),
    commands.NotMine: ("{e} not mine",),
}
SECRETS = ("Hush", "layoffs", "costs", "whisper", "tiptoe", "murmur", "mumble")
CHANNEL = Place("C7", shared=True, thread="9.9")


@dataclass
class Kept:
    """What is kept from most, and who is about it."""

    sue: str
    helper: str
    lead: str
    bob: str
    ids: dict[str, str]


def kept(town: Town, state: str) -> Kept:
    """A private objective or a draft with everything that can hang on one: check-in, note, request, comment."""
    sue, helper, lead, bob = (town.someone(n) for n in ("sue", "helper", "lead", "bob"))
    for who in (lead, bob):
        town.says(who, "mine")
    if state == "draft":
        echo = town.says(sue, f"new O: Hush\nwhy: tiptoe\nKR1: layoffs from 0 to 9 <@{helper}>\nKR2: costs from 100 to 50")
        town.says(sue, "action O1: mumble")
        echo = town.says(sue, "comment O1: murmur")
        request = "r999999"
    else:
        town.says(sue, f"new O: Hush\nwhy: tiptoe\nKR1: layoffs from 0 to 9 <@{helper}>\nKR2: costs from 100 to 50")
        town.says(sue, "publish")
        [asked] = town.delivered_to(helper)
        request = asked.buttons()[0][1].text.split("#")[1]
        town.says(sue, "comment O1: murmur")
        town.says(sue, "action KR1.2: mumble")
        echo = town.says(sue, "KR1.2 90 whisper")
        town.says(sue, "private O1")
    [objective] = town.objectives_of(sue)
    with town.store.write(EVERYWHERE) as session:
        row = session.exec(select(Member).where(Member.id == town._id(session, sue))).one()
        row.lead_id = town._id(session, lead)
        session.add(row)
    number = next(n["id"] for n in town.export()["comments"] if n["text"] == "murmur" and n["on"] == objective["id"])
    act = next(b.text for _, b in echo.buttons() if b.text.startswith("undo")).split("#")[1]
    inside = (objective["id"], objective["key_results"][1]["id"])
    action = next(a for a in town.export()["actions"] if a["text"] == "mumble" and a["from"] in inside)
    said = [c["id"] for c in town.export()["check_ins"] if c["key_result"] == inside[1]]
    ids = {"o": inside[0], "k": inside[1], "n": number, "c": act, "r": request, "e": action["id"], "i": said[0] if said else "i999999"}
    ids["number"] = action["ref"]
    return Kept(sue, helper, lead, bob, ids)


def filled(text: str, about: Kept, *, there: bool, typed: bool) -> str:
    """The text about what is kept, or about what does not exist; with references as typed or with ids."""
    ids = about.ids if there else {name: f"{name}999999" for name in about.ids} | {"number": "A999999"}
    number = 1 if there else 7
    named = {"o": f"<@{about.sue}> O{number}", "k": f"<@{about.sue}> KR{number}.2", "e": ids["number"], "i": f"#{ids['i']}"}
    refs = named if typed else {name: f"#{ids[name]}" for name in named}
    return text.format(**(ids | refs), sue=about.sue, bob=about.bob)


def plain(reply: Any) -> str:
    """An answer to the letter, with every reference and id made one."""
    text = to_json(reply) if reply else ""
    text = re.sub(r"KR\d+\.\d+", "KR#", re.sub(r"\b([OA])\d+\b", r"\1#", text))
    return re.sub(r"(?<![A-Za-z0-9])([oknrcdmpei])\d+(?!\d)", r"\1#", text)


WAYS = (("direct", True), ("channel", False), ("press", False))  # a place, and whether references are typed there


def placed(said: Message, place: str, card: str) -> Message:
    """The same said in a conversation of one's own, in a channel, or by a button of an old card in the channel."""
    if place == "direct":
        return said
    if place == "channel":
        return replace(said, place=CHANNEL, entry="mention")
    return replace(said, place=CHANNEL, entry="press", card=card, drawn=1, message="card-1")


def test_every_command_has_its_words_here() -> None:
    assert set(SAID) == set(get_args(Command))


@pytest.mark.parametrize("kind", [kind for kind in SAID if kind is not commands.Hello], ids=lambda kind: kind.__name__)
def test_the_words_here_say_that_command(lite_english: Town, kind: type) -> None:
    about = Kept("sue", "helper", "lead", "bob", {name: f"{name}5" for name in "oknrcei"} | {"number": "A5"})
    for text in SAID[kind]:
        said = {type(parse(lite_english.message("bob", filled(text, about, there=True, typed=typed)).text)) for typed in (True, False)}
        assert kind in said, text


def _stands(town: Town, about: Kept) -> Any:
    data = town.export()
    own = [o for o in data["objectives"] if o["id"] == about.ids["o"]]
    return own, [n for n in data["comments"] if n["on"] in (about.ids["o"], about.ids["k"])], town.check_ins(about.sue)


@pytest.mark.parametrize(
    ("viewer", "state"),
    [("colleague", "private"), ("colleague", "draft"), ("admin", "private"), ("outsider", "private"), ("lead", "draft")],
)
def test_what_is_kept_from_somebody_is_as_if_it_were_not_there(lite_english: Town, viewer: str, state: str) -> None:
    town, about = lite_english, kept(lite_english, state)
    town.look_closely = False
    eve = about.lead if viewer == "lead" else town.someone("eve")
    if viewer != "outsider":
        town.says(eve, "mine")
    if viewer == "admin":
        with town.store.write(EVERYWHERE) as session:
            row = session.exec(select(Member).where(Member.id == town._id(session, eve))).one()
            row.admin = True
            session.add(row)
    before = _stands(town, about)
    town.deliver()
    for text, (place, typed) in itertools.product([text for texts in SAID.values() for text in texts], WAYS):
        answer, missing = (
            _answer(town, eve, text, about, there=there, way=(place, typed), outsider=viewer == "outsider") for there in (True, False)
        )
        assert answer == missing or not re.search(r"{[oknrcei]}", text), (text, place)
        assert [word for word in SECRETS if word in answer and word not in text] == [], (text, place)
    assert _stands(town, about) == before
    told = [o for o in town.deliver() if o.to.user in (about.sue, about.helper) or any(w in to_json(o.reply) for w in SECRETS)]
    assert told == []


def _answer(town: Town, who: str, text: str, about: Kept, *, there: bool, way: tuple[str, bool], outsider: bool) -> str:
    place, typed = way
    said = town.message(who, filled(text, about, there=there, typed=typed))
    message = placed(said, place, about.ids["o"] if there else "o999999")
    return plain(town.hears(replace(message, sender=replace(message.sender, outsider=outsider))).reply)


@pytest.mark.parametrize(("viewer", "state"), [("sue", "private"), ("helper", "private"), ("lead", "private"), ("sue", "draft")])
def test_those_who_see_it_never_show_it_to_a_channel(lite_english: Town, viewer: str, state: str) -> None:
    town, about = lite_english, kept(lite_english, state)
    town.look_closely = False
    who = getattr(about, viewer)
    assert "layoffs" in town.says(who, f"<@{about.sue}> O1").text
    gone = (commands.Reveal, commands.Publish, commands.Share) if state == "draft" else (commands.Reveal,)
    texts = [text for kind, texts in SAID.items() if kind not in gone for text in texts]  # from those on it is no secret
    for text, place in itertools.product(texts, ("channel", "press")):
        said = town.message(who, filled(text, about, there=True, typed=False))
        answered = town.desk.answer(placed(said, place, about.ids["o"]))
        reply = answered.reply
        if reply is None:
            continue
        assert not (answered.redraw and reply.private), text
        if not reply.private and reply.tone not in ("refusal", "apology"):
            seen = to_json(replace(reply, aside=None))
            assert [word for word in SECRETS if word in seen] == [], (text, place)
        if state == "private":
            town.says(about.sue, f"private #{about.ids['o']}")
