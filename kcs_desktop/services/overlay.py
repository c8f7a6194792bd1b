"""A waiting command is the optimistic change: this lays the outbox over what the registers confirmed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from kcs_desktop.domain.klant import Contactregel, DigitaalAdres, Klantbeeld, Terugbelnotitie
from kcs_desktop.domain.klantcontact import Resultaat
from kcs_desktop.domain.klantidentiteit import is_same
from kcs_desktop.domain.opdracht import (
    AdresWijziging,
    KlantcontactRegistreren,
    KlantWijzigen,
    VeldWijziging,
    ZaakAanmaken,
)
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.zaak import Zaakregel, Zaakverwijzing
from kcs_desktop.services.klantbeeld import newest_first, open_first, open_zaken_first

_replace = msgspec.structs.replace
_VELD = {"voorkeurskanaal": "voorkeurskanaal", "voorkeurstaal": "voorkeurstaal", "interneNotitie": "interne_notitie"}


def overlaid(beeld: Klantbeeld, rijen: Iterable[Wachtrij], still_unread: Callable[[str], bool]) -> Klantbeeld:
    """`still_unread(opdracht)`: it succeeded, but the register was not read since."""
    for rij in rijen:
        if rij.stand in {Wachtstand.GEWEIGERD, Wachtstand.APART}:
            continue
        if rij.stand is Wachtstand.GESLAAGD and not still_unread(rij.opdracht.id):
            continue
        gegevens = rij.opdracht.gegevens
        if isinstance(gegevens, KlantcontactRegistreren):
            if gegevens.klant is not None and is_same(gegevens.klant.sleutel, beeld.sleutel):
                beeld = _with_contact(beeld, rij, gegevens)
        elif isinstance(gegevens, ZaakAanmaken):
            wie = gegevens.namens or gegevens.klant
            if wie is not None and is_same(wie.sleutel, beeld.sleutel):
                beeld = _with_zaak(beeld, rij, gegevens)
        elif isinstance(gegevens, KlantWijzigen) and is_same(gegevens.klant.sleutel, beeld.sleutel):
            beeld = _with_change(beeld, gegevens)
    return beeld


def _with_contact(beeld: Klantbeeld, rij: Wachtrij, gegevens: KlantcontactRegistreren) -> Klantbeeld:
    bekend = {regel.uuid for regel in beeld.contacten}
    echte = rij.uitkomst.resultaat.get("klantcontacten", []) if rij.uitkomst else []
    if any(uuid in bekend for uuid in echte):
        return beeld
    regels, notities = [], []
    for nummer, vraag in enumerate(gegevens.vragen):
        naam = f"{rij.opdracht.id}:{nummer}"
        regels.append(
            Contactregel(
                naam,
                vraag.onderwerp,
                gegevens.kanaal.value,
                plaatsgevonden_op=gegevens.begonnen_op,
                inhoud=vraag.inhoud,
                resultaat=vraag.resultaat.value,
                product=vraag.product,
                afdeling=vraag.afdeling,
                opdracht=rij.opdracht.id,
            )
        )
        verzoek = vraag.terugbelverzoek
        if vraag.resultaat is Resultaat.CONTACTVERZOEK and verzoek is not None:
            notities.append(
                Terugbelnotitie(
                    f"{naam}:tbn",
                    verzoek.gevraagde_handeling,
                    "te_verwerken",
                    klantcontact=naam,
                    toelichting=verzoek.toelichting,
                    toegewezen_aan=tuple(wie for wie in (verzoek.afdeling, verzoek.medewerker) if wie),
                    toegewezen_op=gegevens.beeindigd_op,
                    opdracht=rij.opdracht.id,
                )
            )
    return _replace(
        beeld,
        contacten=newest_first((*regels, *beeld.contacten)),
        contacten_totaal=beeld.contacten_totaal + len(regels),
        terugbelnotities=open_first((*notities, *beeld.terugbelnotities)),
    )


def _with_zaak(beeld: Klantbeeld, rij: Wachtrij, gegevens: ZaakAanmaken) -> Klantbeeld:
    made = rij.uitkomst.resultaat if rij.uitkomst is not None else {}
    uuid = str(made.get("zaak") or "")
    if any(zaak.verwijzing.uuid == uuid for zaak in beeld.zaken):
        return beeld
    nummer = str(made.get("nummer") or gegevens.nummer)
    verwijzing = Zaakverwijzing(uuid or rij.opdracht.id, nummer, gegevens.naam, "" if uuid else rij.opdracht.id)
    regel = Zaakregel(
        verwijzing,
        gegevens.omschrijving or gegevens.naam,
        "Wordt aangemaakt",
        startdatum=gegevens.startdatum,
    )
    return _replace(beeld, zaken=open_zaken_first((regel, *beeld.zaken)), zaken_totaal=beeld.zaken_totaal + 1)


def _with_change(beeld: Klantbeeld, gegevens: KlantWijzigen) -> Klantbeeld:
    adressen, wachtend = list(beeld.digitale_adressen), list(beeld.wachtende_wijzigingen)
    for wijziging in gegevens.adressen:
        _apply(adressen, wijziging)
        adres = wijziging.wordt or wijziging.gezien
        if adres is not None and adres.soort.value not in wachtend:
            wachtend.append(adres.soort.value)
    velden: dict[str, object] = {}
    for veld in gegevens.velden:
        velden |= _field(veld)
        if veld.veld not in wachtend:
            wachtend.append(veld.veld)
    return _replace(beeld, digitale_adressen=tuple(adressen), wachtende_wijzigingen=tuple(wachtend), **velden)


def _field(veld: VeldWijziging) -> dict[str, object]:
    if veld.veld == "naam":
        return {"naam": veld.wordt}
    if veld.veld == "bezoekadres":
        return {"bezoekadres": tuple(regel for regel in veld.wordt.split("\n") if regel)}
    return {_VELD[veld.veld]: veld.wordt} if veld.veld in _VELD else {}


def _apply(adressen: list[DigitaalAdres], wijziging: AdresWijziging) -> None:
    gezien, wordt = wijziging.gezien, wijziging.wordt
    plek = None
    if gezien is not None:
        plek = next((nr for nr, al in enumerate(adressen) if _is_same_address(al, gezien)), None)
    if wordt is None:
        if plek is not None:
            del adressen[plek]
        return
    if wordt.standaard:
        adressen[:] = [_replace(al, standaard=False) if al.soort is wordt.soort else al for al in adressen]
    if plek is None:
        adressen.append(wordt)
    else:
        adressen[plek] = _replace(wordt, uuid=adressen[plek].uuid)


def _is_same_address(een: DigitaalAdres, ander: DigitaalAdres) -> bool:
    if een.uuid and ander.uuid:
        return een.uuid == ander.uuid
    return (een.soort, een.adres) == (ander.soort, ander.adres)
