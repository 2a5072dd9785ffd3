"""What a value in a check-in means for one key result: a number, a question, or a clear no.

Nothing is guessed: a percent sign where none belongs, a fraction, a number with two readings, another currency, a value beyond
belief each become a question whose choices are exact values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.commands import Quantity, Value

Why = Literal[
    "percent",
    "fraction",
    "confidence",
    "readings",
    "beyond",
    "currency",
    "change",
    "done_or_not",
    "no_stage",
    "whole_stage",
    "guardrail_done",
    "too_large",
]

_SCALES = (Decimal(1000), Decimal(10_000), Decimal(1_000_000), Decimal(100_000_000))
_LARGEST = Decimal(10) ** 15
FAR, NEAR = 3, 5
FIRST_FAR = 30  # of a first value, with a target alone to measure it by: what is to fall to 2% may be at 40% today
_SAME_MONEY = ({"¥", "￥", "元", "块", "CNY", "RMB", "JPY"}, {"$", "USD", "US$", "美元"}, {"€", "EUR"}, {"£", "GBP"}, {"HK$", "HKD"})


@dataclass(frozen=True)
class Scale:
    """What a reading needs of the key result. stages: their titles."""

    metric: str
    unit: str = ""
    start: Decimal | None = None
    target: Decimal | None = None
    current: Decimal | None = None
    guardrail: bool = False
    stages: tuple[str, ...] = ()

    @property
    def known(self) -> list[Decimal]:
        """The values that say how large this measure's numbers are."""
        return [v for v in (self.start, self.target, self.current) if v is not None]


@dataclass(frozen=True)
class Is:
    """It means this value."""

    value: Decimal


@dataclass(frozen=True)
class Stages:
    """It means that these stages (by place) are done."""

    done: tuple[int, ...]


@dataclass(frozen=True)
class Doubt:
    """It can be read so many ways; the choices are exact values, the likelier first."""

    why: Why
    choices: tuple[Decimal, ...] = ()


Reading = Is | Stages | Doubt


def read(value: Value, scale: Scale, *, loose: bool = False) -> Reading:
    """The value on this key result's scale. loose: `6/10` that may as well be a confidence."""
    if loose and scale.metric in ("stages", "done"):
        return Doubt("confidence")
    if scale.metric == "stages":
        return _staged(value, scale)
    if value.kind == "stage":
        return Doubt("no_stage")
    if value.kind == "done":
        return _all_of_it(scale)
    if scale.metric == "done":
        return _done_or_not(value)
    if value.kind == "fraction":
        return Doubt("confidence" if loose else "fraction", _of_fraction(value, scale))
    quantity = value.quantity
    assert quantity is not None
    if abs(quantity.value) >= _LARGEST:
        return Doubt("too_large")
    if value.kind == "add":
        return _change(quantity, scale)
    return _number(quantity, scale)


def _staged(value: Value, scale: Scale) -> Reading:
    if value.kind == "done":
        return Stages(tuple(range(len(scale.stages))))
    if value.kind == "stage":
        wanted = value.stage.strip().casefold()
        hits = [i for i, title in enumerate(scale.stages) if title.casefold() == wanted]
        hits = hits or [i for i, title in enumerate(scale.stages) if wanted and wanted in title.casefold()]
        return Stages((hits[0],)) if len(hits) == 1 else Doubt("no_stage")
    return Doubt("whole_stage")


def _all_of_it(scale: Scale) -> Reading:
    if scale.guardrail:
        return Doubt("guardrail_done")
    if scale.metric == "done":
        return Is(Decimal(1))
    return Is(scale.target) if scale.target is not None else Doubt("done_or_not")


def _done_or_not(value: Value) -> Reading:
    quantity = value.quantity
    if value.kind == "set" and quantity is not None:
        whole = Decimal(100) if quantity.unit == "%" else Decimal(1)
        if quantity.value in (whole, 0):
            return Is(Decimal(1) if quantity.value else Decimal(0))
    return Doubt("done_or_not")


def _of_fraction(value: Value, scale: Scale) -> tuple[Decimal, ...]:
    assert value.quantity is not None
    assert value.of is not None
    part, whole = value.quantity.value, value.of.value
    share = part / whole if whole else Decimal(0)
    if scale.metric == "percent":
        return _distinct([_short(share * 100), part])
    of_way = [_short(scale.target * share)] if scale.target is not None and whole != scale.target else []
    return _distinct([part, *of_way])


