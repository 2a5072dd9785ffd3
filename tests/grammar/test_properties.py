"""What holds for every text and every command: nothing raises, nothing is lost, a phrase is read back."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import (
    Accept,
    Actions,
    AddAction,
    AddKeyResult,
    Agenda,
    Answer,
    AskHelp,
    Away,
    Back,
    Carry,
    Change,
    ChangeAction,
    ChangeTeam,
    CheckIn,
    Close,
    CloseCycle,
    CloseReview,
    Coach,
    Command,
    Comment,
    Comments,
    Correct,
    Country,
    CutCycles,
    Cycles,
    Day,
    DayNote,
    Decision,
    Digest,
    DigestEvery,
    Done,
    Drop,
    Gaps,
    Hide,
    History,
    KeepLesson,
    Line,
    Mine,
    Mute,
    MyCycle,
    MyWeek,
    Named,
    NewTeam,
    NotMine,
    NotYet,
    OpenCycle,
    Prose,
    Publish,
    Quantity,
    Question,
    Quiet,
    Ref,
    Remind,
    Reopen,
    ReopenActions,
    ReopenReview,
    ReportsTo,
    Resolve,
    Reveal,
    Review,
    ReviewCycle,
    ReviewOne,
    Rhythm,
    Same,
    Score,
    Seen,
    SendPage,
    Settings,
    Share,
    Show,
    ShowAction,
    ShowPerson,
    ShowTeam,
    Skip,
    Snooze,
    Submit,
    Teams,
    Transfer,
    Undo,
    Value,
    Weigh,
    When,
    Who,
    WhyAsked,
    Workdays,
)
from bot.grammar import dates, parse, people, phrase, quantities, references, times, weekdays
from bot.grammar.changes import FIELDS
from bot.grammar.checkins import LONGEST
from bot.grammar.cycles import normal
from bot.grammar.oneself import named_in
from bot.grammar.phrase import amount
from bot.grammar.planning import Length
from bot.grammar.words import FORMS
from tests.grammar.test_table import ALL

TYPED = [typed.replace("\\n", "\n") for typed, _ in ALL]
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
cycles = st.sampled_from(
    ["", "2026Q4", "2027Q1", "2027B6", "2027M01", "2027H2", "2027", "H1", "上半年", "Spring push", 'a "b"', "O1", "2027-01"]
)
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
shares = st.decimals(0, 999, places=2).map(lambda n: n.normalize())
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
named_teams = st.one_of(st.builds(Named, words.map(str.strip)), st.just(Named("")))
any_ref = st.one_of(objectives, key_results)
channels = st.sampled_from(["", "here", "growth", "增长-2"])
reals = whens.filter(lambda when: when is not None and when.kind in ("date", "month_day", "month_end"))
fields = st.sampled_from(sorted(FIELDS))


def siblings(refs: st.SearchStrategy[Ref]) -> st.SearchStrategy[tuple[tuple[Ref, Decimal], ...]]:
    """Weights of one owner's in one cycle: whose they are is said once."""

    def of_one(first: Ref, more: list[Ref], numbers: list[Decimal]) -> tuple[tuple[Ref, Decimal], ...]:
        same = [ref if ref.id else replace(ref, owner=first.owner, cycle=first.cycle) for ref in more]
        return tuple(zip([first, *same], numbers, strict=False))

    return st.builds(of_one, refs, st.lists(refs, max_size=2), st.lists(shares, min_size=3, max_size=3))


