"""The backend's own interface but for commands: sign-in, sessions, catalogue, CRM search and preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.domain.audit import Auditantwoord
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.klant import KlantSleutel
from kcs_desktop.domain.meekijker import Gezelschap
from kcs_desktop.domain.sessie import Aanmelding, SessieAntwoord, Sessiestand
from kcs_desktop.domain.zaaktype import Zaaktypekenmerken
from kcs_desktop.domain.zoeken import Treffer

_T = TypeVar("_T")

ROOT = "/kcs/api/v1"
GEMEENTE_LIMIT = 25.0  # seconds: the backend asks the municipality's provider meanwhile


class Gevonden(msgspec.Struct, frozen=True):
    """The hits of the CRM index, and in Dutch what it cannot know; "" when it knows all."""

    treffers: tuple[Treffer, ...] = ()
    melding: str = ""


class _Voorkeur(msgspec.Struct, frozen=True):
    voorkeurskanaal: str | None = None


class _Bestemming(msgspec.Struct, frozen=True):
    adres: str


class _Nagegaan(msgspec.Struct, frozen=True):
    stand: Sessiestand


class Kcs:
    """One method per call; all raise the domain's errors."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def is_other_version(self) -> bool:
        """Whether the backend said last that it is of a version that this seat does not understand."""
        return self._client.is_other_version

    async def health(self) -> None:
        """Returns when the backend answers."""
        await self._client.call("GET", "/health", anonymous=True, limit=3.0)

    async def proefgemeente(self) -> dict[str, Any]:
        antwoord = await self._client.call("GET", f"{ROOT}/aanmelden", anonymous=True)
        return antwoord.decode(dict[str, Any])

    async def sign_in(self, gebruikersnaam: str, wachtwoord: str, code: str = "") -> Aanmelding:
        body = {"gebruikersnaam": gebruikersnaam, "wachtwoord": wachtwoord} | ({"code": code} if code else {})
        return (await self._client.call("POST", f"{ROOT}/aanmelden", body=body, anonymous=True)).decode(Aanmelding)

    async def gemeente_address(self, terugkeer: str, state: str, uitdaging: str, *, opnieuw: bool) -> str:
        """Where the browser goes to sign in at the municipality."""
        body = {"terugkeer": terugkeer, "state": state, "uitdaging": uitdaging, "opnieuw": opnieuw}
        antwoord = await self._client.call("POST", f"{ROOT}/aanmelden/gemeente/begin", body=body, anonymous=True)
        return antwoord.decode(_Bestemming).adres

    async def sign_in_at_gemeente(self, terugkomst: Mapping[str, Any]) -> Aanmelding:
        """With what the browser brought back."""
        antwoord = await self._client.call(
            "POST", f"{ROOT}/aanmelden/gemeente", body=terugkomst, anonymous=True, limit=GEMEENTE_LIMIT
        )
        return antwoord.decode(Aanmelding)

    async def start_session(self, keuzetoken: str, werkplek: str, rollen: Sequence[str]) -> SessieAntwoord:
        body = {"keuzetoken": keuzetoken, "werkplek": werkplek, "rollen": list(rollen)}
        return (await self._client.call("POST", f"{ROOT}/sessies", body=body, anonymous=True)).decode(SessieAntwoord)

    async def renew_session(self, verversing: str) -> SessieAntwoord:
        body = {"verversing": verversing}
        antwoord = await self._client.call("POST", f"{ROOT}/sessies/vernieuwen", body=body, anonymous=True)
        return antwoord.decode(SessieAntwoord)

    async def session_state(self, kenmerk: str, afdruk: str, *, ends: bool) -> Sessiestand:
        """How it stands with a session of before, asked with a hash of its token; `ends` ends it."""
        body = {"kenmerk": kenmerk, "afdruk": afdruk, "beeindigen": ends}
        antwoord = await self._client.call("POST", f"{ROOT}/sessies/nagaan", body=body, anonymous=True)
        return antwoord.decode(_Nagegaan).stand

    async def unlock(self, wachtwoord: str) -> None:
        await self._client.call("POST", f"{ROOT}/sessies/ontgrendelen", body={"wachtwoord": wachtwoord}, renews=False)

    async def unlock_at_gemeente(self, terugkomst: Mapping[str, Any]) -> None:
        """As `unlock`, with what the browser brought back; the token may have ended while it was open."""
        await self._client.call("POST", f"{ROOT}/sessies/ontgrendelen/gemeente", body=terugkomst, limit=GEMEENTE_LIMIT)

    async def end_session(self) -> None:
        await self._client.call("DELETE", f"{ROOT}/sessies/huidig", limit=4.0)

    async def catalogus(self, etag: str = "") -> tuple[Catalogus | None, str]:
        """(catalogue, its ETag); None when it is still the one that `etag` names."""
        return await self._unless_known(f"{ROOT}/catalogus", Catalogus, etag)

    async def zaaktypekenmerken(self, etag: str = "") -> tuple[Zaaktypekenmerken | None, str]:
        """(what is kept about zaaktypen beside the standard, its ETag); None when it is still what `etag` names."""
        return await self._unless_known(f"{ROOT}/catalogus/zaaktypen", Zaaktypekenmerken, etag)

    async def _unless_known(self, path: str, soort: type[_T], etag: str) -> tuple[_T | None, str]:
        headers = {"If-None-Match": etag} if etag else {}
        antwoord = await self._client.call("GET", path, headers=headers)
        if antwoord.status == 304:
            return None, etag
        return antwoord.decode(soort), antwoord.headers.get("etag", "")

    async def search(self, tekst: str, maximum: int = 50, doel: Doel | None = None) -> Gevonden:
        """The CRM index of the backend. The text travels in the body: it may be a BSN."""
        body = {"tekst": tekst, "maximum": maximum}
        antwoord = await self._client.call("POST", f"{ROOT}/zoeken", body=body, doel=doel, limit=5.0)
        return antwoord.decode(Gevonden)

    async def voorkeurskanaal(self, partij: str, doel: Doel | None = None) -> str:
        """The preferred channel; "" when none was ever chosen."""
        try:
            antwoord = await self._client.call("GET", f"{ROOT}/klanten/{partij}/voorkeur", doel=doel)
        except NotFound:
            return ""
        return antwoord.decode(_Voorkeur).voorkeurskanaal or ""

    async def meekijkers(self, klant: KlantSleutel, bezigheid: str) -> Gezelschap:
        """Say that this employee looks ("kijkt"), types ("typt") or left ("weg"), and hear who else is there."""
        body = {"klant": klant, "bezigheid": bezigheid}
        return (await self._client.call("POST", f"{ROOT}/meekijkers", body=body, limit=5.0)).decode(Gezelschap)

    async def shows(self, partijen: Sequence[str], doel: Doel) -> None:
        """Say which customers stand on screen, and why; their changes then come with what changed."""
        body = {"partijen": partijen}
        await self._client.call("POST", f"{ROOT}/gebeurtenissen/getoond", body=body, doel=doel, limit=5.0)

    async def report_looks(self, inzagen: Sequence[msgspec.Struct]) -> None:
        """Customers that were looked at from the seat's store, for the audit trail; each has an id of its own."""
        await self._client.call("POST", f"{ROOT}/audit/inzage", body={"inzagen": inzagen})

    async def audit(
        self, soort: str, waarde: str, van: datetime | None, tot: datetime | None, pagina: int
    ) -> Auditantwoord:
        """A page of who looked at this subject. The value travels in the body: it may be a BSN."""
        body = {"soort": soort, "waarde": waarde, "van": van, "tot": tot, "pagina": pagina}
        return (await self._client.call("POST", f"{ROOT}/audit/zoeken", body=body, limit=15.0)).decode(Auditantwoord)
