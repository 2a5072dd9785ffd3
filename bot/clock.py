"""APScheduler as an alarm clock: it rings, and calls the functions it was given. It holds no state of ours."""

import logging
import threading
import time
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger("tenday.clock")


class Alarm:
    """Rings `ring` every minute in a thread of its own; `rang` tells how long ago it last came back."""

    def __init__(self, ring: Callable[[], None], machine: Callable[[], float] = time.time) -> None:
        self._ring, self._machine = ring, machine
        self._last = machine()
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._scheduler.add_job(self._once, "cron", minute="*", id="ring")

    def start(self) -> None:
        """Begins to ring; the first time at once."""
        self._scheduler.start()
        self._scheduler.add_job(self._once, id="first")

    def stop(self) -> None:
        """Stops ringing."""
        self._scheduler.shutdown(wait=False)

    def quiet_for(self) -> float:
        """Seconds since it last rang and came back."""
        return self._machine() - self._last

    def _once(self) -> None:
        try:
            self._ring()
            self._last = self._machine()
        except Exception as problem:
            log.error("the clock rang and something failed: %s", type(problem).__name__)


class Sender:
    """A thread that delivers as soon as it is woken, and looks by itself every few seconds.

    deliver: is given `rest`, to be called while nothing can be sent for so many seconds: it waits, a few seconds at most and until
    it is woken, and says False when the delivery had better end and be begun anew.
    """

    def __init__(self, deliver: Callable[[Callable[[float], bool]], object], pause: float = 2.0) -> None:
        self._deliver, self._pause = deliver, pause
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="tenday-sender", daemon=True)

    def start(self) -> None:
        """Begins to deliver."""
        self._thread.start()

    def wake(self) -> None:
        """Something is owed."""
        self._woken.set()

    def stop(self) -> None:
        """Ends after the message it is at."""
        self._stopped.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _rest(self, seconds: float) -> bool:
        if 0 < seconds <= self._pause:
            self._woken.wait(seconds)
            self._woken.clear()
        return seconds <= self._pause and not self._stopped.is_set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._woken.wait(self._pause)
            self._woken.clear()
            if self._stopped.is_set():
                return
            try:
                self._deliver(self._rest)
            except Exception as problem:
                log.error("delivery failed: %s", type(problem).__name__)


class Patience:
    """How long a `tick` waits for limits, in seconds: `once` at a time, `most` in all."""

    def __init__(self, once: float = 65.0, most: float = 900.0, sleep: Callable[[float], None] = time.sleep) -> None:
        self._once, self._left, self._sleep = once, most, sleep

    def rest(self, seconds: float) -> bool:
        """Waits, unless it is too long."""
        self._left -= seconds
        if seconds > self._once or self._left < 0:
            return False
        if seconds:
            self._sleep(seconds)
        return True
