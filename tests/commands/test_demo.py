"""The whole demo once, as a person starts it; what it prints and leaves."""

from __future__ import annotations

import csv
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from commands import demo_story, sample
from commands.app import run
from commands.surroundings import Surroundings
from community.mails import MailKind
from sheets_schema.sheet import TABS

MAIN = Path(__file__).parents[2] / "main.py"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a demo came to: exit code, stdout, stderr, and the folder with what it left."""

    code: int
    out: str
    err: str
    left: Path

    def tab(self, title: str) -> list[dict[str, str]]:
        """A tab of the final sheet, by header."""
        return list(csv.DictReader(io.StringIO((self.left / "sheet" / f"{title}.csv").read_text())))

    def mail(self, kind: str, suffix: str) -> str:
        """One of the mails that were left."""
        return (self.left / "mails" / f"{kind}.{suffix}").read_text()


def machine(folder: Path) -> Surroundings:
    """A machine with this program on it, and nothing else."""
    return Surroundings(
        clock=lambda: datetime(2026, 3, 1, tzinfo=UTC),
        folder=folder,
        configurations=folder / "configurations",
        data=folder / "data",
        program=(sys.executable, str(MAIN)),
        version="1.2.3",
        open_url=lambda _: None,
    )


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """The demo, run once for all tests of this file."""
    folder = tmp_path_factory.mktemp("demo")
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["demo", "--to", str(folder / "left")], machine(folder))
    return Ended(code, out.getvalue(), err.getvalue(), folder / "left")


def test_demo_ends_well_and_says_nothing_on_stderr(ended: Ended) -> None:
    assert (ended.code, ended.err) == (0, "")


def test_demo_tells_what_people_and_the_service_did_by_day(ended: Ended) -> None:
    told = " ".join(ended.out.split())

    assert "Friday 13 November 2026 09:00 organizer types “live” beside Mode in Settings" in told
    assert "09:00 service stops and asks: This is the first time" in told
    assert "09:20 service makes December's event with its Meet link and invites 36 people" in told
    assert "10:05 service adds a row for" in told
    assert "sorts Members by name and Roasts by month 09:00 service has nothing to do" in told
    assert "Thursday 19 November 2026 12:00 service asks Alex Kim by mail to host in December" in told
    assert "takes Mateo Quill off December's guest list" in told
    assert "Thursday 10 December 2026 12:00 service mails the agenda to 36 people" in told
    assert "mails a correction to 36 people, who were told otherwise" in told
    assert "Wednesday 16 December 2026 12:00 service mails the reminder to 30 people" in told
    assert "15:05 service adds a row for Grace Adeyemi-Holt to Members" in told


def test_demo_ends_with_totals_and_a_tick_of_two_requests(ended: Ended) -> None:
    assert "Problems by cell" in ended.out
    assert "Calendar's own notices" in ended.out
    assert (
        "The last tick made 2 requests: sheets.spreadsheets.values.batchGet, calendar.events.list."
        in ended.out
    )
    assert "Nobody got a mail twice, no draft is left" in ended.out
    assert (ended.left / "index.html").as_uri() in ended.out


@pytest.mark.parametrize("kind", list(MailKind))
def test_demo_leaves_a_mail_of_every_kind(ended: Ended, kind: MailKind) -> None:
    raw = (ended.left / "mails" / f"{kind}.eml").read_bytes()

    message = message_from_bytes(raw, policy=policy.default)

    assert str(message["To"]).partition("@")[2].strip(">") == "example.org"
    assert ended.mail(kind, "txt").startswith("Hello ")
    assert "<html" in ended.mail(kind, "html")


def test_demo_welcomes_with_a_single_use_invite(ended: Ended) -> None:
    assert "https://discord.gg/" in ended.mail("access.welcome", "txt")


def test_demo_leaves_every_tab_with_what_was_approved_in_it(ended: Ended) -> None:
    names = [row["Name"] for row in ended.tab("Members")]

    assert sorted(path.stem for path in (ended.left / "sheet").iterdir()) == sorted(tab.title for tab in TABS)
    assert {"Imani Okoye", "Teo Bianchi", "Hana Sorel", "Lucía Ferrand", "Grace Adeyemi-Holt"} <= set(names)
    assert names.count("Marisol Vance") == 1
    assert not {"Deals Desk", "WIN NOW", "Noor Haddad", "Pavel Dusan"} & set(names)


def test_demo_refuses_a_folder_with_something_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    code = run(["demo", "--data", str(tmp_path)], machine(tmp_path))

    assert (code, capsys.readouterr().err) == (
        2,
        f"The demo begins with an empty folder, and there is something in {tmp_path}.\n",
    )


def test_demo_says_when_the_workspace_does_not_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = replace(machine(tmp_path), program=(sys.executable, "-c", "pass"))

    code = run(["demo"], broken)

    assert (code, capsys.readouterr().err) == (
        1,
        "The local workspace did not start; `main.py workspace` shows why.\n",
    )


def test_sample_people_are_about_forty_in_six_zones_at_example_org() -> None:
    members = sample.pasted()["Members"]

    hosts = {row["Email"].strip(">").rpartition("@")[2].casefold() for row in members}
    zones = {row["Time zone"] for row in members if "/" in row["Time zone"]} | {demo_story.ZONE.key}

    assert len(members) == 42
    assert hosts == {"example.org", "gmial.com"}
    assert len(zones) == 6


def test_sample_roasts_are_the_year_before_the_first_day() -> None:
    months = [row["Month"] for row in sample.pasted()["Roasts"]]

    assert months == ["2025-11", "2025-12", *(f"2026-{number:02d}" for number in range(1, 11))]


def test_steps_stand_in_the_order_of_time() -> None:
    times = [step.at for step in demo_story.steps()]

    assert times == sorted(times)
    assert demo_story.START < times[0] < times[-1] < demo_story.END
