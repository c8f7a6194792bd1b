"""`klantcontact.registreren`: a whole contact, one klantcontact per vraag, with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from kcs_desktop.backend.opdrachten import actoren, terugbellen, zaakverwijzing
from kcs_desktop.backend.opdrachten.controle import Controle, seat_names
from kcs_desktop.backend.opdrachten.identiteit import CLOCK_TOLERANCE
from kcs_desktop.backend.opdrachten.partijen import audit_subject, find_or_create_all
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.opdrachten.zaaktypen import Zaaktypen
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.terugbellen.indeling import Indelingen
from kcs_desktop.domain.digitaaladres import kind_in_register
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import DigitaalAdres, SoortDigitaalAdres
from kcs_desktop.domain.klantcontact import MAX_INHOUD, MAX_ONDERWERP, Resultaat
from kcs_desktop.domain.opdracht import KlantcontactRegistreren, VraagGegevens
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.tekst import clean, shorten
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.zaak import Zaakverwijzing

MAX_VRAGEN = 20
MAX_ADRESSEN = 10
MAX_METADATA = 255
MAX_NAAM = 200


class RegistrerenContact:
    """See the module."""

    def __init__(self, normen: Normen, indelingen: Indelingen, zaaktypen: Zaaktypen) -> None:
        self._normen = normen
        self._indelingen = indelingen
        self._zaaktypen = zaaktypen

    def required(self, gegevens: KlantcontactRegistreren) -> Sequence[tuple[str, Recht]]:
        rechten = [("crm", Recht.WIJZIGEN)]
        if any(vraag.terugbelverzoek is not None for vraag in gegevens.vragen):
            rechten.append(("terugbelnotities", Recht.WIJZIGEN))
        if any(vraag.zaak is not None for vraag in gegevens.vragen):
            rechten.append(("zaken", Recht.RAADPLEGEN))
        return rechten

    def subject(self, gegevens: KlantcontactRegistreren) -> tuple[str, str]:
        if gegevens.klant is None:
            return "klantcontact", gegevens.contact
        return audit_subject(gegevens.klant.sleutel)

    def clean(self, gegevens: KlantcontactRegistreren) -> KlantcontactRegistreren:
        controle = Controle()
        controle.moment(gegevens.begonnen_op, "begonnen_op")
        controle.moment(gegevens.beeindigd_op, "beeindigd_op")
        if not controle.params and gegevens.beeindigd_op < gegevens.begonnen_op:
            controle.wrong("beeindigd_op", "before-begin", "Het contact kan niet eindigen voordat het begon.")
        if not 0 < len(gegevens.vragen) <= MAX_VRAGEN:
            controle.wrong("vragen", "required", f"Registreer één tot {MAX_VRAGEN} vragen.")
        if len(gegevens.digitale_adressen) > MAX_ADRESSEN:
            controle.wrong("digitale_adressen", "max_length", f"Geef hoogstens {MAX_ADRESSEN} adressen.")
        if gegevens.namens is not None and gegevens.klant is None:
            controle.wrong("klant", "required", "Kies wie er namens deze klant contact had.")
        made = msgspec.structs.replace(
            gegevens,
            contact=controle.line(gegevens.contact, "contact", 36),
            klant=None if gegevens.klant is None else controle.verwijzing(gegevens.klant, "klant"),
            namens=None if gegevens.namens is None else controle.verwijzing(gegevens.namens, "namens"),
            digitale_adressen=tuple(
                controle.digitaal_adres(adres, f"digitale_adressen.{i}")
                for i, adres in enumerate(gegevens.digitale_adressen[:MAX_ADRESSEN])
            ),
            vragen=tuple(
                self._vraag(controle, vraag, f"vragen.{i}") for i, vraag in enumerate(gegevens.vragen[:MAX_VRAGEN])
            ),
        )
        terugbellen.check_reachable(controle, made)
        controle.finish()
        return made

    def _vraag(self, controle: Controle, vraag: VraagGegevens, field: str) -> VraagGegevens:
        verzoek = vraag.terugbelverzoek
        if verzoek is None and vraag.resultaat is Resultaat.CONTACTVERZOEK:
            controle.wrong(f"{field}.terugbelverzoek", "required", "Vul in wie er moet terugbellen.")
        zaak = vraag.zaak
        if zaak is not None:
            naam = f"{field}.zaak"
            zaak = Zaakverwijzing(
                controle.parsed(zaak.uuid, f"{naam}.uuid", _as_uuid),
                controle.line(zaak.identificatie, f"{naam}.identificatie", MAX_NAAM),
                controle.line(zaak.zaaktype, f"{naam}.zaaktype", MAX_NAAM),
                controle.line(zaak.opdracht, f"{naam}.opdracht", 36),
            )
        return msgspec.structs.replace(
            vraag,
            zaak=zaak,
            onderwerp=controle.line(vraag.onderwerp, f"{field}.onderwerp", MAX_ONDERWERP, required=True),
            inhoud=controle.lines(vraag.inhoud, f"{field}.inhoud", MAX_INHOUD),
            product=controle.line(vraag.product, f"{field}.product", MAX_NAAM),
            afdeling=controle.line(vraag.afdeling, f"{field}.afdeling", MAX_NAAM),
            terugbelverzoek=(
                None if verzoek is None else terugbellen.clean(controle, verzoek, f"{field}.terugbelverzoek")
            ),
        )

    async def carry_out(self, werk: Werk, gegevens: KlantcontactRegistreren) -> dict[str, Any]:
        wie = werk.verzoek.wie
        _refuse_future(gegevens, werk.nu)
        vragen = await zaakverwijzing.resolved(werk, gegevens.vragen, self._zaaktypen)
        gegevens = msgspec.structs.replace(gegevens, vragen=vragen)
        partij, namens = await find_or_create_all(werk, gegevens.klant, gegevens.namens)
        partijen = tuple(sorted({partij, namens} - {""}))
        receivers = await terugbellen.receivers(werk, gegevens)
        me = actoren.of_principal(wie)
        slots = await actoren.find_or_create_all(werk, [me, *(actor for group in receivers for actor in group)])
        contacten: list[str] = []
        taken: list[str] = []
        for index, vraag in enumerate(gegevens.vragen):
            field = f"vragen.{index}"
            uuid = await self._klantcontact(werk, gegevens, vraag, field)
            contacten.append(uuid)
            await self._betrokkenen(werk, gegevens, vraag, uuid, partij, namens)
            handled = {"actor": {"uuid": slots[me.slot]}, "klantcontact": {"uuid": uuid}}
            await werk.register.add(werk.unit, "actorklantcontacten", handled)
            if vraag.product:
                await werk.register.add(werk.unit, "onderwerpobjecten", _product(uuid, vraag.product))
            zaken: tuple[str, ...] = ()
            if vraag.zaak is not None and vraag.zaak.uuid:
                zaken = (vraag.zaak.uuid,)
                await werk.register.add(werk.unit, "onderwerpobjecten", zaakverwijzing.onderwerp(uuid, vraag.zaak.uuid))
            # One change for the whole: each one more would go to every seat.
            werk.unit.emit(Wijziging("klantcontact", uuid, "gemaakt", "crm", partijen + zaken))
            if vraag.terugbelverzoek is not None:
                toegewezen = [slots[actor.slot] for actor in receivers[index]]
                taak = await terugbellen.create(werk, vraag.terugbelverzoek, uuid, toegewezen, field)
                note = terugbellen.Gemaakt(vraag.terugbelverzoek, taak, uuid, namens or partij)
                await terugbellen.keep(werk, self._normen, self._indelingen, gegevens, note)
                taken.append(taak)
        self._audit(werk, gegevens, partij, namens, contacten)
        made = {"klantcontacten": contacten, "internetaken": taken, "partij": partij}
        without = zaakverwijzing.without(gegevens.vragen, contacten)
        return made | ({"zonder_zaak": without} if without else {})

    async def _klantcontact(
        self, werk: Werk, gegevens: KlantcontactRegistreren, vraag: VraagGegevens, field: str
    ) -> str:
        wie = werk.verzoek.wie
        titels = dict.fromkeys(clean(bron.titel) for bron in vraag.bronnen if bron.meegenomen)
        bronnen = ", ".join(titel for titel in titels if titel)
        metadata = {
            "resultaat": vraag.resultaat.value,
            "product": vraag.product,
            "afdeling": vraag.afdeling,
            "medewerker": shorten(wie.weergavenaam or wie.naam, MAX_METADATA),
            "contact": gegevens.contact,
            "bronnen": shorten(bronnen, MAX_METADATA),
            # Of the whole contact, which its vragen share: the standard has no field for an end or a duration.
            "duurSeconden": str(round((gegevens.beeindigd_op - gegevens.begonnen_op).total_seconds())),
        }
        # A seat's clock may be ahead; a contact cannot have begun after it was registered.
        begonnen = min(gegevens.begonnen_op.astimezone(UTC), werk.nu)
        body = {
            "kanaal": gegevens.kanaal.value,
            "onderwerp": vraag.onderwerp,
            "inhoud": zaakverwijzing.told(vraag),
            "taal": "nld",
            "vertrouwelijk": False,
            "plaatsgevondenOp": begonnen.isoformat(),
            # Whoever is registered here came or called; an attempt to reach the customer has a command of its own.
            "indicatieContactGelukt": True,
            "metadata": {key: value for key, value in metadata.items() if value},
        }
        async with seat_names({name: f"{field}.{name}" for name in ("onderwerp", "inhoud")}, field):
            return await werk.register.add(werk.unit, "klantcontacten", body)

    async def _betrokkenen(
        self,
        werk: Werk,
        gegevens: KlantcontactRegistreren,
        vraag: VraagGegevens,
        contact: str,
        partij: str,
        namens: str,
    ) -> None:
        adressen = _with_number(gegevens.digitale_adressen, vraag)
        if not partij and not adressen:
            return
        represented = gegevens.namens
        body: dict[str, Any] = {
            "hadKlantcontact": {"uuid": contact},
            "wasPartij": {"uuid": partij} if partij else None,
            "rol": "vertegenwoordiger" if namens else "klant",
            "initiator": True,
        }
        if represented is not None:
            body["organisatienaam"] = represented.naam
        betrokkene = await werk.register.add(werk.unit, "betrokkenen", body)
        if namens:
            await werk.register.add(
                werk.unit,
                "betrokkenen",
                {
                    "hadKlantcontact": {"uuid": contact},
                    "wasPartij": {"uuid": namens},
                    "rol": "klant",
                    "initiator": False,
                },
            )
        for index, adres in enumerate(adressen):
            async with seat_names({"adres": f"digitale_adressen.{index}.adres"}, f"digitale_adressen.{index}"):
                await werk.register.add(
                    werk.unit,
                    "digitaleadressen",
                    {
                        "verstrektDoorBetrokkene": {"uuid": betrokkene},
                        "verstrektDoorPartij": None,
                        "adres": adres.adres,
                        "soortDigitaalAdres": kind_in_register(adres),
                        "omschrijving": adres.omschrijving,
                        "isStandaardAdres": False,
                    },
                )

    def _audit(
        self,
        werk: Werk,
        gegevens: KlantcontactRegistreren,
        partij: str,
        namens: str,
        contacten: list[str],
    ) -> None:
        named = (vraag.zaak for vraag in gegevens.vragen)
        zaken = [("zaak", zaak.uuid) for zaak in named if zaak is not None and zaak.uuid]
        for klant, found in ((gegevens.klant, partij), (gegevens.namens, namens)):
            if klant is not None and found:
                werk.audit("geregistreerd", *audit_subject(klant.sleutel), ("partij", found), *zaken)
        if not partij:
            werk.audit("geregistreerd", "klantcontact", contacten[0], *zaken)


def _refuse_future(gegevens: KlantcontactRegistreren, now: datetime) -> None:
    """A seat's clock may be ahead by as much as its command ids may."""
    reason = "Dit tijdstip ligt in de toekomst. Controleer de klok van deze werkplek."
    moments = (("begonnen_op", gegevens.begonnen_op), ("beeindigd_op", gegevens.beeindigd_op))
    wrong = [InvalidParam(field, "in-future", reason) for field, at in moments if at > now + CLOCK_TOLERANCE]
    if wrong:
        raise InvalidBody(wrong, reason)


def _with_number(adressen: Sequence[DigitaalAdres], vraag: VraagGegevens) -> list[DigitaalAdres]:
    """The addresses of the contact and the number to call back on, each once."""
    known = {(adres.soort, adres.adres): adres for adres in adressen}
    number = vraag.terugbelverzoek.telefoonnummer if vraag.terugbelverzoek is not None else ""
    if number:
        key = (SoortDigitaalAdres.TELEFOONNUMMER, number)
        known.setdefault(key, DigitaalAdres(*key))
    return list(known.values())


def _as_uuid(tekst: str, *, field: str) -> str:
    try:
        return str(UUID(tekst))
    except ValueError:
        raise InvalidInput("Dit is geen kenmerk van een zaak.", field=field, code="invalid") from None


def _product(contact: str, product: str) -> dict[str, Any]:
    return {
        "klantcontact": {"uuid": contact},
        "wasKlantcontact": None,
        "onderwerpobjectidentificator": {
            "objectId": product,
            "codeObjecttype": "product",
            "codeRegister": "kcs-catalogus",
            "codeSoortObjectId": "naam",
        },
    }
