"""What people do beside the sheet (in Calendar and in Gmail), and what the tests look at afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import requests

from community.people import person_key
from tests.month import Mail, Month

IDLE = ["sheets.spreadsheets.values.batchGet", "calendar.events.list"]


def event_id(month: Month, when: str) -> str:
    """The id under which the ledger keeps a month's newest event."""
    entries = month.ledger.view().entries
    keys = sorted(key for key in entries if key.startswith(f"{when}.g") and key.endswith("/event"))
    return entries[keys[-1]].ids["event"]


def event(month: Month, when: str) -> dict[str, Any]:
    """A month's event as Calendar holds it."""
    found: dict[str, Any] = _calendar(month, "GET", event_id(month, when))
    return found


def starts(month: Month, when: str) -> str:
    """When a month's event begins, on the clock of Berlin: "2026-12-17 17:00"."""
    start = datetime.fromisoformat(event(month, when)["start"]["dateTime"])
    return f"{start.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%d %H:%M}"


def edit_event(month: Month, when: str, **fields: object) -> None:
    """Change an event on Calendar's own page, without a mail to anybody."""
    _calendar(month, "PATCH", event_id(month, when), fields)


def guests(month: Month, when: str) -> dict[str, str]:
    """The answers on a month's guest list by local part: {"ann": "accepted"}."""
    return {
        guest["email"].split("@")[0]: guest["responseStatus"]
        for guest in event(month, when).get("attendees", [])
    }


def take_off(month: Month, when: str, name: str) -> None:
    """Take somebody off the guest list on Calendar's own page."""
    there = event(month, when)["attendees"]
    edit_event(month, when, attendees=[guest for guest in there if not guest["email"].startswith(f"{name}@")])


def put_on(month: Month, when: str, name: str) -> None:
    """Put somebody on the guest list on Calendar's own page."""
    there = event(month, when).get("attendees", [])
    edit_event(month, when, attendees=[*there, {"email": f"{name}@example.org"}])


def answer(month: Month, when: str, **answers: str) -> None:
    """Answer an invitation: answer(month, "2026-12", ann="accepted")."""
    for name, status in answers.items():
        body = {"address": f"{name}@example.org", "event": event_id(month, when), "status": status}
        month.local("POST", "/local/invitations/answer", body)


def move_event(month: Month, when: str, start: str) -> None:
    """Move an event on Calendar's own page."""
    month.local("POST", f"/local/events/{event_id(month, when)}/move", {"start": start, "tell": False})


def delete_event(month: Month, when: str) -> None:
    """Delete an event on Calendar's own page."""
    month.local("POST", f"/local/events/{event_id(month, when)}/delete", {"tell": False})


def keys(month: Month, part: str) -> dict[str, str]:
    """The ledger's phases of the keys that hold `part`, people by name: {"2026-12.g0/agenda/ann": "sent"}."""
    people = {address.split("@")[0]: person_key(month.id, address) for address in _addresses(month)}
    found = {}
    for key, phase in month.phases().items():
        for name, hashed in people.items():
            key = key.replace(hashed, name)  # noqa: PLW2901 - one key, name by name
        if part in key:
            found[key] = phase
    return found


def ask_in(month: Month, name: str = "Zoe", **cells: object) -> None:
    """Type a request that is approved, unless the cells say otherwise."""
    address = f"{name.lower()}@example.org"
    given = {"Received": "2026-11-12", "Name": name, "Email": address, "Decision": "approve", **cells}
    month.type_row("Requests", **given)


def invites(month: Month) -> list[dict[str, Any]]:
    """Every invite that Discord made, oldest first."""
    found: list[dict[str, Any]] = month.local("GET", "/local/discord/invites")["invites"]
    return found


def subjects(month: Month, to: str) -> list[str]:
    """The subjects of the service's mails to somebody at example.org, oldest first."""
    return [mail.subject for mail in month.mails(f"{to}@example.org")]


def notices(month: Month, to: str) -> list[str]:
    """The kinds of Calendar's own mails to somebody at example.org, oldest first."""
    return [mail.kind for mail in month.notices(f"{to}@example.org")]


def problems(month: Month, tab: str) -> list[str]:
    """What the Problems tab says about a tab: value, what is wrong, what was skipped."""
    return [" ".join(str(cell) for cell in row[3:]) for row in month.rows("Problems")[1:] if row[0] == tab]


def today(month: Month) -> str:
    """Everything that Today says, a line per row."""
    return "\n".join(" | ".join(str(cell) for cell in row if cell != "") for row in month.rows("Today"))


def check_of(month: Month, tab: str, key: str) -> str:
    """What Checks says about a row by its key as typed."""
    return next((str(text) for name, text in month.rows("Checks")[1:] if name == f"{tab}|{key}"), "")


def assert_quiet(month: Month) -> None:
    """Run once more: nothing is asked but the two reads, and no mailbox changes."""
    before = _boxes(month)
    month.forget_requests()

    month.tick()

    assert month.asked() == IDLE
    assert _boxes(month) == before


def _boxes(month: Month) -> list[Mail]:
    return [*month.mails(), *month.notices()]


def _addresses(month: Month) -> set[str]:
    cells = [
        cell
        for tab in ("Members", "Requests", "Roasts", "Settings")
        for row in month.rows(tab)
        for cell in row
    ]
    return {str(cell).lower() for cell in cells if "@" in str(cell) and " " not in str(cell)}


def _calendar(month: Month, method: str, identity: str, body: object = None) -> Any:
    token = month.local("GET", "/local/token")["access_token"]
    reply = requests.request(
        method,
        f"{month.base}/calendar/v3/calendars/primary/events/{identity}",
        json=body,
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    assert reply.ok, reply.text
    return reply.json()
