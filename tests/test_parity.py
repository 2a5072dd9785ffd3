"""Nothing exists on one side only: commands and handlers, prompts and languages, buttons and the grammar."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from jinja2 import meta, nodes

from bot.commands import Command, NotYet, Parked, Prose
from bot.grammar import parse
from bot.grammar.words import BUILT, OURS, PROMISED
from bot.replies import Amount, Button, Buttons, Copy, Item, Meter, Person, Reply, Say
from bot.wording import LOCALES, PROMPTS, words
from handlers import dispatch, help
from handlers.rules import readings
from handlers.rules.writing import coach
from tests.checked import faults_of

ROOT = Path(__file__).parent.parent
CODE = [p for room in ("handlers", "bot") for p in sorted((ROOT / room).rglob("*.py"))] + [ROOT / "app.py"]
NAMES = {locale: {p.stem for p in (PROMPTS / locale).glob("*.txt")} for locale in LOCALES}
TEXTS = {(locale, name): (PROMPTS / locale / f"{name}.txt").read_text(encoding="utf-8") for locale in LOCALES for name in NAMES[locale]}

# Prompts whose name is put together: how it is written in the code, and what stands in its place.
MADE_UP: dict[str, Any] = {
    "coach_{}": tuple(rule.lower() for rule in coach._USEFUL_FIRST),
    "doubt_{}": get_args(readings.Why),
    "said_{}": ("note", "blocker", "plan"),
    "example_{}": (*BUILT,),
    "help_{}": tuple(help._ON_PAGE),
    "help_{}_example": tuple(help._ON_PAGE),
    "button_help_{}": sum(help._OFFERED, ()),
    "field_{}": ("why", "kind", "due", "reason", "start", "target", "unit", "weight"),
    "button_{}_one": ("publish", "discard", "accept", "decline", "answer"),
}
MAY_BE_MISSING = ("example_{}",)  # the code asks whether it is there


@cache
def strings() -> tuple[set[str], set[str]]:
    """Every text in the code, and every pattern of an f-string with {} for what is filled in; docstrings left out."""
    whole, made = set(), set()
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr):
                made.add("".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values))
    return whole, made


@cache
def said_in_code() -> set[str]:
    """Names that the code gives to Say, Refusal, Button or example as a literal, in any branch of a condition."""
    named: set[str] = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in {"Say", "Refusal", "Button", "example"} and node.args:
                first = node.args[1] if _name(node.func) == "example" and len(node.args) > 1 else node.args[0]
                named |= {c.value for c in _branches(first) if isinstance(c, ast.Constant) and isinstance(c.value, str) and c.value}
    return named


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _branches(node: ast.expr) -> list[ast.expr]:
    return [*_branches(node.body), *_branches(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def made_up() -> set[str]:
    return {pattern.format(value) for pattern, filled in MADE_UP.items() for value in filled}


def _parsed(locale: str, name: str) -> nodes.Template:
    return words(locale)._env.parse(TEXTS[locale, name])


def _letters(locale: str, name: str) -> str:
    """A prompt's own letters; what is filled in stands as §."""
    return "§".join(data.data for data in _parsed(locale, name).find_all(nodes.TemplateData))


# ---------------------------------------------------------------- prompts


def test_both_languages_word_the_same_things() -> None:
    assert NAMES["en"] == NAMES["zh"]
    assert len(NAMES["en"]) > 100


def test_every_prompt_that_the_code_names_exists() -> None:
    assert len(said_in_code()) > 80
    assert said_in_code() - NAMES["en"] == set()


def test_every_made_up_prompt_exists() -> None:
    needed = {p.format(v) for p, filled in MADE_UP.items() if p not in MAY_BE_MISSING for v in filled}
    assert needed - NAMES["en"] == set()
    assert set(MADE_UP) <= strings()[1], "a pattern here is in the code no more"


def test_no_prompt_is_unused() -> None:
    whole, _ = strings()
    assert NAMES["en"] - whole - made_up() == set()


def test_every_remark_of_the_coach_is_worded() -> None:
    assert {n for n in NAMES["en"] if n.startswith("coach_")} == {f"coach_{rule.lower()}" for rule in coach._USEFUL_FIRST}


def test_both_languages_use_the_same_facts() -> None:
    for name in sorted(NAMES["en"] & NAMES["zh"]):
        en, zh = (meta.find_undeclared_variables(_parsed(locale, name)) for locale in LOCALES)
        assert en == zh, name


@pytest.mark.parametrize("locale", LOCALES)
def test_no_prompt_holds_markup_of_a_platform(locale: str) -> None:
    for name in NAMES[locale]:
        letters = _letters(locale, name)
        assert not re.search(r"[*<>`~]|(?<![A-Za-z])_|_(?![A-Za-z_])|&(?:amp|lt|gt);|:[a-z_]+:(?!\w)", letters) or name == "web_page", name
        assert "  " not in letters.replace("\n", ""), name


