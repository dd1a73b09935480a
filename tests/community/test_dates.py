"""Meeting dates, held against dateutil's recurrence rules and against dates written out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, TH, WE, rrule, weekdays

from community.dates import ahead_of, instant, meeting_day, on_the_wall
from sheets_schema.months import Month

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Pacific/Auckland",
    "Africa/Nairobi",
]
CENTURY = [Month(2000, 1).plus(ahead) for ahead in range(1200)]


@pytest.mark.parametrize("zone", ZONES)
def test_third_thursdays_of_a_century_equal_dateutils(zone: str) -> None:
    # dateutil reckons on the wall clock, so that only the last step, wall to UTC, is the standard library's.
    walls = rrule(MONTHLY, byweekday=TH(3), count=1200, dtstart=datetime(2000, 1, 1, 12))  # noqa: DTZ001 (a wall clock)
    expected = [wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for wall in walls]

    found = [instant(meeting_day(month, 3, 3), time(12), ZoneInfo(zone)).astimezone(UTC) for month in CENTURY]

    assert found == expected


@pytest.mark.parametrize("nth", [1, 2, 3, 4, -1])
@pytest.mark.parametrize("weekday", range(7))
def test_every_weekday_of_the_month_equals_dateutils(nth: int, weekday: int) -> None:
    months = CENTURY[:: len(CENTURY) // 100]
    rule = weekdays[weekday](nth)
    start = relativedelta(day=31, weekday=rule) if nth < 0 else relativedelta(day=1, weekday=rule)

    assert [meeting_day(month, nth, weekday) for month in months] == [
        month.first_day() + start for month in months
    ]


def test_third_thursday_lies_between_the_15th_and_the_21st() -> None:
    days = {meeting_day(month, 3, 3).day for month in CENTURY}

    assert days == set(range(15, 22))


def test_third_thursday_is_juneteenth_in_these_years_and_never_thanksgiving() -> None:
    junes = {year: meeting_day(Month(year, 6), 3, 3) for year in range(2024, 2043)}
    november = {meeting_day(Month(year, 11), 3, 3) for year in range(2000, 2100)}
    thanksgiving = {meeting_day(Month(year, 11), 4, 3) for year in range(2000, 2100)}

    assert [year for year, day in junes.items() if day.day == 19] == [2025, 2031, 2036, 2042]
    assert november.isdisjoint(thanksgiving)


def test_third_thursday_is_rosh_hashanah_in_2028_and_2031() -> None:
    assert meeting_day(Month(2028, 9), 3, 3) == date(2028, 9, 21)
    assert meeting_day(Month(2031, 9), 3, 3) == date(2031, 9, 18)


def test_noon_in_new_york_is_an_hour_earlier_in_london_in_march_only() -> None:
    meetings = [
        instant(meeting_day(Month(2027, number), 3, 3), time(12), ZoneInfo("America/New_York"))
        for number in range(1, 13)
    ]

    in_london = [meeting.astimezone(ZoneInfo("Europe/London")) for meeting in meetings]

    assert [f"{local:%m-%d %H:%M}" for local in in_london] == [
        "01-21 17:00",
        "02-18 17:00",
        "03-18 16:00",
        "04-15 17:00",
        "05-20 17:00",
        "06-17 17:00",
        "07-15 17:00",
        "08-19 17:00",
        "09-16 17:00",
        "10-21 17:00",
        "11-18 17:00",
        "12-16 17:00",
    ]


def test_noon_in_new_york_is_friday_in_sydney() -> None:
    meetings = [
        instant(meeting_day(Month(2027, number), 3, 3), time(12), ZoneInfo("America/New_York"))
        for number in range(1, 13)
    ]

    in_sydney = [meeting.astimezone(ZoneInfo("Australia/Sydney")) for meeting in meetings]

    assert {f"{local:%A}" for local in in_sydney} == {"Friday"}
    assert [f"{local:%H:%M}" for local in in_sydney] == [
        "04:00",
        "04:00",
        "03:00",
        "02:00",
        "02:00",
        "02:00",
        "02:00",
        "02:00",
        "02:00",
        "03:00",
        "04:00",
        "04:00",
    ]


def test_time_that_the_clock_change_skips_is_an_hour_later() -> None:
    local = instant(date(2027, 3, 28), time(2, 30), ZoneInfo("Europe/Berlin"))

    assert local.isoformat() == "2027-03-28T03:30:00+02:00"
    assert local.astimezone(UTC).isoformat() == "2027-03-28T01:30:00+00:00"


def test_time_that_comes_twice_is_the_first() -> None:
    local = instant(date(2026, 10, 25), time(2, 30), ZoneInfo("Europe/Berlin"))

    assert local.isoformat() == "2026-10-25T02:30:00+02:00"


def test_last_wednesday_lies_in_the_last_seven_days() -> None:
    for month in CENTURY[:240]:
        last = meeting_day(month, -1, 2)

        assert (Month.of(last), last.weekday()) == (month, WE.weekday)
        assert Month.of(last + timedelta(days=7)) == month.plus(1)


BERLIN = ZoneInfo("Europe/Berlin")  # 02:30 is skipped on 28 March 2027, and comes twice on 31 October


def test_hour_that_comes_twice_is_compared_and_reckoned_with_as_any_other() -> None:
    start = instant(date(2027, 10, 31), time(2, 30), BERLIN)

    assert start == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert start + timedelta(hours=1) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert on_the_wall(start + timedelta(hours=1), BERLIN).isoformat() == "2027-10-31T02:30:00+01:00"


@pytest.mark.parametrize(
    ("start", "before", "expected"),
    [
        ("2027-03-29T02:30+02:00", timedelta(days=1), "2027-03-28T03:30:00+02:00"),
        ("2027-11-01T02:30+01:00", timedelta(days=1), "2027-10-31T02:30:00+02:00"),
        ("2027-11-07T17:00+01:00", timedelta(weeks=1), "2027-10-31T17:00:00+01:00"),
        ("2027-03-28T03:00+02:00", timedelta(hours=1), "2027-03-28T01:00:00+01:00"),
        ("2027-03-29T03:00+02:00", timedelta(hours=25), "2027-03-28T01:00:00+01:00"),
    ],
)
def test_days_before_are_days_on_the_wall_and_hours_are_hours(
    start: str, before: timedelta, expected: str
) -> None:
    assert ahead_of(datetime.fromisoformat(start), before, BERLIN) == datetime.fromisoformat(expected)
