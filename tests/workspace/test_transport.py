from __future__ import annotations

import json
import logging
import socket
import time
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials

from tests.workspace.loopback import HANG_UP, Answer, Loopback, Received, everywhere, one_after_another
from workspace.calendar import Calendar
from workspace.errors import (
    AccessDenied,
    NotFound,
    NotSent,
    OutcomeUnknown,
    QuotaReached,
    SignInLost,
    WorkspaceError,
)
from workspace.gmail import Gmail
from workspace.google import HttpAdapter
from workspace.sheets import Sheets
from workspace.transport import Request, Transport, open_transport

QUIET = {"error": {"code": 503, "message": "Backend Error", "status": "UNAVAILABLE"}}
SLOW = {"error": {"code": 429, "message": "Slow down", "status": "RESOURCE_EXHAUSTED"}}


def signed(server: Loopback, waits: list[float] | None = None, timeout: float = 5) -> Transport:
    """A transport with an access token, at a server; waits are noted instead of waited."""
    credentials = Credentials("test-token")  # type: ignore[no-untyped-call]  # google-auth's
    return Transport(
        credentials, server.endpoints, timeout=(5, timeout), sleep=(waits if waits is not None else []).append
    )


def get(url: str) -> Request:
    return Request("test.get", "GET", url)


def test_post_by_googleapiclient_read_and_dropped_is_sent_once() -> None:
    with Loopback(lambda _: HANG_UP) as server:
        gmail = Gmail(signed(server))

        with pytest.raises(OutcomeUnknown, match=r"^gmail\.users\.drafts\.send: the connection was lost"):
            gmail.send_draft("r-1", EmailMessage())

    assert [(request.method, request.path) for request in server.received] == [
        ("POST", "/gmail/v1/users/me/drafts/send?alt=json")
    ]


def test_post_by_gspread_read_and_dropped_is_sent_once() -> None:
    with Loopback(lambda _: HANG_UP) as server:
        sheets = Sheets(signed(server), "sheet")

        with pytest.raises(OutcomeUnknown, match=r"^sheets\.spreadsheets\.values\.append: the connection"):
            sheets.append("Log", [["a"]])

    assert [request.method for request in server.received] == ["POST"]


def test_post_on_a_connection_in_use_read_and_dropped_is_sent_once() -> None:
    answers = one_after_another(Answer({"emailAddress": "o@example.org"}), HANG_UP)
    with Loopback(answers) as server:
        gmail = Gmail(signed(server))
        gmail.account()

        with pytest.raises(OutcomeUnknown):
            gmail.send_draft("r-1", EmailMessage())

    assert [request.method for request in server.received] == ["GET", "POST"]


@pytest.mark.parametrize("answer", [Answer(QUIET, 503), Answer(b"<html>"), Answer(b""), Answer({}, 302)])
def test_post_without_a_readable_answer_is_sent_once(answer: Answer) -> None:
    waits: list[float] = []
    with Loopback(lambda _: answer) as server:
        transport = signed(server, waits)

        with pytest.raises(OutcomeUnknown):
            transport.send(Request("test.post", "POST", server.base_url, body="{}"))

    assert (len(server.received), waits) == (1, [])


def test_post_answered_halfway_is_unknown() -> None:
    half = Answer(b'{"id": "m-1"}', headers={"Content-Length": "400", "Connection": "close"})
    with Loopback(lambda _: half) as server, pytest.raises(OutcomeUnknown):
        signed(server).send(Request("test.post", "POST", server.base_url))

    assert len(server.received) == 1


def test_post_without_an_answer_in_time_is_sent_once() -> None:
    def dawdle(_: Received) -> Answer | None:
        time.sleep(0.3)
        return HANG_UP

    with Loopback(dawdle) as server, pytest.raises(OutcomeUnknown, match="no answer in time"):
        signed(server, timeout=0.05).send(Request("test.post", "POST", server.base_url))

    assert len(server.received) == 1


def test_get_is_repeated_until_it_is_answered() -> None:
    waits: list[float] = []
    answers = one_after_another(HANG_UP, Answer(QUIET, 503), Answer(b"<html>"), Answer({"ok": 1}))
    with Loopback(answers) as server:
        answer = signed(server, waits).send(get(server.base_url))

    assert answer.json() == {"ok": 1}
    assert len(waits) == 3
    assert all(0 <= wait <= 8 for wait in waits)


def test_get_is_given_up_after_four_tries() -> None:
    with Loopback(lambda _: Answer(QUIET, 503)) as server:
        transport = signed(server)

        with pytest.raises(OutcomeUnknown, match=r"^test\.get: Backend Error \(503\)$"):
            transport.send(get(server.base_url))

    assert len(server.received) == 4
    assert transport.requests == Counter({"test.get": 4})


def test_write_that_may_be_repeated_is_repeated() -> None:
    with Loopback(one_after_another(HANG_UP, Answer({}))) as server:
        Sheets(signed(server), "sheet").write({"'Today'!A1:A1": [["x"]]})

    assert [request.method for request in server.received] == ["POST", "POST"]
    assert server.received[0].body == server.received[1].body


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_quota_answer_is_never_repeated(method: str) -> None:
    with Loopback(lambda _: Answer(SLOW, 429)) as server:
        transport = signed(server)

        with pytest.raises(QuotaReached):
            transport.send(Request("test", method, server.base_url, repeatable=True))

    assert len(server.received) == 1


def test_refused_get_is_not_repeated() -> None:
    with Loopback(lambda _: Answer({}, 404)) as server, pytest.raises(NotFound):
        signed(server).send(get(server.base_url))

    assert len(server.received) == 1


