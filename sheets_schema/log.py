"""The Log tab: everything the service has done, a row each. Nothing is ever rewritten."""

from __future__ import annotations

from sheets_schema.cells import Rows, integer, text
from sheets_schema.columns import Tab, optional, required, written
from sheets_schema.dates import MOMENT
from sheets_schema.problems import Problem
from sheets_schema.rows import LogEntry
from sheets_schema.table import read_table

_IGNORED = "This row does not count as a witness of what was sent."

WHEN = optional("When", MOMENT, None, "When it was done, on the community's clock.", width=150)
KEY = required("Key", text(1000), "What was done, in the service's own words.", _IGNORED, width=300)
LEDGER = required("Ledger", text(100), "Which ledger knows about it.", _IGNORED)
NUMBER = required("Number", integer(0, 999_999), "The row's number in that ledger.", _IGNORED, width=80)

TAB = Tab(
    "Log",
    (
        WHEN,
        written("What", "What was done.", 200),
        written("Who", "To whom.", 220),
        written("Result", "How it ended.", 200),
        KEY,
        LEDGER,
        NUMBER,
    ),
    explain="One row per thing done, newest last. Keep them: from these rows the service learns after a loss "
    "what has been sent, and when they are gone everything stops.",
    stops="Nothing goes out until it is back, because what has been sent could not be written down.",
    organizers=False,
    hidden=True,
)


def read(rows: Rows | None, problems: list[Problem]) -> tuple[LogEntry, ...] | None:
    """Read which ledgers have written what. None when the tab is stopped."""
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    return tuple(
        LogEntry(row.get(LEDGER), row.get(NUMBER), row.get(KEY), row.get(WHEN))
        for row in found
        if not row.dropped
    )
