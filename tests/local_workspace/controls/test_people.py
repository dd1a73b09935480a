"""Answering, moving and deleting by hand: what cannot be done is said, and changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace

EVENTS = "/calendar/v3/calendars/primary/events"


@pytest.fixture
def event(workspace: RunningWorkspace, token: dict[str, str]) -> dict[str, Any]:
    """An event of an hour, and one of a whole day beside it; Ann is invited to the first."""
    timed = {
        "id": "timed",
        "start": {"dateTime": "2026-12-17T12:00:00Z"},
        "end": {"dateTime": "2026-12-17T13:00:00Z"},
        "attendees": [{"email": "ann@example.org"}],
    }
    whole = {"id": "dated", "start": {"date": "2026-12-17"}, "end": {"date": "2026-12-18"}}
    assert requests.post(workspace.base_url + EVENTS, headers=token, json=whole, timeout=5).ok
    reply = requests.post(workspace.base_url + EVENTS, headers=token, json=timed, timeout=5)
    assert reply.ok
    made: dict[str, Any] = reply.json()
    return made


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("invitations/answer", {"address": "ann@example.org", "event": "timed", "status": "maybe"}, 400),
        ("invitations/answer", {"address": "bob@example.org", "event": "timed", "status": "accepted"}, 400),
        ("invitations/answer", {"address": "ann@example.org", "event": "nothing", "status": "accepted"}, 404),
        ("events/timed/move", {}, 400),
        ("events/timed/move", {"start": "tomorrow"}, 400),
        ("events/timed/move", {"start": "2026-12-17T14:00", "end": 5}, 400),
        ("events/timed/move", {"start": "2026-12-17T14:00", "end": "2026-12-17T13:00"}, 400),
        ("events/dated/move", {"start": "2026-12-17T14:00"}, 400),
        ("events/nothing/move", {"start": "2026-12-17T14:00"}, 404),
        ("events/nothing/delete", {}, 404),
        ("events/timed/delete", {"calendar": ["ann@example.org"]}, 404),
    ],
)
def test_what_people_cannot_do_changes_nothing(
    workspace: RunningWorkspace,
    token: dict[str, str],
    event: dict[str, Any],
    path: str,
    body: dict[str, Any],
    status: int,
) -> None:
    reply = requests.post(f"{workspace.base_url}/local/{path}", json=body, timeout=5)

    after = requests.get(f"{workspace.base_url}{EVENTS}/timed", headers=token, timeout=5)
    assert reply.status_code == status
    assert after.json() == event


def test_deleted_event_cannot_be_answered(
    workspace: RunningWorkspace, event: dict[str, Any], local: Callable[..., Any]
) -> None:
    local("POST", f"/local/events/{event['id']}/delete")
    answer = {"address": "ann@example.org", "event": event["id"], "status": "accepted"}

    reply = requests.post(workspace.base_url + "/local/invitations/answer", json=answer, timeout=5)

    assert reply.status_code == 404
