"""A sign-in that may still mail but no longer read: the account's owner hears of it, once a day."""

from contextlib import suppress

import pytest
from google.oauth2.credentials import Credentials

from engine.workspace import Workspace
from tests.month import ORGANIZER, Mail, Month
from workspace.calendar import Calendar
from workspace.errors import AccessDenied, ScopeMissing
from workspace.gmail import Gmail
from workspace.sheets import Sheets
from workspace.transport import Transport


def lose_scopes(month: Month, kept: str) -> Transport:
    """Go on with a sign-in that covers only `kept`."""
    path = f"/local/token?scopes=https://www.googleapis.com/auth/{kept}"
    token = month.local("GET", path)["access_token"]
    transport = Transport(Credentials(token), month.endpoints)  # type: ignore[no-untyped-call]  # google-auth
    month.workspace = Workspace(Sheets(transport, month.id), Calendar(transport), Gmail(transport))
    return transport


def alerts(month: Month) -> list[Mail]:
    return [mail for mail in month.mails(ORGANIZER) if "no longer lets the service in" in mail.subject]


def test_owner_hears_once_a_day_that_reading_is_not_allowed_any_more(month: Month) -> None:
    month.live()
    transport = lose_scopes(month, "gmail.compose")

    for hours in (0, 1, 24):
        month.wait(hours=hours)
        with pytest.raises(ScopeMissing, match="leave every box ticked"):
            month.tick()
    transport.close()

    assert [mail.subject for mail in alerts(month)] == [
        "Third Thursday: Google no longer lets the service in",
        "Third Thursday: Google no longer lets the service in",
    ]
    assert "Until then nothing is read and nothing goes out. Nothing is lost." in alerts(month)[0].text
    assert month.drafts() == []


def test_access_refused_twice_in_a_row_is_told_and_once_is_not(month: Month) -> None:
    month.live()
    fault = {"fault": "403rateLimitExceeded", "method": "sheets.spreadsheets.values.batchGet"}

    seen = []
    for call in (1, 3, 4):  # the first read; then the third and fourth, after one that is answered
        month.local("POST", "/local/faults", fault | {"call": call})
    for _ in range(4):
        with suppress(AccessDenied):
            month.tick()
        seen.append(len(alerts(month)))
        month.wait(minutes=10)

    assert seen == [0, 0, 0, 1]


def test_nothing_is_mailed_when_mail_is_not_allowed_either(month: Month) -> None:
    month.live()
    transport = lose_scopes(month, "calendar.events.owned")

    with pytest.raises(ScopeMissing):
        month.tick()
    transport.close()

    assert alerts(month) == []


def test_a_service_that_never_was_live_stays_silent(month: Month) -> None:
    transport = lose_scopes(month, "gmail.compose")

    with pytest.raises(ScopeMissing):
        month.tick()
    transport.close()

    assert alerts(month) == []
