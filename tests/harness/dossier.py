"""Adding documents to a zaak as an employee does, for tests with a real seat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.toevoeging import Toevoeging, Toevoegstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakbeeld, Zaakdocument
from kcs_desktop.domain.zaakconcept import Zaakconcept
from kcs_desktop.domain.zaakgegevens import Locatie
from kcs_desktop.domain.zaaktype import Documenttype
from kcs_desktop.services.seat import SeatService
from tests.harness.zitplaats import find, picture, until

WIE = "999990032"


async def open_zaak(seat: SeatService, bsn: str = WIE) -> Zaakbeeld:
    beeld = await picture(seat, await find(seat, bsn))
    return await read_again(seat, beeld.zaken[0].verwijzing.uuid)


async def read_again(seat: SeatService, uuid: str) -> Zaakbeeld:
    return [al async for al in seat.zaken.open(Zaakverwijzing(uuid, ""))][-1]


def row_of(seat: SeatService, al: Toevoeging) -> Toevoeging | None:
    return next((row for row in seat.dossier.of(al.zaak) if row.id == al.id), None)


async def stands(seat: SeatService, al: Toevoeging, *standen: Toevoegstand) -> Toevoeging:
    await until(seat.dossier.changed, lambda: (row := row_of(seat, al)) is not None and row.stand in standen)
    found = row_of(seat, al)
    assert found is not None
    return found


async def added(seat: SeatService, zaak: Zaakbeeld, path: Path, *, confirm: bool = True) -> Toevoeging:
    assert zaak.zaak is not None
    soorten = await seat.dossier.types(zaak.zaak.zaaktype_url)
    al = of_a_kind(seat, await seat.dossier.add(zaak.verwijzing, path, soorten=soorten), soorten)
    if confirm:
        seat.dossier.confirm([al.id])
    return al


def of_a_kind(seat: SeatService, al: Toevoeging, soorten: Sequence[Documenttype]) -> Toevoeging:
    """As the employee says it, where its name does not."""
    if al.informatieobjecttype:
        return al
    aanduiding = soorten[0].vertrouwelijkheidaanduiding
    return seat.dossier.change(al.id, informatieobjecttype=soorten[0].uuid, vertrouwelijkheidaanduiding=aanduiding)


def paper(folder: Path, naam: str, inhoud: bytes) -> Path:
    path = folder / naam
    path.write_bytes(inhoud)
    return path


async def bytes_of(seat: SeatService, uuid: str, folder: Path) -> bytes:
    await seat.dossier.save(Zaakdocument(uuid, "x"), folder / "opgehaald")
    return (folder / "opgehaald").read_bytes()


async def draft(seat: SeatService) -> Zaakconcept:
    """A melding that can be sent."""
    if not seat.zaakaanmaken.catalogus.keuzes:
        await seat.zaakaanmaken.refresh()
    contact = seat.contacten.start(Kanaal.BALIE, klant=await find(seat, WIE))
    concept = seat.zaakaanmaken.start("melding-openbare-ruimte", contact=contact.id, product="Fietswrak melden")
    seat.zaakaanmaken.change(concept.id, locatie=Locatie("Schelpenlaan", 12, woonplaats="Proefdam"))
    for veld in seat.zaakaanmaken.form(concept.id).velden:
        nu = seat.zaakaanmaken.concept(concept.id)
        if veld.verplicht and nu is not None and not nu.waarden(veld.id):
            seat.zaakaanmaken.fill(concept.id, veld.id, veld.keuzes[0] if veld.keuzes else "1")
    return concept


async def with_draft(seat: SeatService, concept: Zaakconcept, path: Path) -> Toevoeging:
    soorten = seat.zaakaanmaken.form(concept.id).documenttypen
    al = await seat.dossier.add(Zaakverwijzing("", "", opdracht=concept.id), path, soorten=soorten)
    return of_a_kind(seat, al, soorten)
