"""Uploads: what a request to an /upload/ path carries, the resource and the content."""

import re
from base64 import b64decode
from collections.abc import Mapping

from local_workspace.errors import bad_request


def split(headers: Mapping[str, str], raw: bytes) -> tuple[bytes, bytes | None]:
    """Return the JSON of the resource (may be empty) and the content, None where there is none.

    multipart carries both, in two parts (else 400), application/json a resource, all else is the content.
    """
    content_type = headers.get("content-type", "")
    if content_type.startswith("application/json"):
        return raw, None
    multipart = re.match(r'(?i)multipart/.*;\s*boundary="?([^";]+)', content_type)
    if multipart is None:
        return b"", raw
    boundary = b"--" + re.escape(multipart[1].encode())
    part = boundary + rb"\r?\n((?:[^\r\n]+\r?\n)*)\r?\n([\s\S]*?)\r?\n"
    found = re.match(rb"\s*" + part + part + boundary + b"--", raw)
    try:
        _, resource, fields, content = found.groups() if found else ()
        is_base64 = re.search(rb"(?im)^content-transfer-encoding:\s*base64", fields)
        return resource, b64decode(content) if is_base64 else content
    except ValueError:
        raise bad_request("Malformed multipart body.") from None
