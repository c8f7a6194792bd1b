"""A refused change: both versions per field, and the new command that follows from what the employee chooses.

Pure. Nothing is written over a colleague's version unless the employee chose so here, seeing both.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kcs_desktop.sdk import (
    AdresWijziging,
    DigitaalAdres,
    Klantbeeld,
    KlantWijzigen,
    SoortDigitaalAdres,
    VeldWijziging,
    one_line,
)
from plugins.klant import invoer, tekst
from plugins.klant.kop import KANALEN, TALEN

_SOORTEN = {
    SoortDigitaalAdres.TELEFOONNUMMER: "Telefoon",
    SoortDigitaalAdres.EMAIL: "E-mail",
    SoortDigitaalAdres.OVERIG: "Overig adres",
}
_VELDEN = {
    "voorkeurskanaal": "Voorkeurskanaal",
    "voorkeurstaal": "Voorkeurstaal",
    "interneNotitie": "Interne notitie",
    "naam": "Naam",
    "bezoekadres": "Bezoekadres",
}


class Conflictveld(msgspec.Struct):
    """One field of the refused command. `is_conflict` False: it was only refused along with the others."""

    sleutel: str
    label: str
    gezien: str
    hun: str
    mijn: str
    is_conflict: bool
    opnieuw: AdresWijziging | VeldWijziging
    mijn_versie: bool = False


class Conflict(msgspec.Struct):
    """A refused command and what may become of it."""

    opdracht: str
    wijziging: KlantWijzigen
    velden: list[Conflictveld]

    @property
    def getoond(self) -> list[Conflictveld]:
        return [veld for veld in self.velden if veld.is_conflict]

    def opnieuw(self) -> KlantWijzigen | None:
        """The command that applies what was chosen over what stands now; None when nothing is left to do."""
        gekozen = [veld.opnieuw for veld in self.velden if veld.mijn_versie or not veld.is_conflict]
        if not gekozen:
            return None
        return KlantWijzigen(
            klant=self.wijziging.klant,
            adressen=tuple(item for item in gekozen if isinstance(item, AdresWijziging)),
            velden=tuple(item for item in gekozen if isinstance(item, VeldWijziging)),
        )


def compare(opdracht: str, wijziging: KlantWijzigen, beeld: Klantbeeld, huidig: dict[str, Any]) -> Conflict:
    """Lay the refused command beside what stands now.

    `huidig` is what the refusal tells, by field (a field of the partij, or the uuid of an address, None when it is
    gone); the picture says the rest. What stands as wanted already is left out.
    """
    velden: list[Conflictveld] = []
    for nummer, adres in enumerate(wijziging.adressen):
        nu = _current_address(adres, nummer, beeld, huidig)
        velden += _address_field(adres, nummer, nu)
    for veld in wijziging.velden:
        stand = str(huidig.get(veld.veld, _field_of(beeld, veld.veld, veld.gezien)) or "")
        if stand == veld.wordt:
            continue
        velden.append(
            Conflictveld(
                sleutel=veld.veld,
                label=_VELDEN.get(veld.veld, veld.veld),
                gezien=_shown_field(veld.veld, veld.gezien),
                hun=_shown_field(veld.veld, stand),
                mijn=_shown_field(veld.veld, veld.wordt),
                is_conflict=stand != veld.gezien,
                opnieuw=VeldWijziging(veld.veld, stand, veld.wordt),
            )
        )
    return Conflict(opdracht, wijziging, velden)


def _address_field(adres: AdresWijziging, nummer: int, nu: DigitaalAdres | None) -> list[Conflictveld]:
    gezien, wordt = adres.gezien, adres.wordt
    if wordt is None and nu is None:
        return []
    if wordt is not None and nu is not None and invoer.same_address(wordt, nu):
        return []
    soort = (wordt or gezien or nu or DigitaalAdres(SoortDigitaalAdres.OVERIG, "")).soort
    botst = gezien is not None and (nu is None or not invoer.same_address(gezien, nu))
    opnieuw_wordt = msgspec.structs.replace(wordt, uuid=nu.uuid if nu else "") if wordt is not None else None
    return [
        Conflictveld(
            sleutel=gezien.uuid if gezien is not None and gezien.uuid else f"adressen.{nummer}",
            label=_SOORTEN[soort],
            gezien=_shown(gezien),
            hun=_shown(nu),
            mijn=_shown(wordt),
            is_conflict=botst,
            opnieuw=AdresWijziging(gezien=nu, wordt=opnieuw_wordt),
        )
    ]


def _current_address(
    adres: AdresWijziging, nummer: int, beeld: Klantbeeld, huidig: dict[str, Any]
) -> DigitaalAdres | None:
    uuid = adres.gezien.uuid if adres.gezien is not None else ""
    for key in (uuid, f"digitaleAdressen.{uuid}", f"digitaalAdres.{uuid}", f"adressen.{nummer}"):
        if key and key in huidig:
            return _parsed(huidig[key], uuid)
    if not uuid:
        return None
    return next((a for a in beeld.digitale_adressen if a.uuid == uuid), None)


def _parsed(value: Any, uuid: str) -> DigitaalAdres | None:
    if not isinstance(value, dict) or not value.get("adres"):
        return None
    try:
        adres = msgspec.convert(value, DigitaalAdres, strict=False)
    except msgspec.ValidationError:
        adres = DigitaalAdres(
            soort=SoortDigitaalAdres(value.get("soortDigitaalAdres", "overig")),
            adres=str(value["adres"]),
            omschrijving=str(value.get("omschrijving", "")),
            standaard=bool(value.get("isStandaardAdres", False)),
        )
    return msgspec.structs.replace(adres, uuid=adres.uuid or uuid)


def _shown(adres: DigitaalAdres | None) -> str:
    if adres is None:
        return "verwijderd"
    getoond = tekst.phone(adres.adres) if adres.soort is SoortDigitaalAdres.TELEFOONNUMMER else one_line(adres.adres)
    bij = [one_line(adres.omschrijving)] if adres.omschrijving else []
    bij += ["voorkeur"] if adres.standaard else []
    return f"{getoond} ({', '.join(bij)})" if bij else getoond


def _shown_field(veld: str, waarde: str) -> str:
    namen = KANALEN if veld == "voorkeurskanaal" else TALEN if veld == "voorkeurstaal" else {}
    return namen.get(waarde, one_line(waarde, 200)) or "geen"


def _field_of(beeld: Klantbeeld, veld: str, gezien: str) -> str:
    known = {
        "voorkeurskanaal": beeld.voorkeurskanaal,
        "voorkeurstaal": beeld.voorkeurstaal,
        "interneNotitie": beeld.interne_notitie,
        "naam": beeld.naam,
    }
    return known.get(veld, gezien)
