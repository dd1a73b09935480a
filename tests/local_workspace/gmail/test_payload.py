"""A mail as Gmail shows it."""

from email.message import EmailMessage
from email.policy import SMTP

from local_workspace.gmail import payload


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
    shown = payload.full(make_mail())

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

    shown = payload.full(raw)

    assert shown["body"] == {"size": 5, "data": "Y2Fmw6k="}


def test_head_gives_the_headers_asked_for_in_any_case() -> None:
    shown = payload.head(make_mail(), ["SUBJECT", "X-None"])

    assert shown == {"mimeType": "multipart/mixed", "headers": [{"name": "Subject", "value": "Café"}]}


def test_head_without_names_gives_every_header() -> None:
    shown = payload.head(b"To: ann@example.org\r\nSubject: Hi\r\n\r\nHello")

    assert shown == {
        "mimeType": "text/plain",
        "headers": [{"name": "To", "value": "ann@example.org"}, {"name": "Subject", "value": "Hi"}],
    }


def test_snippet_is_the_text_in_one_escaped_line() -> None:
    raw = b"Subject: Hi\r\n\r\nIt's  <one>\r\n\r\n& two"

    assert payload.snippet(raw) == "It&#39;s &lt;one&gt; &amp; two"


def test_snippet_of_html_alone_is_its_words() -> None:
    raw = (
        b"Content-Type: text/html; charset=utf-8\r\n\r\n"
        b"<html><head><title>T</title></head><style>p {}</style><!-- note --><p>Hello<br>Ann &amp; all</p>"
    )

    assert payload.snippet(raw) == "Hello Ann &amp; all"


def test_snippet_of_long_text_ends_at_a_word_within_200_characters() -> None:
    raw = b"Subject: Hi\r\n\r\n" + b"twelve chars " * 30

    assert payload.snippet(raw) == " ".join(["twelve chars"] * 15)


def test_snippet_of_text_in_unknown_charset_does_not_fail() -> None:
    raw = b"Content-Type: text/plain; charset=no-such\r\n\r\nHello"

    assert payload.snippet(raw) == "Hello"
