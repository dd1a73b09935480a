"""Meet links: asked for with a createRequest, pending in that answer, there from the next look on."""

import hashlib
import string

from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Call, Json
from local_workspace.errors import bad_request


def kept(call: Call, calendar: Calendar, body: Json, event_id: str, before: Json | None) -> Json:
    """Return conferenceData and hangoutLink to keep; without version 1 they stay as `before` has them.

    A createRequest makes the finished link, unless its requestId is the last one's. ApiError 400 when the
    account cannot make Meet links or the request is not for one.
    """
    data: Json = (before or {}).get("conferenceData", {})
    if call.params.get("conferenceDataVersion") == 1:
        data = _wanted(body.get("conferenceData", {}), data, event_id, calendar)
    solution = data.get("conferenceSolution", {}).get("key", {}).get("type")
    is_meet = solution == "hangoutsMeet" and "conferenceId" in data
    link = {"hangoutLink": f"https://meet.google.com/{data['conferenceId']}"} if is_meet else {}
    return ({"conferenceData": data} if data else {}) | link


def pending(event: Json) -> Json:
    """Return an event whose link was asked for just now as the answer to that shows it."""
    request = event["conferenceData"]["createRequest"] | {"status": {"statusCode": "pending"}}
    rest = {name: value for name, value in event.items() if name != "hangoutLink"}
    return rest | {"conferenceData": {"createRequest": request}}


def _wanted(sent: Json, before: Json, event_id: str, calendar: Calendar) -> Json:
    """Return the conference data that an event has when this was sent to it."""
    request = sent.get("createRequest")
    if request is None:
        return before if sent.get("conferenceId", "") == before.get("conferenceId") else sent
    if not request.get("requestId"):
        raise bad_request("Missing conference request id.", "required")
    if request["requestId"] == before.get("createRequest", {}).get("requestId"):
        return before
    if not calendar.meet or request.get("conferenceSolutionKey", {}).get("type") != "hangoutsMeet":
        raise bad_request("Invalid conference type value.", "invalid")
    return _meet(request["requestId"], event_id)


def _meet(request_id: str, event_id: str) -> Json:
    """Return a Meet conference; its code follows from event and request, so that runs can be compared."""
    digest = hashlib.sha256(f"{event_id} {request_id}".encode()).digest()
    letters = "".join(string.ascii_lowercase[byte % 26] for byte in digest[:10])
    code = f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
    key = {"type": "hangoutsMeet"}
    request = {"requestId": request_id, "conferenceSolutionKey": key, "status": {"statusCode": "success"}}
    link = {"uri": f"https://meet.google.com/{code}", "label": f"meet.google.com/{code}"}
    return {
        "createRequest": request,
        "entryPoints": [{"entryPointType": "video"} | link],
        "conferenceSolution": {"key": key, "name": "Google Meet"},
        "conferenceId": code,
    }
