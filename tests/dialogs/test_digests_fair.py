"""What a digest leaves out: what its reader may not see, what nobody was told of, and days that were nobody's."""

import pytest
from sqlmodel import select

from handlers.people import Defaults
from handlers.reminders import plan
from storage.actions import Action
from storage.reviews import Review
from storage.store import EVERYWHERE, Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_digests import OKR, parts_of, said
from tests.dialogs.test_pulse import NINE, at, to
from tests.talk import Heard


@pytest.fixture
def town(store: Store, lang: str) -> Town:
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone="UTC", locale=lang), now=NINE)
    town.look_closely = True
    town.says(town.someone("boss"), say(lang, "mine"))  # the first one is an admin
    return town


def led(town: Town, lang: str, *names: str) -> tuple[str, ...]:
    """Somebody who leads these people, each with an OKR."""
    lin = town.someone("lin")
    town.says(lin, say(lang, "mine"))
    people = tuple(town.with_okr(OKR, name) for name in names)
    for who in people:
        town.says(who, f"my lead is <@{lin}>")
    plan(town.store, town.now)
    town.deliver()
    return lin, *people


def digest(town: Town, lang: str, who: str, rest: str = "") -> Heard:
    return town.says(who, f"{say(lang, 'digest')} {rest}".strip())


def test_a_line_on_a_private_objective_waits_for_nobody_who_may_not_see_it(town: Town, lang: str) -> None:
    lin, ann, pat = *led(town, lang, "ann"), town.with_okr(OKR, "pat")
    town.says(pat, "private O1")
    town.sends(pat, town.says(pat, "edit O1"), {"kr_1_with": [ann]})
    [asked] = town.delivered_to(ann)
    town.press(ann, asked.buttons()[0][1], asked.reply.card)  # type: ignore[union-attr]
    assert town.says(ann, f"<@{pat}> KR1.1 36 the secret purchase").reply.tone == "answer"  # type: ignore[union-attr]
    town.until(at(24, 8))
    assert "waiting" not in parts_of(digest(town, lang, lin))
    town.says(ann, "KR1.1 31 on 11-23")
    heard = digest(town, lang, lin)
    [facts] = said(heard, "digest_unseen")
    assert facts["count"] == 1
    assert "secret" not in heard.text
    assert said(town.says(lin, f"{say(lang, 'seen')} <@{ann}>"), "seen_noted")[0]["count"] == 1
    assert "waiting" not in parts_of(digest(town, lang, lin))


# ---------------------------------------------------------------- told before


def ahead_of(heard: list[Heard]) -> list[dict[str, object]]:
    return [one for out in heard for facts in said(out, "digest_ahead") for one in facts["said"]]  # type: ignore[attr-defined]


def test_the_evening_of_a_review_tells_it_as_well(town: Town, lang: str) -> None:
    lin, ann = led(town, lang, "ann")
    town.until(at(25, 16))
    town.says(ann, "KR1.1 33")
    town.until(at(30, 16))
    evening = [town.read(out) for out in to(town.until(at(30, 18)), ann) if not out.to.message]
    assert [(one["kind"], one["days"]) for one in ahead_of(evening)] == [("silent", 3)]
    town.until(at(31, 9))
    assert len(parts_of(digest(town, lang, lin))["quiet"]) == 1


def test_what_was_planned_and_never_arrived_told_nobody(town: Town, lang: str) -> None:
    lin, _ = led(town, lang, "cal")
    town.until(at(26, 12))
    town.now = at(26, 17, 50)
    assert plan(town.store, town.now)  # and nothing goes out before the night
    town.now = at(27, 8)
    town.until(at(27, 9))
    assert "quiet" not in parts_of(digest(town, lang, lin))
    town.until(at(30, 9))
    assert len(parts_of(digest(town, lang, lin))["quiet"]) == 1


def test_what_was_told_for_another_lead_does_not_count(town: Town, lang: str) -> None:
    _, cal = led(town, lang, "cal")
    new, bob = led(town, lang, "bob")
    for day in (24, 25, 26):
        town.until(at(day, 16))
        town.says(bob, f"KR1.1 {day}")
    town.until(at(27, 8))
    town.says(cal, f"my lead is <@{new}>")
    assert "quiet" not in parts_of(digest(town, lang, new))
    town.until(at(28, 9))
    assert len(parts_of(digest(town, lang, new))["quiet"]) == 1


# ---------------------------------------------------------------- who does not lead


def growth(town: Town, lang: str) -> tuple[str, str, str]:
    """Lin leads a team of ann and bob, which follows in a channel; bob is blocked and asked ann."""
    lin, ann, bob = led(town, lang, "ann", "bob")
    town.says(lin, f"team new Growth lead <@{lin}> members <@{ann}> <@{bob}>")
    town.in_channel(lin, "team Growth channel here")
    town.says(lin, "team Growth digest on" if lang == "en" else "团队 Growth 简报 开")
    town.says(bob, f"KR1.1 33 blocked: legal review <@{ann}>")
    town.says(bob, "action: call the angry client by 11-23")
    town.deliver()
    return lin, ann, bob


def test_who_does_not_lead_a_team_reads_no_names_and_nobodys_actions(town: Town, lang: str) -> None:
    lin, ann, bob = growth(town, lang)
    town.until(at(25, 12))
    heard = digest(town, lang, ann, "team Growth")
    assert parts_of(heard) == {"needs": ["KR1.1"]}
    assert "legal review" in heard.text
    assert "angry" not in heard.text
    assert bob.capitalize() not in heard.text
    assert not [b for _, b in heard.buttons() if b.text.startswith(("question", "thanks"))]
    assert "angry" not in digest(town, lang, ann, "team Growth needs" if lang == "en" else "团队 Growth 卡点").text
    assert "angry" in digest(town, lang, lin, "team Growth").text


