"""What the reads of the standards share: lists come in pages, and a server may trip over what it should expand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar
from urllib.parse import unquote

import msgspec

from kcs_desktop.api.client import Antwoord, Client, Doel
from kcs_desktop.domain.errors import ServerFault

T = TypeVar("T")

MAX_PAGES = 40  # a register that keeps answering `next` must not keep a seat busy for ever


class Pagina(msgspec.Struct, Generic[T], frozen=True):
    """`count` is the register's own total; `next` is None on the last page."""

    results: list[T]
    count: int = 0
    next: str | None = None
    previous: str | None = None


def missing_in(antwoord: Antwoord) -> tuple[str, ...]:
    """The sources that did not answer, where the backend makes one list of several."""
    named = antwoord.headers.get("x-kcs-onvolledig", "")
    return tuple(unquote(naam).strip()[:100] for naam in named.split(",") if naam.strip())


async def read_all(
    client: Client,
    path: str,
    params: Mapping[str, str],
    decoder: msgspec.json.Decoder[Pagina[T]],
    doel: Doel | None,
    most: int = MAX_PAGES,
) -> list[T]:
    """Every row of the list; ServerFault when it does not end within `most` pages."""
    alles: list[T] = []
    for nummer in range(1, most + 1):
        vraag = {**params, "page": str(nummer)} if nummer > 1 else dict(params)
        pagina = (await client.call("GET", path, params=vraag, doel=doel)).decode(decoder)
        alles.extend(pagina.results)
        if not pagina.next:
            return alles
    raise ServerFault("De lijst van de server houdt niet op.")


async def read_expanded(
    client: Client,
    path: str,
    params: Mapping[str, str],
    expand: str,
    doel: Doel | None,
    headers: Mapping[str, str] | None = None,
) -> Antwoord:
    """With `expand`; without it when the server trips over a null it should expand (seen at real servers)."""
    try:
        return await client.call("GET", path, params={**params, "expand": expand}, doel=doel, headers=headers)
    except ServerFault:
        return await client.call("GET", path, params=params, doel=doel, headers=headers)
