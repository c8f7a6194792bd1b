"""Reads of Zaken 1.5.1. Writing is not here: a seat writes with opdrachten only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from kcs_desktop.api import zaken_vormen as vorm
from kcs_desktop.api.bladeren import Pagina, missing_in, read_all, read_expanded
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.lezen import as_day, as_moment, as_text, uuid_of
from kcs_desktop.api.zaakplaats import around, locatie_of
from kcs_desktop.domain.errors import ServerFault
from kcs_desktop.domain.handelsregister import company_numbers
from kcs_desktop.domain.klant import KlantSleutel
from kcs_desktop.domain.zaak import Statusstap, Zaak, Zaakeigenschap, Zaakregel, Zaakrol, Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakpagina, Zaakvraag
from kcs_desktop.domain.zaakgegevens import Locatie

ROOT = "/zaken/api/v1"
_ZOEK = f"{ROOT}/zaken/_zoek"
CATALOGI = "/catalogi/api/v1"
CRS = {"Accept-Crs": "EPSG:4326"}
PAGE_SIZE = 100
_EXPAND_REGEL = "zaaktype,status,status.statustype,resultaat,resultaat.resultaattype"
_EXPAND_ZAAK = f"{_EXPAND_REGEL},rollen,eigenschappen,eigenschappen.eigenschap,zaakobjecten"
_EXPAND_PLAATS = f"{_EXPAND_REGEL},eigenschappen,zaakobjecten"
_BETROKKENE = "rol__betrokkeneIdentificatie__"

_zaak = msgspec.json.Decoder(vorm.Zaak)
_zaken = msgspec.json.Decoder(Pagina[vorm.Zaak])
_statussen = msgspec.json.Decoder(Pagina[vorm.Status])
_statustypen = msgspec.json.Decoder(Pagina[vorm.Statustype])


def filters_of(sleutel: KlantSleutel) -> dict[str, str]:
    """The filter for zaken by this customer's own key; empty where no register of zaken can know one."""
    return next(_filters_by_key(sleutel), {})


def _filters_by_key(sleutel: KlantSleutel) -> Iterator[dict[str, str]]:
    """One for each key by which a zaak may name this customer, the customer's own first. A person has no other than
    the BSN; a zaak of an establishment may name it as such or as a company, or name only the company, and that by
    either number."""
    if sleutel.bsn:
        yield {_BETROKKENE + "natuurlijkPersoon__inpBsn": sleutel.bsn}
        return
    for waarde, naam in (
        (sleutel.vestigingsnummer, "vestiging__vestigingsNummer"),
        (sleutel.vestigingsnummer, "nietNatuurlijkPersoon__vestigingsNummer"),
        (sleutel.kvk_nummer, "nietNatuurlijkPersoon__kvkNummer"),
        (sleutel.rsin, "nietNatuurlijkPersoon__innNnpId"),
    ):
        if waarde:
            yield {_BETROKKENE + naam: waarde}


def filters_for(vraag: Zaakvraag) -> dict[str, str]:
    """The standard's own parameters for this list."""
    filters = filters_of(vraag.klant) if vraag.klant is not None else {}
    named = {
        "identificatie__icontains": vraag.nummer,
        "zaaktype__omschrijving": vraag.zaaktype,
        _BETROKKENE + "medewerker__identificatie": vraag.behandelaar,
        "startdatum__gte": _iso(vraag.van),
        "startdatum__lte": _iso(vraag.tot),
        "einddatum__isnull": "true" if vraag.alleen_open else "false" if vraag.alleen_afgerond else "",
        "status__statustype": vraag.statustype,
        "uiterlijkeEinddatumAfdoening__gt": _iso(vraag.termijn_na),
        "uiterlijkeEinddatumAfdoening__lt": _iso(vraag.termijn_voor),
    }
    return filters | {naam: waarde for naam, waarde in named.items() if waarde}


def _iso(dag: date | None) -> str:
    return dag.isoformat() if dag is not None else ""


async def read_zaken_of(client: Client, sleutel: KlantSleutel, doel: Doel | None = None) -> Zaakpagina:
    """The zaken of a customer, latest first: one page by each of the keys."""
    asked = (find_zaken(client, filters, doel=doel) for filters in _filters_by_key(sleutel))
    antwoorden = await asyncio.gather(*asked, return_exceptions=True)  # all have ended before one failure is told
    bladen: list[Zaakpagina] = []
    for antwoord in antwoorden:
        if isinstance(antwoord, BaseException):
            raise antwoord
        bladen.append(antwoord)
    return bladen[0] if len(bladen) == 1 else _joined(bladen)


def _joined(bladen: Sequence[Zaakpagina]) -> Zaakpagina:
    """Each zaak once, also where it names the customer by more than one key."""
    eenmaal = {regel.verwijzing.uuid: regel for blad in bladen for regel in blad.regels}
    regels = sorted(eenmaal.values(), key=lambda regel: regel.startdatum or date.min, reverse=True)
    dubbel = sum(len(blad.regels) for blad in bladen) - len(regels)
    return Zaakpagina(
        tuple(regels),
        sum(blad.totaal for blad in bladen) - dubbel,
        is_laatste=all(blad.is_laatste for blad in bladen),
        ontbreekt=tuple(dict.fromkeys(naam for blad in bladen for naam in blad.ontbreekt)),
    )


