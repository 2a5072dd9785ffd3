"""Finds and reads numbers with their units; refuses versions, dates, times, phone numbers, ids and references."""

import re
from decimal import Decimal

from bot.commands import Quantity
from bot.grammar import numerals
from bot.grammar.characters import MARK, fold

_SIGN = r"US\$|HK\$|NT\$|[ACS]\$|[¥$€£₩₹]"
_CODE = r"CNY|RMB|USD|EUR|GBP|HKD|JPY|SGD|TWD|KRW|INR|AUD|CAD|CHF"
_MONEY_WORD = r"人民币|美元|美金|欧元|港币|港元|日元|英镑|元|块钱|块"
_SCALE_HAN = r"万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百"
_SCALE_WORD = r"thousand|million|billion|mln|mn|bn|[kKMmBwW]"
_COUNTER = (
    r"个百分点|个点|个小时|个月|个|位|人次|人天|人日|人|家|次|天|小时|分钟|秒|毫秒|单|件|条|篇|份|场|台|套|辆|款|票|户|名|例|项|组|倍|"
    r"周|课时|节|支|张|米|公里|千克|公斤|吨|分"
)
_UNIT_WORD = (
    r"percentage points?|percent|pct|pp|bps|points?|pts?|users?|customers?|clients?|people|persons?|members?|employees|hires?|teams?|"
    r"companies|accounts?|stores?|shops?|deals?|leads?|orders?|tickets?|bugs?|issues?|incidents?|calls?|meetings?|interviews?|"
    r"visits?|visitors?|views?|downloads?|installs?|sign-?ups?|subscribers?|followers?|posts?|articles?|pages?|events?|tests?|"
    r"releases?|features?|partners?|contracts?|units?|items?|times|stars?|days?|weeks?|months?|hours?|hrs?|h|minutes?|mins?|min|"
    r"seconds?|secs?|ms|s|dollars?|euros?|yuan|pounds|km|kg|tons?|GB|MB|TB|KB|x"
)
_DIGITS = r"[0-9]++(?:[.,][0-9]++)*+|(?<![0-9A-Za-z])\.[0-9]++"
_NUMERAL = rf"[{numerals.CHARACTERS}]++"
_EDGE = r"(?![0-9A-Za-z_])"

_QUANTITY = (
    rf"(?P<plus>[+-])?(?:(?P<money>{_SIGN}|(?:{_CODE}|人民币)(?![A-Za-z]))\s?)?(?P<minus>-(?=[0-9.]))?"
    rf"(?:(?P<of100>百分之)?(?P<digits>{_DIGITS})|(?P<of100h>百分之)?(?P<han>{_NUMERAL}))"
    rf"(?:\s?(?P<scale>{_SCALE_HAN})|(?P<letter>[kKMmBwW]|bn|mn|mln)(?=$|[^A-Za-z0-9_])|\s(?P<word>thousand|million|billion){_EDGE})?"
    rf"(?:\s?(?P<unit>%|(?:{_CODE}){_EDGE}|{_MONEY_WORD}|{_COUNTER})|\s?(?P<words>(?i:{_UNIT_WORD})){_EDGE})?"
    rf"{_EDGE}"
)
_BEFORE = r"(?<![A-Za-z0-9_])(?<![0-9][.,/:~-])(?<![A-Za-z][-./])(?<![第双])"
_AFTER = r"(?![/:~][0-9])(?!-[0-9])(?!\s?[APap]\.?[Mm]\b)(?!\s?[年月日号点时])(?!季度|次方)"
_COMPILED = re.compile(_QUANTITY)
_WHOLE_SPACE = re.compile(r"\s+")

