"""Reads of Klantinteracties 0.9.0. Writing is not here: a seat writes with opdrachten only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from kcs_desktop.api import klantinteracties_vormen as vorm
from kcs_desktop.api.bladeren import Pagina, read_all, read_expanded
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.lezen import as_moment, as_text
from kcs_desktop.domain.digitaaladres import kind_from_register
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.klant import (
    Contactregel,
    DigitaalAdres,
    KlantSleutel,
    Klantverwijzing,
    SoortKlant,
    Terugbelnotitie,
)

ROOT = "/klantinteracties/api/v1"
PAGE_SIZE = 100
LARGEST_PAGE = 500

R = TypeVar("R", vorm.Klantcontact, Terugbelnotitie)

_partij = msgspec.json.Decoder(vorm.Partij)
_partijen = msgspec.json.Decoder(Pagina[vorm.Partij])
_vertegenwoordigingen = msgspec.json.Decoder(Pagina[vorm.Vertegenwoordiging])
_actor = msgspec.json.Decoder(vorm.Actor)
_actoren = msgspec.json.Decoder(Pagina[vorm.Actor])
_contact = msgspec.json.Decoder(vorm.Klantcontact)
_contacten = msgspec.json.Decoder(Pagina[vorm.Klantcontact])


class Partijgegevens(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the register knows of one partij. `vertegenwoordigt` holds uuids of partijen it acts for."""

    klant: Klantverwijzing
    digitale_adressen: tuple[DigitaalAdres, ...] = ()
    voorkeurstaal: str = ""
    geheimhouding: bool = False
    interne_notitie: str = ""
    bezoekadres: tuple[str, ...] = ()
    vertegenwoordigt: tuple[str, ...] = ()
    werkt_voor: str = ""


class Contactpagina(msgspec.Struct, frozen=True):
    """One page of the history, newest first, with the callback notes those contacts led to.

    Each stands there once: a register lists a contact again for every betrokkene that the question finds it by, and
    counts it again too. `totaal` is its count without those of this page. `met_notities` is False where the server gave
    the contacts only.
    """

    contacten: tuple[Contactregel, ...]
    terugbelnotities: tuple[Terugbelnotitie, ...]
    totaal: int
    is_laatste: bool
    met_notities: bool = True

    @property
    def is_volledig(self) -> bool:
        """Whether a first page holds every callback note of this customer."""
        return self.is_laatste and self.met_notities


async def read_partij(client: Client, sleutel: KlantSleutel, doel: Doel | None = None) -> Partijgegevens | None:
    """The partij by uuid or by its strongest key; None when the register does not know it."""
    expand = "digitaleAdressen"
    if sleutel.partij:
        try:
            antwoord = await read_expanded(client, f"{ROOT}/partijen/{sleutel.partij}", {}, expand, doel)
        except NotFound:
            return None
        return partij_from(antwoord.decode(_partij))
    soort, waarde = sleutel.identificator
    if not waarde:
        return None
    filters = {
        "partijIdentificator__codeSoortObjectId": soort,
        "partijIdentificator__objectId": waarde,
    }
    pagina = (await read_expanded(client, f"{ROOT}/partijen", filters, expand, doel)).decode(_partijen)
    # A KvK number of a headquarters also stands at its establishments: the one without more is meant.
    rijen = [partij_from(rij) for rij in pagina.results]
    if soort == "kvk_nummer":
        rijen.sort(key=lambda rij: bool(rij.klant.sleutel.vestigingsnummer))
    return rijen[0] if rijen else None


async def read_contacten(
    client: Client, sleutel: KlantSleutel, pagina: int = 1, doel: Doel | None = None, omvang: int = PAGE_SIZE
) -> Contactpagina:
    """History and callback notes in one call, by partij where known, else by the customer's own key."""
    filters = _contacts_with(sleutel)
    if not filters:
        return Contactpagina((), (), 0, is_laatste=True)
    filters["pageSize"] = str(omvang)
    if pagina > 1:
        filters["page"] = str(pagina)
    antwoord = await read_expanded(client, f"{ROOT}/klantcontacten", filters, vorm.EXPAND_CONTACT, doel)
    blad = antwoord.decode(_contacten)
    regels, totaal = _regels_of(blad)
    return Contactpagina(
        regels,
        _notities_of(blad.results),
        totaal,
        is_laatste=not blad.next,
        met_notities=all(rij.expand is not None for rij in blad.results),
    )


