"""A piece of text that gives up what is read out of it, so that the rest can be its title."""

import re

from bot.grammar.characters import fold

LONGEST = 4000
_TAKEN = "\x01"
_AROUND = r"\s,;，；、·|"
_EMPTY_BRACKETS = re.compile(rf"[(（\[【][{_AROUND}{_TAKEN}]*+[)）\]】]")
_JOINT = re.compile(rf"(?<![{_AROUND}])[{_AROUND}]*+{_TAKEN}[{_AROUND}{_TAKEN}]*")
_EDGE = " \t\n,;，；、|·/:：—–"
_SPACES = re.compile(r"[ \t\n\u00a0\u3000]+")
_HAN = re.compile(r"[\u3400-\u9fff，。；、：）（]")


class Words:
    """The words of one O or KR. `take` finds and removes; `title` is what stays, as typed.

    Only the first 4,000 characters are searched; whatever follows stays in the title.
    """

    def __init__(self, text: str) -> None:
        self.rest = text[LONGEST:]
        self.raw = text[:LONGEST]
        self.folded = fold(self.raw)

    def take(self, pattern: re.Pattern[str], *, last: bool = False) -> re.Match[str] | None:
        """The first (or last) match, which leaves the text; None when there is none."""
        found = None
        for found in pattern.finditer(self.folded):  # noqa: B007
            if not last:
                break
        if found:
            self.cut(found.start(), found.end())
        return found

    def cut(self, begin: int, end: int) -> None:
        """Takes a span out of the title."""
        self.folded = self.folded[:begin] + _TAKEN * (end - begin) + self.folded[end:]

    def put(self, title: str) -> None:
        """A title for words that hold none of their own."""
        self.rest = title

    def typed(self, begin: int, end: int) -> str:
        """What stands there, as it was typed."""
        return self.raw[begin:end].strip()

    def title(self) -> str:
        """What was not taken, without the separators that stood around what was."""
        kept = "".join(_TAKEN if f == _TAKEN else r for r, f in zip(self.raw, self.folded, strict=True))
        kept = _JOINT.sub(_joint, _EMPTY_BRACKETS.sub(_TAKEN, kept)) if _TAKEN in kept else kept
        return tidy(kept + self.rest)


def _joint(found: re.Match[str]) -> str:
    text, gap = found.string, found.group()
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    separators = [c for c in gap if c in ",;，；、·|"]
    if len(separators) > 1:
        return separators[0] if separators[0] in "，；、" else f"{separators[0]} "
    return "" if _HAN.match(before) and _HAN.match(after) else " "


def tidy(text: str) -> str:
    """A title: one line, no separators at its ends, no full stop."""
    text = _SPACES.sub(" ", text).strip(_EDGE)
    while text and (text[-1] in _EDGE or (text[-1] in "。." and not text.endswith(".."))):
        text = text[:-1]
    return text.lstrip(_EDGE + "。.") if text[:1] in _EDGE + "。" else text
