"""The workspace clock: look at it, set it (it then stands still), move it on, let it run again."""

from datetime import datetime

from local_workspace import clock
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request

_FAR = 100 * 366 * 86_400  # seconds; more at once is a slip


def show(call: Call) -> Json:
    """Say what time it is, in UTC, and whether the clock stands still."""
    return {"now": clock.now(call.db).isoformat(), "frozen": clock.is_frozen(call.db)}


def change(call: Call) -> Json:
    """Do what the body says: {"now": ISO time with zone}, {"advance": seconds} or {"run": true}."""
    match call.body:
        case {"now": str(text)}:
            clock.freeze(call.db, _aware(text))
        case {"advance": int() | float() as seconds} if seconds is not True and abs(seconds) < _FAR:
            clock.advance(call.db, seconds)
        case {"run": True}:
            clock.run(call.db)
        case _:
            raise bad_request('Send {"now": "2026-12-01T09:00:00Z"}, {"advance": 3600} or {"run": true}.')
    return show(call)


def _aware(text: str) -> datetime:
    """Return an ISO time that says its zone; ApiError 400 otherwise."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise bad_request(f"{text!r} is no ISO time.") from None
    if at.tzinfo is None:
        raise bad_request(f"{text!r} does not say its zone; write 2026-12-01T09:00:00Z.")
    return at


ROUTES: Routes = {("GET", "/local/clock"): show, ("POST", "/local/clock"): change}
