"""Writes what somebody changes, and the journal beside it: no field of an OKR changes any other way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from handlers.asking import Asking
from storage import at_once
from storage.actions import Action
from storage.base import Owned
from storage.checkins import CheckIn
from storage.journal import Act, Noted, begin_act, note_changes
from storage.lessons import Lesson, LessonShown
from storage.noticed import Noticed
from storage.okrs import Cycle, KeyResult, Objective, Request, Stage
from storage.people import Account, Member, Organisation, Team, TeamMember
from storage.pulse import Absence, Prompt
from storage.reviews import Review, ReviewEntry
from storage.sharing import Comment, Share

Row = Owned | Organisation

PREFIX: dict[type[Row], str] = {
    Objective: "o",
    KeyResult: "k",
    CheckIn: "i",
    Request: "r",
    Stage: "s",
    Member: "m",
    Account: "a",
    Team: "t",
    TeamMember: "b",
    Cycle: "y",
    Organisation: "z",
    Comment: "n",
    Share: "g",
    Prompt: "q",
    Absence: "v",
    Action: "e",
    Review: "w",
    ReviewEntry: "x",
    Lesson: "l",
    LessonShown: "h",
    Noticed: "u",
}
TABLE = {prefix: table for table, prefix in PREFIX.items()}
_AT_ONCE = (CheckIn, KeyResult)  # what a check-in writes; the other rows are the unit of work's


def thing(row: Row) -> str:
    """A row's name in the journal and on buttons: "o5", "k12"."""
    return f"{PREFIX[type(row)]}{row.id}"  # type: ignore[union-attr]


def table_of(name: str) -> tuple[type[Row], int]:
    """The table and the id that a row's name stands for."""
    prefix = name.rstrip("0123456789")
    return TABLE[prefix], int(name[len(prefix) :])


class Pen:
    """One act of the asker. It is written with its first change, so that an act without a change leaves no trace."""

    def __init__(self, asking: Asking, what: str, undoes: Act | None = None) -> None:
        self._asking, self._what, self._undoes = asking, what, undoes
        self.act: int | None = None
        self._gathered: list[Noted] | None = None

    def set(self, row: Row, *, reason: str = "", **fields: Any) -> bool:
        """Gives a row new values; false when it has them already."""
        changed = {name: (getattr(row, name), new) for name, new in fields.items() if getattr(row, name) != new}
        if not changed:
            return False
        self._note(row, changed, reason)
        values = {name: new for name, (_, new) in changed.items()}
        if hasattr(row, "version"):
            values["version"] = row.version + 1
        if isinstance(row, _AT_ONCE) and row in self._asking.session:
            at_once.changed(self._asking.session, row, values)
            return True
        for name, new in values.items():
            setattr(row, name, new)
        self._asking.session.add(row)
        return True

    def add(self, row: Row, *, field: str, absent: Any) -> None:
        """Stores a new row; taken back, its `field` becomes `absent`."""
        if isinstance(row, _AT_ONCE):
            at_once.stored(self._asking.session, row)
        else:
            self._asking.session.add(row)
            self._asking.session.flush()
        self._note(row, {field: (absent, getattr(row, field))})

    @property
    def number(self) -> int:
        """The act's id; an act that changed nothing has none, and asking for it is a bug."""
        assert self.act is not None
        return self.act

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is changed meanwhile is noted in one statement at the end; the block reads nothing of the journal."""
        gathered: list[Noted] = []
        self._gathered = gathered
        try:
            yield
        finally:
            self._gathered = None
        if gathered:
            note_changes(self._asking.session, self.number, gathered)

    def _note(self, row: Row, changes: dict[str, tuple[Any, Any]], reason: str = "") -> None:
        self._begin()
        noted = Noted(thing(row), changes, reason)
        if self._gathered is not None:
            self._gathered.append(noted)
        else:
            note_changes(self._asking.session, self.number, [noted])

    def _begin(self) -> None:
        if self.act is None:
            message = self._asking.message
            self.act = begin_act(
                self._asking.session,
                by_id=self._asking.me,
                at=self._asking.now,
                what=self._what,
                platform=message.sender.platform,
                delivery=message.delivery,
                undoes=self._undoes.id if self._undoes else None,
                undone_by=None,
                forward=not self._undoes.forward if self._undoes else True,
            )
