"""`doctor` on the registers elsewhere: reach, credential, rights per resource, version, clock and catalogue.

Each is asked what we ask it in daily work, in its cheapest form. Nothing of an answer is shown but names of zaaktypen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx
import msgspec

from kcs_desktop.backend.beheer.bevinding import Bevinding, good, wrong
from kcs_desktop.backend.gateway.bewijs import bewijs_for
from kcs_desktop.backend.gateway.instellingen import REGISTERS, ZGW, sources
from kcs_desktop.backend.gateway.klok import seconds_ahead
from kcs_desktop.backend.gateway.verbinding import CRS, is_local
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.settings import Settings

VERSIONS = {"klantinteracties": (0, 9), "zaken": (1, 5), "catalogi": (1, 3), "documenten": (1, 4)}
# What daily work reads of each. What is under a zaak is asked for one zaak.
_RESOURCES: Mapping[str, Sequence[str]] = {
    "klantinteracties": (
        "partijen",
        "digitaleadressen",
        "klantcontacten",
        "betrokkenen",
        "onderwerpobjecten",
        "actoren",
        "internetaken",
    ),
    "catalogi": (
        "catalogussen",
        "zaaktypen",
        "statustypen",
        "roltypen",
        "resultaattypen",
        "eigenschappen",
        "informatieobjecttypen",
        "zaaktype-informatieobjecttypen",
    ),
    "zaken": ("zaken", "statussen", "rollen", "resultaten", "zaakinformatieobjecten"),
    "documenten": ("enkelvoudiginformatieobjecten", "objectinformatieobjecten"),
}
_OF_A_ZAAK = {
    "statussen": "zaak",
    "rollen": "zaak",
    "resultaten": "zaak",
    "zaakinformatieobjecten": "zaak",
    "objectinformatieobjecten": "object",
}
# What is written of a zaak, with the right that each asks.
_SCHRIJVEN_BIJ_ZAAK = {
    "zaaknummer_reserveren": "zaken.aanmaken",
    "statussen": "zaken.statussen.toevoegen",
    "rollen": "zaken.bijwerken",
    "zaakobjecten": "zaken.bijwerken",
    "zaakeigenschappen": "zaken.bijwerken",
    "zaakinformatieobjecten": "zaken.bijwerken",
}
_SCHRIJVEN = ("documenten.aanmaken", "documenten.bijwerken", "documenten.lock", "documenten.verwijderen")
# The rest has nothing that is asked without a person, a company or an address: a question that is not whole is refused
# once the address and the key are right, and shows nobody.
_NOT_WHOLE = {"brp": ("POST", "/personen"), "kvk": ("GET", "/v2/zoeken"), "bag": ("GET", "/adressen")}
_CLOCK = 30.0  # seconds that a clock may be off
_SHOWN = 5
_PAGES = 40
_DOCTOR = Principal(id="doctor", naam="kcs-doctor", soort="systeem", rechten={})
_TOKEN = {
    "invalid-jwt-signature": "Het geheim klopt niet: zet in {start}_SECRET het geheim van deze client.",
    "invalid-client-identifier": "De client is daar onbekend: maak er een met de naam uit {start}_CLIENT_ID.",
    "jwt-expired": "De klokken verschillen te veel: zet tijdsynchronisatie aan op beide computers.",
    "jwt-immature-signature": "De klokken verschillen te veel: zet tijdsynchronisatie aan op beide computers.",
}
Clock = Callable[[], datetime]


async def examine_registers(settings: Settings, clock: Clock) -> list[Bevinding]:
    """Every source of every register."""
    found: list[Bevinding] = []
    for naam in REGISTERS:
        named = sources(settings.registers, naam)
        if not named:
            found.append(good(f"Register {naam}", "eigen tabellen."))
        for bron in named:
            found += await _Onderzoek(naam, bron, settings, clock).examine()
    return found


class _Antwoord(msgspec.Struct, frozen=True):
    status: int
    headers: Mapping[str, str]
    gegevens: Any

    @property
    def code(self) -> str:
        code = self.gegevens.get("code") if isinstance(self.gegevens, dict) else None
        return code if isinstance(code, str) else ""

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows = self.gegevens.get("results") if isinstance(self.gegevens, dict) else self.gegevens
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


class _Onderzoek:
    """Of one source."""

    def __init__(self, naam: str, bron: str, settings: Settings, clock: Clock) -> None:
        self._naam = naam
        self._wat = f"Register {bron}"
        self._start = f"KCS_REGISTER_{bron}".upper()
        self._settings = settings.register(bron)
        together = ZGW if naam in ZGW else ()
        self._beside = {other: settings.register(other + bron.removeprefix(naam)) for other in together}
        self._clock = clock

    async def examine(self) -> list[Bevinding]:
        url = self._settings.url
        async with httpx.AsyncClient(timeout=self._settings.timeout, trust_env=not is_local(url)) as client:
            self._client = client
            try:
                return await self._examine()
            except httpx.HTTPError as error:
                advies = f"Controleer het adres in {self._start}_URL en de verbinding."
                return [wrong(self._wat, f"antwoordt niet ({type(error).__name__}).", advies)]

    async def _examine(self) -> list[Bevinding]:
        resources = _RESOURCES.get(self._naam)
        if resources is None:
            method, path = _NOT_WHOLE[self._naam]
            answer = await self._ask(path, body={} if method == "POST" else None)
            return [self._reached(answer), *self._time(answer)]
        first = await self._ask(f"/{resources[0]}", {"page": "1"})
        reached = self._reached(first)
        if not reached.in_orde:
            return [reached, *self._time(first)]
        found = [reached, *self._version(first), *self._time(first), *await self._rights(resources)]
        if self._naam == "documenten":
            found += await self._writing()
        if self._naam == "zaken":
            found += await self._may_make()
        if self._naam == "catalogi" and all(one.in_orde for one in found):
            found.append(await self._catalogue())
        if self._naam == "zaken" and not self._settings.bronorganisatie:
            advies = f"Zet het RSIN van de gemeente in {self._start}_BRONORGANISATIE."
            found.append(wrong(self._wat, "zonder RSIN kan geen zaak worden gemaakt.", advies))
        return found

    def _reached(self, answer: _Antwoord) -> Bevinding:
        """Whether it lets us in at all."""
        status = answer.status
        if status in {401, 403} and answer.code != "permission_denied":
            field = "CLIENT_ID en SECRET" if self._settings.client_id else "TOKEN"
            advies = _TOKEN.get(answer.code, f"Controleer {self._start}_{field}.").format(start=self._start)
            return wrong(self._wat, f"laat deze server niet toe ({status}).", advies)
        if status >= 500:
            return wrong(self._wat, f"geeft fout {status}.", "Meld het bij wie dit register beheert.")
        is_no_result = isinstance(answer.gegevens, dict) and "fout" in answer.gegevens  # KvK says so with a 404
        if (status == 404 and not is_no_result) or status == 405 or answer.gegevens is None:
            hoort = "het adres tot en met api/v1" if self._naam in _RESOURCES else "het adres van de API"
            advies = f"In {self._start}_URL hoort {hoort}."
            return wrong(self._wat, "op dit adres is dit register niet.", advies)
        version = answer.headers.get("api-version", "onbekend")[:20]
        return good(self._wat, f"bereikbaar, versie {version}.")

    def _version(self, answer: _Antwoord) -> list[Bevinding]:
        """Another major version, or an older minor one, lacks what we ask."""
        told = answer.headers.get("api-version", "")
        parts, least = told.split("."), VERSIONS.get(self._naam)
        if least is None or len(parts) < 2 or not (parts[0].isdigit() and parts[1].isdigit()):
            return []
        if int(parts[0]) == least[0] and int(parts[1]) >= least[1]:
            return []
        needed = ".".join(map(str, least))
        advies = f"Nodig is {needed} of nieuwer binnen {least[0]}; werk het register bij."
        return [wrong(self._wat, f"versie {told[:20]} past niet.", advies)]

    def _time(self, answer: _Antwoord) -> list[Bevinding]:
        off = seconds_ahead(answer.headers.get("date", ""), self._clock())
        if abs(off) <= _CLOCK:
            return []
        hoe = "voor" if off > 0 else "achter"
        advies = "Zet tijdsynchronisatie aan op beide computers; anders worden tokens en statussen geweigerd."
        return [wrong(self._wat, f"de klok loopt daar {abs(off):.0f} seconden {hoe}.", advies)]

    async def _rights(self, resources: Sequence[str]) -> list[Bevinding]:
        """A call for each resource: without the right it is a 403."""
        zaak = await self._one_zaak() if self._naam in {"zaken", "documenten"} else ""
        refused, failed = [], []
        for resource in resources:
            if resource in _OF_A_ZAAK and not zaak:
                continue
            asked = {_OF_A_ZAAK[resource]: zaak} if resource in _OF_A_ZAAK else {"page": "1"}
            status = (await self._ask(f"/{resource}", asked)).status
            if status in {401, 403}:
                refused.append(resource)
            elif status >= 400:
                failed.append(f"{resource} ({status})")
        found = []
        if refused:
            scope = f"het recht {self._naam}.lezen" if self._settings.client_id else "leesrecht"
            advies = f"Geef de applicatie daar {scope}, voor alle zaaktypen en documenttypen."
            found.append(wrong(self._wat, f"geen recht op {', '.join(refused)}.", advies))
        if failed:
            advies = "Controleer de versie van het register en meld het bij wie het beheert."
            found.append(wrong(self._wat, f"geeft een fout op {', '.join(failed)}.", advies))
        return found

    async def _writing(self) -> list[Bevinding]:
        """Whether documents may be made there: asked with a body that lacks what every document must have, so that
        none is. The right is looked at first."""
        soorten = (await self._ask("/informatieobjecttypen", {"status": "definitief"}, naam="catalogi")).rows
        if not soorten:
            return []
        body = {"informatieobjecttype": str(soorten[0].get("url")), "vertrouwelijkheidaanduiding": "openbaar"}
        if (await self._ask(f"/{_RESOURCES[self._naam][0]}", body=body)).status not in {401, 403}:
            return []
        advies = f"Geef de applicatie daar {', '.join(_SCHRIJVEN)}, voor alle documenttypen."
        return [wrong(self._wat, "geen recht om documenten te maken.", advies)]

    async def _may_make(self) -> list[Bevinding]:
        """Whether zaken may be made there: asked in the same way, with the zaaktype of some zaak, for the right may be
        for some alone."""
        rows = (await self._ask("/zaken", {"page": "1"})).rows
        if not rows:
            return []
        found = []
        if (await self._ask("/zaken", body={"zaaktype": str(rows[0].get("zaaktype"))})).status in {401, 403}:
            advies = "Geef de applicatie daar zaken.aanmaken, voor alle zaaktypen."
            found.append(wrong(self._wat, "geen recht om zaken te maken.", advies))
        return [*found, *await self._may_complete(str(rows[0].get("url") or ""))]

    async def _may_complete(self, zaak: str) -> list[Bevinding]:
        """Whether what a new zaak needs may be added to it: asked of some zaak, with bodies that lack all the rest, so
        that nothing is added."""
        refused = []
        for resource in _SCHRIJVEN_BIJ_ZAAK:
            is_under = resource == "zaakeigenschappen"
            path = f"/zaken/{zaak.rpartition('/')[2]}/{resource}" if is_under else f"/{resource}"
            body = {} if resource == "zaaknummer_reserveren" else {"zaak": zaak}
            if zaak and (await self._ask(path, body=body)).status in {401, 403}:
                refused.append(resource)
        if not refused:
            return []
        scopes = dict.fromkeys(_SCHRIJVEN_BIJ_ZAAK[resource] for resource in refused)
        advies = f"Geef de applicatie daar {', '.join(scopes)}, voor alle zaaktypen."
        return [wrong(self._wat, f"geen recht om te schrijven: {', '.join(refused)}.", advies)]

    async def _one_zaak(self) -> str:
        """The address of some zaak, as the server itself writes it."""
        rows = (await self._ask("/zaken", {"page": "1"}, naam="zaken")).rows
        url = rows[0].get("url") if rows else ""
        return url if isinstance(url, str) else ""

    async def _catalogue(self) -> Bevinding:
        """Whether a zaak can be started of every published zaaktype: it needs an initiator and a first status."""
        today = self._clock().date().isoformat()
        zaaktypen = await self._all("/zaaktypen", {"status": "definitief", "datumGeldigheid": today})
        if not zaaktypen:
            advies = "Publiceer in de catalogus de zaaktypen waarvan zaken worden gemaakt."
            return wrong(self._wat, "geen gepubliceerd zaaktype dat nu geldt.", advies)
        roltypen = await self._all("/roltypen", {"status": "definitief", "omschrijvingGeneriek": "initiator"})
        statustypen = await self._all("/statustypen", {"status": "definitief"})
        with_initiator = {row.get("zaaktype") for row in roltypen}
        with_status = {row.get("zaaktype") for row in statustypen}
        problems = []
        for what, having in (("roltype initiator", with_initiator), ("statustypen", with_status)):
            lacking = [str(row.get("omschrijving")) for row in zaaktypen if row.get("url") not in having]
            if lacking:
                more = f" en {len(lacking) - _SHOWN} andere" if len(lacking) > _SHOWN else ""
                problems.append(f"geen {what} bij {', '.join(lacking[:_SHOWN])}{more}")
        if problems:
            advies = "Maak een nieuwe versie van die zaaktypen met wat ontbreekt, en publiceer die."
            return wrong(self._wat, f"{'; '.join(problems)}.", advies)
        return good(self._wat, f"{len(zaaktypen)} zaaktypen, alle met initiator en statussen.")

    async def _all(self, path: str, asked: Mapping[str, str]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for number in range(1, _PAGES + 1):
            answer = await self._ask(path, {**asked, **({"page": str(number)} if number > 1 else {})})
            rows += answer.rows
            if not (isinstance(answer.gegevens, dict) and answer.gegevens.get("next")):
                break
        return rows

    async def _ask(
        self,
        path: str,
        asked: Mapping[str, str] | None = None,
        *,
        naam: str = "",
        body: Mapping[str, str] | None = None,
    ) -> _Antwoord:
        of = self._beside[naam] if naam else self._settings
        register = naam or self._naam
        headers = {"Accept": "application/json", **(CRS if register == "zaken" else {})}
        headers |= bewijs_for(register, of, self._clock).headers(_DOCTOR)
        address = of.url.rstrip("/") + path
        method = "GET" if body is None else "POST"
        answer = await self._client.request(method, address, params=asked, json=body, headers=headers)
        try:
            gegevens = msgspec.json.decode(answer.content)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            gegevens = None
        return _Antwoord(answer.status_code, answer.headers, gegevens)
