"""What each kind of effect is called when the organizer reads of it."""

from __future__ import annotations

import re

LABELS = {
    "access.welcome": "Welcome",
    "access.decline": "Decline",
    "host.ask": "Question to the host",
    "host.confirmed": "Confirmation to the host",
    "agenda": "Agenda",
    "correction": "Correction",
    "reminder": "Reminder",
    "organizer.alert": "Alert to the organizer",
    "event": "Calendar event with invitations",
    "event.time": "Calendar event moved",
    "event.text": "Calendar event's title and text",
    "event.link": "Meet link asked for",
    "event.cancel": "Calendar event cancelled",
    "event.deleted": "Calendar event deleted by hand",
    "event.existing": "Event of yours found",
    "guest": "Invitation",
    "member": "New row in Members",
    "month": "New row in Roasts",
    "discord": "Discord invite",
}

_PRODUCTS = {
    "calendar": "Google Calendar",
    "gmail": "Gmail",
    "sheets": "Google Sheets",
    "drive": "Google Drive",
    "discord": "Discord",
}
_API_METHOD = re.compile(r"^(\w+)\.[\w.]+: ")
_STATUS = re.compile(r"\.? \(\d{3}\)(?=;)| \(\d{3}\)")


def in_plain_words(reason: str) -> str:
    """A reason as the organizer reads it: the product's name for the API method's, and no status code."""
    found = _API_METHOD.match(reason)
    if found is None or found[1] not in _PRODUCTS:
        return reason
    return f"{_PRODUCTS[found[1]]} said: {_STATUS.sub('', reason[found.end() :], count=1)}"
