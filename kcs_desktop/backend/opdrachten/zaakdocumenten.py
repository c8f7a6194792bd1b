"""The documents of a zaak: what a seat sent with it, and the confirmation of receipt of a formal request."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from kcs_desktop.backend.bestanden.opslag import usable
from kcs_desktop.backend.opdrachten import zaaktypen as catalogus
from kcs_desktop.backend.opdrachten.controle import Controle, seat_names
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.opdrachten.zaaknummer import check_uuid
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.documenten.adres import NAAM
from kcs_desktop.backend.standards.documenten.toevoegen import add_document
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.errors import InvalidInput, NotFound
from kcs_desktop.domain.ontvangstbevestiging import TITEL, confirmation, kind_for
from kcs_desktop.domain.tekst import shorten
from kcs_desktop.domain.zaakgegevens import DocumentGegevens
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN
from kcs_desktop.domain.zaaktype import Zaaktype

MAX_DOCUMENTEN = 50
MAX_TITEL = 200
MAX_BESCHRIJVING = 1000
_AUTEUR = "Publiekscentrum"


def clean(controle: Controle, document: DocumentGegevens, field: str) -> DocumentGegevens:
    """Fit to store; `field` is "" where the document is the whole of the command."""

    def at(name: str) -> str:
        return f"{field}.{name}" if field else name

    aanduiding = document.vertrouwelijkheidaanduiding
    if aanduiding and aanduiding not in AANDUIDINGEN:
        controle.wrong(at("vertrouwelijkheidaanduiding"), "invalid_choice", f"Kies uit: {', '.join(AANDUIDINGEN)}.")
    return DocumentGegevens(
        check_uuid(controle, document.bestand, at("bestand")),
        controle.line(document.naam, at("naam"), 255),
        controle.line(document.titel, at("titel"), MAX_TITEL, required=True),
        check_uuid(controle, document.informatieobjecttype, at("informatieobjecttype")),
        aanduiding,
        controle.lines(document.beschrijving, at("beschrijving"), MAX_BESCHRIJVING),
        document.ontvangstdatum,
    )


async def require_files(werk: Werk, documenten: Sequence[DocumentGegevens], field: str) -> None:
    """Raises as `add` does for a file that cannot be used, before anything is made."""
    for index, document in enumerate(documenten):
        async with _told(document, f"{field}.{index}"):
            await usable(werk.unit.session, document.bestand, werk.verzoek.wie.id)


class Toegevoegd(msgspec.Struct, frozen=True):
    """A document that was added, and its aanduiding: an answer from elsewhere does not always tell it."""

    uuid: str
    aanduiding: str


async def add(werk: Werk, zaak: Resource, document: DocumentGegevens, field: str, organisatie: str = "") -> Toegevoegd:
    """A document of a file that this person sent, in the zaak. `organisatie` is the RSIN of who makes it, without one
    that of the zaak.

    Raises InvalidInput at `field` where the file cannot be used, with the code that says why (`bestand-besmet`), and
    RetryableError where the scanner has not looked at it yet.
    """
    soort = await _kind(werk, zaak, document.informatieobjecttype, field)
    body = _body(werk, zaak, document.titel, str(soort["url"]), organisatie) | {
        "bestandsnaam": document.naam,
        "beschrijving": document.beschrijving,
        "ontvangstdatum": None if document.ontvangstdatum is None else document.ontvangstdatum.isoformat(),
    }
    if document.vertrouwelijkheidaanduiding:  # without it that of its kind holds
        body["vertrouwelijkheidaanduiding"] = document.vertrouwelijkheidaanduiding
    names = {name: f"{field}.{name}" if field else name for name in ("titel", "beschrijving", "ontvangstdatum")}
    async with _told(document, field), seat_names(names, field or "bestand"):
        register = werk.registers["documenten"]
        made = await add_document(register, werk.unit, body, document.bestand, werk.verzoek.wie.id)
    await _link(werk, zaak, made, document.titel)
    aanduiding = document.vertrouwelijkheidaanduiding or str(soort["vertrouwelijkheidaanduiding"])
    return Toegevoegd(uuid_in(str(made["url"])), aanduiding)


async def confirm(werk: Werk, zaak: Resource, zaaktype: Zaaktype, naam: str, organisatie: str = "") -> str:
    """The confirmation of receipt as a document of the zaak; its uuid, "" where the zaaktype has no kind for it."""
    soort = kind_for(await catalogus.documenttypen_of(werk, zaaktype))
    if soort is None:
        return ""
    nummer, ontvangen = str(zaak["identificatie"]), catalogus.today(werk)
    inhoud = confirmation(nummer, zaaktype.omschrijving, ontvangen, zaaktype.doorlooptijd, naam)
    body = _body(werk, zaak, f"{TITEL} {nummer}", soort.url, organisatie) | {
        "auteur": _AUTEUR,
        "status": "definitief",
        "formaat": "application/pdf",
        "bestandsnaam": f"ontvangstbevestiging-{nummer}.pdf",
        "inhoud": base64.b64encode(inhoud).decode(),
        "bestandsomvang": len(inhoud),
    }
    made = await werk.registers["documenten"].create(werk.unit, NAAM, body)
    await _link(werk, zaak, made, TITEL)
    return uuid_in(str(made["url"]))


@asynccontextmanager
async def _told(document: DocumentGegevens, field: str) -> AsyncIterator[None]:
    """What is wrong with the file, at the field where it was chosen."""
    try:
        yield
    except NotFound as gone:
        raise _unfit(document, field, gone.code, f"{gone.message} {gone.advice}") from None
    except HttpProblem as refused:
        if refused.status >= 500:
            raise
        raise _unfit(document, field, refused.code, f"{refused.title} {refused.detail}") from None


def _body(werk: Werk, zaak: Resource, titel: str, soort: str, organisatie: str) -> dict[str, Any]:
    wie = werk.verzoek.wie
    return {
        "bronorganisatie": organisatie or zaak["bronorganisatie"],
        "creatiedatum": catalogus.today(werk).isoformat(),
        "titel": shorten(titel, MAX_TITEL),
        "auteur": shorten(wie.weergavenaam or wie.naam, 200),
        "taal": "nld",
        "informatieobjecttype": soort,
        "indicatieGebruiksrecht": False,
    }


async def _link(werk: Werk, zaak: Resource, document: Resource, titel: str) -> None:
    body = {"zaak": zaak["url"], "informatieobject": document["url"], "titel": shorten(titel, MAX_TITEL)}
    await werk.registers["zaken"].add(werk.unit, "zaakinformatieobjecten", body)


async def _kind(werk: Werk, zaak: Resource, uuid: str, field: str) -> Resource:
    """Raises InvalidInput for a kind of document that does not belong to the zaaktype (any more)."""
    rows: Sequence[Resource] = await werk.registers["catalogi"].find(
        werk.unit, "informatieobjecttypen", {"zaaktype": str(zaak["zaaktype"]), "status": "alles"}
    )
    found = next((row for row in rows if uuid_in(str(row["url"])) == uuid), None)
    if found is None:
        name = f"{field}.informatieobjecttype" if field else "informatieobjecttype"
        reason = "Dit soort document hoort niet bij het zaaktype. Kies een ander soort."
        raise InvalidInput(reason, field=name, code="does_not_exist")
    return found


def _unfit(document: DocumentGegevens, field: str, code: str, reason: str) -> InvalidInput:
    return InvalidInput(f"{document.naam or document.titel}: {reason}".strip(), field=field or "bestand", code=code)
