"""The command line as contract.md promises it: exit status, one clear line on standard error, and what listens where."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.outside.contract import checked
from tests.outside.program import APP, Serving, Town, environment

NO_PLATFORM = {"TENDAY_SLACK_BOT_TOKEN": "", "TENDAY_SLACK_SIGNING_SECRET": "", "TENDAY_FEISHU_APP_ID": "", "TENDAY_FEISHU_APP_SECRET": ""}


def run(folder: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(APP), *arguments]
    return subprocess.run(command, env=environment(**settings), cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False)


def refused(done: "subprocess.CompletedProcess[str]", status: int, *words: str) -> None:
    """It could not, says why in one line, and printed nothing else."""
    assert (done.returncode, done.stdout) == (status, ""), done
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("tenday: ")
    for word in words:
        assert word in line


@pytest.mark.parametrize("arguments", [("fly",), ("export", "--format", "exe")])
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: app.py" in done.stderr
    assert not list(tmp_path.iterdir()), "nothing is made of a wrong command"


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"PORT": "http"}, "PORT"),
        ({"DATABASE_URL": "postgresql+psycopg://u:secret@127.0.0.1/db"}, "TENDAY_SECRET_KEY"),
        ({"TENDAY_SLACK_BOT_TOKEN": "xoxb-secret"}, "TENDAY_SLACK_SIGNING_SECRET"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_settings(tmp_path: Path, settings: dict[str, str], word: str) -> None:
    done = run(tmp_path, "serve", **settings)
    refused(done, 2, word)
    assert "secret@" not in done.stderr
    assert "xoxb" not in done.stderr


def test_a_company_on_the_command_line(tmp_path: Path) -> None:
    """demo fills an empty database, and no other; export and tick take what they are asked, and say no in one line."""
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/t.db", "TENDAY_TIMEZONE": "UTC"}
    made = run(tmp_path, "demo", "--people", "5", **settings)
    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(made.stdout)["people"] == 5
    refused(run(tmp_path, "demo", **settings), 1, "not empty")
    refused(run(tmp_path, "export", "--workspace", "nowhere", **settings), 1, "nowhere")
    refused(run(tmp_path, "tick", "--at", "tomorrow", **settings), 1, "tomorrow")
    out = tmp_path / "all.json"
    whole = run(tmp_path, "export", "--out", str(out), "--workspace", "local", **settings)
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "", "")
    data = checked(json.loads(out.read_text(encoding="utf-8")))
    assert len(data["people"]) == 5
    assert len(data["check_ins"]) > 5


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"this is no database" * 100)
    refused(run(tmp_path, "export", DATABASE_URL=f"sqlite:///{garbage}"), 1, "database")
    done = run(tmp_path, "migrate", DATABASE_URL="postgresql+psycopg://u:secret@127.0.0.1:1/db", TENDAY_SECRET_KEY="k")
    refused(done, 1, "database")
    assert "secret" not in done.stderr


def listening(port: int) -> set[str]:
    """The addresses on which somebody listens at this port, as the kernel writes them."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if state == "0A" and int(local.split(":")[1], 16) == port:
                found.add(local.split(":")[0])
    return found


LOOPBACK = "0100007F"


def test_the_chat_page_is_for_this_machine(own_town: Callable[..., Town]) -> None:
    """Without a platform anybody may be anybody: loopback alone, whatever HOST says, and no foreign Host; its key is the owner's alone."""
    town = own_town("sqlite", migrated=False, **NO_PLATFORM, HOST="0.0.0.0", TENDAY_SECRET_KEY="")
    with town.served() as p:
        assert listening(p.port) == {LOOPBACK}
        page = p.get("/")
        assert page.status_code == 200
        assert "text/html" in page.headers["content-type"]
        for headers in ({"Host": "evil.example"}, {"X-Forwarded-For": "10.0.0.1"}, {"Host": f"evil.example:{p.port}"}):
            assert p.get("/", headers=headers).status_code >= 400, headers
        assert p.ask("POST", "/slack/events").status_code in (403, 404, 405)
    kept = Path(town.database.removeprefix("sqlite:///")).with_suffix(".key")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch(rb"[0-9a-f]{64}", kept.read_bytes())


@pytest.mark.parametrize("path", ["/", "/chat", "/static/js/main.js", "/say", "/lines", "/stream", "/people"])
def test_no_chat_page_beside_a_platform(own_place: Serving, path: str) -> None:
    """With a platform configured there is no page on which anybody may be anybody."""
    for method in ("GET", "POST"):
        answer = own_place.ask(method, path, headers={"Host": "127.0.0.1"})
        assert answer.status_code in (404, 405) or "composer" not in answer.text
        assert answer.status_code != 500


@pytest.fixture(scope="module")
def own_place(tmp_path_factory: pytest.TempPathFactory) -> "object":
    from tests.outside.conftest import town_on

    with town_on("sqlite", tmp_path_factory.mktemp("platform"), slack_only=True, HOST="0.0.0.0") as town, town.served() as serving:
        yield serving


def test_a_platform_listens_where_it_is_told(own_place: Serving) -> None:
    assert listening(own_place.port) == {"00000000"}
    assert own_place.town.export()["people"] == [], "no sample company beside a platform"


def test_a_port_that_is_taken(own_place: Serving) -> None:
    done = own_place.town.run("serve", PORT=str(own_place.port), HOST="127.0.0.1")
    refused(done, 1, str(own_place.port))
    assert httpx.get(f"http://127.0.0.1:{own_place.port}/healthz", trust_env=False).status_code == 200
