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
    boundary = b"--" + re.escape(head.get_boundary("").encode())
    part = boundary + rb"\r?\n((?:[^\r\n]+\r?\n)*)\r?\n([\s\S]*?)\r?\n"
    found = re.match(rb"\s*" + part + part + boundary + b"--", raw)
    try:
        _, resource, fields, content = found.groups() if found else ()
        is_base64 = re.search(rb"(?im)^content-transfer-encoding:\s*base64", fields)
        return resource, b64decode(content) if is_base64 else content
    except ValueError:
        raise bad_request("Malformed multipart body.") from None
