"""A town for the chat page: six people, a log in memory, and a desk that answers from samples."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import RLock

from bot.messages import Message, OutOfReach
from bot.replies import Reply, Say, to_json
from bot.sending import Answered
from bot.web.backend import Backend, ChatLine, Resident
from tests.web import samples

PEOPLE = (
    Resident("mina", "Mina Park", "Product lead", "en"),
    Resident("chenjing", "陈静", "客户成功负责人", "zh"),
    Resident("omar", "Omar Haddad", "Platform engineer", "en"),
    Resident("ann", "Ann", "Support", "en"),
    Resident("anna", "Anna Lindqvist", "Chief executive", "en"),
    Resident("wanglei", "王磊", "增长团队工程师", "zh"),
)
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=UTC)


@dataclass
class Town:
    """heard: every Message that reached the desk. broken: what answer or post raise, by name."""

    lines: list[ChatLine] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    heard: list[Message] = field(default_factory=list)
    broken: dict[str, Exception] = field(default_factory=dict)
    replies: dict[str, Answered] = field(default_factory=dict)
    page: int = 2000
    now: datetime = NOW
    revision: int = 0
    lock: RLock = field(default_factory=RLock)

    def backend(self) -> Backend:
        return Backend(
            answer=self.answer,
            people=lambda: PEOPLE,
            post=self.post,
            redraw=self.redraw,
            read=self.read,
            latest=lambda: self.revision,
            today=lambda: self.now,
            turn=lambda to: self.turn(to),
            dressed=lambda _reply, _locale: {"slack": {"blocks": []}, "feishu": {}, "people": {}},
        )

    def turn(self, to: datetime) -> bool:
        """On the way Tenday writes to Mina at each midnight."""
        if to <= self.now:
            return False
        reminder = to_json(Reply((Say("plain", {"text": "One line for today?"}),)))
        day = self.now.replace(hour=0, minute=0) + timedelta(days=1)
        while day <= to:
            self.post(
                conversation="dm:mina",
                author="",
                text="",
                reply=reminder,
                locale="en",
                thread=None,
                only_for="",
                at=day + timedelta(hours=9),
            )
            day += timedelta(days=1)
        self.now = to
        return True

    def post(
        self,
        *,
        conversation: str,
        author: str,
        text: str,
        reply: str,
        locale: str,
        thread: int | None,
        only_for: str,
        key: str = "",
        at: datetime | None = None,
    ) -> ChatLine:
        with self.lock:
            if "post" in self.broken:
                raise self.broken["post"]
            if key and key in self.keys:
                return self.lines[self.keys[key] - 1]
            self.revision += 1
            number = len(self.lines) + 1
            line = ChatLine(number, conversation, thread, author, text, reply, locale, only_for, at or self.now, False, self.revision)
            self.lines.append(line)
            if key:
                self.keys[key] = number
            return line

    def redraw(self, number: int, reply: str, locale: str) -> None:
        with self.lock:
            self.revision += 1
            changed = replace(self.lines[number - 1], reply=reply, locale=locale, edited=True, revision=self.revision)
            self.lines[number - 1] = changed

    def read(self, viewer: str, after: int) -> Sequence[ChatLine]:
        with self.lock:
            seen = [
                x for x in self.lines if x.revision > after and x.conversation in ("general", f"dm:{viewer}") and x.only_for in ("", viewer)
            ]
            return sorted(seen, key=lambda line: line.revision)[: self.page]

    def answer(self, message: Message) -> Answered:
        self.heard.append(message)
        if "answer" in self.broken:
            raise self.broken["answer"]
        locale = next(person.locale for person in PEOPLE if person.user == message.sender.user)
        if message.text in self.replies:
            return self.replies[message.text]
        return Answered(_sample(message.text, locale), locale, redraw=message.text == "undo #c91")

    def history(self) -> "Town":
        """What was said before the visitor came."""

        def said(author: str, text: str, ago: timedelta, reply: Reply | None = None, **where: object) -> ChatLine:
            place = {"conversation": "general", "thread": None, "only_for": "", "locale": "en"} | where
            return self.post(author=author, text=text, reply=to_json(reply) if reply else "", at=self.now - ago, **place)  # type: ignore[arg-type]

        said("anna", "Morning all. The board of October is out; thank you for three quiet weeks.", timedelta(days=3, hours=1))
        said("chenjing", "收到，客户成功这边本旬重点是首周 NPS。", timedelta(days=3, minutes=52))
        asked = said("omar", "@Tenday KR2.2 2 second drill done, failover in 41 s", timedelta(days=1, hours=2))
        said("", "", timedelta(days=1, hours=2), samples.echo("en", samples.OMAR), thread=asked.id)
        said("mina", "Nice! That is a third of last month.", timedelta(days=1, hours=1), thread=asked.id)
        said("ann", "Does anybody know who owns the welcome mail?", timedelta(minutes=48))
        said("ann", "I would like to change two words in it.", timedelta(minutes=47))
        return self


def _sample(text: str, locale: str) -> Reply:
    for words, sample in (
        (("mine", "我的"), samples.mine),
        (("new", "新建"), samples.draft),
        (("undo",), samples.undone),
        (("help", "帮助"), samples.helping),
        (("checkin KR9.9", "进展 KR9.9"), samples.refusal),
        (("checkin", "进展"), samples.echo),
    ):
        if text.startswith(words):
            return sample(locale)
    return samples.question(locale) if "45" in text else samples.refusal(locale)


OUT_OF_REACH = OutOfReach("the database is away")
