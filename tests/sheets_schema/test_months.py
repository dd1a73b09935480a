from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_schema.months import Month

MONTHS = st.builds(Month, st.integers(1000, 8000), st.integers(1, 12))


@pytest.mark.parametrize(("typed", "expected"), [("2026-12", Month(2026, 12)), (" 2026-1 ", Month(2026, 1))])
def test_a_month_is_parsed(typed: str, expected: Month) -> None:
    assert Month.parse(typed) == expected


@pytest.mark.parametrize("typed", ["2026", "2026-13", "2026-00", "12-2026", ""])
def test_what_is_no_month_raises(typed: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(typed)


@given(month=MONTHS)
def test_a_month_is_parsed_as_it_is_written(month: Month) -> None:
    assert Month.parse(str(month)) == month


@given(month=MONTHS, months=st.integers(-1000, 1000))
def test_going_there_and_back_changes_nothing(month: Month, months: int) -> None:
    assert month.plus(months).plus(-months) == month


def test_a_year_ends() -> None:
    assert Month(2026, 12).plus(1) == Month(2027, 1)
    assert Month(2026, 1).plus(-1) == Month(2025, 12)


def test_a_month_holds_its_days() -> None:
    assert Month.of(date(2026, 12, 17)) == Month(2026, 12)
    assert Month(2026, 12).first_day() == date(2026, 12, 1)


def test_months_sort_by_time() -> None:
    assert sorted([Month(2027, 1), Month(2026, 12)]) == [Month(2026, 12), Month(2027, 1)]
