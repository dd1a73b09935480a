"""What each kind of effect is called when the organizer reads of it."""

from __future__ import annotations

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
