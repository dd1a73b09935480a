"""What the service does for the community, one file each: pure functions from a community to wanted effects.

Adding an automation: write `wanted(community)`, list it here, word its mail in sheets_schema/wording/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from automations import access, agenda, corrections, guests, hosts, meetings, months, reminder
from community.community import Community
from community.effects import Effect
from sheets_schema.problems import Problem

Automation = Callable[[Community], Iterable[Effect]]

AUTOMATIONS: tuple[Automation, ...] = (
    months.wanted,
    meetings.wanted,
    guests.wanted,
    access.wanted,
    hosts.wanted,
    agenda.wanted,
    reminder.wanted,
    corrections.wanted,
)

PROBLEMS: tuple[Callable[[Community], Iterable[Problem]], ...] = (
    meetings.problems,
    guests.problems,
    access.problems,
    hosts.problems,
)


def problems(community: Community) -> tuple[Problem, ...]:
    """What the sheet's rows mean together that the organizer should know."""
    return tuple(problem for found in PROBLEMS for problem in found(community))
