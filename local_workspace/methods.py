"""Everything the workspace answers, gathered from the packages: methods of the APIs, other routes, tables."""

from local_workspace import (
    calendar,
    clock,
    consent,
    controls,
    discord,
    drive,
    faults,
    gmail,
    grants,
    identity,
    mailboxes,
    oauth,
    quotas,
    request_log,
    sheets,
)
from local_workspace.call import Handler, Routes

METHODS: dict[str, Handler] = {**calendar.METHODS, **drive.METHODS, **gmail.METHODS, **sheets.METHODS}
"""Discovery id, such as "calendar.events.insert", to the function that answers it."""

ROUTES: Routes = {**grants.ROUTES, **consent.ROUTES, **identity.ROUTES, **discord.ROUTES, **controls.ROUTES}
"""What no discovery document knows: the sign-in, Discord, and the controls under /local/."""

SIGN_IN = {path for routes in (grants.ROUTES, consent.ROUTES, identity.ROUTES) for _, path in routes}
"""The paths whose requests are forms, and whose errors are OAuth's."""

_WITH_TABLES = (
    clock,
    oauth,
    grants,
    quotas,
    request_log,
    faults,
    mailboxes,
    calendar,
    drive,
    sheets,
    gmail,
    discord,
)
SCHEMAS: tuple[str, ...] = tuple(module.SCHEMA for module in _WITH_TABLES)
"""The tables of every package; `CREATE TABLE IF NOT EXISTS` throughout."""
