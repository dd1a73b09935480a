"""The daily cap on recipients."""

from collections.abc import Callable
from typing import Any

from tests.local_workspace.gmail.mails import error, make_draft, make_raw, refusal

Call = Callable[..., Any]


def over_the_cap(retry_after: str) -> tuple[int, Any]:
    """Gmail's refusal with the instant it names."""
    message = f"User-rate limit exceeded.  Retry after {retry_after}"
    return error(429, "rateLimitExceeded", message, "RESOURCE_EXHAUSTED")


def send(users: Any, to: str = "ann@example.org") -> Any:
    """A request that sends a mail to these addresses."""
    return users.messages().send(userId="me", body={"raw": make_raw(To=to)})


def test_send_over_the_cap_is_refused_until_the_oldest_is_a_day_old(users: Any, local: Call) -> None:
    local("POST", "/local/gmail/limit", {"per_day": 2})
    send(users).execute()
    local("POST", "/local/clock", {"advance": 3600})
    send(users).execute()

    assert refusal(send(users)) == over_the_cap("2026-11-23T09:30:00.000Z")
    local("POST", "/local/clock", {"advance": 23 * 3600 - 1})
    assert refusal(send(users)) == over_the_cap("2026-11-23T09:30:00.000Z")
    local("POST", "/local/clock", {"advance": 1})
    assert send(users).execute()["labelIds"] == ["SENT"]
    assert local("GET", "/local/mailboxes") == {"addresses": {"ann@example.org": 3}}


def test_send_counts_recipients_not_mails(users: Any, local: Call) -> None:
    local("POST", "/local/gmail/limit", {"per_day": 3})
    send(users).execute()
    send(users).execute()

    refused = refusal(send(users, "ben@example.org, cy@example.org"))

    assert refused == over_the_cap("2026-11-23T09:30:00.000Z")
    assert send(users).execute()["labelIds"] == ["SENT"]


def test_send_to_many_names_the_instant_when_enough_sends_are_a_day_old(users: Any, local: Call) -> None:
    local("POST", "/local/gmail/limit", {"per_day": 3})
    send(users).execute()
    local("POST", "/local/clock", {"advance": 3600})
    send(users).execute()

    refused = refusal(send(users, "ann@example.org, ben@example.org, cy@example.org"))

    assert refused == over_the_cap("2026-11-23T10:30:00.000Z")


def test_cap_is_not_renewed_by_setting_the_clock_back(users: Any, local: Call) -> None:
    local("POST", "/local/gmail/limit", {"per_day": 2})
    send(users).execute()
    local("POST", "/local/clock", {"now": "2026-11-20T09:30:00+00:00"})
    send(users).execute()

    assert refusal(send(users)) == over_the_cap("2026-11-23T09:30:00.000Z")


def test_send_to_more_than_the_whole_cap_names_a_day_from_now(users: Any, local: Call) -> None:
    local("POST", "/local/gmail/limit", {"per_day": 1})

    assert refusal(send(users, "ben@example.org, cy@example.org")) == over_the_cap("2026-11-23T09:30:00.000Z")


def test_draft_over_the_cap_stays_and_can_be_sent_later(users: Any, local: Call) -> None:
    local("POST", "/local/gmail/limit", {"per_day": 0})
    draft = users.drafts().create(userId="me", body=make_draft()).execute()

    refused = refusal(users.drafts().send(userId="me", body={"id": draft["id"]}))
    local("POST", "/local/gmail/limit", {"per_day": 500})
    sent = users.drafts().send(userId="me", body={"id": draft["id"]}).execute()

    assert refused == over_the_cap("2026-11-23T09:30:00.000Z")
    assert sent["threadId"] == draft["message"]["threadId"]


def test_accounts_do_not_share_the_cap(users: Any, local: Call, client: Call) -> None:
    local("POST", "/local/accounts", {"address": "second@example.org", "meet": True})
    local("POST", "/local/gmail/limit", {"per_day": 1})
    send(users).execute()

    sent = send(client("gmail", "v1", account="second@example.org").users()).execute()

    assert sent["labelIds"] == ["SENT"]
