"""The Meetings tab: every meeting the service knows, with its guests counted."""

from __future__ import annotations

from sheets_schema.columns import Tab, written

TAB = Tab(
    "Meetings",
    (
        written("Month", "The month, and which event of it when one was cancelled.", 90),
        written("Starts", "The start on the community's clock.", 150),
        written("Time zone", "The community's.", 140),
        written("State", "Planned, in the calendar, cancelled, or left alone.", 160),
        written("Host", "Who hosts, and whether they agreed.", 160),
        written("Guests", "How many are invited.", 80),
        written("Yes", "How many said yes.", 60),
        written("Maybe", "How many said maybe.", 60),
        written("No", "How many said no.", 60),
        written("No answer", "How many have not answered.", 90),
        written("Meet link", "Where to join.", 240),
        written("Event", "The event's id in Calendar.", 240),
    ),
    explain="One row per meeting.",
    stops="These details cannot be shown until it is back.",
    organizers=False,
    hidden=True,
)
