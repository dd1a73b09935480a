"""Text that people typed, made fit to be shown."""

import pytest

from mails.clean import https_link, one_line, person_name, several_lines, visible


def test_visible_drops_zero_width_bidi_and_half_characters() -> None:
    assert visible("a\u200bb\u202ec\u2066d\ufeffe\u00adf\ud800g") == "abcdefg"


def test_visible_makes_controls_and_breaks_spaces() -> None:
    assert visible("a\tb\x00c\u2028d\x85e") == "a b c d e"


def test_visible_keeps_letters_of_every_script_and_emoji() -> None:
    assert visible("Ünal 日本語 שלום 🎉 e\u0301") == "Ünal 日本語 שלום 🎉 e\u0301"


def test_one_line_joins_lines_and_caps_the_length() -> None:
    assert one_line("  two \r\n lines ", 50) == "two lines"
    assert one_line("abcdefgh", 5) == "abcd…"
    assert one_line("abcde", 5) == "abcde"


def test_several_lines_keeps_line_ends_of_any_spelling() -> None:
    assert several_lines("a\r\nb \rc\u2028  d\u200b") == "a\nb\nc\n  d"


def test_person_name_shows_no_address() -> None:
    assert person_name("rosa@example.org") == "rosa"
    assert person_name("Rosa Lindqvist") == "Rosa Lindqvist"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "https://example.org/a-b_c~d?x=1&y=%20#part",
        "https://example.org/it's(fine)",
        "HTTPS://example.org:8443/[x]",
    ],
)
def test_https_link_takes_plain_https(link: str) -> None:
    assert https_link(f" {link} ") == link


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "http://example.org",
        "javascript:alert(1)",
        "https:example.org",
        "https://",
        "https://meet.google.com@evil.example.org",
        'https://example.org/"onclick=',
        "https://example.org/a b",
        "https://example.org/\nBcc:",
        "https://exämple.org",
        "https://[::1",
        "https://example.org/" + "a" * 1000,
    ],
)
def test_https_link_refuses_everything_else(text: str | None) -> None:
    assert https_link(text) is None
