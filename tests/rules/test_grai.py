"""Which question is asked of what happened, and how notes are shortened to fit."""

from datetime import date

import pytest

from handlers.rules.grai import Course, Note, question, told

STEP = 0.11

TABLE = [
    # before, after, updates, said, blocked, held → the question
    (0.5, 1.0, 1, 1, False, False, "beyond"),
    (0.9, 1.3, 2, 3, True, False, "beyond"),
    (1.0, 1.0, 0, 0, False, False, "steady"),  # reached before, and nothing to ask
    (0.5, 0.4, 1, 1, False, False, "fell"),
    (0.5, 0.4, 1, 2, True, False, "fell"),  # the first that fits
    (1.0, 0.0, 1, 1, False, True, "fell"),  # a line that was crossed
    (0.5, 0.6, 1, 1, True, False, "blocked"),
    (0.5, 0.5, 0, 0, True, False, "blocked"),  # asked of somebody before the period
    (0.5, 0.5, 0, 0, False, False, "no_update"),
    (1.0, 1.0, 0, 0, False, True, "no_update"),
    (0.5, 0.5, 1, 2, False, False, "stalled"),
    (0.5, 0.5, 0, 2, False, False, "stalled"),  # notes, and no value
    (0.1, 0.36, 2, 2, False, False, "jumped"),
    (0.1, 0.34, 2, 2, False, False, "steady"),
    (0.1, 0.2, 1, 1, False, False, "steady"),
    (1.0, 1.0, 1, 1, False, True, "steady"),  # held, as it should be
    (0.0, 1.0, 1, 1, False, True, "jumped"),  # back on the right side
]


@pytest.mark.parametrize("row", TABLE)
def test_the_question(row: tuple[float, float, int, int, bool, bool, str]) -> None:
    before, after, updates, said, blocked, held, expected = row
    assert question(Course(before, after, STEP, updates, said, blocked=blocked, held=held)) == expected


def test_in_a_short_cycle_a_third_of_the_way_is_no_jump() -> None:
    assert question(Course(0.1, 0.45, 0.33, 2, 2)) == "steady"


def test_who_moves_and_stays_behind_is_not_told_that_all_is_as_planned() -> None:
    assert question(Course(0.3, 0.35, 0.1, 1, 1, behind=True)) == "behind"
    assert question(Course(0.3, 0.3, 0.1, 1, 1, behind=True)) == "stalled"
    assert question(Course(0.1, 0.9, 0.1, 1, 1, behind=True)) == "jumped"
    assert question(Course(0.1, 0.65, 0.33, 2, 2)) == "jumped"


def test_notes_are_told_in_order_and_what_was_in_the_way_is_never_left_out() -> None:
    notes = [Note(date(2026, 11, n), f"note {n}", blocker="legal" if n == 1 else "") for n in range(1, 11)]
    kept, left = told(notes, 4)
    assert [note.on.day for note in kept] == [1, 8, 9, 10]
    assert left == 6


@pytest.mark.parametrize("count", [1, 3, 6, 40])
def test_however_long_the_notes_are_they_fit(count: int) -> None:
    notes = [Note(date(2026, 11, 1), "客户反馈很好，" * 400, blocker="法务审核" * 400) for _ in range(count)]
    kept, left = told(notes, 6, 800)
    assert sum(len(note.text) + len(note.blocker) for note in kept) <= 800
    assert all(note.text and note.blocker for note in kept)
    assert len(kept) + left == count


def test_no_notes_are_none() -> None:
    assert told([]) == ([], 0)
