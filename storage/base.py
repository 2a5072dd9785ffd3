"""What every table of an organisation shares; the guard in store.py keeps organisations apart by this class."""

import unicodedata

from sqlmodel import Field, SQLModel


class Owned(SQLModel):
    """A row that belongs to one organisation; 0 until the transaction that stores it stamps it."""

    organisation_id: int = Field(default=0, foreign_key="organisations.id", index=True)


def alike(name: str) -> str:
    """What two names have in common when they are taken for the same: neither case, width nor spacing tells them apart.

    Compared in Python: lower() of SQLite knows ASCII alone.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
