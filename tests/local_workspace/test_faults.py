"""Faults: every name once on the wire, which calls are struck, and what was done all the same."""

import contextlib
import http.client
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace

EVENTS = "/calendar/v3/calendars/primary/events"
INSERT = "calendar.events.insert"
LIST = "calendar.events.list"
NOON = {"now": "2026-12-01T12:00:00Z"}


class Client:
    """One workspace for the module, and plain sockets to it."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.host = base_url.removeprefix("http://")
        self.token = f"Bearer {self.local('GET', '/local/token')['access_token']}"

    def local(self, verb: str, path: str, body: Any = None) -> Any:
        reply = requests.request(verb, self.base_url + path, json=body, timeout=5)
        assert reply.ok, reply.text
        return reply.json()

    def fault(self, name: str, method: str, **more: Any) -> Any:
        return self.local("POST", "/local/faults", {"fault": name, "method": method, **more})

    def ask(self, verb: str, path: str, body: Any = None) -> tuple[int, dict[str, str], bytes]:
        """Ask once, on a connection of its own; status, headers and body, or what http.client raises."""
        with contextlib.closing(http.client.HTTPConnection(self.host, timeout=5)) as connection:
            raw = None if body is None else json.dumps(body)
            connection.request(verb, path, raw, {"Authorization": self.token})
            reply = connection.getresponse()
            headers = {name.lower(): value for name, value in reply.getheaders()}
            return reply.status, headers, reply.read()

    def status(self, verb: str, path: str, body: Any = None) -> int:
        return self.ask(verb, path, body)[0]

    def insert(self, event_id: str) -> tuple[int, dict[str, str], bytes]:
        day = {"start": {"date": "2026-12-17"}, "end": {"date": "2026-12-18"}}
        return self.ask("POST", EVENTS, {"id": event_id, **day})

    def was_inserted(self, event_id: str) -> bool:
        return self.status("GET", f"{EVENTS}/{event_id}") == 200


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with RunningWorkspace(tmp_path_factory.mktemp("faults"), check_answers=True) as running:
        yield Client(running.base_url)


@pytest.fixture
def client(served: Client) -> Iterator[Client]:
    """The module's client, with nothing told and an empty log."""
    served.local("DELETE", "/local/requests")
    yield served
    served.local("DELETE", "/local/faults")


def entry(domain: str, reason: str, message: str, **more: str) -> dict[str, Any]:
    return {"domain": domain, "reason": reason, "message": message, **more}


@pytest.mark.parametrize(
    ("name", "code", "error"),
    [
        ("400", 400, entry("global", "badRequest", "Bad Request")),
        (
            "401",
            401,
            entry(
                "global", "authError", "Invalid Credentials", locationType="header", location="Authorization"
            ),
        ),
        ("403rateLimitExceeded", 403, entry("usageLimits", "rateLimitExceeded", "Rate Limit Exceeded")),
        (
            "403userRateLimitExceeded",
            403,
            entry("usageLimits", "userRateLimitExceeded", "User Rate Limit Exceeded"),
        ),
        ("403quotaExceeded", 403, entry("usageLimits", "quotaExceeded", "Calendar usage limits exceeded.")),
        ("404", 404, entry("global", "notFound", "Not Found")),
        ("409", 409, entry("global", "duplicate", "The requested identifier already exists.")),
        ("410", 410, entry("global", "deleted", "Resource has been deleted")),
        (
            "412",
            412,
            entry(
                "global", "conditionNotMet", "Precondition Failed", locationType="header", location="If-Match"
            ),
        ),
        ("429", 429, entry("usageLimits", "rateLimitExceeded", "Rate Limit Exceeded")),
        ("500", 500, entry("global", "backendError", "Backend Error")),
        ("503", 503, entry("global", "backendError", "Backend Error")),
    ],
)
def test_refusal_leaves_in_the_shape_of_the_api_and_nothing_is_done(
    client: Client, name: str, code: int, error: dict[str, Any]
) -> None:
    client.fault(name, INSERT)

    status, _, body = client.insert("refused")

    wanted = {"error": {"errors": [error], "code": code, "message": error["message"]}}
    assert (status, json.loads(body)) == (code, wanted)
    assert not client.was_inserted("refused")