async def read_contacten_of_zaak(client: Client, zaak: str, doel: Doel | None = None) -> Contactpagina:
    """The newest contacts about this zaak, whoever they were with."""
    filters = {"onderwerpobject__onderwerpobjectidentificatorObjectId": zaak, "pageSize": str(PAGE_SIZE)}
    blad = (await client.call("GET", f"{ROOT}/klantcontacten", params=filters, doel=doel)).decode(_contacten)
    regels, totaal = _regels_of(blad)
    return Contactpagina(regels, (), totaal, is_laatste=not blad.next, met_notities=False)


async def read_contact(client: Client, uuid: str, doel: Doel | None = None) -> Contactpagina:
    """One klantcontact with what it led to, as a page of one. Raises NotFound."""
    antwoord = await read_expanded(client, f"{ROOT}/klantcontacten/{uuid}", {}, vorm.EXPAND_CONTACT, doel)
    return _page_of_one(antwoord.decode(_contact))


def contact_brought(gegevens: bytes) -> Contactpagina | None:
    """The same from what came along with its event; None for what is no klantcontact."""
    try:
        return _page_of_one(_contact.decode(gegevens))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _page_of_one(rij: vorm.Klantcontact) -> Contactpagina:
    return Contactpagina(
        (contact_from(rij),), _notities_of([rij]), 1, is_laatste=False, met_notities=rij.expand is not None
    )


async def read_terugbelnotities(
    client: Client, sleutel: KlantSleutel, doel: Doel | None = None
) -> tuple[Terugbelnotitie, ...]:
    """Every callback note of a customer, however long ago its contact was.

    The standard finds internetaken by no customer, but contacts by whether they led to one: those are read whole.
    """
    filters = _contacts_with(sleutel)
    if not filters:
        return ()
    filters |= {
        "leiddeTotInterneTaken": "true",
        "expand": "leiddeTotInterneTaken",
        "pageSize": str(LARGEST_PAGE),
    }
    return _notities_of(await read_all(client, f"{ROOT}/klantcontacten", filters, _contacten, doel))


def _contacts_with(sleutel: KlantSleutel) -> dict[str, str]:
    """The filter for contacts with this customer; empty where no register can know one."""
    if sleutel.partij:
        return {"hadBetrokkene__wasPartij__uuid": sleutel.partij}
    soort, waarde = sleutel.identificator
    voor = "hadBetrokkene__wasPartij__partijIdentificator__"
    return {f"{voor}codeSoortObjectId": soort, f"{voor}objectId": waarde} if waarde else {}


def _regels_of(blad: Pagina[vorm.Klantcontact]) -> tuple[tuple[Contactregel, ...], int]:
    """The contacts of a page, each once and the newest first, and how many there are in all."""
    rijen = _first_of_each(blad.results)
    regels = sorted((contact_from(rij) for rij in rijen), key=_moment_of, reverse=True)
    return tuple(regels), max(blad.count - (len(blad.results) - len(rijen)), len(rijen))


def _notities_of(rijen: Iterable[vorm.Klantcontact]) -> tuple[Terugbelnotitie, ...]:
    notities = [
        notitie_from(taak, rij.uuid)
        for rij in rijen
        if rij.expand is not None
        for taak in rij.expand.leiddeTotInterneTaken or ()
    ]
    return tuple(_first_of_each(notities))


def _first_of_each(rijen: Iterable[R]) -> list[R]:
    eerste: dict[str, R] = {}
    for rij in rijen:
        eerste.setdefault(rij.uuid, rij)
    return list(eerste.values())


async def read_vertegenwoordigers(client: Client, partij: str, doel: Doel | None = None) -> list[str]:
    """Uuids of the partijen that act for this one.

    By what links them: the list of partijen with this same filter gives those that this one acts for.
    """
    filters = {"vertegenwoordigdePartij__uuid": partij}
    rijen = await read_all(client, f"{ROOT}/vertegenwoordigingen", filters, _vertegenwoordigingen, doel)
    namens = (rij.vertegenwoordigendePartij for rij in rijen)
    return list(dict.fromkeys(ander.uuid for ander in namens if ander is not None and ander.uuid))


async def read_partij_by_uuid(client: Client, partij: str, doel: Doel | None = None) -> Partijgegevens:
    """One partij; raises NotFound."""
    return partij_from((await client.call("GET", f"{ROOT}/partijen/{partij}", doel=doel)).decode(_partij))


async def read_actornamen(client: Client, doel: Doel | None = None) -> dict[str, str]:
    """What actoren are called, by uuid: as many as one page holds."""
    antwoord = await client.call("GET", f"{ROOT}/actoren", params={"pageSize": str(LARGEST_PAGE)}, doel=doel)
    return {rij.uuid: rij.naam or "" for rij in antwoord.decode(_actoren).results if rij.uuid}


