"""A whole quarter of a five-person team: OKRs, the days, the ten-day reviews, digests, scores, and what goes on in the next one.

In English in New York with Thanksgiving, in 中文 in Shanghai with the National Day holiday; every answer is drawn for all three front ends.
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

ZONES = {"en": ("America/New_York", "US"), "zh": ("Asia/Shanghai", "CN")}
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
OKR = {
    "en": "O: Renew customers\nKR1: renewals from 100 to 190\nKR2: NPS from 30 to 50",
    "zh": "O：稳住老客户\nKR1：续约数从100到190\nKR2：NPS从30到50",
}


@dataclass
class Quarter:
    """Five people from the first to the last day of 2026Q4. heard: what each was sent by itself, in order."""

    town: Town
    lang: str
    heard: dict[str, list[Outgoing]] = field(default_factory=dict)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        zone = ZoneInfo(ZONES[self.lang][0])
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)

    def live(self, until: datetime) -> list[Outgoing]:
        """The clock runs; what came by itself on the way."""
        sent = self.town.until(until)
        for out in sent:
            self.heard.setdefault(out.to.user, []).append(out)
        return sent

    def works(self, who: str, day: date) -> bool:
        with self.town.store.read(EVERYWHERE) as session:
            found = account_of(session, self.town.platform, self.town.workspace, who)
            assert found is not None
            organisation = organisation_by_id(session, found[1].organisation_id)
            assert organisation is not None
            return calendar_for(found[1], organisation).works(day)


@pytest.fixture
def quarter(store: Store, lang: str) -> Quarter:
    zone, country = ZONES[lang]
    start = datetime(2026, 10, 1, 8, 30, tzinfo=ZoneInfo(zone))
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone=zone, locale=lang, country=country), now=start)
    return Quarter(town, lang)


def test_a_quarter(quarter: Quarter, lang: str) -> None:
    town = quarter.town
    lin, ann, bob, cal, dee = (town.with_okr(OKR[lang], name) for name in ("lin", "ann", "bob", "cal", "dee"))
    made = f"team new Growth lead <@{lin}> members <@{ann}> <@{bob}> <@{cal}> <@{dee}>"
    assert town.says(lin, made).reply.tone == "answer"  # type: ignore[union-attr]
    day, value = FIRST, 100
    while day <= LAST:
        if quarter.works(ann, day):
            value += 1
            town.now = max(town.now, quarter.at(day, 11))
            quarter.live(quarter.at(day, 11))
            told = town.says(ann, f"KR1.1 {value} c7 " + ("第一批客户已签" if lang == "zh" else "first batch signed"))
            assert told.reply.tone == "answer", told.text  # type: ignore[union-attr]
        if day == date(2026, 11, 16):
            profiles = Profiles(town.store, {}, now=lambda: town.now)
            profiles.learn(town.platform, town.workspace, cal, Profile(name=cal, active=False))
        quarter.live(quarter.at(day, 20))
        day += timedelta(days=1)
