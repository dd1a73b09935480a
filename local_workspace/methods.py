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
    oauth,
    quotas,
    request_log,
    sheets,
)
from local_workspace.call import Handler, Routes

METHODS: dict[str, Handler] = {**calendar.METHODS, **drive.METHODS, **gmail.METHODS, **sheets.METHODS}
"""Discovery id, such as "calendar.events.insert", to the function that answers it."""

_SIGN_IN_ROUTES: Routes = {**grants.ROUTES, **consent.ROUTES, **identity.ROUTES}
SIGN_IN = {path for _, path in _SIGN_IN_ROUTES}
"""The paths whose requests are forms, and whose errors are OAuth's."""

ROUTES: Routes = {**_SIGN_IN_ROUTES, **discord.ROUTES, **controls.ROUTES}
"""What no discovery document knows: the sign-in, Discord, and the controls under /local/."""

_OF_APIS = (calendar, drive, sheets, gmail, discord)
SCHEMAS = tuple(part.SCHEMA for part in (clock, oauth, grants, quotas, request_log, faults, *_OF_APIS))
"""The tables of every package; `CREATE TABLE IF NOT EXISTS` throughout."""
