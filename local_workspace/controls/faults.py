"""/local/faults: what goes wrong with which call of which method; see local_workspace/faults.py."""

import sqlite3

from local_workspace import consent, discord, discovery, faults, grants, identity
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request, not_found

_OTHERS = {
    f"{verb} {path}"
    for routes in (grants.ROUTES, consent.ROUTES, identity.ROUTES, discord.ROUTES)
    for verb, path in routes
}


def add(call: Call) -> Json:
    """Tell a fault: {"fault", "method", "call"?: 1, "times"?: 1 (null: always), "acted"?, "seconds"?}."""
    body = call.body or {}
    name, method = str(body.get("fault")), str(body.get("method"))
    if name not in faults.NAMES:
        raise bad_request(f"There is no fault {name!r}. There is: {', '.join(faults.NAMES)}.")
    if not (method == "*" or method in _OTHERS or discovery.has(method)):
        raise bad_request(f"There is no method {method!r}; write it as GET /local/requests does, or *.")
    first, times = body.get("call", 1), body.get("times", 1)
    acted, seconds = body.get("acted", name in faults.ACTED), body.get("seconds", faults.SECONDS.get(name, 0))
    if type(first) is not int or type(times) not in (int, type(None)) or first < 1 or times == 0:
        raise bad_request('"call" and "times" count from 1; "times": null is always.')
    if type(acted) is not bool or type(seconds) not in (int, float) or not 0 <= seconds <= 86_400:
        raise bad_request('"acted" is true or false, "seconds" a number up to a day.')
    return _shown(
        call.db.execute(
            "INSERT INTO faults (fault, method, call, times, acted, seconds) VALUES (?, ?, ?, ?, ?, ?)"
            " RETURNING *",
            (name, method, first, times, acted, seconds),
        ).fetchone()
    )


def show(call: Call) -> Json:
    """List the faults, with the calls that came by since (`seen`) and how many were struck (`struck`)."""
    return {"faults": [_shown(row) for row in call.db.execute("SELECT * FROM faults ORDER BY id")]}


def heal(call: Call) -> Json:
    """Forget the fault with that id, or all of them."""
    healed = call.db.execute("DELETE FROM faults WHERE id = ?1 OR ?1 IS NULL", (call.params.get("id"),))
    if "id" in call.params and not healed.rowcount:
        raise not_found(f"There is no fault {call.params['id']}; GET /local/faults lists them.")
    return {"healed": healed.rowcount}


def _shown(row: sqlite3.Row) -> Json:
    return dict(row) | {"acted": bool(row["acted"])}


ROUTES: Routes = {
    ("POST", "/local/faults"): add,
    ("GET", "/local/faults"): show,
    ("DELETE", "/local/faults"): heal,
    ("DELETE", "/local/faults/{id}"): heal,
}
