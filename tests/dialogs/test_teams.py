"""Teams and the company: founding, changing, dissolving, what they own and who may, and what a directory fills in."""

from typing import Any

import pytest

from bot.messages import Place
from bot.sending import Department, Profile
from handlers.profiles import Profiles
from storage.people import account_of
from storage.store import EVERYWHERE, Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard, Talk

OKR = "O: Grow fast KR1: NPS from 30 to 50 KR2: users from 100 to 200"


def tone(heard: Heard) -> str:
    return heard.reply.tone if heard.reply else ""


class Team:
    """A new team with a name that nobody has, its lead and one more member; a founder who is no admin."""

    def __init__(self, town: Town, *members: str) -> None:
        town.says(town.someone("first"), "mine")  # the first of a town is its admin
        self.town, self.lead = town, town.someone("lead")
        self.members = members or (town.someone("mem"),)
        self.name = town.someone("Squad")
        people = " ".join(f"<@{m}>" for m in self.members)
        self.founded = town.says(self.lead, f"{say(lang_of(town), 'team new')} {self.name} {say(lang_of(town), 'members')} {people}")

    def row(self) -> dict[str, Any]:
        rows = [t for t in self.town.export()["teams"] if t["name"] == self.name]
        assert len(rows) == 1, rows
        return rows[0]

    def people(self) -> list[str]:
        return [self.town.name_of(m) for m in self.row()["members"]]

    def with_okr(self, text: str = OKR, who: str = "") -> None:
        writer = who or self.lead
        assert tone(self.town.says(writer, f"new team {self.name} {text}")) == "answer"
        assert tone(self.town.says(writer, "publish all")) == "answer"


def lang_of(town: Town) -> str:
    return town.defaults.locale


def admin_of(town: Town) -> str:
    """Somebody who is an admin."""
    who = town.someone("admin")
    town.says(who, "mine")
    with town.store.write(EVERYWHERE) as session:
        found = account_of(session, town.platform, town.workspace, who)
        assert found is not None
        found[1].admin = True
        session.add(found[1])
    return who


# ---------------------------------------------------------------- founding and seeing


def test_founding_a_team_makes_its_founder_the_lead(town: Town) -> None:
    team = Team(town)
    assert tone(team.founded) == "answer"
    assert team.name in team.founded.text
    assert town.name_of(team.row()["lead"]) == team.lead.capitalize()
    assert team.people() == [team.lead.capitalize(), team.members[0].capitalize()]
    assert team.name in town.says(town.someone(), say(lang_of(town), "teams")).text


def test_a_lead_who_is_named_leads_and_is_in_it(english: Town) -> None:
    boss, founder, name = english.someone("boss"), english.someone(), english.someone("Crew")
    english.says(founder, f"team new {name} lead <@{boss}>")
    [team] = [t for t in english.export()["teams"] if t["name"] == name]
    assert [english.name_of(m) for m in team["members"]] == [boss.capitalize()] == [english.name_of(team["lead"])]


def test_whoever_is_not_known_is_pointed_out(english: Town) -> None:
    heard = english.says(english.someone(), f"team new {english.someone('Crew')} members @Nobodyatall")
    assert tone(heard) == "answer"
    assert "Nobodyatall" in heard.text


@pytest.mark.parametrize(
    "name",
    [
        "new",
        "company",
        "公司",
        "新建",
        "publish",
        "2027Q1",
        "2027M01",
        '"42"',
        '"O1"',
        '"KR1.2"',
        '"目标1"',
        '"  "',
        f'"{"x" * 61}"',
        "lead",
    ],
)
def test_names_that_mean_something_else(lite: Town, name: str) -> None:
    before = len(lite.export()["teams"]) if lite.says("a0", "mine") else 0
    heard = lite.says(lite.someone(), f"team new {name} members <@{lite.someone()}>")
    assert tone(heard) == "refusal"
    assert len(lite.export()["teams"]) == before