# What holds digits and is no amount. Whatever begins with a letter is a word: B2B, Q3, O1, v1.2.3, covid-19.
_NOT = (
    rf"{MARK}|https?://\S++|[A-Za-z0-9_.+-]{{1,64}}+@[A-Za-z0-9.-]++|[@#][^\s,;，；。]++"
    r"|(?:KR|O|目标|关键结果)\s?[0-9]++(?:\.[0-9]++)*+"
    r"|(?:(?:19|20)[0-9]{2}|二〇[〇一二三四五六七八九]{2})\s?[-/年]\s?[0-9]{1,2}(?:\s?[-/月]\s?[0-9]{1,2}(?![0-9])日?)?(?![0-9%])"
    r"|[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}(?![0-9%])"
    rf"|(?:[0-9]{{1,2}}|[{numerals.CHARACTERS}]{{1,3}})\s?月(?:\s?(?:[0-9]{{1,2}}|[{numerals.CHARACTERS}]{{1,3}})\s?[日号]?)?"
    r"|[0-9]{1,2}点(?:[0-9]{1,2}分?|半)|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[APap][Mm]\b)?|[0-9]{1,2}\s?[APap]\.?[Mm]\b"
    r"|[0-9]++(?:\s?[-–/~]\s?[0-9]++)++(?:[%万亿kK])?"
    r"|\+?[0-9]{2,4}(?:[ -][0-9]{3,4}){2,3}(?![0-9.,])"
    r"|(?:(?i:in|since|of|year|by)\s)(?:19|20)[0-9]{2}(?![0-9.,%])"
    r"|[0-9]++(?:\.[0-9]++)++\s?(?i:versions?|releases?|版本?)|(?i:version|release|版本)\s?[0-9]++(?:\.[0-9]++)*+"
    rf"|[0-9]++(?:st|nd|rd|th)\b|第\s?(?:[0-9]++|{_NUMERAL})"
)
_ANY_WORD = r"[A-Za-z_][A-Za-z0-9_]*+(?:[-.][A-Za-z0-9_]++)*+"
_SCAN = re.compile(rf"(?P<not>{_NOT})|{_BEFORE}(?P<quantity>{_QUANTITY}){_AFTER}|{_ANY_WORD}")
_NOT_HERE = re.compile(_NOT)
_AFTER_HERE = re.compile(_AFTER)
_LONGEST_DIGITS = 30
_PHONE_DIGITS = 10

_SCALES = {
    "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
    "k": 3, "K": 3, "thousand": 3, "w": 4, "W": 4, "m": 6, "M": 6, "mn": 6, "mln": 6, "million": 6, "B": 9, "bn": 9, "billion": 9,
}  # fmt: skip
_EITHER = {"m", "w"}  # 3m may be metres, 5w weeks


def read(text: str) -> Quantity | None:
    """The quantity that the whole text is; None when it is anything else. Readings: the likelier first."""
    stripped = text.strip()
    folded = fold(stripped)
    found = _COMPILED.fullmatch(folded)
    if found is None or (_NOT_HERE.fullmatch(folded) and not found["han"]):
        return None
    return _quantity(found, stripped)


def match(text: str, start: int = 0) -> tuple[int, Quantity] | None:
    """The quantity that begins exactly at `start`, with its end; a date, time, version or ratio there is none."""
    folded = fold(text)
    return match_folded(folded, start, text)


def match_folded(folded: str, start: int, text: str) -> tuple[int, Quantity] | None:
    """`match` for a text that is folded already."""
    if _NOT_HERE.match(folded, start):
        return None
    found = _COMPILED.match(folded, start)
    if found is None or not _AFTER_HERE.match(folded, found.end()) or _only_a_phrase(found):
        return None
    quantity = _quantity(found, text[start : found.end()])
    return (found.end(), quantity) if quantity else None


def find(text: str, *, most: int = 1000) -> list[tuple[int, int, Quantity]]:
    """Every quantity in a text as (start, end, quantity), in order, `most` at most; careful rather than complete."""
    found: list[tuple[int, int, Quantity]] = []
    for hit in _SCAN.finditer(fold(text)):
        if len(found) == most:
            break
        if hit["quantity"] is None or _only_a_phrase(hit) or _phone(hit):
            continue
        quantity = _quantity(hit, text[hit.start() : hit.end()])
        if quantity is not None:
            found.append((hit.start(), hit.end(), quantity))
    return found


def _phone(found: re.Match[str]) -> bool:
    digits = found["digits"] or ""
    return digits.isdigit() and len(digits) >= _PHONE_DIGITS and not (found["money"] or found["scale"] or found["unit"])


