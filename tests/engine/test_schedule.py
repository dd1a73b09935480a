"""The metronome: now, at every interval, when something falls due, and not after the stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine

from engine import schedule
from engine.schedule import serve

FOREVER = timedelta(hours=1)
AT_ONCE = timedelta(seconds=0.25)
INTERVAL = timedelta(seconds=0.3)


def now() -> datetime:
    """The machine's clock, as main.py hands it over."""
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _glancing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty glances at the clock for each of main.py's, so that these tests are short."""
    monkeypatch.setattr(schedule, "GLANCE", timedelta(seconds=0.05))


class Served:
    """`serve` in a thread of its own, until a number of ticks, or for so many seconds.

    at: when they came, by the machine's clock. took: from each to the next, whatever that clock said.
    """

    def __init__(
        self, due: Callable[[int], datetime | None], *, every: timedelta, ticks: int = 0, seconds: float = 5
    ) -> None:
        self.at: list[datetime] = []
        self.stop = threading.Event()
        self._due = due
        self._ticks = ticks
        self._true: list[float] = []
        serve_it = threading.Thread(
            target=serve, args=(self._tick,), kwargs={"every": every, "clock": now, "stop": self.stop}
        )
        serve_it.start()
        ended = self.stop.wait(seconds)
        self.stop.set()
        serve_it.join(timeout=5)
        assert (ended, serve_it.is_alive()) == (bool(ticks), False)
        self.took = [timedelta(seconds=after - before) for before, after in pairwise(self._true)]

    def _tick(self) -> datetime | None:
        self.at.append(now())
        self._true.append(time.monotonic())
        if len(self.at) == self._ticks:
            self.stop.set()
        return self._due(len(self.at))


def test_first_tick_is_now() -> None:
    begun = now()

    served = Served(lambda _: None, every=FOREVER, ticks=1)

    assert len(served.at) == 1
    assert served.at[0] - begun < timedelta(seconds=1)


def test_ticks_come_at_every_interval() -> None:
    served = Served(lambda _: None, every=INTERVAL, ticks=3)

    assert all(INTERVAL / 2 < took < INTERVAL + AT_ONCE for took in served.took)


def test_tick_comes_when_something_falls_due() -> None:
    due = now() + timedelta(seconds=0.3)

    served = Served(lambda _: due, every=FOREVER, ticks=2)

    assert timedelta(0) <= served.at[1] - due < AT_ONCE


def test_due_time_that_is_past_waits_for_a_glance_at_the_clock() -> None:
    served = Served(lambda _: now() - timedelta(days=400), every=FOREVER, seconds=0.5)

    assert 1 < len(served.at) <= 11


def test_stop_finishes_the_tick_under_way_and_starts_no_other() -> None:
    finished: list[int] = []

    def slow(number: int) -> datetime:
        time.sleep(0.3)
        finished.append(number)
        return now()

    served = Served(slow, every=INTERVAL, ticks=1)

    assert (len(served.at), finished) == (1, [1])


@pytest.mark.parametrize("error", [INTERVAL, timedelta(days=400)])
def test_interval_holds_when_a_clock_that_was_ahead_is_set_right(error: timedelta) -> None:
    right = now()

    with time_machine.travel(right + error) as clock:

        def due(number: int) -> datetime | None:
            if number == 1:
                clock.move_to(right)
            return right + error + FOREVER

        served = Served(due, every=INTERVAL, ticks=3)

    assert all(INTERVAL / 2 < took < INTERVAL + AT_ONCE for took in served.took)


@pytest.mark.parametrize("due", [timedelta(minutes=5), FOREVER * 48], ids=["slept through", "later"])
def test_machine_that_slept_ticks_once_as_it_wakes(due: timedelta) -> None:
    asleep_at = now()
    awake_at = asleep_at + timedelta(days=1)

    with time_machine.travel(asleep_at) as clock:

        def sleep(number: int) -> datetime | None:
            if number > 1:
                return None
            # Every wait of the process stands still while the machine sleeps, and its clock goes on.
            threading.Timer(0.1, clock.move_to, [awake_at]).start()
            return asleep_at + due

        served = Served(sleep, every=FOREVER, seconds=0.5)

    assert len(served.at) == 2
    assert served.at[1] - awake_at < AT_ONCE
