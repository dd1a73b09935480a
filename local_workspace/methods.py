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

SCHEMAS: tuple[str, ...] = (
    clock.SCHEMA,
    oauth.SCHEMA,
    grants.SCHEMA,
    quotas.SCHEMA,
    request_log.SCHEMA,
    faults.SCHEMA,
    mailboxes.SCHEMA,
    calendar.SCHEMA,
    drive.SCHEMA,
    sheets.SCHEMA,
    gmail.SCHEMA,
    discord.SCHEMA,
)
"""The tables of every package; `CREATE TABLE IF NOT EXISTS` throughout."""
