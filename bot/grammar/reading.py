"""The order in which a text is read: as a command, as check-in lines, as prose. Never raises, never guesses."""

import re

from bot.commands import (
    AddKeyResult,
    Carry,
    CheckIn,
    CloseReview,
    Command,
    Comments,
    Cycles,
    Edit,
    Help,
    History,
    Mine,
    New,
    Prose,
    Quantity,
    Ref,
    ReopenReview,
    Review,
    ReviewOne,
    Score,
    Show,
    ShowPerson,
    ShowTeam,
    Teams,
    Value,
    Weigh,
)
from bot.grammar import checkins, lines, people, quantities, references, shapes, values
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.words import canonical

_MOST_NAMED = 20
_LONGEST_WORD = 30
_LOOKS_BACK = Review | ReviewOne | CloseReview | ReopenReview
_LINED = New | Edit | AddKeyResult | Weigh | Score | Carry
_EDGES = " :：\n"
_ASKS = Show | ShowPerson | ShowTeam | Teams | Mine | History | Comments | Cycles | Help
_SLASH = re.compile(r"\s*/(okr|checkin)(?![A-Za-z0-9_])[ \t]*", re.IGNORECASE)  # typed where no slash command reaches
_GAP = re.compile(r"[\s:：,，]*")
_NOT_SO = re.compile(
    r"[?]\s*$|[吗呢]\s*[。.]?\s*$|\b(?:want|need|should|must|will|would|could|may|might|goal|target|aim|plan|hope|expect|if|try|let's|not|never|until|by)\b"
    r"|要|目标|希望|计划|争取|预计|应该|如果|打算|力争|未|没|不|是否|下周|明天",
    re.IGNORECASE,
)


def parse(text: str, *, checkin_first: bool = False, thread: Ref | None = None) -> Command:
    """What a text asks for. checkin_first: after /checkin, or an answer in a prompt's thread. thread: what its card is about."""
    slash = _SLASH.match(text)
    if slash:
        text, checkin_first = text[slash.end() :], checkin_first or slash[1].lower() == "checkin"
    if not text.strip():
        return CheckIn() if checkin_first else Mine(due=True)
    if checkin_first:
        return _as_checkin(text, thread) or _as_command(text, thread) or _as_prose(text, thread)
    return _as_command(text, thread) or _lines(text, thread=thread, certain=False) or _as_prose(text, thread)


def _as_command(text: str, thread: Ref | None) -> Command | None:
    command = shapes.read(text) or _asked(text)
    return shapes.in_thread(command, thread) if command else None


def _asked(text: str) -> Command | None:
    """`KR1.2?` asks to see it."""
    bare = text.rstrip(" ?？")
    command = shapes.read(bare) if bare != text and len(bare) < shapes.LONGEST_NEAR else None
    return command if isinstance(command, _ASKS) else None


def _as_checkin(text: str, thread: Ref | None) -> Command | None:
    """Check-in lines first, except where the whole text asks to see something, or is a command whose own lines look like them."""
    lined = "\n" in text.strip()
    asked = shapes.read(text) if lined or len(text) < shapes.LONGEST_NEAR else None
    if isinstance(asked, _LOOKS_BACK | Show | History | Comments) or (lined and isinstance(asked, _LINED)):
        return None
    return _lines(text, thread=thread, certain=True)


def _lines(text: str, *, thread: Ref | None, certain: bool) -> CheckIn | None:
    return checkins.read(text, certain=certain, thread=thread)


def _as_prose(text: str, thread: Ref | None) -> Prose:
    """Nothing above: the numbers and the key results in it, for the question that follows."""
    searched = text[: checkins.LONGEST]
    okr = checkins.looks_like_an_okr(searched.split("\n")[: checkins.MOST_LINES])
    named = [(a, b, ref) for a, b, ref in references.find(searched, most=_MOST_NAMED) if lines.names_key_result(ref)]
    refs = dict.fromkeys(references.within(_owned(searched, begin, ref), thread) for begin, _, ref in named)
    numbers = (
        () if okr else _clear(searched, [end for begin, end, _ in named if not _commanded(searched, begin)]) if named else _values(searched)
    )
    return Prose(text.strip(), numbers, tuple(refs), "new" if okr else shapes.nearest(text))


def _owned(text: str, begin: int, ref: Ref) -> Ref:
    """Whose it is, when a person is named at the text's beginning and directly before the reference."""
    before = text[:begin].strip()
    return Ref(ref.objective, ref.key_result, ref.id, people.read(before)) if before and people.read(before) else ref


def _commanded(text: str, begin: int) -> bool:
    """`rhythm KR1.2 10` was to be some command: its number is no value."""
    return begin <= _LONGEST_WORD and bool(canonical(text[:begin].strip(_EDGES)))


def _clear(text: str, ends: list[int]) -> tuple[Quantity, ...]:
    """The values said directly behind a reference; none where the sentence asks, wishes or plans."""
    folded = fold(text)
    if _NOT_SO.search(folded):
        return ()
    said = (_said_at(Cursor(text, folded, end)) for end in ends)
    return tuple(value.quantity for value in said if value and value.kind == "set" and value.quantity)


def _said_at(cursor: Cursor) -> Value | None:
    cursor.take(_GAP)
    value = values.take_value(cursor)
    return None if value and lines.not_a_value(cursor, value) else value


def _values(text: str) -> tuple[Quantity, ...]:
    """The numbers in a sentence that names no key result, without that of a confidence."""
    blanked = text
    for begin, end in values.confidence_spans(fold(text)):
        blanked = blanked[:begin] + " " * (end - begin) + blanked[end:]
    return tuple(quantity for _, _, quantity in quantities.find(blanked, most=_MOST_NAMED))
