"""What tokens say of themselves and of their account, and how they are given back."""

import hashlib
import time

from local_workspace import oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import ApiError


def revoke(call: Call) -> Json:
    """POST /revoke?token=: end a sign-in, named by its refresh token or by one of its access tokens."""
    token = (call.params | call.form()).get("token", "")
    row = oauth.token_row(call.db, token)
    sign_in = (row and row["refresh_token"]) or token
    query = "DELETE FROM tokens WHERE ? IN (token, refresh_token) AND NOT revoked"
    if not call.db.execute(query, (sign_in,)).rowcount:
        raise ApiError(400, "invalid_token", "Token expired or revoked")
    return {}


def token_info(call: Call) -> Json:
    """GET or POST /tokeninfo?access_token=: whose token it is, its scopes, and for how many seconds."""
    row = oauth.token_row(call.db, (call.params | call.form()).get("access_token", ""))
    if row is None:
        raise ApiError(400, "invalid_token", "Invalid Value")
    client = oauth.client(call.db)["client_id"]
    said = {
        "azp": client,
        "aud": client,
        "sub": _subject(row["account"]),
        "scope": row["scopes"],
        "exp": str(int(row["expires_at"])),
        "expires_in": str(int(row["expires_at"] - time.time())),
        "access_type": "offline" if row["refresh_token"] else "online",
    }
    if oauth.EMAIL_SCOPES & set(row["scopes"].split()):
        said |= {"email": row["account"], "email_verified": "true"}
    return said


def user_info(call: Call) -> Json:
    """GET userinfo: the account of the token, its address where the scope for it was granted."""
    row = oauth.token_row(call.db, oauth.bearer(call.headers, call.params))
    if row is None or not oauth.IDENTITY_SCOPES & set(row["scopes"].split()):
        raise ApiError(401, "invalid_request", "Invalid Credentials")
    old = call.method.endswith("/v2/userinfo")
    said: Json = {"id" if old else "sub": _subject(row["account"])}
    if oauth.EMAIL_SCOPES & set(row["scopes"].split()):
        said |= {"email": row["account"], "verified_email" if old else "email_verified": True}
    return said


def _subject(address: str) -> str:
    """Return the account's number: 21 digits that follow from its address."""
    return str(10**20 + int.from_bytes(hashlib.sha256(address.encode()).digest()[:8], "big"))


ROUTES: Routes = {
    ("POST", "/revoke"): revoke,
    ("POST", "/oauth2/revoke"): revoke,
    ("GET", "/tokeninfo"): token_info,
    ("POST", "/tokeninfo"): token_info,
    ("GET", "/oauth2/v3/tokeninfo"): token_info,
    ("POST", "/oauth2/v3/tokeninfo"): token_info,
    ("GET", "/oauth2/v2/userinfo"): user_info,
    ("GET", "/oauth2/v3/userinfo"): user_info,
    ("GET", "/v1/userinfo"): user_info,
}
