"""What a month brought to mailboxes, calendar and sheet: twice, lost, to the wrong people, written over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import getaddresses
from typing import Any
from zlib import crc32

import requests

from tests.month import Month
from torture.side_by_side.cells import told_by_hand, written_over
from torture.side_by_side.owed import TWICE, Letter, is_unwanted, owed
from torture.side_by_side.played import Played
from torture.side_by_side.programs import OURS

_KINDS = {
    r".* on .*: the agenda": "agenda",
    r"Soon: .*": "reminder",
    r"Will you host .*": "ask",
    r"Thank you for hosting .*": "thanks",
    r"Welcome to .*": "welcome",
    r"Your request .*": "decline",
}
_OTHER = "other"  # any other mail; twice is what has the same subject and text
_ANSWERED = (
    (datetime.fromisoformat("2026-11-15T09:00:00+01:00"), "2026-11", {"Dan": "declined"}),
    (
        datetime.fromisoformat("2026-12-12T15:00:00+01:00"),
        "2026-12",
        {"Ann": "accepted", "Bob": "tentative", "Cyd": "accepted"},
    ),
)
"""When guests answered, the month of the meeting, and what they said."""
SHORTCOMINGS = (
    "mails twice",
    "invited twice",
    "lost",
    "unwanted",
    "written over",
    "second events",
    "answers lost",
    "exposed",
)
"""What an outcome lists, each empty where a program does as it should."""


def count(month: Played, until: datetime) -> dict[str, Any]:
    """Everything that is counted: the shortcomings by what they are about, requests and runs as numbers.

    busy: requests of the runs that wrote something; idle: those of one that had nothing to do.
    """
    came = list(_letters(month))
    times = Counter(letter for letter, _, _ in came)
    allowed = {letter: 1 + (letter in TWICE) for letter in times}
    again = {letter: times[letter] - allowed[letter] for letter in times if times[letter] > allowed[letter]}
    told = {letter: n for letter, n in again.items() if letter[0] in {*_KINDS.values(), _OTHER}}
    invited = {letter: n for letter, n in again.items() if letter[0] == "invitation"}
    exempt = told_by_hand(month)
    lost = sorted(owed(until) - set(times) - exempt)
    return {
        "mails twice": _named(told),
        "invited twice": _named(invited),
        "second events": _second_events(month),
        "lost": [" ".join(letter) for letter in lost],
        "unwanted": [" ".join(letter) for letter, at, _ in came if is_unwanted(letter, at)],
        "written over": written_over(month, until),
        "answers lost": _answers_lost(month, until),
        "exposed": [" ".join(letter) for letter, _, shown in came if shown > 1],
        "busy": month.busy,
        "idle": month.idle,
        "runs": len(month.codes),
        "killed": sum(code < 0 for code in month.codes),
        "crashed": sum(code > (1 if month.program.title == OURS else 0) for code in month.codes),
    }


def _named(letters: Mapping[Letter, int]) -> list[str]:
    return [" ".join(letter) for letter, more in sorted(letters.items()) for _ in range(more)]


def _letters(month: Month) -> Iterator[tuple[Letter, datetime, int]]:
    """Everything in everybody's mailbox: what it is, when it came, and how many addresses it shows."""
    for address in sorted(month.local("GET", "/local/mailboxes")["addresses"]):
        for mail in month.local("GET", f"/local/mailboxes/{address}")["mails"]:
            name = address.partition("@")[0].capitalize()
            heads = [mail["headers"].get(head, "") for head in ("To", "Cc")]
            shown = sum(bool(one) for _, one in getaddresses(heads))
            if mail["kind"] == "mail":
                kind = next((kind for words, kind in _KINDS.items() if re.match(words, mail["subject"])), "")
                what = (
                    _month_of(mail["subject"])
                    if kind
                    else f"{mail['subject']} {crc32(mail['text'].encode())}"
                )
                letter = (kind or _OTHER, what, name)
            else:
                letter = (mail["kind"], mail["extra"]["start"]["dateTime"][:7], name)
            yield letter, datetime.fromisoformat(mail["at"]), shown


def _month_of(subject: str) -> str:
    """The month of the meeting that a subject names, "" when it names none."""
    found = re.search(r"\d{1,2} ([A-Z][a-z]+) (\d{4})", subject)
    return f"{datetime.strptime(f'{found[1]} {found[2]} +0000', '%B %Y %z'):%Y-%m}" if found else ""


def _events(month: Month) -> list[dict[str, Any]]:
    token = month.local("GET", "/local/token")["access_token"]
    reply = requests.get(
        f"{month.base}/calendar/v3/calendars/primary/events",
        params={"showDeleted": "true"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    return list(reply.json()["items"])


def _second_events(month: Month) -> list[str]:
    """The months of events beside the first that was made for a meeting, cancelled ones included."""
    meetings = [event for event in _events(month) if event.get("summary", "").startswith("Co-op educators")]
    starts = Counter(event["start"]["dateTime"][:7] for event in meetings)
    return [when for when, made in sorted(starts.items()) for _ in range(made - 1)]


def _answers_lost(month: Played, until: datetime) -> list[str]:
    """Guests whose answer no longer stands in the newest event of its month that is not cancelled."""
    events = sorted(_events(month), key=lambda event: event.get("created", ""))
    lost = []
    for when, meeting, answers in _ANSWERED:
        if when >= until:
            break
        standing = [
            event
            for event in events
            if event["status"] != "cancelled" and event["start"].get("dateTime", "").startswith(meeting)
        ]
        guests = standing[-1].get("attendees", []) if standing else []
        kept = {(guest["email"].partition("@")[0].capitalize(), guest["responseStatus"]) for guest in guests}
        lost += [f"{meeting} {name}" for name, said in answers.items() if (name, said) not in kept]
    return lost
