"""What the tests of mail share: Gmail's methods and answers, and what became of the agenda of `due`."""

from __future__ import annotations

from tests.faulty import Fault, answer
from tests.month import Month

PROFILE = "gmail.users.getProfile"
CREATE = "gmail.users.drafts.create"
SEND = "gmail.users.drafts.send"
GET = "gmail.users.drafts.get"
DELETE = "gmail.users.drafts.delete"

PRECONDITION = answer(
    400,
    "Precondition check failed.",
    errors=[{"domain": "global", "message": "Precondition check failed.", "reason": "failedPrecondition"}],
    status="FAILED_PRECONDITION",
)


def over_the_rate(until: str) -> Fault:
    """Gmail's answer to too many mails, word for word."""
    message = f"User-rate limit exceeded.  Retry after {until}"
    reason = {"message": message, "domain": "global", "reason": "rateLimitExceeded"}
    return answer(429, message, errors=[reason], status="RESOURCE_EXHAUSTED")


def agendas(due: Month) -> dict[str, str]:
    """The phase of each agenda mail, by the reader's name."""
    entries = due.ledger.view().entries.values()
    return {entry.who: str(entry.phase) for entry in entries if entry.kind == "agenda"}


def subjects(due: Month, to: str) -> list[str]:
    """The subjects of somebody's mails."""
    return [mail.subject for mail in due.mails(f"{to}@example.org")]


AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"


def asked_in_each_look(month: Month, method: str, looks: int) -> list[int]:
    """How often each of so many ticks, ten minutes apart, asks for an API method."""
    asked = []
    for _ in range(looks):
        month.forget_requests()
        month.tick()
        asked.append(month.asked().count(method))
        month.wait(minutes=10)
    return asked
