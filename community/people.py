"""People as the service knows them: told apart by a keyed hash from which no address can be read back."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sheets_schema.choices import MailWish, Status

__all__ = ["MailWish", "Person", "Status", "normalise", "person_key", "shown_name"]


def normalise(address: str) -> str:
    """The one spelling of an address by which people are compared: NFKC, no outer space, lower case."""
    return unicodedata.normalize("NFKC", address).strip().lower()


def shown_name(typed: str) -> str:
    """The name to call somebody by, without an address; of an address alone what stands before the @.

    Names are kept in the ledger and shown in Log, where no address belongs.
    """
    named = re.sub(r"[<(]?[^\s<>()@]*@[^\s<>()]*[>)]?", "", typed).strip()
    return named or typed.strip("<> @").partition("@")[0]


def person_key(community_id: str, address: str) -> str:
    """Name a person without naming them: 16 hex digits of HMAC-SHA256 over the normalised address.

    `community_id` is the spreadsheet's id, so that the same address has another key in another community.
    """
    digest = hmac.new(community_id.encode(), normalise(address).encode(), hashlib.sha256)
    return digest.hexdigest()[:16]


def head_count(number: int) -> str:
    """So many people, in words."""
    return "1 person" if number == 1 else f"{number} people"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the service may write to.

    key: see `person_key`. zone: the reader's own, the community's when the sheet names none.
    away_until: the last day away, in the reader's zone. joined: first day as a member, when typed.
    row: the row of Members, None for a person known from an approved request only.
    """

    key: str
    name: str
    address: str
    zone: ZoneInfo
    status: Status = Status.ACTIVE
    wish: MailWish = MailWish.EVERYTHING
    away_until: date | None = None
    joined: date | None = None
    send_again_on: date | None = None
    row: int | None = None
