"""When the community meets: pure functions from days and times on the wall to instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
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
    """The aware instant at which the clocks of `zone` show `at` on `day`, as `on_the_wall`.

    A time that the clock change skips becomes the instant that would have been, one hour later on the wall;
    of one that comes twice, the first is meant.
    """
    return on_the_wall(datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone), zone)


def on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """An aware instant as the clocks of `zone` show it, with their offset at that moment, which stays.

    So an hour added to it is an hour also where the clocks change, and == asks whether it is the same
    instant: in the hour that comes twice, Python calls no datetime with a ZoneInfo equal to one without.
    """
    there = moment.astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta(0)))


def ahead_of(start: datetime, before: timedelta, zone: ZoneInfo) -> datetime:
    """So long before an aware instant: whole days by the clocks of `zone`, the rest as it passes."""
    there, days = start.astimezone(zone), timedelta(days=before.days)
    return instant((there - days).date(), there.time(), zone) - (before - days)
