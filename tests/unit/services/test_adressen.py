"""Addresses while somebody types: asked once per pause, told when the BAG is out of reach, whole when chosen."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.adresvoorstel import Adresvoorstel, locatie_from
from kcs_desktop.domain.errors import Forbidden, KcsError, TimedOut, Unreachable
from kcs_desktop.domain.rijksdriehoek import to_degrees
from kcs_desktop.domain.zaakgegevens import Locatie
from kcs_desktop.services import adressen as module
from kcs_desktop.services.adressen import AdressenService


class Bag:
    """Answers with these, or raises."""

    def __init__(self, *regels: str, fout: KcsError | None = None) -> None:
        self.voorstellen = [Adresvoorstel(regel, regel, locatie_from(regel)) for regel in regels]
        self.fout = fout
        self.gevraagd: list[str] = []

    async def search(self, tekst: str) -> list[Adresvoorstel]:
        self.gevraagd.append(tekst)
        if self.fout is not None:
            raise self.fout
        return self.voorstellen

    async def address(self, zoekresultaat: str) -> Locatie | None:
        if self.fout is not None:
            raise self.fout
        return Locatie("Schelpenlaan", 14, postcode="9999ZZ", woonplaats="Proefdam", bag="1", lon=4.1, lat=52.5)


HUIS = "Schelpenlaan 14, 9999 ZZ Proefdam"


async def test_only_the_last_of_what_was_typed_is_asked() -> None:
    bag = Bag(HUIS)
    service = AdressenService(bag, lambda: True)
    vorige: asyncio.Task[object] | None = None
    for tekst in ("s", "sc", "sch", "sche", "schelp"):
        if vorige is not None:
            vorige.cancel()
        vorige = asyncio.create_task(service.find(tekst))
        await asyncio.sleep(0)
    assert vorige is not None
    await vorige
    assert bag.gevraagd == ["schelp"]
    await service.find("Schelp ")  # known by now
    assert bag.gevraagd == ["schelp"]


async def test_a_street_can_be_chosen_while_no_number_was_typed() -> None:
    service = AdressenService(Bag(HUIS, "Schelpenlaan 16, 9999 ZZ Proefdam"), lambda: True)
    straat, *huizen = (await service.find("schelp")).voorstellen
    assert straat.locatie == Locatie("Schelpenlaan", woonplaats="Proefdam")
    assert await service.resolve(straat) == straat.locatie
    assert len(huizen) == 2
    assert all(al.id for al in (await service.find("schelpenlaan 1")).voorstellen)


@pytest.mark.parametrize(
    ("fout", "melding"), [(Unreachable(), module.OFFLINE), (TimedOut(), module.OFFLINE), (Forbidden(), "rol")]
)
async def test_a_bag_that_does_not_answer_is_told_and_asked_again(fout: KcsError, melding: str) -> None:
    bag = Bag(HUIS, fout=fout)
    service = AdressenService(bag, lambda: True)
    assert melding in (await service.find("schelp")).melding
    voorstel = bag.voorstellen[0]
    assert (await service.resolve(voorstel)).huisnummer == 14  # what was known of it
    bag.fout = None
    assert (await service.find("schelp")).melding == ""
    assert (await service.resolve(voorstel)).bag == "1"


async def test_without_a_connection_nothing_is_asked() -> None:
    bag = Bag(HUIS)
    antwoord = await AdressenService(bag, lambda: False).find("schelp")
    assert (antwoord.melding, bag.gevraagd) == (module.OFFLINE, [])


@pytest.mark.parametrize(
    ("regel", "locatie"),
    [
        (HUIS, Locatie("Schelpenlaan", 14, postcode="9999ZZ", woonplaats="Proefdam")),
        ("Wulpweg 20b-bis, Proefdam", Locatie("Wulpweg", 20, "B", "bis", woonplaats="Proefdam")),
        ("bij de vijver", Locatie(toelichting="bij de vijver")),
    ],
)
def test_a_line_is_read_into_its_parts(regel: str, locatie: Locatie) -> None:
    assert locatie_from(regel) == locatie


@given(st.text(max_size=80))
def test_whatever_was_typed_is_kept(tekst: str) -> None:
    locatie = locatie_from(tekst)
    assert locatie.tekst or not tekst.strip() or not tekst.isprintable()


def test_the_point_of_amersfoort_and_of_a_corner_of_the_country() -> None:
    assert to_degrees(155_000, 463_000) == (5.3872062, 52.1551744)
    martini = to_degrees(233_883.131, 582_065.167)  # a published point of the grid
    assert martini is not None
    assert martini == pytest.approx((6.568, 53.219), abs=0.001)
    assert to_degrees(5.3, 52.1) is None
