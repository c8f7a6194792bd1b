"""The worklists of callback notes, as the backend's own interface gives them."""

from __future__ import annotations

from urllib.parse import urlencode

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.domain.terugbeltaak import Lijst, Taakpagina, Taakstand

PATH = "/kcs/api/v1/terugbelnotities"
PAGE_SIZE = 50


async def read_page(
    client: Client, lijst: Lijst, stand: Taakstand, pagina: int = 1, doel: Doel | None = None
) -> Taakpagina:
    """One page of a list; raises the domain's errors."""
    query = urlencode({"lijst": lijst.value, "status": stand.value, "pagina": pagina})
    return (await client.call("GET", f"{PATH}?{query}", doel=doel)).decode(Taakpagina)
