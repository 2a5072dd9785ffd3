"""Whose rows a session may touch: every one says so, and a row is written into no other organisation."""

from sqlmodel import Session

from storage.base import Owned

EVERYWHERE = 0
PREPARED = "tenday_prepared"  # an execution option: this statement carries its organisation already


class Strayed(RuntimeError):
    """A query on an organisation's rows without saying which organisation: a bug, stopped before it reads anything."""


def organisation_for(session: Session, kind: type[Owned], said: int = 0) -> int:
    """The organisation that a new row of this session belongs to. said: what the row itself says, 0 for nothing."""
    organisation: int | None = session.info.get("organisation")
    if organisation is None or (said or organisation) == EVERYWHERE or (organisation != EVERYWHERE and said not in (0, organisation)):
        raise Strayed(f"a new {kind.__name__} outside its organisation")
    return said or organisation
