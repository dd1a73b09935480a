"""The People tab: what the service does for each person."""

from __future__ import annotations

from collections.abc import Mapping

from community.people import Person
from community.plan import Planned, State
from reports.overview import Overview
from reports.words import ANSWERS, entry_label, label, stamp
from sheets_schema import people
from sheets_schema.cells import Cell, Rows


def rows(overview: Overview) -> Rows:
    """The People tab, header included: a row per person the sheet knows."""
    coming = _next(overview)
    return [
        list(people.TAB.headers),
        *(_row(overview, person, coming) for person in overview.community.people.values()),
    ]


def _row(overview: Overview, person: Person, coming: Mapping[str, Planned]) -> list[Cell]:
    last, following = overview.last_mail.get(person.key), coming.get(person.key)
    return [
        person.name,
        person.address,
        str(person.status),
        str(person.wish),
        ", ".join(_answers(overview, person)),
        f"{entry_label(last)}, {stamp(last.at, overview.zone)}" if last else "",
        f"{label(following.effect)}: {overview.outlook(following)}" if following else "",
    ]


def _answers(overview: Overview, person: Person) -> list[str]:
    """The answers to the meetings whose guest this person is, such as `2026-12: yes`."""
    listed = ((meeting, overview.guest(meeting, person)) for meeting in overview.upcoming)
    return [f"{meeting.month}: {ANSWERS[guest.response]}" for meeting, guest in listed if guest]


def _next(overview: Overview) -> dict[str, Planned]:
    """By person, the first thing that is going to reach them."""
    first: dict[str, Planned] = {}
    for item in overview.planned:
        if item.effect.person and item.state is not State.TOO_LATE:
            first.setdefault(item.effect.person, item)
    return first
