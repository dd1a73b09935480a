"""POST /local/invitations/answer: a guest answers an invitation."""

from local_workspace import oauth
from local_workspace.calendar import calendars, event_store, showing
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request, not_found

_ANSWERS = {"accepted", "declined", "tentative", "needsAction"}


def answer(call: Call) -> Json:
    """Answer as the guest: {"address", "event", "status", "comment"?}; a new etag, and no mail to anybody."""
    body = call.body or {}
    match body:
        case {"address": str(address), "event": str(event_id), "status": str(status)} if status in _ANSWERS:
            comment = body.get("comment")
        case _:
            raise bad_request(
                'Send {"address": "ann@example.org", "event": "ID", "status": "accepted", "comment": "..."}; '
                f"status is one of {', '.join(sorted(_ANSWERS))}."
            )
    calendar = calendars.primary(call.db, body.get("calendar", oauth.ORGANIZER))
    event = event_store.load(call.db, calendar, event_id)
    if event is None or event["status"] == "cancelled":
        raise not_found(f"There is no event {event_id} to answer.")
    guests = {guest["email"]: guest for guest in event.get("attendees", [])}
    if address.lower() not in guests:
        raise bad_request(f"{address} is not invited to {event_id}.")
    guests[address.lower()] |= {"responseStatus": status} | ({"comment": comment} if comment else {})
    changed = event | {"attendees": list(guests.values())}
    return showing.shown(event_store.save(call.db, calendar, changed, call.now), calendar.zone)


ROUTES: Routes = {("POST", "/local/invitations/answer"): answer}
