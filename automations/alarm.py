"""The alarm: a private entry in the organizer's calendar that Google rings at once nobody pushes it on.

It is what speaks when the program itself cannot: the machine is off, the sign-in refused, every run dies.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape

from automations.meetings import community_tag
from community.community import Community
from community.events import (
    ALARM_PROPERTY,
    COMMUNITY_PROPERTY,
    Event,
    EventChange,
    EventDraft,
    event_id,
)

RINGS_AFTER = timedelta(hours=72)
PUSHED_WITHIN = timedelta(hours=48)
TOO_FAR = timedelta(hours=96)  # where only a clock that was wrong for a while can have put it
LASTS = timedelta(minutes=30)

TITLE = "Third Thursday has stopped: open the sheet"
_TEXT = """When this entry comes round, the program that looks after the meetings of {community} has not \
pushed it on for two to three days. Most likely it does not run, or everything is stopped: until that is \
mended no mail and no invitation goes out.

Open the sheet: https://docs.google.com/spreadsheets/d/{spreadsheet}
The tab Today says when the program last looked, and what it said then.

Then tell the person who runs the program: the machine may be off, or Google may want a new sign-in \
(main.py login). What else it can be stands in docs/operating.md. Nothing is lost: once it runs, it makes up \
for what is not too late.

As long as the program runs it pushes this entry on by itself; leave it alone. It goes away when Mode in the \
tab Settings is not live.
"""


def alarms(events: Iterable[Event]) -> list[Event]:
    """This community's alarms among its events, the soonest first; a copy made by hand is none."""
    ours = (
        event for event in events if not event.cancelled and event.private.get(ALARM_PROPERTY) == event.id
    )
    return sorted(ours, key=lambda event: (event.start, event.id))


def alarm(community: Community, generation: int) -> EventDraft:
    """The alarm to be made now. generation: counts those before it, which somebody has deleted."""
    start, end, zone = _place(community)
    identity = event_id(community.id, "alarm", generation)
    return EventDraft(
        id=identity,
        start=start,
        end=end,
        zone=zone,
        title=TITLE,
        description=_TEXT.format(
            community=escape(community.settings.community_name or "your community", quote=False),
            spreadsheet=community.id,
        ),
        location="",
        guests=(),
        private=_tags(community, identity),
        conference_request=None,
        rings=True,
    )


def is_near(community: Community, event: Event) -> bool:
    """Whether an alarm lies where it should: far enough not to ring while all is well, and no further."""
    return PUSHED_WITHIN <= event.start - community.now <= TOO_FAR


def pushed_on(community: Community, event: Event) -> EventChange:
    """What puts an alarm that is there where a new one would be."""
    start, end, zone = _place(community)
    return EventChange(start=start, end=end, zone=zone, private=_tags(community, event.id), quiet=True)


def _place(community: Community) -> tuple[datetime, datetime, str]:
    start = (community.now + RINGS_AFTER).replace(second=0, microsecond=0)
    return start, start + LASTS, str(community.zone or "UTC")


def _tags(community: Community, identity: str) -> dict[str, str]:
    return {COMMUNITY_PROPERTY: community_tag(community.id), ALARM_PROPERTY: identity}
