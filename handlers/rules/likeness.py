"""How like two key results are, by their words alone: pairs of characters of 中文, stems of other words; numbers tell nothing. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

ALIKE = 0.55
SAME_MEASURE = 0.1
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
_HAN_RUN = re.compile(rf"[{_HAN}]+")
# What most key results say, whatever they are about.
_SAID_BY_ALL = re.compile(
    r"(?:提升|提高|增长|增加|降低|减少)[到至]?|降[到至]|达[到成]|完成|实现|以[上下]|不[低高]于|[从由到至]",
)
_SMALL_WORDS = """
a an the of to from by for in on at with and or per our we all more less than least most up down under over below above keep reach
increase reduce raise lower grow improve decrease cut get make be is are each every new number rate
"""
_STOP = frozenset(_SMALL_WORDS.split())
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "ies", "ied", "ed", "es", "s", "ly", "y", "e")


@dataclass(frozen=True)
class Written:
    """A key result, or an objective (metric ""), as it is compared."""

    title: str
    metric: str = ""
    unit: str = ""


@lru_cache(maxsize=8192)
def signs(title: str) -> frozenset[str]:
    """What a title is compared by."""
    text = _SAID_BY_ALL.sub(" ", title.lower())
    found = {run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(max(1, len(run) - 1))}
    words = (word for word in _WORD.findall(_HAN_RUN.sub(" ", text)) if word not in _STOP)
    return frozenset(found | {_stem(word) for word in words})


def _stem(word: str) -> str:
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
    return word.removesuffix(ending) if ending else word


def likeness(one: Written, other: Written) -> float:
    """0.0–1.0: how much of what they say is the same; what is measured alike is a little more so."""
    mine, theirs = signs(one.title), signs(other.title)
    if not mine or not theirs:
        return 0.0
    return _weighed(2 * len(mine & theirs) / (len(mine) + len(theirs)), one, other)


def _weighed(shared: float, one: Written, other: Written) -> float:
    same = bool(one.metric) and one.metric not in ("done", "stages") and (one.metric, one.unit) == (other.metric, other.unit)
    return min(1.0, shared + (SAME_MEASURE if same and shared else 0.0))


class Earlier:
    """Many that were written before, to be asked for what is like a new one; each is looked at only where it shares a sign."""

    def __init__(self, written: Sequence[Written]) -> None:
        self._written = written
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(written):
            for sign in signs(one.title):
                self._places[sign].append(place)

    def like(self, new: Written) -> list[int]:
        """The places of those that are like it, the likest first, then in their order."""
        shared = Counter(place for sign in signs(new.title) for place in self._places.get(sign, ()))
        scores = {place: likeness(new, self._written[place]) for place in shared}
        return sorted((place for place, score in scores.items() if score >= ALIKE), key=lambda place: (-scores[place], place))
