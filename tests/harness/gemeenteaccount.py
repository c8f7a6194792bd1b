"""The settings of a backend whose provider is the double, and a seat's part of a sign-in there, without a window."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from kcs_desktop.backend.accounts.oidc.instellingen import OidcSettings
from tests.doubles.aanmelddienst import CLIENT, SECRET, Aanmelddienst
from tests.harness.backend import Backend

TERUGKEER = "http://127.0.0.1:50123/aangemeld"
ROOT = "/kcs/api/v1"


def settings_for(dienst: Aanmelddienst, **others: Any) -> OidcSettings:
    given: dict[str, Any] = {
        "issuer": dienst.url,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "rolmap": {"KCC-medewerkers": ("snelbalie", "tic"), "KCC-beheer": ("beheerder",)},
    }
    return OidcSettings(**given | others)


class Poging:
    """One sign-in in the browser, step by step."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.bewijs = secrets.token_urlsafe(48)
        self.state = secrets.token_urlsafe(48)
        hashed = hashlib.sha256(self.bewijs.encode()).digest()
        self.uitdaging = base64.urlsafe_b64encode(hashed).decode().rstrip("=")

    async def begin(self, *, opnieuw: bool = False) -> httpx.Response:
        body = {"terugkeer": TERUGKEER, "state": self.state, "uitdaging": self.uitdaging, "opnieuw": opnieuw}
        return await self._backend.client().post(f"{ROOT}/aanmelden/gemeente/begin", json=body)

    async def browse(self, *, opnieuw: bool = False) -> dict[str, str]:
        """What the provider sends back, as the loopback address of a seat reads it."""
        began = await self.begin(opnieuw=opnieuw)
        assert began.status_code == 200, began.text
        async with httpx.AsyncClient(trust_env=False) as browser:
            answer = await browser.get(began.json()["adres"])
        assert answer.status_code == 302, answer.text
        back = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
        assert back["state"] == self.state
        return back

    def body(self, back: dict[str, str], **others: str) -> dict[str, str]:
        given = {"terugkeer": TERUGKEER, "code": back["code"], "bewijs": self.bewijs, "uitgever": back["iss"]}
        return given | others


async def sign_in(backend: Backend, *, opnieuw: bool = False) -> httpx.Response:
    """From the button to the backend's answer: the choice of werkplek and roles, or a refusal."""
    poging = Poging(backend)
    body = poging.body(await poging.browse(opnieuw=opnieuw))
    return await backend.client().post(f"{ROOT}/aanmelden/gemeente", json=body)
