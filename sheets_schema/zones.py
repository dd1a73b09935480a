"""Time zones by their names or by their cities."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sheets_schema.cells import Cell, Kind, Unreadable, one_line, quoted, shown
from sheets_schema.months import Month

_REGIONS = frozenset(
    [
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)


@cache
def _names() -> dict[str, str]:
    """Every accepted spelling, in lower case, with the zone's name."""
    # Where two names end in one city they are one zone; the longer one is the one in use.
    zones = [name for name in available_timezones() if name.partition("/")[0] in _REGIONS]
    zones.sort(key=lambda name: (len(name), name))
    spellings = {name.rpartition("/")[2].casefold(): name for name in zones}
    spellings |= {name.casefold(): name for name in zones}
    return spellings | {"utc": "UTC", "gmt": "UTC", "etc/utc": "UTC"}


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def read_zone(cell: Cell, _: Month | None = None) -> ZoneInfo:
    """Read `Europe/Berlin`, in any case, or just `Berlin`.

    Raises Unreadable, also for letters such as EST or offsets such as UTC+2: they do not say when the
    clocks change.
    """
    typed = re.sub(r"\s*/\s*", "/", one_line(shown(cell))).replace(" ", "_").casefold()
    name = _names().get(typed)
    if name is None:
        raise Unreadable(
            f"{quoted(cell)} is not a time zone we know: write continent and city, like Europe/Berlin or "
            "America/New_York."
        )
    return _zone(name)


ZONE = Kind("a time zone, like Europe/Berlin", read_zone, number_format="TEXT")
