"""The knip as it is shown, what is referred and what is said there, and a zaak that may be there already."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.catalogus import Knipstap, Product
from kcs_desktop.domain.doorverwijzing import is_warm, referral_of, spoken
from kcs_desktop.domain.dubbelezaak import suspected
from kcs_desktop.domain.knip import knipbeeld
from kcs_desktop.domain.zaak import Zaakregel, Zaakverwijzing
from kcs_desktop.domain.zaaktype import Doorverwijzing, Zaaktypekenmerk

VANDAAG = date(2026, 11, 24)


def steps(*wie: tuple[str, str]) -> tuple[Knipstap, ...]:
    """(lijn, uitvoerder) of each step in order."""
    return tuple(Knipstap(nr, f"stap {nr}", lijn, door) for nr, (lijn, door) in enumerate(wie, 1))


EERSTE, TWEEDE, OPEN = ("1", "1e lijn"), ("2", "2e lijn"), ("", "")
LOKET = ("", "vakspecialist (omgevingsloket)")


@pytest.mark.parametrize(
    ("stappen", "samenvatting"),
    [
        (steps(EERSTE, *[TWEEDE] * 5), "1e lijn: stap 1, daarna Bouwen en Wonen"),
        (steps(EERSTE, EERSTE, *[TWEEDE] * 4), "1e lijn: stap 1 en 2, daarna Bouwen en Wonen"),
        (steps(*[EERSTE] * 6), "1e lijn: alle stappen"),
        (steps(*[EERSTE] * 4, OPEN, OPEN), "1e lijn: stap 1 tot en met 4, daarna nog niet belegd"),
        (
            steps(EERSTE, EERSTE, EERSTE, TWEEDE, TWEEDE, EERSTE),
            "1e lijn: stap 1 tot en met 3, daarna Bouwen en Wonen, dan 1e lijn",
        ),
        (steps(*[TWEEDE] * 6), "Bouwen en Wonen: stap 1 tot en met 6"),
        (steps(EERSTE, *[("", "buitendienst")] * 5), "1e lijn: stap 1, daarna buitendienst"),
        ((), ""),
    ],
)
def test_the_knip_is_said_on_one_line(stappen: tuple[Knipstap, ...], samenvatting: str) -> None:
    assert knipbeeld(stappen, "Bouwen en Wonen").samenvatting == samenvatting


@given(st.lists(st.sampled_from([EERSTE, TWEEDE, OPEN, LOKET]), max_size=6).map(lambda wie: steps(*wie)))
def test_every_step_stands_in_exactly_one_part_and_neighbours_differ(stappen: tuple[Knipstap, ...]) -> None:
    beeld = knipbeeld(stappen[::-1], "Groen")
    assert tuple(stap for deel in beeld.delen for stap in deel.stappen) == stappen
    assert all(een.wie != ander.wie for een, ander in zip(beeld.delen, beeld.delen[1:], strict=False))
    assert {stap.nummer for stap in beeld.eigen} == {stap.nummer for stap in stappen if stap.lijn == "1"}
    assert {stap.nummer for stap in beeld.open} == {stap.nummer for stap in stappen if not stap.uitvoerder}


def test_a_product_that_is_referred_goes_warm_with_name_and_number_only() -> None:
    product = Product("Bijstandsuitkering", "Sociale Zaken", "Sociale Zaken", "doorverwijzen", "IASZ")
    naar = referral_of(product)
    assert naar is not None
    assert naar.loket == "IASZ"
    assert is_warm(naar)
    assert spoken(naar, "J. van Duinrode", "020 123 45 67") == "J. van Duinrode, 020 123 45 67"


def test_nothing_is_said_that_may_not_be_passed_on() -> None:
    assert spoken(Doorverwijzing("Loket", ("naam", "bsn", "adres")), "X", "020") == "X"
    assert spoken(Doorverwijzing("Loket"), "X", "020") == ""


@pytest.mark.parametrize(
    ("uitvoerder", "loket"), [("vakspecialist (omgevingsloket)", "Omgevingsloket"), ("Kadaster", "Kadaster")]
)
def test_what_others_do_after_the_intake_is_asked_there(uitvoerder: str, loket: str) -> None:
    product = Product("X", "Bouwen en Wonen", "Bouwen en Wonen", knip=steps(EERSTE, *[("", uitvoerder)] * 5))
    naar = referral_of(product)
    assert naar is not None
    assert loket in naar.loket
    assert not is_warm(naar)


@pytest.mark.parametrize(
    "knip",
    [
        steps(EERSTE, *[TWEEDE] * 5),
        steps(EERSTE, EERSTE, *[("", "vakspecialist (gemeenschappelijke regeling belastingen)")] * 4),
        steps(EERSTE, TWEEDE, *[LOKET] * 4),
        (),
    ],
)
def test_what_is_begun_here_is_not_referred(knip: tuple[Knipstap, ...]) -> None:
    assert referral_of(Product("X", "Y", "Y", "formulier", knip=knip)) is None


def test_the_catalogue_of_zaaktypen_goes_before_the_knip() -> None:
    eigen = Doorverwijzing("Eigen loket", ("naam",))
    product = Product("X", "Y", "Y", "doorverwijzen", "IASZ")
    assert referral_of(product, [Zaaktypekenmerk("a"), Zaaktypekenmerk("b", doorverwijzen=eigen)]) is eigen
    assert referral_of(None) is None


def zaak(nummer: int, dagen: int | None, zaaktype: str = "Melding", einddatum: date | None = None) -> Zaakregel:
    start = None if dagen is None else VANDAAG - timedelta(days=dagen)
    return Zaakregel(Zaakverwijzing(f"z-{nummer}", f"Z{nummer}", zaaktype), startdatum=start, einddatum=einddatum)


def test_an_open_zaak_of_the_same_kind_of_lately_may_be_the_same() -> None:
    zaken = (
        zaak(1, 1),
        zaak(2, 0),
        zaak(3, 61),
        zaak(4, 1, "Klacht"),
        zaak(5, 1, einddatum=VANDAAG),
        zaak(6, None),
        zaak(7, 60, "melding"),
    )
    assert [al.verwijzing.uuid for al in suspected(zaken, "Melding", VANDAAG)] == ["z-2", "z-1", "z-7"]