def test_a_name_is_taken_whatever_its_case_or_width(town: Town) -> None:
    team = Team(town)
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in team.name.upper())
    for name in (team.name, team.name.upper(), f'"{wide}"'):
        heard = town.says(town.someone(), f"team new {name} members <@{team.lead}>")
        assert tone(heard) == "refusal"
        assert team.name in heard.text
    assert team.row()


def test_a_custom_cycles_name_is_no_teams(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "cycle Push from 2027-01-01 to 2027-06-30")
    assert tone(talk.says("ann", "team new push members <@bob>")) == "refusal"
    assert tone(talk.says("ann", "team new Pusher members <@bob>")) == "answer"
    assert tone(talk.says("ann", "cycle pusher from 2027-07-01 to 2027-12-30")) == "refusal"


def test_no_such_team(town: Town) -> None:
    for text in ("team Nosuchteam", "team Nosuchteam add <@bob>", "Nosuchteam O1", f"new team Nosuchteam {OKR}"):
        heard = town.says(town.someone(), text)
        assert tone(heard) == "refusal"
        assert "Nosuchteam" in heard.text


# ---------------------------------------------------------------- changing


def test_the_lead_and_an_admin_change_a_team_and_nobody_else(town: Town) -> None:
    team, new = Team(town), town.someone("new")
    stranger = town.says(town.someone(), f"team {team.name} add <@{new}>")
    assert tone(stranger) == tone(town.says(team.members[0], f"team {team.name} add <@{new}>")) == "refusal"
    assert team.lead.capitalize() in stranger.text
    assert tone(town.says(team.lead, f"{say(lang_of(town), 'team')} {team.name} {say(lang_of(town), 'add')} <@{new}>")) == "answer"
    again = town.says(admin_of(town), f"team {team.name} add <@{new}>")
    assert tone(again) == "refusal"
    assert new.capitalize() in again.text
    assert tone(town.says(admin_of(town), f"team {team.name} remove <@{new}>")) == "answer"
    assert new.capitalize() not in team.people()
    assert tone(town.says(team.lead, f"team {team.name} remove <@{new}>")) == "refusal"
    assert tone(town.says(team.lead, f"team {team.name} add <@{new}>")) == "answer"
    assert team.people().count(new.capitalize()) == 1


def test_a_member_may_leave_and_take_it_back(town: Town) -> None:
    team = Team(town)
    [member] = team.members
    left = town.says(member, f"team {team.name} remove <@{member}>")
    assert team.people() == [team.lead.capitalize()]
    town.presses(member, left, say(lang_of(town), "Undo"))
    assert member.capitalize() in team.people()


def test_the_lead_goes_only_after_another_is_named(town: Town) -> None:
    team, next_lead = Team(town), town.someone("next")
    assert tone(town.says(team.lead, f"team {team.name} remove <@{team.lead}>")) == "refusal"
    town.says(team.lead, f"team {team.name} lead <@{next_lead}>")
    assert town.name_of(team.row()["lead"]) == next_lead.capitalize()
    assert next_lead.capitalize() in team.people()
    assert tone(town.says(team.lead, f"team {team.name} remove <@{team.lead}>")) == "answer"
    assert tone(town.says(team.lead, f"team {team.name} lead <@{team.lead}>")) == "refusal"


def test_renaming_keeps_what_it_owns(town: Town) -> None:
    team, other = Team(town), Team(town)
    team.with_okr()
    old, team.name = team.name, town.someone("Renamed")
    assert tone(town.says(team.lead, f"team {old} rename {team.name}")) == "answer"
    assert "Grow fast" in town.says(town.someone(), f"{team.name} O1").text
    assert tone(town.says(town.someone(), f"{old} O1")) == "refusal"
    assert tone(town.says(team.lead, f"team {team.name} rename {other.name}")) == "refusal"
    assert tone(town.says(team.lead, f"team {team.name} rename new")) == "refusal"
    assert team.row()


def test_a_team_talks_where_it_was_said_or_named(english: Town) -> None:
    team = Team(english)
    assert tone(english.says(team.lead, f"team {team.name} channel here")) == "refusal"
    english.says(team.lead, f"team {team.name} channel here", place=Place("C77", shared=True), entry="command")
    assert team.row()["channel"] == "C77"
    assert tone(english.says(team.lead, f"team {team.name} channel #growth")) == "refusal"
    english.says(team.lead, f"team {team.name} channel #growth", channels=(("C9", "growth"),))
    assert team.row()["channel"] == "C9"