def test_request_without_a_connection_was_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}"
    transport = Transport(None, everywhere(closed))

    with pytest.raises(
        NotSent, match=r"^test\.post: no connection could be made; this machine may be offline$"
    ) as caught:
        transport.send(Request("test.post", "POST", closed))

    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_requests_are_signed_and_counted() -> None:
    answers = one_after_another(
        Answer({"emailAddress": "Organizer@example.org"}), Answer({"id": "r-1"}), Answer({"id": "m-1"})
    )
    with Loopback(answers) as server:
        transport = signed(server)
        gmail = Gmail(transport)

        results = (
            gmail.account(),
            gmail.create_draft(EmailMessage()),
            gmail.send_draft("r-1", EmailMessage()),
        )

    assert results == ("organizer@example.org", "r-1", "m-1")
    assert {request.headers["authorization"] for request in server.received} == {"Bearer test-token"}
    assert transport.requests == Counter(
        {"gmail.users.getProfile": 1, "gmail.users.drafts.create": 1, "gmail.users.drafts.send": 1}
    )


def token_file(folder: Path, token_uri: str) -> Path:
    path = folder / "token.json"
    fields = {"client_id": "c", "client_secret": "s", "refresh_token": "r", "token_uri": token_uri}
    path.write_text(json.dumps(fields))
    path.chmod(0o600)
    return path


def test_refused_refresh_is_a_lost_sign_in(tmp_path: Path) -> None:
    refusal = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
    with Loopback(lambda _: Answer(refusal, 400)) as server:
        transport = open_transport(token_file(tmp_path, f"{server.base_url}/token"), server.endpoints)

        with pytest.raises(SignInLost) as caught:
            transport.send(get(server.base_url))

    assert str(caught.value) == "Google no longer accepts our sign-in: run `main.py login` again"
    assert [request.path for request in server.received] == ["/token"]


def test_unreachable_sign_in_service_means_not_sent(tmp_path: Path) -> None:
    with Loopback(lambda _: HANG_UP) as server:
        transport = open_transport(token_file(tmp_path, f"{server.base_url}/token"), server.endpoints)

        with pytest.raises(NotSent, match="Google's sign-in service did not answer"):
            transport.send(Request("test.post", "POST", server.base_url))

    assert {request.path for request in server.received} == {"/token"}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<title>Wi-Fi</title>"),
        Answer(b"<title>Wi-Fi</title>", 403),
        Answer({"error": {"code": 404}}, 404),
        Answer(b"<title>502</title>", 502),
        Answer({}, 429),
    ],
)
def test_sign_in_service_that_is_busy_or_not_itself_means_not_sent(tmp_path: Path, answer: Answer) -> None:
    with Loopback(lambda _: answer) as server:
        transport = open_transport(token_file(tmp_path, f"{server.base_url}/token"), server.endpoints)

        with pytest.raises(NotSent, match="Google's sign-in service did not answer"):
            transport.send(Request("test.post", "POST", server.base_url))

    assert [request.path for request in server.received] == ["/token"]


class Hoarder(Credentials):
    """Credentials whose sign-in service asks to come back later."""

    def refresh(self, request: object) -> None:
        raise RefreshError("internal_failure", retryable=True)  # type: ignore[no-untyped-call]


def test_sign_in_service_that_asks_to_come_back_means_not_sent() -> None:
    with Loopback(lambda _: HANG_UP) as server:
        transport = Transport(Hoarder(None), server.endpoints)  # type: ignore[no-untyped-call]

        with pytest.raises(NotSent, match="Google gave no access token for now"):
            transport.send(Request("test.post", "POST", server.base_url))

    assert server.received == []


def test_refused_token_is_refreshed_and_the_request_sent_again(tmp_path: Path) -> None:
    def react(request: Received) -> Answer:
        if request.path == "/token":
            return Answer({"access_token": "fresh", "expires_in": 3599, "token_type": "Bearer"})
        return Answer({}, 200 if request.headers["authorization"] == "Bearer fresh" else 401)

    with Loopback(react) as server:
        path = token_file(tmp_path, f"{server.base_url}/token")
        path.write_text(json.dumps({**json.loads(path.read_text()), "token": "stale"}))

        open_transport(path, server.endpoints).send(Request("test.post", "POST", f"{server.base_url}/api"))

    assert [request.path for request in server.received] == ["/api", "/token", "/api"]


def test_lasting_401_is_access_denied() -> None:
    with Loopback(lambda _: Answer({}, 401)) as server, pytest.raises(AccessDenied):
        Transport(None, server.endpoints).send(get(server.base_url))


def test_missing_token_file_is_a_lost_sign_in(tmp_path: Path) -> None:
    with pytest.raises(SignInLost, match=r"^There is no sign-in yet \(token\.json\): run `main\.py login`$"):
        open_transport(tmp_path / "token.json", everywhere("http://127.0.0.1:1"))


@pytest.mark.parametrize("answer", [HANG_UP, Answer({"error": {"message": "no ann@example.org"}}, 403)])
def test_no_address_in_error_or_log(answer: Answer | None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Loopback(lambda _: answer) as server:
        calendar = Calendar(signed(server), "ann@example.org")

        with pytest.raises(WorkspaceError) as caught:
            calendar.get("event1")

    context = caught.value.__context__
    assert "example.org" not in f"{caught.value} {caught.value.__cause__} {context} {caplog.text}"


def test_environment_has_no_say_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with Loopback(lambda _: Answer({})) as server:
        transport = signed(server)

        transport.send(get(server.base_url))

    assert len(server.received) == 1


def test_service_without_a_transport_sends_nothing() -> None:
    with pytest.raises(RuntimeError, match=r"execute\(\)"):
        HttpAdapter(None).request("http://127.0.0.1:1")
