"""What a month has come to: mailboxes, calendar, drafts, every tab and the ledger, as JSON to be compared.

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
from sheets_schema.cells import Cell, Rows
from tests.month import Month

State = dict[str, Any]

_DRAWN = re.compile(r"(https://meet\.google\.com/|https://discord\.gg/)([\w-]+)")
_DISCORD = "https://discord.gg/"
_CLOCK = re.compile(r"\b\d\d:\d\d\b")
_TYPED_IN = ("Members", "Requests", "Roasts", "Settings", "Emails")
_TOLD_IN = ("Today", "People", "Problems")  # Meetings and Outbox say the same, by the minute
_OF_THE_TICK = frozenset(
    {"Last looked", "Meet link"}
)  # lines of Today; a later tick knows a new event's link
_WENT_WELL = frozenset({PHASES[Phase.SENT], PHASES[Phase.DONE]})
_COUNTED = frozenset({"numbers", "untold"})
_EVENT_PARTS = ("status", "summary", "description", "location", "start", "end")


def look(month: Month, before: State | None = None) -> State:
    """Everything there is. before: an earlier state of the same month, whose full mailboxes are believed.

    log: keys and results. numbers: of Log's lines, with the ledger's id. codes: how often each Discord code
    was mailed. untold: how many invites in Discord nobody was mailed; a death may leave one, which lapses.
    """
    mails = _mailboxes(month, before)
    codes = _mailed_codes(month, mails)
    made = month.local("GET", "/local/discord/invites")["invites"]
    read = month.workspace.sheets.read([*_TYPED_IN, *_TOLD_IN, "Log"])
    log = (read["Log"] or [])[1:]
    return {
        "mails": mails,
        "events": _events(month),
        "drafts": sorted([draft["to"], draft["subject"]] for draft in month.drafts()),
        "sheet": {tab: _typed(read[tab] or []) for tab in _TYPED_IN},
        "reports": {tab: _told(read[tab] or []) for tab in _TOLD_IN},
        "log": sorted([str(row[4]), _result(str(row[3]))] for row in log),
        "numbers": sorted([str(row[5]), row[6]] for row in log),
        "codes": sorted(codes.values()),
        "untold": len({invite["code"] for invite in made} - set(codes)),
        "phases": {key: _settled(phase) for key, phase in sorted(month.phases().items())},
        "watched": sorted(month.ledger.view().sightings),
    }


def differing(state: State, expected: State) -> list[str]:
    """The parts in which two states differ; `untold` and the ledger's random id are counted elsewhere."""
    return [part for part in expected if part not in _COUNTED and state[part] != expected[part]]


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


def undelivered(keys: Iterable[str], state: State, end: State) -> list[str]:
    """Those of the keys whose mail is not with the person who has it in the end of the unbroken month."""
    return [key for key in keys if not _having(key, end) or _having(key, end) - _having(key, state)]


def _having(key: str, state: State) -> set[str]:
    """Whose mailboxes hold the mail of a key."""
    header = key_header(key)
    return {address for address, mails in state["mails"].items() if header in {one["key"] for one in mails}}


def logged_twice(state: State) -> list[str]:
    """The lines of Log whose ledger and number stand in it more than once."""
    numbers = Counter(map(tuple, state["numbers"]))
    return [f"line {number}" for (_, number), count in numbers.items() if count > 1]


def _mailboxes(month: Month, before: State | None) -> dict[str, list[dict[str, str]]]:
    counts: dict[str, int] = month.local("GET", "/local/mailboxes")["addresses"]
    known = before["mails"] if before else {}
    return {
        address: known[address] if len(known.get(address, ())) == count else _mails(month, address)
        for address, count in sorted(counts.items())
    }


def _mailed_codes(month: Month, mails: Mapping[str, list[dict[str, str]]]) -> Counter[str]:
    """How often each Discord code was mailed, to anybody."""
    texts = (
        mail.text
        for address, found in mails.items()
        if any(_DISCORD in mail["text"] for mail in found)
        for mail in month.mails(address)
    )
    return Counter(code for text in texts for site, code in _DRAWN.findall(text) if site == _DISCORD)


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


def _typed(rows: Rows) -> Rows:
    """An organizer's tab; the first column, Check, says of mails when, and is read without the minute."""
    return [[_said(row[0]), *row[1:]] if row else [] for row in rows]


def _told(rows: Rows) -> Rows:
    """A tab of the service's own, without the minutes in it."""
    return [[_said(cell) for cell in row] for row in rows if not _OF_THE_TICK & set(row[:1])]


def _said(cell: Cell) -> Cell:
    """A cell's words without clock and drawn codes; a mail that Gmail never confirmed reads as sent."""
    if not isinstance(cell, str):
        return cell
    cell = cell.replace(PHASES[Phase.UNCONFIRMED], PHASES[Phase.SENT])
    return _CLOCK.sub("...", _DRAWN.sub(r"\1...", cell))


def _result(said: str) -> str:
    """A result in Log; of what was done or sent without how that was found out."""
    word = said.partition(":")[0].replace(PHASES[Phase.UNCONFIRMED], PHASES[Phase.SENT])
    return word if word in _WENT_WELL else said


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
