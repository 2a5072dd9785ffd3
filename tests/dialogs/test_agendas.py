"""A team's agenda: the few things worth its time, in order, with nothing in it that not everybody there may see; and what was decided."""

from datetime import date

from handlers.acting import add_action
from handlers.asking import Asking
from handlers.pen import Pen
from handlers.people import Defaults
from storage.people import account_of
from storage.store import EVERYWHERE, Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_oneself import OKR, refused, team, there, with_a_secret
from tests.dialogs.test_pulse import at
from tests.talk import Heard
from tests.test_statements import counted


def order(heard: Heard, *names: str) -> list[str]:
    """The names in the order in which they come."""
    return sorted(names, key=lambda name: heard.text.index(name))


def test_the_most_urgent_first(town: Town, lang: str) -> None:
    ann = town.with_okr("O: Grow\nKR1: users from 0 to 1000\nKR2: churn from 9% to 4%\nKR3: NPS from 0 to 50")
    bob = town.someone("bob")
    name = team(town, ann, bob)
    town.says(ann, "KR1.1 900")
    town.says(ann, f"KR1.2 {say(lang, 'blocked')}legal review <@{bob}>")
    heard = town.says(ann, say(lang, "agenda"))
    assert name in heard.text
    assert "legal review" in heard.text
    assert bob.capitalize() in heard.text
    assert order(heard, "KR1.2", "KR1.3") == ["KR1.2", "KR1.3"]
    assert "KR1.1" not in heard.text  # on track
    town.says(bob, f"{say(lang, 'answer')} signed it")
    assert say(lang, "no answer") not in town.says(ann, say(lang, "agenda")).text


