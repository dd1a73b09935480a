"""Meetings as the sheet gives them: one whose row is gone stays as it is, and somebody is told."""

from __future__ import annotations

from sheets_schema.problems import Problem
from tests.reports.builders import make_community, make_values

GONE = Problem(
    "Roasts",
    None,
    "Month",
    "2026-12",
    "No row is about 2026-12. Bring it back with Undo, or type 2026-12 in a row of its own.",
    "Its meeting stays as it is, and no mail about it goes out.",
)


def test_month_without_a_row_before_others_that_have_one_is_left_as_it_is() -> None:
    community = make_community(make_values(roasts=[{"Month": "2027-01"}]))

    assert [(str(meeting.month), meeting.unclear) for meeting in community.meetings][:2] == [
        ("2026-12", "what Roasts says of it is not clear, see Problems"),
        ("2027-01", ""),
    ]
    assert community.meetings[0].wanted_start is None
    assert GONE in community.problems


def test_month_that_is_not_listed_yet_takes_place_by_settings() -> None:
    community = make_community(make_values(roasts=[{"Month": "2026-12"}]))

    assert [(str(meeting.month), meeting.unclear) for meeting in community.meetings][:2] == [
        ("2026-12", ""),
        ("2027-01", ""),
    ]
    assert GONE not in community.problems
