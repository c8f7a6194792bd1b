"""Reads the zaken that may be of a form, under the parameters of Zaken 1.5.1 alone: so embedded and upstream alike."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from kcs_desktop.api import zaken_vormen as vorm
from kcs_desktop.api.bladeren import Pagina
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.lezen import as_day, as_moment
from kcs_desktop.api.zaken import CRS, ROOT, regel_from, rol_from
from kcs_desktop.domain.eformulier import Eformulierregels, Formulierzaak

PAGE_SIZE = 100
MOST_PAGES = 3  # of one question; what is older than these waits for a narrower sign
_EXPAND = "zaaktype,status,status.statustype,rollen"
_OPEN = {"einddatum__isnull": "true", "ordering": "-registratiedatum", "pageSize": str(PAGE_SIZE)}


class _Kenmerk(msgspec.Struct, frozen=True):
    bron: str | None = None


class _Zaak(vorm.Zaak, frozen=True):
    kenmerken: list[_Kenmerk] | None = None
    communicatiekanaal: str | None = None
    communicatiekanaalNaam: str | None = None


_zaken = msgspec.json.Decoder(Pagina[_Zaak])


async def read_formulieren(
    client: Client, regels: Eformulierregels, vandaag: date, doel: Doel | None = None
) -> tuple[list[Formulierzaak], bool]:
    """Those that wait, newest first, and whether there may be more.

    A kenmerk is asked for by its source. No parameter asks for the other signs: of the zaken of the last days those
    that have one are kept.
    """
    vragen = [{**_OPEN, "kenmerk__bron": bron} for bron in regels.bronnen]
    if regels.dagen > 0 and (regels.kanalen or regels.toelichtingen):
        since = vandaag - timedelta(days=regels.dagen + 1)
        vragen.append({**_OPEN, "registratiedatum__gt": since.isoformat()})
    gelezen = await asyncio.gather(*(_all_of(client, vraag, doel) for vraag in vragen))
    found = {zaak.regel.verwijzing.uuid: zaak for zaken, _ in gelezen for zaak in zaken}
    waiting = [zaak for zaak in found.values() if zaak.is_waiting and zaak.is_of_form(regels)]
    return waiting, any(is_cut for _, is_cut in gelezen)


async def _all_of(client: Client, vraag: Mapping[str, str], doel: Doel | None) -> tuple[list[Formulierzaak], bool]:
    """Without what is expanded a form is not known as one: where that cannot be read, this fails."""
    zaken: list[Formulierzaak] = []
    for nummer in range(1, MOST_PAGES + 1):
        page = {"page": str(nummer)} if nummer > 1 else {}
        asked = {**vraag, **page, "expand": _EXPAND}
        blad = (await client.call("GET", f"{ROOT}/zaken", params=asked, doel=doel, headers=CRS)).decode(_zaken)
        zaken += [_formulierzaak(rij) for rij in blad.results]
        if not blad.next:
            return zaken, False
    return zaken, True


def _formulierzaak(rij: _Zaak) -> Formulierzaak:
    meer = rij.expand or vorm.ZaakExpand()
    kanalen = (rij.communicatiekanaalNaam or "", rij.communicatiekanaal or "")
    return Formulierzaak(
        regel_from(rij),
        bronnen=tuple(kenmerk.bron for kenmerk in rij.kenmerken or () if kenmerk.bron),
        kanalen=tuple(kanaal for kanaal in kanalen if kanaal),
        geregistreerd=as_day(rij.registratiedatum),
        gezet_op=as_moment(meer.status.datumStatusGezet) if meer.status is not None else None,
        rollen=tuple(rol_from(rol) for rol in meer.rollen or ()),
    )
