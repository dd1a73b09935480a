"""Where a fault rightly ends otherwise than a month without it, what is said then, and why: a fixed table."""

from __future__ import annotations

from dataclasses import dataclass

from torture.fault_scenes import READERS


@dataclass(frozen=True, slots=True)
class Ending:
    """One rightful difference. names: of targets.

    differs: beginnings of the differences that belong to it, as `torture.faults` words them; most: how many
    there may be, and one there must be. said: what must be read, in the forms of `fault_sentences`. times: of
    a fault that lasts unless it says more.
    """

    names: tuple[str, ...]
    faults: tuple[str, ...]
    differs: tuple[str, ...]
    most: int
    said: tuple[str, ...]
    why: str
    times: tuple[str, ...] = ("always",)


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
_FAILED = ("more: organizer@example.org, mail, Co-op educators: Something could not", "phase: alert/failed/")
_DELETED = (
    "Meeting of 2026-11: Its event was deleted in Calendar, so nothing more is sent for it. To have a new one"
    ' made, type a reason under "No meeting because", wait until Today says so, and clear the cell.'
)
_AGENDA = "mail, Co-op educators on Thursday 19 November 2026: the agenda"

ENDINGS: tuple[Ending, ...] = (
    Ending(
        (
            "sheets.spreadsheets.values.batchGet",
            "calendar.events.list",
            "calendar.events.list (the organizer's own)",
            "calendar.events.get (of one that is not listed)",
        ),
        ("401",),
        _SIGN_IN,
        2,
        ("{api}: {words}",),
        "Google lets us mail but not read: the owner of the account is told, once a day.",
    ),
    Ending(
        ("sheets.spreadsheets.values.batchGet",),
        _FORBIDDEN,
        _SIGN_IN,
        2,
        ("{api}: {words}",),
        "Sheets speaks of quotas with 429 alone: a 403 without a reason reads as access denied.",
    ),
    Ending(
        ("calendar.events.get (of one that is not listed)",),
        ("404", "410"),
        ("phase: 2026-11.g0/deleted",),
        1,
        (_DELETED,),
        "An event that is neither listed nor found was deleted by somebody: nothing more is sent for it.",
        ("once", "always"),
    ),
    Ending(
        ("gmail.users.drafts.create", "gmail.users.drafts.send"),
        ("400",),
        (
            *_FAILED,
            *(f"less: {name.lower()}@example.org, {_AGENDA}" for name in READERS),
            "phase: 2026-11.g0/agenda/",
        ),
        2 + 2 * len(READERS),
        ("Could not be done: ...: Gmail said: {plain}.",),
        "A mail that Gmail refuses three times is given up, and Today says so.",
    ),
    Ending(
        ("POST /api/v10/channels/{channel}/invites",),
        ("400", "401", "403quotaExceeded", "403userRateLimitRetryAfter", "404", "409", "410", "412"),
        (*_FAILED, "phase: access/"),
        3,
        ("Could not be done: ...: Discord said: {plain}",),
        "After three refusals the welcome goes without an invite, and Today says so.",
    ),
)


def ending(name: str, fault: str, times: str) -> Ending | None:
    """The row for a cell, None where everything must end as without the fault."""
    for row in ENDINGS:
        if name in row.names and fault in row.faults and times in row.times:
            return row
    return None
