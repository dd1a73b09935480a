"""What a month has come to: mailboxes, calendar, drafts, sheet and ledger, as JSON that can be compared.

Left out is what rightly differs between two plays of the same month: instants, and codes drawn at random.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import requests

from community.events import ALARM_PROPERTY
from community.ledger import UNDER_WAY, Phase
from mails.headers import KEY_HEADER, key_header
from reports.words import PHASES
from sheets_schema.cells import Cell
from tests.month import Month

State = dict[str, Any]

_DRAWN = re.compile(r"(https://meet\.google\.com/|https://discord\.gg/)[\w-]+")
_CLOCK = re.compile(r"\b\d\d:\d\d\b")
_TYPED_IN = ("Members", "Requests", "Roasts", "Settings", "Emails")
_EVENT_PARTS = ("status", "summary", "description", "location", "start", "end")


def look(month: Month, before: State | None = None) -> State:
    """Everything there is. before: an earlier state of the same month, whose full mailboxes are believed."""
    return {
        "mails": _mailboxes(month, before),
        "events": _events(month),
        "drafts": sorted([draft["to"], draft["subject"]] for draft in month.drafts()),
        "sheet": _tabs(month),
        "phases": {key: _settled(phase) for key, phase in sorted(month.phases().items())},
        "watched": sorted(month.ledger.view().sightings),
    }


def differing(state: State, expected: State) -> list[str]:
    """The parts in which two states differ."""
    return [part for part in expected if state[part] != expected[part]]


def compared(state: State, expected: State) -> dict[str, list[str]]:
    """What somebody got more often, and what less often, than expected."""
    got, wanted = _received(state), _received(expected)
    return {"duplicates": _named(got - wanted), "lost": _named(wanted - got)}


def unfinished(month: Month) -> list[str]:
    """The keys that the ledger has not seen to an end."""
    return sorted(key for key, entry in month.ledger.view().entries.items() if entry.phase in UNDER_WAY)


def unconfirmed(month: Month) -> list[str]:
    """The keys of mails of which Gmail never said that they left."""
    entries = month.ledger.view().entries.values()
    return sorted(entry.key for entry in entries if entry.phase is Phase.UNCONFIRMED)


def undelivered(keys: Iterable[str], state: State) -> list[str]:
    """Those of the keys whose mail is in nobody's mailbox."""
    there = {mail["key"] for mails in state["mails"].values() for mail in mails}
    return [key for key in keys if key_header(key) not in there]


def _mailboxes(month: Month, before: State | None) -> dict[str, list[dict[str, str]]]:
    counts: dict[str, int] = month.local("GET", "/local/mailboxes")["addresses"]
    known = before["mails"] if before else {}
    return {
        address: known[address] if len(known.get(address, ())) == count else _mails(month, address)
        for address, count in sorted(counts.items())
    }


def _mails(month: Month, address: str) -> list[dict[str, str]]:
    mails = [
        {
            "kind": mail["kind"],
            "subject": mail["subject"],
            "key": mail["headers"].get(KEY_HEADER, ""),
            "text": _DRAWN.sub(r"\1...", mail["text"] or ""),
        }
        for mail in month.local("GET", f"/local/mailboxes/{address}")["mails"]
    ]
    return sorted(mails, key=lambda mail: sorted(mail.items()))


def _events(month: Month) -> dict[str, dict[str, Any]]:
    token = month.local("GET", "/local/token")["access_token"]
    reply = requests.get(
        f"{month.base}/calendar/v3/calendars/primary/events",
        params={"showDeleted": "true"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    return {event["id"]: _event(event) for event in reply.json()["items"]}


def _event(event: Mapping[str, Any]) -> dict[str, Any]:
    is_alarm = ALARM_PROPERTY in event.get("extendedProperties", {}).get("private", {})
    parts = [part for part in _EVENT_PARTS if not (is_alarm and part in {"start", "end"})]
    guests = sorted([guest["email"], guest["responseStatus"]] for guest in event.get("attendees", []))
    return {part: event.get(part) for part in parts} | {"guests": guests, "link": "hangoutLink" in event}


def _tabs(month: Month) -> dict[str, list[list[Any]]]:
    """The organizer's tabs; what the first column, Check, says of mails is read without the minute."""
    read = month.workspace.sheets.read(list(_TYPED_IN))
    return {
        tab: [[_check(row[0]), *row[1:]] if row else [] for row in rows or []] for tab, rows in read.items()
    }


def _check(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return _CLOCK.sub("...", cell.replace(PHASES[Phase.UNCONFIRMED], PHASES[Phase.SENT]))


def _settled(phase: str) -> str:
    return str(Phase.SENT) if phase == str(Phase.UNCONFIRMED) else phase


def _received(state: State) -> Counter[tuple[str, ...]]:
    return Counter(
        (address, mail["kind"], mail["subject"], mail["key"], mail["text"])
        for address, mails in state["mails"].items()
        for mail in mails
    )


def _named(mails: Mapping[tuple[str, ...], int]) -> list[str]:
    return sorted(f"{count} x {to}: {kind}, {subject}" for (to, kind, subject, *_), count in mails.items())
