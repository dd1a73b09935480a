"""People are told apart without being named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.people import normalise, person_key, shown_name

COMMUNITY = "1aBcD"


@pytest.mark.parametrize(
    "typed", ["ann@example.org", "Ann@Example.ORG", "  ann@example.org\t", "ａｎｎ@example.org"]
)
def test_same_person_has_one_key_however_typed(typed: str) -> None:
    assert normalise(typed) == "ann@example.org"
    assert person_key(COMMUNITY, typed) == person_key(COMMUNITY, "ann@example.org")


def test_same_address_has_another_key_in_another_community() -> None:
    assert person_key("one", "ann@example.org") != person_key("two", "ann@example.org")


@given(st.emails())
def test_key_is_sixteen_hex_digits_that_tell_nothing_of_the_address(address: str) -> None:
    key = person_key(COMMUNITY, address)

    assert re.fullmatch("[0-9a-f]{16}", key)
    assert "@" not in key


@given(st.lists(st.emails().map(normalise), unique=True, min_size=2, max_size=50))
def test_different_people_have_different_keys(addresses: list[str]) -> None:
    assert len({person_key(COMMUNITY, address) for address in addresses}) == len(addresses)


@given(st.text())
def test_normalising_twice_is_normalising_once(typed: str) -> None:
    assert normalise(normalise(typed)) == normalise(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ann", "Ann"),
        (" Ann of Kiel ", "Ann of Kiel"),
        ("ann@example.org", "ann"),
        ("<ann@example.org>", "ann"),
        ("Ann <ann@example.org>", "Ann"),
        ("Ann (ann@example.org)", "Ann"),
        ("Ann @coop", "Ann"),
        ("@ann", "ann"),
        ("", ""),
    ],
)
def test_name_shown_holds_no_address(typed: str, shown: str) -> None:
    assert shown_name(typed) == shown
