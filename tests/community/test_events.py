"""Events as values: ids that Calendar takes, and fingerprints that are blind to Calendar's own changes."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.events import event_id, marks_from, marks_text, text_marks

months = st.builds("{:04d}-{:02d}".format, st.integers(2000, 2099), st.integers(1, 12))
plain = st.text(st.characters(exclude_characters="<>&", exclude_categories=("C", "Z")), max_size=40)


@given(st.text(min_size=1), months, st.integers(0, 1000))
def test_event_id_is_one_that_calendar_takes(community: str, month: str, generation: int) -> None:
    # Lowercase a to v and digits, 5 to 1024 characters: Calendar's events reference.
    assert re.fullmatch(r"[a-v0-9]{5,1024}", event_id(community, month, generation))


@given(st.sets(st.tuples(st.text(max_size=10), months, st.integers(0, 99)), min_size=2, max_size=30))
def test_every_meeting_of_every_community_has_an_id_of_its_own(
    meetings: set[tuple[str, str, int]],
) -> None:
    assert len({event_id(*meeting) for meeting in meetings}) == len(meetings)


def test_event_id_stays_the_same_for_ever() -> None:
    assert event_id("1aBcD", "2026-12", 0) == "r2uotnneo4vtkknba58h7abu6tk76tk7"


@given(plain, st.sampled_from(["b", "i", "p", "br", "a href='x'"]))
def test_marks_are_blind_to_tags_entities_and_white_space(text: str, tag: str) -> None:
    dressed = f"<{tag}> {html.escape(text)}\r\n</{tag.split(maxsplit=1)[0]}>"

    assert text_marks(dressed, "", "") == text_marks(text, "", "")


@given(st.tuples(plain, plain, plain), st.integers(0, 2))
def test_marks_tell_which_part_was_changed(texts: tuple[str, str, str], part: int) -> None:
    changed = [text + ("!" if place == part else "") for place, text in enumerate(texts)]

    before, after = text_marks(*texts), text_marks(*changed)

    assert [before[place] == after[place] for place in range(3)] == [place != part for place in range(3)]


@given(st.tuples(plain, plain, plain))
def test_marks_come_back_from_what_is_kept(texts: tuple[str, str, str]) -> None:
    assert marks_from(marks_text(text_marks(*texts))) == text_marks(*texts)


@pytest.mark.parametrize("kept", [None, "", "abc", "a.b", "a.b.c.d"])
def test_what_is_no_marks_is_none(kept: str | None) -> None:
    assert marks_from(kept) is None
