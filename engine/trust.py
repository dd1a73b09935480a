"""Why nothing at all may happen now: a ledger that does not know what was done, a clock that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from community.community import Community
from community.ledger import LedgerView
from reports.log import PLACES
from reports.words import serial
from sheets_schema import log
from sheets_schema.rows import LogEntry

CLOCK_MAY_BE_OFF = timedelta(minutes=10)
_QUARTER = 15 * 60 * 1000  # ms: what two time zones differ by is a multiple of it
_SAME = 2  # ms: a moment that was rounded on its way into a cell


def reason_to_stop(community: Community) -> str:
    """What must be put right before anything may leave this machine; empty when all is well."""
    return _witness_against(community) or _wrong_clock(community)


def _witness_against(community: Community) -> str:
    """Why this ledger must not be trusted, from what stands in Log and Calendar; empty when all agrees."""
    if log.TAB.title in community.sheet.stopped:
        return (
            "The tab Log is missing or has lost a header, so that nobody can tell what has been sent. Bring"
            " it back with Undo or the version history; if it is gone for good, run `main.py init` for this"
            " spreadsheet, then `main.py recover`."
        )
    return _log_against(community.ledger, community.sheet.logged) or _calendar_against(community)


def _log_against(ledger: LedgerView, logged: Iterable[LogEntry]) -> str:
    """What Log says against this ledger: it was written by another one, by a copy, or not as far."""
    known = {ledger.id, *ledger.recovered}
    if any(line.ledger not in known for line in logged):
        return (
            "The tab Log was written with another ledger than the one on this machine. Put that ledger"
            " back, or run `main.py recover` so that nothing is sent a second time."
        )
    own = [line for line in logged if line.ledger == ledger.id]
    if (number := _contested(ledger, own)) is not None:
        return (
            f"Number {number} in the tab Log is not what the ledger on this machine did. If a second machine"
            " runs with a copy of the ledger, stop one of them for good, see what went out twice, and run"
            " `main.py recover` on the other. If somebody changed rows of Log, take that back with Undo."
        )
    highest = max((line.number for line in own), default=0)
    if highest > ledger.last_number:
        return (
            "The ledger on this machine is older than the tab Log. Put the newest copy back, or run"
            " `main.py recover` so that nothing is sent a second time. If a second machine runs with a copy"
            " of the ledger, stop one of them for good before that."
        )
    if not own and ledger.recovered_to < ledger.logged:  # where some are left, the others are written again
        return (
            "Rows of the tab Log are gone, so that nobody can tell what has been sent. Bring them back with"
            " Undo or the version history; if they are gone for good, run `main.py recover`, and the next run"
            " writes them again."
        )
    return ""


def _contested(ledger: LedgerView, own: Iterable[LogEntry]) -> int | None:
    """The first number under which Log and ledger, or two lines of Log, have different things.

    A copy of the ledger on another machine gives the same numbers, may be to the same mails: then the moments
    differ. A line that was appended twice, because an answer was lost, is the same in both.
    """
    utc = ZoneInfo("UTC")
    done: dict[int, tuple[str, float | None]] = {
        entry.number: (entry.key, serial(entry.at, utc, PLACES))
        for entry in ledger.entries.values()
        if entry.number is not None and entry.number > ledger.recovered_to
    }
    for line in own:
        if line.number > ledger.recovered_to:
            key, when = done.setdefault(line.number, (line.key, line.when))
            if key != line.key or not _same_moment(when, line.when):
                return line.number
    return None


def _same_moment(first: float | None, second: float | None) -> bool:
    """Whether two moments may be the same, on clocks of whatever zones; one that is not known may be any."""
    if first is None or second is None:
        return True
    apart = round((first - second) * 86_400_000) % _QUARTER
    return min(apart, _QUARTER - apart) <= _SAME


def _calendar_against(community: Community) -> str:
    """A meeting's event stands in Calendar that this ledger has not made, though Log does not say whose."""
    if all(meeting.entry or not meeting.event for meeting in community.meetings):
        return ""
    return (
        "The calendar holds a meeting that the ledger on this machine does not know. Put the newest copy of"
        " the ledger back, or run `main.py recover` so that nothing is sent a second time."
    )


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
