"""Start and end of events: as people send them, as they are kept (UTC), and as they are shown in a zone."""

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from local_workspace.call import Json
from local_workspace.errors import ApiError, bad_request


def kept(sent: Json, side: str, default: str) -> Json:
    """Return a sent start or end as it is kept: {"date"}, or {"dateTime" in UTC, "timeZone"}.

    `side` is "start" or "end", `default` the calendar's zone; ApiError 400 for a time that does not say when
    it is.
    """
    invalid = bad_request(f"Invalid {side} time.", "invalid")
    if "date" in sent and "dateTime" in sent:
        raise invalid
    if "date" in sent:
        return {"date": parsed(sent["date"], invalid).date().isoformat()}
    if "dateTime" not in sent:
        raise bad_request(f"Missing {side} time.", "required")
    at = parsed(sent["dateTime"], invalid)
    zone = named_zone(sent["timeZone"], f"{side} time") if "timeZone" in sent else None
    if at.tzinfo is None and zone is None:
        raise bad_request(f"Missing time zone definition for {side} time.", "required")
    at = at.replace(microsecond=0, tzinfo=at.tzinfo or zone).astimezone(UTC)
    return {"dateTime": at.isoformat(), "timeZone": zone.key if zone else default}


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
    return value | {"dateTime": at.isoformat().replace("+00:00", "Z")}


def time_range_empty() -> ApiError:
    """Return Google's 400 for a range that ends before it starts."""
    message = "The specified time range is empty."
    return ApiError(400, "timeRangeEmpty", message, domain="calendar", location="timeMax")


def timestamp(at: datetime) -> str:
    """Return an aware instant as Google writes created and updated: milliseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def named_zone(name: str, what: str) -> ZoneInfo:
    """Return the IANA zone of that name; ApiError 400, saying `what` it was for, when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad_request(f"Invalid time zone definition for {what}.", "invalid") from None


def parsed(text: str, wrong: ApiError) -> datetime:
    """Return the time that `text` writes; `wrong` is raised for none, and for one at an end of time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if not MINYEAR < found.year < MAXYEAR:
        raise wrong
    return found
