"""Days that pass for people on Slack and on Feishu, in English and 中文, all in one company: `serve --no-clock` hears, `tick --at` lets time go by."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.outside.conftest import town_on
from tests.outside.program import Town, labels, until
from tests.outside.voices import FOUR, Sheet, Voice, met

OKR = "new O: Win the north\nKR1: NPS from 30 to 50\nKR2: Refunds from 8% to 2%"
OKR_ZH = "新建 O：赢下华北\nKR1：NPS 从30提升到50\nKR2：退款率由 8% 降至 2%"
DAY = timedelta(days=1)


def moment(day: date, hour: int, minute: int) -> str:
    return f"{day.isoformat()}T{hour:02}:{minute:02}:00+00:00"


def hour_on() -> datetime:
    """When who put it off for an hour has been asked again."""
    return datetime.now(UTC) + timedelta(minutes=66)


def period_ends(day: date) -> bool:
    return day.day in (10, 20) or (day + DAY).day == 1


def key(message: dict[str, Any]) -> str:
    """What a message is called in the outbox."""
    return str(message.get("uuid") or message.get("metadata", {}).get("event_payload", {}).get("key", ""))


@dataclass
class Cast:
    """People of one platform who speak one language, and what they are for.

    fills: answers by form; later, tomorrow: put it off; half: is away in the afternoon; late: is away the next morning; asks and asked: a
    request; writes: has a draft of the cycle to come; lead and member: a team with a thread.
    """

    people: dict[str, Voice]
    group: str
    soon: bool  # whether in an hour is still today
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Voice:
        return self.people[name]

    @property
    def english(self) -> bool:
        return self.fills.lang == "en"

    def words(self, english: str, chinese: str) -> str:
        return english if self.english else chinese

    def news(self, name: str) -> list[dict[str, Any]]:
        """What came to somebody unasked since this was last looked at."""
        unasked = [m for m in self.people[name].inbox() if key(m).startswith("prompt-")]
        new = unasked[self.seen.get(name, 0) :]
        self.seen[name] = len(unasked)
        return new

    def group_texts(self) -> list[str]:
        return [m["text"] for m in self.lead.there.messages if m["channel"] == self.group and not m.get("ephemeral")]

    # --- before

    def gather(self, following: str, first: date) -> None:
        for name in ("fills", "later", "tomorrow", "half", "late", "asks", "member"):
            self.people[name].says(OKR, OKR_ZH)
            self.people[name].says("publish O1", "发布 O1")
        for who in self.people.values():
            who.says("workdays Mon-Sun", "工作日 周一至周日")
        self.half.says(f"away {first} afternoon", f"{first} 下午请假")
        self.late.says(f"away {first + DAY} morning", f"{first + DAY} 上午请假")
        assert following in self.writes.says(
            f"new for {following} O: Not yet out\nKR1: a from 1 to 20", f"新建 {following} O：Not yet out\nKR1：a 从1到20"
        )

    def a_team_talks(self) -> None:
        """A line each in the thread of the day, mended where it stands when what it says is corrected or taken back."""
        lead, member, name = self.lead, self.member, f"Team{self.lead.user[-4:]}"
        lead.says(f"team new {name} members {member.at}", f"团队 新建 {name} 成员 {member.at}")
        lead.in_group(f"team {name} channel here", f"团队 {name} 频道 这里", group=self.group)
        lead.says(f"team {name} daily on", f"团队 {name} 日报 开")
        member.says("KR1.1 35 called the bank")
        until(lambda: any("called the bank" in text for text in self.group_texts()), "said to the team")
        line = next(m for m in lead.there.messages if m["channel"] == self.group and "called the bank" in m["text"])
        head = lead.there.at(line["thread"])
        assert head is not None
        assert name in head["text"]
        member.says("correct KR1.1 36 called two banks", "更正 KR1.1 36 called two banks")
        until(lambda: "called two banks" in line["text"], "the line is mended")
        member.says("KR1.2 7% by the way")
        until(lambda: any("by the way" in text for text in self.group_texts()), "said to the team too")
        other = next(m for m in lead.there.messages if m["channel"] == self.group and "by the way" in m["text"])
        member.says("undo", "撤销")
        until(lambda: "by the way" not in other["text"], "the line is taken back")
        assert self.words("took this back", "已撤回") in other["text"]

    def ask_each_other(self) -> None:
        asks, asked = self.asks, self.asked
        asked.hears(
            "who knows the law?",
            lambda: asks.says(f"help KR1.1 {asked.at} who knows the law?", f"求助 KR1.1 {asked.at} who knows the law?"),
        )
        asked.hears("the lawyers", lambda: asks.says(f"KR1.2 7% blocked: the lawyers {asked.at}", f"KR1.2 7% 卡点：the lawyers {asked.at}"))

    # --- the evening

    def evening(self) -> None:
        for name in ("fills", "later", "tomorrow", "late"):
            [self.cards[name]] = self.news(name)
            assert self.words("Nothing new", "没有新进展") in labels(self.cards[name]), name
        assert self.news("half") == []
        assert self.news("asked") == []
        self.later.taps(self.cards["later"], "In an hour", "一小时后")
        self.tomorrow.taps(self.cards["tomorrow"], "Tomorrow morning", "明天早上")
        sheet = self._form()
        sheet.fill("What was done", "做了什么", "wrote the plan")
        sheet.fill("What is in the way", "卡点", "no budget")
        sheet.sends("Check in", "提交进展")

    def _form(self) -> Sheet:
        """The day's form: behind a button on Slack, in the card itself on Feishu."""
        card = self.cards["fills"]
        if self.fills.platform == "feishu":
            return Sheet(self.fills, card)
        self.fills.taps(card, "Fill in", "填写")
        return Sheet(self.fills, self.fills.town.slack.modal(self.fills.user))

    def an_hour_later(self) -> None:
        if not self.soon:
            assert self.news("later") == []
            return
        [again] = self.news("later")
        assert self.words("Nothing new", "没有新进展") in labels(again)
        self.later.taps(again, "Nothing new", "没有新进展")
        assert [self.news(name) for name in ("tomorrow", "late", "half", "fills")] == [[], [], [], []]

    # --- the mornings

    def next_morning(self) -> None:
        for name in ("tomorrow",) if self.soon else ("tomorrow", "later"):
            [card] = self.news(name)
            assert self.words("is still open", "还没写") in card["text"], card["text"]
        assert self.news("late") == []  # away this morning
        assert [self.news(name) for name in ("fills", "later", "half")] == [[], [], []]

    def morning(self, number: int, brought: int) -> None:
        """A request that waited a working day comes back to who was asked, and the next day to who asked; once each."""
        asked, asks = self.news("asked"), [m for m in self.news("asks") if "who knows the law?" in m["text"]]
        assert (len(asked), len(asks)) == (number == brought, number == brought + 1), number
        for card in asked + asks:
            assert "who knows the law?" in card["text"]
            assert "the lawyers" in card["text"]
        for card in asked:
            assert self.words("I will help", "我来帮忙") in labels(card)

    # --- the end of ten days, and a cycle to come

    def ten_days(self) -> None:
        [card] = self.news("fills")
        assert self.words("Time to look back", "复盘时间") in card["text"]
        assert self.words("Nothing new", "没有新进展") in labels(card)

    def before_the_cycle(self) -> None:
        [card] = self.news("writes")
        assert "Not yet out" in card["text"]
        assert self.words("Publish", "发布") in "".join(labels(card))


