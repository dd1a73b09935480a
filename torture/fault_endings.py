"""Where a fault rightly ends otherwise than a month without it, and why: a fixed table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ending:
    """One rightful difference. methods: beginnings of names; none of the three empty means any.

    differs: beginnings of the differences that belong to it, as `torture.faults` words them.
    """

    methods: tuple[str, ...]
    faults: tuple[str, ...]
    times: tuple[str, ...]
    differs: tuple[str, ...]
    why: str


_SIGN_IN = (
    "more: organizer@example.org, mail, Third Thursday: Google no longer lets",
    "phase: alert/sign-in/",
)
_FORBIDDEN = (
    "403quotaExceeded",
    "403rateLimitExceeded",
    "403userRateLimitExceeded",
    "403userRateLimitRetryAfter",
)
_READS = ("sheets.spreadsheets.values.batchGet", "calendar.events.list")
_FAILED = ("more: organizer@example.org, mail, Co-op educators: Something could not", "phase: alert/failed/")

ENDINGS: tuple[Ending, ...] = (
    Ending(
        _READS,
        ("401",),
        ("always",),
        _SIGN_IN,
        "Google lets us mail but not read: the owner of the account is told, once a day.",
    ),
    Ending(
        ("sheets.spreadsheets.values.batchGet",),
        _FORBIDDEN,
        ("always",),
        _SIGN_IN,
        "Sheets speaks of quotas with 429 alone: a 403 without a reason reads as access denied.",
    ),
    Ending(
        ("gmail.users.drafts.create", "gmail.users.drafts.send"),
        ("400",),
        ("always",),
        (
            *_FAILED,
            "less: ann@example.org, mail, Co-op educators on Thursday 19 November 2026: the agenda",
            "less: bob@example.org, mail, Co-op educators on Thursday 19 November 2026: the agenda",
            "phase: 2026-11.g0/agenda/",
        ),
        "A mail that Gmail refuses three times is given up, and Today says so.",
    ),
    Ending(
        ("POST /api/v10/channels",),
        ("400", "401", *_FORBIDDEN, "404", "409", "410", "412"),
        ("always",),
        (*_FAILED, "phase: access/"),
        "After three refusals the welcome goes without an invite, and Today says so.",
    ),
)


def ending(name: str, fault: str, times: str) -> Ending | None:
    """The row for a cell, None where everything must end as without the fault."""
    for row in ENDINGS:
        ours = not row.methods or name.startswith(row.methods)
        if ours and fault in (row.faults or (fault,)) and times in row.times:
            return row
    return None
