"""Which zaken a role may see: the order of the aanduidingen, zaaktypen, several roles, and the setting."""

from __future__ import annotations

import pytest

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN, STANDAARD, mag_zaak, parse_zaakrechten


@pytest.mark.parametrize(("rol", "reikt_tot"), [("snelbalie", "zaakvertrouwelijk"), ("toepassing", "zeer_geheim")])
def test_a_role_reaches_up_to_its_aanduiding_and_no_further(rol: str, reikt_tot: str) -> None:
    rechten = STANDAARD.van([rol])
    allowed = [aanduiding for aanduiding in AANDUIDINGEN if mag_zaak(rechten, "klacht", aanduiding)]
    assert allowed == list(AANDUIDINGEN[: AANDUIDINGEN.index(reikt_tot) + 1])


def test_without_a_role_or_with_an_unknown_aanduiding_nothing_is_allowed() -> None:
    assert not mag_zaak(STANDAARD.van([]), "klacht", "openbaar")
    assert not mag_zaak(STANDAARD.van(["toepassing"]), "klacht", "")
    assert not mag_zaak(STANDAARD.van(["toepassing"]), "klacht", "streng_geheim")


def test_zaaktypen_narrow_a_role_and_several_roles_count_together() -> None:
    tabel = parse_zaakrechten("receptie=openbaar:verhuizing, uittreksel-brp; tweedelijn=vertrouwelijk; *=intern")
    receptie = tabel.van(["receptie"])
    assert mag_zaak(receptie, "verhuizing", "openbaar")
    assert not mag_zaak(receptie, "bezwaar", "openbaar")
    assert not mag_zaak(receptie, "verhuizing", "beperkt_openbaar")
    both = tabel.van(["receptie", "tweedelijn"])
    assert mag_zaak(both, "bezwaar", "vertrouwelijk")
    assert mag_zaak(tabel.van(["tic"]), "bezwaar", "intern")
    assert not mag_zaak(tabel.van(["tic"]), "bezwaar", "zaakvertrouwelijk")


def test_a_role_named_twice_has_both_rights() -> None:
    rechten = parse_zaakrechten("receptie=openbaar; receptie=vertrouwelijk:bezwaar").van(["receptie"])
    assert mag_zaak(rechten, "bezwaar", "vertrouwelijk")
    assert mag_zaak(rechten, "klacht", "openbaar")
    assert not mag_zaak(rechten, "klacht", "intern")


@pytest.mark.parametrize("text", ["receptie", "receptie=alles", "=openbaar", "receptie=openbaar verhuizing"])
def test_a_setting_that_cannot_be_read_names_the_part_that_is_wrong(text: str) -> None:
    with pytest.raises(InvalidInput, match=text):
        parse_zaakrechten(f"tic=intern; {text}")
