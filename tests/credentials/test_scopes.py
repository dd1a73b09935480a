from __future__ import annotations

from credentials.scopes import SCOPES, scopes


def test_scopes_for_a_sheet_of_our_own() -> None:
    expected = (
        "https://www.googleapis.com/auth/drive.file",
        "https://www.googleapis.com/auth/calendar.events.owned",
        "https://www.googleapis.com/auth/gmail.compose",
    )
    assert expected == SCOPES
    assert scopes() == expected


def test_scopes_for_a_sheet_made_by_hand() -> None:
    assert scopes(with_existing_sheet=True) == (
        "https://www.googleapis.com/auth/spreadsheets",
        "https://www.googleapis.com/auth/calendar.events.owned",
        "https://www.googleapis.com/auth/gmail.compose",
    )
