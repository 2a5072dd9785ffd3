"""The pulse from outside: `serve --no-clock` and `tick --at`, with both platforms; what is typed, tapped and filled in is stored."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import KINDS
from tests.outside.conftest import town_on
from tests.outside.program import Serving, Town, labels, until

OKR = "new O: Win the north\nKR1: customers from 10 to 50\nKR2: refunds from 8% to 2%"
OKR_ZH = "新建 O：赢下华北\nKR1：客户从 10 家提升到 50 家\nKR2：退款率由 8% 降至 2%"


def on(day: date, hour: int, minute: int) -> str:
    return f"{day.isoformat()}T{hour:02}:{minute:02}:00+00:00"


def direct_to(town: Town, user: str) -> list[dict[str, Any]]:
    return [m for m in town.slack.messages if m["channel"] == f"D{user}"]


def with_okr(town: Town, p: Serving, user: str) -> None:
    town.slack.add_user(user, f"Person {user}", tz="UTC")
    p.typed(f"/okr {OKR}", user)
    p.typed("/okr publish O1", user)
    p.typed("/okr workdays Mon-Sun", user)


def notes(town: Town) -> list[tuple[str, str, float | None, bool]]:
    return [(c["on"], c["note"], c["value"], c["late"]) for c in town.export()["check_ins"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_on_slack(own_town: Callable[..., Town], kind: str) -> None:
    town, today = own_town(kind), datetime.now(UTC).date()
    with town.served("--no-clock") as p:
        for user in ("U1", "U2", "U3"):
            with_okr(town, p, user)
        town.slack.messages.clear()
        asked = town.tick("--at", on(today, 17, 40))
        assert (asked["planned"], asked["sent"], asked["pending"]) == (3, 3, 0)
        again = town.tick("--at", on(today, 17, 46))
        assert (again["planned"], again["sent"]) == (0, 0)
        [one], [two], [three] = (direct_to(town, user) for user in ("U1", "U2", "U3"))
        assert labels(one)[:5] == ["Fill in", "Nothing new", "Skip today", "In an hour", "Tomorrow morning"]

        # in the thread, as lines; the card shows it then
        echo = p.direct("KR1.1 14 two signed\nmet the board", user="U1", thread_ts=one["ts"])
        assert "14" in echo["text"]
        until(
            lambda: "two signed" in str(town.slack.at(one["ts"])["text"]) or "Add or change" in labels(town.slack.at(one["ts"])), "redrawn"
        )

        # as a form, whose untouched values are no updates
        p.pressed(two, "Fill in", user="U2")
        modal = town.slack.modal("U2")
        assert modal.labels[:3] == ["What was done", "Next", "What is in the way"]
        modal.fill("What was done", "wrote the plan")
        town.slack.answered(modal, p.slack(town.slack.submit(modal)).content)
        until(lambda: "wrote the plan" in str(notes(town)), "the form is stored")

        # not at all: brought back once, the next morning, and then never again
        tomorrow = today + timedelta(days=1)
        back = town.tick("--at", on(tomorrow, 9, 45))
        assert (back["planned"], back["sent"]) == (1, 1)
        assert len(direct_to(town, "U3")) == 2
        assert town.tick("--at", on(tomorrow, 10, 0))["sent"] == 0
        brought = direct_to(town, "U3")[-1]
        p.direct("a long day", user="U3", thread_ts=brought["ts"])
        said = {note: (day, value) for day, note, value, _ in notes(town)}
        assert said["a long day"] == (today.isoformat(), None)
        assert said["two signed\nmet the board"] == (today.isoformat(), 14)
        assert said["wrote the plan"] == (today.isoformat(), None)
        assert three["ts"]


def test_a_day_on_feishu(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    with town_on("sqlite", tmp_path, slack_only=False, TENDAY_LOCALE="zh") as town, town.served("--no-clock") as p:
        town.feishu.add_user("ou_1", "安娜")
        p.says(OKR_ZH)
        p.says("发布 O1")
        p.says("工作日 周一至周日")
        p.says("时区 UTC")
        before = len(town.feishu.messages)
        asked = town.tick("--at", on(today, 17, 40))
        assert (asked["planned"], asked["sent"]) == (1, 1)
        [card] = town.feishu.messages[before:]
        assert "没有新进展" in labels(card)
        answer = p.says("KR1.1 14 签了两家", root_id=card["id"], parent_id=card["id"])
        assert "14" in answer["text"]
        until(lambda: "签了两家" in str(town.feishu.at(card["id"])["text"]), "the card is drawn anew")
        [row] = [c for c in town.export()["check_ins"] if c["value"] == 14]
        assert row["on"] == today.isoformat()
        assert town.tick("--at", on(today + timedelta(days=1), 9, 45))["planned"] == 0