def test_gmail_names_itself_when_it_is_full(client: Client) -> None:
    client.fault("403quotaExceeded", "gmail.users.getProfile")

    _, _, body = client.ask("GET", "/gmail/v1/users/me/profile")

    error = json.loads(body)["error"]
    assert (error["code"], error["status"]) == (403, "PERMISSION_DENIED")
    assert error["errors"] == [entry("usageLimits", "quotaExceeded", "Gmail usage limits exceeded.")]


def test_sheets_and_gmail_have_their_own_words(client: Client) -> None:
    client.fault("503", "sheets.spreadsheets.get")
    client.fault("429", "gmail.users.getProfile")

    sheets = client.ask("GET", "/v4/spreadsheets/any")
    gmail = client.ask("GET", "/gmail/v1/users/me/profile")

    words = "Resource has been exhausted (e.g. check quota)."
    assert (sheets[0], json.loads(sheets[2])) == (
        503,
        {"error": {"code": 503, "message": "The service is currently unavailable.", "status": "UNAVAILABLE"}},
    )
    assert (gmail[0], json.loads(gmail[2])) == (
        429,
        {
            "error": {
                "code": 429,
                "message": words,
                "errors": [entry("global", "rateLimitExceeded", words)],
                "status": "RESOURCE_EXHAUSTED",
            }
        },
    )


def test_retry_after_is_a_header_in_seconds(client: Client) -> None:
    client.fault("429RetryAfter", LIST)
    client.fault("429RetryAfter", LIST, call=2, seconds=30)

    replies = [client.ask("GET", EVENTS) for _ in range(3)]

    assert [(reply[0], reply[1].get("retry-after")) for reply in replies] == [
        (429, "7"),
        (429, "30"),
        (200, None),
    ]


def test_gmail_names_the_time_on_the_workspace_clock(client: Client) -> None:
    client.local("POST", "/local/clock", NOON)
    client.fault("403userRateLimitRetryAfter", "gmail.users.drafts.send", seconds=60)

    status, headers, body = client.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": "r1"})

    client.local("POST", "/local/clock", {"run": True})
    words = "User-rate limit exceeded.  Retry after 2026-12-01T12:01:00.000Z"
    assert (status, "retry-after" in headers, json.loads(body)) == (
        403,
        False,
        {
            "error": {
                "code": 403,
                "message": words,
                "errors": [entry("usageLimits", "userRateLimitExceeded", words)],
                "status": "PERMISSION_DENIED",
            }
        },
    )


def test_answer_leaves_in_the_words_that_were_told(client: Client) -> None:
    words = {"error": {"code": 429, "message": "Slower, Zoë."}}
    client.fault("answer", INSERT, status=429, body=words, headers={"Retry-After": "5"})
    client.fault("answer", INSERT, call=2, status=204)

    status, headers, body = client.insert("answered")
    without_body = client.insert("answered")[::2]

    assert (status, headers["retry-after"], json.loads(body)) == (429, "5", words)
    assert headers["content-type"] == "application/json"
    assert without_body == (204, b"")
    assert not client.was_inserted("answered")


