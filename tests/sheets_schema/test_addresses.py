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


@pytest.mark.parametrize(
    ("typed", "impostors"),
    [
        ("ann@ex\u0430mple.org", "\u0430 is Cyrillic"),
        ("ann@xn--exmple-4nf.org", "\u0430 is Cyrillic"),
        ("ann@mail.\u0455c\u043epe.example.org", "\u0455 is Cyrillic, \u043e is Cyrillic"),
        ("ann@g\u03bf\u03bfgle.com", "\u03bf is Greek"),
        ("ann@g\u0585ogle.com", "\u0585 is Armenian"),
        ("ann@\u0440\u03bf\u0441.example.org", "\u0440 is Cyrillic, \u03bf is Greek, \u0441 is Cyrillic"),
        ("ann@example.\u043erg", "\u043e is Cyrillic"),
    ],
)
def test_a_domain_that_looks_like_another_one_is_refused(typed: str, impostors: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_address(typed)

    assert caught.value.what == (
        f'"{typed}" mixes letters that look alike: {impostors}. Type the address anew, by hand.'
    )


@pytest.mark.parametrize(
    "typed", ["\u0430nn@example.org", "ann\u03bf@example.org", "\u0430\u043d\u043d\u0430@example.org"]
)
def test_look_alike_letters_before_the_at_are_refused(typed: str) -> None:
    with pytest.raises(Unreadable, match="Internationalized characters before the @-sign are not supported"):
        read_address(typed)


@pytest.mark.parametrize(
    ("domain", "in_ascii"),
    [
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("почта.example.org", "xn--80a1acny.example.org"),
        ("παράδειγμα.gr", "xn--hxajbheg2az3al.gr"),
        ("דוגמה.co.il", "xn--6dbbec0c.co.il"),
        ("日本語カフェ-cafe.jp", "xn---cafe-hn4d1a05at923bpxc355l.jp"),
        ("café-2.example.org", "xn--caf-2-dsa.example.org"),
    ],
)
def test_a_domain_in_an_alphabet_of_its_own_is_read(domain: str, in_ascii: str) -> None:
    assert read_address(f"ann@{domain}") == f"ann@{in_ascii}"


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
