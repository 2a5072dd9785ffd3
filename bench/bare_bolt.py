"""Side (b): the least that can be called a check-in bot: Bolt answering from a pool of threads, and one hand-written transaction.

No duplicates, no permissions, no journal, no undo, no card: a row is read, changed and written beside.
"""

import os
from datetime import UTC, datetime
from typing import Any

import uvicorn
from slack_bolt import App
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient
from sqlalchemy import create_engine, event, text
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

URL = os.environ["DATABASE_URL"]
LITE = URL.startswith("sqlite")
engine = create_engine(
    URL, pool_size=16, max_overflow=16, connect_args={"check_same_thread": False, "timeout": 10, "isolation_level": None} if LITE else {}
)
FIND = text(f"SELECT id, value FROM bare_key_results WHERE person = :person AND ref = :ref{'' if LITE else ' FOR UPDATE'}")
CHANGE = text("UPDATE bare_key_results SET value = :value WHERE id = :id")
NOTE = text("INSERT INTO bare_check_ins (key_result, person, value, made_at) VALUES (:id, :person, :value, :now)")
MINE = text("SELECT ref, title, value FROM bare_key_results WHERE person = :person ORDER BY ref")

if LITE:

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        """As durable as Tenday's."""
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        """A read that turns into a write fails on SQLite."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")


app = App(
    client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["BENCH_SLACK_API"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
    process_before_response=True,
)


@app.command("/checkin")
def check_in(ack: Any, command: dict[str, Any]) -> None:
    """`KR1.1 +1`, and nothing else."""
    ref, amount = command["text"].split()
    person = command["user_id"]
    with engine.begin() as connection:
        number, old = connection.execute(FIND, {"person": person, "ref": ref}).one()
        new = old + float(amount)
        connection.execute(CHANGE, {"id": number, "value": new})
        connection.execute(NOTE, {"id": number, "person": person, "value": new, "now": datetime.now(UTC).isoformat()})
    ack(f"{ref}: {old:g} → {new:g}")


@app.command("/okr")
def mine(ack: Any, command: dict[str, Any]) -> None:
    """One's key results, a line each."""
    with engine.connect() as connection:
        rows = connection.execute(MINE, {"person": command["user_id"]}).all()
    ack("\n".join(f"{ref} {title}: {value:g}" for ref, title, value in rows))


async def door(request: Request) -> Response:
    """The same door as Tenday's: the body here, everything else in a thread."""
    asked = BoltRequest(body=(await request.body()).decode(), headers=dict(request.headers))
    answer = await run_in_threadpool(app.dispatch, asked)
    return Response(answer.body, status_code=answer.status, headers=dict(answer.first_headers()))


if __name__ == "__main__":
    served = Starlette(routes=[Route("/slack/events", door, methods=["POST"])])
    uvicorn.run(served, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning", access_log=False)