def test_dissolving_waits_for_what_it_owns_and_can_be_taken_back(town: Town) -> None:
    team = Team(town)
    team.with_okr()
    refused = town.says(team.lead, f"team {team.name} dissolve")
    assert tone(refused) == "refusal"
    assert "Grow fast" in refused.text
    town.says(team.lead, f"close {team.name} O1")
    gone = town.says(team.lead, f"{say(lang_of(town), 'team')} {team.name} {say(lang_of(town), 'dissolve')}")
    assert tone(gone) == "answer"
    assert tone(town.says(town.someone(), f"team {team.name}")) == "refusal"
    assert team.row()["state"] == "dissolved"
    assert not [p for p in town.export()["people"] if team.row()["id"] in p["teams"]]
    town.presses(team.lead, gone, say(lang_of(town), "Undo"))
    assert "Grow fast" in town.says(town.someone(), f"team {team.name}").text


def test_founding_is_not_taken_back_once_the_team_owns_something(town: Town) -> None:
    team = Team(town)
    team.with_okr(who=team.members[0])
    assert tone(town.presses(team.lead, team.founded, say(lang_of(town), "Undo"))) == "refusal"
    assert team.row()["state"] == "live"
    other = Team(town)
    assert tone(town.presses(other.lead, other.founded, say(lang_of(town), "Undo"))) == "answer"
    assert tone(town.says(town.someone(), f"team {other.name}")) == "refusal"


# ---------------------------------------------------------------- what a team owns


def test_a_teams_members_write_for_it_and_nobody_else(town: Town) -> None:
    team = Team(town)
    outside = town.says(town.someone(), f"new team {team.name} {OKR}")
    assert tone(outside) == "refusal"
    assert team.name in outside.text
    drafted = town.says(team.members[0], f"{say(lang_of(town), 'new')} {say(lang_of(town), 'team')} {team.name} {OKR}")
    assert f"{team.name} O1" in drafted.text
    assert team.members[0].capitalize() in drafted.text  # owns the key results that name nobody
    assert tone(town.says(town.someone(), f"{team.name} O1")) == "refusal"
    assert "Grow fast" in town.says(team.lead, f"{team.name} O1").text
    assert tone(town.says(team.lead, f"publish {team.name} O1")) == "answer"
    card = town.says(town.someone(), f"team {team.name}")
    assert "KR1.2" in card.text
    assert not card.buttons()
    assert town.says(team.lead, f"team {team.name}").button(say(lang_of(town), "Update"))


def test_somebody_who_left_writes_no_more(town: Town) -> None:
    team = Team(town)
    [member] = team.members
    town.says(team.lead, f"team {team.name} remove <@{member}>")
    assert tone(town.says(member, f"new team {team.name} {OKR}")) == "refusal"
    town.says(admin_of(town), f"new team {team.name} {OKR}")
    assert tone(town.says(member, f"{team.name} O1")) == "refusal"


def test_a_key_result_in_a_teams_objective_is_its_owners(town: Town) -> None:
    owner = town.someone("kr")
    team = Team(town)
    team.with_okr(f"O: Grow KR1: NPS from 30 to 50 <@{owner}> KR2: users from 100 to 200")
    label = f"{team.name} KR1.1"
    assert label in town.says(owner, say(lang_of(town), "mine")).text
    assert label in town.says(owner, "").text.split("\n")[1]  # what is due
    assert label in town.says(owner, say(lang_of(town), "checkin")).text
    [asked] = town.delivered_to(owner)
    assert label in asked.text
    assert label in town.says(owner, f"{label} 45 c7").text
    assert label in town.says(owner, "KR1.1 46").text  # the only one of that number
    assert label in town.says(owner, f"{say(lang_of(town), 'history')} {label}").text
    town.says(owner, f"{say(lang_of(town), 'correct')} {label} 47")
    assert "47" in town.says(town.someone(), label).text
    refused = town.says(town.someone(), f"{label} 48")
    assert tone(refused) == "refusal"
    assert label in refused.text


