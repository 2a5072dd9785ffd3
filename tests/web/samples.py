"""Replies as the desk gives them, in both languages, with prompts of their own (tests/web/prompts)."""

from functools import cache
from pathlib import Path
from typing import Any

from bot.replies import Amount, Button, Buttons, Copy, Item, Meter, Person, Reply, Rule, Say
from bot.wording import Words

PROMPTS = Path(__file__).parent / "prompts"
MINA = Person(1, "Mina Park", (("web", "local", "mina"),))
CHEN = Person(2, "陈静", (("web", "local", "chenjing"),))
OMAR = Person(3, "Omar Haddad", (("web", "local", "omar"),))
HOSTILE = "<script>alert(1)</script> <!channel> **x** =cmd() <img src=x onerror=alert(1)> \"'&amp;"


class SampleWords(Words):
    """Words that look for their prompts where they were told to."""

    def __init__(self, locale: str, prompts: Path = PROMPTS) -> None:
        super().__init__(locale, prompts)
        self.prompts = prompts / self.locale

    def has(self, prompt: str) -> bool:
        return (self.prompts / f"{prompt}.txt").is_file()


@cache
def sample_words(locale: str) -> Words:
    return SampleWords(locale)


def say(prompt: str, role: Any = "text", **facts: Any) -> Say:
    return Say(prompt, facts, role)


def percent(value: float | None) -> Amount:
    return Amount(value, "percent")


TITLES = {
    "en": [
        ("New customers love their first week", ["First-week NPS", "80% finish the setup on day one", "Tickets in week one"]),
        ("The platform carries the autumn rush", ["p95 of the checkout", "Failover drills done", "Cost per 1,000 orders"]),
        ("The team grows without losing its calm", ["Seniors hired", "On-call pages a week", "New colleagues ship in week one"]),
    ],
    "zh": [
        ("让新客户爱上第一周", ["首周 NPS", "80% 的客户当天完成设置", "首周工单数"]),
        ("平台稳稳接住秋季大促", ["结算页 p95 延迟", "完成故障切换演练", "每千单成本"]),
        ("团队变大，节奏不乱", ["招到资深工程师", "每周值班告警", "新同事首周上线代码"]),
    ],
}
VALUES = [
    [(Amount(30), Amount(45), Amount(38), 0.53, "on_track"), (percent(55), percent(80), percent(61), 0.24, "at_risk"),
     (Amount(420, "number", "tickets"), Amount(250, "number", "tickets"), Amount(300, "number", "tickets"), 0.71, "on_track")],
    [(Amount(900, "number", "ms"), Amount(300, "number", "ms"), Amount(870, "number", "ms"), 0.05, "off_track"),
     (Amount(0), Amount(4), Amount(2), 0.5, "on_track"),
     (Amount(42, "currency", "CNY"), Amount(30, "currency", "CNY"), Amount(36, "currency", "CNY"), 0.5, "stale")],
    [(Amount(0), Amount(3), Amount(3), 1.0, "on_track"), (Amount(14), Amount(4), Amount(9), 0.5, "at_risk"),
     (percent(40), percent(90), percent(None), 0.0, "stale")],
]  # fmt: skip


def objective(locale: str, i: int, meter: Meter | None) -> Item:
    return Item(say("objective_head", ref=f"O{i + 1}", title=TITLES[locale][i][0], kind="committed" if i == 1 else ""), meter)


def key_result(locale: str, i: int, j: int, *, buttons: bool = True, current: Amount | None = None, draft: bool = False) -> Item:
    start, target, now, progress, status = VALUES[i][j]
    body = [say("values", start=start, target=target, current=current or now, weight=None, confidence=None if draft else 7)]
    if not draft and j == 1:
        note = "emails go out" if locale == "en" else "邮件已经发出"
        body.append(say("last", "note", who=CHEN, days=2, note=note))
    return Item(
        say("key_result_head", ref=f"KR{i + 1}.{j + 1}", title=TITLES[locale][i][1][j]),
        None if draft else Meter(progress, status, 0.58),  # type: ignore[arg-type]
        tuple(body),
        (Button("button_update", f"checkin #k{i}{j}", 3),) if buttons else (),
    )


