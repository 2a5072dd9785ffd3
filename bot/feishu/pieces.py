"""Puts deliveries together that Feishu's long connection sends in pieces; it reads none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MANY = 64  # deliveries under way at once
MOST = 1024  # pieces of one
SECONDS = 30.0


@dataclass
class _Begun:
    number: int
    since: float
    pieces: dict[int, bytes] = field(default_factory=dict)


class Pieces:
    """The deliveries of one connection that have not come whole yet. clock: seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun: dict[str, _Begun] = {}

    def whole(self, headers: Mapping[str, str], piece: bytes) -> bytes | None:
        """The whole delivery once its last piece is here, in whatever order they come; None until then, and for what makes no sense."""
        number, place = _number(headers.get("sum", "1")), _number(headers.get("seq", "0"))
        if number is None or place is None or not 1 <= number <= MOST or place >= number:
            return None
        if number == 1:
            return piece
        begun = self._at(headers.get("message_id", ""), number)
        begun.pieces[place] = piece
        if len(begun.pieces) < number:
            return None
        del self._begun[headers.get("message_id", "")]
        return b"".join(begun.pieces[place] for place in range(number))

    def _at(self, delivery: str, number: int) -> _Begun:
        """What is here of a delivery; what has waited too long for its rest is let go, because Feishu pushes it again."""
        now = self._clock()
        for old in [name for name, begun in self._begun.items() if now - begun.since > SECONDS]:
            del self._begun[old]
        begun = self._begun.get(delivery)
        if begun is None or begun.number != number:
            if begun is None and len(self._begun) >= MANY:
                del self._begun[next(iter(self._begun))]
            begun = self._begun[delivery] = _Begun(number, now)
        return begun


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None
