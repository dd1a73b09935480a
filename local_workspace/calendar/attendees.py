"""Guests as they are kept: addresses in lower case, answers exactly as sent."""

import re

from local_workspace import oauth
from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, bad_request

LIMIT = 200
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_ANSWERS = {"needsAction", "declined", "tentative", "accepted"}


def kept(sent: list[Json], organizer: str) -> list[Json]:
    """Return the guests to keep for a list that was sent, each address once; ApiError 400 for a bad one.

    The list is taken as it is: whoever is not in it is no longer invited, and whoever is in it without a
    responseStatus has not answered, even if he had (the worst case of what is said of Google).
    """
    if len(sent) > LIMIT:
        raise bad_request(f"The number of attendees exceeds the limit of {LIMIT}.", "attendeesLimitExceeded")
    guests = [_guest(entry, organizer) for entry in sent]
    return list({guest["email"]: guest for guest in reversed(guests)}.values())[::-1]


def check_inviter(call: Call) -> None:
    """Raise ApiError 403 for a service account that invites in its own name."""
    if oauth.is_service_account(call.db, call.user):
        message = "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority."
        raise ApiError(403, "forbiddenForServiceAccounts", message, domain="calendar")


def guests_of(event: Json | None, organizer: str) -> list[str]:
    """Return the addresses that hear of an event: every guest but its organizer."""
    return [entry["email"] for entry in (event or {}).get("attendees", []) if entry["email"] != organizer]


def limited(event: Json, most: int | None) -> Json:
    """Return an event as a request with maxAttendees sees it: the caller alone when there are more."""
    if most is None or len(event.get("attendees", [])) <= most:
        return event
    own = [entry for entry in event["attendees"] if entry.get("self")]
    return event | {"attendees": own, "attendeesOmitted": True}


def _guest(sent: Json, organizer: str) -> Json:
    """Return one guest as kept."""
    address = (sent.get("email") or "").strip().lower()
    if not _ADDRESS.fullmatch(address):
        raise bad_request("Invalid attendee email.", "invalid")
    answer = sent.get("responseStatus") or "needsAction"
    if answer not in _ANSWERS:
        raise bad_request("Invalid attendee response status.", "invalid")
    guest: Json = {"email": address}
    for name in ("displayName", "comment", "additionalGuests", "optional", "resource"):
        if sent.get(name):
            guest[name] = sent[name]
    if address == organizer:
        guest |= {"organizer": True, "self": True}
    return guest | {"responseStatus": answer}
