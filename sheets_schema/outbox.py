"""The Outbox tab: every mail to every person, with its state."""

from __future__ import annotations

from sheets_schema.columns import Tab, written

TAB = Tab(
    "Outbox",
    (
        written("When", "When it is due or was sent, on the community's clock.", 150),
        written("Mail", "Its kind, as in Emails.", 130),
        written("To", "Who gets it.", 220),
        written("Meeting", "Which meeting it is about.", 100),
        written("State", "Planned, sent, too late, stopped, or failed.", 130),
        written("Note", "Why, when there is something to say.", 320),
    ),
    explain="One row per mail and person.",
    stops="These details cannot be shown until it is back.",
    organizers=False,
    hidden=True,
)
