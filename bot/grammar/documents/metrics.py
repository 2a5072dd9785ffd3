"""Reads what a key result's words measure: start, target, unit and direction. What can be read two ways is named, not guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.commands import Bound, Direction, Metric, Quantity
from bot.grammar.characters import fold
from bot.grammar.documents import vocabulary as say
from bot.grammar.documents.amounts import Number, numbers_in

LONGEST = 2000
_SCALE = re.compile(r"万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百|thousand|million|billion|mln|mn|bn|[kKmMBwW](?![A-Za-z])")
_POWERS = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}
_LETTER_POWERS = {"k": 3, "w": 4, "m": 6, "b": 9, "bn": 9, "mn": 6, "mln": 6, "thousand": 3, "million": 6, "billion": 9}
_CLOSE_SCALES, _FAR_SCALES = Decimal(20), Decimal(100)


@dataclass(frozen=True)
class Measure:
    """start, target None: not said. unclear: the pieces of the words that could be read two ways, as typed."""

    metric: Metric = "done"
    unit: str = ""
    start: Decimal | None = None
    target: Decimal | None = None
    direction: Direction = "up"
    bound: Bound = "min"
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """One way to take some of the numbers. begin, end: the words it covers; doubt: it could be meant otherwise."""

    begin: int
    end: int
    start: Decimal | None
    target: Decimal | None
    unit: str
    direction: Direction | None = None
    bound: Bound | None = None
    doubt: bool = False


def measure(words: str, *, guardrail: bool = False) -> Measure:
    """What a key result's words measure; metric `done` without a number."""
    words = words[:LONGEST]
    folded = fold(words)
    numbers = list(numbers_in(folded))
    readings = list(_strong(folded, numbers))
    chosen = readings[0] if readings else _weak(folded, numbers)
    doubts = [_piece(words, r.begin, r.end) for r in readings[:4] if r.doubt or r is not chosen]
    doubts += [_piece(words, n.start, n.end) for n in numbers if chosen and len(n.quantity.readings) > 1 and _covers(chosen, n)]
    if chosen is None or chosen.target is None:
        doubts += [_piece(words, n.start, n.end) for n in numbers[:6] if not any(_covers(r, n) for r in readings)]
        doubts += [found.group().strip() for found in [say.WORDED.search(words), say.VAGUE.search(folded)] if found]
    elif chosen.doubt and not readings:
        doubts += [_piece(words, n.start, n.end) for n in numbers[:6] if not _covers(chosen, n)]
    unclear = tuple(dict.fromkeys(d for d in doubts if d))
    if chosen is None or chosen.target is None:
        return Measure(unclear=unclear)
    return _measured(chosen, folded, unclear, guardrail=guardrail)


def _piece(words: str, begin: int, end: int) -> str:
    return words[begin:end].strip(" \t,;，；。、(（")


def _covers(reading: _Reading, number: Number) -> bool:
    return reading.begin <= number.start and number.end <= reading.end


def _measured(chosen: _Reading, folded: str, unclear: tuple[str, ...], *, guardrail: bool) -> Measure:
    keeps = chosen.start is None and (guardrail or bool(say.KEEPING.search(folded[: chosen.end])))
    direction: Direction = "keep" if keeps else _direction(chosen, folded)
    bound = chosen.bound if keeps else None
    if guardrail and direction == "down":
        bound = "max"
    return Measure(metric_of(chosen.unit), chosen.unit, chosen.start, chosen.target, direction, bound or "min", unclear)


def metric_of(unit: str) -> Metric:
    """The metric that a unit belongs to."""
    if unit == "%":
        return "percent"
    return "currency" if unit in say.CURRENCIES or unit.lower() in say.CURRENCIES else "number"


def _direction(chosen: _Reading, folded: str) -> Direction:
    if chosen.direction:
        return chosen.direction
    if chosen.start is not None and chosen.target is not None and chosen.start != chosen.target:
        return "down" if chosen.target < chosen.start else "up"
    if chosen.target == 0 or chosen.bound == "max":
        return "down"
    return "down" if say.FALLING.search(folded[: chosen.end]) else "up"


# ---------------------------------------------------------------- readings that words announce


def _strong(folded: str, numbers: list[Number]) -> Iterator[_Reading]:
    at = 0
    while at < len(numbers):
        pair = _pair(folded, numbers[at], numbers[at + 1]) if at + 1 < len(numbers) else None
        if pair:
            at += 2
            if at < len(numbers) and say.ARROW.fullmatch(folded[pair.end : numbers[at].start]):  # 30 → 50 → 70
                pair = replace(pair, end=numbers[at].end, target=numbers[at].value, doubt=True)
                at += 1
            yield pair
            continue
        single = _change(folded, numbers[at]) or _bounded(folded, numbers[at])
        if single:
            yield single
        at += 1


