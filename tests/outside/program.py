"""The program as an operator and the two platforms meet it: a process, its settings, its HTTP port and its command line."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.databases import free_port
from tests.fakes.feishu import FakeFeishu
from tests.fakes.feishu_socket import FakeFeishuSocket
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_socket import FakeSlackSocket

APP = Path(__file__).parents[2] / "app.py"
SOON = 20.0
Delivery = tuple[dict[str, str], bytes]


def until(true: Callable[[], Any], what: str = "", *, seconds: float = SOON) -> Any:
    """Waits for something to become true, and gives it."""
    deadline = time.monotonic() + seconds
    while True:
        found = true()
        if found:
            return found
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what or true}"
        time.sleep(0.02)


def environment(**settings: str) -> dict[str, str]:
    """This process's environment without anything that Tenday reads, and with these settings."""
    ours = ("TENDAY_", "DATABASE_URL", "HOST", "PORT", "PUBLIC_URL", "SLACK_", "FEISHU_", "LARK_", "PYTEST", "PYTHONDONTWRITEBYTECODE")
    bare = {name: value for name, value in os.environ.items() if not name.upper().startswith(ours)}
    return bare | {"PYTHONUNBUFFERED": "1", "NO_PROXY": "*", "no_proxy": "*"} | settings


@dataclass
class Town:
    """A fake Slack, a fake Feishu, one database, and as many Tendays on it as are asked for.

    The fakes that speak over a connection (FakeSlackSocket, FakeFeishuSocket) are met there, the others over HTTP.
    """

    slack: FakeSlack
    feishu: FakeFeishu
    database: str
    folder: Path
    more: dict[str, str] = field(default_factory=dict)
    program: Path = APP

    def settings(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database,
            "TENDAY_SECRET_KEY": "only-for-tests",
            "TENDAY_RATE_LIMIT": "0",
            "TENDAY_TIMEZONE": "UTC",
            "TENDAY_SLACK_BOT_TOKEN": self.slack.token,
            "TENDAY_SLACK_API_URL": self.slack.api_url,
            "TENDAY_FEISHU_APP_ID": self.feishu.app_id,
            "TENDAY_FEISHU_APP_SECRET": self.feishu.app_secret,
            "TENDAY_FEISHU_DOMAIN": self.feishu.domain,
            **self._heard_by(),
            **self.more,
        }

    def _heard_by(self) -> dict[str, str]:
        """The settings of how each platform is heard."""
        slack = {"TENDAY_SLACK_SIGNING_SECRET": self.slack.secret}
        feishu = {"TENDAY_FEISHU_VERIFICATION_TOKEN": self.feishu.token, "TENDAY_FEISHU_ENCRYPT_KEY": self.feishu.encrypt_key}
        if isinstance(self.slack, FakeSlackSocket):
            slack = {"TENDAY_SLACK_APP_TOKEN": self.slack.app_token}
        if isinstance(self.feishu, FakeFeishuSocket):
            feishu = {"TENDAY_FEISHU_CONNECTION": "websocket"}
        return slack | feishu

    @contextmanager
    def served(self, *options: str, live: bool = True) -> "Iterator[Serving]":
        """A running server, up when this returns (live False: it is only started)."""
        serving = Serving(self, free_port())
        serving.start(*options)
        try:
            if live:
                serving.live()
            yield serving
        finally:
            serving.stop()

    def run(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """`app.py ARGUMENTS`, to its end."""
        command = [sys.executable, str(APP), *arguments]
        settings = environment(**(self.settings() | more))
        return subprocess.run(command, env=settings, cwd=self.folder, capture_output=True, encoding="utf-8", timeout=60, check=False)

    def export(self) -> dict[str, Any]:
        """What `app.py export` says, held against the contract."""
        from tests.outside.contract import checked

        done = self.run("export")
        assert (done.returncode, done.stderr) == (0, ""), done
        return checked(json.loads(done.stdout))

    def tick(self, *arguments: str) -> dict[str, Any]:
        """What `app.py tick` says on its last line."""
        done = self.run("tick", *arguments)
        assert done.returncode == 0, done
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        assert set(said) == {"at", "planned", "sent", "pending", "failed", "uncertain"}
        return said


@dataclass
class Serving:
    """One running `app.py serve`."""

    town: Town
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        self._log = self.town.folder / f"stderr-{self.port}.txt"
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=15, trust_env=False)

    def start(self, *options: str) -> None:
        settings = environment(**(self.town.settings() | {"PORT": str(self.port)}))
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(self.town.program), "serve", *options], env=settings, cwd=self.town.folder, stdout=log, stderr=log
            )

    def live(self) -> None:
        """Waits until it answers."""
        assert self.process is not None

        def up() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, self.stderr()
            with suppress(httpx.TransportError):
                return self._http.get("/healthz").status_code == 200
            return False

        until(up, "the server answers", seconds=90)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise

    def kill(self) -> None:
        """kill -9, as when the machine loses its power."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stderr(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def resident(self) -> int:
        """The memory that the server has had at most, in MB."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) // 1024

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self._http.get(path, **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self._http.request(method, path, **more)

    def post(self, path: str, delivery: Delivery) -> httpx.Response:
        headers, body = delivery
        return self._http.post(path, headers=headers, content=body)

    # --- what a person does, and what they see

    def slack(self, delivery: Delivery, *, status: int = 200) -> httpx.Response:
        """A delivery of Slack's; its answer has this status."""
        fake = self.town.slack
        if isinstance(fake, FakeSlackSocket):
            said = fake.push(delivery)
            return httpx.Response(200, content=json.dumps(said) if said is not None else b"")
        answer = self.post("/slack/events", delivery)
        assert answer.status_code == status, (answer.status_code, answer.text, self.stderr())
        return answer

    def feishu(self, delivery: Delivery, *, status: int = 200) -> httpx.Response:
        """A delivery of Feishu's; its answer has this status."""
        fake = self.town.feishu
        if isinstance(fake, FakeFeishuSocket):
            code, body = fake.push(delivery)
            answer = httpx.Response(code, content=body or b"{}")
        else:
            answer = self.post("/feishu/events", delivery)
        assert answer.status_code == status, (answer.status_code, answer.text, self.stderr())
        return answer

    def typed(self, text: str, user: str = "U1", **more: Any) -> dict[str, Any]:
        """A slash command's answer as the person sees it: it is in the acknowledgement, for their eyes alone."""
        answer = self.slack(self.town.slack.command(text, user=user, **more))
        shown = self.town.slack.acknowledged(answer.content, user=user)
        assert shown is not None, f"no answer to {text!r}"
        return shown

    def answered(self, text: str, user: str = "U1") -> str:
        """What a person reads in answer to a slash command: its text, or the labels of the form that opened, which they close again."""
        slack = self.town.slack
        before = len(slack.modals)
        shown = slack.acknowledged(self.slack(slack.command(text, user=user)).content, user=user)
        if shown is not None:
            return str(shown["text"])
        assert len(slack.modals) == before + 1, f"no answer to {text!r}"
        slack.modals[-1].open = False
        return "\n".join(slack.modals[-1].labels)

    def told(self, deliver: Callable[[], Any], *, by: str = "slack", number: int = 1, to: str = "") -> list[dict[str, Any]]:
        """The messages that this delivery is answered with, on Slack or on Feishu; to: in this conversation alone."""
        messages = (self.town.slack if by == "slack" else self.town.feishu).messages
        before = len(messages)

        def new() -> list[dict[str, Any]]:
            return [m for m in messages[before:] if to in ("", m["channel"])]

        deliver()
        until(lambda: len(new()) >= number, f"{number} message(s) on {by}; stderr: {self.stderr()[-500:]}")
        return new()

    def direct(self, text: str, user: str = "U1", **more: Any) -> dict[str, Any]:
        """The answer to a direct message on Slack."""
        return self.told(lambda: self.slack(self.town.slack.direct(text, user=user, **more)), to=f"D{user}")[-1]

    def says(self, text: str, user: str = "ou_1", **more: Any) -> dict[str, Any]:
        """The answer to a direct message on Feishu."""
        return self.told(lambda: self.feishu(self.town.feishu.direct(text, user=user, **more)), by="feishu", to=f"oc_{user}")[-1]

    def pressed(self, message: dict[str, Any], label: str | int, user: str = "U1") -> None:
        """Presses a button of a Slack message by its label."""
        self.slack(self.town.slack.press(button(message, label), user=user, message=message))

    def tapped(self, message: dict[str, Any], label: str | int, user: str = "ou_1") -> dict[str, Any]:
        """Presses a button of a Feishu message by its label; the acknowledgement, which may redraw the card."""
        answer = self.feishu(self.town.feishu.press(button(message, label), user=user, message=message))
        return self.town.feishu.acknowledged(answer.content, message)


def button(message: dict[str, Any], label: str | int) -> Any:
    """The value of the button whose label has this in it, or of the n-th."""
    if isinstance(label, int):
        return message["buttons"][label][1]
    hits = [value for name, value in message["buttons"] if label in name]
    assert hits, f"no button {label!r} among {[name for name, _ in message['buttons']]} of:\n{message['text']}"
    return hits[0]


def labels(message: dict[str, Any]) -> list[str]:
    """What stands on a message's buttons."""
    return [name for name, _ in message["buttons"]]
