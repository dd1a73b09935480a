"""/local/quotas: Google's quotas, on or off, with the documented numbers or with others."""

from local_workspace import quotas
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request


def show(call: Call) -> Json:
    """Say whether the quotas are on, and every limit by its name."""
    return quotas.settings(call.db)


def change(call: Call) -> Json:
    """Turn them on or off: {"enabled": true, "limits"?: {"sheets.read.minute.user": 5}}."""
    match call.body:
        case {"enabled": bool(enabled), **rest}:
            limits = rest.get("limits", {})
        case _:
            raise bad_request('Send {"enabled": true, "limits": {"sheets.read.minute.user": 5}}.')
    if not isinstance(limits, dict) or not all(type(limit) is int for limit in limits.values()):
        raise bad_request('"limits" gives a whole number by the name of each quota.')
    if unknown := limits.keys() - quotas.LIMITS.keys():
        raise bad_request(f"There is no quota {', '.join(sorted(unknown))}; GET /local/quotas lists them.")
    quotas.change(call.db, enabled, limits)
    return show(call)


ROUTES: Routes = {("GET", "/local/quotas"): show, ("POST", "/local/quotas"): change}
