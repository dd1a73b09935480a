"""What a method of an API is given and what it gives back."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request whose sign-in, parameters and body have been checked already.

    `params` holds path and query parameters together, typed as the discovery document says (repeated ones are
    lists); those of routes outside the discovery documents are texts. `headers` has lower-case keys. `now` is
    the workspace clock, aware, in UTC. `db` is inside a transaction, committed when the handler returns and
    rolled back when it raises. `user` is the address of the token's account, "" where nobody signs in.
    `media` is the content of an upload, None where nothing was uploaded.
    """

    method: str
    headers: Mapping[str, str]
    raw: bytes
    now: datetime
    db: sqlite3.Connection
    params: Json = field(default_factory=dict)
    body: Json | None = None
    media: bytes | None = None
    user: str = ""
    scopes: frozenset[str] = frozenset()

    def form(self) -> dict[str, str]:
        """Return the fields of a body that is a form, the last one of each name."""
        return dict(parse_qsl(self.raw.decode(errors="replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that needs more than a JSON body with status 200; `body` None means no body at all."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=UTF-8"


Handler: TypeAlias = Callable[[Call], "Json | Answer | None"]
Routes: TypeAlias = dict[tuple[str, str], Handler]
"""Routes outside the discovery documents: (HTTP method, "/local/events/{id}/move") to their handler."""


def handlers(resource: str, module: ModuleType, names: str) -> dict[str, Handler]:
    """Return the functions of `module` by the ids of a resource: getProfile is get_profile, list is list_."""
    found = {}
    for name in names.split():
        function = re.sub("([A-Z])", r"_\1", name).lower().replace("list", "list_")
        found[f"{resource}.{name}"] = getattr(module, function)
    return found
