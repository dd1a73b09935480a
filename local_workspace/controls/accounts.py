"""Accounts beside the organizer's, people's and programs', and their tokens: given out, ended, restored."""

from zoneinfo import available_timezones

from local_workspace import discovery, grants, oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request
from local_workspace.store import new_id


def add(call: Call) -> Json:
    """POST /local/accounts: {"address", "meet"?, "time_zone"?} makes or changes an account; its keys."""
    body = {"meet": True, "time_zone": "UTC"} | (call.body or {})
    address, meet, zone = body.get("address"), body["meet"], body["time_zone"]
    if not isinstance(address, str) or "@" not in address:
        raise bad_request('Send {"address": "ann@example.org", "meet": true, "time_zone": "UTC"}.')
    if not isinstance(meet, bool) or not isinstance(zone, str) or zone not in available_timezones():
        raise bad_request('"meet" is true or false, "time_zone" a name such as "America/New_York".')
    _make(call, address.lower(), meet, zone)
    return {
        "address": address.lower(),
        "meet": meet,
        "time_zone": zone,
        "refresh_token": oauth.grant(call.db, address.lower(), oauth.DEFAULT_SCOPES),
        **oauth.client(call.db),
    }


def add_service_account(call: Call) -> Json:
    """POST /local/service-accounts: {"email"?, "public_key"? (PEM), "delegated"?} gives Google's key file.

    `delegated`: whether it may act for every account of the workspace. The file holds the private key unless
    the public one was brought along. The account is made if it is new; every key stays good.
    """
    body = call.body or {}
    email = body.get("email") or f"robot-{new_id(6)}@local-workspace.iam.gserviceaccount.com"
    delegated = body.get("delegated", False)
    if not isinstance(email, str) or "@" not in email or not isinstance(delegated, bool):
        raise bad_request('Send {"email": "robot@example.org", "public_key": "PEM", "delegated": true}.')
    email = email.lower()
    if oauth.is_account(call.db, email) and not oauth.is_service_account(call.db, email):
        raise bad_request(f"{email} is a person's account.")
    private, public = ({}, str(body["public_key"])) if body.get("public_key") else _pair()
    try:
        grants.verifies(public, b"", b"")
    except ValueError:
        raise bad_request('"public_key" is no RSA key in PEM.') from None
    key = new_id(40, "0123456789abcdef")
    _make(call, email, False, "UTC")
    call.db.execute("INSERT INTO service_keys VALUES (?, ?, ?, ?)", (key, email, public, delegated))
    base = f"http://{call.headers['host']}"
    return {
        "type": "service_account",
        "project_id": "local-workspace",
        "private_key_id": key,
        **private,
        "client_email": email,
        "client_id": new_id(21, "123456789"),
        "auth_uri": f"{base}/authorize",
        "token_uri": f"{base}/token",
        "universe_domain": "googleapis.com",
    }


def hand_out(call: Call) -> Json:
    """GET /local/token?account=&scopes=a,b: an access token; the organizer's with every scope if unsaid."""
    account = oauth.account(call.db, call.params.get("account", oauth.ORGANIZER))
    wanted = call.params.get("scopes")
    scopes = discovery.scopes() if wanted is None else wanted.replace(",", " ").split()
    return {"access_token": oauth.issue(call.db, account, scopes)}


def expire(call: Call) -> Json:
    """POST /local/tokens/expire: end every access token now; refresh tokens go on."""
    return {"expired": call.db.execute("DELETE FROM tokens WHERE expires_at > 0").rowcount}


def revoke(call: Call) -> Json:
    """POST /local/tokens/revoke: refresh tokens answer invalid_grant; the access tokens end with them."""
    expire(call)
    return {"revoked": call.db.execute("UPDATE tokens SET revoked = 1 WHERE NOT revoked").rowcount}


def restore(call: Call) -> Json:
    """POST /local/tokens/restore: make the revoked refresh tokens good again."""
    return {"restored": call.db.execute("UPDATE tokens SET revoked = 0 WHERE revoked").rowcount}


ROUTES: Routes = {
    ("POST", "/local/accounts"): add,
    ("POST", "/local/service-accounts"): add_service_account,
    ("GET", "/local/token"): hand_out,
    ("POST", "/local/tokens/expire"): expire,
    ("POST", "/local/tokens/revoke"): revoke,
    ("POST", "/local/tokens/restore"): restore,
}


def _make(call: Call, address: str, meet: bool, time_zone: str) -> None:
    """Make an account, or change what is known of it."""
    query = "INSERT INTO accounts VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET meet = ?2, time_zone = ?3"
    call.db.execute(query, (address, meet, time_zone))


def _pair() -> tuple[Json, str]:
    """Return a new private key as its field of the key file, and its public key, both in PEM."""
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 (slow, seldom needed)
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 (likewise)

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    public = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    return {"private_key": private.decode()}, public.decode()
