"""Start and end of events: as people send them, as they are kept (UTC), and as they are shown in a zone."""

import hashlib
import json
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from local_workspace.call import Json
from local_workspace.errors import ApiError, bad_request

Day = TypeVar("Day", bound=date)


def kept(sent: Json, side: str, default: ZoneInfo) -> Json:
    """Return a sent start or end as it is kept: {"date"}, or {"dateTime" in UTC, "timeZone"}.

    `side` is "start" or "end"; ApiError 400 for a time that does not say when it is.
    """
    sent = {name: value for name, value in sent.items() if value is not None}
    if "date" in sent and "dateTime" in sent:
        raise bad_request(f"Invalid {side} time.", "invalid")
    if "date" in sent:
        return {"date": _date(sent["date"], side).isoformat()}
    if "dateTime" not in sent:
        raise bad_request(f"Missing {side} time.", "required")
    at = _datetime(sent["dateTime"], side)
    zone = named_zone(sent["timeZone"], f"{side} time") if "timeZone" in sent else None
    if at.tzinfo is None:
        if zone is None:
            raise bad_request(f"Missing time zone definition for {side} time.", "required")
        at = at.replace(tzinfo=zone)
    at = at.astimezone(UTC).replace(microsecond=0)
    return {"dateTime": at.isoformat(), "timeZone": (zone or default).key}


def instant(value: Json, zone: ZoneInfo) -> float:
    """Return a kept start or end as seconds since 1970; a whole day begins at midnight in `zone`."""
    if "date" in value:
        return datetime.combine(date.fromisoformat(value["date"]), time(), zone).timestamp()
    return datetime.fromisoformat(value["dateTime"]).timestamp()


def shown(value: Json, zone: ZoneInfo) -> Json:
    """Return a kept start or end as it is answered: the instant in `zone`, the event's own zone beside it."""
    if "date" in value:
        return value
    at = datetime.fromisoformat(value["dateTime"]).astimezone(zone)
    return {"dateTime": at.isoformat().replace("+00:00", "Z"), "timeZone": value["timeZone"]}


def shown_event(event: Json, zone: ZoneInfo) -> Json:
    """Return a kept event as it is answered in `zone`."""
    return event | {side: shown(event[side], zone) for side in ("start", "end")}


def etag(value: object) -> str:
    """Return an etag that follows from the content."""
    return f'"{hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]}"'


def check_range(start: Json, end: Json, zone: ZoneInfo) -> None:
    """Raise ApiError 400 when an event would end before it starts, or is half a whole day."""
    if ("date" in start) != ("date" in end):
        raise bad_request("Start and end times must either both be date or both be dateTime.", "invalid")
    if instant(end, zone) < instant(start, zone):
        raise time_range_empty()


def time_range_empty() -> ApiError:
    """Return Google's 400 for a range that ends before it starts."""
    return ApiError(
        400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar", location="timeMax"
    )


def timestamp(at: datetime) -> str:
    """Return an aware instant as Google writes created and updated: milliseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def named_zone(name: str, what: str) -> ZoneInfo:
    """Return the IANA zone of that name; ApiError 400, saying `what` it was for, when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad_request(f"Invalid time zone definition for {what}.", "invalid") from None


def _date(text: str, side: str) -> date:
    """Return the day that `text` writes."""
    return _parsed(date.fromisoformat, text, side)


def _datetime(text: str, side: str) -> datetime:
    """Return the time that `text` writes, with its offset where it has one."""
    return _parsed(datetime.fromisoformat, text, side)


def _parsed(parse: Callable[[str], Day], text: str, side: str) -> Day:
    """Return what `text` writes; ApiError 400 for no time, or one too near an end of time for a zone."""
    try:
        found = parse(text)
    except (TypeError, ValueError):
        found = None
    if found is None or not MINYEAR < found.year < MAXYEAR:
        raise bad_request(f"Invalid {side} time.", "invalid")
    return found
