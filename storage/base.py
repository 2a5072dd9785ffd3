"""What every table of an organisation shares; the guard in store.py keeps organisations apart by this class."""

from sqlmodel import Field, SQLModel


class Owned(SQLModel):
    """A row that belongs to one organisation; 0 until the transaction that stores it stamps it."""

    organisation_id: int = Field(default=0, foreign_key="organisations.id", index=True)
