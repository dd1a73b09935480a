"""Uploads: what a request to an /upload/ path carries, the resource and the content."""

import re
from base64 import b64decode
from collections.abc import Mapping
from email.message import Message

from local_workspace.errors import bad_request


def split(headers: Mapping[str, str], raw: bytes) -> tuple[bytes, bytes | None]:
    """Return the JSON of the resource (may be empty) and the content, None where there is none.

    multipart/related carries both, application/json a resource alone, and everything else is the content.
    ApiError 400 for a multipart body that is not made of two parts.
    """
    content_type = headers.get("content-type", "")
    if content_type.startswith("application/json"):
        return raw, None
    if not content_type.startswith("multipart/"):
        return b"", raw
    head = Message()
    head["Content-Type"] = content_type
    pieces = re.split(rb"\r?\n--" + re.escape(head.get_boundary("").encode()), b"\n" + raw)
    # What stands before the first boundary is nothing; the last one ends with "--".
    if len(pieces) != 4 or not pieces[3].startswith(b"--"):
        raise bad_request("Malformed multipart body.")
    return _content(pieces[1]), _content(pieces[2])


def _content(piece: bytes) -> bytes:
    """Return what a part holds, byte for byte once its transfer encoding is undone."""
    fields, _, content = piece.replace(b"\r\n\r\n", b"\n\n", 1).lstrip().partition(b"\n\n")
    encoded = re.search(rb"(?im)^content-transfer-encoding:\s*base64", fields)
    try:
        return b64decode(content) if encoded else content
    except ValueError:
        raise bad_request("Malformed multipart body.") from None
