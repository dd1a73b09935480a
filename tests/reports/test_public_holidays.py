"""Public holidays by country, or part of one."""

from datetime import date

from reports.public_holidays import holidays_on, unknown_countries


def test_juneteenth_falls_on_the_third_thursday_of_2031() -> None:
    assert holidays_on(date(2031, 6, 19), ("US", "DE")) == ["Juneteenth National Independence Day (US)"]


def test_a_part_of_a_country_has_its_own_holidays() -> None:
    assert holidays_on(date(2028, 6, 15), ("DE", "DE-BY")) == ["Corpus Christi (DE-BY)"]


def test_an_unknown_country_or_part_has_no_holidays_and_is_named() -> None:
    countries = ("US", "XX", "US-ZZ")

    assert holidays_on(date(2026, 12, 25), countries) == ["Christmas Day (US)"]
    assert unknown_countries(countries, 2026) == ["XX", "US-ZZ"]