changing = st.one_of(
    st.builds(Change, any_ref, fields, words, texts),
    st.builds(Change, any_ref, fields, st.just("")),
    st.builds(Weigh, st.one_of(siblings(key_results), siblings(objectives))),
    st.builds(Drop, any_ref, texts),
    *(st.builds(kind, any_ref) for kind in (Close, Reopen, Hide, Reveal, Comments)),
    st.builds(Transfer, any_ref, st.one_of(who, named_teams)),
    st.builds(Rhythm, any_ref, st.integers(1, 99)),
    st.builds(AddKeyResult, st.one_of(st.none(), objectives)),
)
together = st.one_of(
    st.builds(ShowTeam, named_teams, cycles),
    st.builds(NewTeam, words.map(str.strip), st.one_of(st.none(), who), st.lists(who, max_size=3, unique=True).map(tuple), channels),
    st.builds(ChangeTeam, named_teams, st.sampled_from(["add", "remove"]), st.lists(who, min_size=1, max_size=3, unique=True).map(tuple)),
    st.builds(lambda team, who: ChangeTeam(team, "lead", (who,)), named_teams, who),
    st.builds(lambda team, name: ChangeTeam(team, "rename", text=name), named_teams, words.map(str.strip)),
    st.builds(lambda team, name: ChangeTeam(team, "channel", text=name), named_teams, channels.filter(bool)),
    st.builds(lambda team: ChangeTeam(team, "dissolve"), named_teams),
    st.builds(ReportsTo, st.one_of(st.none(), who), st.one_of(st.none(), who)),
    st.sampled_from([Teams(), Cycles(), Settings(), *(CutCycles(length) for length in get_args(Length)), Resolve(), Resolve("n7")]),
    st.builds(OpenCycle, words.map(str.strip).filter(lambda name: normal(name) == name), reals, reals),
    st.builds(Share, any_ref, st.lists(who, max_size=3, unique=True).map(tuple), channels),
    st.builds(Comment, any_ref, texts),
    st.builds(Submit, st.sampled_from(FORMS), st.lists(words, max_size=4).map(tuple)),
)
numbers_typed = st.sampled_from(["", "0.7", "70%", "7/10", "7", "-0.2", "1"])
scored = st.lists(st.one_of(objectives, key_results), min_size=1, max_size=1).flatmap(
    lambda first: st.lists(numbers_typed, min_size=1, max_size=3).map(lambda typed: Score(tuple((first[0], said) for said in typed)))
)
ending = st.one_of(
    scored,
    st.just(Score()),
    st.builds(KeepLesson, any_ref, texts),
    st.builds(CloseCycle, cycles),
    st.builds(ReviewCycle, cycles),
    st.builds(Carry, any_ref, cycles, st.sampled_from(["", "80", "80%", "1.2万", "¥3.4M"])),
)
minutes = st.integers(0, times.DAY - 1)
prompts = st.sampled_from(["", "q1", "q12"])
weeks = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
said_days = whens.filter(bool)
of_the_week = st.sampled_from(["", "am", "pm"])
on_days = {"daily": ["on", "off"], "digest": ["on", "off"], "review": ["week", "two weeks", "ten days"]}
pulse = st.one_of(
    st.builds(Remind, minutes),
    st.builds(lambda on: Remind(on=on), st.sampled_from([None, True, False])),
    st.builds(Workdays, weeks),
    st.builds(weekdays.alternate, weeks, weeks),
    st.sampled_from([Workdays(), Workdays(weekdays.BIG, weekdays.SMALL), Away(), Quiet(), Quiet(off=True), Back(), Mute(), Mute(on=False)]),
    st.builds(
        Country, st.one_of(texts, st.sampled_from(["DE-BY", "CN", "default", "Default", "in", "For France", "United Kingdom", "中国"]))
    ),
    *(st.builds(lambda typed, kind=kind: kind(typed=typed), words) for kind in (Remind, Workdays, Away, Quiet)),
    st.builds(Away, st.none(), said_days),
    st.builds(Away, said_days),
    st.builds(Away, said_days, said_days),
    st.builds(Away, whens, days=st.integers(1, 366)),
    st.builds(lambda day, part: Away(day, day, part=part), said_days, of_the_week),
    st.builds(Quiet, minutes, minutes).filter(lambda quiet: quiet.start != quiet.end),
    *(st.builds(kind, prompts) for kind in (Skip, Same, WhyAsked)),
    st.builds(Snooze, st.integers(0, times.DAY), prompts),
    st.builds(lambda id, typed: Snooze(id=id, typed=typed), prompts, words),
    st.builds(
        Digest,
        st.one_of(st.none(), named_teams),
        st.sampled_from(["day", "week", "xun"]),
        st.sampled_from(["waiting", "needs", "drift", "quiet", "wins", "none"]),
        st.integers(1, 999),
    ),
    st.builds(Digest, st.one_of(st.none(), named_teams), st.sampled_from(["day", "week", "xun"])),
    st.sampled_from([DigestEvery("daily"), DigestEvery("weekly"), DigestEvery("off"), Question(Ref(id="k12"))]),
    st.builds(Gaps, st.one_of(st.none(), named_teams), st.sampled_from(["okr", "baseline", "owner", "weights"]), st.integers(1, 999)),
    st.builds(lambda team: Gaps(team), st.one_of(st.none(), named_teams)),
    st.builds(lambda who, thanks: Seen(who=who, ref=Ref(1, 2), thanks=thanks), who, st.booleans()),
    st.builds(lambda who: Seen(who=who), who),
    st.sampled_from([Seen("i12"), Seen("i12", thanks=True), Seen(ref=Ref(1, 2), thanks=True)]),
    *(
        st.builds(lambda team, text, what=what: ChangeTeam(team, what, text=text), named_teams, st.sampled_from(on_days[what]))
        for what in on_days
    ),
)
of_key_results = key_results.filter(lambda ref: ref.key_result is not None or ref.id.startswith("k"))
looking_back = st.one_of(
    st.sampled_from([Review(), Review(last=True), CloseReview(), CloseReview(sure=True), ReopenReview(), ReviewOne()]),
    st.builds(lambda day: Review(day), said_days),
    st.builds(lambda someone: Review(who=someone), who),
    st.builds(CloseReview, said_days, st.booleans()),
    st.builds(lambda day: ReviewOne(day=day), said_days),
    st.builds(lambda ref, day: ReviewOne(ref, day=day), of_key_results, whens),
    st.builds(ReviewOne, of_key_results, st.sampled_from(["result", "analysis", "insight", "change", "confidence"]), words, whens),
)
pages = st.one_of(st.builds(MyWeek, st.one_of(st.none(), st.booleans())), st.builds(MyCycle, cycles))
alone_teams = st.builds(Named, words.map(str.strip))
oneself = st.one_of(
    st.builds(Day, st.one_of(st.none(), who, alone_teams), whens.filter(lambda when: when != When("cycle_end"))),
    pages,
    st.builds(SendPage, pages, st.one_of(st.sampled_from(["here", "lead"]), alone_teams)),
    st.builds(Agenda, st.one_of(st.none(), alone_teams)),
    st.builds(lambda text: Decision(text, named_in(text)), words),
    st.builds(Decision, words, any_ref),
    st.builds(Coach, st.booleans()),
)
one_action = st.one_of(numbers.map(lambda n: f"A{n}"), numbers.map(lambda n: f"e{n}"))
some_actions = st.lists(one_action, min_size=1, max_size=4, unique=True).map(tuple)
few = st.lists(who, max_size=3, unique=True).map(tuple)
doing = st.one_of(
    st.builds(Actions, st.one_of(st.none(), who), page=st.integers(1, 99)),
    st.builds(Actions, st.none(), st.builds(Named, words.map(str.strip)), st.integers(1, 99)),
    st.builds(AddAction, words, st.one_of(st.none(), any_ref), few, whens),
    st.builds(ChangeAction, one_action, st.sampled_from(["due", "text"]), words),
    st.builds(lambda action, to: ChangeAction(action, "owner", who=to), one_action, who),
    *(st.builds(kind, some_actions) for kind in (Done, ReopenActions)),
    *(st.builds(kind, one_action) for kind in (ShowAction, NotMine)),
)
commands = st.one_of(
    looking_back,
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
    changing,
    together,
    pulse,
    oneself,
    st.builds(NotYet, st.sampled_from(["board", "align", "map"])),
    doing,
    ending,
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


# A label with nothing behind it, or a word for nothing, on a line of its own, and our own command's word: nothing of these is kept.
_EMPTY_LABEL = re.compile(
    r"^[\W_]*(?:blocked|blockers?|next|plan|tomorrow|卡点|阻塞|明日|明天|下一步|计划)\s*[:：][\W_]*"
    r"(?:none|no|nothing|n/a|na|nil|无|没有|暂无)?[\W_]*$|\A\s*/(?:okr|checkin)\b",
    re.MULTILINE | re.IGNORECASE,
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
        "@a ",
        "x ",
        " ",
        "  \n",
        "KR1.2 40 ",
        "从",
    ],
)
def test_a_huge_text_is_read(piece: str) -> None:
    huge = piece * (256 * 1024 // len(piece))
    for text in (huge, f"KR1.2 {huge}", f"checkin {huge}", huge[: LONGEST - 1], f"KR1.2 45 {huge[:9000]}"):
        command = parse(text)
        if isinstance(command, Prose):
            assert command.text == text.strip()
            assert len(command.values) <= 20


BEGUN = (
    "team new", "团队 新建 x", "team x add", "team x rename", "lead of", "@a的主管是", "cycle", "share O1", "请 @a 看看", "comment on O1:", "form day",
    "edit O1 due", "away until", "away from", "请假到", "remind me at", "workdays Mon", "quiet 20:00", "snooze", "why did", "country",
    "edit O1 target", 'edit O1 title text="', "add KR to O1:", "weight KR1.1 40", "drop O1 because", "transfer O1 to", "mine for", "new team", "action:", "action x", "待办：", "A7 text", "A7 due", "done A7", "actions",
)  # fmt: skip


@pytest.mark.parametrize("begun", BEGUN)
def test_a_command_with_a_huge_rest_is_read(begun: str) -> None:
    for piece in ("@a ", "x ", "KR1.2 40 ", "成员 ", "because ", "从", '"', "\n", "2027-01 "):
        command = parse(f"{begun} {piece * (30 * 1024 // len(piece))}.")
        assert parse(phrase(command)) == command
