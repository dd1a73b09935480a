"""Dates and times in words, the same on every machine: English names, 24-hour clock, zones by their city."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def weekday(day: date) -> str:
    """The day's name, such as `Thursday`."""
    return _DAYS[day.weekday()]


def long_date(day: date) -> str:
    """The date in words, such as `Thursday 17 December 2026`."""
    return f"{weekday(day)} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """The hour and minute on that zone's clock, such as `17:00`; `moment` is aware."""
    return f"{moment.astimezone(zone):%H:%M}"


def zone_phrase(moment: datetime, zone: ZoneInfo) -> str:
    """The zone by its city and its offset at that moment, such as `Berlin time, UTC+1`."""
    offset = _offset(moment.astimezone(zone).utcoffset())
    area, _, city = zone.key.rpartition("/")
    # Etc/GMT+5 means UTC-5: its name would only mislead.
    if area == "Etc" or zone.key in {"UTC", "GMT", "Zulu", "Universal"}:
        return offset
    return f"{city.replace('_', ' ')} time, {offset}"


def local_time(moment: datetime, zone: ZoneInfo) -> str:
    """Clock and zone, such as `17:00 (Berlin time, UTC+1)`."""
    return f"{clock(moment, zone)} ({zone_phrase(moment, zone)})"


def local_phrase(moment: datetime, zone: ZoneInfo) -> str:
    """Date, clock and zone, such as `Thursday 17 December 2026, 17:00 (Berlin time, UTC+1)`."""
    return f"{long_date(moment.astimezone(zone).date())}, {local_time(moment, zone)}"


def second_phrase(moment: datetime, reader: ZoneInfo, community: ZoneInfo) -> str | None:
    """The same moment on the community's clock, None when both clocks show the same.

    The date is named only when it is another one: `17:00 (Berlin time, UTC+1)`.
    """
    here, there = moment.astimezone(reader), moment.astimezone(community)
    if here.utcoffset() == there.utcoffset():
        return None
    if here.date() == there.date():
        return local_time(moment, community)
    return local_phrase(moment, community)


def _offset(offset: timedelta | None) -> str:
    minutes = round((offset or timedelta(0)).total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")
