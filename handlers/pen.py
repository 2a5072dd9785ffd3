"""Writes what somebody changes, and the journal beside it: no field of an OKR changes any other way."""

from typing import Any

from handlers.asking import Asking
from storage.base import Owned
from storage.checkins import CheckIn
from storage.journal import Act, Change, kept
from storage.okrs import Cycle, KeyResult, Objective, Request, Stage
from storage.people import Account, Member, Organisation, Team, TeamMember
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
}
TABLE = {prefix: table for table, prefix in PREFIX.items()}


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
        self.act: Act | None = None

    def set(self, row: Row, *, reason: str = "", **fields: Any) -> bool:
        """Gives a row new values; false when it has them already."""
        changed = {name: new for name, new in fields.items() if getattr(row, name) != new}
        for name, new in changed.items():
            self._note(row, name, getattr(row, name), new, reason)
            setattr(row, name, new)
        if changed and hasattr(row, "version"):
            row.version += 1
        if changed:
            self._asking.session.add(row)
        return bool(changed)

    def add(self, row: Row, *, field: str, absent: Any) -> None:
        """Stores a new row; taken back, its `field` becomes `absent`."""
        self._asking.session.add(row)
        self._asking.session.flush()
        self._note(row, field, absent, getattr(row, field), "")

    @property
    def number(self) -> int:
        """The act's id; an act that changed nothing has none, and asking for it is a bug."""
        assert self.act is not None
        assert self.act.id is not None
        return self.act.id

    def _note(self, row: Row, name: str, old: Any, new: Any, reason: str) -> None:
        self._begin()
        change = Change(act_id=self.number, thing=thing(row), field=name, old=kept(old), new=kept(new), reason=reason)
        self._asking.session.add(change)

    def _begin(self) -> None:
        if self.act is None:
            message = self._asking.message
            self.act = Act(
                by_id=self._asking.me,
                at=self._asking.now,
                what=self._what,
                platform=message.sender.platform,
                delivery=message.delivery,
                undoes=self._undoes.id if self._undoes else None,
                forward=not self._undoes.forward if self._undoes else True,
            )
            self._asking.session.add(self.act)
            self._asking.session.flush()
