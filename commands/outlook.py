"""What comes next and what waits for the organizer, as `plan`, `run` and `status` all end."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from commands.screen import say
from community.community import Community
from community.labels import LABELS
from community.plan import Plan
from reports.words import moment


def zone_of(community: Community) -> ZoneInfo:
    """The community's zone, UTC while Settings name none."""
    return community.zone or ZoneInfo("UTC")


def show_outlook(community: Community, plan: Plan) -> None:
    """When something is due next, and what is stopped, with the code that lets it go."""
    zone = zone_of(community)
    due = plan.next_due()
    say(f"Next: {moment(due, zone)} ({zone})." if due else "Next: nothing is in view.")
    if plan.stop:
        say(f"Everything is stopped: {plan.stop}")
    for hold in plan.holds:
        counts = ", ".join(f"{LABELS.get(kind, kind)} {count}" for kind, count in hold.counts.items())
        say(f"Stopped, waiting for you: {hold.why} ({counts})")
        say(f"To let it go: main.py run --allow '{hold.code}'")