def test_in_a_thread_of_a_teams_card_a_bare_number_is_the_teams(town: Town) -> None:
    team = Team(town)
    town.with_okr(OKR.replace("Grow fast", "Mine"), "own")
    team.with_okr()
    town.says(team.lead, f"new {OKR}")
    town.says(team.lead, "publish all")
    place = Place("C1", shared=True, thread="9.9")
    town.deliver()
    town.says(team.lead, f"{team.name} O1", place=place, entry="mention", inline=False, message="9.9")
    town.deliver()
    heard = town.says(team.lead, "KR2 150", place=place, entry="mention", message="9.9")
    assert f"{team.name} KR1.2" in heard.text


def test_the_company_is_the_admins_to_write(town: Town) -> None:
    admin, owner = admin_of(town), town.someone("kr")
    refused = town.says(town.someone(), f"new company {OKR}")
    assert tone(refused) == "refusal"
    drafted = town.says(admin, f"{say(lang_of(town), 'new')} {say(lang_of(town), 'company')} O: All KR1: a from 1 to 20 <@{owner}>")
    assert tone(drafted) == "answer"
    ref = drafted.text.split("\n")[0].split(" · ")[0].split()[-1]
    town.presses(admin, drafted, say(lang_of(town), "Publish"))
    label = f"{say(lang_of(town), 'company')} KR{ref[1:]}.1"
    assert label in town.says(owner, say(lang_of(town), "mine")).text
    assert label in town.says(owner, f"{label} 5").text
    assert "All" in town.says(town.someone(), say(lang_of(town), "company")).text
    assert "All" in town.says(town.someone(), f"company {ref}").text
    assert tone(town.says(town.someone(), f"{label} 6")) == "refusal"


def test_a_team_in_a_shared_place_keeps_its_drafts_to_itself(town: Town) -> None:
    team = Team(town)
    team.with_okr()
    town.says(team.lead, f"new team {team.name} O: Secret plan KR1: b from 1 to 2")
    town.deliver()
    town.in_channel(team.lead, f"team {team.name}")
    heard = town.delivered_to(team.lead, channel="C1")
    public = [h for h in heard if "Grow fast" in h.text]
    apart = [h for h in heard if "Secret plan" in h.text]
    assert len(public) == len(apart) == 1
    assert public != apart


# ---------------------------------------------------------------- who leads whom


def test_leads_are_said_by_oneself_the_lead_or_an_admin(town: Town) -> None:
    admin, ann, bob, cat = admin_of(town), *(town.someone(n) for n in ("ann", "bob", "cat"))
    for person in (ann, bob, cat):
        town.says(person, "mine")
    assert tone(town.says(cat, f"lead of <@{ann}> is <@{bob}>")) == "refusal"
    assert bob.capitalize() in town.says(ann, f"{say(lang_of(town), 'my lead is')} <@{bob}>").text
    assert lead_of(town, ann) == bob.capitalize()
    assert tone(town.says(ann, f"my lead is <@{bob}>")) == "refusal"
    assert tone(town.says(bob, f"lead of <@{ann}> is <@{cat}>")) == "answer"
    assert tone(town.says(bob, f"lead of <@{ann}> is <@{bob}>")) == "refusal"
    changed = town.says(admin, f"lead of <@{ann}> is nobody")
    assert lead_of(town, ann) is None
    town.presses(admin, changed, say(lang_of(town), "Undo"))
    assert lead_of(town, ann) == cat.capitalize()


def test_a_circle_of_leads_is_refused_by_name(town: Town) -> None:
    ann, bob, cat = (town.someone(n) for n in ("ann", "bob", "cat"))
    town.says(ann, f"my lead is <@{bob}>")
    town.says(bob, f"my lead is <@{cat}>")
    heard = town.says(cat, f"my lead is <@{ann}>")
    assert tone(heard) == "refusal"
    for person in (ann, bob, cat):
        assert person.capitalize() in heard.text
    assert lead_of(town, cat) is None
    assert tone(town.says(cat, f"my lead is <@{cat}>")) == "refusal"


