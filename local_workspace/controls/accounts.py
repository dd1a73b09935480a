"""POST /local/accounts: more Google accounts than the organizer's, with or without Meet."""

from local_workspace import oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request


def add(call: Call) -> Json:
    """Make an account, or change whether it can make Meet links, and return a refresh token of it."""
    body = call.body or {}
    address, meet = body.get("address"), body.get("meet", True)
    if not isinstance(address, str) or "@" not in address or not isinstance(meet, bool):
        raise bad_request('Send {"address": "ann@example.org", "meet": true}.')
    oauth.add_account(call.db, address.lower(), meet=meet)
    client = oauth.client(call.db)
    return {
        "address": address.lower(),
        "meet": meet,
        "refresh_token": oauth.grant(call.db, address.lower(), oauth.DEFAULT_SCOPES),
        "client_id": client.id,
        "client_secret": client.secret,
    }


ROUTES: Routes = {("POST", "/local/accounts"): add}
