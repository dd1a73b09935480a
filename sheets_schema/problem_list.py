"""The Problems tab: everything in the sheet that could not be understood."""

from __future__ import annotations

from sheets_schema.columns import Tab, written

TAB = Tab(
    "Problems",
    (
        written("Tab", "Where it is.", 90),
        written("Row", "Where it is.", 60),
        written("Column", "Where it is.", 130),
        written("Value", "What stands there.", 200),
        written("What is wrong", "What is wrong, and how to mend it.", 460),
        written("What was skipped", "What does not happen because of it.", 380),
    ),
    explain="One row per problem; Today shows them in short.",
    stops="These details cannot be shown until it is back.",
    organizers=False,
    hidden=True,
)
