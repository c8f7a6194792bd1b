"""A double of Open Formulieren with its registration in the ZGW APIs: what it sends, in its order, and how it goes on.

A submission remembers what each call gave, as the real one does, so that a retry goes on at the first call without an
answer. What went wrong on the way is up to the test: `verlies` loses the answer of a call that was carried out,
`sterf` ends the process before one.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import httpx

ZAKEN = "/zaken/api/v1"
CATALOGI = "/catalogi/api/v1"
DOCUMENTEN = "/documenten/api/v1"
CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
TOELICHTING = "inzender formulier"  # what it says of the one who sent the form
RSIN = "002564440"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
Json = dict[str, Any]


class AntwoordVerlorenError(Exception):
    """The call was carried out; its answer did not arrive."""


class GestorvenError(Exception):
    """The worker died before this call."""


class OpenFormulieren:
    """One installation, with the token of an application. `documenten`: whether the register of documents is there."""

    def __init__(self, client: httpx.AsyncClient, now: Callable[[], datetime], *, documenten: bool = False) -> None:
        self._client = client
        self.now = now
        self.documenten = documenten
        self.verlies: set[str] = set()
        self.sterf: set[str] = set()
        self.verzonden: list[str] = []  # every call, by its step

    async def read(self, path: str, **params: str) -> list[Json]:
        answer = await self._client.get(path, params=params, headers=CRS)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        rows: list[Json] = found["results"] if isinstance(found, dict) else found
        return rows

    async def zaaktype(self, identificatie: str) -> Json:
        """The version that is valid today."""
        vandaag = self.now().date().isoformat()
        found = await self.read(
            f"{CATALOGI}/zaaktypen", identificatie=identificatie, datumGeldigheid=vandaag, status="definitief"
        )
        assert found, f"no zaaktype {identificatie}"
        return found[0]

    async def post(self, stap: str, path: str, body: Mapping[str, Any]) -> httpx.Response:
        """One call, with what goes wrong at it; it goes wrong once."""
        if stap in self.sterf:
            self.sterf.discard(stap)
            raise GestorvenError(stap)
        self.verzonden.append(stap)
        answer = await self._client.post(path, json=dict(body), headers=CRS)
        if stap in self.verlies:
            self.verlies.discard(stap)
            raise AntwoordVerlorenError(stap)
        return answer


class Inzending:
    """One submission. `referentie` is its public reference, which becomes the number of the zaak.

    `kvk_in` is the field in which the KvK number is sent: older versions write it where the RSIN goes (`innNnpId`).
    `kenmerk` sends the reference as a kenmerk too, as it does for a reference that was given out before the zaak was.
    """

    def __init__(
        self,
        bij: OpenFormulieren,
        zaaktype: str,
        referentie: str,
        *,
        bsn: str = "",
        kvk: str = "",
        kvk_in: str = "kvkNummer",
        naam: Mapping[str, str] | None = None,
        formulier: str = "Parkeervergunning aanvragen",
        antwoorden: Mapping[str, str] | None = None,
        kenmerk: bool = False,
        velden: Mapping[str, Any] | None = None,
    ) -> None:
        self.referentie = referentie
        self.resultaat: dict[str, Json] = {}
        self._bij = bij
        self._zaaktype = zaaktype
        self._bsn, self._kvk, self._kvk_in = bsn, kvk, kvk_in
        self._naam = dict(naam or {})
        self._formulier = formulier
        self._antwoorden = dict(antwoorden or {})
        self._kenmerk = kenmerk
        self._velden = dict(velden or {})

    async def register(self) -> Json:
        """Everything that was not done yet; the zaak.

        Raises what the double was told to let go wrong, and AssertionError with the answer where the register refuses.
        """
        zaak = await self._once("zaak", self._make_zaak)
        of = {"zaak": zaak["url"]}
        if self._bij.documenten:
            await self._once("document", self._make_document)
            await self._once("relatie", lambda: self._relate(of))
        await self._once("rol", lambda: self._make_rol(zaak, of))
        await self._once("status", lambda: self._make_status(zaak, of))
        soorten = {
            al["naam"]: al for al in await self._bij.read(f"{CATALOGI}/eigenschappen", zaaktype=zaak["zaaktype"])
        }
        for naam, waarde in self._antwoorden.items():
            if naam in soorten:
                body = {**of, "eigenschap": soorten[naam]["url"], "waarde": waarde}
                await self._once(f"eigenschap {naam}", partial(self._fill_in, zaak, body))
        return zaak

    async def register_until_done(self, most: int = 5) -> Json:
        """As its queue does: again, after whatever went wrong."""
        for _ in range(most):
            try:
                return await self.register()
            except (AntwoordVerlorenError, GestorvenError):
                continue
        raise AssertionError("the submission was not registered")

    async def _once(self, stap: str, make: Callable[[], Any]) -> Json:
        if stap not in self.resultaat:
            self.resultaat[stap] = await make()
        return self.resultaat[stap]

    async def _made(self, stap: str, path: str, body: Mapping[str, Any]) -> Json:
        answer = await self._bij.post(stap, path, body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def _make_zaak(self) -> Json:
        vandaag = self._bij.now().date().isoformat()
        body = {
            "zaaktype": (await self._bij.zaaktype(self._zaaktype))["url"],
            "identificatie": self.referentie,
            "bronorganisatie": RSIN,
            "verantwoordelijkeOrganisatie": RSIN,
            "registratiedatum": vandaag,
            "startdatum": vandaag,
            "omschrijving": self._formulier[:80],
            "toelichting": "",
            "betalingsindicatie": "nvt",
            **({"kenmerken": [{"kenmerk": self.referentie, "bron": "Open Formulieren"}]} if self._kenmerk else {}),
            **self._velden,
        }
        answer = await self._bij.post("zaak", f"{ZAKEN}/zaken", body)
        if _is_taken(answer):  # sent before: its answer was lost
            return (await self._bij.read(f"{ZAKEN}/zaken", identificatie=self.referentie, bronorganisatie=RSIN))[0]
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def _make_rol(self, zaak: Json, of: Json) -> Json:
        roltypen = await self._bij.read(
            f"{CATALOGI}/roltypen", zaaktype=zaak["zaaktype"], omschrijvingGeneriek="initiator"
        )
        if not (self._bsn or self._kvk or self._naam):
            return {}  # sent without signing in and without a name
        soort = "niet_natuurlijk_persoon" if self._kvk else "natuurlijk_persoon"
        wie = {self._kvk_in: self._kvk} if self._kvk else {"inpBsn": self._bsn} if self._bsn else {}
        body = {
            **of,
            "betrokkeneType": soort,
            "roltype": roltypen[0]["url"],
            "roltoelichting": TOELICHTING,
            "indicatieMachtiging": "",
            "betrokkeneIdentificatie": {**wie, **self._naam},
        }
        already = await self._bij.read(f"{ZAKEN}/rollen", zaak=zaak["url"], omschrijvingGeneriek="initiator")
        return already[0] if already else await self._made("rol", f"{ZAKEN}/rollen", body)

    async def _make_status(self, zaak: Json, of: Json) -> Json:
        typen = await self._bij.read(f"{CATALOGI}/statustypen", zaaktype=zaak["zaaktype"])
        eerste = min(typen, key=lambda al: al["volgnummer"])
        body = {
            **of,
            "statustype": eerste["url"],
            "datumStatusGezet": self._bij.now().isoformat(),
            "statustoelichting": "",
        }
        answer = await self._bij.post("status", f"{ZAKEN}/statussen", body)
        if _is_taken(answer):
            return (await self._bij.read(f"{ZAKEN}/statussen", zaak=zaak["url"]))[0]
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def _fill_in(self, zaak: Json, body: Json) -> Json:
        return await self._made(
            f"eigenschap {body['eigenschap']}", f"{ZAKEN}/zaken/{zaak['uuid']}/zaakeigenschappen", body
        )

    async def _make_document(self) -> Json:
        zaaktype = await self._bij.zaaktype(self._zaaktype)
        soorten = zaaktype["informatieobjecttypen"]
        body = {
            "informatieobjecttype": soorten[0],
            "bronorganisatie": RSIN,
            "creatiedatum": self._bij.now().date().isoformat(),
            "titel": f"{self._formulier} (PDF)",
            "auteur": "Aanvrager",
            "taal": "nld",
            "formaat": "application/pdf",
            "inhoud": base64.b64encode(PDF).decode(),
            "status": "definitief",
            "bestandsnaam": f"open-forms-{self.referentie}.pdf",
            "ontvangstdatum": None,
            "beschrijving": "Ingezonden formulier",
            "indicatieGebruiksrecht": False,
            "bestandsomvang": len(PDF),
        }
        return await self._made("document", f"{DOCUMENTEN}/enkelvoudiginformatieobjecten", body)

    async def _relate(self, of: Json) -> Json:
        body = {**of, "informatieobject": self.resultaat["document"]["url"]}
        return await self._made("relatie", f"{ZAKEN}/zaakinformatieobjecten", body)


def _is_taken(answer: httpx.Response) -> bool:
    """Whether the register says that it has this already."""
    return answer.status_code == 400 and any(al["code"] == "unique" for al in answer.json().get("invalidParams", ()))
