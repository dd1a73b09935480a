"""Requests and answers held to the discovery documents."""

from typing import Any

import pytest

from local_workspace import discovery, validate
from local_workspace.errors import ApiError

INSERT = discovery.methods()["calendar.events.insert"]
LIST = discovery.methods()["calendar.events.list"]
GET_VALUES = discovery.methods()["sheets.spreadsheets.values.batchGet"]
BATCH_UPDATE = discovery.methods()["sheets.spreadsheets.batchUpdate"]
GET = discovery.methods()["gmail.users.drafts.get"]


def refusal(method: discovery.Method, *query: tuple[str, str]) -> tuple[int, str, str]:
    """Check parameters that do not fit; return status, reason and message."""
    path = {name: "x" for name, spec in method.parameters.items() if spec["location"] == "path"}
    with pytest.raises(ApiError) as caught:
        validate.check_parameters(method, path, query)
    return caught.value.status, caught.value.reason, caught.value.message


@pytest.mark.parametrize(
    ("http_method", "path", "method", "params"),
    [
        ("GET", "/calendar/v3/calendars/a%40b/events", "calendar.events.list", {"calendarId": "a@b"}),
        (
            "PATCH",
            "/calendar/v3/calendars/primary/events/e1",
            "calendar.events.patch",
            {"calendarId": "primary", "eventId": "e1"},
        ),
        (
            "POST",
            "/v4/spreadsheets/s1:batchUpdate",
            "sheets.spreadsheets.batchUpdate",
            {"spreadsheetId": "s1"},
        ),
        (
            "GET",
            "/v4/spreadsheets/s1/values:batchGet",
            "sheets.spreadsheets.values.batchGet",
            {"spreadsheetId": "s1"},
        ),
        (
            "POST",
            "/v4/spreadsheets/s1/values/%27a%2Fb%27%21A1%3AB2:append",
            "sheets.spreadsheets.values.append",
            {"spreadsheetId": "s1", "range": "'a/b'!A1:B2"},
        ),
        (
            "GET",
            "/v4/spreadsheets/s1/values/A1:B2",
            "sheets.spreadsheets.values.get",
            {"spreadsheetId": "s1", "range": "A1:B2"},
        ),
        ("POST", "/upload/gmail/v1/users/me/drafts/send", "gmail.users.drafts.send", {"userId": "me"}),
        ("GET", "/drive/v3/files/f1", "drive.files.get", {"fileId": "f1"}),
    ],
)
def test_route(http_method: str, path: str, method: str, params: dict[str, str]) -> None:
    found = discovery.find(http_method, path)

    assert found is not None
    assert (found[0].id, found[1]) == (method, params)


@pytest.mark.parametrize(
    ("http_method", "path"),
    [("PUT", "/calendar/v3/calendars/primary/events"), ("GET", "/drive/v3/"), ("GET", "/elsewhere")],
)
def test_route_that_google_does_not_have(http_method: str, path: str) -> None:
    assert discovery.find(http_method, path) is None


def test_parameters_get_their_types() -> None:
    query = [
        ("maxResults", "10"),
        ("singleEvents", "True"),
        ("privateExtendedProperty", "a=b"),
        ("alt", "json"),
    ]

    params = validate.check_parameters(LIST, {"calendarId": "primary"}, query)

    assert params == {
        "calendarId": "primary",
        "maxResults": 10,
        "singleEvents": True,
        "privateExtendedProperty": ["a=b"],
        "alt": "json",
    }


@pytest.mark.parametrize(
    ("query", "reason", "message"),
    [
        (
            [("maxResults", "0")],
            "invalidParameter",
            "Invalid value '0'. Values must be within the range: [1, 2147483647]",
        ),
        ([("maxResults", "ten")], "invalidParameter", "Invalid integer value: 'ten'."),
        ([("singleEvents", "maybe")], "invalidParameter", "Invalid boolean value: 'maybe'."),
        (
            [("orderBy", "size")],
            "invalidParameter",
            "Invalid string value: 'size'. Allowed values: [startTime, updated]",
        ),
        ([("timeMin", "2026-12-01")], "badRequest", "Bad Request"),
        ([("alt", "xml")], "invalidParameter", "Invalid string value: 'xml'. Allowed values: [json]"),
        (
            [("maxResults", "1"), ("maxResults", "2")],
            "invalidParameter",
            "Invalid value at 'max_results': the parameter may be given once.",
        ),
    ],
)
def test_parameter_that_does_not_fit_calendar(
    query: list[tuple[str, str]], reason: str, message: str
) -> None:
    assert refusal(LIST, *query) == (400, reason, message)


