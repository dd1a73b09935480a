"""Playing the reference month for the service: deeds at their time, a tick whenever something falls due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tests.month import Month
from torture.script import END, STEPS, Step

_SOON = timedelta(seconds=1)


def play(
    month: Month,
    steps: Sequence[Step] = STEPS,
    *,
    first: int = 0,
    due: datetime | None = None,
    has_played: Callable[[int], None] = lambda _: None,
) -> None:
    """Play the steps from `first` on, and then to END; of a part of the month, to the end of its last day.

    due: what the last tick named. has_played: told the number of steps played, right after each.
    """
    for number, step in enumerate(steps[first:], first + 1):
        _catch_up(month, due, step.when)
        step.deed(month)
        has_played(number)
        due = month.tick().next_due
    end = END if len(steps) == len(STEPS) else steps[-1].when.replace(hour=23)
    _catch_up(month, due, end)
    month.tick()


def _catch_up(month: Month, due: datetime | None, end: datetime) -> None:
    """Tick at every due time before `end`, and stand at `end`; a month that is late stays where it is."""
    while due is not None and due < end:
        month.go_to(max(due, month.now + _SOON))
        due = month.tick().next_due
    if month.now < end:
        month.go_to(end)
