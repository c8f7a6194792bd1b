"""`klant.registreren`: a person, organisation or contact person that no register knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.opdrachten.controle import MAX_ADRES, MAX_NAAM, Controle, seat_names
from kcs_desktop.backend.opdrachten.partijen import EMPTY, audit_subject, find_or_create, hold_customers
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.digitaaladres import kind_in_register
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.opdracht import KlantRegistreren
from kcs_desktop.domain.rechten import Recht

MAX_VOORVOEGSEL = 10
MAX_REGELS = 3
MAX_ADRESSEN = 10


class RegistrerenKlant:
    """See the module."""

    def required(self, _gegevens: KlantRegistreren) -> Sequence[tuple[str, Recht]]:
        return [("crm", Recht.WIJZIGEN)]

    def subject(self, gegevens: KlantRegistreren) -> tuple[str, str]:
        other = gegevens.werkt_voor or gegevens.vertegenwoordigt
        return audit_subject(other) if other is not None else ("partij", "")

    def clean(self, gegevens: KlantRegistreren) -> KlantRegistreren:
        controle = Controle()
        is_organisation = gegevens.soort is SoortKlant.ORGANISATIE
        if len(gegevens.adresregels) > MAX_REGELS:
            controle.wrong("adresregels", "max_length", f"Geef hoogstens {MAX_REGELS} adresregels.")
        if len(gegevens.digitale_adressen) > MAX_ADRESSEN:
            controle.wrong("digitale_adressen", "max_length", f"Geef hoogstens {MAX_ADRESSEN} adressen.")
        if gegevens.soort is SoortKlant.CONTACTPERSOON and gegevens.werkt_voor is None:
            controle.wrong("werkt_voor", "required", "Kies voor wie deze contactpersoon werkt.")
        made = msgspec.structs.replace(
            gegevens,
            naam=controle.line(gegevens.naam, "naam", MAX_NAAM, required=is_organisation),
            voornaam=controle.line(gegevens.voornaam, "voornaam", MAX_NAAM),
            voorvoegsel=controle.line(gegevens.voorvoegsel, "voorvoegsel", MAX_VOORVOEGSEL),
            achternaam=controle.line(gegevens.achternaam, "achternaam", MAX_NAAM, required=not is_organisation),
            adresregels=tuple(
                controle.line(regel, f"adresregels.{i}", MAX_ADRES)
                for i, regel in enumerate(gegevens.adresregels[:MAX_REGELS])
            ),
            digitale_adressen=tuple(
                controle.digitaal_adres(adres, f"digitale_adressen.{i}")
                for i, adres in enumerate(gegevens.digitale_adressen[:MAX_ADRESSEN])
            ),
            werkt_voor=_sleutel(controle, gegevens.werkt_voor, "werkt_voor"),
            vertegenwoordigt=_sleutel(controle, gegevens.vertegenwoordigt, "vertegenwoordigt"),
        )
        controle.finish()
        return made

    async def carry_out(self, werk: Werk, gegevens: KlantRegistreren) -> dict[str, Any]:
        related = [
            Klantverwijzing(sleutel, "") for sleutel in (gegevens.werkt_voor, gegevens.vertegenwoordigt) if sleutel
        ]
        await hold_customers(werk, *related)
        employer = await _other(werk, gegevens.werkt_voor, "werkt_voor")
        represented = await _other(werk, gegevens.vertegenwoordigt, "vertegenwoordigt")
        async with seat_names({"partijIdentificatie.naam": "naam"}, "soort"):
            partij = await werk.register.create(werk.unit, "partijen", _body(gegevens, employer))
        uuid = str(partij["uuid"])
        seen: set[str] = set()
        for index, adres in enumerate(gegevens.digitale_adressen):
            field, soort = f"digitale_adressen.{index}", kind_in_register(adres)
            async with seat_names({"adres": f"{field}.adres", "omschrijving": f"{field}.omschrijving"}, field):
                await werk.register.create(
                    werk.unit,
                    "digitaleadressen",
                    {
                        "verstrektDoorBetrokkene": None,
                        "verstrektDoorPartij": {"uuid": uuid},
                        "adres": adres.adres,
                        "soortDigitaalAdres": soort,
                        "omschrijving": adres.omschrijving,
                        "isStandaardAdres": adres.standaard and soort not in seen,
                    },
                )
            if adres.standaard:
                seen.add(soort)
        if represented is not None:
            await werk.register.create(
                werk.unit,
                "vertegenwoordigingen",
                {"vertegenwoordigendePartij": {"uuid": uuid}, "vertegenwoordigdePartij": {"uuid": represented["uuid"]}},
            )
        werk.audit("geregistreerd", "partij", uuid)
        for sleutel, found in ((gegevens.werkt_voor, employer), (gegevens.vertegenwoordigt, represented)):
            if sleutel is not None and found is not None:
                werk.audit("gewijzigd", *audit_subject(sleutel), ("partij", str(found["uuid"])))
        return {"partij": uuid}


def _sleutel(controle: Controle, sleutel: KlantSleutel | None, field: str) -> KlantSleutel | None:
    return None if sleutel is None else controle.sleutel(sleutel, field)


async def _other(werk: Werk, sleutel: KlantSleutel | None, field: str) -> Resource | None:
    if sleutel is None:
        return None
    async with seat_names({"klant.sleutel.kvk_nummer": f"{field}.kvk_nummer"}, field):
        return await find_or_create(werk, Klantverwijzing(sleutel, ""))


def _body(gegevens: KlantRegistreren, employer: Resource | None) -> dict[str, Any]:
    contactnaam = {
        "voorletters": "",
        "voornaam": gegevens.voornaam,
        "voorvoegselAchternaam": gegevens.voorvoegsel,
        "achternaam": gegevens.achternaam,
    }
    identificatie: dict[str, Any] = {"contactnaam": contactnaam}
    if gegevens.soort is SoortKlant.ORGANISATIE:
        identificatie = {"naam": gegevens.naam}
    elif gegevens.soort is SoortKlant.CONTACTPERSOON and employer is not None:
        identificatie["werkteVoorPartij"] = {"uuid": employer["uuid"]}
    body = {**EMPTY, "soortPartij": gegevens.soort.value, "partijIdentificatie": identificatie}
    regels = [regel for regel in gegevens.adresregels if regel]
    if regels:
        body["bezoekadres"] = {f"adresregel{nummer}": regel for nummer, regel in enumerate(regels, start=1)}
    return body
