"""What the search may know of a partij: whatever Klantinteracties holds of it, often no more than a name and a number.

Reads that register's tables in batches. Nothing of BRP or Handelsregister comes in here: they are asked on Enter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kcs_desktop.backend.standards.klantinteracties.tables import DigitaalAdres, Partij, PartijIdentificator
from kcs_desktop.backend.zoeken.adres import Postadres, read_address
from kcs_desktop.domain.klant import SoortDigitaalAdres, SoortKlant
from kcs_desktop.domain.naam import Naam
from kcs_desktop.search.document import Document

_ADRES = ("straatnaam", "huisnummer", "huisnummertoevoeging", "postcode", "stad", "adresregel1", "adresregel2")
_KOLOMMEN = (
    Partij.uuid,
    Partij.soort_partij,
    Partij.naam,
    Partij.contactnaam_voorletters,
    Partij.contactnaam_voornaam,
    Partij.contactnaam_voorvoegsel_achternaam,
    Partij.contactnaam_achternaam,
    Partij.indicatie_geheimhouding,
    *(getattr(Partij, f"{soort}adres_{deel}") for soort in ("bezoek", "correspondentie") for deel in _ADRES),
)
Adressen = dict[str | None, list[str]]
_NUMMERS = ("bsn", "kvk_nummer", "vestigingsnummer", "rsin")


async def partij_documents(session: AsyncSession, uuids: Iterable[str]) -> list[Document]:
    """The documents of these partijen; one that no longer exists is absent."""
    known = list(dict.fromkeys(uuids))
    if not known:
        return []
    partijen = (await session.execute(select(*_KOLOMMEN).where(Partij.uuid.in_(known)))).all()
    nummers = await _numbers(session, known)
    telefoons, emails = await _digital(session, known)
    return [
        _document(partij, nummers[partij.uuid], tuple(telefoons[partij.uuid]), tuple(emails[partij.uuid]))
        for partij in partijen
    ]


async def _numbers(session: AsyncSession, uuids: Sequence[str]) -> dict[str | None, dict[str, str]]:
    """Identifying numbers; an establishment also carries the KvK number it belongs to."""
    boven = aliased(PartijIdentificator)
    eigen = PartijIdentificator
    rows = await session.execute(
        select(eigen.partij, eigen.code_soort_object_id, eigen.object_id, boven.code_soort_object_id, boven.object_id)
        .outerjoin(boven, boven.uuid == eigen.sub_identificator_van)
        .where(eigen.partij.in_(uuids))
    )
    found: dict[str | None, dict[str, str]] = defaultdict(dict)
    for partij, soort, waarde, soort_boven, waarde_boven in rows:
        if soort_boven in _NUMMERS:
            found[partij].setdefault(soort_boven, waarde_boven)
        if soort in _NUMMERS:
            found[partij][soort] = waarde
    return found


async def _digital(session: AsyncSession, uuids: Sequence[str]) -> tuple[Adressen, Adressen]:
    """Telephone numbers and e-mail addresses, the preferred one first."""
    rows = await session.execute(
        select(DigitaalAdres.partij, DigitaalAdres.soort_digitaal_adres, DigitaalAdres.adres)
        .where(DigitaalAdres.partij.in_(uuids))
        .order_by(DigitaalAdres.is_standaard_adres.desc(), DigitaalAdres.uuid)
    )
    telefoons: Adressen = defaultdict(list)
    emails: Adressen = defaultdict(list)
    for partij, soort, adres in rows:
        if soort == SoortDigitaalAdres.TELEFOONNUMMER:
            telefoons[partij].append(adres)
        elif soort == SoortDigitaalAdres.EMAIL:
            emails[partij].append(adres)
    return telefoons, emails


def _document(
    partij: Row[Any], nummers: dict[str, str], telefoons: tuple[str, ...], emails: tuple[str, ...]
) -> Document:
    voornaam = partij.contactnaam_voornaam or partij.contactnaam_voorletters
    naam = Naam(partij.contactnaam_achternaam, voornaam, partij.contactnaam_voorvoegsel_achternaam)
    adres = _address(partij, "bezoek") or _address(partij, "correspondentie") or Postadres()
    return Document(
        id=partij.uuid,
        soort=SoortKlant(partij.soort_partij),
        naam=partij.naam or naam.volledig or next(iter((*emails, *telefoons)), "Onbekend"),
        voornamen=naam.voornamen,
        voorvoegsel=naam.voorvoegsel,
        geslachtsnaam=naam.geslachtsnaam,
        partij=partij.uuid,
        telefoonnummers=telefoons,
        emails=emails,
        straat=adres.straat,
        huisnummer=adres.huis.nummer if adres.huis else None,
        huisletter=adres.huis.letter if adres.huis else "",
        toevoeging=adres.huis.toevoeging if adres.huis else "",
        postcode=adres.postcode,
        plaats=adres.plaats,
        bsn=nummers.get("bsn", ""),
        kvk_nummer=nummers.get("kvk_nummer", ""),
        vestigingsnummer=nummers.get("vestigingsnummer", ""),
        rsin=nummers.get("rsin", ""),
        geheimhouding=bool(partij.indicatie_geheimhouding),
    )


def _address(partij: Row[Any], soort: str) -> Postadres | None:
    return read_address(*(getattr(partij, f"{soort}adres_{deel}") for deel in _ADRES))
