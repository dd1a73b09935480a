"""Keeps the alarm ahead of the clock in mode live, and takes it away in the other modes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from automations.alarm import alarm, alarms, is_near, pushed_on
from community.community import Community
from community.events import Event
from community.plan import Plan
from engine.desk import Desk
from sheets_schema.choices import Mode
from workspace.errors import Conflict, Gone, OutcomeUnknown, Refused


def keep_alarm(desk: Desk, community: Community, plan: Plan, events: Iterable[Event]) -> None:
    """Make, push on or delete the alarm; asks Google for nothing when it lies where it should.

    events: the community's, as listed in this tick. The alarm is left to ring while everything is stopped, or
    Mode or Time zone cannot be read: nothing goes out then, no mail either that would say so.
    """
    mode = community.settings.mode
    unheard = plan.stop or mode is None or community.zone is None
    if unheard or desk.stopping() or desk.rests("calendar"):
        return
    try:
        if mode is Mode.LIVE:
            _keep(desk, community, alarms(events))
        else:
            _delete(desk, alarms(events))
    except Refused as error:
        desk.refused("calendar", error)
    except OutcomeUnknown as error:
        desk.troubles.append(str(error))


def _keep(desk: Desk, community: Community, there: Sequence[Event]) -> None:
    _delete(desk, there[1:])  # one that was restored from Calendar's bin would ring although all is well
    if not there:
        _make(desk, community)
    elif not is_near(community, there[0]):
        try:
            desk.workspace.calendar.update(there[0].id, pushed_on(community, there[0]))
        except Gone as error:
            if error.status:  # said, but not seen; one that was deleted is made again by the next tick
                raise


def _delete(desk: Desk, there: Sequence[Event]) -> None:
    for event in there:
        desk.workspace.calendar.cancel(event.id)


def _make(desk: Desk, community: Community) -> None:
    """Insert it under an id that Calendar takes once; one that rang long ago is not listed, but moved."""
    calendar, generation = desk.workspace.calendar, desk.ledger.view().alarm
    for number in (generation, generation + 1):
        draft = alarm(community, number)
        try:
            calendar.insert(draft)
            return
        except Conflict:
            event = calendar.get(draft.id)
            if not event.cancelled:
                calendar.update(event.id, pushed_on(community, event))
                return
        desk.ledger.next_alarm(number + 1)
