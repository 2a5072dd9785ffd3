"""What holds for every text and every command: nothing raises, nothing is lost, a phrase is read back."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import (
    Accept,
    Answer,
    AskHelp,
    CheckIn,
    Command,
    Correct,
    DayNote,
    History,
    Line,
    Mine,
    Named,
    NotYet,
    Prose,
    Publish,
    Quantity,
    Ref,
    Show,
    ShowPerson,
    Undo,
    Value,
    When,
    Who,
)
from bot.grammar import dates, parse, people, phrase, quantities, references
from bot.grammar.checkins import LONGEST
from bot.grammar.phrase import amount
from tests.grammar.table import COMMANDS, LINES, SENTENCES, rows

TYPED = [typed.replace("\\n", "\n") for table in (LINES, COMMANDS, SENTENCES) for typed, _ in rows(table)]
ALPHABET = st.characters(exclude_categories=["Cs"])
ANY_TEXT = st.text(ALPHABET, max_size=200)
LIKELY = st.lists(
    st.sampled_from([*" \n;:,.@#=+-/→“”\"'\ue000\ue001%¥。，：；", "KR1.2", "O1", "45", "1.2万", "blocked:", "next:", "c6", "on ", *TYPED]),
    max_size=8,
)

# what may stand in a command that a handler makes
words = st.text(ALPHABET, min_size=1, max_size=40).filter(str.strip)
numbers = st.integers(1, 99)
users = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
who = st.one_of(
    st.builds(lambda user: Who("user", user), users),
    st.builds(lambda n: Who("member", f"m{n}"), numbers),
    st.builds(lambda name: Who("name", name), words),
)
owners = st.one_of(st.none(), who, st.builds(Named, words), st.just(Named("")))
cycles = st.sampled_from(["", "2026Q4", "2027Q1"])
key_results = st.one_of(
    st.builds(Ref, numbers, numbers, owner=owners, cycle=cycles),
    st.builds(lambda n: Ref(id=f"k{n}"), numbers),
    st.builds(lambda n: Ref(None, n), numbers),
)
objectives = st.one_of(st.builds(Ref, numbers, owner=owners, cycle=cycles), st.builds(lambda n: Ref(id=f"o{n}"), numbers))
amounts = st.builds(
    amount,
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(lambda n: Decimal(0) if n == 0 else Decimal(f"{n.normalize():f}")),
    st.sampled_from(["", "%", "¥", "$", "元", "users", "USD", "个"]),
)
changes = amounts.map(lambda q: quantities.read(f"+{q.raw}") or q)
plain = st.integers(0, 999).map(lambda n: Quantity(str(n), (Decimal(n),)))
values = st.one_of(
    st.none(),
    st.just(Value("done")),
    st.builds(lambda q: Value("set", q), amounts),
    st.builds(lambda q: Value("add", q), changes),
    st.builds(lambda a, b: Value("set", a, came_from=b), amounts, amounts),
    st.builds(lambda n, of: Value("fraction", n, of=of), plain, plain.filter(lambda q: q.value != 10)),
    st.builds(lambda s: Value("stage", stage=s), words),
)
whens = st.one_of(
    st.none(),
    st.dates(date(2000, 1, 1)).map(When.on),
    st.dates().map(lambda d: When("month_day", month=d.month, day=d.day)),
    st.builds(lambda n, s: When("weekday", n=n, shift=s), st.integers(0, 6), st.integers(-1, 1)),
    st.builds(lambda s: When("days", shift=s), st.integers(-99, 99)),
    st.builds(lambda d: When("day", day=d), st.integers(1, 31)),
    st.builds(lambda m: When("month_end", month=m), st.integers(1, 12)),
)
texts = st.one_of(st.just(""), words)
lines = st.builds(
    Line,
    key_results,
    values,
    st.one_of(st.none(), st.integers(0, 10)),
    note=texts,
    blocker=texts,
    plan=texts,
    people=st.lists(who, max_size=3, unique=True).map(tuple),
    on=whens,
)
days = st.builds(
    lambda note, plan, people: Line(None, note=note, plan=plan, people=people),
    words,
    texts,
    st.lists(who, max_size=2, unique=True).map(tuple),
)
commands = st.one_of(
    st.builds(lambda many: CheckIn(tuple(many)), st.lists(lines, min_size=1, max_size=3)),
    st.builds(lambda many, day: CheckIn((*many, day)), st.lists(lines, min_size=1, max_size=2), days),
    st.builds(Correct, lines),
    st.builds(Show, objectives),
    st.builds(History, key_results),
    st.builds(Publish, objectives),
    st.builds(ShowPerson, who, cycles),
    st.builds(Mine, cycles),
    st.builds(lambda n: Undo(f"c{n}"), numbers),
    st.builds(lambda n: Accept(f"r{n}"), numbers),
    st.builds(lambda n, text: Answer(f"r{n}", text), numbers, words),
    st.builds(DayNote, words),
    st.builds(
        AskHelp,
        key_results.filter(lambda r: r.owner is None or isinstance(r.owner, Named)),
        st.lists(who, min_size=1, max_size=2, unique=True).map(tuple),
        words,
    ),
    st.builds(NotYet, st.sampled_from(["digest", "my week", "snooze"])),
)


@given(ANY_TEXT, st.booleans())
def test_parse_never_raises(text: str, checkin_first: bool) -> None:
    parse(text, checkin_first=checkin_first, thread=Ref(3))


@given(LIKELY.map("".join), st.booleans())
@settings(max_examples=300)
def test_parse_never_raises_on_likely_text(text: str, checkin_first: bool) -> None:
    command = parse(text, checkin_first=checkin_first)
    parse(phrase(command))


@given(commands)
@settings(max_examples=300)
def test_a_phrase_is_read_back(command: Command) -> None:
    assert parse(phrase(command)) == command


@given(LIKELY.map("\n".join))
@settings(max_examples=200)
def test_every_word_of_a_check_in_is_kept(text: str) -> None:
    command = parse(text)
    if isinstance(command, CheckIn) and command.lines and not command.certain:
        kept = "".join(line.raw for line in command.lines)
        says_something = _EMPTY_LABEL.sub("", text)
        assert {c for c in says_something if c.isalnum()} <= set(kept)


# A label with nothing behind it, on a line of its own: it says nothing, and nothing of it is kept.
_EMPTY_LABEL = re.compile(
    r"^[\W_]*(?:blocked|blockers?|next|plan|tomorrow|卡点|阻塞|明日|明天|下一步|计划)\s*[:：][\W_]*$", re.MULTILINE | re.IGNORECASE
)


@given(ANY_TEXT)
def test_finding_tells_true_places(text: str) -> None:
    for found in (quantities.find(text), dates.find(text), people.find(text), references.find(text)):
        assert all(0 <= begin < end <= len(text) for begin, end, _ in found)
    assert all(text[begin:end] == quantity.raw for begin, end, quantity in quantities.find(text))


@given(whens.filter(bool), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_past_is_not_after_today_and_future_not_before(when: When, today: date) -> None:
    past, future = dates.past(when, today), dates.future(when, today, None)
    assert past is None or past <= today
    assert future is None or future >= today or when.kind == "date"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.",
        "1,",
        "1-",
        "a",
        "a-",
        "一",
        "@",
        "@a",
        "+1 ",
        "\ue000",
        "KR",
        "KR1.2 45\n",
        "KR1.2 45; ",
        "-$",
        "O: a\nKR: b\n",
        "new O: ",
        '"',
        'note="',
        "on ",
        "blocked: ",
        "完成",
        "百分之",
    ],
)
def test_a_huge_text_is_read(piece: str) -> None:
    huge = piece * (256 * 1024 // len(piece))
    for text in (huge, f"KR1.2 {huge}", f"checkin {huge}", huge[: LONGEST - 1], f"KR1.2 45 {huge[:9000]}"):
        command = parse(text)
        if isinstance(command, Prose):
            assert command.text == text.strip()
            assert len(command.values) <= 20
