"""The consent page (GET and POST /authorize): a person picks an account and unticks what is too much."""

import json
import secrets
import time
from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from local_workspace import discovery, oauth
from local_workspace.call import Answer, Call, Json, Routes
from local_workspace.errors import ApiError

_CODE_SECONDS = 600
_PAGE = """\
<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sign in - local workspace</title>
<h1>A program wants access to a Google account of this machine</h1>
<form method="post" action="{action}">
<p><label>Account <select name="account">{accounts}</select></label></p>
<p>What it may do; untick what it may not:</p>
{scopes}
<p><button name="decision" value="allow">Continue</button>
<button name="decision" value="deny">Cancel</button></p>
</form></html>
"""
_SCOPE = '<p><label><input type="checkbox" name="scope" value="{0}" checked> {0}</label></p>'


def ask(call: Call) -> Answer:
    """GET /authorize: the page for what the query asks; an error where Google would show one."""
    asked = _asked(call)
    accounts = call.db.execute(
        "SELECT address FROM accounts WHERE address NOT IN (SELECT account FROM service_keys)"
        " ORDER BY address <> ?, rowid",
        (call.params.get("login_hint", oauth.ORGANIZER).lower(),),
    )
    page = _PAGE.format(
        action=escape(f"{call.method.rpartition(' ')[2]}?{urlencode(call.params)}"),
        accounts="".join(f"<option>{escape(row['address'])}</option>" for row in accounts),
        scopes="\n".join(_SCOPE.format(escape(name)) for name in asked["scopes"]),
    )
    return Answer(page.encode(), content_type="text/html; charset=UTF-8")


def decide(call: Call) -> Answer:
    """POST /authorize: back to the program, with a code for the ticked scopes or with access_denied."""
    asked, form = _asked(call), parse_qs(call.raw.decode(errors="replace"))
    ticked = [name for name in asked["scopes"] if name in form.get("scope", [])]
    if form.get("decision", ["allow"]) != ["allow"] or not ticked:
        said = {"error": "access_denied"}
    else:
        said = {"code": f"4/0local-{secrets.token_urlsafe(24)}", "scope": " ".join(ticked)}
        account = oauth.account(call.db, form.get("account", [oauth.ORGANIZER])[0])
        consent = json.dumps(asked | {"account": account, "ticked": ticked})
        columns = (said["code"], consent, time.time() + _CODE_SECONDS)
        call.db.execute("INSERT INTO oauth_codes VALUES (?, ?, ?)", columns)
    state = {"state": asked["state"]} if "state" in asked else {}
    joint = "&" if urlsplit(asked["redirect_uri"]).query else "?"
    return Answer(status=302, headers={"Location": asked["redirect_uri"] + joint + urlencode(state | said)})


ROUTES: Routes = {
    (method, path): handler
    for path in ("/authorize", "/o/oauth2/auth", "/o/oauth2/v2/auth")
    for method, handler in (("GET", ask), ("POST", decide))
}


def _asked(call: Call) -> Json:
    """Return the query with its list of `scopes`; the error that Google shows for one that is not right."""
    asked = call.params
    if asked.get("client_id") != oauth.client(call.db)["client_id"]:
        raise ApiError(401, "invalid_client", "The OAuth client was not found.")
    target = urlsplit(asked.get("redirect_uri", ""))
    if target.scheme != "http" or target.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ApiError(400, "redirect_uri_mismatch", "A desktop app is answered on this machine alone.")
    if asked.get("response_type") != "code":
        raise ApiError(400, "unsupported_response_type", "Only response_type=code is answered.")
    if asked.get("code_challenge_method", "plain") not in {"plain", "S256"}:
        raise ApiError(400, "invalid_request", "Invalid code_challenge_method.")
    scopes = asked.get("scope", "").split()
    if not scopes:
        raise ApiError(400, "invalid_request", "Missing required parameter: scope")
    if unknown := set(scopes) - discovery.scopes() - oauth.IDENTITY_SCOPES:
        raise ApiError(400, "invalid_scope", f"Some requested scopes were invalid: {sorted(unknown)}")
    return asked | {"scopes": list(dict.fromkeys(scopes))}
