"""The workspace's own controls under /local/: what time, people and mishaps do to it. A file per topic."""

from local_workspace import clock, faults, quotas, request_log
from local_workspace.call import Routes
from local_workspace.controls import accounts, cells, events, mailboxes

ROUTES: Routes = {
    ("GET", "/local/health"): lambda _: {"ok": True},
    **request_log.CONTROLS,
    **clock.CONTROLS,
    **quotas.CONTROLS,
    **faults.CONTROLS,
    **accounts.ROUTES,
    **mailboxes.ROUTES,
    **events.ROUTES,
    **cells.ROUTES,
}
