"""Quotas: off at first, then each API's own refusal until the minute is over."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace

NOON = "2026-11-22T12:00:00+00:00"
EVENTS = "/calendar/v3/calendars/primary/events"
PROFILE = "/gmail/v1/users/me/profile"
DRAFTS = "/gmail/v1/users/me/drafts"


@pytest.fixture
def ask(workspace: RunningWorkspace, token: dict[str, str], local: Callable[..., Any]) -> Callable[..., Any]:
    """Send a request at noon; the answer."""
    local("POST", "/local/clock", {"now": NOON})

    def call(path: str, method: str = "GET", body: Any = None) -> requests.Response:
        return requests.request(method, workspace.base_url + path, headers=token, json=body, timeout=5)

    return call


def limit(local: Callable[..., Any], **limits: int) -> None:
    """Turn the quotas on with these limits, whose dots are double underscores."""
    named = {name.replace("__", "."): number for name, number in limits.items()}
    local("POST", "/local/quotas", {"enabled": True, "limits": named})


def test_documented_numbers_are_there_and_off(local: Callable[..., Any]) -> None:
    said = local("GET", "/local/quotas")

    assert said["enabled"] is False
    assert said["limits"]["sheets.read.minute.user"] == 60
    assert said["limits"]["calendar.queries.minute.user"] == 600
    assert said["limits"]["gmail.units.minute.user"] == 6_000


def test_documented_number_is_the_last_that_is_answered(
    ask: Callable[..., Any], local: Callable[..., Any]
) -> None:
    local("POST", "/local/quotas", {"enabled": True})

    statuses = [ask("/v4/spreadsheets/none").status_code for _ in range(61)]

    assert statuses == [404] * 60 + [429]


def test_calendar_is_403_until_the_minute_is_over(ask: Callable[..., Any], local: Callable[..., Any]) -> None:
    limit(local, calendar__queries__minute__user=2)

    statuses = [ask(EVENTS).status_code for _ in range(3)]
    refused = ask(EVENTS).json()
    local("POST", "/local/clock", {"advance": 60})

    entry = {
        "domain": "usageLimits",
        "reason": "userRateLimitExceeded",
        "message": "User Rate Limit Exceeded",
    }
    assert statuses == [200, 200, 403]
    assert refused == {"error": {"errors": [entry], "code": 403, "message": "User Rate Limit Exceeded"}}
    assert ask(EVENTS).status_code == 200


def test_gmail_counts_units(ask: Callable[..., Any], local: Callable[..., Any]) -> None:
    limit(local, gmail__units__minute__user=11)

    statuses = [ask(PROFILE).status_code, ask(DRAFTS).status_code, ask(DRAFTS).status_code]
    refused = ask(DRAFTS)

    assert statuses == [200, 200, 200]
    assert refused.status_code == 403
    assert refused.json()["error"]["message"] == (
        "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service "
        "'gmail.googleapis.com' for consumer 'project_number:123'."
    )


def test_sheets_is_429_with_google_s_details(ask: Callable[..., Any], local: Callable[..., Any]) -> None:
    limit(local, sheets__write__minute__project=0)

    refused = ask("/v4/spreadsheets", "POST", {})

    assert refused.status_code == 429
    assert refused.json() == {
        "error": {
            "code": 429,
            "message": "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per "
            "minute' of service 'sheets.googleapis.com' for consumer 'project_number:123'.",
            "status": "RESOURCE_EXHAUSTED",
            "details": [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "RATE_LIMIT_EXCEEDED",
                    "domain": "googleapis.com",
                    "metadata": {
                        "consumer": "projects/123",
                        "quota_limit": "WriteRequestsPerMinute",
                        "quota_metric": "sheets.googleapis.com/write_requests",
                        "service": "sheets.googleapis.com",
                    },
                }
            ],
        }
    }


def test_users_and_days_are_counted_apart(
    workspace: RunningWorkspace, ask: Callable[..., Any], local: Callable[..., Any]
) -> None:
    limit(local, gmail__units__minute__user=1, gmail__units__day__project=3)
    local("POST", "/local/accounts", {"address": "ann@example.org"})
    other = local("GET", "/local/token?account=ann@example.org")["access_token"]

    def anns() -> int:
        headers = {"Authorization": f"Bearer {other}"}
        return requests.get(workspace.base_url + PROFILE, headers=headers, timeout=5).status_code

    statuses = [ask(PROFILE).status_code, anns()]
    local("POST", "/local/clock", {"advance": 60})
    statuses += [ask(PROFILE).status_code, anns()]
    local("POST", "/local/clock", {"now": "2026-11-23T08:00:00Z"})

    assert statuses == [200, 200, 200, 403]
    assert ask(PROFILE).status_code == 200


@pytest.mark.parametrize(
    "body",
    [{}, {"enabled": 1}, {"enabled": True, "limits": {"x": 1}}, {"enabled": True, "limits": {"x": "1"}}],
)
def test_control_is_refused(workspace: RunningWorkspace, body: dict[str, Any]) -> None:
    assert requests.post(f"{workspace.base_url}/local/quotas", json=body, timeout=5).status_code == 400