async def find_zaken(
    client: Client,
    filters: Mapping[str, str],
    pagina: int = 1,
    doel: Doel | None = None,
    omvang: int = PAGE_SIZE,
    ordering: str = "-startdatum",
) -> Zaakpagina:
    """One page under the standard's own parameters."""
    vraag = {**filters, "ordering": ordering, "pageSize": str(omvang)}
    if pagina > 1:
        vraag["page"] = str(pagina)
    antwoord = await read_expanded(client, f"{ROOT}/zaken", vraag, _EXPAND_REGEL, doel, CRS)
    blad = antwoord.decode(_zaken)
    regels = tuple(regel_from(rij) for rij in blad.results)
    return Zaakpagina(regels, max(blad.count, len(regels)), is_laatste=not blad.next, ontbreekt=missing_in(antwoord))


async def find_zaken_at(
    client: Client,
    plaats: tuple[float, float],
    filters: Mapping[str, str],
    pagina: int = 1,
    doel: Doel | None = None,
    omvang: int = PAGE_SIZE,
) -> Zaakpagina:
    """One page of the zaken whose geometry lies around this point, latest first. The standard asks these by body."""
    params = {"pageSize": str(omvang)} | ({"page": str(pagina)} if pagina > 1 else {})
    plain = {
        **{naam: waarde == "true" if naam.endswith("__isnull") else waarde for naam, waarde in filters.items()},
        "zaakgeometrie": {"within": around(*plaats)},
        "ordering": ["-startdatum"],
    }
    headers = {**CRS, "Content-Crs": "EPSG:4326"}
    expanded = {**plain, "expand": _EXPAND_REGEL.split(",")}
    try:
        antwoord = await client.call("POST", _ZOEK, params=params, body=expanded, doel=doel, headers=headers)
    except ServerFault:
        antwoord = await client.call("POST", _ZOEK, params=params, body=plain, doel=doel, headers=headers)
    blad = antwoord.decode(_zaken)
    regels = tuple(regel_from(rij) for rij in blad.results)
    return Zaakpagina(regels, max(blad.count, len(regels)), is_laatste=not blad.next, ontbreekt=missing_in(antwoord))


async def find_open_of_type(
    client: Client, zaaktype: str, vanaf: date, doel: Doel | None = None
) -> tuple[tuple[Zaakregel, Locatie], ...]:
    """The latest open zaken of the zaaktype with this address that began on that day or after it and say where they
    are, with that place; one page of them."""
    vraag = {
        "zaaktype": zaaktype,
        "einddatum__isnull": "true",
        "startdatum__gte": vanaf.isoformat(),
        "ordering": "-startdatum",
        "pageSize": str(PAGE_SIZE),
    }
    blad = (await read_expanded(client, f"{ROOT}/zaken", vraag, _EXPAND_PLAATS, doel, CRS)).decode(_zaken)
    found = ((regel_from(rij), locatie_of(rij)) for rij in blad.results)
    return tuple((regel, plaats) for regel, plaats in found if plaats is not None)


async def read_regel(client: Client, uuid: str, doel: Doel | None = None) -> Zaakregel:
    """One zaak as a line of a list. Raises NotFound."""
    return regel_from((await read_expanded(client, f"{ROOT}/zaken/{uuid}", {}, _EXPAND_REGEL, doel, CRS)).decode(_zaak))


async def read_zaak(client: Client, uuid: str, doel: Doel | None = None) -> Zaak:
    """The whole zaak, with the steps of its zaaktype and when each was set. Raises NotFound."""
    antwoord = await read_expanded(client, f"{ROOT}/zaken/{uuid}", {}, _EXPAND_ZAAK, doel, CRS)
    rij = antwoord.decode(_zaak)
    gezet, stappen = await asyncio.gather(
        read_all(client, f"{ROOT}/statussen", {"zaak": rij.url or f"{ROOT}/zaken/{uuid}"}, _statussen, doel),
        read_all(client, f"{CATALOGI}/statustypen", {"zaaktype": rij.zaaktype or ""}, _statustypen, doel),
    )
    return zaak_from(rij, gezet, stappen)


def regel_from(rij: vorm.Zaak) -> Zaakregel:
    """A zaak of the wire as a line of a list."""
    meer = rij.expand or vorm.ZaakExpand()
    statustype = meer.status.expand.statustype if meer.status and meer.status.expand else None
    resultaattype = meer.resultaat.expand.resultaattype if meer.resultaat and meer.resultaat.expand else None
    return Zaakregel(
        Zaakverwijzing(rij.uuid, rij.identificatie or "", (meer.zaaktype.omschrijving if meer.zaaktype else "") or ""),
        omschrijving=rij.omschrijving or "",
        status=(statustype.statustekst or statustype.omschrijving or "") if statustype else "",
        startdatum=as_day(rij.startdatum),
        einddatum=as_day(rij.einddatum),
        uiterlijk=as_day(rij.uiterlijkeEinddatumAfdoening),
        opgeschort=bool(rij.opschorting and rij.opschorting.indicatie),
        resultaat=(resultaattype.omschrijving if resultaattype else "") or "",
        vertrouwelijkheid=rij.vertrouwelijkheidaanduiding or "",
        stap=(statustype.volgnummer or 0) if statustype else 0,
        stappen=len(meer.zaaktype.statustypen or ()) if meer.zaaktype else 0,
    )


