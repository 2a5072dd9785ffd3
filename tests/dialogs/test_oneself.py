"""Looking back on one's own: a day, a week and a cycle from one's own lines, seen by oneself until they are sent."""

from bot.messages import Place
from bot.replies import Copy
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

OKR = "O: Grow\nKR1: users from 0 to 1000\nKR2: churn from 9% to 4%"
SECRET = "O: Buy the rival\nKR1: talks from 0 to 10"
GENERAL = Place("C7", shared=True, thread="9.9")


def refused(heard: Heard) -> bool:
    return bool(heard.reply is not None and heard.reply.tone == "refusal")


def there(town: Town, who: str, text: str) -> Heard:
    """A mention of Tenday in #general, answered at once."""
    return town.says(who, text, place=GENERAL, entry="mention")


def team(town: Town, *members: str, channel: bool = True) -> str:
    """A team of these, the first of them leads it; it talks in #general."""
    name = town.someone("Growth")
    town.says(members[0], f"team new {name} lead <@{members[0]}> members {' '.join(f'<@{m}>' for m in members)}")
    if channel:
        there(town, members[0], f"team {name} channel here")
    town.deliver()
    return name


def with_a_secret(town: Town) -> str:
    """Somebody with an open objective O1 and a private one, O2."""
    ann = town.with_okr(f"{OKR}\n{SECRET}")
    town.says(ann, "private O2")
    return ann


def copied(heard: Heard) -> str:
    assert heard.reply is not None
    return next(part.text for part in heard.reply.parts if isinstance(part, Copy))


# ---------------------------------------------------------------- a day


def test_my_day_and_its_form(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    empty = town.says(ann, say(lang, "daily"))
    assert empty.reply is not None
    assert empty.reply.form is not None
    assert empty.reply.private
    town.says(ann, f"KR1.1 45 signed Acme; {say(lang, 'next')}call Beta")
    heard = town.says(ann, say(lang, "daily"))
    assert "signed Acme" in heard.text
    assert "call Beta" in heard.text
    assert heard.reply is not None
    assert heard.reply.form is not None
    yesterday = town.presses(ann, heard, say(lang, "Day before"))
    assert "signed Acme" not in yesterday.text
    assert yesterday.reply is not None
    assert yesterday.reply.form is None


def test_the_word_with_a_line_behind_it_is_a_check_in(town: Town) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "日报 KR1.1 45")
    assert town.of(ann)["current"] == 45


def test_a_colleagues_day_and_what_few_may_see(town: Town, lang: str) -> None:
    ann, bob = with_a_secret(town), town.someone("bob")
    town.says(ann, "KR1.1 45 signed Acme")
    town.says(ann, "KR2.1 1 met the owner")
    heard = town.says(bob, f"{say(lang, 'daily')} <@{ann}>")
    assert "signed Acme" in heard.text
    assert "met the owner" not in heard.text
    assert "signed Acme" not in town.says(bob, f"{say(lang, 'daily')} <@{ann}> {say(lang, 'yesterday')}").text
    town.says(ann, f"my lead is <@{bob}>")
    assert "met the owner" in town.says(bob, f"{say(lang, 'daily')} <@{ann}>").text
    aloud, _, apart = there(town, bob, f"{say(lang, 'daily')} <@{ann}>").text.partition("(only you)")
    assert "signed Acme" in aloud
    assert "met the owner" not in aloud
    assert "met the owner" in apart


def test_that_somebody_said_nothing_is_told_to_who_asked_alone(town: Town, lang: str) -> None:
    ann, bob = with_a_secret(town), town.someone("bob")
    town.says(ann, f"my lead is <@{bob}>")
    for secret in ("", "met the owner"):
        if secret:
            town.says(ann, f"KR2.1 1 {secret}")
        heard = there(town, bob, f"{say(lang, 'daily')} <@{ann}>")
        assert heard.reply is not None
        assert heard.reply.private
        assert secret in heard.text
    assert ("nothing was said", "没有记录")[lang == "zh"] not in heard.text
    town.says(ann, "KR1.1 45 signed Acme")
    aloud = there(town, bob, f"{say(lang, 'daily')} <@{ann}>")
    assert aloud.reply is not None
    assert not aloud.reply.private


