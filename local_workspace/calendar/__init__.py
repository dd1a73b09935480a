"""Calendar v3: the events of an account's own calendar, and the mails that Google sends about them."""

from local_workspace.calendar import event_store, events
from local_workspace.call import Handler

METHODS: dict[str, Handler] = {
    "calendar.events.delete": events.delete,
    "calendar.events.get": events.get,
    "calendar.events.insert": events.insert,
    "calendar.events.list": events.list_,
    "calendar.events.patch": events.patch,
    "calendar.events.update": events.update,
}
SCHEMA = event_store.SCHEMA
