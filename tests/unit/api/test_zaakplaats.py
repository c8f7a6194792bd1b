"""Where a zaak is, whichever way its register says that."""

from __future__ import annotations

from typing import Any

import pytest

from kcs_desktop.api import zaken_vormen as vorm
from kcs_desktop.api.zaakplaats import locatie_of
from kcs_desktop.domain.zaakgegevens import Locatie

PUNT = {"type": "Point", "coordinates": [4.5, 52.0]}
ADRES = vorm.Zaakobject(
    "adres", "bij het hek", {"gorOpenbareRuimteNaam": "Wulpweg", "huisnummer": 14, "wplWoonplaatsNaam": "Proefdam"}
)
HUIS = Locatie("Wulpweg", 14, woonplaats="Proefdam", toelichting="bij het hek")


def zaak(geometrie: Any = None, **delen: Any) -> vorm.Zaak:
    return vorm.Zaak("z-1", zaakgeometrie=geometrie, expand=vorm.ZaakExpand(**delen))


def test_an_address_among_its_objects_goes_before_what_a_property_says() -> None:
    gezegd = [vorm.Eigenschap("Locatie", "Schelpenlaan 12, Proefdam")]
    assert locatie_of(zaak(zaakobjecten=[vorm.Zaakobject("pand"), ADRES], eigenschappen=gezegd)) == HUIS
    assert locatie_of(zaak(eigenschappen=gezegd)) == Locatie("Schelpenlaan", 12, woonplaats="Proefdam")


def test_a_point_stands_beside_an_address_or_alone() -> None:
    met = locatie_of(zaak(PUNT, zaakobjecten=[ADRES]))
    assert met is not None
    assert (met.tekst, met.lon, met.lat) == (HUIS.tekst, 4.5, 52.0)
    assert locatie_of(zaak(PUNT)) == Locatie(lon=4.5, lat=52.0)


@pytest.mark.parametrize(
    "geometrie",
    [None, {"type": "Polygon", "coordinates": [[[4, 52]]]}, {"type": "Point"}, {"type": "Point", "coordinates": ["4"]}],
)
def test_what_says_no_place_gives_none(geometrie: Any) -> None:
    assert locatie_of(zaak(geometrie, zaakobjecten=[vorm.Zaakobject("adres")], eigenschappen=None)) is None
