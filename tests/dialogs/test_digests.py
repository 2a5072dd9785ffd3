"""What leads read: a five-person team with one who is blocked, one on leave, one silent, one with a jump and one without an OKR."""

from dataclasses import dataclass

import pytest

from bot.replies import Button
from handlers.people import Defaults
from handlers.reminders import plan
from storage.store import Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_pulse import NINE, at, to
from tests.talk import Heard

OKR = "O: Grow the business\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200"


@dataclass
class Team:
    """Lin leads ann (blocked), bob (on leave), cal (silent), dee (a jump) and eve (no OKR)."""

    town: Town
    lang: str
    lin: str
    ann: str
    bob: str
    cal: str
    dee: str
    eve: str

    def says(self, who: str, word: str, rest: str = "") -> Heard:
        return self.town.says(who, f"{say(self.lang, word)} {rest}".strip())


@pytest.fixture
def town(store: Store, lang: str) -> Town:
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone="UTC", locale=lang), now=NINE)
    town.look_closely = True
    return town


@pytest.fixture
def team(town: Town, lang: str) -> Team:
    """On Friday morning: since Monday ann and dee said something each day, cal nothing."""
    town.says(town.someone("boss"), say(lang, "mine"))  # the first one is an admin
    ann, bob, cal, dee = (town.with_okr(OKR, name) for name in ("ann", "bob", "cal", "dee"))
    lin, eve = town.someone("lin"), town.someone("eve")
    for who in (lin, eve):
        town.says(who, say(lang, "mine"))
    for who in (ann, bob, cal, dee, eve):
        assert town.says(who, f"my lead is <@{lin}>").reply.tone == "answer"  # type: ignore[union-attr]
    plan(town.store, town.now)
    town.deliver()
    town.says(bob, "away until 11-30")
    for day in (23, 24, 25, 26):
        town.until(at(day, 16))
        town.says(ann, f"KR1.1 {30 + day - 22} c8")
        town.says(dee, f"KR1.1 4{day - 20}")
    town.says(ann, "KR1.2 101 blocked: legal review")
    town.says(dee, "KR1.2 175 the big customer signed")
    town.until(at(27, 9))
    return Team(town, lang, lin, ann, bob, cal, dee, eve)


def parts_of(heard: Heard) -> dict[str, list[str]]:
    """The lines of each part of a digest, by the part's name."""
    found: dict[str, list[str]] = {}
    at_part = ""
    for part in heard.reply.parts:  # type: ignore[union-attr]
        prompt = getattr(part, "prompt", "")
        if prompt == "digest_part":
            at_part = part.facts["part"]  # type: ignore[union-attr]
            found[at_part] = []
        elif at_part and hasattr(part, "head"):
            facts = part.head.facts
            found[at_part].append(
                facts.get("ref", "") or getattr(facts.get("who"), "name", "") or ",".join(p.name for p in facts["people"])
            )
    return found


def said(heard: Heard, prompt: str) -> list[dict[str, object]]:
    """The facts of every line of that kind."""
    parts = heard.reply.parts  # type: ignore[union-attr]
    says = [getattr(part, "head", part) for part in parts]
    return [dict(one.facts) for one in says if getattr(one, "prompt", "") == prompt]


def test_by_exception_in_its_order(team: Team) -> None:
    heard = team.says(team.lin, "digest")
    parts = parts_of(heard)
    names = ["waiting", "needs", "drift", "quiet", "wins", "none"]
    assert list(parts) == names, heard.text
    assert parts["waiting"] == [team.ann.capitalize(), team.dee.capitalize()]
    assert parts["needs"] == ["KR1.2"]
    assert parts["drift"] == ["KR1.2"]  # ann's, which is blocked
    assert parts["quiet"] == [team.cal.capitalize()]
    assert parts["wins"] == ["KR1.2"]
    assert parts["none"] == [team.eve.capitalize()]
    [covered] = said(heard, "digest_coverage")
    assert (covered["said"], covered["all"], covered["away"]) == (2, 4, 1)
    [silent] = said(heard, "digest_silent")
    assert silent["days"] == 3  # since Monday, when they published
    assert team.bob.capitalize() not in heard.text  # on leave is not missing
    assert "legal review" in heard.text


