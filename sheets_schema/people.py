"""The People tab: what the service does for each person."""

from __future__ import annotations

from sheets_schema.columns import Tab, written

TAB = Tab(
    "People",
    (
        written("Name", "As in Members.", 160),
        written("Email", "As in Members.", 220),
        written("Status", "As in Members.", 100),
        written("Mail", "As in Members.", 150),
        written("Next meeting", "Whether this person is invited, and their answer.", 160),
        written("Last mail", "The newest mail that went to this person.", 220),
        written("What next", "What will go to this person next.", 260),
    ),
    explain="One row per person.",
    stops="These details cannot be shown until it is back.",
    organizers=False,
    hidden=True,
)
