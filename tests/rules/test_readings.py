"""What a value means on a key result: never an exception, never a guess, always exact."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import CheckIn, Quantity, Value
from bot.grammar import parse
from handlers.rules.readings import Doubt, Is, Scale, Stages, read

D = Decimal
amounts = st.decimals(-(10**18), 10**18, allow_nan=False, allow_infinity=False, places=3)
quantities = st.builds(
    lambda values, unit, scaled: Quantity(str(values[0]), tuple(values), unit, scaled),
    st.lists(amounts, min_size=1, max_size=3),
    st.sampled_from(["", "%", "¥", "$", "USD", "元", "个", "users", "€", "hours"]),
    st.booleans(),
)
values = st.one_of(
    st.builds(lambda q: Value("set", q), quantities),
    st.builds(lambda q: Value("add", q), quantities),
    st.builds(lambda q, of: Value("fraction", q, of=of), quantities, quantities),
    st.builds(lambda t: Value("stage", stage=t), st.text(max_size=10)),
    st.just(Value("done")),
)
scales = st.builds(
    Scale,
    metric=st.sampled_from(["number", "percent", "currency", "done", "stages"]),
    unit=st.sampled_from(["", "%", "¥", "$", "USD", "个"]),
    start=st.none() | amounts,
    target=st.none() | amounts,
    current=st.none() | amounts,
    guardrail=st.booleans(),
    stages=st.lists(st.text(max_size=8), max_size=5).map(tuple),
)


@given(values, scales, st.booleans())
def test_any_value_on_any_key_result_is_read_without_an_exception(value: Value, scale: Scale, loose: bool) -> None:
    found = read(value, scale, loose=loose)
    if isinstance(found, Stages):
        assert scale.metric == "stages"
        assert all(0 <= place < len(scale.stages) for place in found.done)
    if isinstance(found, Doubt):
        assert len(set(found.choices)) == len(found.choices)
        assert all(choice.is_finite() for choice in found.choices)
    if isinstance(found, Is):
        assert found.value.is_finite()


@given(quantities, scales)
def test_a_plain_number_is_taken_as_typed_or_asked(quantity: Quantity, scale: Scale) -> None:
    found = read(Value("set", quantity), scale)
    if isinstance(found, Is) and scale.metric not in ("done",):
        assert found.value in quantity.readings  # not rounded, not rescaled
    if isinstance(found, Doubt) and found.why in ("beyond", "currency"):
        assert set(quantity.readings[:1]) <= set(found.choices)  # what was typed is always one of the choices


@given(amounts, scales)
def test_a_change_is_counted_exactly(change: Decimal, scale: Scale) -> None:
    found = read(Value("add", Quantity(str(change), (change,))), scale)
    base = scale.current if scale.current is not None else scale.start or D(0)
    if isinstance(found, Is) and scale.metric in ("number", "percent", "currency"):
        assert abs(found.value - (base + change)) <= D("0.0001")


@given(scales)
def test_done_is_the_target_and_of_a_guardrail_never(scale: Scale) -> None:
    found = read(Value("done"), scale)
    if scale.metric == "stages":
        assert found == Stages(tuple(range(len(scale.stages))))
    elif scale.guardrail:
        assert found == Doubt("guardrail_done")
    elif scale.metric == "done":
        assert found == Is(D(1))
    else:
        assert found == (Is(scale.target) if scale.target is not None else Doubt("done_or_not"))


def number(**more: Any) -> Scale:
    return Scale("number", **{name: D(v) if isinstance(v, int | float) else v for name, v in more.items()})


SCALES = {
    "NPS": number(start=30, target=50, current=40),
    "users": number(start=1000, target=9000, current=5000),
    "wide": number(start=1, target=4000),
    "money": Scale("currency", "¥", D(10_000), D(50_000), D(20_000)),
    "share": Scale("percent", "%", D(40), D(70), D(45)),
    "fall": number(target=2),
    "below": number(start=-10, target=-50, current=-20),
    "staged": Scale("stages", stages=("设计", "开发", "开发测试")),
    "won": Scale("done"),
    "open": number(),
}


@pytest.mark.parametrize(
    ("scale", "typed", "expected"),
    [
        ("NPS", "45", Is(D(45))),
        ("NPS", "45.5", Is(D("45.5"))),
        ("NPS", "+3", Is(D(43))),
        ("NPS", "=-3", Doubt("beyond", (D(-3),))),
        ("NPS", "460", Doubt("beyond", (D(460),))),
        ("NPS", "45%", Doubt("percent", (D(39), D("22.5"), D(45)))),
        ("NPS", "+10%", Doubt("percent", (D(50), D(44)))),
        ("NPS", "23/25", Doubt("fraction", (D(23), D(46)))),
        ("NPS", "50", Is(D(50))),
        ("NPS", "1e5", None),
        ("users", "3.400", Is(D(3400))),
        ("users", "3,400", Is(D(3400))),
        ("users", "3.4k", Is(D(3400))),
        ("users", "0.34万", Is(D(3400))),
        ("wide", "3.400", Doubt("readings", (D("3.4"), D(3400)))),
        ("money", "2.5万", Is(D(25_000))),
        ("money", "¥25,000", Is(D(25_000))),
        ("money", "$25000", Doubt("currency", (D(25_000),))),
        ("money", "25000元", Is(D(25_000))),
        ("share", "46%", Is(D(46))),
        ("share", "0.46", Doubt("beyond", (D(46), D("0.46")))),
        ("share", "146%", Doubt("beyond", (D(146),))),
        ("share", "3/4", Doubt("fraction", (D(75), D(3)))),
        ("fall", "40", Is(D(40))),
        ("fall", "400", Doubt("beyond", (D("0.4"), D(400)))),
        ("below", "-30", Doubt("change", (D(-30), D(-50)))),
        ("staged", "设计 完成", Stages((0,))),
        ("staged", "开发 完成", Stages((1,))),
        ("staged", "完成", Stages((0, 1, 2))),
        ("staged", "45", Doubt("whole_stage")),
        ("won", "45", Doubt("done_or_not")),
        ("won", "1", Is(D(1))),
        ("won", "0", Is(D(0))),
        ("won", "100%", Is(D(1))),
        ("won", "设计 完成", Doubt("no_stage")),
        ("open", "123456", Is(D(123456))),
        ("open", "1000000000000000", Doubt("too_large")),
    ],
)
def test_by_example(scale: str, typed: str, expected: Any) -> None:
    command = parse(f"KR1.1 {typed}")
    if expected is None:
        assert not isinstance(command, CheckIn) or command.lines[0].value is None or read(command.lines[0].value, SCALES[scale])
        return
    assert isinstance(command, CheckIn)
    [line] = command.lines
    assert line.value is not None
    found = read(line.value, SCALES[scale], loose=line.loose)
    assert found == expected
    assert [str(c) for c in getattr(found, "choices", ())] == [str(c) for c in getattr(expected, "choices", ())]
