"""Meet links: asked for with a createRequest, pending in that answer, there from the next look on."""

import hashlib
import string

from local_workspace.calendar.calendar_store import Calendar
from local_workspace.call import Json
from local_workspace.errors import bad_request

_ICON = (
    "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/"
    "logo_meet_2020q4_color_2x_web_512dp.png"
)


def kept(sent: Json | None, before: Json | None, event_id: str, calendar: Calendar) -> Json | None:
    """Return the conference data to keep for what was sent: the finished Meet link for a new request.

    `before` is what the event has; a createRequest whose requestId is the last one's is ignored. ApiError 400
    when the account cannot make Meet links or the request is not for one.
    """
    if sent is None:
        return None
    request = sent.get("createRequest")
    if before is not None and _is_known(sent, before):
        return before
    if request is None:
        return sent
    if not request.get("requestId"):
        raise bad_request("Missing conference request id.", "required")
    if not calendar.meet or request.get("conferenceSolutionKey", {}).get("type") != "hangoutsMeet":
        raise bad_request("Invalid conference type value.", "invalid")
    return _meet(request["requestId"], event_id)


def pending(data: Json) -> Json:
    """Return freshly made conference data as the answer to its request shows it."""
    return {"createRequest": data["createRequest"] | {"status": {"statusCode": "pending"}}}


def link(data: Json | None) -> str | None:
    """Return the link of a Meet conference, None where there is none."""
    if data is None or data.get("conferenceSolution", {}).get("key", {}).get("type") != "hangoutsMeet":
        return None
    points = data.get("entryPoints", [])
    return next((point["uri"] for point in points if point.get("entryPointType") == "video"), None)


def _meet(request_id: str, event_id: str) -> Json:
    """Return a Meet conference; its code follows from event and request, so that runs can be compared."""
    digest = hashlib.sha256(f"{event_id} {request_id}".encode()).digest()
    letters = "".join(string.ascii_lowercase[byte % 26] for byte in digest[:10])
    code = f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
    key = {"type": "hangoutsMeet"}
    return {
        "createRequest": {
            "requestId": request_id,
            "conferenceSolutionKey": key,
            "status": {"statusCode": "success"},
        },
        "entryPoints": [
            {
                "entryPointType": "video",
                "uri": f"https://meet.google.com/{code}",
                "label": f"meet.google.com/{code}",
            }
        ],
        "conferenceSolution": {"key": key, "name": "Google Meet", "iconUri": _ICON},
        "conferenceId": code,
    }


def _is_known(sent: Json, before: Json) -> bool:
    """Say whether what was sent asks for nothing but the conference that the event has."""
    request, last = sent.get("createRequest"), before.get("createRequest") or {}
    if request is not None:
        return bool(request.get("requestId") == last.get("requestId"))
    return sent.get("conferenceId") == before.get("conferenceId")
