"""Calendar events as values: what is there, what should be made, what should change."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

COMMUNITY_PROPERTY = "thirdThursday"
MEETING_PROPERTY = "thirdThursdayMeeting"
TEXT_PROPERTY = "thirdThursdayText"
ALARM_PROPERTY = "thirdThursdayAlarm"  # holds its event's own id, which a copy of the event has not


class Response(StrEnum):
    """A guest's answer, in Google's words."""

    NONE = "needsAction"
    YES = "accepted"
    MAYBE = "tentative"
    NO = "declined"


class Conference(StrEnum):
    """How far the Meet link is: never asked for, being made, there, or refused."""

    NONE = "none"
    PENDING = "pending"
    READY = "success"
    FAILED = "failure"


@dataclass(frozen=True, slots=True)
class Guest:
    """One attendee: the address in lower case, as Google keeps it, and the answer given."""

    address: str
    response: Response = Response.NONE


@dataclass(frozen=True, slots=True)
class Event:
    """An event as Calendar holds it.

    start, end: aware instants. private: the private extended properties. guests_omitted: the guest list
    is not whole and must not be written back. owner: the calendar owner's address.
    """

    id: str
    etag: str
    start: datetime
    end: datetime
    title: str = ""
    description: str = ""
    location: str = ""
    cancelled: bool = False
    guests: tuple[Guest, ...] = ()
    guests_omitted: bool = False
    owner: str = ""
    conference: Conference = Conference.NONE
    meet_link: str | None = None
    private: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event to be inserted under an id of our own.

    start, end: aware, in `zone` (IANA). conference_request: the requestId, None for no Meet link. rings: an
    entry for the calendar's owner alone, which takes no time and reminds of itself as it begins.
    """

    id: str
    start: datetime
    end: datetime
    zone: str
    title: str
    description: str
    location: str
    guests: tuple[str, ...]
    private: Mapping[str, str]
    conference_request: str | None
    rings: bool = False


@dataclass(frozen=True, slots=True)
class EventChange:
    """What one update should change; None or empty leaves the thing as it is.

    add_guests are added only when absent, as bare addresses; remove_guests go; everybody else's attendee
    object is sent back whole, so that no answer is lost. quiet: guests hear of nothing.
    """

    start: datetime | None = None
    end: datetime | None = None
    zone: str | None = None
    title: str | None = None
    description: str | None = None
    location: str | None = None
    add_guests: tuple[str, ...] = ()
    remove_guests: tuple[str, ...] = ()
    private: Mapping[str, str] = field(default_factory=dict)
    conference_request: str | None = None
    quiet: bool = False

    @property
    def reaches_guests(self) -> bool:
        """Whether guests must be told by Calendar: time and guests yes, text no."""
        return bool(self.start or self.end or self.add_guests or self.remove_guests)


def event_id(community_id: str, month: str, generation: int) -> str:
    """The id of a month's event: lowercase base32hex, so that a repeated insert is refused, not doubled.

    Source of the alphabet: Calendar's events reference (a-v, 0-9, 5 to 1024 characters).
    """
    digest = hashlib.sha256(f"{community_id}|{month}|{generation}".encode()).digest()[:20]
    return base64.b32hexencode(digest).decode().lower()


def text_marks(title: str, description: str, location: str) -> tuple[str, str, str]:
    """A fingerprint of each part of an event's text, blind to what Calendar itself changes: entities, tags,
    white space."""
    return _mark(title), _mark(description), _mark(location)


def _mark(text: str) -> str:
    plain = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", text))).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def marks_text(marks: Iterable[str]) -> str:
    """Fingerprints as one text, as an event's private property and the ledger keep them."""
    return ".".join(marks)


def marks_from(kept: str | None) -> tuple[str, str, str] | None:
    """What `marks_text` made, None when nothing of the kind was kept."""
    marks = (kept or "").split(".")
    return (marks[0], marks[1], marks[2]) if len(marks) == 3 else None
