"""Builds the ASGI application: every part with its router, the door in front, the hooks behind each write.

The only place of the backend that knows all parts.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import Message, Scope

from kcs_desktop.backend import health
from kcs_desktop.backend.accounts import router as accounts
from kcs_desktop.backend.accounts.oidc.aanbieder import Aanbieder
from kcs_desktop.backend.accounts.poort import Poort
from kcs_desktop.backend.accounts.sleutels import Sleutels
from kcs_desktop.backend.audit import router as audit
from kcs_desktop.backend.audit import store as audit_store
from kcs_desktop.backend.audit.sealer import Sealer
from kcs_desktop.backend.beheer import metrics
from kcs_desktop.backend.beheer.meting import Meting
from kcs_desktop.backend.beheer.onderhoud import Onderhoud
from kcs_desktop.backend.bestanden import router as bestanden
from kcs_desktop.backend.bestanden.onderzoek import Onderzoek
from kcs_desktop.backend.bestanden.scanner import read_scanner
from kcs_desktop.backend.catalogus import router as catalogus
from kcs_desktop.backend.db.unit import Database, Hook
from kcs_desktop.backend.feed import router as feed
from kcs_desktop.backend.feed import store as feed_store
from kcs_desktop.backend.feed.hub import FeedHub
from kcs_desktop.backend.fouten import HANDLERS
from kcs_desktop.backend.gateway.gateway import Gateway
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.meekijkers import router as meekijkers
from kcs_desktop.backend.opdrachten import router as opdrachten
from kcs_desktop.backend.opdrachten.leven import Leven
from kcs_desktop.backend.schema import openapi
from kcs_desktop.backend.settings import Settings
from kcs_desktop.backend.standards.bag import router as bag
from kcs_desktop.backend.standards.brp import router as brp
from kcs_desktop.backend.standards.catalogi import router as catalogi
from kcs_desktop.backend.standards.documenten import router as documenten
from kcs_desktop.backend.standards.klantinteracties import router as klantinteracties
from kcs_desktop.backend.standards.klantinteracties.meegeven import Meegever
from kcs_desktop.backend.standards.kvk import router as kvk
from kcs_desktop.backend.standards.zaken import router as zaken
from kcs_desktop.backend.terugbellen import router as terugbellen
from kcs_desktop.backend.terugbellen.indeling import Indelingen
from kcs_desktop.backend.terugbellen.normen import read_normen
from kcs_desktop.backend.terugbellen.spiegel import Spiegel
from kcs_desktop.backend.terugbellen.wacht import Terugbelwacht
from kcs_desktop.backend.verzoek import request_id
from kcs_desktop.backend.verzoeklog import logged
from kcs_desktop.backend.zoeken import projection
from kcs_desktop.backend.zoeken import router as zoeken
from kcs_desktop.domain.contract import CONTRACT, HEADER
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.rechten import default_rechtentabel
from kcs_desktop.domain.zaakrechten import parse_zaakrechten

MAX_BODY = 2 * 1024 * 1024
_EMBEDDED = {
    "bag": bag.router,
    "catalogi": catalogi.router,
    "documenten": documenten.router,
    "klantinteracties": klantinteracties.router,
    "brp": brp.router,
    "kvk": kvk.router,
    "zaken": zaken.router,
}
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


def create_app(settings: Settings, db: Database | None = None, *, contract: int = CONTRACT) -> Litestar:
    """The application over `db`; without one it opens the settings' database and closes it at the end.

    `contract` is what it says to seats that it speaks; only a test of other versions gives another.
    """
    database = db or Database(settings.database_url)
    kern = Kern(settings, database, default_rechtentabel(), parse_zaakrechten(settings.zaakrechten))
    database.before_commit = hooks()
    sleutels = Sleutels(pepper(settings))
    aanbieder = Aanbieder(settings.oidc, database.clock)
    sealer = Sealer(database)
    gateway = Gateway(settings, database.clock)
    meegever = None if "klantinteracties" in gateway.upstream else Meegever(database)
    hub = FeedHub(database, heartbeat=settings.hartslag, meegever=meegever, zaakrechten=kern.zaakrechten)
    onderhoud = Onderhoud(database, settings)
    normen, indelingen = read_normen(settings), Indelingen()
    klantregister = gateway.klantregister()
    spiegel = None if klantregister is None else Spiegel(database, klantregister)
    wacht = Terugbelwacht(database, normen, indelingen, spiegel=spiegel)
    scanner = read_scanner(settings.virusscanner, settings.virusscanner_tijd)
    onderzoek = Onderzoek(database, scanner, settings.virusscanner_tijd)
    database.after_commit.append(onderzoek.heard)
    leven = Leven(database)
    organisaties = [settings.register(naam).bronorganisatie for naam in ("zaken", "documenten")]
    commands = opdrachten.handlers(normen, indelingen, kern.zaakrechten, *organisaties)
    meting = Meting()

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        await gateway.open()
        await leven.start()
        sealer.start()
        onderhoud.start()
        wacht.start()
        onderzoek.start()
        try:
            yield
        finally:
            await hub.stop()
            await onderzoek.stop()
            await wacht.stop()
            await onderhoud.stop()
            await sealer.stop()
            await leven.stop()
            await gateway.close()
            await aanbieder.close()
            if db is None:
                await database.close()

    app = Litestar(
        route_handlers=[
            health.router(kern),
            metrics.router(kern, hub, meting),
            accounts.router(kern, sleutels, aanbieder),
            feed.router(kern, hub),
            *(embedded(kern) for naam, embedded in _EMBEDDED.items() if naam not in gateway.upstream),
            *gateway.routers(kern),
            opdrachten.router(kern, gateway.writable(database), leven, commands),
            bestanden.router(kern),
            terugbellen.router(kern, normen, indelingen, spiegel),
            zoeken.router(kern),
            catalogus.router(kern),
            meekijkers.handler(kern, sleutels),
            audit.router(kern),
        ],
        middleware=[Poort(database, kern.rechtentabel, sleutels, contract=contract)],
        exception_handlers=HANDLERS,
        before_send=[_headers(contract)],
        request_max_body_size=MAX_BODY,
        lifespan=[lifespan],
        openapi_config=openapi(),
        logging_config=None,
        debug=False,
    )
    app.asgi_handler = meting.around(logged(app.asgi_handler))
    app.state.kern = kern
    app.state.end_streams = hub.stop
    app.state.onderzoek = onderzoek
    return app


def pepper(settings: Settings) -> bytes:
    """The content of the key file, when there is one. Raises InvalidInput when it cannot be read."""
    if not settings.tokensleutel_bestand:
        return b""
    try:
        content = Path(settings.tokensleutel_bestand).read_bytes().strip()
    except OSError as error:
        raise InvalidInput("Het bestand met de tokensleutel kan niet worden gelezen.") from error
    if len(content) < 32:
        raise InvalidInput("In het bestand met de tokensleutel horen ten minste 32 tekens.")
    return content


def hooks() -> list[Hook]:
    """What happens in every write transaction just before its commit, in this order: the feed takes a lock, so last."""
    return [projection.apply, audit_store.write, feed_store.append]


def _headers(contract: int) -> Callable[[Message, Scope], Awaitable[None]]:
    always = (*_HEADERS, (HEADER.lower().encode(), str(contract).encode()))

    async def add_headers(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start" or scope["type"] != ScopeType.HTTP:
            return
        headers = list(message["headers"])
        present = {name.lower() for name, _ in headers}
        headers.extend((name, value) for name, value in always if name not in present)
        headers.append((b"x-request-id", request_id(scope).encode()))
        message["headers"] = headers

    return add_headers
