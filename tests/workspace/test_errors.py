from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from workspace import errors
from workspace.errors import WorkspaceError, error_from, masked


def classic(status: int, reason: str, message: str) -> dict[str, Any]:
    """The error shape of Calendar, Drive and, with a status beside it, Gmail."""
    entry = {"domain": "global", "reason": reason, "message": message}
    return {"error": {"errors": [entry], "code": status, "message": message}}


def rpc(code: int, status: str, message: str, reason: str = "") -> dict[str, Any]:
    """The error shape of Sheets."""
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}] if reason else []
    return {"error": {"code": code, "message": message, "status": status, "details": details}}


@pytest.mark.parametrize(
    ("status", "body", "kind", "reason"),
    [
        (400, classic(400, "timeRangeEmpty", "The range is empty."), errors.Rejected, "timeRangeEmpty"),
        (400, classic(400, "invalid", "Invalid conference type value."), errors.MeetRefused, "invalid"),
        (
            400,
            rpc(400, "INVALID_ARGUMENT", "Unable to parse range: Foo!A1"),
            errors.TabMissing,
            "INVALID_ARGUMENT",
        ),
        (
            400,
            rpc(400, "INVALID_ARGUMENT", "Range (Log!A9) exceeds grid limits. Max rows: 8, max columns: 7"),
            errors.GridTooSmall,
            "INVALID_ARGUMENT",
        ),
        (401, classic(401, "authError", "Invalid Credentials"), errors.AccessDenied, "authError"),
        (403, classic(403, "rateLimitExceeded", "Slow"), errors.QuotaReached, "rateLimitExceeded"),
        (403, classic(403, "userRateLimitExceeded", "Slow"), errors.QuotaReached, "userRateLimitExceeded"),
        (
            403,
            rpc(
                403,
                "PERMISSION_DENIED",
                "Request had insufficient scopes.",
                "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            ),
            errors.ScopeMissing,
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        ),
        (403, classic(403, "insufficientPermissions", "No"), errors.ScopeMissing, "insufficientPermissions"),
        (
            403,
            classic(403, "forbiddenForNonOrganizer", "No"),
            errors.AccessDenied,
            "forbiddenForNonOrganizer",
        ),
        (403, {"message": "Missing Permissions", "code": 50013}, errors.AccessDenied, "50013"),
        (404, classic(404, "notFound", "Not Found"), errors.NotFound, "notFound"),
        (409, classic(409, "duplicate", "It exists."), errors.Conflict, "duplicate"),
        (410, classic(410, "deleted", "Resource has been deleted"), errors.Gone, "deleted"),
        (412, classic(412, "conditionNotMet", "Precondition Failed"), errors.Stale, "conditionNotMet"),
        (429, rpc(429, "RESOURCE_EXHAUSTED", "Slow", "RATE_LIMIT_EXCEEDED"), errors.QuotaReached, None),
        (429, {"message": "Slow", "retry_after": 1.5, "code": 20016}, errors.QuotaReached, "20016"),
        (413, {}, errors.Rejected, ""),
    ],
)
def test_refusal_by_answer(
    status: int, body: dict[str, Any], kind: type[errors.Refused], reason: str | None
) -> None:
    error = error_from("api.method", status, json.dumps(body).encode(), {})

    assert type(error) is kind
    assert isinstance(error, errors.Refused)
    assert error.status == status
    assert reason is None or error.reason == reason


@pytest.mark.parametrize("status", [302, 408, 500, 502, 503, 504, 599])
def test_outcome_is_unknown_for_silence_of_the_server(status: int) -> None:
    error = error_from("gmail.users.drafts.send", status, b"<html>", {})

    assert type(error) is errors.OutcomeUnknown
    assert error.status == status


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"error": 7}', b'{"error": {"errors": "x"}}'])
def test_error_from_a_body_that_explains_nothing(body: bytes) -> None:
    error = error_from("drive.files.create", 404, body, {})

    assert (type(error), str(error)) == (errors.NotFound, "drive.files.create: Not Found (404)")


def quota(message: str, headers: dict[str, str], reason: str = "rateLimitExceeded") -> errors.QuotaReached:
    error = error_from("api", 429, json.dumps(classic(429, reason, message)).encode(), headers)
    assert isinstance(error, errors.QuotaReached)
    return error


def test_quota_waits_until_the_instant_in_gmails_message() -> None:
    error = quota("User-rate limit exceeded.  Retry after 2026-11-22T07:30:00.000Z", {})

    assert error.until == datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    assert not error.daily


def test_quota_waits_the_seconds_after_the_answers_date() -> None:
    error = quota("Slow", {"Date": "Sun, 22 Nov 2026 07:00:00 GMT", "Retry-After": "90"})

    assert error.until == datetime(2026, 11, 22, 7, 1, 30, tzinfo=UTC)


def test_quota_waits_until_the_date_in_retry_after() -> None:
    error = quota("Slow", {"retry-after": "Sun, 22 Nov 2026 08:00:00 GMT"})

    assert error.until == datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("message", "headers"),
    [("Slow", {}), ("Slow", {"Retry-After": "soon"}), ("Retry after 2026-99-22T07:30:00Z", {})],
)
def test_quota_without_a_readable_time_names_none(message: str, headers: dict[str, str]) -> None:
    assert quota(message, headers).until is None


def test_quota_of_a_day_by_reason_or_words() -> None:
    assert quota("Calendar usage limits exceeded.", {}, reason="quotaExceeded").daily
    assert quota("Daily user sending quota exceeded", {}).daily


def test_message_names_method_words_and_status() -> None:
    body = json.dumps(classic(409, "duplicate", "The requested identifier already exists.")).encode()

    error = error_from("calendar.events.insert", 409, body, {})

    assert str(error) == "calendar.events.insert: The requested identifier already exists. (409)"


def test_scope_message_names_the_way_out() -> None:
    body = json.dumps(classic(403, "insufficientPermissions", "Insufficient Permission")).encode()

    error = error_from("gmail.users.drafts.create", 403, body, {})

    assert str(error) == (
        "gmail.users.drafts.create: Insufficient Permission (403); "
        "run `main.py login` again and leave every box ticked"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Invalid To header: Ann.B+c@example.org", "Invalid To header: [address]"),
        ('"<ann@example.org>"', '"<[address]>"'),
        ("calendar ann%40example.org not found", "calendar [address] not found"),
        ("see https://www.google.com/x?u=ann@example.org now", "see [link] now"),
        ("token ya29.a0Ab-cd_ef refused", "token [token] refused"),
        ("refresh 1//0gAbc-d", "refresh [token]"),
        ("Authorization: Bearer abcdefgh12", "Authorization: [token]"),
        ("two\n  lines", "two lines"),
        ("x" * 400, "x" * 299 + "…"),
        ("Unable to parse range: 'Foo'!A1", "Unable to parse range: 'Foo'!A1"),
    ],
)
def test_masked_text(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert str(WorkspaceError(text)) == shown
