"""What the tests of mail share: Gmail's methods and answers, and what became of the agenda of `due`."""

from __future__ import annotations

from tests.faulty import Answer
from tests.month import Month

PROFILE = "gmail.users.getProfile"
CREATE = "gmail.users.drafts.create"
SEND = "gmail.users.drafts.send"
GET = "gmail.users.drafts.get"
DELETE = "gmail.users.drafts.delete"

UNAVAILABLE = Answer(503, {"error": {"code": 503, "message": "The service is currently unavailable."}})
PRECONDITION = Answer(
    400,
    {
        "error": {
            "code": 400,
            "errors": [
                {"domain": "global", "message": "Precondition check failed.", "reason": "failedPrecondition"}
            ],
            "message": "Precondition check failed.",
            "status": "FAILED_PRECONDITION",
        }
    },
)
DENIED = {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}


def over_the_rate(until: str) -> Answer:
    """Gmail's answer to too many mails, word for word."""
    message = f"User-rate limit exceeded.  Retry after {until}"
    reason = {"message": message, "domain": "global", "reason": "rateLimitExceeded"}
    status = {"code": 429, "message": message, "errors": [reason], "status": "RESOURCE_EXHAUSTED"}
    return Answer(429, {"error": status})


def agendas(due: Month) -> dict[str, str]:
    """The phase of each agenda mail, by the reader's name."""
    entries = due.ledger.view().entries.values()
    return {entry.who: str(entry.phase) for entry in entries if entry.kind == "agenda"}


def subjects(due: Month, to: str) -> list[str]:
    """The subjects of somebody's mails."""
    return [mail.subject for mail in due.mails(f"{to}@example.org")]


AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"
