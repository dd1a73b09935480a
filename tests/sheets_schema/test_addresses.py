from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_schema.addresses import SLIPS, read_address
from sheets_schema.cells import Cell, Unreadable


@pytest.mark.parametrize(
    "typed",
    [
        "ann@example.org",
        " ann@example.org\n",
        "Ann@Example.ORG",
        "ann @ example.org",
        "Ann Lee <ann@example.org>",
        '"Lee, Ann" <ANN@example.org>,',
        "<ann@example.org>",
        "mailto:ann@example.org",
        "MAILTO:ann@example.org?subject=Hello",
        "ann@example.org.",
        "ann@example.org,",
        "ann@example.org;",
        "'ann@example.org'",
        "an\u200bn@example.org",
        "\uff41nn@example.org",
    ],
)
def test_an_address_is_read(typed: str) -> None:
    assert read_address(typed) == "ann@example.org"


def test_an_international_domain_becomes_ascii() -> None:
    assert read_address("ann@münchen.example.org") == "ann@xn--mnchen-3ya.example.org"


def test_two_addresses_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_address("ann@example.org, bo@example.org")

    assert caught.value.what == (
        '"ann@example.org, bo@example.org" holds more than one address: write one per row.'
    )


def test_a_slip_of_the_finger_is_asked_about() -> None:
    with pytest.raises(Unreadable) as caught:
        read_address("Ann <ann@Gmial.com>")

    assert caught.value.what == '"Ann <ann@Gmial.com>" looks mistyped: did you mean ann@gmail.com?'


@pytest.mark.parametrize("slip", sorted(SLIPS))
def test_every_slip_is_held(slip: str) -> None:
    with pytest.raises(Unreadable, match=f"did you mean ann@{SLIPS[slip]}"):
        read_address(f"ann@{slip}")


def test_no_real_domain_is_taken_for_a_slip() -> None:
    assert not set(SLIPS) & {*SLIPS.values(), "mail.com", "gmx.com", "ymail.com", "live.com", "me.com"}


@pytest.mark.parametrize(
    "cell",
    [
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann lee@example.org",
        "ann@example..org",
        "ünn@example.org",
        5,
        True,
    ],
)
def test_what_is_no_address_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="is not a mail address"):
        read_address(cell)


@settings(deadline=None)
@given(typed=st.one_of(st.text(max_size=60), st.text(alphabet="an@.<>, :;'\"?", max_size=20)))
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    with suppress(Unreadable):
        assert read_address(read_address(typed)) == read_address(typed)
