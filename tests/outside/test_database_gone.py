"""The database goes away and comes back: nobody is told that something was stored which was not, and nobody has to restart anything."""

import os
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import databases
from tests.fakes.feishu import FakeFeishu
from tests.fakes.slack import FakeSlack
from tests.outside.program import SOON, Serving, Town, button, labels, until

TYPED = "KR1.1 20 c7 what I typed & <wanted>"


def away(p: Serving) -> None:
    """How it is while the database is away."""
    slack = p.town.slack
    reason = until(lambda: (state := p.get("/readyz")).status_code == 503 and state.json(), "/readyz says so")
    assert reason["ok"] is False
    assert reason["database"] not in ("", "ok")
    assert p.get("/healthz").status_code == 200
    began = time.monotonic()
    shown = p.typed("/okr " + TYPED.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    assert "ot stored" in shown["text"]
    assert TYPED in shown["text"], "what was typed is lost"
    assert time.monotonic() - began < SOON, "it hangs"
    began = time.monotonic()
    assert p.slack(slack.direct("KR1.1 21"), status=500).status_code == 500
    assert p.slack(slack.mention("KR1.1 22"), status=500).status_code == 500
    assert time.monotonic() - began < SOON
    assert "what I typed" not in p.stderr()


def back(p: Serving) -> None:
    """It is there again, and this is noticed without anybody's help."""
    until(lambda: p.get("/readyz").status_code == 200, "/readyz is well again", seconds=15)


def okr(p: Serving) -> None:
    p.typed("/okr new O: Base\nKR1: Customers from 10 to 50")
    assert "Base" in p.typed("/okr publish O1")["text"]


@contextmanager
def on_cluster(folder: Path) -> Iterator[tuple[Town, databases.Cluster]]:
    try:
        cluster = databases.Cluster()
    except databases.NoPostgres as problem:
        if os.environ.get("TENDAY_TEST_ALL") == "1":
            raise
        pytest.skip(str(problem))
    try:
        with FakeSlack() as slack, FakeFeishu() as feishu:
            bare = {"TENDAY_FEISHU_APP_ID": "", "TENDAY_FEISHU_APP_SECRET": ""}
            yield Town(slack, feishu, cluster.url.render_as_string(hide_password=False), folder, bare), cluster
    finally:
        cluster.remove()


def test_postgresql_stops_and_starts(tmp_path: Path) -> None:
    with on_cluster(tmp_path) as (town, cluster), town.served() as p:
        away(p)  # started without a database
        done = town.run("export")
        assert (done.returncode, done.stdout) == (1, ""), done
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert "any@" not in done.stderr, "a password in the log"
        refused = town.slack.direct("KR1.1 30 said while it was away")
        p.slack(refused, status=500)
        cluster.start()
        back(p)
        okr(p)
        card = p.typed("/okr KR1.1 15")
        assert "Undo" in labels(card)

        cluster.stop()
        away(p)
        (told,) = p.told(lambda: p.pressed(card, "Undo"))
        assert "ot stored" in told["text"]
        assert told["ephemeral"]
        cluster.start()
        back(p)
        for _ in range(2):
            p.slack(refused)
        p.direct("mine", user="U2")
        assert "Traceback" not in p.stderr()
        data = town.export()
        assert [(c["value"], c["note"]) for c in data["check_ins"]] == [(15, ""), (30, "said while it was away")]
        p.pressed(card, "Undo")


def test_sqlite_where_nothing_can_be_written(own_town: Callable[..., Town]) -> None:
    """A full disk, or what comes nearest to it: the process may not make any file longer."""
    town = own_town("sqlite")
    with town.served() as p:
        okr(p)
        card = p.typed("/okr KR1.1 15")
        assert p.process is not None
        before = resource.prlimit(p.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(p.process.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
        shown = p.typed("/okr " + TYPED.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        assert "ot stored" in shown["text"]
        assert TYPED in shown["text"]
        refused = town.slack.direct("KR1.1 30 said while it was full")
        p.slack(refused, status=500)
        assert "Customers" in p.typed("/okr mine")["text"], "reading goes on"
        (told,) = p.told(lambda: p.pressed(card, "Undo"))
        assert "ot stored" in told["text"]
        resource.prlimit(p.process.pid, resource.RLIMIT_FSIZE, before)
        p.slack(refused)
        p.slack(refused)
        back(p)
    assert [(c["value"], c["note"]) for c in town.export()["check_ins"]] == [(15, ""), (30, "said while it was full")]


def test_sqlite_whose_directory_comes_later_and_moves(own_town: Callable[..., Town], tmp_path: Path) -> None:
    town = own_town("sqlite")
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    town.database = f"sqlite:///{home}/tenday.db"
    with town.served() as p:
        away(p)
        home.mkdir()
        back(p)
        okr(p)
        home.rename(elsewhere)
        said = {number: p.typed(f"/okr KR1.1 {number}")["text"] for number in (21, 22, 23)}
        elsewhere.rename(home)
        back(p)
        kept = {number for number, text in said.items() if "ot stored" not in text}
        assert "24" in p.typed("/okr KR1.1 24")["text"]
    assert {c["value"] for c in town.export()["check_ins"]} == kept | {24}, "what was called stored is stored, and nothing else"
    shutil.rmtree(home)


def test_a_database_that_somebody_else_holds(own_town: Callable[..., Town]) -> None:
    """A backup or a curious hand with a write lock: an answer within Slack's three seconds, and then all is well again."""
    import sqlite3

    town = own_town("sqlite")
    with town.served() as p:
        okr(p)
        holding = sqlite3.connect(town.database.removeprefix("sqlite:///"), isolation_level=None)
        holding.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        shown = p.typed("/okr KR1.1 20 held up")
        took = time.monotonic() - began
        holding.execute("ROLLBACK")
        holding.close()
        assert "ot stored" in shown["text"]
        assert "KR1.1 20 held up" in shown["text"]
        assert took < 4.9, f"it waited for the lock as long as SQLite does by itself: {took:.1f}"
        assert "20" in p.typed("/okr KR1.1 20")["text"]
        assert button(p.typed("/okr KR1.1 25"), "Undo")
