"""Reasons as the organizer reads them."""

import pytest

from community.labels import in_plain_words


@pytest.mark.parametrize(
    ("reason", "plain"),
    [
        ("gmail.users.drafts.create: Invalid To header (400)", "Gmail said: Invalid To header"),
        (
            "calendar.events.insert: Calendar usage limits exceeded. (403)",
            "Google Calendar said: Calendar usage limits exceeded.",
        ),
        (
            "sheets.spreadsheets.values.batchGet: no scope (403); run `main.py login` again",
            "Google Sheets said: no scope; run `main.py login` again",
        ),
        ("somebody sent or discarded the draft in Gmail", "somebody sent or discarded the draft in Gmail"),
        ("12:30: too late", "12:30: too late"),
    ],
)
def test_reason_names_the_product_and_no_code(reason: str, plain: str) -> None:
    assert in_plain_words(reason) == plain