def _pair(folded: str, a: Number, b: Number) -> _Reading | None:
    gap = folded[a.end : b.start]
    if len(gap) > 60:
        return None
    came = say.FROM.search(a.before)
    if say.ARROW.fullmatch(gap):
        return _from_to(a, b, came)
    if came and (change := _relative(gap, a, b, folded)):
        return change
    if (say.AT_PRESENT.search(a.before) and say.TARGETING.fullmatch(gap)) or (came and (say.TO.fullmatch(gap) or say.TO_ZH.fullmatch(gap))):
        return _from_to(a, b, came)
    if say.BACK_FROM.fullmatch(gap):
        return _back(folded, a, b)
    return _plain_to(a, b, gap)


def _plain_to(a: Number, b: Number, gap: str) -> _Reading | None:
    """`churn 5% to 3%`, `NPS 30 到 50`; `hire 3 to 5 people` is a range."""
    in_chinese = say.TO_ZH.fullmatch(gap)
    if not in_chinese and not (say.TO.fullmatch(gap) and len(gap) <= 12):
        return None
    if in_chinese and not in_chinese["verb"] and not say.BARE_TO_ZH.fullmatch(gap):
        return None
    if say.RANGE_BEFORE.search(a.before) and not (in_chinese and in_chinese["verb"]) and b.value > a.value:
        return _Reading(a.start, b.end, None, None, "", doubt=True)
    return _from_to(a, b, None)


def _from_to(a: Number, b: Number, came: re.Match[str] | None) -> _Reading | None:
    begin = a.start - (len(a.before) - came.start()) if came else a.start
    unit = b.unit or a.unit
    if a.unit and b.unit and metric_of(a.unit) != metric_of(b.unit):
        return _Reading(begin, b.end, None, None, "", doubt=True)
    if a.unit and b.unit and a.unit.lower().rstrip("s") != b.unit.lower().rstrip("s") and metric_of(a.unit) == "number":
        return _Reading(begin, b.end, None, b.value, b.unit, _across_units(a, b), doubt=True)
    start, target, doubt = _same_scale(a.quantity, b.quantity)
    return _Reading(begin, b.end, start, target, unit, doubt=doubt)


def _across_units(a: Number, b: Number) -> Direction | None:
    """3 days to 12 hours goes down."""
    before, after = say.MINUTES.get(a.unit.rstrip("s").lower()), say.MINUTES.get(b.unit.rstrip("s").lower())
    if before and after:
        return "down" if a.value * before > b.value * after else "up"
    return "down" if say.FALLING.search(a.before + b.before) else None


def _same_scale(a: Quantity, b: Quantity) -> tuple[Decimal, Decimal, bool]:
    """从1到3万 most likely begins at 1万; from 500 to 2k does not. (start, target, doubtful)."""
    if a.scaled == b.scaled or a.value == 0 or b.value == 0:
        return a.value, b.value, False
    scaled, plain = (a, b) if a.scaled else (b, a)
    power = _power(scaled.raw)
    mantissa = abs(scaled.value.scaleb(-power))
    ratio = abs(plain.value) / mantissa if mantissa else _FAR_SCALES
    if ratio > _CLOSE_SCALES:
        return a.value, b.value, ratio < _FAR_SCALES
    lifted = plain.value.scaleb(power)
    lifted = lifted.quantize(Decimal(1)) if lifted == lifted.to_integral_value() else lifted.normalize()
    return (a.value, lifted, True) if a.scaled else (lifted, b.value, True)


def _power(raw: str) -> int:
    found = _SCALE.search(fold(raw))
    sign = found.group() if found else ""
    return _POWERS.get(sign) or _LETTER_POWERS.get(sign.lower(), 0)


def _back(folded: str, a: Number, b: Number) -> _Reading | None:
    """`to 50 from 30`, `50 (currently 30)`, `reduce by 40% from 500`."""
    change = _sign_of_change(folded, a)
    if change and a.unit == "%" and b.unit != "%":
        return _Reading(a.start, b.end, b.value, _changed(b.value, a.value, change), b.unit)
    reading = _from_to(b, a, None)
    return (
        _Reading(a.start, b.end, reading.start, reading.target, reading.unit, reading.direction, doubt=reading.doubt) if reading else None
    )


def _relative(gap: str, a: Number, b: Number, folded: str) -> _Reading | None:
    """`from 500 by 40%`, 从500降低40%."""
    in_chinese = say.BY_ZH.search(gap)
    if not in_chinese and not say.BY.search(gap):
        return None
    sign = (-1 if in_chinese["down"] else 1) if in_chinese else _sign(folded[: b.start])
    if b.unit == "%" and a.unit == "%":
        return _Reading(a.start, b.end, a.value, None, "%", doubt=True)
    target = _changed(a.value, b.value, sign) if b.unit == "%" else a.value + sign * b.value
    return _Reading(a.start, b.end, a.value, target, a.unit or ("" if b.unit == "%" else b.unit))


