"""The form that registers a customer whom no register knows: a person, a company, or a contact person of a company.

Qt-free. What is typed is kept until the command was queued; the command follows from it or the first problem does.
"""

from __future__ import annotations

import msgspec

from kcs_desktop.sdk import (
    Contact,
    DigitaalAdres,
    InvalidInput,
    Klantbeeld,
    KlantRegistreren,
    Klantverwijzing,
    SoortDigitaalAdres,
    SoortKlant,
    written_telefoonnummer,
)
from plugins.klant import invoer

TITELS = {
    SoortKlant.PERSOON: "Onbekende persoon registreren",
    SoortKlant.ORGANISATIE: "Onbekend bedrijf registreren",
    SoortKlant.CONTACTPERSOON: "Contactpersoon registreren",
}
# Fields in the order of the form, with the label and the longest value that the register takes.
VELDEN: dict[str, tuple[str, int]] = {
    "naam": ("Naam van het bedrijf", invoer.MAX_NAAM),
    "voornaam": ("Voornaam", invoer.MAX_NAAM),
    "voorvoegsel": ("Voorvoegsel", invoer.MAX_VOORVOEGSEL),
    "achternaam": ("Achternaam", invoer.MAX_NAAM),
    "adresregel1": ("Straat en huisnummer", invoer.MAX_ADRESREGEL),
    "adresregel2": ("Postcode en plaats", invoer.MAX_ADRESREGEL),
    "telefoon": ("Telefoon", invoer.MAX_ADRES),
    "email": ("E-mail", invoer.MAX_ADRES),
}
_VELDEN_PER_SOORT = {
    SoortKlant.ORGANISATIE: ("naam", "adresregel1", "adresregel2", "telefoon", "email"),
    SoortKlant.PERSOON: ("voornaam", "voorvoegsel", "achternaam", "adresregel1", "adresregel2", "telefoon", "email"),
    SoortKlant.CONTACTPERSOON: ("voornaam", "voorvoegsel", "achternaam", "telefoon", "email"),
}


def known_of(contact: Contact | None) -> dict[str, str]:
    """What a contact with somebody unknown tells of who it is: the number that called, the address that wrote."""
    if contact is None or contact.klant is not None:
        return {}
    mail = next((al.adres for al in contact.digitale_adressen if al.soort is SoortDigitaalAdres.EMAIL), "")
    given = {"telefoon": written_telefoonnummer(contact.beller), "email": mail}
    return {veld: waarde for veld, waarde in given.items() if waarde}


class Registratieformulier(msgspec.Struct, omit_defaults=True):
    """The open form; JSON-able. `vooraf` is what the contact knew already, and no work of the employee's."""

    soort: SoortKlant
    waarden: dict[str, str] = {}
    werkt_voor: Klantverwijzing | None = None
    vooraf: dict[str, str] = {}

    @property
    def velden(self) -> tuple[str, ...]:
        return _VELDEN_PER_SOORT[self.soort]

    @property
    def titel(self) -> str:
        if self.werkt_voor is not None:
            return f"Contactpersoon van {self.werkt_voor.naam} registreren"
        return TITELS[self.soort]

    def value(self, veld: str) -> str:
        return self.waarden.get(veld, "")

    def is_changed(self) -> bool:
        return any(waarde.strip() and waarde != self.vooraf.get(veld) for veld, waarde in self.waarden.items())

    def lines(self) -> tuple[str, ...]:
        """What is filled in, in the order of the form, for who reads it elsewhere."""
        filled = ((VELDEN[veld][0], self.value(veld)) for veld in self.velden)
        return tuple(f"{label}: {waarde}" for label, waarde in filled if waarde.strip())

    def problems(self) -> list[InvalidInput]:
        """Everything that is wrong, in the order of the form."""
        found: list[InvalidInput] = []
        for veld in self.velden:
            try:
                self._checked(veld)
            except InvalidInput as error:
                found.append(error)
        return found

    def _checked(self, veld: str) -> str:
        waarde = self.value(veld)
        label, maximum = VELDEN[veld]
        if veld == "telefoon" and waarde.strip():
            return invoer.phone(waarde, field=veld)
        if veld == "email" and waarde.strip():
            return invoer.email(waarde, field=veld)
        verplicht = veld in ("naam", "achternaam")
        return invoer.text(waarde, maximum, field=veld, label=f"de {label[0].lower()}{label[1:]}", required=verplicht)

    def registratie(self) -> KlantRegistreren:
        """The command; raises the first problem."""
        values = {veld: self._checked(veld) for veld in self.velden}
        adressen = [
            DigitaalAdres(soort, values[veld], standaard=True)
            for veld, soort in (
                ("telefoon", SoortDigitaalAdres.TELEFOONNUMMER),
                ("email", SoortDigitaalAdres.EMAIL),
            )
            if values.get(veld)
        ]
        regels = tuple(regel for regel in (values.get("adresregel1", ""), values.get("adresregel2", "")) if regel)
        return KlantRegistreren(
            soort=self.soort,
            naam=values.get("naam", ""),
            voornaam=values.get("voornaam", ""),
            voorvoegsel=values.get("voorvoegsel", ""),
            achternaam=values.get("achternaam", ""),
            adresregels=regels,
            digitale_adressen=tuple(adressen),
            werkt_voor=self.werkt_voor.sleutel if self.werkt_voor is not None else None,
        )

    def shown_name(self) -> str:
        """The name as the new picture will carry it."""
        if self.soort is SoortKlant.ORGANISATIE:
            return " ".join(self.value("naam").split())
        return " ".join(" ".join(self.value(v) for v in ("voornaam", "voorvoegsel", "achternaam")).split())

    def duplicate(self, known: tuple[Klantbeeld, ...]) -> Klantbeeld | None:
        """A recently opened customer of the same name, so that nobody is registered twice."""
        name = self.shown_name().casefold()
        if not name:
            return None
        return next(
            (b for b in known if b.sleutel.soort is self.soort and " ".join(b.naam.split()).casefold() == name), None
        )


def is_kvk_known(beeld: Klantbeeld | None) -> bool:
    """Whether a contact person can be registered for the shown customer: it must be a company."""
    return beeld is not None and beeld.sleutel.soort is SoortKlant.ORGANISATIE
