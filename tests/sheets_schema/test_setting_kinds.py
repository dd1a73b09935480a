from datetime import timedelta

import pytest

from sheets_schema.cells import Cell, Unreadable
from sheets_schema.rows import MeetingDay
from sheets_schema.setting_kinds import COUNTRIES, MEETING_DAY, WAIT


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("third Thursday", MeetingDay(3, 3)),
        ("3rd Thursday", MeetingDay(3, 3)),
        ("Every third thursday of the month", MeetingDay(3, 3)),
        ("the 1st Mon.", MeetingDay(1, 0)),
        ("last Friday", MeetingDay(-1, 4)),
        ("fourth Sundays", MeetingDay(4, 6)),
    ],
)
def test_a_meeting_day_is_read(typed: str, expected: MeetingDay) -> None:
    assert MEETING_DAY.read(typed, None) == expected


@pytest.mark.parametrize("typed", ["fifth Thursday", "third Thirsday", "Thursday", "third", "third T", 3, ""])
def test_what_is_no_meeting_day_is_refused(typed: Cell) -> None:
    with pytest.raises(Unreadable, match="write it like third Thursday"):
        MEETING_DAY.read(typed, None)


def test_a_wait_is_read_in_minutes() -> None:
    assert WAIT.read("10 minutes", None) == timedelta(minutes=10)
    assert WAIT.read(0, None) == timedelta(0)


def test_a_wait_beyond_a_day_is_refused() -> None:
    with pytest.raises(Unreadable, match="from 0 to 1440"):
        WAIT.read(1441, None)


@pytest.mark.parametrize("typed", ["us, de, gb-sct", "US DE GB-SCT", "US; de; us, GB-SCT,"])
def test_countries_are_read_once_each(typed: str) -> None:
    assert COUNTRIES.read(typed, None) == ("US", "DE", "GB-SCT")


@pytest.mark.parametrize("typed", ["Germany", "US, Germany", 1, ","])
def test_what_is_no_country_code_is_refused(typed: Cell) -> None:
    with pytest.raises(Unreadable, match="write them like US, DE"):
        COUNTRIES.read(typed, None)
