"""`dates`: the coming meetings, on the clocks of those who come."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from commands.json_shapes import dates_shape
from commands.options import AsJson, At, Config, around
from commands.screen import moment, say, show_json, show_table, working
from commands.session import connected
from community.community import Community, assemble
from community.meetings import Meeting

MOST_ZONES = 4  # the community's and three others

Months = Annotated[int, typer.Option(min=1, max=36, help="How many meetings.")]


def dates(
    context: typer.Context,
    config: Config = None,
    months: Months = 6,
    as_json: AsJson = False,
    at: At = None,
) -> None:
    """Show the coming meetings on the community's clock and on those most members live by."""
    with (
        connected(around(context, config), at=at) as connection,
        working("Reading the sheet and the calendar"),
    ):
        community = connection.look()
    meetings, zones = coming(community, months), zones_of(community)
    if as_json:
        show_json(dates_shape(community, meetings, [zone.key for zone in zones]))
    elif not meetings:
        say("No dates: the tab Settings does not say when the community meets; `main.py check` says more.")
    else:
        headers = ("Month", *(_city(zone) for zone in zones), "Host", "")
        show_table(headers, (_row(meeting, zones) for meeting in meetings))


def coming(community: Community, months: int) -> list[Meeting]:
    """The next `months` meetings; beyond the months in view by Settings and Roasts alone."""
    settings = replace(community.settings, months_ahead=months)
    events = {meeting.event.id: meeting.event for meeting in community.meetings if meeting.event}
    further = assemble(
        replace(community.sheet, settings=settings),
        events,
        community.ledger,
        community_id=community.id,
        now=community.now,
    )
    return list(further.ahead())[:months]


def zones_of(community: Community) -> list[ZoneInfo]:
    """The community's zone, and those in which most of its members live, most first."""
    if community.zone is None:
        return []
    lived_in = Counter(person.zone.key for person in community.active())
    lived_in.pop(community.zone.key, None)
    others = sorted(lived_in, key=lambda name: (-lived_in[name], name))
    return [community.zone, *(ZoneInfo(name) for name in others[: MOST_ZONES - 1])]


def _row(meeting: Meeting, zones: list[ZoneInfo]) -> tuple[str, ...]:
    return (
        str(meeting.month),
        *(moment(meeting.start, zone) if meeting.start else "" for zone in zones),
        meeting.host.name if meeting.host else "",
        f"no meeting: {meeting.skipped}" if meeting.skipped else "",
    )


def _city(zone: ZoneInfo) -> str:
    return zone.key.rpartition("/")[2].replace("_", " ")