def mine(locale: str) -> Reply:
    parts: list[Any] = [say("mine_title", "title", cycle="2026Q4")]
    overall = [(0.49, "on_track"), (0.35, "off_track"), (0.5, "at_risk")]
    for i in range(3):
        parts += [Rule()] if i else []
        parts.append(objective(locale, i, Meter(overall[i][0], overall[i][1], 0.58)))  # type: ignore[arg-type]
        parts += [key_result(locale, i, j) for j in range(3)]
    return Reply(tuple(parts), card="mine1")


def draft(locale: str) -> Reply:
    discard = Button("button_discard", "discard #o4", 1, "danger", "discard_sure", {"ref": "O1", "count": 3})
    return Reply(
        (
            say("draft_title", "title", ref="O1"),
            objective(locale, 0, None),
            *(key_result(locale, 0, j, buttons=False, draft=True) for j in range(3)),
            say("people", "note", owner=MINA, others=[CHEN, OMAR]),
            say("coach", "warning"),
            say("draft_note", "note"),
            Buttons((Button("button_publish", "publish #o4", 1, "primary"), Button("button_edit", "edit #o4", 1), discard)),
        ),
        card="o4",
        private=True,
    )


def echo(locale: str, who: Person = MINA) -> Reply:
    note, blocker = ("shipped the beta", "legal review") if locale == "en" else ("测试版上线", "法务审核")
    body = (
        say("echo_value", old=Amount(38), new=Amount(39), confidence=6),
        say("echo_note", text=note),
        say("echo_blocker", "warning", text=blocker, who=CHEN),
    )
    head = say("key_result_head", ref="KR1.1", title=TITLES[locale][0][1][0])
    return Reply(
        (
            say("echo_title", "title", who=who),
            Item(head, Meter(0.6, "on_track", 0.58), body),
            Buttons((Button("button_undo", "undo #c91", 4),)),
        ),
        card="c91",
    )


def undone(locale: str) -> Reply:
    return Reply((say("undone", ref="KR1.1", value=Amount(38)),), card="c91")


def question(locale: str) -> Reply:
    offered = [
        Button("button_kr", f"checkin #k0{j} 45", 3, facts={"ref": f"KR1.{j + 1}", "title": TITLES[locale][0][1][j]}) for j in range(2)
    ]
    return Reply((say("question", said="45"), Buttons((*offered, Button("button_none", "note 45", 3)))), card="q1", tone="question")


def refusal(locale: str) -> Reply:
    text = "checkin KR9.9 45 c6\nshipped <b>everything</b>" if locale == "en" else "进展 KR9.9 45 信心6\n发布了 <b>全部</b>"
    return Reply((say("refusal", ref="KR9.9"), Copy(text)), private=True, tone="refusal")


def apology(locale: str) -> Reply:
    return Reply((say("apology", "warning"), Copy("checkin KR1.1 +1")), private=True, tone="apology")


def helping(locale: str) -> Reply:
    return Reply((say("help"), say("help_more", "note")))


def hostile(locale: str) -> Reply:
    person = Person(9, HOSTILE, (("web", "local", HOSTILE),))
    return Reply(
        (
            say("plain", "title", text=HOSTILE),
            say("plain", text=HOSTILE),
            say("people", "note", owner=person, others=[]),
            Item(say("plain", text=HOSTILE), Meter(1.4, "on_track", 2.0), (say("plain", "warning", text=HOSTILE),)),
            Copy(HOSTILE),
            Buttons((Button(HOSTILE, HOSTILE, 1, "danger", HOSTILE),)),
        ),
        card=HOSTILE,
    )


SAMPLES = {f.__name__: f for f in (mine, draft, echo, undone, question, refusal, apology, helping, hostile)}
