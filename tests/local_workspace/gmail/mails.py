"""The mails that the tests of Gmail send, and the refusals they meet."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from googleapiclient.errors import HttpError


def encode(text: bytes) -> str:
    """A mail's text as the `raw` of a message."""
    return urlsafe_b64encode(text).decode()


def make_raw(**fields: str) -> str:
    """A plain mail to Ann as base64url; fields such as X_Key="..." are added, or dropped when empty."""
    head = {"To": "ann@example.org", "Subject": "Hello"} | {k.replace("_", "-"): v for k, v in fields.items()}
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    return encode("\r\n".join([*lines, "", "See you on Thursday."]).encode())


def make_draft(**fields: str) -> dict[str, Any]:
    """The body of drafts.create for such a mail."""
    return {"message": {"raw": make_raw(**fields)}}


def refusal(request: Any) -> tuple[int, Any]:
    """The status and the body of the refusal that the request meets."""
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value.status_code, json.loads(caught.value.content)


def error(code: int, reason: str, message: str, status: str) -> tuple[int, Any]:
    """A refusal in Gmail's own shape."""
    entry = {"domain": "global", "reason": reason, "message": message}
    return code, {"error": {"code": code, "message": message, "errors": [entry], "status": status}}


NOT_FOUND = error(404, "notFound", "Requested entity was not found.", "NOT_FOUND")
