"""The Requests tab: who asks to come in, to get fewer mails or to leave, and what the organizer decided."""

from __future__ import annotations

from sheets_schema.addresses import ADDRESS
from sheets_schema.cells import Rows, choice, text
from sheets_schema.choices import Decision, Wants
from sheets_schema.columns import CHECK, PRIVATE_NOTES, Tab, optional, required
from sheets_schema.dates import DATE, MOMENT
from sheets_schema.problems import Problem
from sheets_schema.rows import RequestRow
from sheets_schema.table import read_table

_WAITS = "This request waits until it is mended."

RECEIVED = optional(
    "Received",
    MOMENT,
    0.0,
    "When the request came in.",
    "It counts as the oldest.",
    aliases=("Timestamp", "Zeitstempel", "Date"),
    width=130,
)
NAME = optional(
    "Name", text(100), "", "How mails greet this person.", aliases=("Your name", "Full name"), width=160
)
EMAIL = required(
    "Email",
    ADDRESS,
    "The address to be let in. It becomes a row of Members when you approve.",
    _WAITS,
    aliases=("E-mail", "Mail address", "Email address", "Your email"),
    width=220,
)
ABOUT = optional(
    "About you",
    text(2000, lines=True),
    "",
    "What the person says about themselves.",
    aliases=("About", "Who are you"),
    width=300,
)
WANTS = optional(
    "Wants",
    choice(
        Wants,
        {
            "the meetups": Wants.MEETUPS,
            "meetup": Wants.MEETUPS,
            "meetups, discord": Wants.BOTH,
            "meetups and discord": Wants.BOTH,
            "discord and meetups": Wants.BOTH,
            "less mail": Wants.FEWER_MAILS,
            "to leave": Wants.LEAVE,
        },
    ),
    Wants.BOTH,
    "What the person asks for. Fewer mails and leave are done without your approval. Empty: both.",
    _WAITS,
    guard=True,
    aliases=("What do you want", "I want"),
    width=110,
)
DECISION = optional(
    "Decision",
    choice(
        Decision,
        {
            "approved": Decision.APPROVE,
            "accept": Decision.APPROVE,
            "declined": Decision.DECLINE,
            "on hold": Decision.HOLD,
            "ignored": Decision.IGNORE,
        },
    ),
    None,
    "Approve sends the welcome mail, decline a kind no. Hold and ignore send nothing. Empty: you have not "
    "decided yet.",
    _WAITS,
    width=100,
)
SEND_AGAIN_ON = optional(
    "Send again on",
    DATE,
    None,
    "Type a date to have the answer sent once more from that day on.",
    "Nothing is sent again.",
    width=110,
)

TAB = Tab(
    "Requests",
    (CHECK, RECEIVED, NAME, EMAIL, ABOUT, WANTS, DECISION, SEND_AGAIN_ON, PRIVATE_NOTES),
    explain="One row per request; a Google Form may fill it. You choose the decision.",
    stops="No request is read: nobody is let in, answered or taken off until it is back.",
    key=EMAIL.header,
)


def read(rows: Rows | None, problems: list[Problem]) -> tuple[RequestRow, ...] | None:
    """Read the requests in the sheet's order. None when the tab is stopped."""
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    return tuple(
        RequestRow(
            row=row.number,
            key=row.key,
            received=row.get(RECEIVED),
            name=row.get(NAME),
            email=row.get(EMAIL),
            about=row.get(ABOUT),
            wants=row.get(WANTS),
            decision=row.get(DECISION),
            send_again_on=row.get(SEND_AGAIN_ON),
        )
        for row in found
        if not row.dropped
    )
