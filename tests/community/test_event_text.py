"""What the calendar event says, and that nothing typed becomes markup in it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from community.event_text import event_text
from community.meetings import Meeting
from community.people import Person
from sheets_schema.months import Month
from sheets_schema.rows import RoastRow, Settings
from tests.reports.builders import ZONE

SETTINGS = Settings(community_name="Co-op educators", reply_to="hello@example.org")
ANN = Person("0011223344556677", "Ann", "ann@example.org", ZONE)


def meeting(*, host: Person | None = ANN, row: RoastRow | None = None) -> Meeting:
    """December's meeting, an hour long."""
    return Meeting(
        month=Month(2026, 12),
        generation=0,
        event_id="abcde",
        zone=ZONE,
        wanted_start=None,
        minutes=60,
        row=row,
        event=None,
        entry=None,
        deleted=False,
        host=host,
        link=None,
    )


def roast(title: str, sentence: str = "", question: str = "") -> RoastRow:
    """A row of Roasts as read from the sheet."""
    return RoastRow(5, "2026-12", Month(2026, 12), "Ann", title, sentence, "", question)


def test_event_names_host_plan_and_question() -> None:
    row = RoastRow(
        row=5,
        key="2026-12",
        month=Month(2026, 12),
        host="Ann",
        plan_title="Mapping power",
        sentence="Forty minutes with string and paper",
        link="https://example.org/plan",
        question="What would you cut?",
    )

    title, description, location = event_text(SETTINGS, meeting(row=row))

    assert title == "Co-op educators: roast with Ann"
    assert description.splitlines() == [
        "We meet for 60 minutes.",
        "",
        'Roast of the Month, hosted by Ann: "Mapping power"',
        "Forty minutes with string and paper",
        "https://example.org/plan",
        "Question for the group: What would you cut?",
        "",
        "Then needs sharing: what you work on, what you need, who can help.",
        "",
        "Questions, or no more invitations: write to hello@example.org",
    ]
    assert location == ""


def test_event_without_a_host_says_nothing_of_a_roast() -> None:
    title, description, _ = event_text(SETTINGS, meeting(host=None))

    assert title == "Co-op educators"
    assert "Roast" not in description


def test_lasting_link_is_the_place_too() -> None:
    settings = Settings(community_name="Co-op educators", meet_link="https://meet.google.com/abc-defg-hij")

    _, description, location = event_text(settings, meeting(host=None))

    assert location == "https://meet.google.com/abc-defg-hij"
    assert "Join: https://meet.google.com/abc-defg-hij" in description.splitlines()


@given(st.text(), st.text(), st.text())
def test_nothing_typed_becomes_markup(title: str, sentence: str, question: str) -> None:
    row = roast(title, sentence, question)

    _, description, _ = event_text(SETTINGS, meeting(row=row))

    assert not re.search(r"[<>]", description)
    assert not re.search(r"&(?!amp;|lt;|gt;)", description)
