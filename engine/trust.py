"""Why nothing at all may happen now: a ledger that does not know what was done, a clock that is wrong."""

from __future__ import annotations

from datetime import timedelta

from community.community import Community

CLOCK_MAY_BE_OFF = timedelta(minutes=10)


def reason_to_stop(community: Community) -> str:
    """What must be put right before anything may leave this machine; empty when all is well."""
    return _witness_against(community) or _wrong_clock(community)


def _witness_against(community: Community) -> str:
    """Why this ledger must not be trusted, from what stands in Log; empty when all agrees."""
    ledger = community.ledger
    for line in community.sheet.logged:
        if line.ledger != ledger.id and line.ledger not in ledger.recovered:
            return (
                "The tab Log was written with another ledger than the one on this machine. Put that ledger"
                " back, or run `main.py recover` so that nothing is sent a second time."
            )
        if line.ledger == ledger.id and line.number > ledger.last_number:
            return (
                "The ledger on this machine is older than the tab Log. Put the newest copy back, or run"
                " `main.py recover` so that nothing is sent a second time."
            )
    return ""


def _wrong_clock(community: Community) -> str:
    """That this machine's clock and Google's differ: what is due is a matter of the time."""
    error = community.clock_error
    if abs(error) <= CLOCK_MAY_BE_OFF:
        return ""
    side = "ahead of" if error > timedelta(0) else "behind"
    return (
        f"The clock of this machine is {_spelled(abs(error))} {side} Google's. Set its date and time right;"
        " until then nothing is sent or changed."
    )


def _spelled(duration: timedelta) -> str:
    """A duration in the largest unit of which it has at least two: 90 minutes, 3 hours, 400 days."""
    for unit, name in ((timedelta(days=1), "days"), (timedelta(hours=1), "hours")):
        if duration >= 2 * unit:
            return f"{duration // unit} {name}"
    return f"{duration // timedelta(minutes=1)} minutes"
