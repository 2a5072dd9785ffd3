"""What the house loads: an SDK only with its platform."""

import subprocess
import sys
from pathlib import Path

import pytest

SLACK = {"TENDAY_SLACK_BOT_TOKEN": "xoxb-1"}
HTTP, SOCKET = SLACK | {"TENDAY_SLACK_SIGNING_SECRET": "1"}, SLACK | {"TENDAY_SLACK_APP_TOKEN": "xapp-1"}
FEISHU = {"TENDAY_FEISHU_APP_ID": "cli_1", "TENDAY_FEISHU_APP_SECRET": "1", "TENDAY_FEISHU_CONNECTION": "websocket"}
CODE = """
import sys
from app import build
from bot.settings import Settings
house = build(Settings(_env_file=None, database_url="{database}", **{settings}))
print(*sorted(name for name in ("slack_bolt", "slack_sdk", "lark_oapi", "bot.slack.socket", "bot.feishu.connection") if name in sys.modules))
print(*sorted(house.fronts), *sorted(house.kept))
"""


@pytest.mark.parametrize(
    ("settings", "loaded", "open"),
    [
        (HTTP, "slack_bolt slack_sdk", "/slack/events"),
        (SOCKET, "bot.slack.socket slack_bolt slack_sdk", "slack"),
        (FEISHU, "bot.feishu.connection", "feishu"),
        ({}, "", ""),
    ],
    ids=["slack over HTTP", "slack over Socket Mode", "feishu", "neither"],
)
def test_serving_one_platform_never_loads_the_sdk_of_the_other(settings: dict[str, str], loaded: str, open: str, tmp_path: Path) -> None:
    code = CODE.replace("{settings}", repr(settings)).replace("{database}", f"sqlite:///{tmp_path}/x.db")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert (done.returncode, done.stdout.splitlines()) == (0, [loaded, open]), done.stderr
