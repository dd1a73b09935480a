"""A month that died: brought to rest by new processes, then held against the one without a death."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.month import Month
from tests.mortal import RESTART_AFTER
from torture.campaign import WRONG, Outcome
from torture.play import play
from torture.reference import Moment, Reference
from torture.state import State, compared, differing, look, unconfirmed, undelivered, unfinished

MOST_TICKS = 8  # after a death; more of them would not be rest but a loop


def is_sampled(cell: str, one_in: int) -> bool:
    """Whether a cell belongs to those that are played to the end of the month whatever they look like."""
    return int(hashlib.sha256(cell.encode()).hexdigest(), 16) % one_in == 0


def come_to_rest(month: Month, ticks: int = MOST_TICKS) -> datetime | None:
    """Tick, a minute apart, until nothing is under way and a tick ends nothing; returns what is due next.

    AssertionError when that does not happen within so many ticks.
    """
    for _ in range(ticks):
        month.wait(seconds=RESTART_AFTER)
        tick = month.tick()
        if not (tick.done or tick.troubles or unfinished(month)):
            return tick.next_due
    raise AssertionError(f"no rest after {ticks} ticks: {unfinished(month)}")


def judged(
    month: Month, ref: Reference, moment: Moment, due: datetime | None, *, to_the_end: bool
) -> Outcome:
    """What became of a month that is at rest after a moment; one that differs is played to its end.

    due: what is due next. to_the_end: play it to the end in any case.
    """
    state, expected = look(month, ref.state_before(moment)), ref.state_after(moment)
    differs = differing(state, expected)
    played = to_the_end or bool(differs)
    in_the_end = []
    if played:
        play(month, ref.steps, first=moment.steps, due=due)
        state, expected = look(month), ref.end()
        in_the_end = differing(state, expected)
    outcome: Outcome = {"what": moment.what, "differs": differs, "played to the end": played}
    return outcome | _counted(month, state, expected, in_the_end)


def _counted(month: Month, state: State, expected: State, in_the_end: list[str]) -> Outcome:
    open_ends = unconfirmed(month)
    found: dict[str, Sequence[Any]] = {
        **compared(state, expected),
        "orphans": state["drafts"],
        "unfinished": unfinished(month),
        "undelivered": undelivered(open_ends, state),
        "differs in the end": in_the_end,
    }
    wrong = [f"{what}: {names}" for what, names in found.items() if names]
    return {**found, "unconfirmed": len(open_ends), WRONG: wrong}
