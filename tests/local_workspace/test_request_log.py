"""The request log: what is noted, and what is not."""

from collections.abc import Callable
from typing import Any

import requests

from local_workspace.serve import RunningWorkspace

EVENTS = "/calendar/v3/calendars/primary/events"
BODY = '{"start": {"date": "2026-12-17"}, "end": {"date": "2026-12-18"}, "summary": "Straße"}'


def test_log_holds_method_path_status_bytes_and_bodies(
    workspace: RunningWorkspace, token: dict[str, str], local: Callable[..., Any]
) -> None:
    local("POST", "/local/clock", {"now": "2026-12-01T09:00:00Z"})
    written = requests.post(
        f"{workspace.base_url}{EVENTS}?sendUpdates=none", headers=token, data=BODY.encode(), timeout=5
    )
    requests.get(f"{workspace.base_url}{EVENTS}/nothing", headers=token, timeout=5)

    bare = local("GET", "/local/requests")["requests"]
    full = local("GET", "/local/requests?bodies=1")["requests"]

    assert bare == [
        {
            "seq": 1,
            "at": "2026-12-01T09:00:00+00:00",
            "method": "POST",
            "path": f"{EVENTS}?sendUpdates=none",
            "status": 200,
            "request_bytes": len(BODY.encode()),
            "response_bytes": len(written.content),
            "api_method": "calendar.events.insert",
            "params": {"sendUpdates": "none", "calendarId": "primary"},
            "user_agent": requests.utils.default_user_agent(),
            "fault": None,
        },
        {
            "seq": 2,
            "at": "2026-12-01T09:00:00+00:00",
            "method": "GET",
            "path": f"{EVENTS}/nothing",
            "status": 404,
            "request_bytes": 0,
            "response_bytes": 128,
            "api_method": "calendar.events.get",
            "params": {"calendarId": "primary", "eventId": "nothing"},
            "user_agent": requests.utils.default_user_agent(),
            "fault": None,
        },
    ]
    assert [entry["body"] for entry in full] == [
        {"start": {"date": "2026-12-17"}, "end": {"date": "2026-12-18"}, "summary": "Straße"},
        None,
    ]


def test_cleared_log_is_empty_and_controls_are_never_in_it(
    local: Callable[..., Any], token: dict[str, str]
) -> None:
    local("DELETE", "/local/requests")

    assert local("GET", "/local/requests") == {"requests": []}


def test_refused_requests_are_in_the_log_too(workspace: RunningWorkspace, local: Callable[..., Any]) -> None:
    requests.post(workspace.base_url + "/token", data={"grant_type": "password"}, timeout=5)

    entry = local("GET", "/local/requests?bodies=1")["requests"][0]

    assert (entry["api_method"], entry["status"], entry["body"]) == (
        "POST /token",
        401,
        "grant_type=password",
    )
