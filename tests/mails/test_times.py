"""Dates and times in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mails.times import clock, local_phrase, local_time, long_date, second_phrase, weekday, zone_phrase

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 12, 17, 17, 0, tzinfo=BERLIN)


def test_long_date_is_in_words() -> None:
    assert long_date(date(2027, 3, 4)) == "Thursday 4 March 2027"
    assert weekday(date(2027, 3, 7)) == "Sunday"


@pytest.mark.parametrize(
    ("zone", "phrase"),
    [
        ("Europe/Berlin", "Thursday 17 December 2026, 17:00 (Berlin time, UTC+1)"),
        ("America/New_York", "Thursday 17 December 2026, 11:00 (New York time, UTC-5)"),
        ("America/Argentina/Buenos_Aires", "Thursday 17 December 2026, 13:00 (Buenos Aires time, UTC-3)"),
        ("Australia/Sydney", "Friday 18 December 2026, 03:00 (Sydney time, UTC+11)"),
        ("Asia/Kolkata", "Thursday 17 December 2026, 21:30 (Kolkata time, UTC+5:30)"),
        ("America/St_Johns", "Thursday 17 December 2026, 12:30 (St Johns time, UTC-3:30)"),
        ("Europe/London", "Thursday 17 December 2026, 16:00 (London time, UTC)"),
        ("UTC", "Thursday 17 December 2026, 16:00 (UTC)"),
        ("Etc/GMT+5", "Thursday 17 December 2026, 11:00 (UTC-5)"),
    ],
)
def test_local_phrase_is_on_the_readers_clock(zone: str, phrase: str) -> None:
    assert local_phrase(START, ZoneInfo(zone)) == phrase


def test_local_time_and_clock_follow_daylight_saving() -> None:
    july = datetime(2026, 7, 16, 15, 0, tzinfo=UTC)

    assert local_time(july, BERLIN) == "17:00 (Berlin time, UTC+2)"
    assert clock(july, ZoneInfo("America/New_York")) == "11:00"
    assert zone_phrase(july, ZoneInfo("America/New_York")) == "New York time, UTC-4"


def test_second_phrase_is_none_where_both_clocks_show_the_same() -> None:
    assert second_phrase(START, ZoneInfo("Europe/Paris"), BERLIN) is None


def test_second_phrase_names_the_date_only_where_it_differs() -> None:
    new_york = second_phrase(START, ZoneInfo("America/New_York"), BERLIN)
    sydney = second_phrase(START, ZoneInfo("Australia/Sydney"), BERLIN)

    assert new_york == "17:00 (Berlin time, UTC+1)"
    assert sydney == "Thursday 17 December 2026, 17:00 (Berlin time, UTC+1)"


def test_second_phrase_between_the_clock_changes_of_march() -> None:
    noon = datetime(2027, 3, 18, 12, 0, tzinfo=ZoneInfo("America/New_York"))

    assert second_phrase(noon, ZoneInfo("Europe/London"), ZoneInfo("America/New_York")) == (
        "12:00 (New York time, UTC-4)"
    )
    assert local_time(noon, ZoneInfo("Europe/London")) == "16:00 (London time, UTC)"
