"""POST /local/accounts: more Google accounts than the organizer's, with or without Meet."""

from dataclasses import asdict
from zoneinfo import available_timezones

from local_workspace import oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request


def add(call: Call) -> Json:
    """Make an account, or change whether it can make Meet links and its calendar's zone; give its key."""
    body = call.body or {}
    match body:
        case {"address": str(address)} if "@" in address:
            meet, zone = body.get("meet", True), body.get("time_zone", "UTC")
        case _:
            raise bad_request('Send {"address": "ann@example.org", "meet": true, "time_zone": "UTC"}.')
    if not isinstance(meet, bool) or not isinstance(zone, str) or zone not in available_timezones():
        raise bad_request('"meet" is true or false, "time_zone" a name such as "America/New_York".')
    account = oauth.Account(address.lower(), meet=meet, time_zone=zone)
    oauth.add_account(call.db, account)
    client = oauth.client(call.db)
    return {
        **asdict(account),
        "refresh_token": oauth.grant(call.db, account.address, oauth.DEFAULT_SCOPES),
        "client_id": client.id,
        "client_secret": client.secret,
    }


ROUTES: Routes = {("POST", "/local/accounts"): add}
