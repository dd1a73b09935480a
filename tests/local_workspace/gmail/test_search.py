"""The search box of Gmail."""

import pytest

from local_workspace.gmail import search
from local_workspace.gmail.stored import Stored

MESSAGE = Stored(
    seq=1001,
    account="organizer@example.org",
    id="19aaa2f1c2e00001",
    thread_id="19aaa2f1c2e00001",
    draft_id=None,
    labels=("SENT",),
    internal_date=1_795_339_800_000,
    snippet="",
    raw=(
        b"From: Olga <organizer@example.org>\r\nTo: Ann <ann@example.org>\r\nBcc: ben@example.org\r\n"
        b"Subject: Third Thursday: the agenda\r\nMessage-ID: <CAx@mail.gmail.com>\r\n\r\nBring a plan "
        b"to roast.\r\n"
    ),
)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "in:sent",
        "in:anywhere",
        "label:SENT",
        "-in:drafts",
        "from:olga",
        "from:organizer@example.org",
        "to:ann@example.org",
        "to:ben@example.org",
        "bcc:ben",
        "subject:agenda",
        'subject:"the agenda"',
        "subject:(agenda third)",
        "rfc822msgid:<CAx@mail.gmail.com>",
        "rfc822msgid:CAx@mail.gmail.com",
        '"plan to roast"',
        "in:sent to:ann subject:third -subject:reminder roast",
    ],
)
def test_matches_when_every_condition_holds(query: str) -> None:
    assert search.matches(MESSAGE, search.parse(query))


@pytest.mark.parametrize(
    "query",
    [
        "in:drafts",
        "in:inbox",
        "is:unread",
        "-in:sent",
        "from:ann",
        "to:organizer@example.org",
        "cc:ann",
        "subject:agend",
        'subject:"agenda the"',
        "subject:(agenda reminder)",
        "rfc822msgid:<mine@example.org>",
        "workshop",
        "unknown:roast",
    ],
)
def test_matches_not_when_one_condition_fails(query: str) -> None:
    assert not search.matches(MESSAGE, search.parse(query))
