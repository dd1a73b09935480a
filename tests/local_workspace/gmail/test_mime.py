"""The text of a mail: what Gmail does to it, and how it shows it."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from local_workspace.errors import ApiError
from local_workspace.gmail import mime

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
OURS = rb"<CA[\w-]{48}@mail\.gmail\.com>"


def stamped(raw: bytes) -> bytes:
    """The mail as the organizer's account keeps it, its Message-ID made readable."""
    kept = mime.stamp(mime.with_crlf(raw), account="organizer@example.org", at=AT)
    return re.sub(OURS, b"<OURS>", kept)


def test_stamp_of_bare_mail_adds_what_is_missing() -> None:
    raw = b"To: ann@example.org\nSubject: Hello\n\nOne\nTwo\n"

    kept = stamped(raw)

    assert kept == (
        b"To: ann@example.org\r\nSubject: Hello\r\nMIME-Version: 1.0\r\nFrom: organizer@example.org\r\n"
        b"Message-ID: <OURS>\r\nDate: Sun, 22 Nov 2026 09:30:00 +0000\r\n\r\nOne\r\nTwo\r\n"
    )


def test_stamp_replaces_message_id_and_keeps_date_and_own_fields() -> None:
    raw = (
        b"Message-ID: <mine@example.org>\r\nX-Third-Thursday: agenda|2026-12|ann@example.org\r\n"
        b"Date: Sat, 21 Nov 2026 08:00:00 +0100\r\nMIME-Version: 1.0\r\nTo: ann@example.org\r\n\r\nHello\r\n"
    )

    kept = stamped(raw)

    assert kept == (
        b"X-Third-Thursday: agenda|2026-12|ann@example.org\r\nDate: Sat, 21 Nov 2026 08:00:00 +0100\r\n"
        b"MIME-Version: 1.0\r\nTo: ann@example.org\r\nFrom: organizer@example.org\r\n"
        b"Message-ID: <OURS>\r\n\r\nHello\r\n"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Olga <organizer@example.org>", "Olga <organizer@example.org>"),
        ("ORGANIZER@example.org", "ORGANIZER@example.org"),
        ("Ann <ann@example.org>", "organizer@example.org"),
        ("organizer@example.org, ann@example.org", "organizer@example.org"),
        ("nobody", "organizer@example.org"),
    ],
)
def test_stamp_forces_from_to_the_account(written: str, kept: str) -> None:
    raw = f"From: {written}\r\nTo: ann@example.org\r\n\r\nHello\r\n".encode()

    assert mime.fields(stamped(raw), "from") == [{"name": "From", "value": kept}]


def test_stamp_of_text_without_fields_keeps_it_as_body() -> None:
    kept = stamped(b"just words")

    assert kept.endswith(b"\r\n\r\njust words\r\n")


def test_stamp_gives_every_mail_another_message_id() -> None:
    raw = b"To: ann@example.org\r\n\r\n"

    first, second = (mime.stamp(raw, account="organizer@example.org", at=AT) for _ in range(2))

    assert first != second


def test_without_bcc_drops_the_folded_field_only() -> None:
    raw = (
        b"To: ann@example.org\r\nBcc: ben@example.org,\r\n cy@example.org\r\nSubject: Hi\r\n\r\nBcc: text\r\n"
    )

    assert mime.without_bcc(raw) == b"To: ann@example.org\r\nSubject: Hi\r\n\r\nBcc: text\r\n"


def test_fields_are_unfolded_and_decoded() -> None:
    raw = (
        b"Subject: =?utf-8?q?Caf=C3=A9?=\r\n =?utf-8?q?_at_six?=\r\nX-Plain: one\r\n\ttwo\r\n"
        b"X-Odd: =?no-such-charset?q?x?=\r\nX-Raw: caf\xc3\xa9\r\n\r\n"
    )

    assert mime.fields(raw) == [
        {"name": "Subject", "value": "Café at six"},
        {"name": "X-Plain", "value": "one\ttwo"},
        {"name": "X-Odd", "value": "=?no-such-charset?q?x?="},
        {"name": "X-Raw", "value": "café"},
    ]


