"""`document.toevoegen`: a file that a seat sent, as a document in the dossier of a zaak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.opdrachten import zaakdocumenten
from kcs_desktop.backend.opdrachten.controle import Controle
from kcs_desktop.backend.opdrachten.uitkomsten import made_by
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.opdrachten.zaaknummer import check_uuid
from kcs_desktop.backend.opdrachten.zaaktypen import Zaaktypen
from kcs_desktop.domain.errors import InvalidInput, NotFound
from kcs_desktop.domain.gebeurtenis import Kring, Wijziging
from kcs_desktop.domain.opdracht import DocumentToevoegen
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.zaakgegevens import DocumentGegevens
from kcs_desktop.domain.zaakrechten import most_closed


class ToevoegenDocument:
    """See the module."""

    def __init__(self, zaaktypen: Zaaktypen) -> None:
        self._zaaktypen = zaaktypen

    def required(self, gegevens: DocumentToevoegen) -> Sequence[tuple[str, Recht]]:
        return [("zaken" if gegevens.aanmaking else "dossier", Recht.WIJZIGEN)]

    def subject(self, gegevens: DocumentToevoegen) -> tuple[str, str]:
        return "zaak", gegevens.zaak[:36]

    def clean(self, gegevens: DocumentToevoegen) -> DocumentToevoegen:
        controle = Controle()
        document = zaakdocumenten.clean(controle, _document(gegevens), "")
        zaak = check_uuid(controle, gegevens.zaak, "zaak")
        aanmaking = controle.line(gegevens.aanmaking, "aanmaking", 36)
        controle.finish()
        return msgspec.structs.replace(gegevens, zaak=zaak, aanmaking=aanmaking, **msgspec.structs.asdict(document))

    async def carry_out(self, werk: Werk, gegevens: DocumentToevoegen) -> dict[str, Any]:
        if gegevens.aanmaking and (await made_by(werk, gegevens.aanmaking)).get("zaak") != gegevens.zaak:
            raise InvalidInput(
                "Met uw rol kunt u alleen een document toevoegen aan een zaak die u net hebt aangemaakt.",
                field="aanmaking",
                code="aanmaking-onbekend",
            )
        try:
            zaak = await werk.registers["zaken"].get(werk.unit, "zaken", gegevens.zaak)
        except NotFound:
            raise InvalidInput(
                "Deze zaak staat niet meer in het register.", field="zaak", code="zaak-onbekend"
            ) from None
        kring = await self._zaaktypen.require(werk, zaak)
        announced = len(werk.unit.wijzigingen)
        made = await zaakdocumenten.add(werk, zaak, _document(gegevens), "", self._zaaktypen.voor_documenten)
        del werk.unit.wijzigingen[announced:]  # one change for the whole
        kring = Kring(kring.zaaktype, most_closed(made.aanduiding, kring.aanduiding))
        werk.unit.emit(Wijziging("informatieobject", made.uuid, "gemaakt", "dossier", (gegevens.zaak,), (kring,)))
        wie, verwant = werk.verzoek.wie, (("informatieobject", made.uuid),)
        werk.unit.audit(
            Auditregel(wie, "geregistreerd", "zaak", gegevens.zaak, werk.doelbinding, bron="documenten", gezien=verwant)
        )
        return {"document": made.uuid}


def _document(gegevens: DocumentToevoegen) -> DocumentGegevens:
    return DocumentGegevens(
        gegevens.bestand,
        gegevens.naam,
        gegevens.titel,
        gegevens.informatieobjecttype,
        gegevens.vertrouwelijkheidaanduiding,
        gegevens.beschrijving,
        gegevens.ontvangstdatum,
    )