def test_days_are_workdays(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    team(town, ann)
    town.says(ann, f"KR1.2 {say(lang, 'blocked')}legal review")
    assert say(lang, "since today") in town.says(ann, say(lang, "agenda")).text
    town.later(days=7)
    assert ("5 workdays", "5 个工作日")[lang == "zh"] in town.says(ann, say(lang, "agenda")).text


def test_nothing_private_is_read_out_and_nobody_is_called(town: Town, lang: str) -> None:
    ann, bob = with_a_secret(town), town.someone("bob")
    team(town, ann, bob)
    town.says(ann, f"KR2.1 {say(lang, 'blocked')}the owner wants more")
    town.says(ann, f"KR1.2 {say(lang, 'blocked')}legal review <@{bob}>")
    town.says(ann, f"{say(lang, 'decision')}offer more KR2.1")
    assert "the owner wants more" in town.says(ann, say(lang, "agenda")).text
    assert "offer more" in town.says(ann, say(lang, "agenda")).text
    heard = there(town, ann, say(lang, "agenda"))
    assert "legal review" in heard.text
    for secret in ("the owner wants more", "talks", "offer more", "KR2.1"):
        assert secret not in heard.text
    assert heard.reply is not None
    assert "Person(" not in repr(heard.reply.parts)
    assert f"@{ann.capitalize()} KR1.2" in heard.text  # nobody's "mine" there


def test_a_decision_is_read_out_next_time_until_it_is_taken_back(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    team(town, ann, bob)
    kept = there(town, ann, f"{say(lang, 'decision')}KR1.2 we hire two")
    assert "we hire two" in kept.text
    town.later(days=7)
    assert "we hire two" in town.says(bob, say(lang, "agenda")).text
    again = town.says(bob, f"{say(lang, 'decision')}KR1.2 <@{ann}> moves to next quarter")
    town.presses(bob, again, say(lang, "Undo"))
    heard = town.says(ann, say(lang, "agenda"))
    assert "moves to next quarter" not in heard.text
    town.later(days=14)
    assert "we hire two" not in town.says(ann, say(lang, "agenda")).text


def test_an_action_past_its_day_comes_up(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    team(town, ann)
    promised(town, ann, "call the lawyer", due=date(2026, 11, 20))
    promised(town, ann, "write the page", due=date(2026, 11, 23))
    heard = town.says(ann, say(lang, "agenda"))
    assert "call the lawyer" in heard.text
    assert "write the page" not in heard.text


def promised(town: Town, who: str, text: str, due: date) -> None:
    """An action of somebody, as any part of the program makes it."""
    with town.store.read(EVERYWHERE) as session:
        found = account_of(session, town.platform, town.workspace, who)
        assert found is not None
        organisation = found[1].organisation_id
    with town.store.write(organisation) as session:
        found = account_of(session, town.platform, town.workspace, who)
        assert found is not None
        asking = Asking(session, None, found[1], town.message(who, ""), town.now, "en")  # type: ignore[arg-type]
        add_action(asking, Pen(asking, "acted"), text, owner_id=found[1].id or 0, due=due)


def test_whose_agenda(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    assert refused(town.says(bob, say(lang, "agenda")))
    assert refused(town.says(ann, "agenda team Nowhere"))
    first = team(town, ann, channel=False)
    assert first in town.says(ann, say(lang, "agenda")).text
    assert first in town.says(bob, f"{say(lang, 'agenda')} {say(lang, 'team')} {first}").text
    second = team(town, ann, bob, channel=False)
    asked = town.says(ann, say(lang, "agenda"))
    assert asked.reply is not None
    assert asked.reply.tone == "question"
    assert second in town.presses(ann, asked, second).text
    there(town, ann, f"team {second} channel here")
    assert second in there(town, ann, say(lang, "agenda")).text


def test_a_team_with_nothing(town: Town, lang: str) -> None:
    bob = town.someone("bob")
    team(town, bob, channel=False)
    heard = town.says(bob, say(lang, "agenda"))
    assert not refused(heard)
    assert ("nothing is urgent", "没有紧急的事")[lang == "zh"] in heard.text


def test_too_long_a_decision_is_kept_in_the_answer(town: Town, lang: str) -> None:
    assert refused(town.says(town.someone(), f"{say(lang, 'decision')}{'x' * 1001}"))


def test_twice_the_people_cost_no_statement_more(lite_english: Town) -> None:
    town, counts = lite_english, []
    for size in (2, 6):
        people = [town.with_okr(OKR) for _ in range(size)]
        name = team(town, *people)
        for who in people:
            town.says(who, "KR1.1 blocked: the law")
        with counted(town.store) as ran:
            there(town, people[0], f"agenda team {name}")
        with counted(town.store) as day:
            there(town, people[0], f"daily team {name}")
        counts.append((len(ran), len(day)))
    assert counts[0] == counts[1]


def test_who_was_away_hears_of_what_was_given_to_them_when_they_are_back(store: Store, lang: str) -> None:
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone="UTC", locale=lang), now=at(23, 10))
    ann, bob, cal = town.with_okr(OKR), town.someone("bob"), town.someone("cal")
    town.says(bob, "away until Wednesday")
    town.says(cal, "mine")
    town.deliver()
    told = there(town, ann, f"{say(lang, 'action: ')}call the lawyer <@{bob}> <@{cal}>")
    assert say(lang, "away") in told.text
    assert [out.to.user for out in town.until(at(25, 23)) if out.to.user in (bob, cal)] == [cal]
    [late] = [out for out in town.until(at(26, 12)) if out.to.user == bob]
    assert town.now >= at(26, 9, 40)
    heard = town.read(late)
    assert "call the lawyer" in heard.text
    assert heard.buttons()[0][1].text.startswith("done")


def test_who_said_nothing_is_named_to_nobody_aloud(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.with_okr(OKR, "bob")
    team(town, ann, bob)
    town.later(days=30)
    aloud = there(town, ann, say(lang, "agenda"))
    assert ("4 key results need an update", "4 条关键结果需要更新")[lang == "zh"] in aloud.text
    for name in (ann, bob, "KR1.1"):
        assert name.capitalize() not in aloud.text
    assert f"@{bob.capitalize()} KR1.1" in town.says(ann, say(lang, "agenda")).text


def test_leave_is_no_silence(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.with_okr(OKR, "bob")
    team(town, ann, bob)
    for who in (ann, bob):
        for ref in ("KR1.1", "KR1.2"):
            town.says(who, f"{ref} 5")
    town.says(bob, "away 2026-11-24 to 2026-12-17")
    town.says(bob, "KR1.1 5")
    town.later(days=23)
    heard = town.says(ann, say(lang, "agenda")).text
    assert f"@{bob.capitalize()} KR1" not in heard
    assert ("for 17 workdays", "17 个工作日")[lang == "zh"] in heard
    town.later(days=5)
    heard = town.says(ann, say(lang, "agenda")).text
    assert f"@{bob.capitalize()} KR1" in heard
    assert ("for 2 workdays", "2 个工作日")[lang == "zh"] in heard  # Friday and today, a Monday


def test_what_somebody_will_do_is_read_out_by_what_it_is_for(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    team(town, ann, bob)
    promised(town, bob, "call the doctor", due=date(2026, 11, 20))
    town.says(bob, f"{say(lang, 'decision')}we move to Rome")
    assert "we move to Rome" in town.says(bob, say(lang, "agenda")).text
    assert "we move to Rome" not in town.says(ann, say(lang, "agenda")).text
    aloud = there(town, bob, say(lang, "agenda")).text
    assert "call the doctor" not in aloud
    assert "we move to Rome" not in aloud


def test_what_one_team_decided_is_not_anothers(town: Town, lang: str) -> None:
    ann, bob, cal = town.with_okr(OKR), town.someone("bob"), town.with_okr(OKR, "cal")
    team(town, ann, bob)
    assert "KR1.2" in town.says(bob, f"decision <@{ann}> KR1.2: it moves").text
    assert "it moves" in there(town, bob, say(lang, "agenda")).text
    second = team(town, cal, bob, channel=False)
    assert "it moves" not in there(town, cal, f"agenda team {second}").text
