"""Every table there is, gathered so that the metadata is whole wherever it is needed."""

from sqlmodel import SQLModel

from storage import actions, chat, checkins, journal, lanes, lessons, noticed, okrs, outbox, people, pulse, reviews, sharing

METADATA = SQLModel.metadata
ROOMS = (people, okrs, checkins, journal, outbox, chat, sharing, pulse, lanes, reviews, actions, lessons, noticed)
