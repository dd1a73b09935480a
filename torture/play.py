"""Playing the reference month for the service: deeds at their time, a tick whenever something falls due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.month import Month
from torture.script import END, STEPS

_SOON = timedelta(seconds=1)


def play(
    month: Month,
    *,
    first: int = 0,
    due: datetime | None = None,
    has_played: Callable[[int], None] = lambda _: None,
) -> None:
    """Play the steps from `first` on, and to the end of the month.

    due: what the last tick named. has_played: told the number of steps played, right after each.
    """
    for number, step in enumerate(STEPS[first:], first + 1):
        _catch_up(month, due, step.when)
        step.deed(month)
        has_played(number)
        due = month.tick().next_due
    _catch_up(month, due, END)
    month.tick()


def _catch_up(month: Month, due: datetime | None, end: datetime) -> None:
    """Tick at every due time before `end`, and stand at `end`; a month that is late stays where it is."""
    while due is not None and due < end:
        month.go_to(max(due, month.now + _SOON))
        due = month.tick().next_due
    if month.now < end:
        month.go_to(end)
