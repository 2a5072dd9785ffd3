"""Processes to be killed: so many run one function at once, each can end as if its machine lost its power, and another takes its place.

with Workers(work, database, count=4) as workers:   # work: a function of a module; its arguments can be pickled
    workers.kill(random)                            # kill -9 of one of them; another is started
    workers.finish()                                # all come back by themselves
"""

import os
import signal
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from random import Random
from types import TracebackType
from typing import Any, Self

_context = get_context("forkserver")  # a fresh process in milliseconds, without the threads of this one
_context.set_forkserver_preload(["tests.delivery.preload"])


class Workers:
    """`count` processes that run work(*arguments)."""

    def __init__(self, work: Callable[..., None], *arguments: Any, count: int = 1) -> None:
        self._work, self._arguments = work, arguments
        self.running: list[BaseProcess] = [self._another() for _ in range(count)]
        self.killed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        for process in self.running:
            process.kill()
            process.join()

    def kill(self, random: Random) -> None:
        """kill -9 of one that is at work, and another in its place."""
        place = random.randrange(len(self.running))
        process = self.running[place]
        assert process.pid is not None
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        self.killed += process.exitcode == -signal.SIGKILL
        self.running[place] = self._another()

    def finish(self, seconds: float = 60.0) -> None:
        """Waits until all of them have come back, and well."""
        deadline = time.monotonic() + seconds
        for process in self.running:
            process.join(max(0.0, deadline - time.monotonic()))
            assert not process.is_alive(), f"not done within {seconds:.0f} s"
            assert process.exitcode == 0, process.exitcode

    def _another(self) -> BaseProcess:
        process = _context.Process(target=self._work, args=self._arguments, daemon=True)
        process.start()
        return process
