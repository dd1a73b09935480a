"""The mails that Google Calendar sends to guests: invitations, updates and cancellations."""

import sqlite3
from datetime import datetime
from email.header import Header
from email.mime.text import MIMEText
from email.utils import format_datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

from local_workspace import mailboxes
from local_workspace.calendar.attendees import guests_of
from local_workspace.call import Call, Json
from local_workspace.gmail import sending

_SUBJECTS: dict[mailboxes.Kind, str] = {
    "invitation": "Invitation",
    "update": "Updated invitation",
    "cancellation": "Canceled event",
}
_VISIBLE = ("summary", "description", "location", "start", "end", "recurrence", "hangoutLink", "status")


def wanted(call: Call) -> bool:
    """Say whether a request asks for mails; every guest counts as one without Google Calendar."""
    choice = call.params.get("sendUpdates")
    return choice in {"all", "externalOnly"} or (
        choice is None and bool(call.params.get("sendNotifications"))
    )


def tell(db: sqlite3.Connection, before: Json | None, after: Json, now: datetime) -> None:
    """Mail every guest what became of an event, from `before` (None: it is new) to `after`.

    A change of guests is told to all of them, as is said of Google; so is any change that guests can see.
    """
    organizer = after["organizer"]["email"]
    there = set(guests_of(before, organizer)) if before and before["status"] != "cancelled" else set()
    guests = guests_of(after, organizer)
    if after["status"] == "cancelled":
        _send(db, "cancellation", [guest for guest in guests if guest in there], after, now)
        return
    changed = before is None or any(before.get(name) != after.get(name) for name in _VISIBLE)
    if changed or there != set(guests):
        _send(db, "invitation", [guest for guest in guests if guest not in there], after, now)
        _send(db, "update", [guest for guest in guests if guest in there], after, now)
        _send(db, "cancellation", sorted(there - set(guests)), after, now)


def _send(
    db: sqlite3.Connection, kind: mailboxes.Kind, guests: list[str], event: Json, now: datetime
) -> None:
    """Put one mail of that kind into each guest's mailbox."""
    if guests:
        extra = {"event": event["id"]} | {name: event[name] for name in ("sequence", "start", "end")}
        mail = _mail(kind, event, now)
        mailboxes.deliver(db, guests, mail, now, kind=kind, extra=extra)
        sending.receive(db, guests, mail, now)


def _mail(kind: mailboxes.Kind, event: Json, now: datetime) -> bytes:
    """Return the mail that all guests get alike, as RFC 5322 without its To."""
    summary = " ".join(event.get("summary", "(No title)").split())
    lines = [summary, _when(event), event.get("location", ""), event.get("hangoutLink", "")]
    text = "\n".join(line for line in lines if line) + "\n\n" + event.get("description", "") + "\n"
    # email.message's newer policies cost more than everything else that a request does.
    message = MIMEText(text, "plain", "utf-8")
    message["From"] = event["organizer"]["email"]
    message["Subject"] = Header(f"{_SUBJECTS[kind]}: {summary} @ {_when(event)}", maxlinelen=998).encode()
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<calendar-{token_hex(12)}@google.com>"
    return message.as_bytes().replace(b"\n", b"\r\n")


def _when(event: Json) -> str:
    """Return the event's time in its own zone: "Thu Dec 17, 2026 12:00 - 13:00 (America/New_York)"."""
    start, end = event["start"], event["end"]
    if "date" in start:
        return str(start["date"])
    zone = ZoneInfo(start["timeZone"])
    begins = datetime.fromisoformat(start["dateTime"]).astimezone(zone)
    ends = datetime.fromisoformat(end["dateTime"]).astimezone(zone)
    return f"{begins:%a %b %-d, %Y %H:%M} - {ends:%H:%M} ({zone.key})"
