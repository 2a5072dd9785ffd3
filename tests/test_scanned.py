"""The scan of what goes out finds what it is there for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.replies import Person, Reply, Say
from bot.sending import Address, Outgoing
from handlers.reminders import plan
from storage.migrate import migrate
from storage.outbox import Owed
from storage.people import Member
from storage.pulse import Absence, Prompt
from storage.store import EVERYWHERE, Store
from tests.databases import sqlite_url
from tests.pulse.company import found
from tests.scanned import Scan, faults_at

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
EVENING = MONDAY.replace(hour=17, minute=40)
ANN = Person(1, "Ann", (("slack", "T1", "U1"), ("feishu", "T1", "ou_1")))


@pytest.fixture
def scan(tmp_path: Path) -> Scan:
    """Of a company of one, who is owed the evening's question."""
    with sqlite_url(tmp_path) as url:
        store = Store(url)
    migrate(store)
    found(store, [{}], MONDAY)
    plan(store, MONDAY)
    assert plan(store, EVENING) == 1
    return Scan(store)


def message(scan: Scan, *parts: Say, key: str = "", to: Address | None = None) -> Outgoing:
    with scan.store.read(EVERYWHERE) as session:
        owed = session.exec(select(Owed)).one()
    return Outgoing(key or owed.key, "slack", "T1", to or Address(user="U1"), Reply(parts), "en")


def change(scan: Scan, kind: type[Owed | Member | Prompt], **values: object) -> None:
    with scan.store.write(EVERYWHERE) as session:
        row = session.exec(select(kind)).one()
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)


def test_a_good_one(scan: Scan) -> None:
    scan.see(message(scan), EVENING)
    assert scan.faults == []


def test_each_fault_is_found(scan: Scan) -> None:
    out = message(scan)
    scan.see(out, EVENING)
    scan.see(out, EVENING)
    assert ["goes out again" in fault for fault in scan.faults] == [True]
    scan.see(out, EVENING)
    assert any("3th" in fault for fault in scan.faults)


@pytest.mark.parametrize(
    ("kind", "values", "says"),
    [
        (Owed, {"due_at": EVENING.replace(minute=30)}, "due at 17:30"),
        (Member, {"workdays": "0111100"}, "a day off"),
        (Member, {"country": "JP"}, "a day off"),  # Labour Thanksgiving Day
        (Owed, {"due_at": EVENING + timedelta(minutes=5)}, "before it is due"),
    ],
)
def test_the_wrong_moment_is_found(scan: Scan, kind: type[Owed | Member], values: dict[str, object], says: str) -> None:
    change(scan, kind, **values)
    scan.see(message(scan), EVENING)
    assert [says in fault for fault in scan.faults] == [True], scan.faults


def test_leave_is_found(scan: Scan) -> None:
    with scan.store.write(EVERYWHERE) as session:
        session.add(Absence(organisation_id=1, member_id=1, first=MONDAY.date(), last=MONDAY.date(), made_at=MONDAY))
    scan.see(message(scan), EVENING)
    assert [fault.split(", ")[-1] for fault in scan.faults] == ["a day of leave"]


def test_a_shared_place_is_no_place_for_a_question(scan: Scan) -> None:
    scan.see(message(scan, to=Address(channel="C1")), EVENING)
    assert ["not for them alone" in fault for fault in scan.faults] == [True]


def test_who_is_called_upon_in_a_team_s_thread_is_found(scan: Scan) -> None:
    calling, plain = Say("brought_to", {"who": ANN, "since": MONDAY.date()}), Say("team_line_gone", {"name": "<@U1>"})
    scan.see(message(scan, plain, key="team-1-day-20261123", to=Address(channel="C1")), EVENING)
    assert scan.faults == []
    scan.see(message(scan, calling, key="team-1-day-20261123", to=Address(channel="C1")), EVENING)
    assert any('"user_id": "U1"' in fault for fault in scan.faults), scan.faults
    assert any("ou_1" in fault for fault in scan.faults), scan.faults


def test_what_the_platforms_show_is_scanned_too() -> None:
    def slack(key: str, channel: str = "DU1", **block: object) -> dict[str, object]:
        return {"metadata": {"event_payload": {"key": key}}, "channel": channel, "blocks": [block]}

    good = [slack("prompt-1-1-20261123"), slack("prompt-2-1-20261123"), slack("prompt-3-1-20261124"), slack("team-1-day-20261123", "C1")]
    assert faults_at(good, []) == []
    assert len(faults_at([*good, slack("prompt-4-1-20261123")], [])) == 1
    assert len(faults_at([slack("prompt-1-1-20261123", "C1")], [])) == 1
    assert len(faults_at([slack("team-1-day-20261123", "C1", type="user", user_id="U1")], [])) == 1
    feishu = {"uuid": "team-1-day-20261123", "channel": "oc_1", "user": "", "card": {"content": "<at id=ou_1></at>"}}
    assert len(faults_at([], [feishu])) == 1
