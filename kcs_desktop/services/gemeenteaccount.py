"""The seat's part of a sign-in at the municipality: open the browser, and pass on what it brought back.

The backend is the client of the provider; no token or secret of the provider is ever here.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.security.pkce import make_pkce
from kcs_desktop.services.terugkeer import Terugkeer

PATIENCE = 300.0  # seconds that an employee has in the browser
OpenUrl = Callable[[str], bool]


async def through_browser(kcs: Kcs, open_url: OpenUrl, *, opnieuw: bool) -> dict[str, Any]:
    """What the backend needs to see who it is. Cancel it to stop waiting; `opnieuw` asks for credentials now.

    Raises InvalidInput for what went wrong in the browser, and what the backend raises.
    """
    pkce = make_pkce()
    async with Terugkeer(pkce.state) as terugkeer:
        address = await kcs.gemeente_address(terugkeer.address, pkce.state, pkce.challenge, opnieuw=opnieuw)
        if not _is_web_page(address) or not open_url(address):
            raise InvalidInput(
                "De browser kon niet worden geopend. Meld dit aan uw beheerder.", code="oidc-geen-browser"
            )
        found = await terugkeer.wait(PATIENCE)
        where = terugkeer.address
    return {"terugkeer": where, "code": found.code, "bewijs": pkce.verifier, "uitgever": found.uitgever}


def _is_web_page(address: str) -> bool:
    """Nothing but a web page is opened, whatever the backend says."""
    parts = urlsplit(address)
    try:
        is_here = parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        is_here = False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_here))
