"""Meet links: asked for with a createRequest, pending in that answer, there from the next look on."""

import hashlib
import string

from local_workspace.calendar.calendars import Calendar
from local_workspace.call import Call, Json
from local_workspace.errors import bad_request


def kept(call: Call, calendar: Calendar, sent: Json, before: Json) -> Json:
    """Return conferenceData and hangoutLink to keep when `sent` is the body's conferenceData.

    Without version 1 they stay as `before` has them; so they do for a createRequest with the last one's
    requestId. ApiError 400 when the account cannot make Meet links or the request is not for one.
    """
    there: Json = {name: before[name] for name in ("conferenceData", "hangoutLink") if name in before}
    last, request = there.get("conferenceData", {}), sent.get("createRequest")
    if call.params.get("conferenceDataVersion") != 1:
        return there
    if request is None:
        is_same = sent.get("conferenceId", "") == last.get("conferenceId")
        return there if is_same else {"conferenceData": sent} if sent else {}
    if not request.get("requestId"):
        raise bad_request("Missing conference request id.", "required")
    if request["requestId"] == last.get("createRequest", {}).get("requestId"):
        return there
    if not calendar.meet or request.get("conferenceSolutionKey", {}).get("type") != "hangoutsMeet":
        raise bad_request("Invalid conference type value.", "invalid")
    return {"conferenceData": {"createRequest": request | {"status": {"statusCode": "pending"}}}}


def linked(event: Json) -> Json:
    """Return an event with the Meet link that it waits for, if it does.

    The link follows from event and request, so that runs can be compared.
    """
    request = event.get("conferenceData", {}).get("createRequest", {})
    if request.get("status") != {"statusCode": "pending"}:
        return event
    digest = hashlib.sha256(f"{event['id']} {request['requestId']}".encode()).digest()
    letters = "".join(string.ascii_lowercase[byte % 26] for byte in digest[:10])
    code = f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
    link = f"https://meet.google.com/{code}"
    data = {
        "createRequest": request | {"status": {"statusCode": "success"}},
        "entryPoints": [{"entryPointType": "video", "uri": link, "label": link.removeprefix("https://")}],
        "conferenceSolution": {"key": request["conferenceSolutionKey"], "name": "Google Meet"},
        "conferenceId": code,
    }
    return event | {"conferenceData": data, "hangoutLink": link}
