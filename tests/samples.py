"""Replies to try the renderers on, with prompts of their own (tests/prompts), so that a golden card changes with its renderer alone."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader

from bot.replies import Amount, Button, Buttons, Choice, Copy, Field, Form, Item, Meter, Person, Reply, Rule, Say
from bot.wording import PROMPTS as REAL_PROMPTS
from bot.wording import Words

PROMPTS = Path(__file__).parent / "prompts"
GOLDEN = Path(__file__).parent / "golden"
WORDS = {locale: Words(locale, PROMPTS) for locale in ("en", "zh")}


@cache
def spoken(locale: str) -> Words:
    """The program's own prompts and these, for a front that words both."""
    words = Words(locale, PROMPTS)
    words._env.loader = FileSystemLoader([PROMPTS / locale, REAL_PROMPTS / locale])
    return words


ANNA = Person(1, "Anna *Bold* <!here>", (("slack", "T1", "U1"), ("feishu", "tenant1", "ou_1")))
BEN = Person(2, "小明", (("slack", "T2", "U2"),))
HOSTILE = "<!channel> <@U1> <at id=all></at> **b** [x](https://evil.example) `c` | a | ~s~ &lt;"


def say(prompt: str, role: Any = "text", **facts: Any) -> Say:
    return Say(prompt, facts, role)


def update(number: int) -> Button:
    return Button("b_update", f"checkin #k{number}", 3)


REPLIES = {
    "stored": Reply(
        (say("stored", ref="KR1.2", old=Amount(42, "percent"), new=Amount(45, "percent")), Buttons((Button("b_update", "undo #c91"),)))
    ),
    "question": Reply((say("which", said="KR2"), Buttons((update(1), Button("b_update", "checkin #k2", 3, "primary")))), tone="question"),
    "refusal": Reply((say("no_such", ref="KR9.9"), Copy("mine")), private=True, tone="refusal"),
    "apology": Reply((say("typed", "warning", text="Sorry."), Copy(HOSTILE)), tone="apology"),
    "mine": Reply(
        (
            say("mine", "title", cycle="2027Q1"),
            Item(say("head", ref="O1", title="Win & keep customers"), Meter(0.456, "on_track")),
            Item(
                say("head", ref="KR1.1", title="Renewals"),
                Meter(1.2, "off_track", 0.5),
                (say("late", "warning", days=4), say("owned", "note", who=ANNA, with_whom=[BEN])),
                (update(7), Button("b_drop", "drop #k7", 3, "danger", "sure", {"ref": "KR1.1"})),
            ),
            Rule(),
            say("hint", "note"),
        ),
        card="o1",
    ),
    "draft": Reply(
        (
            say("mine", "title", cycle="2027Q1"),
            Item(say("head", ref="O2", title="Draft"), Meter(0.0)),
            say("site", url="https://t.example/b"),
        )
    ),
    "people": Reply((say("owned", who=ANNA, with_whom=[ANNA, BEN]), say("owned", "note", who=BEN, with_whom=[BEN]))),
    "hostile": Reply(
        (
            say("typed", "title", text=HOSTILE),
            say("typed", text=HOSTILE),
            Copy(HOSTILE),
            Item(say("typed", text=HOSTILE), Meter(0.004)),
        )
    ),
}


def line(name: str, value: str = "", **more: Any) -> Field:
    return Field(name, say("typed", text=f"The {name}"), value=value, **more)


def form(*parts: Any, version: int = 3, text: str = "edit #o1", people: tuple[Person, ...] = ()) -> Form:
    return Form(say("typed", text="Edit O1 & more"), text, parts, say("b_update"), "edit #o1", version, people)


FORM = form(
    say("typed", "title", text="The objective"),
    line("title", "Win & keep <customers>", required=True, hint=say("hint"), most=120),
    line("why", HOSTILE, kind="text"),
    line("kind", "bold", kind="choice", choices=(Choice("safe", say("typed", text="safe")), Choice("bold", say("typed", text="bold")))),
    Rule(),
    line("due", "2026-12-20", kind="date", narrow=True),
    line("at", "17:40", kind="time", narrow=True),
    line("owner", kind="person", people=(ANNA,), narrow=True),
    line("with", kind="people", people=(ANNA, BEN)),
    line("weight", "400%", error=say("typed", text="At most 100%."), narrow=True),
    Buttons(
        (
            Button("b_typed", "edit #o1 more", 3, facts={"text": "One more"}),
            Button("b_drop", "drop #k7", 3, "danger", "sure", {"ref": "KR1.1"}),
        )
    ),
)
EMPTY_FORM = form(
    line("title"),
    line("kind", kind="choice", choices=(Choice("", say("typed", text="none")), Choice("bold", say("typed", text="bold")))),
    line("due", kind="date"),
    line("at", kind="time"),
    line("owner", kind="person"),
    line("with", kind="people"),
)
FORMS = {
    "form": Reply((say("typed", text="Fill in what you know."),), form=FORM),
    "form_wrong": Reply((say("no_such", ref="KR9.9"),), private=True, tone="refusal", form=FORM),
    "form_asked": Reply(
        (
            say("mine", "title", cycle="2027Q1"),
            say("hint", "note"),
            Item(say("head", ref="KR1.1", title="Renewals"), Meter(0.5, "at_risk")),
            Copy("KR1.1 45\nnext: "),
        ),
        card="q1",
        form=form(line("note", kind="text"), line("value", "45", narrow=True)),
        after=(Buttons((update(1), update(2))), Buttons((Button("b_drop", "drop #k7", 3, "danger", "sure", {"ref": "KR1.1"}),))),
    ),
    "form_empty": Reply((say("typed", text="Fill in what you know."),), form=EMPTY_FORM),
}


def huge_form(fields: int = 150) -> Reply:
    """More than any form holds."""
    return Reply((say("hint"),), form=form(*(line(f"f{i}", "x" * 400, most=800) for i in range(fields))))


def huge() -> Reply:
    """More than any message holds, in parts and in text."""
    rows = [Item(say("head", ref=f"KR{i}", title="x" * 300), Meter(i / 80), (), (update(i),)) for i in range(80)]
    return Reply((say("mine", "title", cycle="2027Q1"), *rows, Copy("y" * 50_000)), card="o1")


def golden(platform: str, name: str, locale: str, drawn: dict[str, Any]) -> None:
    """Compares with the stored card; UPDATE_GOLDEN=1 stores it instead."""
    path = GOLDEN / platform / f"{name}.{locale}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(drawn, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert drawn == json.loads(path.read_text(encoding="utf-8"))
