"""Tokens for curl and foreign clients, and what can happen to tokens."""

from local_workspace import discovery, oauth
from local_workspace.call import Call, Json, Routes


def hand_out(call: Call) -> Json:
    """Give an access token: the organizer's with every scope, unless ?scopes=a,b or ?account= says else."""
    account = oauth.account(call.db, call.params.get("account", oauth.ORGANIZER))
    wanted = call.params.get("scopes")
    scopes = discovery.scopes() if wanted is None else frozenset(wanted.replace(",", " ").split())
    return {"access_token": oauth.issue(call.db, account.address, scopes)}


def expire(call: Call) -> Json:
    """End every access token now; refresh tokens go on."""
    return {"expired": call.db.execute("DELETE FROM access_tokens").rowcount}


def revoke(call: Call) -> Json:
    """Make every refresh token answer invalid_grant, and end the access tokens with them."""
    call.db.execute("DELETE FROM access_tokens")
    return {"revoked": call.db.execute("UPDATE refresh_tokens SET revoked = 1 WHERE NOT revoked").rowcount}


def restore(call: Call) -> Json:
    """Make the revoked refresh tokens good again."""
    return {"restored": call.db.execute("UPDATE refresh_tokens SET revoked = 0 WHERE revoked").rowcount}


ROUTES: Routes = {
    ("GET", "/local/token"): hand_out,
    ("POST", "/local/tokens/expire"): expire,
    ("POST", "/local/tokens/revoke"): revoke,
    ("POST", "/local/tokens/restore"): restore,
}