ROLES = ("fills", "later", "tomorrow", "half", "late", "asks", "asked", "writes", "lead", "member")


def cast(town: Town, serving: Any, platform: str, lang: str) -> Cast:
    people = {role: met(town, serving, platform, lang, role.title()) for role in ROLES}
    soon = hour_on().date() == datetime.now(UTC).date()
    return Cast(people, ("C7" if platform == "slack" else "oc_7") + people["lead"].user[-4:], soon)


def test_days_pass(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    begun = datetime.now(UTC).isoformat()
    ten = next(day for day in (today + DAY * n for n in range(4, 40)) if period_ends(day))
    begins = today + 45 * DAY
    with town_on("sqlite", tmp_path, slack_only=False) as town, town.served("--no-clock") as p:
        boss, worker = met(town, p, "slack", "zh", "Boss"), met(town, p, "slack", "en", "Worker")
        assert boss.shown in worker.says("cycles two months")
        assert "B" in boss.says("周期 双月")
        boss.says(f"周期 Now 从 {today} 到 {begins - DAY}")
        assert "Following" in boss.says(f"cycle Following from {begins} to {begins + 60 * DAY}")
        casts = [cast(town, p, platform, lang) for platform, lang in FOUR]
        for one in casts:
            one.gather("Following", today)
            one.a_team_talks()
            one.ask_each_other()
        town.tick("--at", moment(today, 17, 40))  # the very moment: who published since it, as the real hour may have it, is asked as well
        for one in casts:
            one.evening()
        if casts[0].soon:
            later = max(moment(today, 18, 50), hour_on().isoformat(timespec="seconds"))
            assert town.tick("--at", later)["sent"] == len(casts)
        for one in casts:
            one.an_hour_later()
        brought = 1 if begun < moment(today, 9, 40) else 2  # a working day is over at its morning's hour
        for number in (1, 2, 3):
            town.tick("--at", moment(today + number * DAY, 9, 45))
            for one in casts:
                if number == 1:
                    one.next_morning()
                one.morning(number, brought)
        town.tick("--at", moment(ten, 17, 45))
        for one in casts:
            one.ten_days()
        town.tick("--at", moment(begins - 2 * DAY, 9, 45))
        for one in casts:
            one.before_the_cycle()
        assert "Traceback" not in p.stderr()