def test_each_line_has_at_most_one_button_and_they_work(team: Team, lang: str) -> None:
    heard = team.says(team.lin, "digest")
    items = [part for part in heard.reply.parts if hasattr(part, "head")]  # type: ignore[union-attr]
    assert all(len(item.buttons) <= 1 for item in items)
    thank = next(b for _, b in heard.buttons() if b.text.startswith("thanks"))
    ask = next(b for _, b in heard.buttons() if b.text.startswith("question"))
    assert team.town.press(team.lin, thank, "digest").reply.tone == "answer"  # type: ignore[union-attr]
    [told] = to(team.town.deliver(), team.dee)
    assert "175" in team.town.read(told).text or "big customer" in team.town.read(told).text
    form = team.town.press(team.lin, ask, "digest")
    assert form.reply is not None
    assert form.reply.form is not None
    sent = team.town.sends(team.lin, form)
    assert sent.reply is not None
    assert sent.reply.tone == "answer", sent.text
    assert len(to(team.town.deliver(), team.ann)) == 1


def test_what_was_looked_at_waits_no_more_and_its_author_sees_it(team: Team, lang: str) -> None:
    before = team.town.says(team.ann, say(lang, "history") + " KR1.1")
    assert said(before, "seen_line") == []
    heard = team.says(team.lin, "seen", f"<@{team.ann}>")
    assert heard.reply is not None
    assert heard.reply.tone == "answer", heard.text
    assert parts_of(team.says(team.lin, "digest"))["waiting"] == [team.dee.capitalize()]
    after = team.town.says(team.ann, say(lang, "history") + " KR1.1")
    assert len(said(after, "seen_line")) == 4
    assert team.lin.capitalize() in team.town.says(team.ann, "KR1.1").text
    assert to(team.town.deliver(), team.ann) == []  # a tap tells nobody
    again = team.says(team.lin, "seen", f"<@{team.ann}>")
    assert again.reply.tone == "refusal"  # type: ignore[union-attr]
    undone = team.town.says(team.lin, say(lang, "undo"))
    assert undone.reply.tone == "answer", undone.text  # type: ignore[union-attr]
    assert parts_of(team.says(team.lin, "digest"))["waiting"] == [team.ann.capitalize(), team.dee.capitalize()]


def test_thanks_twice_is_once_and_taken_back_is_not_said(team: Team, lang: str) -> None:
    team.says(team.lin, "thanks", f"<@{team.dee}> KR1.2")
    twice = team.says(team.lin, "thanks", f"<@{team.dee}> KR1.2")
    assert said(twice, "seen_noted")[0]["already"]
    team.town.says(team.lin, say(lang, "undo"))
    assert to(team.town.deliver(), team.dee) == []
    own = team.says(team.dee, "thanks", "KR1.2")
    assert own.reply.tone == "refusal"  # type: ignore[union-attr]


def test_a_question_asked_of_the_lead_comes_first(team: Team) -> None:
    team.town.says(team.ann, f"help KR1.1 <@{team.lin}> who pays for the fair?")
    heard = team.says(team.lin, "digest")
    assert parts_of(heard)["waiting"][0] == "KR1.1"
    answer = next(b for _, b in heard.buttons() if b.text.startswith("answer"))
    assert team.town.press(team.lin, Button(answer.label, answer.text + " marketing"), "digest").reply.tone == "answer"  # type: ignore[union-attr]
    assert "KR1.1" not in parts_of(team.says(team.lin, "digest"))["waiting"]


def test_who_was_not_told_is_not_named(team: Team) -> None:
    """Silent since Monday and muted only now: named; whose reminders never came because the clock stood is not."""
    fay = team.town.with_okr(OKR, "fay")
    team.town.says(fay, f"my lead is <@{team.lin}>")
    team.town.says(fay, "KR1.1 31 on 11-20")
    heard = team.says(team.lin, "digest")
    assert parts_of(heard)["quiet"] == [team.cal.capitalize()]


def test_who_leads_nobody_is_told_how_to_read_of_a_team(team: Team, lang: str) -> None:
    heard = team.says(team.cal, "digest")
    assert said(heard, "leads_nobody")
    made = f"team new Growth lead <@{team.lin}> members <@{team.ann}> <@{team.cal}> <@{team.dee}>"
    assert team.town.says(team.lin, made).reply.tone == "answer"  # type: ignore[union-attr]
    heard = team.says(team.ann, "digest", "team Growth")
    assert list(parts_of(heard)) == ["needs", "wins"]
    assert team.cal.capitalize() not in heard.text
    assert said(heard, "digest_counts")
    led = team.says(team.lin, "digest", "team Growth")
    assert team.cal.capitalize() in led.text


