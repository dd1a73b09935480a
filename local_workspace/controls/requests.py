"""The request log: what was asked of the APIs, the token endpoint and Discord; the controls are not in it."""

from local_workspace import request_log
from local_workspace.call import Call, Json, Routes


def show(call: Call) -> Json:
    """Give every request, oldest first; with ?bodies=1 also what each write carried."""
    return {
        "requests": request_log.entries(call.db, bodies=call.params.get("bodies", "0") not in {"0", "false"})
    }


def clear(call: Call) -> Json:
    """Forget every request; numbers go on."""
    request_log.clear(call.db)
    return {}


ROUTES: Routes = {("GET", "/local/requests"): show, ("DELETE", "/local/requests"): clear}
