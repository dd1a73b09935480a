"""Calendar v3: an account's calendars and their events, and the mails that Google sends about those."""

from local_workspace.calendar import calendar_list, calendars, event_store, events, settings
from local_workspace.call import Handler, handlers

METHODS: dict[str, Handler] = {
    **handlers("calendar.calendars", calendars, "clear delete get insert patch update"),
    **handlers("calendar.calendarList", calendar_list, "delete get insert list patch update"),
    **handlers("calendar.events", events, "delete get insert list move patch update"),
    **handlers("calendar.settings", settings, "get list"),
}
SCHEMA = calendars.SCHEMA + event_store.SCHEMA