def test_recipients_are_to_cc_and_bcc_each_once() -> None:
    raw = (
        b"Cc: ben@example.org\r\nTo: Ann <ann@example.org>, ben@example.org\r\n"
        b"Bcc: ANN@example.org, cy@example.org\r\nTo: dan@example.org\r\n\r\n"
    )

    assert mime.recipients(raw) == ["ann@example.org", "ben@example.org", "dan@example.org", "cy@example.org"]


def test_recipients_name_the_field_that_is_wrong() -> None:
    with pytest.raises(ApiError, match=r"Invalid Cc header"):
        mime.recipients(b"To: ann@example.org\r\nCc: ben at example.org\r\n\r\n")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", []),
        ("undisclosed-recipients:;", []),
        ("Friends: ann@example.org, ben@example.org;", ["ann@example.org", "ben@example.org"]),
        ("ann@example.org", ["ann@example.org"]),
        ("<ann@example.org>", ["ann@example.org"]),
        ("Ann B. Co <ann.b+list@mail.example.org>", ["ann.b+list@mail.example.org"]),
        ('"Co, Ann \\"A\\" <x>" <ann@example.org>', ["ann@example.org"]),
        ("=?utf-8?q?Zo=C3=AB?= <zoe@example.org>", ["zoe@example.org"]),
        ("ann@example.org (Ann), ben@example.org", ["ann@example.org", "ben@example.org"]),
        ("Ann <ann@example.org>,\r\n Ben <ben@example.org>", ["ann@example.org", "ben@example.org"]),
    ],
)
def test_addresses_of_good_lists(value: str, found: list[str]) -> None:
    assert mime.recipients(f"To: {value}\r\n\r\n".encode()) == found


@pytest.mark.parametrize(
    "value",
    [
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@example..org",
        "ann..co@example.org",
        ".ann@example.org",
        "ann@-example.org",
        "ann@ex ample.org",
        "ann@example.org ben@example.org",
        "ann@example.org; ben@example.org",
        "Co, Ann <ann@example.org>",
        "Ann <ann@example.org",
        "Ann <>",
        "ann@@example.org",
    ],
)
def test_addresses_refuse_what_is_no_address(value: str) -> None:
    with pytest.raises(ApiError, match=r"Invalid To header"):
        mime.recipients(f"To: {value}\r\n\r\n".encode())


def make_mail() -> bytes:
    """A mail with text, HTML and a calendar file, as the service sends them."""
    mail = EmailMessage(policy=SMTP)
    mail["To"] = "ann@example.org"
    mail["Subject"] = "Café"
    mail.set_content("Hello Ann,\nsee you at the café.\n", cte="quoted-printable")
    mail.add_alternative("<style>p{}</style><p>Hello Ann &amp; all</p>\n", subtype="html", cte="7bit")
    mail.add_attachment("BEGIN:VCALENDAR\n", subtype="calendar", filename="meeting.ics", cte="7bit")
    mail.set_boundary("outer")
    next(mail.iter_parts()).set_boundary("inner")
    return mail.as_bytes()


