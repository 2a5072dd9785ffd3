"""Every table there is, gathered so that the metadata is whole wherever it is needed."""

from sqlmodel import SQLModel

from storage import chat, checkins, journal, lanes, okrs, outbox, people, pulse, sharing

METADATA = SQLModel.metadata
ROOMS = (people, okrs, checkins, journal, outbox, chat, sharing, pulse, lanes)
