"""The mails that Google Calendar sends to guests: invitations, updates and cancellations."""

from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

from local_workspace.call import Call, Json
from local_workspace.gmail import sending

_SUBJECTS: dict[str, str] = {
    "invitation": "Invitation",
    "update": "Updated invitation",
    "cancellation": "Canceled event",
}
_VISIBLE = ("summary", "description", "location", "start", "end", "recurrence", "hangoutLink", "status")


def tell(call: Call, before: Json, after: Json) -> None:
    """Mail every guest what became of an event, from `before` (empty: it is new), if the request says so.

    Every guest counts as one without Google Calendar. A change of guests is told to all of them, as is said
    of Google; so is any change that guests can see.
    """
    usual = "all" if call.params.get("sendNotifications") else "none"
    there, guests = _guests(before), _guests(after)
    changed = there != guests or any(before.get(name) != after.get(name) for name in _VISIBLE)
    if not changed or call.params.get("sendUpdates", usual) == "none":
        return
    extra = {"event": after["id"]} | {name: after[name] for name in ("sequence", "start", "end")}
    told = {"invitation": guests - there, "update": guests & there, "cancellation": there - guests}
    for kind, subject in _SUBJECTS.items():
        if to := sorted(told[kind]):
            mail = _mail(subject, after, call.now)
            sending.deliver(call, to, mail, kind, extra)


def _guests(event: Json) -> set[str]:
    """Return who has an event that stands in his calendar: every guest but its organizer."""
    if event.get("status", "cancelled") == "cancelled":
        return set()
    return {guest["email"] for guest in event.get("attendees", [])} - {event["organizer"]["email"]}


def _mail(subject: str, event: Json, now: datetime) -> bytes:
    """Return the mail that all guests get alike, as RFC 5322 without its To."""
    what = f"{' '.join(event.get('summary', '(No title)').split())} @ {_when(event['start'])}"
    lines = [what, event.get("location", ""), event.get("hangoutLink", "")]
    # Put together by hand, since email.message costs more than everything else that a request does.
    fields = {
        "From": event["organizer"]["email"],
        "Subject": Header(f"{subject}: {what}", maxlinelen=998).encode(),
        "Date": format_datetime(now),
        "Message-ID": f"<calendar-{token_hex(12)}@google.com>",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    text = "\n".join(filter(None, lines)) + "\n\n" + event.get("description", "") + "\n"
    return f"{head}\n{text}".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _when(start: Json) -> str:
    """Return an event's start in its own zone: "Thu Dec 17, 2026 12:00 (America/New_York)"."""
    if "date" in start:
        return str(start["date"])
    at = datetime.fromisoformat(start["dateTime"]).astimezone(ZoneInfo(start["timeZone"]))
    return f"{at:%a %b %-d, %Y %H:%M} ({start['timeZone']})"
