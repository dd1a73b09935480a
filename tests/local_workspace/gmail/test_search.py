"""The search box of Gmail."""

from datetime import UTC, datetime

import pytest

from local_workspace.errors import ApiError
from local_workspace.gmail import search
from local_workspace.gmail.stored import Stored

LABELS = {name.lower(): name for name in ("INBOX", "SENT", "TRASH", "CATEGORY_SOCIAL")} | {
    "drafts": "DRAFT",
    "to-do": "Label_1",
}
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MESSAGE = Stored(
    seq=1001,
    account="organizer@example.org",
    id="19aaa2f1c2e00001",
    thread_id="19aaa2f1c2e00001",
    draft_id=None,
    labels=("SENT", "Label_1"),
    history=1001,
    internal_date=1_795_339_800_000,
    message_id="<CAx@mail.gmail.com>",
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
        "from:ann OR from:olga",
        "workshop OR agenda to:ann",
        "{workshop roast}",
        "from:(ann OR olga)",
        "-(workshop agenda)",
        "-{workshop reminder}",
        "is:read",
        "-has:attachment",
        "after:2026/11/22 before:2026/11/23",
        "after:1795339799",
        "older_than:1d",
        "newer_than:2m",
        "newer_than:9999y",
        "smaller:1k -larger:1M",
        "label:to-do",
    ],
)
def test_matches_when_every_condition_holds(query: str) -> None:
    assert all(one.holds(MESSAGE) for one in search.parse(query, LABELS, NOW))


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
        "from:ann OR workshop",
        "{workshop reminder}",
        "has:attachment",
        "filename:png",
        "before:2026-11-22",
        "newer_than:1d",
        "category:social",
    ],
)
def test_matches_not_when_one_condition_fails(query: str) -> None:
    assert not all(one.holds(MESSAGE) for one in search.parse(query, LABELS, NOW))


@pytest.mark.parametrize("query", ["after:yesterday", "before:2026/13/01", "larger:much"])
def test_search_that_cannot_be_read_is_400(query: str) -> None:
    with pytest.raises(ApiError) as caught:
        search.parse(query, LABELS, NOW)

    assert caught.value.status == 400


def test_searches_tell_what_an_index_finds() -> None:
    found = search.parse("in:sent rfc822msgid:CAx -in:inbox {in:trash x}", LABELS, NOW)

    assert [one.column for one in found] == [{"label": "SENT"}, {"message_id": "<CAx>"}, {}, {}]