def _only_a_phrase(found: re.Match[str]) -> bool:
    """Numerals that are words more often than amounts: 一个, 十分, 千万, 万一, 十一, 三心."""
    han = found["han"]
    if han is None or found["of100h"]:
        return False
    if han in {"十一"}:
        return found["unit"] is None
    return len(han) < 2 or not any(c in "十百千万亿" for c in han)


def _quantity(found: re.Match[str], raw: str) -> Quantity | None:
    numbers = _han_number(found["han"]) if found["han"] else _readings(found["digits"])
    if not numbers:
        return None
    scale = found["scale"] or found["letter"] or found["word"] or ""
    power = _SCALES.get(scale, 0)
    scaled = tuple(n.scaleb(power) if power else n for n in numbers)
    if scale in _EITHER and not found["money"] and len(scaled) == 1:
        scaled = (scaled[0], numbers[0])
    if "-" in {found["plus"], found["minus"]}:
        scaled = tuple(-n for n in scaled)
    unit = found["money"] or found["unit"] or found["words"] or ""
    if found["of100"] or found["of100h"]:
        unit = "%"
    return Quantity(raw, tuple(_plain(n) for n in scaled), _unit_as_typed(unit), bool(power) or bool(set(found["han"] or "") & set("万亿")))


def _unit_as_typed(unit: str) -> str:
    """A percentage has one unit, however it was written; all others stay as typed."""
    return "%" if unit.lower() in {"percent", "pct"} else unit


def _han_number(han: str) -> tuple[Decimal, ...]:
    value = numerals.number(han)
    return () if value is None else (Decimal(value),)


def _plain(number: Decimal) -> Decimal:
    """3.40 as 3.4, 3.4E+6 as 3400000 and -0 as 0, so that equal amounts look equal."""
    if number == 0:
        return Decimal(0)
    if number == number.to_integral_value():
        return number.quantize(Decimal(1))
    return number.normalize()


def _readings(digits: str) -> tuple[Decimal, ...]:
    """What a number with its separators can mean, the likelier first; () for versions and lists."""
    if len(digits) > _LONGEST_DIGITS:
        return ()
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return _both_separators(digits)
    if points + commas == 0:
        return () if len(digits) > 1 and digits[0] == "0" else (Decimal(digits),)
    if points + commas > 1:
        return _grouped(digits, "." if points else ",")
    return _one_point(digits) if points else _one_comma(digits)


def _one_point(digits: str) -> tuple[Decimal, ...]:
    whole, part = digits.split(".")
    plain = Decimal(f"{whole or '0'}.{part}")
    return (plain, Decimal(whole + part)) if _groups_of_thousand(whole, [part]) else (plain,)


def _one_comma(digits: str) -> tuple[Decimal, ...]:
    whole, part = digits.split(",")
    if _groups_of_thousand(whole, [part]):
        return (Decimal(whole + part),)
    decimal = Decimal(f"{whole}.{part}")
    return (decimal,) if whole[0] == "0" else (decimal, Decimal(whole + part))


def _grouped(digits: str, separator: str) -> tuple[Decimal, ...]:
    first, *rest = digits.split(separator)
    lakhs = separator == "," and len(rest[-1]) == 3 and all(len(r) == 2 for r in rest[:-1]) and len(first) <= 2
    return (Decimal("".join([first, *rest])),) if _groups_of_thousand(first, rest) or lakhs else ()


def _both_separators(digits: str) -> tuple[Decimal, ...]:
    """1,234.5 or 1.234,5: the last separator is the decimal one, and stands once."""
    decimal = max(".,", key=digits.rfind)
    whole, _, part = digits.rpartition(decimal)
    first, *rest = whole.split("," if decimal == "." else ".")
    if decimal in whole or not _groups_of_thousand(first, rest):
        return ()
    return (Decimal("".join([first, *rest]) + "." + part),)


def _groups_of_thousand(first: str, rest: list[str]) -> bool:
    return 1 <= len(first) <= 3 and first[0] != "0" and all(len(r) == 3 for r in rest)
