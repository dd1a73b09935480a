"""The Needs tab: what members asked the group for, and who can help."""

from __future__ import annotations

from sheets_schema.cells import Rows, choice, text
from sheets_schema.choices import NeedStatus
from sheets_schema.columns import CHECK, PRIVATE_NOTES, Tab, optional, required
from sheets_schema.dates import MONTH
from sheets_schema.problems import Problem
from sheets_schema.rows import NeedRow
from sheets_schema.table import read_table

_LEFT_OUT = "This row is left out."

MONTH_OF = required("Month", MONTH, "The month of the meeting, like 2026-12.", _LEFT_OUT, width=90)
WHO = required(
    "Who asks", text(200), "A member's name or an address.", _LEFT_OUT, aliases=("Who",), width=160
)
WORKING_ON = optional("Working on", text(2000, lines=True), "", "What the person is working on.", width=260)
NEED = required("Need", text(2000, lines=True), "What the person needs.", _LEFT_OUT, width=300)
HELPERS = optional(
    "Who can help",
    text(500),
    "",
    "The names of those who raised a hand, separated by commas.",
    aliases=("Helpers",),
    width=220,
)
STATUS = optional(
    "Status",
    choice(NeedStatus),
    NeedStatus.OPEN,
    "How far it is. Empty: open.",
    "It counts as open.",
    width=100,
)

TAB = Tab(
    "Needs",
    (CHECK, MONTH_OF, WHO, WORKING_ON, NEED, HELPERS, STATUS, PRIVATE_NOTES),
    explain="One row per need that was shared in a meeting; the person who asks follows it up.",
    stops="No need is read until it is back.",
    key=NEED.header,
)


def read(rows: Rows | None, problems: list[Problem]) -> tuple[NeedRow, ...] | None:
    """Read the needs in the sheet's order. None when the tab is stopped."""
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    return tuple(
        NeedRow(
            row=row.number,
            key=row.key,
            month=row.get(MONTH_OF),
            who=row.get(WHO),
            working_on=row.get(WORKING_ON),
            need=row.get(NEED),
            helpers=row.get(HELPERS),
            status=row.get(STATUS),
        )
        for row in found
        if not row.dropped
    )