def test_what_was_taken_back_and_what_is_to_come_are_no_day(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(ann, "KR1.1 45 signed Acme")
    town.says(ann, say(lang, "undo"))
    assert "signed Acme" not in town.says(bob, f"{say(lang, 'daily')} <@{ann}>").text
    assert refused(town.says(bob, f"daily <@{ann}> tomorrow"))
    assert refused(town.says(bob, "daily @Zaphod"))
    assert refused(town.says(bob, "daily team Nowhere"))


def test_a_teams_day_names_nobody_who_said_nothing(town: Town, lang: str) -> None:
    ann, bob, cal = town.with_okr(OKR), town.someone("bob"), town.someone("cal")
    name = team(town, ann, bob, cal)
    town.says(cal, "away today")
    town.says(ann, "KR1.1 45 signed Acme")
    heard = there(town, ann, f"{say(lang, 'daily')} {say(lang, 'team')} {name}")
    assert "signed Acme" in heard.text
    assert say(lang, "so far") in heard.text
    assert say(lang, "away") in heard.text
    assert cal.capitalize() in heard.text
    assert bob.capitalize() not in heard.text


def test_a_day_of_sixty_people_fits(lite_english: Town) -> None:
    town = lite_english
    people = [town.someone("ann") for _ in range(60)]
    name = team(town, *people)
    town.look_closely = False
    for who in people:
        town.says(who, f"note {'很长的说明' * 600}")
    town.look_closely = True  # each platform's limits hold
    heard = town.says(people[0], f"daily team {name}")
    assert "60 of 60" in heard.text
    assert "20 more people" in heard.text


# ---------------------------------------------------------------- a week


def test_a_week_writes_itself(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.says(ann, "KR1.1 100 signed Acme")
    town.later(days=1)
    town.says(ann, f"KR1.1 250 signed Beta; {say(lang, 'next')}call Gamma")
    town.says(ann, f"KR1.2 {say(lang, 'blocked')}legal review <@{bob}>")
    heard = town.says(ann, say(lang, "my week"))
    assert heard.reply is not None
    assert heard.reply.private
    for piece in ("signed Acme", "signed Beta", "0 → 250", "+25", "call Gamma", "legal review", bob.capitalize()):
        assert piece in heard.text, piece
        assert piece in copied(heard), piece
    assert town.delivered_to(channel="C7") == []


def test_what_was_answered_is_in_the_way_no_more(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    town.later(hours=4)
    town.says(ann, f"KR1.2 {say(lang, 'blocked')}legal review <@{bob}>")
    assert "legal review" in town.says(ann, say(lang, "my week")).text
    town.says(bob, f"{say(lang, 'answer')} signed it")
    assert "legal review" not in town.says(ann, say(lang, "my week")).text


def test_on_monday_morning_it_is_last_weeks(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 100 signed Acme")
    town.says(ann, f"my lead is <@{(bob := town.someone('bob'))}>")
    town.later(days=7)  # Monday at nine
    page = town.says(ann, say(lang, "my week"))
    assert "signed Acme" in page.text
    assert "signed Acme" not in town.presses(ann, page, ("This week", "本周")[lang == "zh"]).text
    assert not refused(town.says(ann, "my week send to my lead"))
    assert "signed Acme" in "".join(told.text for told in town.delivered_to(bob))
    town.later(hours=4)
    assert "signed Acme" not in town.says(ann, say(lang, "my week")).text
    last = town.says(ann, say(lang, "last week"))
    assert "signed Acme" in last.text
    assert "0 → 100" in last.text


def test_a_week_goes_to_the_lead_as_it_was_and_once(town: Town, lang: str) -> None:
    ann, bob = with_a_secret(town), town.someone("bob")
    town.says(ann, f"my lead is <@{bob}>")
    town.later(hours=4)
    town.says(ann, "KR1.1 100 signed Acme")
    town.says(ann, "KR2.1 1 met the owner")
    page = town.says(ann, say(lang, "my week"))
    assert page.button(say(lang, "Send to")).confirm
    town.presses(ann, page, say(lang, "Send to"))
    town.says(ann, "KR1.1 200 signed Beta")  # before it leaves: what was sent is what stood there
    [told] = town.delivered_to(bob)
    assert "signed Acme" in told.text
    assert "met the owner" in told.text  # a lead sees what is private to those they lead
    assert "signed Beta" not in told.text
    town.presses(ann, page, say(lang, "Send to"))
    assert "signed Beta" in town.delivered_to(bob)[0].text
    assert say(lang, "already") in town.presses(ann, page, say(lang, "Send to")).text
    assert town.delivered_to(bob) == []


def test_a_channel_gets_what_everybody_may_see(town: Town, lang: str) -> None:
    ann, bob = with_a_secret(town), town.someone("bob")
    team(town, ann, bob)
    town.later(hours=4)
    town.says(ann, f"KR1.1 100 signed Acme; {say(lang, 'blocked')}legal <@{bob}>")
    town.says(ann, "KR2.1 1 met the owner")
    page = town.says(ann, say(lang, "my week"))
    assert "met the owner" in page.text
    told = town.presses(ann, page, say(lang, "Post to"))
    assert say(lang, "left out") in told.text
    [posted] = town.delivered_to(channel="C7")
    assert "signed Acme" in posted.text
    assert "met the owner" not in posted.text
    assert "rival" not in posted.text
    assert posted.reply is not None
    assert not [
        f for p in posted.reply.parts for line in getattr(p, "body", ()) for f in line.facts.get("people", ()) if f != bob.capitalize()
    ]


def test_posting_here_needs_a_here_and_a_page(town: Town, lang: str) -> None:
    ann = with_a_secret(town)
    town.later(hours=4)
    assert refused(town.says(ann, say(lang, "post here")))
    assert refused(there(town, ann, say(lang, "post here")))
    town.says(ann, "KR2.1 1 met the owner")
    none = there(town, ann, say(lang, "post here"))  # all there is, is private
    assert refused(none)
    assert say(lang, "left out") in none.text
    assert refused(town.says(ann, "my week send to my lead"))
    town.says(ann, "KR1.1 5 signed Acme")
    page = there(town, ann, say(lang, "my week"))
    assert page.reply is not None
    assert page.reply.private
    pressed = town.presses(ann, page, say(lang, "Post here"), place=GENERAL)
    assert pressed.reply is not None
    assert pressed.reply.private
    [posted] = town.delivered_to(channel="C7")
    assert "signed Acme" in posted.text


def test_whose_team_it_is_not_gets_no_page(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(OKR), town.someone("bob")
    theirs, without = team(town, bob), team(town, ann, channel=False)
    town.says(ann, "KR1.1 5 signed Acme")
    town.later(hours=4)
    assert refused(town.says(ann, f"my week post to team {theirs}"))
    assert refused(town.says(ann, f"my week post to team {without}"))
    assert town.delivered_to(channel="C7") == []


def test_a_week_of_long_lines_fits_and_says_what_is_left(lite: Town, lang: str) -> None:
    texts = "\n".join(f"O: 目标{n}\nKR1: 用户数 from 0 to 1000" for n in range(12))
    ann = lite.with_okr(texts)
    lite.later(hours=4)
    for n in range(12):
        for day in ("11-21", "11-22", "11-23"):
            lite.says(ann, f"KR{n + 1}.1 {n + int(day[-2:])} {'很长的说明' * 600} on {day}")
    heard = lite.says(ann, say(lang, "my week"))
    assert len(heard.text) < 8000
    assert "…" in heard.text
    assert say(lang, "history") in heard.text


# ---------------------------------------------------------------- a cycle


def test_a_cycle_writes_itself(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 100 on 11-02")
    town.says(ann, "KR1.1 700 the big launch on 11-20")
    town.says(ann, "KR1.1 750")
    town.says(ann, "lesson KR1.2: ask them earlier")
    heard = town.says(ann, say(lang, "my cycle"))
    assert heard.reply is not None
    assert heard.reply.private
    for piece in ("O1", "0 → 750", "75%", "100 → 700", "the big launch", "KR1.2 ask them earlier"):
        assert piece in heard.text, piece
        assert piece in copied(heard), piece
    later = town.says(ann, f"{say(lang, 'my cycle')} 2027Q1")
    assert "750" not in later.text


def test_a_cycle_goes_to_a_channel_without_what_is_private(town: Town, lang: str) -> None:
    ann = with_a_secret(town)
    name = team(town, ann)
    town.says(ann, "KR1.1 100")
    town.says(ann, "KR2.1 7")
    told = town.says(ann, f"my cycle post to team {name}")
    assert say(lang, "left out") in told.text
    [posted] = town.delivered_to(channel="C7")
    assert "0 → 100" in posted.text
    assert "rival" not in posted.text
    assert "talks" not in posted.text


def test_a_last_week_begins_with_what_stood_before(town: Town, lang: str) -> None:
    ann = town.with_okr(OKR)
    town.says(ann, "KR1.1 100 on 11-13")
    town.says(ann, "KR1.1 300 on 11-18")
    assert "100 → 300" in town.says(ann, say(lang, "last week")).text
