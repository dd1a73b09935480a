"""Public holidays by country, from the library `holidays`, which is loaded only when a country is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache


def holidays_on(day: date, countries: Iterable[str]) -> list[str]:
    """The public holidays that fall on a day, such as `Juneteenth (US)`.

    countries: codes such as `US` or `DE-BY`; one that the library does not know has no holidays, see
    `unknown_countries`.
    """
    found = ((code, _calendar(code, day.year)) for code in countries)
    return [f"{calendar[day]} ({code})" for code, calendar in found if calendar and day in calendar]


def unknown_countries(countries: Iterable[str], year: int) -> list[str]:
    """The codes for which no holidays are known."""
    return [code for code in countries if _calendar(code, year) is None]


@lru_cache(maxsize=64)
def _calendar(code: str, year: int) -> dict[date, str] | None:
    from holidays import country_holidays  # noqa: PLC0415 - 0.1 s that a community without countries saves

    country, _, part = code.partition("-")
    try:
        found = country_holidays(country, subdiv=part or None, years=year, language="en_US")
    except NotImplementedError:
        return None
    return dict(found.items())
