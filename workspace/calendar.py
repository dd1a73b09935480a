"""The community's calendar: its meetings' events, found, inserted, changed and cancelled."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from community.events import COMMUNITY_PROPERTY, Event, EventChange, EventDraft
from workspace.calendar_wire import event_from, merged, reaches_guests, resource_from
from workspace.errors import Gone, GuestListNotWhole, NotFound, Stale, TooManyGuests
from workspace.google import Json, execute, service
from workspace.transport import Transport

MOST_GUESTS = 200  # per event; Workspace help, "invite people to your event"
_TRIES = 3  # of an update that finds the event changed in between


class Calendar:
    """One calendar that this account owns; `primary` is the account's own."""

    def __init__(self, transport: Transport, calendar_id: str = "primary") -> None:
        self._transport = transport
        self._calendar_id = calendar_id
        self._events = service("calendar", "v3", f"{transport.endpoints.calendar}/calendar/v3/").events()

    def list_tagged(self, community: str, time_min: datetime) -> tuple[Event, ...]:
        """This community's events that end after time_min (aware), cancelled ones among them.

        A cancelled event may have lost its tag: one that is missing here is to be looked up by `get`.
        """
        return self._list(
            privateExtendedProperty=f"{COMMUNITY_PROPERTY}={community}",
            timeMin=time_min.isoformat(),
            showDeleted=True,
        )

    def list_between(self, time_min: datetime, time_max: datetime) -> tuple[Event, ...]:
        """Every event, whoever made it, that touches the time between two aware instants."""
        return self._list(timeMin=time_min.isoformat(), timeMax=time_max.isoformat())

    def get(self, event_id: str) -> Event:
        """One event, cancelled ones too; NotFound when there never was one."""
        return event_from(self._get(event_id))

    def insert(self, draft: EventDraft) -> Event:
        """Makes an event and invites its guests.

        Conflict when the id is taken, by a deleted event too; MeetRefused when the account cannot make Meet
        links, and then nothing was made. Not repeated by the transport although the id is ours: Calendar
        does not promise to notice two equal ids within moments.
        """
        if len(draft.guests) > MOST_GUESTS:
            raise TooManyGuests(_too_many("calendar.events.insert", len(draft.guests)))
        request = self._events.insert(
            calendarId=self._calendar_id,
            conferenceDataVersion=1,
            sendUpdates="all",
            body=resource_from(draft),
        )
        return event_from(execute(self._transport, request))

    def update(self, event_id: str, change: EventChange) -> Event:
        """Changes an event that may be changed by others at the same time, and loses none of their changes.

        Guests hear of it when the time or the list of guests really becomes another; a change that is there
        already is not written. Gone when the event is cancelled (never un-deleted; status 0 when it was seen
        to be), GuestListNotWhole, TooManyGuests; Stale when it was changed by others three times in a row.
        """
        for _ in range(_TRIES - 1):
            with suppress(Stale):
                return self._update_once(event_id, change)
        return self._update_once(event_id, change)

    def cancel(self, event_id: str) -> None:
        """Deletes an event and tells its guests; one that is not there (any more) is as good.

        Gone or NotFound when Calendar says so of an event that it still has.
        """
        request = self._events.delete(calendarId=self._calendar_id, eventId=event_id, sendUpdates="all")
        try:
            execute(self._transport, request, repeatable=True)
        except (Gone, NotFound):
            if self._lives(event_id):
                raise

    def _list(self, **filters: Any) -> tuple[Event, ...]:
        request = self._events.list(
            calendarId=self._calendar_id, singleEvents=True, maxResults=250, **filters
        )
        events: list[Event] = []
        while request is not None:
            page = execute(self._transport, request)
            zone = _zone(page.get("timeZone", "UTC"))
            events += [event_from(resource, zone) for resource in page.get("items", [])]
            request = self._events.list_next(request, page)
        return tuple(events)

    def _lives(self, event_id: str) -> bool:
        try:
            return not self.get(event_id).cancelled
        except (Gone, NotFound):
            return False

    def _get(self, event_id: str) -> Json:
        request = self._events.get(calendarId=self._calendar_id, eventId=event_id)
        return execute(self._transport, request)

    def _update_once(self, event_id: str, change: EventChange) -> Event:
        """Reads, merges and writes the whole event; Stale when somebody was faster.

        Repeating the write is safe: where the first one did arrive, the second is answered with 412.
        """
        before = self._get(event_id)
        after = merged(before, change)
        _insist_writable(before, after)
        if after == before:
            return event_from(before)
        request = self._events.update(
            calendarId=self._calendar_id,
            eventId=event_id,
            conferenceDataVersion=1,
            sendUpdates="all" if reaches_guests(before, after) and not change.quiet else "none",
            body=after,
        )
        request.headers["If-Match"] = before["etag"]
        return event_from(execute(self._transport, request, repeatable=True))


def _insist_writable(before: Json, after: Json) -> None:
    if before.get("status") == "cancelled":
        raise Gone("calendar.events.update: the event is cancelled and stays so", reason="deleted")
    if before.get("attendeesOmitted"):
        raise GuestListNotWhole("calendar.events.update: Calendar did not give the whole guest list")
    guests = len(after.get("attendees", []))
    if guests > max(MOST_GUESTS, len(before.get("attendees", []))):
        raise TooManyGuests(_too_many("calendar.events.update", guests))


def _too_many(api: str, guests: int) -> str:
    return (
        f"{api}: {guests} guests are more than the {MOST_GUESTS} that Calendar takes; "
        "invite a Google Group, which counts as one"
    )


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
