"""How a key result went in a period, and the one question that is asked of its owner: drawn from what was recorded. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.replies import Amount, Source

Question = Literal["beyond", "fell", "blocked", "no_update", "stalled", "jumped", "behind", "steady"]
JUMP = 0.25  # of the whole way, in one period
AS_PLANNED = 1.5  # times the pace's own step: in a cycle of a month every period is a jump otherwise
SMALL = 1e-9
MOST_NOTES, LONGEST_NOTES = 6, 800  # a Feishu field holds 1,000 characters
LEAST_OF_NOTE = 40


@dataclass(frozen=True)
class Course:
    """How a key result went. before, after: progress, 0.0–1.0, may exceed 1.0. step: how much of its time the period is, 0.0–1.0.

    updates: values said in the period. said: everything said of it. blocked: something in the way is open. held: its value is to stay
    on one side of a line, so that standing still is as it should be. behind: it is at risk or off track all the same.
    """

    before: float
    after: float
    step: float
    updates: int
    said: int
    blocked: bool = False
    held: bool = False
    behind: bool = False

    @property
    def moved(self) -> float:
        """How far it came, backwards below 0."""
        return self.after - self.before


def question(course: Course) -> Question:
    """What to ask: the first that fits."""
    if not course.held and course.after >= 1 and course.updates:
        return "beyond"
    if course.moved < -SMALL:
        return "fell"
    if course.blocked:
        return "blocked"
    if not course.said:
        return "steady" if course.after >= 1 and not course.held else "no_update"
    if not course.held and course.moved <= SMALL and course.after < 1:
        return "stalled"
    if course.moved >= max(JUMP, AS_PLANNED * course.step):
        return "jumped"
    return "behind" if course.behind else "steady"


@dataclass(frozen=True)
class Note:
    """Something said on a day. help: whom it asks for help, "" for what is said in a check-in. who: of somebody else than the owner."""

    on: date
    text: str = ""
    blocker: str = ""
    help: str = ""
    who: str = ""
    source: Source | None = None
    value: Amount | None = None


def told(notes: Sequence[Note], most: int = MOST_NOTES, room: int = LONGEST_NOTES) -> tuple[list[Note], int]:
    """The notes to tell in order, shortened to fit, and how many are left out: what was in the way and what is newest first."""
    wanted = sorted(range(len(notes)), key=lambda i: (not (notes[i].blocker or notes[i].help), -i))[:most]
    kept = [notes[i] for i in sorted(wanted)]
    return [_shortened(note, max(LEAST_OF_NOTE, room // len(kept))) for note in kept], len(notes) - len(kept)


def _shortened(note: Note, room: int) -> Note:
    """At most half of the room is the blocker's where both do not fit."""
    blocker = cut(note.blocker, max(room - len(note.text), room // 2))
    return replace(note, blocker=blocker, text=cut(note.text, room - len(blocker)))


def cut(text: str, room: int) -> str:
    """The text on one line, its end left out where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= room else f"{line[: max(1, room - 1)].rstrip()}…"
