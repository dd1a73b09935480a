"""The Checks tab: what the Check column shows, by tab and key cell."""

from __future__ import annotations

from sheets_schema.columns import Tab, written

TAB = Tab(
    "Checks",
    (
        written("Key", "Tab|key cell as typed.", 320),
        written("Line", "What Check shows in that row.", 460),
    ),
    explain="What the Check formulas look up: the tab and the key cell as typed, and one line of text.",
    stops="The column Check stays empty until it is back.",
    organizers=False,
    hidden=True,
)
