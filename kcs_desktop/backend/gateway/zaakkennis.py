"""What is known of zaken upstream, for a minute: who may see one, and which people are in it.

A part of a zaak (a status, a document) says neither, so that the zaak is asked where it was not seen just before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlparse

import msgspec

from kcs_desktop.backend.audit.links import Sleutel
from kcs_desktop.backend.gateway.bewijs import Clock
from kcs_desktop.backend.gateway.tegelijk import each
from kcs_desktop.backend.gateway.uitbreiden import addresses_in
from kcs_desktop.backend.gateway.zgwbron import Json, ZgwBron
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.objecten.fields import parse_uuid
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.backend.standards.zaken.betrokkene import KEYS, SOORT_SLEUTEL, in_their_fields
from kcs_desktop.domain.zaakrechten import Zaakrechten, mag_zaak

ROLLEN = "rollen"
_KEPT = timedelta(seconds=60)
_MOST = 2000
_AT_ONCE = 8
_SOORTEN = {wire: SOORT_SLEUTEL[column] for wire, column in KEYS.items() if column in SOORT_SLEUTEL}


class Gekend(msgspec.Struct, frozen=True):
    """Of one zaak. `zaaktype` is its uuid; `mensen` are the numbers of the people and organisations in it."""

    zaaktype: str
    aanduiding: str
    mensen: tuple[Sleutel, ...]
    gezien_op: datetime


class Zaakkennis:
    """Of one server."""

    def __init__(self, bron: ZgwBron, clock: Clock) -> None:
        self._bron = bron
        self._clock = clock
        self._zaken: dict[str, Gekend] = {}
        self._zaaktypen: dict[str, str] = {}  # identificatie by uuid, which is for good
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def learn(self, verzoek: Verzoek, row: Json) -> Gekend:
        """From a zaak that was asked with its rollen in `_expand`. Raises HttpProblem where they are not told."""
        mensen = {key for rol in await self._rollen_of(verzoek, row) for key in keys_in(rol)}
        zaaktype, aanduiding = row.get("zaaktype"), row.get("vertrouwelijkheidaanduiding")
        found = Gekend(uuid_in(str(zaaktype)), str(aanduiding or ""), tuple(sorted(mensen)), self._clock())
        while len(self._zaken) >= _MOST:
            del self._zaken[next(iter(self._zaken))]
        self._zaken[uuid_in(str(row["url"]))] = found
        return found

    async def _rollen_of(self, verzoek: Verzoek, row: Json) -> Sequence[Json]:
        """Those that came with it; where the server left any out, by themselves."""
        expanded, named = row.get("_expand"), row.get(ROLLEN)
        rollen = expanded.get(ROLLEN) if isinstance(expanded, dict) else None
        if isinstance(rollen, list) and len(rollen) >= len(addresses_in(named or [])):
            return rollen
        if named == []:
            return []
        return await self._bron.whole(verzoek, "zaken", f"/{ROLLEN}", {"zaak": row["url"]})

    async def of(self, verzoek: Verzoek, uuids: Iterable[str]) -> Mapping[str, Gekend]:
        """What is known of these zaken; one that is gone is not in it."""
        found: dict[str, Gekend] = {}

        async def one(uuid: str) -> None:
            known = self._zaken.get(uuid)
            if known is None or self._clock() - known.gezien_op > _KEPT:
                async with self._turns:
                    antwoord = await self._bron.ask(verzoek, "zaken", f"/zaken/{uuid}", {"expand": ROLLEN})
                    if antwoord.is_error:
                        return
                    known = await self.learn(verzoek, antwoord.gegevens)
            found[uuid] = known

        await each(one, dict.fromkeys(uuids))
        return found

    async def allows(self, verzoek: Verzoek, rechten: Zaakrechten, zaak: Gekend) -> bool:
        """Whether these rights reach to this zaak."""
        identificatie = ""
        if any(recht.zaaktypen for recht in rechten):
            identificatie = await self._identificatie(verzoek, zaak.zaaktype)
        return mag_zaak(rechten, identificatie, zaak.aanduiding)

    async def _identificatie(self, verzoek: Verzoek, zaaktype: str) -> str:
        if zaaktype not in self._zaaktypen:
            antwoord = await self._bron.ask(verzoek, "catalogi", f"/zaaktypen/{zaaktype}", {})
            if antwoord.is_error:
                return ""
            self._zaaktypen[zaaktype] = str(antwoord.gegevens.get("identificatie") or "")
        return self._zaaktypen[zaaktype]


def zaak_in(address: str) -> str:
    """The zaak that a question names, read as a server does: what stands behind the path is no part of it. "" for an
    address of something else."""
    try:
        return parse_uuid(uuid_in(urlparse(address).path)) or ""
    except ValueError:
        return ""


def keys_in(rol: Any) -> list[Sleutel]:
    """The numbers by which a rol names its betrokkene."""
    named = rol.get("betrokkeneIdentificatie") if isinstance(rol, dict) else None
    if not isinstance(named, dict):
        return []
    named = in_their_fields(named)
    found = ((soort, named.get(wire)) for wire, soort in _SOORTEN.items())
    return [(soort, value[:200]) for soort, value in found if isinstance(value, str) and value]
