"""The built-in wording is whole, and faults in a wording are told in words."""

from pathlib import Path

from community.mails import MailKind
from sheets_schema.wording import BLOCKS, BUILT_IN, EXPLAINED, PLACEHOLDERS, Wording, faults


def test_built_in_wording_has_one_text_per_mail_kind() -> None:
    assert list(BUILT_IN) == [kind.value for kind in MailKind]
    assert list(PLACEHOLDERS) == [kind.value for kind in MailKind]


def test_built_in_wording_has_no_faults() -> None:
    found = {kind: faults(kind, wording.subject, wording.text) for kind, wording in BUILT_IN.items()}

    assert found == {kind: () for kind in BUILT_IN}


def test_built_in_wording_fills_every_field() -> None:
    decline = BUILT_IN["access.decline"]

    assert decline == Wording(
        kind="access.decline",
        goes_to="who asked to join",
        when="when declined",
        subject="Your request to join {community}",
        text=(
            "Hello {name},\n\nThank you for asking to join {community}. We are sorry: we cannot offer you a "
            "place at the moment.\n\nIf you think that we have misunderstood your request, or if things "
            "change, just answer this mail. We wish you well with your work."
        ),
    )


def test_dated_mails_say_how_long_before() -> None:
    when = {kind: BUILT_IN[kind].when for kind in ("host.ask", "agenda", "reminder")}

    assert when == {"host.ask": "28 days before", "agenda": "7 days before", "reminder": "24 hours before"}


def test_every_placeholder_is_explained_and_used() -> None:
    used = frozenset[str]().union(*PLACEHOLDERS.values())

    assert used == frozenset(EXPLAINED)
    assert used >= BLOCKS


def test_faults_names_an_unknown_placeholder_and_the_known_ones() -> None:
    found = faults("access.decline", "Hello", "Dear {nmae}")

    assert found == ("{nmae} is not known in this mail; it knows {community}, {name}",)


def test_faults_refuses_a_block_within_a_line_and_in_a_subject() -> None:
    found = faults("agenda", "{agenda}", "Here: {agenda}\n- {join}")

    assert found == (
        "{agenda} cannot stand in a subject",
        "{agenda} must stand on a line of its own",
        "{join} must stand on a line of its own",
    )


def test_faults_takes_capitals_and_spaces_in_braces() -> None:
    assert faults("agenda", "Hello { Name }", "  {Agenda}  ") == ()


def test_docs_list_every_mail_and_placeholder() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "mails.md").read_text(encoding="utf-8")

    for name, explained in EXPLAINED.items():
        where = "a line of its own" if name in BLOCKS else "anywhere"
        assert f"| `{{{name}}}` | {where} | {explained} |" in docs
    for kind, known in PLACEHOLDERS.items():
        listed = ", ".join(f"`{{{name}}}`" for name in sorted(known))
        assert f"| {kind} | {BUILT_IN[kind].goes_to} | {BUILT_IN[kind].when} | {listed} |" in docs
