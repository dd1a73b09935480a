"""simplegmail, end to end: sending, reading, answering, files, labels, drafts and the trash."""

import tempfile
from pathlib import Path

from simplegmail import Gmail  # type: ignore[import-not-found]  # in the clients' own environment
from simplegmail.query import construct_query  # type: ignore[import-not-found]  # likewise

from conformance import here

ME = "organizer@example.org"


def main() -> None:
    """Raise AssertionError, or whatever the library raises, where it is not answered as by Google."""
    here.lead_here()
    gmail = Gmail(credentials=here.SignedIn())
    with tempfile.TemporaryDirectory() as folder:
        _mails(gmail, Path(folder))
    _labels(gmail)
    _drafts(gmail)


def _mails(gmail: Gmail, folder: Path) -> None:
    (folder / "plan.txt").write_text("A plan to roast")
    gmail.send_message(
        ME,
        ME,
        subject="Plan",
        msg_plain="Bring it",
        msg_html="<p>Bring it</p>",
        attachments=[str(folder / "plan.txt")],
    )
    [mail] = gmail.get_unread_inbox(attachments="download")
    assert (mail.subject, mail.recipient, mail.plain.strip()) == ("Plan", ME, "Bring it")
    assert [(file.filename, file.data) for file in mail.attachments] == [("plan.txt", b"A plan to roast")]
    answer = gmail.send_message(ME, ME, msg_plain="I do", reply_to=mail)
    assert answer.thread_id == mail.thread_id
    query = construct_query(subject="plan", newer_than=(1, "day"), attachment=True)
    assert [one.id for one in gmail.get_messages(query=query)] == [mail.id]
    mail.mark_as_read()
    mail.star()
    mail.mark_as_important()
    assert [one.id for one in gmail.get_starred_messages()] == [mail.id]
    assert [one.id for one in gmail.get_important_messages()] == [mail.id]
    mail.trash()
    assert [one.id for one in gmail.get_trash_messages()] == [mail.id]
    mail.untrash()
    mail.move_to_inbox()
    assert {one.id for one in gmail.get_messages()} == {mail.id, answer.id}
    for number in range(15):
        gmail.send_message(ME, "ann@example.org", subject=f"Number {number}", msg_plain="Hello")
    assert len(gmail.get_sent_messages()) == 17


def _labels(gmail: Gmail) -> None:
    label = gmail.create_label("To do")
    assert label in gmail.list_labels()
    mail = gmail.get_starred_messages()[0]
    mail.add_label(label)
    assert [one.id for one in gmail.get_messages(labels=[label])] == [mail.id]
    assert [one.id for one in gmail.get_messages(query="label:to-do")] == [mail.id]
    mail.remove_label(label)
    gmail.delete_label(label)
    assert "To do" not in [one.name for one in gmail.list_labels()]


def _drafts(gmail: Gmail) -> None:
    draft = gmail.create_draft(ME, "ann@example.org", subject="Later", msg_plain="Not yet")
    assert [one.subject for one in gmail.get_drafts()] == ["Later"], draft


if __name__ == "__main__":
    main()
