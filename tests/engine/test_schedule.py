"""The metronome: now, at every interval, when something falls due, and not after the stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from engine.schedule import serve

FOREVER = timedelta(hours=1)


def now() -> datetime:
    """The machine's clock, as main.py hands it over."""
    return datetime.now(UTC)


class Served:
    """`serve` in a thread of its own; ticks are noted, and stop it after a number of them."""

    def __init__(self, due: Callable[[int], datetime | None], *, every: timedelta, ticks: int) -> None:
        self.at: list[datetime] = []
        self.stop = threading.Event()
        self._due = due
        self._ticks = ticks
        serve_it = threading.Thread(
            target=serve, args=(self._tick,), kwargs={"every": every, "clock": now, "stop": self.stop}
        )
        serve_it.start()
        serve_it.join(timeout=10)
        assert not serve_it.is_alive()

    def _tick(self) -> datetime | None:
        self.at.append(now())
        if len(self.at) == self._ticks:
            self.stop.set()
        return self._due(len(self.at))


def test_first_tick_is_now() -> None:
    begun = now()

    served = Served(lambda _: None, every=FOREVER, ticks=1)

    assert len(served.at) == 1
    assert served.at[0] - begun < timedelta(seconds=1)


def test_ticks_come_at_every_interval() -> None:
    served = Served(lambda _: None, every=timedelta(seconds=1), ticks=2)

    assert timedelta(seconds=0.9) < served.at[1] - served.at[0] < timedelta(seconds=2)


def test_tick_comes_when_something_falls_due() -> None:
    due = now() + timedelta(seconds=1.2)

    served = Served(lambda _: due, every=FOREVER, ticks=2)

    assert timedelta(0) <= served.at[1] - due < timedelta(seconds=1)


def test_due_time_that_is_past_waits_a_second() -> None:
    served = Served(lambda _: now() - timedelta(days=400), every=FOREVER, ticks=2)

    assert timedelta(seconds=0.9) < served.at[1] - served.at[0] < timedelta(seconds=2)


def test_stop_finishes_the_tick_under_way_and_starts_no_other() -> None:
    finished: list[int] = []

    def slow(number: int) -> datetime:
        time.sleep(0.3)
        finished.append(number)
        return now()

    served = Served(slow, every=timedelta(seconds=1), ticks=1)

    assert (len(served.at), finished) == (1, [1])
