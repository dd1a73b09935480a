"""Text from the sheet is data: never markup, never a link, never a header, never a placeholder."""

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.mails import AgendaItem, Letter, MailKind, RoastPlan
from mails.compose import compose
from mails.samples import SAMPLE_NOW, SAMPLE_SENDER, sample_letter
from sheets_schema.wording import PLACEHOLDER, Wording

KINDS = list(MailKind)


class Seen(HTMLParser):
    """What a reader of the HTML part sees: its words, its links, its elements."""

    def __init__(self, html: str) -> None:
        """Read the whole document at once."""
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._hidden: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element; skip what is not shown, and the name above the card."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        if tag == "head" or values.get("class") in {"preheader", "community"}:
            self._hidden.append(tag)
        if tag == "a":
            self.links.append(values["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        """Come back from a part that is not shown."""
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        """Gather the words shown."""
        if not self._hidden:
            self.words += re.findall(r"\w+", data)


def parts(message: EmailMessage) -> tuple[str, ...]:
    """The text and the HTML part."""
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return tuple(str(part.get_content()).replace("\r\n", "\n") for part in (text, html))


def everywhere(text: str) -> Letter:
    """An agenda with that text in every field that people type."""
    letter = sample_letter("agenda")
    assert letter.facts is not None
    return replace(
        letter,
        to=replace(letter.to, name=text),
        facts=replace(letter.facts, host=text, link=text),
        roast=RoastPlan(title=text, sentence=text, link=text, question=text),
        agenda=(AgendaItem(0, 60, text, text, text),),
        rehearsal_for=text,
    )


def letters_with(text: str) -> list[Letter]:
    """A letter of every kind with that text in every field that people type."""
    agenda = everywhere(text)
    assert agenda.facts is not None
    found = []
    for kind in KINDS:
        letter = replace(agenda, kind=kind, discord=text, lines=(text, "second"), subject=text)
        if kind is MailKind.CORRECTION:
            letter = replace(letter, before=sample_letter("correction").before)
        found.append(letter)
    cancelled = replace(agenda.facts, cancelled=text)
    return [*found, replace(sample_letter("correction"), facts=cancelled)]


NASTY = [
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1))",
    "[click](https://evil.example.org)",
    "javascript:alert(1)",
    "http://example.org/plain",
    "{host} {name} {agenda} {{ 7 * 7 }} {% if %}",
    "# heading\n\n- item\n\n> quote",
    "</style></head><body onload=x>",
    "&lt;b&gt; &amp;",
    "name\r\nBcc: eve@example.org\r\n\r\nbody",
]
SHOWN = {
    *("html", "head", "meta", "title", "style", "body", "div", "p", "h2"),
    *("ul", "li", "strong", "em", "br", "a", "span"),
}


@pytest.mark.parametrize("text", NASTY)
def test_typed_text_is_never_markup(text: str) -> None:
    for letter in letters_with(text):
        message = compose(letter, None, SAMPLE_SENDER, SAMPLE_NOW)
        _, html = parts(message)
        seen = Seen(html)

        assert seen.tags <= SHOWN | {"table", "tbody", "tr", "td"}
        assert not {name for name in seen.attributes if name.startswith("on") or name == "src"}
        assert all(link.startswith("https://") for link in seen.links)
        assert "https://evil.example.org" not in seen.links
        assert message["Bcc"] is None


def test_braces_in_a_plan_stay_as_typed() -> None:
    letter = everywhere("{host} and {{ name }}")

    text, html = parts(compose(letter, None, SAMPLE_SENDER, SAMPLE_NOW))

    assert "\nPlan: {host} and {{ name }}\n" in text
    assert "<strong>Plan:</strong> {host} and {{ name }}</p>" in html


def test_an_http_link_is_shown_as_text_only() -> None:
    letter = replace(sample_letter("agenda"), roast=RoastPlan(link="http://example.org/plan"))

    text, html = parts(compose(letter, None, SAMPLE_SENDER, SAMPLE_NOW))

    assert "Where to find it: http://example.org/plan" in text
    assert Seen(html).links == ["https://meet.google.com/abc-defg-hij"] * 2


def test_invisible_characters_are_gone_from_every_part() -> None:
    raw = compose(everywhere("a\u202eb\u200bc\x07d"), None, SAMPLE_SENDER, SAMPLE_NOW).as_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.SMTP)
    assert isinstance(message, EmailMessage)

    text, html = parts(message)

    assert "Plan: abc d\n" in text
    assert "</strong> abc d</p>" in html
    assert not set("\u202e\u200b\x07") & set(text + html + str(message["Subject"]))


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_address_is_in_a_mail(kind: MailKind) -> None:
    letter = sample_letter(kind)
    if letter.facts:
        letter = replace(letter, facts=replace(letter.facts, host="rosa.private@example.com"))

    raw = compose(letter, None, SAMPLE_SENDER, SAMPLE_NOW).as_bytes().decode()

    # A calendar file's id has the shape of an address, and is part of what is encoded.
    found = set(re.findall(r"[\w.]+@[\w.]+\w", raw))
    assert found <= {letter.to.address, "organizer@example.org"}


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_say_the_same(kind: MailKind) -> None:
    text, html = parts(compose(sample_letter(kind), None, SAMPLE_SENDER, SAMPLE_NOW))

    seen = Seen(html)
    links = sorted(set(seen.links))
    without_links = text
    for link in links:
        assert link in text
        without_links = without_links.replace(link, "")
    shown_links = {word for link in links for word in re.findall(r"\w+", link)}
    kept = [word for word in seen.words if word not in shown_links]

    assert kept == [word for word in re.findall(r"\w+", without_links) if word not in shown_links]


@pytest.mark.parametrize("kind", KINDS)
def test_html_keeps_its_dark_styles_and_calls_nothing_in(kind: MailKind) -> None:
    _, html = parts(compose(sample_letter(kind), None, SAMPLE_SENDER, SAMPLE_NOW))

    assert "@media (prefers-color-scheme: dark)" in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert not re.search(r"(src=|url\(|@import|<link)", html)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(), max_size=300))
def test_any_text_gives_a_mail_that_reads_back(text: str) -> None:
    for letter in letters_with(text):
        message = compose(letter, None, replace(SAMPLE_SENDER, community=text), SAMPLE_NOW)

        back = email.message_from_bytes(message.as_bytes(), policy=email.policy.SMTP)
        assert isinstance(back, EmailMessage)
        assert [to.addr_spec for to in back["To"].addresses] == [letter.to.address]
        assert [sender.addr_spec for sender in back["From"].addresses] == ["organizer@example.org"]
        assert set(back.keys()) == set(message.keys())
        assert parts(back) == parts(message)


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from("#*_>-+`[]()<>!&;:/\\ \n\t1.ab@{}"), max_size=200))
def test_any_wording_gives_a_mail_or_is_refused(text: str) -> None:
    wording = Wording("agenda", "", "", "Subject", text)

    if PLACEHOLDER.search(text):
        with pytest.raises(ValueError, match="cannot be used"):
            compose(sample_letter("agenda"), wording, SAMPLE_SENDER, SAMPLE_NOW)
    else:
        _, html = parts(compose(sample_letter("agenda"), wording, SAMPLE_SENDER, SAMPLE_NOW))
        assert Seen(html).tags <= SHOWN | {"ol", "blockquote", "hr"}
