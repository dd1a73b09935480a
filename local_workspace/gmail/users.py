"""users: whose mailbox a request is about, and what it says of itself."""

from local_workspace import oauth
from local_workspace.call import Answer, Call, Handler, Json
from local_workspace.errors import failed_precondition, forbidden


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
    totals = "SELECT COUNT(*), COUNT(DISTINCT thread_id) FROM gmail_messages WHERE account = ?"
    messages, threads = call.db.execute(totals, (call.user,)).fetchone()
    (history,) = call.db.execute("SELECT history FROM gmail_state").fetchone()
    counts = {"messagesTotal": messages, "threadsTotal": threads}
    return {"emailAddress": call.user, "historyId": str(history)} | counts
