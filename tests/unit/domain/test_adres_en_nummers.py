"""E-mail addresses and the numbers of the Handelsregister."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.emailadres import parse_emailadres
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.handelsregister import company_numbers, parse_kvk_nummer, parse_rsin, parse_vestigingsnummer


def test_the_domain_is_lower_case_and_the_rest_as_given() -> None:
    assert parse_emailadres(" Jan.deVries@Voorbeeld.NL ") == "Jan.deVries@voorbeeld.nl"


@pytest.mark.parametrize(
    "typed",
    ["", "jan", "jan@", "@x.nl", "a@b@c.nl", "jan@x", "jan@x..nl", "jan@-x.nl", "ja n@x.nl", ".jan@x.nl", "jan@x.n",
     "<b>@x.nl", f"{'a' * 65}@x.nl", f"a@{'x' * 10_000}.nl"],
)  # fmt: skip
def test_what_cannot_be_mailed_to_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_emailadres(typed)
    assert caught.value.field == "email"


@given(st.emails())
def test_any_address_is_read_or_refused_with_a_reason(typed: str) -> None:
    with suppress(InvalidInput):
        assert parse_emailadres(typed).count("@") == 1


def test_numbers_in_any_grouping() -> None:
    assert parse_kvk_nummer("6859 9084") == "68599084"
    assert parse_vestigingsnummer("0000.3783.7045".replace(".", " ")) == "000037837045"
    assert parse_rsin("999990019") == "999990019"


def test_what_is_wrong_with_a_number_is_said() -> None:
    with pytest.raises(InvalidInput, match=r"8 cijfers\. Dit zijn er 7\."):
        parse_kvk_nummer("1234567")
    with pytest.raises(InvalidInput, match="bestaat niet"):
        parse_vestigingsnummer("0" * 12)
    with pytest.raises(InvalidInput, match="controle"):
        parse_rsin("999990018")
    with pytest.raises(InvalidInput, match="alleen uit cijfers"):
        parse_kvk_nummer("1234567x")


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (("", "68599084"), ("68599084", "")),  # Open Formulieren: the KvK number in the field of the RSIN
        (("68599084", "68599084"), ("68599084", "")),
        (("68599084", "02564440"), ("68599084", "002564440")),  # an RSIN without its leading zero
        (("68599084", "12345678"), ("68599084", "12345678")),  # neither
        (("68599084", "002564440"), ("68599084", "002564440")),
        (("", "1234567"), ("", "1234567")),
        (("", ""), ("", "")),
    ],
)
def test_a_number_of_a_company_is_known_whichever_field_holds_it(sent: tuple[str, str], meant: tuple[str, str]) -> None:
    assert company_numbers(*sent) == meant
