"""A whole quarter of a five-person team: OKRs, the days, the ten-day reviews, digests, scores, and what goes on in the next one.

In English in New York with Thanksgiving, in 中文 in Shanghai with the National Day holiday; every answer and every message is drawn for
all three front ends.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.sending import Outgoing, Profile
from handlers.people import Defaults
from handlers.profiles import Profiles
from handlers.rings import calendar_for
from storage.people import account_of, organisation_by_id
from storage.store import EVERYWHERE, Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

ZONES = {"en": ("America/New_York", "US"), "zh": ("Asia/Shanghai", "CN")}
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
BLOCKED, ANSWERED, LEFT, JUMPED = date(2026, 10, 20), date(2026, 10, 23), date(2026, 11, 16), date(2026, 11, 25)
OKR = {
    "en": "O: Renew customers [committed]\nKR1: renewals from 100 to 200\nKR2: NPS from 30 to 50",
    "zh": "O：稳住老客户 [承诺型]\nKR1：续约数从100到200\nKR2：NPS从30到50",
}
# The first ten days of October have three workdays in China, and go into the next period.
REVIEWS = {"en": 9, "zh": 8}


@dataclass
class Quarter:
    """Five people from the first to the last day of 2026Q4. heard: what each was sent, in order, with the day."""

    town: Town
    lang: str
    people: dict[str, str] = field(default_factory=dict)
    heard: list[tuple[date, str, Heard]] = field(default_factory=list)
    asked: list[tuple[date, str]] = field(default_factory=list)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONES[self.lang][0]))

    def words(self, english: str, chinese: str) -> str:
        return chinese if self.lang == "zh" else english

    def live(self, until: datetime) -> list[Outgoing]:
        """The clock runs; what came by itself on the way."""
        sent = self.town.until(until)
        today = until.astimezone(ZoneInfo(ZONES[self.lang][0])).date()
        for out in sent:
            heard = self.town.read(out)
            self.heard.append((today, out.to.user, heard))
            if out.key.startswith("prompt-") and "-now-" not in out.key and any(b.text.startswith("review") for _, b in heard.buttons()):
                self.asked.append((today, out.to.user))
        return sent

    def says(self, name: str, text: str) -> Heard:
        """Something that is understood and done."""
        heard = self.town.says(self.people[name], text)
        assert heard.reply is not None
        assert heard.reply.tone != "refusal", f"{name}: {text}\n{heard.text}"
        return heard

    def told(self, name: str, day: date | None = None) -> str:
        """Everything that somebody was sent, or on one day."""
        return "\n".join(h.text for on, user, h in self.heard if user == self.people[name] and day in (None, on))

    def works(self, name: str, day: date) -> bool:
        with self.town.store.read(EVERYWHERE) as session:
            found = account_of(session, self.town.platform, self.town.workspace, self.people[name])
            assert found is not None
            organisation = organisation_by_id(session, found[1].organisation_id)
            assert organisation is not None
            return calendar_for(found[1], organisation).works(day)


@pytest.fixture
def quarter(lite_store: Store, store: Store, lang: str) -> Quarter:
    zone, country = ZONES[lang]
    start = datetime(2026, 10, 1, 8, 30, tzinfo=ZoneInfo(zone))
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone=zone, locale=lang, country=country), now=start)
    town.look_closely = True
    return Quarter(town, lang)


def test_a_quarter(quarter: Quarter) -> None:
    town, words = quarter.town, quarter.words
    begin(quarter)
    day = FIRST
    while day <= LAST:
        quarter.live(quarter.at(day, 11))
        a_day(quarter, day)
        quarter.live(quarter.at(day, 20))
        in_the_evening(quarter, day)
        day += timedelta(days=1)

    # nine reviews, or eight where the holiday takes one
    data = town.export()
    ids = {a["user"]: p["id"] for p in data["people"] for a in p["accounts"]}
    closed = [r for r in data["reviews"] if r["member"] == ids[quarter.people["ann"]] and r["state"] == "closed"]
    assert len(closed) == REVIEWS[quarter.lang]
    assert all(len(r["entries"]) == 2 for r in closed)
    [jump] = [r for r in closed if r["start"] <= JUMPED.isoformat() <= r["end"]]
    assert any("→ 175" in e["result"] and "170" in e["analysis"] for e in jump["entries"]), jump
    assert any(words("legal review", "法务审核") in e["analysis"] for r in data["reviews"] for e in r["entries"])

    # what was asked of the lead was an action, and is done
    assert [a["state"] for a in data["actions"] if a["owner"] == ids[quarter.people["lin"]]] == ["done"]

    # the digests: what waits for the lead, who is silent, and nothing about whoever left
    told = quarter.told("lin")
    assert words("waiting on you", "等你处理") in told
    assert words("NPS", "NPS") in told
    assert words("no update for", "未更新") in told
    after = "\n".join(h.text for on, user, h in quarter.heard if user == quarter.people["lin"] and on > LEFT + timedelta(days=10))
    assert quarter.people["cal"].capitalize() not in after
    # the silent one heard of it a day before the lead did, and was never named to anybody else
    silent = quarter.people["dee"].capitalize()
    warned = [on for on, user, h in quarter.heard if user == quarter.people["dee"] and words("digest", "简报") in h.text]
    named = [on for on, user, h in quarter.heard if user == quarter.people["lin"] and silent in h.text]
    assert warned
    assert named
    assert min(warned) < min(named)
    assert not [user for _, user, h in quarter.heard if user not in (quarter.people["lin"], quarter.people["dee"]) and silent in h.text]

    the_end(quarter)


def begin(quarter: Quarter) -> None:
    """A team, and everybody's OKRs."""
    names = ("lin", "ann", "bob", "cal", "dee")
    quarter.people = {name: quarter.town.with_okr(OKR[quarter.lang], name) for name in names}
    members = " ".join(f"<@{quarter.people[name]}>" for name in names[1:])
    quarter.says("lin", f"team new Growth lead <@{quarter.people['lin']}> members {members}")
    quarter.live(quarter.town.now + timedelta(minutes=1))


