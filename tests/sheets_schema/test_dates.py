from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_schema.cells import Cell, Unreadable
from sheets_schema.dates import (
    EPOCH,
    MONTHS,
    from_serial,
    month_named,
    read_date,
    read_day_in,
    read_moment,
    read_month,
    read_time,
)
from sheets_schema.months import Month

CELLS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789/.-: apmdech", max_size=14),
    st.integers(),
    st.floats(),
    st.booleans(),
)
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
DECEMBER = Month(2026, 12)


@pytest.mark.parametrize(
    "cell",
    [
        46366,
        46366.75,
        "2026-12-10",
        "2026/12/10",
        "2026.12.10",
        "2026-12-10T17:00",
        "2026-12-10 17:00",
        "10.12.2026",
        "10. 12. 2026",
        "10.12.26",
        "Dec 10 2026",
        "Dec 10, 2026",
        "10 Dec 2026",
        "10-Dec-2026",
        "10. December 2026",
        "10th of December, 2026",
        "Thursday, December 10th 2026",
        "Thu 10 dec '26",
        "2026 Dec 10",
        " \u200b10 DEC. 2026 ",
    ],
)
def test_a_date_is_read(cell: Cell) -> None:
    assert read_date(cell) == date(2026, 12, 10)


@pytest.mark.parametrize("typed", ["13/12/2026", "12/13/2026", "13-12-26"])
def test_a_date_is_read_when_only_one_order_is_possible(typed: str) -> None:
    assert read_date(typed) == date(2026, 12, 13)


def test_a_date_is_read_when_both_orders_are_one_day() -> None:
    assert read_date("12/12/2026") == date(2026, 12, 12)


def test_a_date_that_may_be_two_days_is_refused_with_both() -> None:
    with pytest.raises(Unreadable) as caught:
        read_date("10/12/2026")

    assert caught.value.what == (
        '"10/12/2026" may be 12 October 2026 or 10 December 2026: write 2026-10-12 or 2026-12-10.'
    )


@pytest.mark.parametrize(
    "typed", ["10/12/2026", "12/10/2026", "10/12", "12/10", "10-12", "10.12.", "Dec 10", "10 dec"]
)
def test_a_date_is_settled_by_its_month(typed: str) -> None:
    assert read_date(typed, DECEMBER) == date(2026, 12, 10)


def test_a_date_without_a_year_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_date("10 Dec")

    assert caught.value.what == '"10 Dec" has no year: write the date like 2026-12-17.'


@pytest.mark.parametrize(
    "cell",
    [
        "soon",
        "",
        "2026-02-30",
        "2026-13-01",
        "31/31/2026",
        "Dec 2026",
        "1 2 Dec 2026",
        "Dec 10 Nov",
        "Dec 100",
        "Dec 10 202",
        "10 Dec 1900",
        0,
        10,
        100000,
        -5,
        True,
        float("nan"),
        float("inf"),
        10**30,
    ],
)
def test_what_is_no_date_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="is not a date: write it like 2026-12-17"):
        read_date(cell)


@given(day=DAYS)
def test_a_serial_number_is_its_day(day: date) -> None:
    assert from_serial((day - EPOCH).days) == day
    assert read_date((day - EPOCH).days + 0.999) == day


@settings(deadline=None)
@given(
    day=DAYS,
    pattern=st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y", "%A, %d %b %Y"]),
)
def test_a_date_is_read_as_it_was_written(day: date, pattern: str) -> None:
    assert read_date(day.strftime(pattern)) == day


