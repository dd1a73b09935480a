"""`plan`: what would happen, by meeting and kind; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import typer

from commands.failures import Code
from commands.json_shapes import plan_shape
from commands.options import AsJson, At, Config, around
from commands.outlook import show_outlook, zone_of
from commands.screen import say, show_json, show_table, working
from commands.session import connected
from community.community import Community
from community.people import head_count
from community.plan import Planned
from reports.words import label, month_of, stamp


def plan(context: typer.Context, config: Config = None, as_json: AsJson = False, at: At = None) -> None:
    """Show what would happen now and later; change nothing. Exit 1 when something is stopped."""
    with (
        connected(around(context, config), at=at) as connection,
        working("Reading the sheet and the calendar"),
    ):
        community, found = connection.plan()
    if as_json:
        show_json(plan_shape(community, found))
    else:
        say(f"Mode: {community.mode}")
        rows = list(rows_of(community, found.items))
        if rows:
            show_table(("Meeting", "What", "Who", "State", "When"), rows)
        else:
            say("Nothing to do.")
        show_outlook(community, found)
    if found.holds or found.stop:
        raise typer.Exit(Code.NEEDS_YOU)


def rows_of(community: Community, items: Iterable[Planned]) -> Iterator[tuple[str, str, str, str, str]]:
    """A line for all effects of one meeting and kind that are in the same state until the same time."""
    for (meeting, when, kind, state), group in groupby(
        sorted(items, key=lambda item: _group(community, item)), key=lambda item: _group(community, item)
    ):
        names = [item.effect.who for item in group]
        who = names[0] if len(names) == 1 else head_count(len(names))
        yield meeting, kind, who, state, when


def _group(community: Community, item: Planned) -> tuple[str, str, str, str]:
    effect = item.effect
    state = f"{item.state} ({item.code})" if item.code else str(item.state)
    when = stamp(item.until or effect.due, zone_of(community))
    return month_of(effect.meeting), when, label(effect), state
