"""The workspace's own controls under /local/: what time, people and mishaps do to it. A file per topic."""

from local_workspace.call import Routes
from local_workspace.controls import (
    accounts,
    cells,
    clock,
    events,
    faults,
    health,
    mailboxes,
    quotas,
    requests,
    service_accounts,
    token,
)

ROUTES: Routes = {
    **health.ROUTES,
    **token.ROUTES,
    **accounts.ROUTES,
    **service_accounts.ROUTES,
    **clock.ROUTES,
    **quotas.ROUTES,
    **requests.ROUTES,
    **faults.ROUTES,
    **mailboxes.ROUTES,
    **events.ROUTES,
    **cells.ROUTES,
}