def _change(quantity: Quantity, scale: Scale) -> Reading:
    base = scale.current if scale.current is not None else (scale.start or Decimal(0))
    if quantity.unit == "%" and scale.metric != "percent":
        return Doubt("percent", _distinct([_short(base + quantity.value), _short(base * (1 + quantity.value / 100))]))
    if not _same_money(quantity, scale):
        return Doubt("currency", (_short(base + quantity.value),))
    if len(quantity.readings) > 1:
        return Doubt("readings", _distinct(_short(base + r) for r in quantity.readings))
    total = _short(base + quantity.value)
    below_zero = scale.target is not None and scale.target < 0 and quantity.value < 0
    if below_zero and base != 0:
        return Doubt("change", _distinct([quantity.value, total]))
    return Is(total) if believable(total, scale) else Doubt("beyond", (total,))


def _number(quantity: Quantity, scale: Scale) -> Reading:
    if quantity.unit == "%" and scale.metric != "percent":
        return Doubt("percent", _of_percent(quantity.value, scale))
    if not _same_money(quantity, scale):
        return Doubt("currency", (quantity.value,))
    likely = [r for r in quantity.readings if believable(r, scale)]
    if len(likely) == 1:
        return Is(likely[0])
    if len(likely) > 1:
        return Doubt("readings", _distinct(likely))
    if quantity.scaled or quantity.unit == "%":
        return Doubt("beyond", _distinct(quantity.readings))
    rescaled = [r * s for r in quantity.readings for s in _rescales(scale) if believable(r * s, scale) and not _tiny(r * s, scale)]
    return Doubt("beyond", _distinct([*(_short(r) for r in rescaled[:2]), *quantity.readings]))


def _tiny(value: Decimal, scale: Scale) -> bool:
    """Far below every number that this key result has, so that nobody meant it."""
    return abs(value) * NEAR < min((abs(k) for k in scale.known if k != 0), default=Decimal(0))


def _rescales(scale: Scale) -> tuple[Decimal, ...]:
    return (Decimal(100), Decimal("0.01")) if scale.metric == "percent" else (*_SCALES, *(1 / s for s in _SCALES))


def _of_percent(percent: Decimal, scale: Scale) -> tuple[Decimal, ...]:
    """45% on a key result in customers: so much of the way, so much of the target, or just 45."""
    start, target = scale.start or Decimal(0), scale.target
    ways = [_short(start + (target - start) * percent / 100), _short(target * percent / 100)] if target is not None else []
    return _distinct([*ways, percent])


def _same_money(quantity: Quantity, scale: Scale) -> bool:
    if scale.metric != "currency" or not quantity.unit or quantity.unit == scale.unit:
        return True
    typed, own = quantity.unit.upper(), scale.unit.upper()
    return (_group(typed) is not None and _group(typed) == _group(own)) or _group(typed) is None


def _group(unit: str) -> int | None:
    return next((i for i, names in enumerate(_SAME_MONEY) if unit in names), None)


def believable(value: Decimal, scale: Scale) -> bool:
    """Whether a value is of the size that this key result's numbers have."""
    known = scale.known
    if not known:
        return True
    if scale.metric == "percent" and all(0 <= k <= 100 for k in known) and not 0 <= value <= 100:
        return False
    if value < 0 <= min(known):
        return False
    large = max(abs(k) for k in known)
    small = min((abs(k) for k in known if k != 0), default=large)
    begun = scale.start is not None or scale.current is not None
    if large and abs(value) > large * (FAR if begun else FIRST_FAR):
        return False
    fell = scale.start is not None and scale.target is not None and scale.start != 0 and min(scale.start, scale.target) > 0
    return not (fell and value != 0 and abs(value) * NEAR < small)


_BEYOND_ROUNDING = Decimal(10) ** 20


def _short(value: Decimal) -> Decimal:
    """Rounded to what a person would write; beyond what a Decimal can round, as it is."""
    if abs(value) >= _BEYOND_ROUNDING:
        return value
    short = round(value, 4).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def _distinct(values: Iterable[Decimal]) -> tuple[Decimal, ...]:
    seen: dict[Decimal, None] = {}
    for value in values:
        seen.setdefault(value, None)
    return tuple(seen)
