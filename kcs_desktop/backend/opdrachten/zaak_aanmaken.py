"""`zaak.aanmaken`: a zaak with its first status, its initiator, what was answered and where it is.

Everything about the zaaktype is read fresh: what a seat had in its catalogue may have been withdrawn since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.audit.links import PARTIJ, linked_keys
from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.catalogus.kenmerken import read_kenmerk
from kcs_desktop.backend.opdrachten import zaakdocumenten, zaakverwijzing
from kcs_desktop.backend.opdrachten import zaaktypen as catalogus
from kcs_desktop.backend.opdrachten.controle import Controle, seat_names
from kcs_desktop.backend.opdrachten.partijen import audit_subject
from kcs_desktop.backend.opdrachten.uitkomsten import made_by
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.opdrachten.zaakbetrokkene import betrokkene, keys_of, known
from kcs_desktop.backend.opdrachten.zaaknummer import check_uuid, reserve
from kcs_desktop.backend.opdrachten.zaaktypen import Zaaktypen
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.gebeurtenis import Kring, Wijziging
from kcs_desktop.domain.klant import Klantverwijzing
from kcs_desktop.domain.opdracht import ZaakAanmaken
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.tekst import shorten
from kcs_desktop.domain.termijn import parse_duur
from kcs_desktop.domain.zaakformulier import field_of, objection
from kcs_desktop.domain.zaakgegevens import MAX_OMSCHRIJVING, MAX_TOELICHTING, Eigenschapwaarde, Locatie
from kcs_desktop.domain.zaaktype import Eigenschap, Zaaktype

MAX_NUMMER = 40
MAX_WAARDE = 100_000  # the standard has no bound; a catalogue mostly has
MAX_WAARDEN = 500
MAX_EERDERE = 20
_NUMBERS = 3  # that may prove to be given to others
_PLEK = "relatieomschrijving"


class AanmakenZaak:
    """See the module."""

    def __init__(self, zaaktypen: Zaaktypen) -> None:
        self._zaaktypen = zaaktypen

    def required(self, _gegevens: ZaakAanmaken) -> Sequence[tuple[str, Recht]]:
        return [("zaken", Recht.WIJZIGEN)]

    def subject(self, gegevens: ZaakAanmaken) -> tuple[str, str]:
        if gegevens.klant is None:
            return "zaaktype", gegevens.zaaktype[:36]
        return audit_subject(gegevens.klant.sleutel)

    def clean(self, gegevens: ZaakAanmaken) -> ZaakAanmaken:
        controle = Controle()
        if gegevens.namens is not None and gegevens.klant is None:
            controle.wrong("klant", "required", "Kies wie er namens deze klant om de zaak vraagt.")
        if len(gegevens.documenten) > zaakdocumenten.MAX_DOCUMENTEN:
            reason = f"Voeg hoogstens {zaakdocumenten.MAX_DOCUMENTEN} documenten toe."
            controle.wrong("documenten", "max_length", reason)
        if len(gegevens.eigenschappen) > MAX_WAARDEN:
            controle.wrong("eigenschappen", "max_length", f"Geef hoogstens {MAX_WAARDEN} antwoorden.")
        made = msgspec.structs.replace(
            gegevens,
            zaaktype=check_uuid(controle, gegevens.zaaktype, "zaaktype"),
            nummer=controle.line(gegevens.nummer, "nummer", MAX_NUMMER),
            reservering=controle.line(gegevens.reservering, "reservering", 36),
            naam=controle.line(gegevens.naam, "naam", 255),
            omschrijving=controle.line(gegevens.omschrijving, "omschrijving", MAX_OMSCHRIJVING),
            toelichting=controle.lines(gegevens.toelichting, "toelichting", MAX_TOELICHTING),
            communicatiekanaal=controle.line(gegevens.communicatiekanaal, "communicatiekanaal", 50),
            klant=None if gegevens.klant is None else controle.verwijzing(gegevens.klant, "klant"),
            namens=None if gegevens.namens is None else controle.verwijzing(gegevens.namens, "namens"),
            eigenschappen=tuple(_answer(controle, al) for al in gegevens.eigenschappen[:MAX_WAARDEN]),
            locatie=None if gegevens.locatie is None else _place(controle, gegevens.locatie),
            documenten=tuple(
                zaakdocumenten.clean(controle, document, f"documenten.{index}")
                for index, document in enumerate(gegevens.documenten[: zaakdocumenten.MAX_DOCUMENTEN])
            ),
            contact=controle.line(gegevens.contact, "contact", 36),
            vraag=controle.line(gegevens.vraag, "vraag", 36),
            eerdere=tuple(controle.line(al, "eerdere", 36) for al in gegevens.eerdere[-MAX_EERDERE:]),
            contactopdracht=controle.line(gegevens.contactopdracht, "contactopdracht", 36),
        )
        controle.finish()
        return made

    async def carry_out(self, werk: Werk, gegevens: ZaakAanmaken) -> dict[str, Any]:
        await zaakdocumenten.require_files(werk, gegevens.documenten, "documenten")
        zaaktype, row = await self._zaaktypen.startable(werk, gegevens.zaaktype)
        organisatie = await self._zaaktypen.organisatie(werk, zaaktype.uuid, row)
        gevraagd = await catalogus.eigenschappen_of(werk, zaaktype)
        check_answers(gevraagd, gegevens.eigenschappen)
        status = await catalogus.first_status(werk, zaaktype)
        klant = None if gegevens.klant is None else await known(werk, gegevens.klant, "klant")
        namens = None if gegevens.namens is None else await known(werk, gegevens.namens, "namens")
        announced = len(werk.unit.wijzigingen)
        zaak, bezet = await self._zaak(werk, gegevens, zaaktype, organisatie, gevraagd)
        url, uuid = str(zaak["url"]), str(zaak["uuid"])
        zaken = werk.registers["zaken"]
        begin = {"zaak": url, "statustype": status, "datumStatusGezet": werk.nu.isoformat()}
        # Versions before this one began with it: what they left halfway goes on in their order.
        is_begun = werk.verloop is not None and werk.verloop.is_next("statussen")
        if is_begun:
            await zaken.add(werk.unit, "statussen", begin)
        await self._rollen(werk, url, zaaktype, klant, namens)
        for antwoord in gegevens.eigenschappen:
            eigenschap = next(al for al in gevraagd if al.uuid == antwoord.eigenschap)
            body = {"zaak": url, "eigenschap": eigenschap.url, "waarde": antwoord.waarde}
            async with seat_names({}, f"eigenschappen.{antwoord.eigenschap}"):
                await zaken.add(werk.unit, "zaakeigenschappen", body)
        if gegevens.locatie is not None and gegevens.locatie.is_adres:
            async with seat_names({}, "locatie"):
                await zaken.add(werk.unit, "zaakobjecten", _object(url, gegevens.locatie))
        # Last of what makes it a zaak: at its first status a register tells the citizen, who must be in it by then.
        if not is_begun:
            await zaken.add(werk.unit, "statussen", begin)
        documenten = [
            (await zaakdocumenten.add(werk, zaak, al, f"documenten.{index}", self._zaaktypen.voor_documenten)).uuid
            for index, al in enumerate(gegevens.documenten)
        ]
        bevestiging = ""
        is_formeel = (await read_kenmerk(werk.unit.session, zaaktype.identificatie)).formeel_verzoek
        if is_formeel and klant is not None:
            organisatie = self._zaaktypen.voor_documenten
            bevestiging = await zaakdocumenten.confirm(werk, zaak, zaaktype, klant.naam, organisatie)
        people = tuple(key for wie in (klant, namens) if wie is not None for key in keys_of(wie.sleutel))
        del werk.unit.wijzigingen[announced:]  # one change for the whole: each one more would go to every seat
        partijen = await _partijen(werk, people)
        kring = Kring(zaaktype.identificatie, str(zaak["vertrouwelijkheidaanduiding"]))
        werk.unit.emit(Wijziging("zaak", uuid, "gemaakt", "zaken", partijen, (kring,)))
        for klantcontact in await zaakverwijzing.link_back(werk, gegevens, uuid):
            werk.unit.emit(Wijziging("klantcontact", klantcontact, "gewijzigd", "crm", (*partijen, uuid)))
        self._audit(werk, uuid, people)
        outcome = {"zaak": uuid, "nummer": str(zaak["identificatie"]), "documenten": documenten}
        beside: dict[str, Any] = {
            "nummer_bezet": bezet,
            "ontvangstbevestiging": bevestiging,
            "eerdere": list(gegevens.eerdere),
        }
        if is_formeel and not bevestiging:
            beside["zonder_ontvangstbevestiging"] = "klant" if klant is None else "documentsoort"
        return outcome | {name: value for name, value in beside.items() if value}

    async def _zaak(
        self,
        werk: Werk,
        gegevens: ZaakAanmaken,
        zaaktype: Zaaktype,
        organisatie: str,
        gevraagd: Sequence[Eigenschap],
    ) -> tuple[Resource, str]:
        """The zaak, and the number that was reserved for it where somebody had used that."""
        body = _body(werk, gegevens, zaaktype, organisatie, gevraagd)
        reserved = gegevens.nummer or str((await made_by(werk, gegevens.reservering)).get("nummer") or "")
        nummer, bezet = reserved or await reserve(werk, organisatie), ""
        names = {name: name for name in ("omschrijving", "toelichting", "startdatum")} | {"zaakgeometrie": "locatie"}
        for left in reversed(range(_NUMBERS)):
            try:
                async with seat_names({**names, "identificatie": "nummer"}, "zaaktype"):
                    given = {**body, "identificatie": nummer}
                    return await werk.registers["zaken"].create(werk.unit, "zaken", given), bezet
            except InvalidBody as refused:
                if not left or {param.name for param in refused.params} != {"nummer"}:
                    raise
                bezet = reserved
                nummer = await reserve(werk, organisatie)
        raise AssertionError("unreachable")

    async def _rollen(
        self,
        werk: Werk,
        zaak: str,
        zaaktype: Zaaktype,
        klant: Klantverwijzing | None,
        namens: Klantverwijzing | None,
    ) -> None:
        """The initiator is whose zaak it is; who asked for another is its gemachtigde, where the zaaktype has a rol."""
        if klant is None:
            return
        initiator = {"zaak": zaak, "roltype": await catalogus.initiator_of(werk, zaaktype), "roltoelichting": ""}
        if namens is None:
            await self._rol(werk, "klant", initiator | betrokkene(klant))
            return
        await self._rol(werk, "namens", initiator | betrokkene(namens) | {"indicatieMachtiging": "machtiginggever"})
        beside = await catalogus.roltype(werk, zaaktype, "belanghebbende")
        if beside:
            gemachtigde = {"zaak": zaak, "roltype": beside, "roltoelichting": "Vroeg dit namens de aanvrager."}
            await self._rol(werk, "klant", gemachtigde | betrokkene(klant) | {"indicatieMachtiging": "gemachtigde"})

    async def _rol(self, werk: Werk, field: str, body: Mapping[str, Any]) -> None:
        async with seat_names({}, field):
            await werk.registers["zaken"].add(werk.unit, "rollen", body)

    def _audit(self, werk: Werk, uuid: str, people: tuple[tuple[str, str], ...]) -> None:
        wie, doel = werk.verzoek.wie, werk.doelbinding
        werk.unit.audit(Auditregel(wie, "geregistreerd", "zaak", uuid, doel, bron="zaken", gezien=people))


def check_answers(gevraagd: Sequence[Eigenschap], antwoorden: Sequence[Eigenschapwaarde]) -> None:
    """Raises InvalidBody with every answer that the catalogue of now does not take, and every one that is missing."""
    wrong: list[InvalidParam] = []
    per_vraag: dict[str, list[str]] = {}
    for antwoord in antwoorden:
        per_vraag.setdefault(antwoord.eigenschap, []).append(antwoord.waarde)
    for eigenschap in gevraagd:
        veld, waarden = field_of(eigenschap), per_vraag.pop(eigenschap.uuid, [])
        field = f"eigenschappen.{eigenschap.uuid}"
        if veld.verplicht and not waarden:
            wrong.append(InvalidParam(field, "required", f"Vul dit in: {veld.vraag}"))
        if len(waarden) > 1 and not veld.meer:
            wrong.append(InvalidParam(field, "max_length", f"Geef één antwoord: {veld.vraag}"))
        reasons = filter(None, (objection(veld, waarde) for waarde in waarden))
        wrong.extend(InvalidParam(field, "invalid", f"{veld.naam}: {reason}") for reason in reasons)
    gone = "Een vraag die u beantwoordde hoort niet meer bij het zaaktype."
    wrong.extend(InvalidParam(f"eigenschappen.{uuid}", "does_not_exist", gone) for uuid in per_vraag)
    if wrong:
        raise InvalidBody(wrong, " ".join(dict.fromkeys(param.reason for param in wrong)))


def _body(
    werk: Werk, gegevens: ZaakAanmaken, zaaktype: Zaaktype, organisatie: str, gevraagd: Sequence[Eigenschap]
) -> dict[str, Any]:
    locatie = gegevens.locatie
    body: dict[str, Any] = {
        "bronorganisatie": organisatie,
        "verantwoordelijkeOrganisatie": organisatie,
        "zaaktype": zaaktype.url,
        "startdatum": gegevens.startdatum.isoformat(),
        "omschrijving": gegevens.omschrijving or shorten(zaaktype.omschrijving, MAX_OMSCHRIJVING),
        "toelichting": gegevens.toelichting,
        "communicatiekanaalNaam": gegevens.communicatiekanaal,
    }
    if (termijn := parse_duur(zaaktype.doorlooptijd)) is not None:
        body["uiterlijkeEinddatumAfdoening"] = termijn.after(gegevens.startdatum).isoformat()
    if locatie is not None and locatie.lon is not None and locatie.lat is not None:
        body["zaakgeometrie"] = {"type": "Point", "coordinates": [locatie.lon, locatie.lat]}
    is_told = any(al.naam.lower() == "locatie" for al in gevraagd)
    if locatie is not None and not locatie.is_adres and not is_told and locatie.tekst:
        where = f"Locatie: {locatie.tekst}"
        body["toelichting"] = shorten("\n".join(filter(None, (gegevens.toelichting, where))), MAX_TOELICHTING)
    return body


def _object(zaak: str, locatie: Locatie) -> dict[str, Any]:
    identificatie = {
        "identificatie": locatie.bag,
        "wplWoonplaatsNaam": locatie.woonplaats,
        "gorOpenbareRuimteNaam": locatie.straat,
        "huisnummer": locatie.huisnummer,
        "huisletter": locatie.huisletter,
        "huisnummertoevoeging": locatie.toevoeging,
        "postcode": locatie.postcode,
    }
    return {
        "zaak": zaak,
        "objectType": "adres",
        _PLEK: shorten(locatie.toelichting, 80),
        "objectIdentificatie": identificatie,
    }


def _answer(controle: Controle, antwoord: Eigenschapwaarde) -> Eigenschapwaarde:
    field = f"eigenschappen.{antwoord.eigenschap[:36]}"
    uuid = check_uuid(controle, antwoord.eigenschap, field)
    return Eigenschapwaarde(uuid, controle.lines(antwoord.waarde, field, MAX_WAARDE, required=True))


def _place(controle: Controle, locatie: Locatie) -> Locatie:
    for naam, waarde, grens in (("lon", locatie.lon, 180), ("lat", locatie.lat, 90)):
        if waarde is not None and not -grens <= waarde <= grens:
            controle.wrong(f"locatie.{naam}", "invalid", "Dit punt ligt niet op de kaart.")
    if not 0 <= locatie.huisnummer <= 99_999:
        controle.wrong("locatie.huisnummer", "invalid", "Dit huisnummer kan niet.")
    return msgspec.structs.replace(
        locatie,
        straat=controle.line(locatie.straat, "locatie.straat", 80),
        huisletter=controle.line(locatie.huisletter, "locatie.huisletter", 1),
        toevoeging=controle.line(locatie.toevoeging, "locatie.toevoeging", 4),
        postcode=controle.line(locatie.postcode, "locatie.postcode", 7),
        woonplaats=controle.line(locatie.woonplaats, "locatie.woonplaats", 80),
        bag=controle.line(locatie.bag, "locatie.bag", 100),
        toelichting=controle.line(locatie.toelichting, "locatie.toelichting", 255),
    )


async def _partijen(werk: Werk, people: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The partijen that the customer register has of these people: whom the change concerns."""
    linked = await linked_keys(werk.unit.session, people) if people else {}
    return tuple(sorted({value for some in linked.values() for soort, value in some if soort == PARTIJ}))
