"""`GET /kcs/api/v1/catalogus`: what a vraag can choose from; under it `/zaaktypen`: what is kept about those beside the
standard. Both with an ETag, so that a seat reads them once."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from sqlalchemy import select

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.catalogus.eformulieren import read_regels
from kcs_desktop.backend.catalogus.kenmerken import read_kenmerken
from kcs_desktop.backend.catalogus.laden import ONLY
from kcs_desktop.backend.catalogus.tables import CatalogusRow
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.schema import ANTWOORD
from kcs_desktop.backend.standards.zgw.bounds import zaakrechten_of
from kcs_desktop.backend.terugbellen.normen import read_normen
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.zaaktype import Zaaktypekenmerken


def router(kern: Kern) -> Router:
    """Mount the catalogue. Raises InvalidInput for a setting that is wrong."""
    read_regels(kern.settings)

    def tagged(request: Request[Any, Any, Any], content: object) -> Response[bytes]:
        body = msgspec.json.encode(content, order="deterministic")  # sets have none of their own
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        asked = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
        if etag in asked:
            return Response(b"", status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="application/json")

    @get("/kcs/api/v1/catalogus", media_type="application/json", opt={ANTWOORD: Catalogus})
    async def catalogus(request: Request[Any, Any, Any]) -> Response[bytes]:
        current(request)
        refuse_unknown_parameters(request, ())
        return tagged(request, await read(kern))

    @get("/kcs/api/v1/catalogus/zaaktypen", media_type="application/json", opt={ANTWOORD: Zaaktypekenmerken})
    async def zaaktypen(request: Request[Any, Any, Any]) -> Response[bytes]:
        wie = current(request).wie
        wie.require("zaken")
        refuse_unknown_parameters(request, ())
        rechten = sorted(zaakrechten_of(kern, wie), key=lambda recht: (recht.hoogste, sorted(recht.zaaktypen)))
        async with kern.db.read() as session:
            kenmerken = await read_kenmerken(session)
        return tagged(request, msgspec.structs.replace(kenmerken, zaakrechten=tuple(rechten)))

    return Router(path="/", route_handlers=[catalogus, zaaktypen])


async def read(kern: Kern) -> Catalogus:
    """The loaded catalogue with the colleagues of now; departments are those of products and colleagues together."""
    async with kern.db.read() as session:
        row = await session.get(CatalogusRow, ONLY)
        accounts = (
            await session.execute(
                select(AccountRij.gebruikersnaam, AccountRij.naam, AccountRij.afdeling)
                .where(AccountRij.geblokkeerd.is_(False))
                .order_by(AccountRij.naam, AccountRij.gebruikersnaam)
            )
        ).all()
    loaded = Catalogus() if row is None else msgspec.convert(row.inhoud, Catalogus)
    afdelingen = {*loaded.afdelingen, *(account.afdeling for account in accounts if account.afdeling)}
    return msgspec.structs.replace(
        loaded,
        eformulieren=read_regels(kern.settings),
        terugbelnormen=read_normen(kern.settings),
        afdelingen=tuple(sorted(afdelingen)),
        medewerkers={account.gebruikersnaam: account.naam for account in accounts},
    )