def lead_of(town: Town, who: str) -> str | None:
    [person] = [p for p in town.export()["people"] if p["name"] == who.capitalize()]
    return town.name_of(person["lead"]) if person["lead"] else None


# ---------------------------------------------------------------- a directory


class Directory:
    """A directory that says of each person what the test puts into it."""

    def __init__(self, town: Town) -> None:
        self.town, self.people = town, {}  # type: dict[str, Any]
        self.profiles = Profiles(town.store, {"slack": self.people.get}, lambda: town.now)

    def says(self, who: str, *departments: Department, **fields: Any) -> None:
        self.town.says(who, "mine")
        profile = Profile(departments=departments, **fields)
        self.profiles.learn("slack", self.town.workspace, who, profile)


def test_departments_become_teams_of_those_who_were_seen(town: Town) -> None:
    directory, ann, boss = Directory(town), town.someone("ann"), town.someone("boss")
    dept = Department(town.someone("od-"), town.someone("Dept"), boss)
    directory.says(ann, dept, manager=boss)
    assert lead_of(town, ann) is not None
    [team] = [t for t in town.export()["teams"] if t["name"] == dept.name]
    assert {town.name_of(m) for m in team["members"]} >= {ann.capitalize()}
    directory.says(boss, Department("od-root" + dept.id, town.someone("Top")))
    directory.says(ann, dept)
    [team] = [t for t in town.export()["teams"] if t["name"] == dept.name]
    assert town.name_of(team["lead"]).lower() == boss
    directory.says(boss)
    [team] = [t for t in town.export()["teams"] if t["name"] == dept.name]
    assert team["lead"] in team["members"]


def test_whoever_changes_departments_moves(town: Town) -> None:
    directory, ann = Directory(town), town.someone("ann")
    one, two = (Department(town.someone("od-"), town.someone("Dept")) for _ in range(2))
    directory.says(ann, one)
    directory.says(ann, two)
    assert teams_of(town, ann) == {two.name}
    directory.says(ann, one, two)
    assert teams_of(town, ann) == {one.name, two.name}
    directory.profiles.learn("slack", town.workspace, ann, Profile(departments=None))
    assert teams_of(town, ann) == {one.name, two.name}
    directory.says(ann, active=False)
    assert teams_of(town, ann) == set()


def test_what_was_changed_by_hand_stays(town: Town) -> None:
    directory, ann, boss = Directory(town), town.someone("ann"), town.someone("boss")
    dept = Department(town.someone("od-"), town.someone("Dept"), boss)
    directory.says(boss, dept)
    directory.says(ann, dept, manager=boss)
    by_hand = Team(town, ann)
    renamed = town.someone("Ours")
    town.says(boss, f"team {dept.name} rename {renamed}")
    town.says(boss, f"team {renamed} remove <@{ann}>")
    town.says(ann, "my lead is nobody")
    directory.says(ann, dept, manager=boss)
    assert lead_of(town, ann) is None
    assert teams_of(town, ann) == {by_hand.name}
    assert teams_of(town, boss) == {renamed}
    town.says(boss, f"team {renamed} lead <@{by_hand.lead}>")
    directory.says(boss, dept)
    [team] = [t for t in town.export()["teams"] if t["name"] == renamed]
    assert town.name_of(team["lead"]) == by_hand.lead.capitalize()


def test_a_department_called_like_something_else_gets_a_name_of_its_own(town: Town) -> None:
    directory, ann, team = Directory(town), town.someone("ann"), Team(town)
    directory.says(ann, Department(town.someone("od-"), team.name), Department(town.someone("od-"), "new"))
    names = teams_of(town, ann)
    assert len(names) == 2
    assert not names & {team.name, "new"}
    assert ann.capitalize() not in team.people()


def teams_of(town: Town, who: str) -> set[str]:
    data = town.export()
    names = {t["id"]: t["name"] for t in data["teams"]}
    [person] = [p for p in data["people"] if p["name"] == who.capitalize()]
    return {names[t] for t in person["teams"]}
