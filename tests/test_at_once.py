"""What is written at once is the session's own, goes with its savepoint, and stays in its organisation; a check-in that fails leaves nothing."""

import pytest
from sqlmodel import Session, select

from handlers import dispatch
from handlers.refusals import Refusal
from storage.apart import Strayed
from storage.at_once import changed, stored
from storage.checkins import CheckIn
from storage.okrs import KeyResult
from storage.store import EVERYWHERE, Store
from tests.talk import MONDAY, Talk


@pytest.fixture
def talk(store: Store) -> Talk:
    talk = Talk(store)
    talk.says("ann", "new O: Grow\nKR: users from 0 to 1000")
    talk.says("ann", "publish O1")
    return talk


def line(note: str) -> CheckIn:
    return CheckIn(member_id=1, on=MONDAY.date(), note=note, made_at=MONDAY)


def notes(session: Session) -> list[str]:
    return list(session.exec(select(CheckIn.note).order_by(CheckIn.note)).all())


def test_a_row_stored_at_once_is_the_sessions_own(talk: Talk) -> None:
    with talk.store.write(1) as session:
        row = line("first")
        stored(session, row)
        assert row.id
        assert row.organisation_id == 1
        assert session.get(CheckIn, row.id) is row
        changed(session, row, {"note": "second"})
        row.blocker = "changed as any other"
    with talk.store.read(1) as session:
        [kept] = session.exec(select(CheckIn)).all()
        assert (kept.note, kept.blocker) == ("second", "changed as any other")


def test_a_savepoint_takes_back_what_was_written_at_once_in_it_alone(talk: Talk) -> None:
    with talk.store.write(1) as session:
        outside = line("outside")
        stored(session, outside)
        key_result = session.exec(select(KeyResult)).one()
        savepoint = session.begin_nested()
        changed(session, key_result, {"current": 7.0, "version": 9})
        inner = session.begin_nested()
        gone = line("inside")
        stored(session, gone)
        inner.commit()
        savepoint.rollback()
        assert key_result.current is None
        assert key_result.version != 9
        assert gone not in session
        assert outside in session
        again = line("again")
        stored(session, again)
        outside.note = "outside, changed"
    with talk.store.read(1) as session:
        assert notes(session) == ["again", "outside, changed"]


def test_nothing_is_written_into_no_organisation_or_another(talk: Talk) -> None:
    foreign = line("foreign")
    foreign.organisation_id = 2
    with pytest.raises(Strayed), talk.store.write(1) as session:
        stored(session, foreign)
    with pytest.raises(Strayed), talk.store.write(EVERYWHERE) as session:
        stored(session, line("nobody's"))


@pytest.mark.parametrize("problem", [Refusal("prompt_gone", copy=""), ValueError("a bug")])
def test_a_check_in_that_fails_after_it_has_written_leaves_its_answer_alone(
    talk: Talk, problem: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(asking: object, command: object) -> None:
        real(asking, command)  # type: ignore[arg-type]
        raise problem

    kind = next(kind for kind in dispatch.HANDLERS if kind.__name__ == "CheckIn")
    real = dispatch.HANDLERS[kind]
    monkeypatch.setitem(dispatch.HANDLERS, kind, failing)
    first = talk.says("ann", "KR1.1 5", entry="checkin", delivery="same")
    monkeypatch.undo()
    assert first.reply is not None
    assert first.reply.tone in ("refusal", "apology")
    assert talk.says("ann", "KR1.1 5", entry="checkin", delivery="same").text == first.text, "its answer is kept beside its claim"
    with talk.store.read(EVERYWHERE) as session:
        assert not notes(session)
        assert session.exec(select(KeyResult.current)).one() is None
    assert "5" in talk.says("ann", "KR1.1 5", entry="checkin").text