def test_in_a_channel_the_answer_is_private(team: Team, lang: str) -> None:
    heard = team.town.in_channel(team.lin, say(lang, "digest"))
    sent = [out for out in team.town.deliver() if out.to.channel == "C1" and not out.to.user]
    assert not [out for out in sent if team.cal.capitalize() in team.town.read(out).text]
    assert heard.reply is None or heard.reply.private


def test_what_is_private_is_for_those_who_may_see_it(team: Team) -> None:
    team.town.says(team.dee, "private O1")
    assert parts_of(team.says(team.lin, "digest"))["wins"] == ["KR1.2"]
    made = f"team new Growth lead <@{team.lin}> members <@{team.ann}> <@{team.cal}> <@{team.dee}>"
    team.town.says(team.lin, made)
    assert "wins" not in parts_of(team.says(team.ann, "digest", "team Growth"))


def test_a_part_alone_and_other_days(team: Team, lang: str) -> None:
    assert list(parts_of(team.says(team.lin, "digest", "wins" if lang == "en" else "亮点"))) == ["wins"]
    week = team.says(team.lin, "digest", "week" if lang == "en" else "周")
    [covered] = said(week, "digest_coverage")
    assert (covered["said"], covered["all"], covered["away"]) == (2, 4, 1)
    xun = team.says(team.lin, "digest", "10 days" if lang == "en" else "旬")
    assert said(xun, "digest_title")[0]["span"] == "xun"


def test_gaps_of_those_one_leads_and_ones_own(team: Team, lang: str) -> None:
    town = team.town
    fay = town.with_okr("O: Sell\nKR1: reduce churn to 4%\nKR2: deals from 1 to 9", "fay")
    town.says(fay, f"my lead is <@{team.lin}>")
    heard = team.says(team.lin, "gaps")
    kinds = {str(facts["kind"]) for facts in said(heard, "gap")}
    assert {"okr", "baseline", "weights"} <= kinds, heard.text
    own = team.says(fay, "gaps")
    assert "baseline" in {str(facts["kind"]) for facts in said(own, "gap")}
    lines = [part.text for part in own.reply.parts if hasattr(part, "text") and not hasattr(part, "label")]  # type: ignore[union-attr]
    weigh = next(line for line in lines if line.startswith(("weight", "权重")))
    assert town.says(fay, weigh).reply.tone == "answer"  # type: ignore[union-attr]
    assert "weights" not in {str(facts["kind"]) for facts in said(team.says(fay, "gaps"), "gap")}


# ---------------------------------------------------------------- by itself


def new_to(team: Team, who: str, day: int) -> list[Heard]:
    """New messages to somebody that day until noon, as they read them."""
    return [team.town.read(out) for out in to(team.town.until(at(day, 12)), who) if not out.to.message]


def test_the_morning_brings_a_short_one_with_the_way_to_all_of_it(team: Team, lang: str) -> None:
    [morning] = new_to(team, team.lin, 27)
    [facts] = said(morning, "morning_digest")
    assert (facts["span"], facts["waiting"], facts["needs"], facts["quiet"], facts["none"]) == ("day", 2, 1, 1, 1)
    full = next(b for _, b in morning.buttons() if b.text.startswith("digest"))
    assert parts_of(team.town.press(team.lin, full, "digest"))["quiet"] == [team.cal.capitalize()]
    assert new_to(team, team.dee, 27) == []  # who leads nobody gets none


def test_the_first_workday_of_a_week_covers_the_week_and_a_closed_period_its_days(team: Team, lang: str) -> None:
    team.says(team.lin, "digest", "weekly" if lang == "en" else "每周")
    assert new_to(team, team.lin, 27) == []
    [monday] = new_to(team, team.lin, 30)
    assert said(monday, "morning_digest")[0]["span"] == "week"
    assert new_to(team, team.lin, 31) == []
    team.says(team.lin, "digest", "daily" if lang == "en" else "每天")
    [december] = new_to(team, team.lin, 32)
    assert said(december, "morning_digest")
    team.says(team.lin, "digest", "off" if lang == "en" else "关闭")
    assert new_to(team, team.lin, 33) == []


def test_the_day_after_a_period_closed_it_is_about_the_period(team: Team) -> None:
    [first] = new_to(team, team.lin, 31)[-1:]
    assert said(first, "morning_digest")[0]["span"] == "xun"


def test_mute_and_why_hold_for_it(team: Team) -> None:
    assert said(team.town.says(team.lin, "why"), "why_digest")
    team.town.says(team.lin, "mute")
    assert new_to(team, team.lin, 27) == []
    assert said(team.town.says(team.lin, "why"), "why_digest") == []


