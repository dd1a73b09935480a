"""Applies what is ready: the calendar first, then rows, invites, and mail last."""

from __future__ import annotations

from collections.abc import Mapping

from community.community import Community
from community.effects import Effect, Record
from community.events import Event
from community.ledger import Phase
from community.plan import Plan
from engine.append_rows import append_rows
from engine.change_calendar import change_calendar
from engine.desk import Desk
from engine.make_invites import make_invites
from engine.send_mail import send_mails


def apply(desk: Desk, community: Community, plan: Plan) -> Mapping[str, Event]:
    """Carry out the ready effects of a plan; returns the events that Calendar answered with, by id."""
    ready = [effect for effect in plan.ready() if _predecessors_ended(desk, effect)]
    _record(desk, ready)
    events = change_calendar(desk, community, ready)
    append_rows(desk, community, ready)
    make_invites(desk, community, ready)
    send_mails(desk, community, ready)
    return {event.id: event for event in events}


def _predecessors_ended(desk: Desk, effect: Effect) -> bool:
    entries = [desk.entry(key) for key in effect.after]
    return all(entry is not None and entry.finished for entry in entries)


def _record(desk: Desk, effects: list[Effect]) -> None:
    for effect in effects:
        if isinstance(effect.action, Record):
            desk.record(effect, Phase(effect.action.ends_as), effect.action.reason)
