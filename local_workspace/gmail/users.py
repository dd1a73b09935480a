"""users: whose mailbox a request is about, and what it says of itself."""

from local_workspace import oauth
from local_workspace.call import Call, Json
from local_workspace.errors import failed_precondition, forbidden
from local_workspace.gmail import stored


def account(call: Call) -> str:
    """The address of the mailbox: userId is "me" or the caller's own address, anybody else's is a 403."""
    user: str = call.params.get("userId", "me")
    if user.lower() not in ("me", call.user.lower()):
        raise forbidden(f"Delegation denied for {call.user}")
    if oauth.is_service_account(call.db, call.user):
        raise failed_precondition()
    return call.user


def get_profile(call: Call) -> Json:
    """users.getProfile: the account's address, and how much it keeps."""
    owner = account(call)
    messages, threads = stored.totals(call.db, owner)
    history = str(stored.history_id(call.db))
    return {
        "emailAddress": owner,
        "messagesTotal": messages,
        "threadsTotal": threads,
        "historyId": history,
    }