def test_what_a_review_holds_is_its_members_own(town: Town, lang: str) -> None:
    lin, ann = led(town, lang, "ann")
    town.until(at(30, 12))
    town.says(ann, "review KR1.1 confidence 7" if lang == "en" else "复盘 KR1.1 信心 7")
    assert town.says(ann, "action: rest more by 12-01").reply.tone == "answer"  # type: ignore[union-attr]
    with town.store.write(EVERYWHERE) as session:
        row = session.exec(select(Action)).one()
        review = session.exec(select(Review)).one()
        row.review_id = review.id
    town.until(at(32, 12))
    assert "rest more" not in digest(town, lang, lin).text


def test_a_channel_hears_what_somebody_was_asked_for(town: Town, lang: str) -> None:
    _, ann, _ = growth(town, lang)
    posts = [town.read(out) for out in town.until(at(24, 12)) if out.to.channel == "C1" and out.key.startswith("team-")]
    assert "legal review" in posts[-1].text
    assert ann.capitalize() not in posts[-1].text


# ---------------------------------------------------------------- days that were nobody's


def test_leave_is_no_gap(town: Town, lang: str) -> None:
    lin, bob = led(town, lang, "bob")
    town.says(bob, "rhythm KR1.1 daily")
    town.says(bob, "rhythm KR1.2 monthly")
    town.says(bob, "KR1.1 33")
    town.says(bob, "away until 12-02")
    town.until(at(32, 12))
    kinds = [facts["kind"] for facts in said(town.says(lin, say(lang, "gaps")), "gap")]
    assert "value" not in kinds
    town.until(at(33, 12))
    [line] = said(town.says(lin, f"{say(lang, 'gaps')} {'value' if lang == 'en' else '更新'}"), "gap_line")
    assert line["days"] == 0


def test_who_was_handed_a_key_result_is_not_silent_for_the_days_before(town: Town, lang: str) -> None:
    lin, bob = led(town, lang, "bob")
    town.until(at(27, 9))
    nina = town.someone("nina")
    town.says(nina, say(lang, "mine"))
    town.says(nina, f"my lead is <@{lin}>")
    town.deliver()
    town.says(bob, f"transfer KR1.1 to <@{nina}>")
    asked = town.delivered_to(nina)[-1]
    town.press(nina, asked.buttons()[0][1], asked.reply.card)  # type: ignore[union-attr]
    assert said(digest(town, lang, lin), "digest_coverage")[0]["all"] == 1  # nina had nothing to say yesterday
    town.until(at(31, 9))
    assert nina.capitalize() not in "".join(parts_of(digest(town, lang, lin))["quiet"])
    town.until(at(33, 9))
    days = {str(facts["who"].name): facts["days"] for facts in said(digest(town, lang, lin), "digest_silent")}  # type: ignore[attr-defined]
    assert days[nina.capitalize()] == 3


# ---------------------------------------------------------------- only what is new comes by itself


def channel_posts(town: Town, day: int) -> list[Heard]:
    return [town.read(out) for out in town.until(at(day, 12)) if out.to.channel == "C1" and out.key.startswith("team-")]


def mornings_of(town: Town, who: str, day: int) -> list[dict[str, object]]:
    new = [town.read(out) for out in to(town.until(at(day, 12)), who) if not out.to.message]
    return [facts for heard in new for facts in said(heard, "morning_digest")]


def test_a_channel_hears_nothing_on_a_day_without_news(town: Town, lang: str) -> None:
    _, _, bob = growth(town, lang)
    assert channel_posts(town, 24)
    assert channel_posts(town, 25) == []
    town.says(bob, "KR1.2 101 blocked: no budget")
    [post] = channel_posts(town, 26)
    assert "no budget" in post.text
    assert channel_posts(town, 27) == []
    assert channel_posts(town, 30)  # the week's


def test_a_week_of_nothing_but_naughts_is_not_sent(town: Town, lang: str) -> None:
    town.until(at(30, 7))
    lin, ann = led(town, lang, "ann")
    assert mornings_of(town, lin, 30) == []
    assert said(digest(town, lang, lin, "week" if lang == "en" else "周"), "digest_coverage") == []
    town.says(ann, "KR1.1 33")
    assert mornings_of(town, lin, 31)


def test_the_same_silence_is_told_once_a_week_and_is_no_news_to_the_lead(town: Town, lang: str) -> None:
    lin, cal = led(town, lang, "cal")
    told, heard = [], []
    for day in (23, 24, 25, 26, 27, 30, 31, 32, 33, 34):
        heard += [day] if mornings_of(town, lin, day) else []
        evening = [town.read(out) for out in to(town.until(at(day, 23)), cal) if not out.to.message]
        told += [day for one in ahead_of(evening) if one["kind"] == "silent"]
    assert told == [26, 33]
    assert heard == [27, 30, 31]  # new on Friday; then the week, and the ten days
    assert cal.capitalize() in digest(town, lang, lin).text


def test_the_weeks_digest_waits_for_a_lead_who_is_away(town: Town, lang: str) -> None:
    lin, _ = led(town, lang, "cal")
    digest(town, lang, lin, "weekly" if lang == "en" else "每周")
    town.until(at(27, 12))
    town.says(lin, "away 11-30 to 12-01")
    assert mornings_of(town, lin, 31) == []
    assert mornings_of(town, lin, 32)
    assert mornings_of(town, lin, 34) == []