def test_chinese_is_written_with_chinese_punctuation() -> None:
    for name in NAMES["zh"] - {"web_page"}:
        letters = _letters("zh", name)
        assert not re.search(r"[\u4e00-\u9fff][,;!?:](?=\s|$|[\u4e00-\u9fff])", letters), name
        assert not re.search(r"[\u4e00-\u9fff]\.(?=\s|$)", letters), name
        assert letters.count("“") == letters.count("”"), name


def test_english_speaks_english_and_chinese_chinese() -> None:
    speaks_both = {
        "copy_settings",
        "choice_language",
        "no_such_language",
        "help",
        "language_set",
        "example_language",
        "web_page",
        "help_example",
    }
    for name in NAMES["en"]:
        letters = _letters("en", name)
        assert name in speaks_both or not re.search(r"[\u4e00-\u9fff]", letters), name
    same = {n for n in NAMES["en"] if TEXTS["en", n] == TEXTS["zh", n] and re.search(r"[A-Za-z]{3,} [a-z]{3,}", _letters("en", n))}
    assert same == set()


# ---------------------------------------------------------------- commands


def test_every_command_has_one_handler() -> None:
    assert dispatch.HANDLERS.keys() | {Parked} == set(get_args(Command))
    assert set(dispatch._READS) <= set(dispatch.HANDLERS)


def test_every_built_word_is_a_topic_of_help_or_has_an_example() -> None:
    for word in BUILT:
        assert word in (*OURS, "help", "show", "ask") or f"example_{word}" in NAMES["en"], word


@pytest.mark.parametrize("locale", LOCALES)
def test_no_prompt_teaches_what_is_not_built(locale: str) -> None:
    for name in NAMES[locale]:
        if not name.startswith(("help", "example")):
            continue
        said = TEXTS[locale, name].replace("@colleague", "@Bob").replace("@同事", "@Bob").replace("…", "x")
        for line in said.strip().split("\n"):
            assert not isinstance(parse(line), NotYet), (name, line)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_example_is_understood(locale: str) -> None:
    facts = {"ref": "KR1.1", "metric": "number", "stage": "design"}
    for name in sorted(n for n in NAMES[locale] if n.startswith("example_")):
        for metric in ("number", "stages", "done") if name == "example_value" else ("number",):
            text = words(locale).plain(Say(name, facts | {"metric": metric}))
            assert not isinstance(parse(text), Prose | NotYet), (name, text)


def test_promised_and_built_words_do_not_meet() -> None:
    built = {w for spelled in BUILT.values() for w in spelled}
    promised = {w for spelled in PROMISED.values() for w in spelled}
    assert built & promised <= {
        "日报",
        "review",
        "retro",
        "复盘",
    }  # each alone one thing, with a person, a day or a cycle behind it another


# ---------------------------------------------------------------- the look at every reply finds what is wrong


GOOD = Reply((Say("apology", {"delivery": "d1"}), Buttons((Button("button_undo", "undo #c1"),))))


def test_a_good_reply_has_no_faults() -> None:
    assert faults_of(GOOD) == []


@pytest.mark.parametrize(
    "part",
    [
        Buttons((Button("button_undo", "please take it back"),)),
        Buttons((Button("button_undo", "align O1 to @a O2"),)),
        Buttons((Button("button_undo", "note text=" + '"' + "x" * 2000 + '"'),)),
        Copy("   "),
        Say("said_note", {"text": ""}),
        Say("said_note", {"text": None}),
    ],
)
def test_faults_are_found(part: Any) -> None:
    assert faults_of(Reply((*GOOD.parts, part)))
    assert faults_of(Reply(GOOD.parts, aside=Reply((part,))))


@pytest.mark.parametrize(("prompt", "facts"), [("no_such_prompt", {}), ("said_note", {})])
def test_a_missing_prompt_or_fact_is_an_exception(prompt: str, facts: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r"no_such_prompt|text"):
        faults_of(Reply((Say(prompt, facts),)))


def test_every_part_of_a_reply_is_kept_whole() -> None:
    person = Person(1, "Ann", (("slack", "T1", "U1"),))
    facts = {"who": person, "count": 2}
    item = Item(
        Say("key_result_head", {"ref": "KR1.1", "title": "x", "guardrail": False}),
        Meter(0.4, "at_risk", 0.5),
        (Say("check_in_title", facts),),
        (Button("button_publish", "publish #o1", 3, "danger", "confirm_discard", {"ref": "O1", "value": Amount(3, "percent")}),),
    )
    assert faults_of(Reply((Say("check_in_title", facts, "title"), item), card="o1", aside=GOOD)) == []
