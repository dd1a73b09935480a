"""A month that died: brought to rest by new processes, then held against the one without a death."""

from __future__ import annotations

import hashlib
from datetime import datetime

from tests.month import Month
from tests.mortal import RESTART_AFTER
from torture.campaign import WRONG, Outcome
from torture.play import play
from torture.reference import Moment, Reference
from torture.state import (
    State,
    compared,
    differing,
    logged_twice,
    look,
    unconfirmed,
    undelivered,
    unfinished,
)

MOST_TICKS = 8  # after a death; more of them would not be rest but a loop

# What must not be at rest either. All else may only be late by then, and is judged in the end.
_NEVER = ("orphans", "unfinished", "undelivered", "in Log twice", "codes mailed twice")
_BY_DESIGN = frozenset({"unconfirmed", "invites nobody was told of"})


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

    due: what is due next. to_the_end: play it to the end in any case. "at rest" and "in the end" are counted
    apart; the second is None for a month that was not played on, which is as good as at its end.
    """
    rest = _counted(month, ref, look(month, ref.state_before(moment)), ref.state_after(moment))
    end = None
    if to_the_end or rest["differs"]:
        play(month, ref.steps, first=moment.steps, due=due)
        end = _counted(month, ref, look(month), ref.end())
    last = end or rest
    wrong = [f"{what}: {found}" for what, found in last.items() if found and what not in _BY_DESIGN]
    wrong += [f"at rest, {what}: {rest[what]}" for what in _NEVER if rest[what] and not last[what]]
    return {"what": moment.what, "at rest": rest, "in the end": end, WRONG: wrong}


def _counted(month: Month, ref: Reference, state: State, expected: State) -> Outcome:
    """What a month has more, less or otherwise than it should, and what may be so."""
    open_ends = unconfirmed(month)
    return {
        "differs": differing(state, expected),
        **compared(state, expected),
        "orphans": state["drafts"],
        "unfinished": unfinished(month),
        "unconfirmed": len(open_ends),
        "undelivered": undelivered(open_ends, state, ref.end()) if open_ends else [],
        "in Log twice": logged_twice(state),
        "codes mailed twice": sum(times > 1 for times in state["codes"]),
        "invites nobody was told of": max(0, state["untold"] - expected["untold"]),
    }
