"""Mail by way of drafts: a draft's id can be sent once, so that no mail goes out twice."""

from __future__ import annotations

import base64
import copy
from collections.abc import Collection, Iterator
from email.message import EmailMessage

from workspace.errors import NotFound, OutcomeUnknown
from workspace.google import Json, execute, service
from workspace.transport import Transport


class Gmail:
    """The signed-in account's drafts. Nothing here needs more than the scope gmail.compose."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._users = service("gmail", "v1", f"{transport.endpoints.gmail}/").users()
        self._drafts = self._users.drafts()

    def account(self) -> str:
        """The account's own address, in lower case."""
        profile = execute(self._transport, self._users.getProfile(userId="me"))
        return str(profile["emailAddress"]).lower()

    def create_draft(self, message: EmailMessage) -> str:
        """Keeps a mail as a draft to nobody; returns its id. After OutcomeUnknown there may be an orphan.

        Gmail sends nothing without a recipient: so nobody can send by hand what we do not know of yet, and
        would make again.
        """
        unaddressed = copy.copy(message)
        del unaddressed["To"]
        body = {"message": {"raw": _raw(unaddressed)}}
        return _id(execute(self._transport, self._drafts.create(userId="me", body=body)), "create")

    def send_draft(self, draft_id: str, message: EmailMessage) -> str:
        """Sends a draft with this text, its recipient included; it is gone then. Returns the sent one's id.

        NotFound: it was sent or discarded before. Other Refused: not sent, the draft stays. OutcomeUnknown:
        ask `draft_exists` a minute later, and never make a second draft of the same mail.
        """
        body = {"id": draft_id, "message": {"raw": _raw(message)}}
        request = self._drafts.send(userId="me", body=body)
        return _id(execute(self._transport, request), "send")

    def draft_exists(self, draft_id: str) -> bool:
        """Whether a draft is still there, hence unsent. "Not found" is believed when the list agrees."""
        try:
            execute(self._transport, self._drafts.get(userId="me", id=draft_id, format="minimal"))
        except NotFound:
            return draft_id in self._draft_ids()
        return True

    def delete_draft(self, draft_id: str) -> None:
        """Discards a draft for good; one that is not there is as good. NotFound when the list has it."""
        try:
            execute(self._transport, self._drafts.delete(userId="me", id=draft_id), repeatable=True)
        except NotFound:
            if draft_id in self._draft_ids():
                raise

    def drafts_with_header(self, name: str, values: Collection[str]) -> dict[str, list[str]]:
        """The ids of the drafts whose header `name` has one of the values, by value.

        Reads every draft's headers, one request each: for the rare search after an unanswered create.
        NotFound when one cannot be read although the list still has it.
        """
        found: dict[str, list[str]] = {}
        for draft_id in self._draft_ids():
            try:
                draft = execute(
                    self._transport, self._drafts.get(userId="me", id=draft_id, format="metadata")
                )
            except NotFound:
                if draft_id in self._draft_ids():
                    raise
                continue  # sent or discarded since the list was made
            for value in _header(draft, name) & set(values):
                found.setdefault(value, []).append(draft_id)
        return found

    def _draft_ids(self) -> Iterator[str]:
        request = self._drafts.list(userId="me", maxResults=500)
        while request is not None:
            page = execute(self._transport, request)
            for draft in page.get("drafts", []):
                yield str(draft["id"])
            request = self._drafts.list_next(request, page)


def _raw(message: EmailMessage) -> str:
    return base64.urlsafe_b64encode(message.as_bytes()).decode()


def _header(draft: Json, name: str) -> set[str]:
    headers = draft.get("message", {}).get("payload", {}).get("headers", [])
    return {header["value"] for header in headers if header["name"].lower() == name.lower()}


def _id(answer: Json, method: str) -> str:
    if not answer.get("id"):
        raise OutcomeUnknown(f"gmail.users.drafts.{method}: the answer names no id", status=200)
    return str(answer["id"])
