"""`/kcs/api/v1/opdrachten`: every write of a seat; and the preference that the standard has no field for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_looks, record_refused
from kcs_desktop.backend.feed.store import read_stand
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.opdrachten import terugbelopdrachten
from kcs_desktop.backend.opdrachten.claim import find
from kcs_desktop.backend.opdrachten.document_toevoegen import ToevoegenDocument
from kcs_desktop.backend.opdrachten.identiteit import check_id
from kcs_desktop.backend.opdrachten.leven import Leven
from kcs_desktop.backend.opdrachten.lezen import read_body
from kcs_desktop.backend.opdrachten.registreren_contact import RegistrerenContact
from kcs_desktop.backend.opdrachten.registreren_klant import RegistrerenKlant
from kcs_desktop.backend.opdrachten.stap import Upstream
from kcs_desktop.backend.opdrachten.tables import KlantVoorkeur
from kcs_desktop.backend.opdrachten.uitvoering import Handler, Uitvoerder
from kcs_desktop.backend.opdrachten.wijzigen_klant import WijzigenKlant
from kcs_desktop.backend.opdrachten.zaak_aanmaken import AanmakenZaak
from kcs_desktop.backend.opdrachten.zaaknummer import ReserverenZaaknummer
from kcs_desktop.backend.opdrachten.zaaktypen import Zaaktypen
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.backend.schema import ANTWOORD, INVOER
from kcs_desktop.backend.standards.catalogi.adres import PREFIX as CATALOGI
from kcs_desktop.backend.standards.catalogi.api import CatalogiApi
from kcs_desktop.backend.standards.documenten.adres import PREFIX as DOCUMENTEN
from kcs_desktop.backend.standards.documenten.api import DocumentenApi
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.backend.standards.objecten.register import EmbeddedRegister
from kcs_desktop.backend.standards.port import Register
from kcs_desktop.backend.standards.zaken.register import EmbeddedZaken
from kcs_desktop.backend.terugbellen.indeling import Indelingen
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters
from kcs_desktop.domain.doelbinding import doelbinding
from kcs_desktop.domain.errors import Forbidden, NotFound
from kcs_desktop.domain.opdracht import (
    DocumentToevoegen,
    KlantcontactRegistreren,
    KlantRegistreren,
    KlantWijzigen,
    Opdracht,
    Uitkomst,
    Uitkomststand,
    ZaakAanmaken,
    ZaaknummerReserveren,
)
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.zaakrechten import STANDAARD, Zaakrechtentabel

EPOCH = "X-KCS-Epoch"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def handlers(
    normen: Normen,
    indelingen: Indelingen,
    zaakrechten: Zaakrechtentabel = STANDAARD,
    organisatie: str = "",
    voor_documenten: str = "",
) -> dict[type, Handler]:
    """Every command by its payload. `organisatie` is the RSIN that the settings give for zaken, `voor_documenten` the
    one for documents."""
    zaaktypen = Zaaktypen(zaakrechten, organisatie, voor_documenten)
    return {
        KlantcontactRegistreren: RegistrerenContact(normen, indelingen, zaaktypen),
        KlantWijzigen: WijzigenKlant(),
        KlantRegistreren: RegistrerenKlant(),
        ZaaknummerReserveren: ReserverenZaaknummer(zaaktypen),
        ZaakAanmaken: AanmakenZaak(zaaktypen),
        DocumentToevoegen: ToevoegenDocument(zaaktypen),
        **terugbelopdrachten.handlers(normen, indelingen),
    }


HANDLERS = handlers(Normen(), Indelingen())


def embedded_registers(kern: Kern) -> dict[str, Register]:
    """Those beside Klantinteracties, as the backend itself uses them: a handler asks who may."""
    return {
        "zaken": EmbeddedZaken(),
        "catalogi": EmbeddedRegister(CatalogiApi.resources, CATALOGI),
        "documenten": DocumentenApi(kern).register(DOCUMENTEN),
    }


def router(
    kern: Kern,
    upstream: Mapping[str, Upstream] | None = None,
    leven: Leven | None = None,
    known: dict[type, Handler] | None = None,
) -> Router:
    """Mount the commands over the embedded registers; those in `upstream` take their place."""
    uitvoerder = Uitvoerder(
        kern.db,
        EmbeddedKlantinteracties(),
        known or HANDLERS,
        leven,
        registers=embedded_registers(kern),
        upstream=upstream,
    )

    @post("/kcs/api/v1/opdrachten", opt={INVOER: Opdracht, ANTWOORD: Uitkomst})
    async def geven(request: Request[Any, Any, Any]) -> Response[Uitkomst]:
        verzoek = current(request)
        refuse_unknown_parameters(request, ())
        await _refuse_other_epoch(request, kern, verzoek)
        opdracht = await _read(request, kern)
        doel = doelbinding(opdracht.kanaal, opdracht.product) if opdracht.kanaal or opdracht.product else ""
        is_new, uitkomst = await uitvoerder.execute(opdracht, verzoek, doel or verzoek.doelbinding)
        return Response(uitkomst, status_code=_status(uitkomst, is_new=is_new))

    @get("/kcs/api/v1/opdrachten/{opdracht:str}", opt={ANTWOORD: Uitkomst})
    async def vragen(request: Request[Any, Any, Any], opdracht: FromPath[str]) -> Response[Uitkomst]:
        verzoek = current(request)
        refuse_unknown_parameters(request, ())
        async with kern.db.read() as session:
            uitkomst = await find(session, opdracht.lower(), verzoek.wie.id, kern.db.clock())
        if uitkomst is None:
            raise NotFound("Deze opdracht is hier niet bekend.")
        return Response(uitkomst, status_code=_status(uitkomst, is_new=False))

    @get("/kcs/api/v1/klanten/{partij:str}/voorkeur")
    async def voorkeur(request: Request[Any, Any, Any], partij: FromPath[str]) -> dict[str, str]:
        verzoek = current(request)
        refuse_unknown_parameters(request, ())
        if not _UUID.fullmatch(partij.lower()):
            raise NotFound("Deze klant is hier niet bekend.")
        regel = Auditregel(verzoek.wie, "geraadpleegd", "partij", partij.lower(), verzoek.doelbinding, bron="kcs")
        try:
            verzoek.wie.require("crm")
        except Forbidden as refused:
            await record_refused(kern.db, msgspec.structs.replace(regel, reden=refused.code))
            raise
        async with kern.db.read() as session:
            row = await session.get(KlantVoorkeur, partij.lower())
        await record_looks(kern.db, [regel])
        return {"partij": partij.lower(), "voorkeurskanaal": row.voorkeurskanaal if row is not None else ""}

    return Router(path="/", route_handlers=[geven, vragen, voorkeur])


async def _refuse_other_epoch(request: Request[Any, Any, Any], kern: Kern, verzoek: Verzoek) -> None:
    """A seat that has not heard yet that a backup was put back must first hand in again what is gone, in order."""
    known = request.headers.get(EPOCH, "")
    if not known:
        return
    epoch = verzoek.stand[0] if verzoek.stand is not None else (await read_stand(kern.db)).epoch
    if known != epoch:
        raise HttpProblem(
            409,
            "andere-epoch",
            "De server is teruggezet naar een eerdere stand.",
            "Deze opdracht gaat mee zodra is aangeboden wat daardoor ontbreekt. Er is niets gewijzigd.",
            huidig={"epoch": epoch},
        )


async def _read(request: Request[Any, Any, Any], kern: Kern) -> Opdracht:
    opdracht = await read_body(request, Opdracht)
    if opdracht.gemaakt_op.tzinfo is None:
        raise InvalidBody([InvalidParam("gemaakt_op", "invalid", "Geef het tijdstip met een tijdzone.")])
    known = check_id(opdracht.id, kern.db.clock())
    return Opdracht(known, opdracht.gegevens, opdracht.gemaakt_op, opdracht.contact, opdracht.product, opdracht.kanaal)


def _status(uitkomst: Uitkomst, *, is_new: bool) -> int:
    if uitkomst.stand is Uitkomststand.BEZIG:
        return 202
    return 201 if is_new else 200