def test_payload_of_mail_with_attachment_is_the_tree_of_its_parts() -> None:
    shown = mime.payload(make_mail())

    assert shown == {
        "partId": "",
        "mimeType": "multipart/mixed",
        "filename": "",
        "headers": [
            {"name": "To", "value": "ann@example.org"},
            {"name": "Subject", "value": "Café"},
            {"name": "MIME-Version", "value": "1.0"},
            {"name": "Content-Type", "value": 'multipart/mixed; boundary="outer"'},
        ],
        "body": {"size": 0},
        "parts": [
            {
                "partId": "0",
                "mimeType": "multipart/alternative",
                "filename": "",
                "headers": [{"name": "Content-Type", "value": 'multipart/alternative; boundary="inner"'}],
                "body": {"size": 0},
                "parts": [
                    {
                        "partId": "0.0",
                        "mimeType": "text/plain",
                        "filename": "",
                        "headers": [
                            {"name": "Content-Type", "value": 'text/plain; charset="utf-8"'},
                            {"name": "Content-Transfer-Encoding", "value": "quoted-printable"},
                        ],
                        "body": {"size": 35, "data": "SGVsbG8gQW5uLA0Kc2VlIHlvdSBhdCB0aGUgY2Fmw6kuDQo="},
                    },
                    {
                        "partId": "0.1",
                        "mimeType": "text/html",
                        "filename": "",
                        "headers": [
                            {"name": "Content-Type", "value": 'text/html; charset="utf-8"'},
                            {"name": "Content-Transfer-Encoding", "value": "7bit"},
                            {"name": "MIME-Version", "value": "1.0"},
                        ],
                        "body": {
                            "size": 46,
                            "data": "PHN0eWxlPnB7fTwvc3R5bGU-PHA-SGVsbG8gQW5uICZhbXA7IGFsbDwvcD4NCg==",
                        },
                    },
                ],
            },
            {
                "partId": "1",
                "mimeType": "text/calendar",
                "filename": "meeting.ics",
                "headers": [
                    {"name": "Content-Type", "value": 'text/calendar; charset="utf-8"'},
                    {"name": "Content-Transfer-Encoding", "value": "7bit"},
                    {"name": "Content-Disposition", "value": 'attachment; filename="meeting.ics"'},
                    {"name": "MIME-Version", "value": "1.0"},
                ],
                "body": {"attachmentId": "ANGjdJ-0", "size": 17},
            },
        ],
    }


def test_payload_of_plain_latin_mail_gives_its_text_as_utf8() -> None:
    raw = b"Subject: Hi\r\nContent-Type: text/plain; charset=latin-1\r\n\r\ncaf\xe9"

    shown = mime.payload(raw)

    assert shown["body"] == {"size": 5, "data": "Y2Fmw6k="}


def test_head_gives_the_headers_asked_for_in_any_case() -> None:
    shown = mime.head(make_mail(), ["SUBJECT", "X-None"])

    assert shown == {"mimeType": "multipart/mixed", "headers": [{"name": "Subject", "value": "Café"}]}


def test_head_without_names_gives_every_header() -> None:
    shown = mime.head(b"To: ann@example.org\r\nSubject: Hi\r\n\r\nHello")

    assert shown == {
        "mimeType": "text/plain",
        "headers": [{"name": "To", "value": "ann@example.org"}, {"name": "Subject", "value": "Hi"}],
    }


def test_snippet_is_the_text_in_one_escaped_line() -> None:
    raw = b"Subject: Hi\r\n\r\nIt's  <one>\r\n\r\n& two"

    assert mime.snippet(raw) == "It&#39;s &lt;one&gt; &amp; two"


def test_snippet_of_html_alone_is_its_words() -> None:
    raw = (
        b"Content-Type: text/html; charset=utf-8\r\n\r\n"
        b"<html><head><title>T</title></head><style>p {}</style><!-- note --><p>Hello<br>Ann &amp; all</p>"
    )

    assert mime.snippet(raw) == "Hello Ann &amp; all"


def test_snippet_of_long_text_ends_at_a_word_within_200_characters() -> None:
    raw = b"Subject: Hi\r\n\r\n" + b"twelve chars " * 30

    assert mime.snippet(raw) == " ".join(["twelve chars"] * 15)


def test_snippet_of_text_in_unknown_charset_does_not_fail() -> None:
    raw = b"Content-Type: text/plain; charset=no-such\r\n\r\nHello"

    assert mime.snippet(raw) == "Hello"
