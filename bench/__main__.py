"""`make bench`: all sides in one run on one machine, turn by turn, every answer checked; a table of ratios."""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import get_args

from bench import fanout
from bench.digest import PEOPLE as LED
from bench.digest import digests
from bench.feishu import messages
from bench.planning import planning
from bench.sides import PEOPLE, Doing, Side, Wrong, bare, empty, hold_to_account, settle_in, tenday
from bench.startup import starting
from tests.databases import Cluster, NoPostgres
from tests.fakes.slack import FakeSlack

PARTS = "http", "startup", "feishu", "planning", "fanout", "digest"
CONNECTIONS = 1, PEOPLE
FIGURES = "each_second", "p50", "p99"
Cell = tuple[str, Doing, int]
Measured = dict[tuple[Cell, str], dict[str, float]]


def main() -> int:
    """0, or 1 when an answer was wrong: then no figure is worth anything."""
    parser = argparse.ArgumentParser(prog="bench", description="Tenday against an empty Bolt app and a bare bot")
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("part", nargs="?", choices=PARTS, help="one part alone")
    parser.add_argument("--only", choices=PARTS, help="the same")
    parser.add_argument("--database", choices=["sqlite", "postgres"], help="on one database alone")
    parser.add_argument("--people", type=int, help=f"of the digest's lead, {LED:,} unless given")
    options = parser.parse_args()
    only = options.only or options.part
    kinds = [options.database] if options.database else ["sqlite", "postgres"]
    rounds, seconds = (1, 1.0) if options.quick else (3, 2.0)
    print(machine())
    try:
        if only in (None, "http"):
            http(rounds, seconds, kinds)
        if only in (None, "startup"):
            starting(3 if options.quick else 7)
        if only in (None, "feishu"):
            messages(100 if options.quick else 300)
        if only in (None, "planning"):
            planning(10_000 if options.quick else 100_000, rounds, kinds)
        if only in (None, "fanout"):
            fanout.table()
        if only in (None, "digest"):
            digests(options.people or (1000 if options.quick else LED), rounds, kinds)
    except (Wrong, fanout.TooSlow) as problem:
        print(f"WRONG: {problem}", file=sys.stderr)
        return 1
    return 0


def machine() -> str:
    """What it was measured on."""
    names = "slack-bolt", "sqlalchemy", "sqlmodel", "uvicorn", "psycopg"
    cores, busy = os.cpu_count(), os.getloadavg()[0]
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores, load {busy:.1f} before; Python {platform.python_version()}, {packages}"


def http(rounds: int, seconds: float, kinds: list[str]) -> None:
    """The commands over HTTP, on each database."""
    for kind in kinds:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            try:
                ours, theirs = stack.enter_context(databases(kind, folder))
            except NoPostgres as problem:
                print(f"\n{kind}: left out, {problem}")
                continue
            slack = stack.enter_context(FakeSlack())
            for n in range(1, PEOPLE + 1):
                slack.add_user(f"U{n}", f"Person{n}")
            sides = [empty(slack), bare(slack, theirs), tenday(slack, ours)]
            for side in sides:
                stack.enter_context(side.served(folder))
            settle_in(sides[2])
            measured = loaded(kind, sides, rounds, seconds)
            counted = hold_to_account(sides[1], theirs), hold_to_account(sides[2], ours)
            print(f"\n{kind}: {counted[0]} and {counted[1]} check-ins acknowledged, and stored, by (b) and by Tenday\n")
            table(kind, [side.name for side in sides], measured)


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[tuple[str, str]]:
    """An empty database for each of the two that have one; PostgreSQL as durable as it is out of the box."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/tenday.db", f"sqlite:///{folder}/bare.db"
        return
    cluster = Cluster(durable=True)
    cluster.start()
    try:
        yield cluster.database("tenday"), cluster.database("bare")
    finally:
        cluster.remove()


def loaded(kind: str, sides: list[Side], rounds: int, seconds: float) -> Measured:
    """Every side in turn, round after round; medians of the rounds."""
    runs: dict[tuple[Cell, str], list[dict[str, float]]] = defaultdict(list)
    for _ in range(rounds):
        for doing in get_args(Doing):
            for connections in CONNECTIONS:
                for side in sides:
                    runs[((kind, doing, connections), side.name)].append(side.load(doing, connections, seconds, warm=seconds / 5))
                    time.sleep(0.1)
    return {key: {f: statistics.median(run[f] for run in of) for f in FIGURES} | spread(of) for key, of in runs.items()}


def spread(runs: list[dict[str, float]]) -> dict[str, float]:
    """How far the rounds lie apart: the highest throughput over the lowest."""
    speeds = [run["each_second"] for run in runs]
    return {"spread": max(speeds) / min(speeds)}


def table(kind: str, names: list[str], measured: Measured) -> None:
    """Ratios: throughput of Tenday over each side's, its p50 and p99 over (b)'s."""
    a, b, ours = names
    print("| what | connections | throughput / (a) | throughput / (b) | p50 / (b) | p99 / (b) | p99 / (a) | spread a, b, ours |")
    print("|---|---|---|---|---|---|---|---|")
    for doing in get_args(Doing):
        for connections in CONNECTIONS:
            cell = kind, doing, connections
            x, y, us = measured[(cell, a)], measured[(cell, b)], measured[(cell, ours)]
            speed = us["each_second"] / x["each_second"], us["each_second"] / y["each_second"]
            slow = us["p50"] / y["p50"], us["p99"] / y["p99"], us["p99"] / x["p99"]
            apart = ", ".join(f"{one['spread']:.2f}" for one in (x, y, us))
            print(
                f"| {doing} | {connections} | {speed[0]:.2f} | {speed[1]:.2f} | {slow[0]:.2f} | {slow[1]:.2f} | {slow[2]:.2f} | {apart} |"
            )
            rate = " ".join(f"{one['each_second']:.0f}/s p50 {one['p50'] * 1e3:.1f} p99 {one['p99'] * 1e3:.1f} ms;" for one in (x, y, us))
            print(f"{kind} {doing} {connections}: a, b, ours: {rate}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
