"""Side (a): an empty Bolt app as Bolt's documentation shows it, behind Bolt's own ASGI adapter.

https://docs.slack.dev/tools/bolt-python/concepts/adapters
"""

import os
from typing import Any

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_sdk import WebClient

app = App(
    client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["BENCH_SLACK_API"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
)


@app.command("/checkin")
def check_in(ack: Any) -> None:
    """Nothing at all."""
    ack()


@app.command("/okr")
def mine(ack: Any) -> None:
    """Nothing at all."""
    ack()


if __name__ == "__main__":
    if os.environ["BENCH_DOOR"] == "start":
        app.start(port=int(os.environ["PORT"]))
    else:
        uvicorn.run(SlackRequestHandler(app), host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning", access_log=False)