def test_with_nothing_to_say_none_comes(team: Team, lang: str) -> None:
    ivy, jon = team.town.someone("ivy"), team.town.with_okr(OKR, "jon")
    team.town.says(ivy, say(lang, "mine"))
    team.town.says(jon, f"my lead is <@{ivy}>")
    assert new_to(team, ivy, 27) == []
    assert new_to(team, ivy, 30) == []  # nor one of a week with every figure at naught
    team.town.says(jon, "KR1.1 31")
    assert said(new_to(team, ivy, 31)[0], "morning_digest")


def test_who_is_about_to_be_named_hears_it_the_evening_before(town: Town, lang: str) -> None:
    town.says(town.someone("boss"), say(lang, "mine"))
    cal, lin = town.with_okr(OKR, "cal"), town.someone("lin")
    town.says(lin, say(lang, "mine"))
    town.says(cal, f"my lead is <@{lin}>")
    plan(town.store, town.now)
    heard = {}
    for day in (23, 24, 25, 26):
        evening = [town.read(out) for out in to(town.until(at(day, 18)), cal) if not out.to.message]
        heard[day] = [one for out in evening for facts in said(out, "digest_ahead") for one in facts["said"]]  # type: ignore[attr-defined]
        shown = parts_of(town.says(lin, say(lang, "digest"))).get("quiet", [])
        assert shown == [], day  # not before the evening that told them is over
    assert [len(heard[day]) for day in (23, 24, 25, 26)] == [0, 0, 0, 1]
    assert (heard[26][0]["kind"], heard[26][0]["days"]) == ("silent", 3)
    town.until(at(27, 9))
    assert parts_of(town.says(lin, say(lang, "digest")))["quiet"] == [cal.capitalize()]
    town.says(cal, "KR1.1 31")
    town.until(at(30, 9))
    assert "quiet" not in parts_of(town.says(lin, say(lang, "digest")))


def test_words_and_numbers_that_part(town: Town, lang: str) -> None:
    """Confident, and far behind pace and trend: told one evening, read the next day."""
    town.says(town.someone("boss"), say(lang, "mine"))
    cal, lin = town.with_okr("O: Grow\nKR1: users from 100 to 200 by 12-10\nKR2: NPS from 30 to 50", "cal"), town.someone("lin")
    town.says(lin, say(lang, "mine"))
    town.says(cal, f"my lead is <@{lin}>")
    plan(town.store, town.now)
    town.until(at(30, 10))
    town.says(cal, "KR1.1 101 c9")
    drift = said(town.says(lin, say(lang, "digest")), "digest_drift")
    assert [facts["diverges"] for facts in drift] == [False]
    town.until(at(31, 12))
    evening = [town.read(out) for out in to(town.until(at(31, 18)), cal) if not out.to.message]
    ahead = [one for out in evening for facts in said(out, "digest_ahead") for one in facts["said"]]  # type: ignore[attr-defined]
    assert [one["kind"] for one in ahead] == ["diverges"]
    town.until(at(32, 9))
    drift = said(town.says(lin, say(lang, "digest")), "digest_drift")
    assert [facts["diverges"] for facts in drift] == [True]


def test_a_channel_that_follows_hears_counts_blockers_and_wins_and_no_silent_name(team: Team, lang: str) -> None:
    town = team.town
    made = f"team new Growth lead <@{team.lin}> members <@{team.ann}> <@{team.cal}> <@{team.dee}>"
    town.says(team.lin, made)
    on = "team Growth digest on" if lang == "en" else "团队 Growth 简报 开"
    refused = town.says(team.lin, on)
    assert refused.reply.tone == "refusal"  # type: ignore[union-attr]
    town.in_channel(team.lin, "team Growth channel here")
    assert town.says(team.lin, on).reply.tone == "answer"  # type: ignore[union-attr]
    town.deliver()
    town.says(team.dee, "private O1")
    posts = [town.read(out) for out in town.until(at(27, 12)) if out.to.channel == "C1" and out.key.startswith("team-")]
    assert len(posts) == 1
    assert "legal review" in posts[0].text
    assert "175" not in posts[0].text  # private by now
    assert team.cal.capitalize() not in posts[0].text
    assert said(posts[0], "digest_counts")
    off = on.replace("on", "off") if lang == "en" else on.replace("开", "关")
    town.says(team.lin, off.replace("Growth", "Growth"))
    assert [out for out in town.until(at(30, 12)) if out.to.channel == "C1" and out.key.startswith("team-")] == []
