"""Every line of the table means what it says, and says the same again when it is phrased."""

import pytest

from bot.commands import Ref
from bot.grammar import parse, phrase
from tests.grammar.notation import told, unmarked
from tests.grammar.table import COMMANDS, IN_A_THREAD, LINES, SENTENCES, rows
from tests.grammar.table_of_changes import CHANGES, CYCLES, NO_COMMANDS, SHARING, TEAMS
from tests.grammar.table_of_oneself import ONESELF
from tests.grammar.table_of_the_pulse import NO_PULSE, PULSE

ALL = [
    row
    for table in (LINES, COMMANDS, SENTENCES, CHANGES, TEAMS, CYCLES, SHARING, NO_COMMANDS, PULSE, NO_PULSE, ONESELF)
    for row in rows(table)
]


@pytest.mark.parametrize(("typed", "expected"), ALL, ids=[typed for typed, _ in ALL])
def test_means(typed: str, expected: str) -> None:
    assert told(parse(unmarked(typed))) == expected


@pytest.mark.parametrize(("typed", "expected"), rows(IN_A_THREAD))
def test_means_in_a_thread(typed: str, expected: str) -> None:
    assert told(parse(unmarked(typed), checkin_first=True, thread=Ref(3))) == expected


@pytest.mark.parametrize("typed", [typed for typed, _ in ALL], ids=[typed for typed, _ in ALL])
def test_phrase_says_the_same(typed: str) -> None:
    command = parse(unmarked(typed))
    assert parse(phrase(command)) == command


def test_the_table_is_large() -> None:
    assert len(dict(ALL)) == len(ALL) >= 1150
