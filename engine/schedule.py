"""The metronome: a tick at an interval, and one more when something falls due. It remembers nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

GLANCE = timedelta(seconds=1)  # from one glance at the clock to the next


def serve(
    tick: Callable[[], datetime | None],
    *,
    every: timedelta,
    clock: Callable[[], datetime],
    stop: threading.Event,
) -> None:
    """Tick now, at every interval, and at the instant that the last tick named; return once `stop` is set.

    A tick under way is finished first. Two ticks never run at the same time; missed ones become one. The
    interval holds whatever becomes of the machine's clock; a machine that slept past it ticks as it wakes.
    """
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    )
    due: datetime | None = None

    def beat() -> None:
        nonlocal due
        due = None
        if not stop.is_set():
            due = tick()

    def watch() -> None:
        planned, waited = job.next_run_time, timedelta()
        while not stop.wait(GLANCE.total_seconds()):  # which counts seconds, whatever the clock says
            waited = waited + GLANCE if job.next_run_time == planned else timedelta()
            planned = job.next_run_time
            if waited > every or (due is not None and due <= clock()):
                job.modify(next_run_time=clock())
            scheduler.wakeup()  # its own wait stands still while the machine sleeps

    job = scheduler.add_job(beat, IntervalTrigger(seconds=every.total_seconds()), next_run_time=clock())
    scheduler.start()
    watching = threading.Thread(target=watch, name="watch", daemon=True)
    watching.start()
    try:
        watching.join()  # and no stop.wait(): a signal handler sets `stop` in this very thread
    finally:
        scheduler.shutdown(wait=True)
