"""The Log tab: everything the service has done, a row each. Nothing is ever rewritten."""

from __future__ import annotations

from sheets_schema.cells import UNREAD, UNREAD_MOMENT, Rows, integer, text
from sheets_schema.columns import Column, Tab, required, written
from sheets_schema.problems import Problem
from sheets_schema.rows import LogEntry
from sheets_schema.table import read_table

_IGNORED = "This row does not count as a witness of what was sent."

KEY: Column[None] = Column("Key", UNREAD, "What was done, in the service's own words.", width=300)
LEDGER = required("Ledger", text(100), "Which ledger knows about it.", _IGNORED)
NUMBER = required("Number", integer(0, 999_999), "The row's number in that ledger.", _IGNORED, width=80)

TAB = Tab(
    "Log",
    (
        written("When", "When it was done, on the community's clock.", 150, UNREAD_MOMENT),
        written("What", "What was done.", 200),
        written("Who", "To whom.", 220),
        written("Result", "How it ended.", 200),
        KEY,
        LEDGER,
        NUMBER,
    ),
    explain="One row per thing done, newest last. Keep it: after a loss the service learns from it what has "
    "been sent.",
    stops="Nothing goes out until it is back, because what has been sent could not be written down.",
    organizers=False,
    hidden=True,
)


def read(rows: Rows | None, problems: list[Problem]) -> tuple[LogEntry, ...] | None:
    """Read which ledgers have written, and how far. None when the tab is stopped."""
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    return tuple(LogEntry(row.get(LEDGER), row.get(NUMBER)) for row in found if not row.dropped)
