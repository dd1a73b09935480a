"""The metronome: a tick at an interval, and one more when something falls due. It remembers nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

WAKE_UP = "wake up"


def serve(
    tick: Callable[[], datetime | None],
    *,
    every: timedelta,
    clock: Callable[[], datetime],
    stop: threading.Event,
) -> None:
    """Tick now, at every interval, and at the instant that the last tick named; return once `stop` is set.

    A tick under way is finished first. Two ticks never run at the same time; missed ones become one.
    """
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    )
    busy = threading.Lock()

    def beat() -> None:
        with busy:
            if stop.is_set():
                return
            due = tick()
        if due is not None and not stop.is_set():
            wake = max(due, clock() + timedelta(seconds=1))
            scheduler.add_job(beat, DateTrigger(wake), id=WAKE_UP, replace_existing=True)

    scheduler.add_job(beat, IntervalTrigger(seconds=int(every.total_seconds())), next_run_time=clock())
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)
