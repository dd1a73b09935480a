"""users.getProfile, and whose mailbox a request is about."""

from collections.abc import Callable
from typing import Any

from tests.local_workspace.gmail.mails import error, make_draft, make_raw, refusal


def test_get_profile_counts_messages_and_threads_of_the_account_alone(
    users: Any, client: Callable[..., Any], local: Callable[..., Any]
) -> None:
    local("POST", "/local/accounts", {"address": "second@example.org", "meet": True})
    client("gmail", "v1", account="second@example.org").users().messages().send(
        userId="me", body={"raw": make_raw()}
    ).execute()
    sent = users.messages().send(userId="me", body={"raw": make_raw()}).execute()
    users.messages().send(userId="me", body={"raw": make_raw(), "threadId": sent["threadId"]}).execute()
    users.drafts().create(userId="me", body=make_draft()).execute()

    profile = users.getProfile(userId="me").execute()

    assert profile == {
        "emailAddress": "organizer@example.org",
        "messagesTotal": 3,
        "threadsTotal": 2,
        "historyId": "1004",
    }


def test_get_profile_takes_the_own_address_in_any_case(users: Any) -> None:
    profile = users.getProfile(userId="Organizer@Example.org").execute()

    assert profile["emailAddress"] == "organizer@example.org"


def test_get_profile_of_somebody_else_is_refused(users: Any) -> None:
    message = "Delegation denied for organizer@example.org"

    assert refusal(users.getProfile(userId="ann@example.org")) == error(
        403, "forbidden", message, "PERMISSION_DENIED"
    )


def test_get_profile_with_scope_send_alone_is_refused(client: Callable[..., Any]) -> None:
    users = client("gmail", "v1", scopes="https://www.googleapis.com/auth/gmail.send").users()

    status, body = refusal(users.getProfile(userId="me"))

    assert (status, body["error"]["status"]) == (403, "PERMISSION_DENIED")