def test_502_is_a_page(client: Client) -> None:
    client.fault("502", LIST)

    status, headers, body = client.ask("GET", EVENTS)

    assert (status, headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert b"Error 502 (Server Error)!!1" in body


def test_html_with_200_leaves_after_the_deed(client: Client) -> None:
    client.fault("html", INSERT)

    status, headers, body = client.insert("html1")

    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body.startswith(b"<!DOCTYPE html>")
    assert client.was_inserted("html1")


def test_empty_body_leaves_after_the_deed(client: Client) -> None:
    client.fault("empty", INSERT)

    status, headers, body = client.insert("void1")

    assert (status, headers["content-length"], body) == (200, "0", b"")
    assert client.was_inserted("void1")


def test_truncated_json_has_the_length_of_what_is_left(client: Client) -> None:
    client.fault("truncated", INSERT)

    status, headers, body = client.insert("truncated1")

    assert (status, headers["content-length"]) == (200, str(len(body)))
    assert body.startswith(b"{")
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    assert client.was_inserted("truncated1")


def test_wrong_length_promises_more_than_comes(client: Client) -> None:
    client.fault("wrongLength", INSERT)

    with pytest.raises(http.client.IncompleteRead) as raised:
        client.insert("long1")

    assert (json.loads(raised.value.partial)["id"], raised.value.expected) == ("long1", 10)
    assert client.was_inserted("long1")


def test_short_length_promises_less_than_comes(client: Client) -> None:
    client.fault("shortLength", INSERT)

    status, headers, body = client.insert("short1")

    assert (status, headers["content-length"]) == (200, str(len(body)))
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    assert client.was_inserted("short1")


def test_half_an_answer_ends_with_the_connection(client: Client) -> None:
    client.fault("halfAnswer", INSERT)

    with pytest.raises(http.client.IncompleteRead) as raised:
        client.insert("half1")

    assert raised.value.partial.startswith(b"{")
    assert raised.value.expected in (len(raised.value.partial), len(raised.value.partial) + 1)
    assert client.was_inserted("half1")


def test_slow_answer_comes_later(client: Client) -> None:
    client.fault("slow", LIST, seconds=0.2)
    begun = time.monotonic()

    status = client.status("GET", EVENTS)

    assert (status, time.monotonic() - begun >= 0.2) == (200, True)


@pytest.mark.parametrize(
    ("name", "error", "acted"),
    [
        ("closeBefore", http.client.RemoteDisconnected, False),
        ("closeAfter", http.client.RemoteDisconnected, True),
        ("resetAfter", ConnectionResetError, True),
    ],
)
def test_connection_ends_without_an_answer(
    client: Client, name: str, error: type[Exception], acted: bool
) -> None:
    client.fault(name, INSERT)

    with pytest.raises(error) as raised:
        client.insert(name.lower())

    assert (raised.type, client.was_inserted(name.lower())) == (error, acted)


def test_token_endpoint_refuses_and_fails(client: Client) -> None:
    client.fault("invalidGrant", "POST /token")
    client.fault("500", "POST /token", call=2)
    form = {"grant_type": "refresh_token", "refresh_token": "any"}

    replies = [requests.post(f"{client.base_url}/token", data=form, timeout=5) for _ in range(2)]

    assert [(reply.status_code, reply.json()) for reply in replies] == [
        (400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}),
        (500, {"error": "internal_failure", "error_description": "Backend Error"}),
    ]


def test_discord_is_struck_in_its_own_words(client: Client) -> None:
    client.fault("500", "POST /api/v10/channels/{channel}/invites")

    status, _, body = client.ask("POST", "/api/v10/channels/11000000000000001/invites", {})

    assert (status, json.loads(body)) == (500, {"message": "500: Internal Server Error", "code": 0})


def test_call_and_times_say_which_calls_are_struck(client: Client) -> None:
    told = client.fault("503", LIST, call=2, times=2)

    statuses = [client.status("GET", EVENTS) for _ in range(4)]

    fault = {"fault": "503", "method": LIST, "call": 2, "times": 2, "acted": False, "seconds": 0.0}
    assert statuses == [200, 503, 503, 200]
    assert told == {"id": told["id"], **fault, "seen": 0, "struck": 0}
    assert client.local("GET", "/local/faults") == {
        "faults": [{"id": told["id"], **fault, "seen": 4, "struck": 2}]
    }