@settings(deadline=None)
@given(day=DAYS, pattern=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d/%m", "%m/%d", "%d %b", "%B %d"]))
def test_a_date_in_any_order_is_read_in_its_month(day: date, pattern: str) -> None:
    assert read_day_in(day.strftime(pattern), Month.of(day)) == day


@pytest.mark.parametrize("cell", [10, 10.0, "10", "10.", "10/12", 46366])
def test_a_day_of_the_month_may_be_its_number(cell: Cell) -> None:
    assert read_day_in(cell, DECEMBER) == date(2026, 12, 10)


def test_a_day_outside_the_month_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_day_in("2027-01-20", DECEMBER)

    assert caught.value.what == "20 January 2027 does not lie in December 2026, the month of this row."


def test_a_day_that_sheets_read_the_other_way_round_is_asked_about() -> None:
    october_12 = (date(2026, 10, 12) - EPOCH).days

    with pytest.raises(Unreadable) as caught:
        read_day_in(october_12, DECEMBER)

    assert caught.value.what == (
        "12 October 2026 does not lie in December 2026, the month of this row. Did you mean 2026-12-10?"
    )


def test_a_day_that_the_month_does_not_have_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_day_in("31", Month(2026, 11))

    assert caught.value.what == '"31" is not a day of November 2026, the month of this row.'


def test_a_day_in_a_row_without_a_month_is_any_date() -> None:
    assert read_day_in("2026-12-10", None) == date(2026, 12, 10)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-12",
        "2026/12",
        "12/2026",
        "12.2026",
        "Dec 2026",
        "December, 2026",
        "dec. 2026",
        "2026 Dec",
        "Dec-2026",
        46357,
        "2026-12-17",
        "17 Dec 2026",
        "13/12/2026",
    ],
)
def test_a_month_is_read(cell: Cell) -> None:
    assert read_month(cell) == DECEMBER


@pytest.mark.parametrize(
    "cell", ["December", "2026-13", "13/2026", "10/12/2026", 2026.12, 12, True, "Mon 2026", "x"]
)
def test_what_is_no_month_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="is not a month: write it like 2026-12"):
        read_month(cell)


@pytest.mark.parametrize("word", ["Sep", "sept", "September", "SEPTEMBER"])
def test_a_month_is_known_by_its_first_letters(word: str) -> None:
    assert month_named(word) == 9


@pytest.mark.parametrize("word", ["se", "septembre", "", "17"])
def test_another_word_is_no_month(word: str) -> None:
    assert month_named(word) is None


def test_every_month_is_known_by_three_letters() -> None:
    assert [month_named(name[:3]) for name in MONTHS] == list(range(1, 13))


@pytest.mark.parametrize(
    "cell",
    [
        "17:30",
        "17.30",
        "17h30",
        "17:30:00",
        "5:30 pm",
        "5.30PM",
        "05:30 p.m.",
        "17:30 Uhr",
        "17:30h",
        17.5 / 24,
        46366 + 17.5 / 24,
    ],
)
def test_a_time_is_read(cell: Cell) -> None:
    assert read_time(cell) == time(17, 30)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5 pm", time(17)),
        ("17h", time(17)),
        ("17 Uhr", time(17)),
        ("noon", time(12)),
        ("12 pm", time(12)),
        ("12 am", time(0)),
        ("12:15 AM", time(0, 15)),
        (0, time(0)),
        (0.99999, time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_an_hour_is_read(cell: Cell, expected: time) -> None:
    assert read_time(cell) == expected


@pytest.mark.parametrize(
    "cell", ["17", "5", 17, "24:00", "12:60", "13 pm", "0 am", "late", True, float("nan"), -0.5, 2]
)
def test_what_is_no_time_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="is not a time of day: write it like 17:00"):
        read_time(cell)


@given(moment=st.times())
def test_a_time_is_read_as_it_was_written(moment: time) -> None:
    minute = time(moment.hour, moment.minute)

    assert read_time(moment.strftime("%H:%M")) == minute
    assert read_time(moment.strftime("%I:%M %p")) == minute
    assert read_time((moment.hour * 60 + moment.minute) / 1440) == minute


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (46366.5, 46366.5),
        ("2026-12-10 12:00", 46366.5),
        ("2026-12-10", 46366.0),
        ("10 Dec 2026", 46366.0),
        ("13/12/2026 18:00:05", 46369.75),
    ],
)
def test_a_moment_is_read(cell: Cell, expected: float) -> None:
    assert read_moment(cell) == expected


@settings(deadline=None, max_examples=300)
@given(cell=CELLS, month=st.one_of(st.none(), st.builds(Month, st.integers(1950, 2100), st.integers(1, 12))))
def test_any_cell_is_a_date_or_refused(cell: Cell, month: Month | None) -> None:
    for read in (read_date, read_day_in, read_month, read_time, read_moment):
        with suppress(Unreadable):
            read(cell, month)
