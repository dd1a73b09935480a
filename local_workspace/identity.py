"""What tokens say of themselves and of their account, and how they are given back."""

import hashlib

from local_workspace import clock, oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.grants import refused


def revoke(call: Call) -> Json:
    """POST /revoke?token=: end a sign-in, named by its refresh token or by one of its access tokens."""
    token = (call.params | call.form()).get("token", "")
    row = oauth.token_row(call.db, token)
    sign_in = row["refresh_token"] if row else token
    ended = call.db.execute("DELETE FROM refresh_tokens WHERE token = ? AND NOT revoked", (sign_in,)).rowcount
    ended += call.db.execute(
        "DELETE FROM access_tokens WHERE token = ? OR refresh_token = ?", (token, sign_in)
    ).rowcount
    if not ended:
        raise refused("invalid_token", "Token expired or revoked")
    return {}


def token_info(call: Call) -> Json:
    """GET or POST /tokeninfo?access_token=: whose token it is, its scopes, and for how many seconds."""
    row = oauth.token_row(call.db, (call.params | call.form()).get("access_token", ""))
    if row is None:
        raise refused("invalid_token", "Invalid Value")
    left = row["expires_at"] - clock.wall_time().timestamp()
    client = oauth.client(call.db).id
    said = {"azp": client, "aud": client, "sub": subject(row["account"]), "scope": row["scopes"]}
    said |= {"exp": str(int(row["expires_at"])), "expires_in": str(int(left))}
    if _EMAIL & set(row["scopes"].split()):
        said |= {"email": row["account"], "email_verified": "true"}
    return said | {"access_type": "offline" if row["refresh_token"] else "online"}


def user_info(call: Call) -> Json:
    """GET userinfo: the account of the token, its address where the scope for it was granted."""
    row = oauth.token_row(call.db, oauth.bearer(call.headers, call.params))
    if row is None or not oauth.IDENTITY_SCOPES & set(row["scopes"].split()):
        raise refused("invalid_request", "Invalid Credentials", 401)
    old = call.method.endswith("/v2/userinfo")
    said: Json = {"id" if old else "sub": subject(row["account"])}
    if _EMAIL & set(row["scopes"].split()):
        said |= {"email": row["account"], "verified_email" if old else "email_verified": True}
    return said


def subject(address: str) -> str:
    """Return the account's number: 21 digits that follow from its address."""
    return str(10**20 + int.from_bytes(hashlib.sha256(address.encode()).digest()[:8], "big"))


_EMAIL = {"email", "https://www.googleapis.com/auth/userinfo.email"}

ROUTES: Routes = {
    **{("POST", path): revoke for path in ("/revoke", "/oauth2/revoke")},
    **{
        (method, path): token_info
        for method in ("GET", "POST")
        for path in ("/tokeninfo", "/oauth2/v3/tokeninfo")
    },
    **{("GET", path): user_info for path in ("/oauth2/v2/userinfo", "/oauth2/v3/userinfo", "/v1/userinfo")},
}
