"""When the community meets: one pure function from a month to an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sheets_schema.months import Month


def meeting_day(month: Month, nth: int, weekday: int) -> date:
    """The nth given weekday of a month (0 is Monday; nth is 1 to 4, or -1 for the last one)."""
    if nth < 0:
        last = month.plus(1).first_day() - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = month.first_day()
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The aware instant at which the clocks of `zone` show `at` on `day`, in that zone.

    A time that the clock change skips becomes the instant that would have been, one hour later on the wall.
    """
    local = datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone)
