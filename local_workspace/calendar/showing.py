"""Events as they are answered: times in the asker's zone, guests no more than asked for."""

from zoneinfo import ZoneInfo

from local_workspace.calendar import attendees, times
from local_workspace.call import Json


def shown(event: Json, zone: ZoneInfo, most_guests: int | None = None) -> Json:
    """Return a kept event as answered, with times in `zone`; more guests than `most_guests` are left out."""
    limited = attendees.limited(event, most_guests)
    return limited | {side: times.shown(event[side], zone) for side in ("start", "end")}