def zaak_from(rij: vorm.Zaak, gezet: list[vorm.Status], stappen: list[vorm.Statustype]) -> Zaak:
    """The whole of it, from three answers."""
    meer = rij.expand or vorm.ZaakExpand()
    anderen = [al for al in (*(rij.relevanteAndereZaken or ()), *(rij.gerelateerdeZaken or ())) if al.url]
    return Zaak(
        regel_from(rij),
        url=rij.url or "",
        zaaktype_url=rij.zaaktype or "",
        toelichting=rij.toelichting or "",
        registratiedatum=as_day(rij.registratiedatum),
        opschorting_reden=(rij.opschorting.reden if rij.opschorting else "") or "",
        verlenging_reden=(rij.verlenging.reden if rij.verlenging else "") or "",
        stappen=_steps(uuid_of(rij.status), gezet, stappen),
        rollen=tuple(rol_from(rol) for rol in meer.rollen or ()),
        eigenschappen=tuple(_eigenschap(al) for al in meer.eigenschappen or ()),
        locatie=locatie_of(rij),
        hoofdzaak=uuid_of(rij.hoofdzaak),
        deelzaken=tuple(uuid_of(url) for url in rij.deelzaken or ()),
        gerelateerd=tuple(uuid_of(ander.url) for ander in anderen),
        aard={uuid_of(ander.url): aard for ander in anderen if (aard := ander.overigeRelatie or ander.aardRelatie)},
    )


def _eigenschap(rij: vorm.Eigenschap) -> Zaakeigenschap:
    soort = rij.expand.eigenschap if rij.expand is not None else None
    formaat = soort.specificatie.formaat if soort is not None and soort.specificatie is not None else None
    return Zaakeigenschap(rij.naam or "", rij.waarde or "", formaat or "")


def _steps(huidig: str, gezet: list[vorm.Status], stappen: list[vorm.Statustype]) -> tuple[Statusstap, ...]:
    """Every step of the zaaktype in its order; one that was set more than once stands there as often."""
    per_type: dict[str, list[vorm.Status]] = {}
    for status in gezet:
        per_type.setdefault(uuid_of(status.statustype), []).append(status)
    made: list[Statusstap] = []
    for stap in sorted(stappen, key=lambda stap: stap.volgnummer or 0):
        taken = per_type.pop(uuid_of(stap.url), []) or [vorm.Status()]
        made.extend(_step(stap, status, huidig) for status in taken)
    # What the catalogue does not know any more was set all the same.
    made.extend(_step(vorm.Statustype(), status, huidig) for rest in per_type.values() for status in rest)
    return tuple(made)


def _step(stap: vorm.Statustype, status: vorm.Status, huidig: str) -> Statusstap:
    return Statusstap(
        stap.omschrijving or "",
        volgnummer=stap.volgnummer or 0,
        burgertekst=stap.statustekst or "",
        gezet_op=as_moment(status.datumStatusGezet),
        toelichting=status.statustoelichting or "",
        is_huidig=bool(huidig) and status.uuid == huidig,
    )


def rol_from(rij: vorm.Rol) -> Zaakrol:
    ids: Mapping[str, Any] = rij.betrokkeneIdentificatie or {}

    def part(naam: str) -> str:
        return as_text(ids.get(naam))

    kvk_nummer, rsin = company_numbers(part("kvkNummer"), part("innNnpId"))
    return Zaakrol(
        rij.afwijkendeNaamBetrokkene or _name(ids) or part("identificatie"),
        omschrijving=rij.omschrijving or "",
        generiek=rij.omschrijvingGeneriek or "",
        soort=rij.betrokkeneType or "",
        bsn=part("inpBsn"),
        kvk_nummer=kvk_nummer,
        vestigingsnummer=part("vestigingsNummer"),
        rsin=rsin,
        toelichting=rij.roltoelichting or "",
    )


def _name(ids: Mapping[str, Any]) -> str:
    """Of whichever kind of betrokkene this is."""

    def joined(*namen: str) -> str:
        return " ".join(filter(None, (as_text(ids.get(naam)) for naam in namen)))

    if ids.get("geslachtsnaam"):
        voor = "voornamen" if ids.get("voornamen") else "voorletters"
        return joined(voor, "voorvoegselGeslachtsnaam", "geslachtsnaam")
    if ids.get("achternaam"):
        return joined("voorletters", "voorvoegselAchternaam", "achternaam")
    handelsnamen = ids.get("handelsnaam")
    if isinstance(handelsnamen, list) and handelsnamen:
        return as_text(handelsnamen[0])
    return joined("statutaireNaam") or joined("naam")
