"""The lines to append to Log: the ledger's witness outside this machine. They carry no address."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from community.labels import in_plain_words
from community.ledger import Entry, LedgerView
from reports.words import PHASES, entry_label, month_of, serial
from sheets_schema.cells import Cell, Rows
from sheets_schema.rows import LogEntry

# Of the day in When: two machines that did the same in the same second are told apart by it.
PLACES = 9


def new_lines(ledger: LedgerView, logged: Iterable[LogEntry], zone: ZoneInfo | None) -> Rows:
    """A row per ended effect that does not stand in Log, or no longer at its end, in order of number.

    logged: what was read from Log. zone: the community's; UTC when it is not known.
    """
    there = max((line.number for line in logged if line.ledger == ledger.id), default=0)
    last = max(there, ledger.recovered_to)
    new = [(entry.number, entry) for entry in ledger.entries.values() if entry.number and entry.number > last]
    new.sort(key=lambda numbered: numbered[0])
    return [_line(ledger.id, entry, number, zone or ZoneInfo("UTC")) for number, entry in new]


def _line(ledger: str, entry: Entry, number: int, zone: ZoneInfo) -> list[Cell]:
    what = entry_label(entry)
    if entry.meeting:
        what += f", {month_of(entry.meeting)}"
    result = PHASES[entry.phase]
    if entry.reason:
        result += f": {in_plain_words(entry.reason)}"
    # A name may have been typed as an address.
    who = entry.who.partition("@")[0]
    return [serial(entry.at, zone, PLACES), what, who, result, entry.key, ledger, number]