async def read_actornaam(client: Client, uuid: str, doel: Doel | None = None) -> str:
    """What an actor is called. Raises NotFound."""
    return (await client.call("GET", f"{ROOT}/actoren/{uuid}", doel=doel)).decode(_actor).naam or ""


def partij_from(rij: vorm.Partij) -> Partijgegevens:
    """A partij of the wire as the seat knows one."""
    ids: dict[str, str] = {}
    for identificator in rij.partijIdentificatoren or ():
        kern = identificator.partijIdentificator
        if kern is not None and kern.codeSoortObjectId and kern.objectId:
            ids.setdefault(kern.codeSoortObjectId, kern.objectId)
    soort = _soort(rij.soortPartij)
    identificatie = rij.partijIdentificatie or vorm.PartijIdentificatie()
    sleutel = KlantSleutel(
        soort,
        partij=rij.uuid,
        bsn=ids.get("bsn", ""),
        kvk_nummer=ids.get("kvk_nummer", ""),
        vestigingsnummer=ids.get("vestigingsnummer", ""),
        rsin=ids.get("rsin", ""),
    )
    voorkeur = (rij.voorkeursDigitaalAdres.uuid if rij.voorkeursDigitaalAdres else None) or ""
    adressen = tuple(
        adres_from(adres, voorkeur)
        for adres in ((rij.expand.digitaleAdressen if rij.expand else None) or ())
        if adres.adres
    )
    return Partijgegevens(
        Klantverwijzing(sleutel, identificatie.full()),
        digitale_adressen=adressen,
        voorkeurstaal=rij.voorkeurstaal or "",
        geheimhouding=bool(rij.indicatieGeheimhouding),
        interne_notitie=rij.interneNotitie or "",
        bezoekadres=rij.bezoekadres.lines() if rij.bezoekadres else (),
        vertegenwoordigt=tuple(v.uuid for v in rij.vertegenwoordigden or () if v.uuid),
        werkt_voor=(identificatie.werkteVoorPartij.uuid if identificatie.werkteVoorPartij else None) or "",
    )


def adres_from(rij: vorm.DigitaalAdres, voorkeur: str = "") -> DigitaalAdres:
    return DigitaalAdres(
        kind_from_register(rij.soortDigitaalAdres or "", rij.adres or ""),
        rij.adres or "",
        uuid=rij.uuid or "",
        omschrijving=rij.omschrijving or "",
        standaard=bool(rij.isStandaardAdres) or (bool(voorkeur) and rij.uuid == voorkeur),
    )


def contact_from(rij: vorm.Klantcontact) -> Contactregel:
    meta = rij.metadata or {}
    actoren = ", ".join(actor.naam for actor in rij.hadBetrokkenActoren or () if actor.naam)
    return Contactregel(
        rij.uuid,
        rij.onderwerp or "",
        rij.kanaal or "",
        plaatsgevonden_op=as_moment(rij.plaatsgevondenOp),
        nummer=rij.referentienummer or rij.nummer or "",
        inhoud=rij.inhoud or "",
        resultaat=as_text(meta.get("resultaat")),
        product=as_text(meta.get("product")),
        afdeling=as_text(meta.get("afdeling")),
        medewerker=as_text(meta.get("medewerker")) or actoren,
        gelukt=rij.indicatieContactGelukt,
    )


def notitie_from(rij: vorm.InterneTaak, klantcontact: str = "") -> Terugbelnotitie:
    aanleiding = (rij.aanleidinggevendKlantcontact.uuid if rij.aanleidinggevendKlantcontact else None) or ""
    actoren = rij.toegewezenAanActoren or ([rij.toegewezenAanActor] if rij.toegewezenAanActor else [])
    return Terugbelnotitie(
        rij.uuid,
        rij.gevraagdeHandeling or "",
        rij.status or "te_verwerken",
        klantcontact=aanleiding or klantcontact,
        nummer=rij.referentienummer or rij.nummer or "",
        toelichting=rij.toelichting or "",
        toegewezen_aan=tuple(actor.naam for actor in actoren if actor.naam),
        actoren=tuple(actor.uuid for actor in actoren if actor.uuid and not actor.naam),
        toegewezen_op=as_moment(rij.toegewezenOp),
        afgehandeld_op=as_moment(rij.afgehandeldOp),
    )


def _soort(tekst: str | None) -> SoortKlant:
    return {soort.value: soort for soort in SoortKlant}.get(tekst or "", SoortKlant.PERSOON)


def _moment_of(regel: Contactregel) -> float:
    return regel.plaatsgevonden_op.timestamp() if regel.plaatsgevonden_op else 0.0