def test_star_without_an_end_strikes_every_method_until_it_is_healed(client: Client) -> None:
    first = client.fault("503", "*", times=None)["id"]
    client.fault("500", "*", call=9)

    struck = [
        client.status("GET", EVENTS),
        client.status("GET", "/gmail/v1/users/me/profile"),
        client.status("POST", "/token"),
        client.status("GET", "/local/health"),
    ]
    healed = client.local("DELETE", f"/local/faults/{first}")

    assert (struck, healed) == ([503, 503, 503, 200], {"healed": 1})
    assert client.status("GET", EVENTS) == 200
    assert client.local("DELETE", "/local/faults") == {"healed": 1}


def test_refusal_may_hide_a_deed_and_a_lost_answer_none(client: Client) -> None:
    client.fault("503", INSERT, acted=True)
    client.fault("closeAfter", INSERT, call=2, acted=False)

    status = client.insert("hidden")[0]
    with pytest.raises(http.client.RemoteDisconnected):
        client.insert("undone")

    assert (status, client.was_inserted("hidden"), client.was_inserted("undone")) == (503, True, False)


def test_answer_without_a_body_can_be_cut_too(client: Client) -> None:
    client.insert("deleted1")
    client.fault("truncated", "calendar.events.delete")

    assert client.ask("DELETE", f"{EVENTS}/deleted1")[::2] == (200, b"{")


def test_log_says_what_was_struck(client: Client) -> None:
    client.fault("closeAfter", LIST)
    client.fault("429", LIST, call=2)
    with pytest.raises(http.client.RemoteDisconnected):
        client.ask("GET", EVENTS)

    client.ask("GET", EVENTS)
    client.ask("GET", EVENTS)

    log = client.local("GET", "/local/requests")["requests"]
    assert [(seen["api_method"], seen["status"], seen["fault"]) for seen in log] == [
        (LIST, 0, "closeAfter"),
        (LIST, 429, "429"),
        (LIST, 200, None),
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"fault": "504", "method": "*"}, "There is no fault '504'. There is: 400, 401, 403quotaExceeded,"),
        ({"fault": "503", "method": "calendar.events.lost"}, "There is no method 'calendar.events.lost';"),
        ({"fault": "503", "method": "GET /local/health"}, "There is no method 'GET /local/health';"),
        ({"fault": "503", "method": "*", "call": 0}, '"call" and "times" count from 1'),
        ({"fault": "503", "method": "*", "times": "2"}, '"call" and "times" count from 1'),
        ({"fault": "503", "method": "*", "times": -1}, '"call" and "times" count from 1'),
        ({"fault": "503", "method": "*", "acted": 1}, '"acted" is true or false'),
        ({"fault": "answer", "method": "*", "status": 199}, '"status" is a number from 200 to 599'),
        ({"fault": "answer", "method": "*", "headers": {"Age": 5}}, '"status" is a number from 200 to 599'),
        ({"fault": "slow", "method": "*", "seconds": -1}, '"acted" is true or false, "seconds" a number'),
    ],
)
def test_what_cannot_be_told_is_a_400(client: Client, body: dict[str, Any], message: str) -> None:
    reply = requests.post(f"{client.base_url}/local/faults", json=body, timeout=5)

    assert (reply.status_code, reply.json()["error"]["message"].startswith(message)) == (400, True)


def test_fault_that_is_not_there_cannot_be_healed(client: Client) -> None:
    assert requests.delete(f"{client.base_url}/local/faults/0", timeout=5).status_code == 404


def test_stopping_workspace_waits_for_no_slow_answer(
    workspace: RunningWorkspace, local: Callable[..., Any]
) -> None:
    local("POST", "/local/faults", {"fault": "slow", "method": "*", "seconds": 60})
    host = workspace.base_url.removeprefix("http://")
    with contextlib.closing(http.client.HTTPConnection(host, timeout=5)) as connection:
        connection.request("GET", "/tokeninfo")
        while local("GET", "/local/faults")["faults"][0]["struck"] == 0:
            pass

        workspace.stop()

        assert connection.getresponse().status == 400
