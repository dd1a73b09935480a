"""users: whose mailbox a request is about, and what it says of itself."""

from local_workspace import oauth
from local_workspace.call import Answer, Call, Handler, Json
from local_workspace.errors import failed_precondition, forbidden
from local_workspace.gmail import stored


def of_caller(handler: Handler) -> Handler:
    """Return the handler for mailboxes of the caller: "me" or his address; any other userId is a 403."""

    def checked(call: Call) -> Json | Answer | None:
        if call.params["userId"].lower() not in ("me", call.user.lower()):
            raise forbidden(f"Delegation denied for {call.user}")
        if oauth.is_service_account(call.db, call.user):
            raise failed_precondition()
        return handler(call)

    return checked


def get_profile(call: Call) -> Json:
    """users.getProfile: the account's address, and how much it keeps."""
    messages, threads = stored.counts(call.db, call.user)
    (history,) = call.db.execute("SELECT last FROM gmail_history").fetchone()
    return {
        "emailAddress": call.user,
        "messagesTotal": messages,
        "threadsTotal": threads,
        "historyId": str(history),
    }