def test_parameter_that_does_not_fit_sheets() -> None:
    wrong = refusal(GET_VALUES, ("valueRenderOption", "PRETTY"))
    unknown = refusal(GET_VALUES, ("colour", "red"))

    assert wrong == (400, "badRequest", "Invalid value at 'value_render_option' (TYPE_STRING), \"PRETTY\"")
    assert unknown == (
        400,
        "badRequest",
        'Invalid JSON payload received. Unknown name "colour": Cannot bind query parameter. '
        "Field 'colour' could not be found in request message.",
    )


def test_missing_parameter_is_named() -> None:
    with pytest.raises(ApiError) as caught:
        validate.check_parameters(GET, {"userId": "me"}, [])

    assert (caught.value.reason, caught.value.message) == ("required", "Required parameter: id")


@pytest.mark.parametrize(
    ("raw", "reason", "message"),
    [
        (b"{", "parseError", "Parse Error"),
        (b"[]", "parseError", "Parse Error"),
        (b"", "required", "Missing end time."),
        (b'{"start": {}, "end": null}', "required", "Missing end time."),
        (b'{"summary": 5}', "invalid", "Invalid value at 'summary' (TYPE_STRING), 5"),
        (
            b'{"attendees": {}}',
            "invalid",
            "Invalid value at 'attendees' (Proto field is not repeating, cannot start list.), {}",
        ),
        (
            b'{"attendees": [{"email": "a@b.c", "optional": "no"}]}',
            "invalid",
            "Invalid value at 'attendees[0].optional' (TYPE_BOOL), \"no\"",
        ),
        (
            b'{"start": {"day": 1}}',
            "invalid",
            "Invalid JSON payload received. Unknown name \"day\" at 'start': Cannot find field.",
        ),
        (
            b'{"start": {"dateTime": "noon"}}',
            "invalid",
            "Invalid value at 'start.date_time' (TYPE_STRING), \"noon\"",
        ),
        (b'{"summary": "\\ud83d"}', "parseError", "Parse Error"),
        (b'{"a": ' * 9000 + b"1" + b"}" * 9000, "parseError", "Parse Error"),
        (b'{"sequence": 2147483648}', "invalid", "Invalid value at 'sequence' (TYPE_INT32), 2147483648"),
    ],
)
def test_body_that_does_not_fit(raw: bytes, reason: str, message: str) -> None:
    with pytest.raises(ApiError) as caught:
        validate.check_body(INSERT, raw)

    assert (caught.value.status, caught.value.reason, caught.value.message) == (400, reason, message)


def test_body_of_sheets_names_the_place_as_google_does() -> None:
    raw = b'{"requests": [{"addSheet": {"properties": {"sheetType": "PAPER"}}}]}'

    with pytest.raises(ApiError) as caught:
        validate.check_body(BATCH_UPDATE, raw)

    assert caught.value.message == (
        "Invalid value at 'requests[0].add_sheet.properties.sheet_type' (TYPE_STRING), \"PAPER\""
    )


def test_body_may_hold_nulls_any_values_and_naive_times() -> None:
    raw = b'{"start": {"dateTime": "2026-12-17T12:00:00"}, "end": {"date": "2026-12-17"}, "location": null}'

    assert validate.check_body(INSERT, raw) == {
        "start": {"dateTime": "2026-12-17T12:00:00"},
        "end": {"date": "2026-12-17"},
        "location": None,
    }


def test_character_in_two_halves_is_whole() -> None:
    raw = rb'{"summary": "\ud83d\ude00", "start": {"date": "2026-12-17"}, "end": {"date": "2026-12-17"}}'

    assert (validate.check_body(INSERT, raw) or {})["summary"] == "\U0001f600"


def test_body_of_a_method_without_one_is_none() -> None:
    assert validate.check_body(GET, b'{"whatever": 1}') is None


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"colour": "red"},
        {"summary": None},
        {"start": {"dateTime": "2026-12-17T12:00:00"}},
        {"sequence": "1"},
    ],
)
def test_answer_that_does_not_fit_is_500(answer: Any) -> None:
    with pytest.raises(ApiError) as caught:
        validate.check_answer(INSERT, answer)

    assert caught.value.status == 500
    assert caught.value.message.startswith("The local workspace answers calendar.events.insert wrongly: ")


def test_answer_that_fits_passes() -> None:
    validate.check_answer(INSERT, {"summary": "Roast", "sequence": 1})
    validate.check_answer(discovery.methods()["calendar.events.delete"], None)
