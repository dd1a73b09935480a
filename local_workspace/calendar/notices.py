"""The mails that Google Calendar sends to guests: invitations, updates and cancellations."""

from datetime import datetime
from email.header import Header
from email.mime.text import MIMEText
from email.utils import format_datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

from local_workspace import mailboxes
from local_workspace.call import Call, Json
from local_workspace.gmail import sending

_SUBJECTS: dict[mailboxes.Kind, str] = {
    "invitation": "Invitation",
    "update": "Updated invitation",
    "cancellation": "Canceled event",
}
_VISIBLE = ("summary", "description", "location", "start", "end", "recurrence", "hangoutLink", "status")


def tell(call: Call, before: Json | None, after: Json) -> None:
    """Mail every guest what became of an event, from `before` (None: it is new), if the request says so.

    Every guest counts as one without Google Calendar. A change of guests is told to all of them, as is said
    of Google; so is any change that guests can see.
    """
    usual = "all" if call.params.get("sendNotifications") else "none"
    if call.params.get("sendUpdates", usual) == "none":
        return
    there = _guests(before) if before and before["status"] != "cancelled" else []
    guests = _guests(after)
    if after["status"] == "cancelled":
        _send(call, "cancellation", there, after)
    elif before is None or there != guests or any(before.get(name) != after.get(name) for name in _VISIBLE):
        _send(call, "invitation", [guest for guest in guests if guest not in there], after)
        _send(call, "update", [guest for guest in guests if guest in there], after)
        _send(call, "cancellation", [guest for guest in there if guest not in guests], after)


def _guests(event: Json) -> list[str]:
    """Return who hears of an event: every guest but its organizer, in the order of the alphabet."""
    organizer = event["organizer"]["email"]
    return sorted(guest["email"] for guest in event.get("attendees", []) if guest["email"] != organizer)


def _send(call: Call, kind: mailboxes.Kind, guests: list[str], event: Json) -> None:
    """Put one mail of that kind into each guest's mailbox."""
    if guests:
        extra = {"event": event["id"]} | {name: event[name] for name in ("sequence", "start", "end")}
        mail = _mail(kind, event, call.now)
        mailboxes.deliver(call.db, guests, mail, call.now, kind=kind, extra=extra)
        sending.receive(call.db, guests, mail, call.now)


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
    if "date" in event["start"]:
        return str(event["start"]["date"])
    zone = ZoneInfo(event["start"]["timeZone"])
    start, end = (
        datetime.fromisoformat(event[side]["dateTime"]).astimezone(zone) for side in ("start", "end")
    )
    return f"{start:%a %b %-d, %Y %H:%M} - {end:%H:%M} ({zone.key})"
