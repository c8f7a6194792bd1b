"""The HTTP face of signing in, under /kcs/api/v1. It decides nothing: `sessies` does."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Router, delete, get, post
from litestar.params import JSONBody
from sqlalchemy import select

from kcs_desktop.backend.accounts.bron import Bewijs, LokaleAccounts
from kcs_desktop.backend.accounts.oidc.aanbieder import Aanbieder
from kcs_desktop.backend.accounts.oidc.gemeente import Aanvraag, Gemeente, Terugkomst
from kcs_desktop.backend.accounts.poort import OPENBAAR
from kcs_desktop.backend.accounts.proef import WACHTWOORD
from kcs_desktop.backend.accounts.sessies import Sessies
from kcs_desktop.backend.accounts.sleutels import Sleutels
from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.settings import is_loopback_host
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters
from kcs_desktop.domain.errors import Forbidden
from kcs_desktop.domain.sessie import Aanmelding, Medewerker, Sessie, SessieAntwoord, Sessiestand


class Aanmeldpagina(msgspec.Struct, frozen=True):
    """What may be shown before anyone signed in. Accounts and password only of a proefgemeente on this computer."""

    proefgemeente: bool
    accounts: tuple[Medewerker, ...] = ()
    wachtwoord: str = ""
    gemeenteaccount: bool = False  # signing in at the municipality's provider is offered
    alleen_gemeenteaccount: bool = False  # and nothing else is


class Keuze(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The second step of signing in."""

    keuzetoken: str
    werkplek: str
    rollen: tuple[str, ...]


class Verversing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A refresh token to exchange."""

    verversing: str


class Navraag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which session, and the SHA-256 of its refresh token; `beeindigen` signs it out."""

    kenmerk: Annotated[str, msgspec.Meta(max_length=200)]
    afdruk: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    beeindigen: bool = False


class Nagegaan(msgspec.Struct, frozen=True):
    """How it stands with that session."""

    stand: Sessiestand


class Ontgrendeling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The employee's own password, again."""

    wachtwoord: str


class Bestemming(msgspec.Struct, frozen=True):
    """Where the browser goes."""

    adres: str


def router(kern: Kern, sleutels: Sleutels, aanbieder: Aanbieder) -> Router:
    """Routes of signing in and of the current session."""
    proef_allowed = kern.settings.proefgemeente and kern.settings.is_loopback
    oidc = kern.settings.oidc
    gemeente = Gemeente(kern.db, aanbieder, sleutels) if oidc.is_on else None
    lokaal = LokaleAccounts(kern.db, proef_allowed=proef_allowed)
    sessies = Sessies(kern.db, kern.rechtentabel, sleutels, lokaal, gemeente)

    @get("/aanmelden", opt={OPENBAAR: True})
    async def aanmeldpagina(request: Request[Any, Any, Any]) -> Aanmeldpagina:
        refuse_unknown_parameters(request, ())
        pagina = Aanmeldpagina(
            proefgemeente=kern.settings.proefgemeente,
            gemeenteaccount=oidc.is_on,
            alleen_gemeenteaccount=oidc.alleen,
        )
        if not (proef_allowed and _asked_here(request)) or oidc.alleen:
            return pagina
        async with kern.db.read() as session:
            rijen = await session.scalars(
                select(AccountRij).where(AccountRij.proef, ~AccountRij.geblokkeerd).order_by(AccountRij.gebruikersnaam)
            )
            accounts = tuple(Medewerker(r.gebruikersnaam, r.naam, tuple(r.rollen), r.afdeling) for r in rijen)
        return msgspec.structs.replace(pagina, accounts=accounts, wachtwoord=WACHTWOORD)

    @post("/aanmelden", opt={OPENBAAR: True}, status_code=200)
    async def aanmelden(request: Request[Any, Any, Any], data: JSONBody[Bewijs]) -> Aanmelding:
        return await sessies.sign_in(data, request.client.host if request.client else "")

    @post("/aanmelden/gemeente/begin", opt={OPENBAAR: True}, status_code=200)
    async def naar_gemeente(data: JSONBody[Aanvraag]) -> Bestemming:
        return Bestemming(await sessies.gemeente().address(data))

    @post("/aanmelden/gemeente", opt={OPENBAAR: True}, status_code=200)
    async def van_gemeente(request: Request[Any, Any, Any], data: JSONBody[Terugkomst]) -> Aanmelding:
        return await sessies.sign_in_at_gemeente(data, request.client.host if request.client else "")

    @post("/sessies/ontgrendelen/gemeente", status_code=204)
    async def ontgrendelen_bij_gemeente(request: Request[Any, Any, Any], data: JSONBody[Terugkomst]) -> None:
        await sessies.unlock_at_gemeente(_employee(request), data)

    @post("/sessies", opt={OPENBAAR: True})
    async def begin(data: JSONBody[Keuze]) -> SessieAntwoord:
        return await sessies.begin(data.keuzetoken, data.werkplek, data.rollen)

    @post("/sessies/vernieuwen", opt={OPENBAAR: True}, status_code=200)
    async def vernieuwen(data: JSONBody[Verversing]) -> SessieAntwoord:
        return await sessies.refresh(data.verversing)

    @post("/sessies/nagaan", opt={OPENBAAR: True}, status_code=200)
    async def nagaan(data: JSONBody[Navraag]) -> Nagegaan:
        return Nagegaan(await sessies.look_into(data.kenmerk, data.afdruk, ends=data.beeindigen))

    @post("/sessies/ontgrendelen", status_code=204)
    async def ontgrendelen(request: Request[Any, Any, Any], data: JSONBody[Ontgrendeling]) -> None:
        await sessies.unlock(_employee(request), data.wachtwoord)

    @get("/sessies/huidig")
    async def huidig(request: Request[Any, Any, Any]) -> Sessie:
        return await sessies.current(_employee(request))

    @delete("/sessies/huidig", status_code=204)
    async def afmelden(request: Request[Any, Any, Any]) -> None:
        await sessies.end(_employee(request))

    return Router(
        "/kcs/api/v1",
        route_handlers=[
            *(aanmeldpagina, aanmelden, naar_gemeente, van_gemeente),
            *(begin, vernieuwen, nagaan, ontgrendelen, ontgrendelen_bij_gemeente, huidig, afmelden),
        ],
        tags=["aanmelden"],
    )


def _asked_here(request: Request[Any, Any, Any]) -> bool:
    """Whether it was asked by this computer's own name: a web page that lets its name point here is refused."""
    return is_loopback_host(request.url.hostname or "")


def _employee(request: Request[Any, Any, Any]) -> Principal:
    wie = current(request).wie
    if wie.soort != "medewerker":
        raise Forbidden("Dit kan alleen een medewerker.")
    return wie
