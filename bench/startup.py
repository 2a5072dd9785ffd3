"""How long Tenday takes to answer its first request, against a process that imports what it needs for Slack and nothing else."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

from bench.sides import HOME, Wrong, environment
from tests.databases import free_port
from tests.fakes.slack import FakeSlack

NEEDED = """
import json, sys
import app
from bot.settings import load
app._opened(load())
import uvicorn, uvicorn.protocols.http.httptools_impl, uvicorn.loops.uvloop
installed = lambda m: "site-packages" in (getattr(m, "__file__", "") or "")
print(json.dumps([name for name, m in sys.modules.items() if installed(m) and not name.startswith("_")]))
"""
IMPORTS = "import importlib, json, sys\nfor name in json.load(sys.stdin): importlib.import_module(name)"


def starting(times: int) -> None:
    """Medians of runs that take turns, and their ratio."""
    with tempfile.TemporaryDirectory() as folder, FakeSlack() as slack:
        settings = {
            "DATABASE_URL": f"sqlite:///{folder}/tenday.db",
            "TENDAY_SLACK_SIGNING_SECRET": slack.secret,
            "TENDAY_SLACK_BOT_TOKEN": slack.token,
            "TENDAY_SLACK_API_URL": slack.api_url,
        }
        first = _until_it_answers(settings)
        needed = _needed(settings)
        if any(name.split(".")[0] == "lark_oapi" for name in needed):
            raise Wrong("serving Slack alone has loaded Feishu's SDK")
        ours, imports = [], []
        for _ in range(times):
            ours.append(_until_it_answers(settings))
            imports.append(_importing(needed, Path(folder)))
    served, bare = statistics.median(ours), statistics.median(imports)
    print(f"\nStart-up: {served / bare:.2f} times its {len(needed)} imports ({served:.2f} s / {bare:.2f} s)")
    print(f"on an empty database {first:.2f} s")


def _until_it_answers(settings: Mapping[str, str]) -> float:
    """Seconds from the start of the program to its first answer."""
    port = free_port()
    env = environment(PORT=str(port), **settings)
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "app.py", "serve", "--no-clock"], cwd=HOME, env=env, stdout=subprocess.DEVNULL)
    try:
        while time.perf_counter() - begun < 60 and process.poll() is None:
            with suppress(OSError):
                connection = HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return time.perf_counter() - begun
            time.sleep(0.005)
        raise Wrong("it does not answer")
    finally:
        process.terminate()
        process.wait(20)


def _needed(settings: Mapping[str, str]) -> list[str]:
    """Every module of other people's that serving Slack loads."""
    done = subprocess.run([sys.executable, "-c", NEEDED], cwd=HOME, env=environment(**settings), capture_output=True, text=True, check=True)
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return names


def _importing(needed: list[str], folder: Path) -> float:
    """Seconds of a process that imports these and ends."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], cwd=folder, input=json.dumps(needed), text=True, check=True)
    return time.perf_counter() - begun