def a_day(quarter: Quarter, day: date) -> None:
    """What is said on a day, and what happens on it."""
    words, works = quarter.words, quarter.works("ann", day)
    if works:
        value = 100 + (day - FIRST).days // 2 if day < JUMPED else min(200, 170 + (day - JUMPED).days)
        quarter.says("ann", f"KR1.1 {value} c7 " + words("another batch signed", "又签了一批客户"))
        if day.weekday() == 0:
            quarter.says("ann", "KR1.2 " + str(31 + (day - FIRST).days // 9))
        quarter.says("lin", "KR1.1 " + str(110 + (day - FIRST).days))
    if works and day.weekday() in (1, 3) and day != BLOCKED:
        quarter.says("bob", f"KR1.1 {100 + (day - FIRST).days}")
    if day == BLOCKED:
        quarter.says("bob", f"KR1.2 31 {say(quarter.lang, 'blocked')}{words('legal review', '法务审核')} <@{quarter.people['lin']}>")
    if day == ANSWERED:
        assert words("legal review", "法务审核") in quarter.says("lin", "digest").text
        quarter.says("lin", f"{say(quarter.lang, 'answer')} {words('talk to Kim', '找小金')}")
    if day == LEFT:
        profiles = Profiles(quarter.town.store, {}, now=lambda: quarter.town.now)
        profiles.learn(quarter.town.platform, quarter.town.workspace, quarter.people["cal"], Profile(name="Cal", active=False))


def in_the_evening(quarter: Quarter, day: date) -> None:
    """The ten-day review is closed as it was drafted, and once with what was learnt."""
    for name in ("ann", "bob"):
        if (day, quarter.people[name]) not in quarter.asked:
            continue
        if day.month == 11 and day.day < 12 and name == "ann":
            quarter.says(name, "review KR1.1 insight " + quarter.words("call before the invoice goes out", "开票之前先打电话"))
            quarter.says(name, f"review KR1.1 change {quarter.words('list of calls by Friday', '周五前列出回访名单')}")
        if day >= date(2026, 12, 30):
            quarter.says(name, "score KR1.1 1.0 KR1.2 0.6")
        sure = quarter.says(name, "review close")
        closed = quarter.town.presses(quarter.people[name], sure, quarter.words("Store and close", "保存并完成"))
        assert closed.reply is not None
        assert closed.reply.tone == "answer", closed.text


def the_end(quarter: Quarter) -> None:
    """The cycle looked back on, closed with scores and a lesson, and carried over."""
    words = quarter.words
    back = quarter.says("ann", "review cycle")
    assert words(f"{REVIEWS[quarter.lang]} closed reviews", f"已完成 {REVIEWS[quarter.lang]} 次复盘") in back.text
    assert words("call before the invoice goes out", "开票之前先打电话") in back.text
    page = quarter.says("ann", words("my cycle", "我的季度"))
    assert "100 → 200" in page.text
    quarter.says("ann", "lesson O1 " + words("call early", "早打电话"))
    copied = quarter.town.says(quarter.people["ann"], "carry KR1.1 target 200 to 2027Q1")
    assert copied.reply is not None
    assert copied.reply.tone == "refusal"
    carried = quarter.says("ann", "carry KR1.1 target 260 to 2027Q1")
    assert "260" in carried.text
    quarter.says("ann", "close cycle")
    quarter.live(quarter.at(LAST + timedelta(days=1), 10))
    # what was learnt is told to who writes something like it
    quarter.town.now = quarter.at(date(2027, 1, 4), 10)
    again = quarter.says("bob", words("new O: Keep them\nKR1: renewals from 200 to 260", "新建 O：留住客户\nKR1：续约数从200到260"))
    assert words("call", "打电话") in again.text
