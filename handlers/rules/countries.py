"""Whose calendar is meant by what people type: "CN", "Germany", "de by", "巴伐利亚". It loads its names when it is first asked."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from rapidfuzz import fuzz, process

_EXAMPLE = "DE-BY"
_NEAR_ENOUGH = 75.0
_LONGEST = 60
_SEPARATORS = re.compile(r"[\s,;/_.·()\-–—，、；（）]+")
# English and 中文 go first: where two languages have one word for different places, these decide.
_LANGUAGES = (
    "en",
    "zh",
    "zh_Hant",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "ja",
    "ko",
    "ru",
    "sv",
    "nb",
    "da",
    "fi",
    "pl",
    "cs",
    "tr",
    "id",
    "vi",
)
# What people say and no list of names has.
_SAID = {
    "AE": "UAE Emirates 阿联酋",
    "CI": "IvoryCoast",
    "CN": "PRC MainlandChina 中华人民共和国 中国大陆 大陆",
    "CZ": "CzechRepublic",
    "GB": "UK Britain GreatBritain 大不列颠",
    "HK": "HongKong 香港",
    "KR": "Korea RepublicOfKorea 한국",
    "MO": "Macau Macao 澳门 澳門",
    "NL": "Holland",
    "RU": "RussianFederation",
    "TR": "Turkey",
    "TW": "臺灣",
    "US": "America UnitedStatesOfAmerica",
}
_SAID_PARTS = {
    "DE-BW": "巴登-符腾堡 巴符州",
    "DE-BY": "Bavaria 巴伐利亚 拜仁",
    "DE-BE": "柏林",
    "DE-BB": "勃兰登堡",
    "DE-HB": "不来梅 不莱梅",
    "DE-HH": "汉堡",
    "DE-HE": "Hesse 黑森",
    "DE-MV": "Mecklenburg-WesternPomerania 梅克伦堡-前波美拉尼亚 梅前州",
    "DE-NI": "LowerSaxony 下萨克森",
    "DE-NW": "NorthRhine-Westphalia NRW 北莱茵-威斯特法伦 北威州",
    "DE-RP": "Rhineland-Palatinate 莱茵兰-普法尔茨 莱法州",
    "DE-SL": "萨尔 萨尔兰",
    "DE-SN": "Saxony 萨克森",
    "DE-ST": "Saxony-Anhalt 萨克森-安哈尔特",
    "DE-SH": "石勒苏益格-荷尔斯泰因 石荷州",
    "DE-TH": "Thuringia 图林根",
    "US-CA": "加州 加利福尼亚",
    "US-NY": "NewYorkState 纽约",
    "US-TX": "德州 得州 得克萨斯",
    "US-WA": "WashingtonState 华盛顿州",
    "US-MA": "麻省 马萨诸塞",
    "GB-ENG": "英格兰",
    "GB-SCT": "苏格兰",
    "GB-WLS": "威尔士",
    "GB-NIR": "北爱尔兰",
    "CA-ON": "安大略",
    "CA-QC": "魁北克",
    "CA-BC": "不列颠哥伦比亚",
    "AU-NSW": "新南威尔士",
    "AU-VIC": "维多利亚",
    "AU-QLD": "昆士兰",
}


def country_named(text: str) -> str | None:
    """The code of the country or the part of one that is called so: "DE", "DE-BY". None where there is no calendar, or there are two."""
    words = _words(text)
    whole = "".join(words)
    if not whole or len(whole) > _LONGEST:
        return None
    # A code with its part goes first: AR-E is in Argentina, ARE are the Emirates.
    found = _coded(words) or _countries().get(whole) or _countries().get(whole.removeprefix("the")) or _part(whole)
    return found or next((code for pair in _splits(words) if (code := _part_of(*pair))), None)


def nearest_country(text: str) -> str:
    """The code of the calendar that comes nearest to a text, for an example; of a text like none it is "DE-BY"."""
    words = _words(text)[:_LONGEST]
    for word in words[:1] + words[-1:]:
        if country := _countries().get(word):
            return country
    names = {name: code for name, code in (_parts() | _countries()).items() if code and (len(name) > 3 or not name.isascii())}
    near = process.extractOne("".join(words)[:_LONGEST], list(names), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return names[near[0]] if near else _EXAMPLE


def _words(text: str) -> list[str]:
    return [word for word in map(_key, _SEPARATORS.split(text)) if word]


def _splits(words: list[str]) -> Iterator[tuple[str, str]]:
    """The ways to read words as a country and a part of it, in both orders; what is written without spaces may part anywhere."""
    pieces = list(words[0]) if len(words) == 1 and not words[0].isascii() else words
    for at in range(1, len(pieces)):
        left, right = "".join(pieces[:at]), "".join(pieces[at:])
        yield left, right
        yield right, left


def _coded(words: list[str]) -> str | None:
    return _part_of(words[0], "".join(words[1:])) if len(words) > 1 and len(words[0]) == 2 else None


def _part(name: str) -> str | None:
    return _parts().get(name) or _parts().get(name.removesuffix("州"))


def _part_of(country: str, part: str) -> str | None:
    code = _countries().get(country)
    if code is None:
        return None
    named = _part(part)
    return _subdivisions()[code].get(part) or (named if named and named.startswith(f"{code}-") else None)


@cache
def _countries() -> dict[str, str | None]:
    """Codes and names of countries, as keys, to codes."""
    from babel import Locale  # noqa: PLC0415  (with the names of a score of languages, for the few times that somebody says where they are)
    from babel.core import get_global  # noqa: PLC0415

    found: dict[str, str | None] = {_key(code): code for code in _subdivisions()}
    for long, codes in get_global("territory_aliases").items():
        if len(long) == 3 and len(codes) == 1 and codes[0] in _subdivisions():
            found[_key(long)] = codes[0]
    for code, names in _SAID.items():
        found.update((_key(name), code) for name in names.split())
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in _subdivisions():
                found.setdefault(_key(name), code)
    return found


@cache
def _parts() -> dict[str, str | None]:
    """Names of parts of countries to codes; None for a name that several countries have."""
    found: dict[str, str | None] = {}
    for parts in _subdivisions().values():
        for name, code in parts.items():
            # Codes alone say too little ("BY" is Belarus); a name is longer than any of them.
            if len(name) > 3 or not name.isascii():
                found[name] = code if found.get(name, code) == code else None
    for code, names in _SAID_PARTS.items():
        found.update((_key(name), code) for name in names.split())
    return found


@cache
def _subdivisions() -> Mapping[str, Mapping[str, str]]:
    """Of each country that has a calendar: the keys of its parts, by code and by name, to codes such as "DE-BY"."""
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415  (loaded with the first calendar, see workdays)

    found = {}
    for country in list_supported_countries(include_aliases=False):
        calendar = country_holidays(country)
        names = {code: code for code in calendar.subdivisions} | calendar.subdivisions_aliases
        found[country] = {_key(name): f"{country}-{code}" for name, code in names.items()}
    return found


def _key(name: str) -> str:
    """A name without what people leave out: case, accents, spaces and signs."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isalnum())
