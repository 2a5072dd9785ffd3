"""Databases for tests: empty, migrated ones of both kinds, on a private PostgreSQL or on the server that TENDAY_TEST_POSTGRES names.

A database is made from a template that was migrated once in this process, so a fresh one costs milliseconds; in memory where
there is room for it, because copying a template means flushing it to the disk. Nothing here outlives the process.
"""

import atexit
import functools
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

from storage.migrate import migrate
from storage.store import Store

MEMORY = Path("/dev/shm")
_numbers = itertools.count(1)
_lock = threading.RLock()


class NoPostgres(Exception):
    """There is no PostgreSQL here to test with; the message says what was looked for."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _folder(kind: str, *, roomy: bool = True) -> Path:
    roomy = roomy and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**30
    parent = MEMORY if roomy else Path(tempfile.gettempdir())
    for left in parent.glob(f"tenday-{kind}-*"):  # by a process that was killed; a PostgreSQL whose folder is gone ends by itself
        if not Path(f"/proc/{left.name.split('-')[2]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"tenday-{kind}-{os.getpid()}-", dir=parent))


class Cluster:
    """A PostgreSQL server of our own, in a temporary directory on a free port of loopback; it can be stopped and started again.

    durable: on a disk, with every commit flushed to it, as an operator has it.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._durable = durable
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
        if not found:
            raise NoPostgres("no /usr/lib/postgresql/*/bin/initdb, and TENDAY_TEST_POSTGRES is not set")
        self._bin = found[-1].parent
        self._as: dict[str, Any] = _somebody_else() if os.geteuid() == 0 else {}
        self._home = _folder("pg", roomy=not durable)
        if self._as:
            os.chown(self._home, self._as["user"], self._as["group"])
        self._data, self.port = self._home / "data", free_port()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.remove)
        made = self._run("initdb", "-D", self._data, "-U", "tenday", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        if made.returncode:
            raise NoPostgres(f"initdb failed: {made.stderr.decode()[-300:]}")

    @property
    def url(self) -> URL:
        """The server, by its maintenance database."""
        return URL.create("postgresql+psycopg", "tenday", "any", "127.0.0.1", self.port, "postgres")

    def database(self, name: str) -> str:
        """The URL of a new, empty database."""
        with psycopg.connect(_plain(self.url), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url.set(database=name).render_as_string(hide_password=False)

    def start(self) -> None:
        """Comes back when the server takes connections."""
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self._home,
            "max_connections": 300,
            "shared_buffers": "32MB",
            "log_min_messages": "fatal",
        } | ({} if self._durable else {"fsync": "off", "full_page_writes": "off"})
        given = [argument for name, value in options.items() for argument in ("-c", f"{name}={value}")]
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self._data, *given], stdout=log, stderr=log, cwd=self._home, **self._as
            )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(psycopg.OperationalError):
                psycopg.connect(_plain(self.url), connect_timeout=2).close()
                return
            time.sleep(0.03)
        raise NoPostgres(f"PostgreSQL did not start: {(self._home / 'log').read_text()[-300:]}")

    def stop(self) -> None:
        """At once, with every connection cut, as when the machine under it goes away."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(10)

    def remove(self) -> None:
        """Nothing of it stays."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> "subprocess.CompletedProcess[bytes]":
        command = [str(self._bin / program), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, cwd=self._home, timeout=60, check=False, **self._as)


def _somebody_else() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            person = pwd.getpwnam(name)
            return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL does not run as root, and there is neither postgres nor nobody to run it as")


@functools.cache
def _server() -> URL:
    """The server of this process; an own one is started at the first call."""
    given = os.environ.get("TENDAY_TEST_POSTGRES", "")
    if given:
        return make_url(given).set(drivername="postgresql+psycopg")
    cluster = Cluster()
    cluster.start()
    return cluster.url


@functools.cache
def _postgres_template() -> str:
    name = f"tenday_template_{os.getpid()}"
    _say(f'DROP DATABASE IF EXISTS "{name}"')
    _say(f'CREATE DATABASE "{name}"')
    _migrated(_server().set(database=name)).close()
    atexit.register(_say, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    return name


@functools.cache
def _sqlite_template() -> Path:
    folder = _folder("lite")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = _migrated(f"sqlite:///{folder}/migrated.db")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return folder / "migrated.db"


@contextmanager
def postgres_url(*, migrated: bool = True) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database, dropped afterwards; NoPostgres when there is no server to make it on."""
    strategy = "" if os.environ.get("TENDAY_TEST_POSTGRES") else " STRATEGY FILE_COPY"  # faster without fsync; known from 15 on
    with _lock:
        template = f'TEMPLATE "{_postgres_template()}"{strategy}' if migrated else ""
        name = f"tenday_{os.getpid()}_{next(_numbers)}"
        _say(f'CREATE DATABASE "{name}" {template}')
    try:
        yield _server().set(database=name).render_as_string(hide_password=False)
    finally:
        _say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def sqlite_url(folder: Path, *, migrated: bool = True) -> Iterator[str]:
    """The URL of a fresh SQLite file in this folder."""
    path = folder / f"tenday-{next(_numbers)}.db"
    if migrated:
        with _lock:
            shutil.copyfile(_sqlite_template(), path)
    yield f"sqlite:///{path}"


def _migrated(url: URL | str) -> Store:
    store = Store(url if isinstance(url, str) else url.render_as_string(hide_password=False))
    migrate(store)
    return store


def _say(statement: str) -> None:
    with psycopg.connect(_plain(_server()), autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