def _changed(base: Decimal, percent: Decimal, sign: int) -> Decimal:
    changed = base * (100 + sign * percent) / 100
    return changed.quantize(Decimal(1)) if changed == changed.to_integral_value() else changed.normalize()


def _sign(before: str) -> int:
    """-1 when the nearest verb falls, else 1."""
    falls = [m.start() for m in say.FALLING.finditer(before)]
    rises = [m.start() for m in say.RISING.finditer(before)]
    return -1 if falls and (not rises or falls[-1] > rises[-1]) else 1


def _sign_of_change(folded: str, n: Number) -> int:
    """1 or -1 when the number says by how much, 0 when it does not."""
    in_chinese = say.BY_ZH.search(n.before)
    if in_chinese:
        return -1 if in_chinese["down"] else 1
    if n.quantity.raw[:1] in {"+", "-"} and not (_bound(n) or say.TO_ALONE.search(n.before) or say.TO_ALONE_ZH.search(n.before)):
        return 1
    behind = say.BY_AFTER.match(n.after)
    if behind and (n.unit == "%" or n.unit in say.POINTS):
        return -1 if behind["down"] else 1
    if say.BY.search(n.before) and (say.FALLING.search(folded[: n.start]) or say.RISING.search(folded[: n.start])):
        return _sign(folded[: n.start])
    return 0


def _change(folded: str, n: Number) -> _Reading | None:
    """`reduce X by 40%` with an unknown baseline: from 0 to -40."""
    sign = _sign_of_change(folded, n)
    if not sign:
        return None
    if n.unit in say.MULTIPLES:
        return _Reading(n.start, n.end, None, None, "", doubt=True)
    change = sign * n.value
    return _Reading(n.start, n.end, Decimal(0), change, n.unit, "down" if change < 0 else "up")


def _bounded(folded: str, n: Number) -> _Reading | None:
    """`≥ 50`, `reach 50`, `below 2 hours`, 降到 3%: a target without a start."""
    lasts = bool(say.DURATION.fullmatch(n.unit)) and re.search(r"(?i:\b(?:over|within)\s*)$", n.before)
    if lasts or n.unit in say.MULTIPLES:
        return _Reading(n.start, n.end, None, None, "", doubt=True) if n.unit in say.MULTIPLES else None
    bound = _bound(n)
    falling = bool(say.FALLING.search(folded[max(0, n.start - 60) : n.start]))
    if bound:
        direction: Direction | None = "down" if bound == "max" or (falling and say.TO_ALONE_ZH.search(n.before)) else "up"
        return _Reading(n.start, n.end, None, n.value, n.unit, direction, bound)
    worded = say.TO_ALONE_ZH.search(n.before)
    if worded or (say.TO_ALONE.search(n.before) and _changes(folded[: n.start])):
        return _Reading(n.start, n.end, None, n.value, n.unit, "down" if _sign(folded[: n.start]) < 0 else None)
    return None


def _changes(before: str) -> bool:
    return bool(say.FALLING.search(before) or say.RISING.search(before) or re.search(r"(?i)\b(?:get|bring|take|move|drive|push)\b", before))


def _bound(n: Number) -> Bound | None:
    if say.CEILING_AFTER.match(n.after):
        return "max"
    if say.FLOOR_AFTER.match(n.after):
        return "min"
    if say.CEILING.search(n.before):
        return "max"
    return "min" if say.FLOOR.search(n.before) else None


# ---------------------------------------------------------------- a number that stands alone


def _weak(folded: str, numbers: list[Number]) -> _Reading | None:
    """The one number that can be the target: the only one, or the only percentage. None when several can."""
    plain = [n for n in numbers if not n.is_aside and n.unit not in say.MULTIPLES and not say.AT_PRESENT.search(n.before)]
    if not plain or ((say.RISING.search(folded) or say.FALLING.search(folded)) and _by_or_to(plain[0])):
        return None
    if len(plain) == 1:
        others = [n for n in numbers if n is not plain[0] and not n.is_aside]
        return _Reading(plain[0].start, plain[0].end, None, plain[0].value, plain[0].unit, doubt=bool(others))
    if len(plain) == 2 and say.SHARE_AFTER.fullmatch(folded[plain[0].end : plain[1].end]):
        return _Reading(plain[0].start, plain[1].end, None, plain[0].value, plain[0].unit)
    shares = [n for n in plain if n.unit == "%"]
    if len(shares) == 1:
        return _Reading(shares[0].start, shares[0].end, None, shares[0].value, "%", doubt=True)
    return None


def _by_or_to(n: Number) -> bool:
    """`Reduce churn 5%`: by that much, or to it?"""
    return n.unit == "%" or n.unit in say.POINTS
