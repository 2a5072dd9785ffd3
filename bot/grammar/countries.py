"""What may stand behind `country` and `holidays`: a code or a name; whether there is such a country is not known here."""

import re

from bot.commands import Command, Country
from bot.grammar import people, rest
from bot.grammar.characters import CJK
from bot.grammar.cursor import Cursor

_EDGES = " \n:,，。.!~"
_DEFAULT = ("default", "usual", "reset", "默认")
_NOBODYS = ("none", "no", "off", "nothing", "no holidays", "无", "没有", "不设", "关")
_CODE = re.compile(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{1,3})?")
_NO_CODES = "is in on at to as we or of by it if my no so up be do go he me an am ok"
_WORDS_OF_TWO = frozenset(_NO_CODES.split())
_NAME = re.compile(r"[A-Z][a-z]+(?: (?:of|and|the|[A-Z][a-z]+)){0,3}|[A-Z]{2,3}")
_WELL_KNOWN = """
china germany france japan korea india singapore usa uk america england britain scotland ireland spain italy portugal poland
austria switzerland netherlands belgium denmark sweden norway finland canada mexico brazil argentina australia vietnam thailand
malaysia indonesia philippines israel turkey taiwan 中国 中国大陆 大陆 香港 澳门 台湾 日本 韩国 新加坡 美国 英国 德国 法国 印度
越南 泰国 马来西亚 印度尼西亚 印尼 菲律宾 澳大利亚 澳洲 加拿大 俄罗斯 巴西 墨西哥 西班牙 意大利 荷兰 瑞士 瑞典 挪威 丹麦 芬兰 波兰
奥地利 爱尔兰 以色列 土耳其 阿联酋
"""
_KNOWN = frozenset(_WELL_KNOWN.split())  # in small letters, or in 中文 without a space, these alone are no sentence
_OF = re.compile(r"(?:in|of|for|are|is)\s+(?:the\s+)?|[是为]\s*", re.IGNORECASE)
_HAN_NAME = re.compile(rf"[{CJK}]{{2,6}}")


def country(cursor: Cursor) -> Command | None:
    """`country DE-BY`, `holidays in Germany`, `国家 中国`, `country default`, `country none`; alone it tells which."""
    if rest.has_text_field(cursor):
        return Country(rest.text(cursor))
    word = cursor.folded[: cursor.position]
    apart = rest.apart(cursor)
    said = rest.without(_OF, cursor.folded[cursor.position :].strip(_EDGES))
    if not said:
        return Country()
    if said.lower() in _DEFAULT:
        return Country("default")
    if said.lower() in _NOBODYS:
        return Country("none")
    return Country(said) if _a_country(said) or (apart and word == "国家" and _HAN_NAME.fullmatch(said)) else None


def _a_country(said: str) -> bool:
    if _CODE.fullmatch(said):
        return said.lower() not in _WORDS_OF_TWO
    return said.lower() in _KNOWN or _NAME.fullmatch(said) is not None


def say(command: Country) -> str:
    """`country DE-BY`."""
    if command.code in ("", "default", "none"):
        return f"country {command.code}".strip()
    plain = _a_country(command.code) and not _OF.match(command.code) and command.code.lower() not in (*_DEFAULT, *_NOBODYS)
    return f"country {command.code}" if plain else f"country text={people.quote(command.code)}"
