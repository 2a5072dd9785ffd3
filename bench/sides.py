"""The three sides of the benchmark as server processes, each on the same database server and the same stand-in for Slack."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import create_engine, text

from tests.databases import free_port
from tests.fakes.slack import FakeSlack

HOME = Path(__file__).parent.parent
PEOPLE = 16
Doing = Literal["mine", "check-in"]
SAID: dict[Doing, tuple[str, str]] = {"mine": ("/okr", "mine"), "check-in": ("/checkin", "KR1.1 +1")}


class Wrong(Exception):
    """An answer, or the figures at the end, are not what they must be: there is nothing to compare."""


@dataclass
class Side:
    """One server. expects: what each answer must hold; {n}: the person's value, {n,}: with separators; "": an empty answer."""

    name: str
    command: list[str]
    settings: dict[str, str]
    expects: dict[Doing, str]
    slack: FakeSlack
    port: int = field(default_factory=free_port)
    values: list[int] = field(default_factory=lambda: [0] * PEOPLE)
    _loads: int = 0

    @contextmanager
    def served(self, folder: Path) -> Iterator[None]:
        """Up when this returns."""
        env = environment(PORT=str(self.port), **self.settings)
        with (folder / f"{self.name}-{self.port}.log").open("wb") as log:
            process = subprocess.Popen([sys.executable, *self.command], cwd=HOME, env=env, stdout=log, stderr=log)
        try:
            listening(self.port, process)
            yield
        finally:
            process.terminate()
            process.wait(20)

    def say(self, command: str, user: str = "U1") -> str:
        """One signed command's answer."""
        headers, body = self.slack.command(command, user=user)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("POST", "/slack/events", body, headers)
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        if answer.status != 200:
            raise Wrong(f"{self.name}: {answer.status} {said}")
        return said

    def load(self, doing: Doing, connections: int, seconds: float, warm: float) -> dict[str, Any]:
        """A load on it, from a process of its own; Wrong if a single answer is not as it must be."""
        self._loads += 1
        command, words = SAID[doing]
        told = {
            "port": self.port,
            "secret": self.slack.secret,
            "command": command,
            "text": words,
            "expect": self.expects[doing],
            "grows": int(doing == "check-in"),
            "values": self.values[:connections],
            "seconds": seconds,
            "warm": warm,
            "run": f"{self.port}.{self._loads}",
        }
        loader = [sys.executable, "-m", "bench.load"]
        done = subprocess.run(loader, input=json.dumps(told), cwd=HOME, capture_output=True, text=True, timeout=seconds + 90, check=False)
        if done.returncode:
            raise Wrong(f"{self.name}: the load broke off: {done.stderr[-800:]}")
        got: dict[str, Any] = json.loads(done.stdout)
        if got["wrong"]:
            raise Wrong(f"{self.name}: {got['wrong'][0]}")
        self.values[:connections] = got["values"]
        return got


def environment(**settings: str) -> dict[str, str]:
    """This process's environment without any bot's settings, and with these."""
    ours = ("TENDAY_", "DATABASE_URL", "HOST", "PORT", "SLACK_", "FEISHU_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | settings | {"PYTHONPATH": str(HOME)}


def listening(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Comes back when something listens there."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.02)
    raise Wrong(f"nothing listens on {port}")


def empty(slack: FakeSlack, *, door: str = "asgi") -> Side:
    """(a): Bolt as its documentation shows it, doing nothing."""
    settings = _bolt(slack) | {"BENCH_DOOR": door}
    return Side("empty Bolt", ["-m", "bench.empty_bolt"], settings, {"mine": "", "check-in": ""}, slack)


def bare(slack: FakeSlack, url: str) -> Side:
    """(b): Bolt in threads with one hand-written transaction."""
    with create_engine(url).begin() as connection:
        number = "SERIAL" if url.startswith("postgresql") else "INTEGER"
        columns = "person TEXT NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL, value FLOAT NOT NULL, UNIQUE (person, ref)"
        connection.execute(text(f"CREATE TABLE bare_key_results (id {number} PRIMARY KEY, {columns})"))
        columns = "key_result INTEGER NOT NULL REFERENCES bare_key_results (id), person TEXT NOT NULL, value FLOAT NOT NULL, made_at TEXT"
        connection.execute(text(f"CREATE TABLE bare_check_ins (id {number} PRIMARY KEY, {columns})"))
        add = text("INSERT INTO bare_key_results (person, ref, title, value) VALUES (:person, :ref, :title, 0)")
        rows = [{"person": f"U{n}", "ref": ref, "title": "Users"} for n in range(1, PEOPLE + 1) for ref in ("KR1.1", "KR1.2")]
        connection.execute(add, rows)
    expects: dict[Doing, str] = {"mine": "KR1.1 Users: {n}\n", "check-in": "→ {n}"}
    return Side("bare", ["-m", "bench.bare_bolt"], _bolt(slack) | {"DATABASE_URL": url}, expects, slack)


def tenday(slack: FakeSlack, url: str) -> Side:
    """Ours, as an operator starts it."""
    settings = {
        "DATABASE_URL": url,
        "TENDAY_SECRET_KEY": "only-for-the-benchmark",
        "TENDAY_RATE_LIMIT": "0",
        "TENDAY_TIMEZONE": "UTC",
        "TENDAY_SLACK_SIGNING_SECRET": slack.secret,
        "TENDAY_SLACK_BOT_TOKEN": slack.token,
        "TENDAY_SLACK_API_URL": slack.api_url,
    }
    expects: dict[Doing, str] = {"mine": "{n,} users", "check-in": "{n,} users"}
    return Side("Tenday", ["app.py", "serve", "--no-clock"], settings, expects, slack)


def settle_in(side: Side) -> None:
    """Everybody's objective, published, with a first value."""
    for n in range(1, PEOPLE + 1):
        side.say("/okr new O: Grow\nKR: Users from 0 to 1000000 users\nKR: Revenue from 0 to 100", f"U{n}")
        side.say("/okr publish all", f"U{n}")
        if "1 users" not in side.say("/checkin KR1.1 1", f"U{n}"):
            raise Wrong("Tenday: the first check-in went wrong")
    side.values = [1] * PEOPLE


def hold_to_account(side: Side, url: str) -> int:
    """Every key result of this side stands at what was acknowledged, with a check-in for each; the number of check-ins."""
    ours = side.name == "Tenday"
    values = (
        'SELECT k.current, a."user" FROM key_results k JOIN accounts a ON a.member_id = k.owner_id WHERE k.number = 1'
        if ours
        else "SELECT value, person FROM bare_key_results WHERE ref = 'KR1.1'"
    )
    with create_engine(url).connect() as connection:
        stored = {person: value for value, person in connection.execute(text(values))}
        count = connection.execute(text(f"SELECT count(*) FROM {'check_ins' if ours else 'bare_check_ins'}")).scalar_one()
    wanted = {f"U{n}": float(value) for n, value in enumerate(side.values, 1)}
    if stored != wanted or count != sum(side.values):
        raise Wrong(f"{side.name}: acknowledged {wanted}, stored {stored} with {count} check-ins")
    return int(count)


def _bolt(slack: FakeSlack) -> dict[str, str]:
    return {"SLACK_BOT_TOKEN": slack.token, "SLACK_SIGNING_SECRET": slack.secret, "BENCH_SLACK_API": slack.api_url}
