"""A zaak with two documents and the contact that names it, at an Open Zaak and an Open Klant, cut at every single write
and resumed: all of it stands there once.

Each write of each command is cut in turn: before the register got it, after it carried it out, or with the worker that
asked for it. Which writes there are is in `WRITES`; that each of them was cut, is asserted.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from enum import Enum
from functools import partial
from typing import Any

import httpx
import pytest

from kcs_desktop.backend.accounts.beheer import create_account, create_werkplek
from kcs_desktop.backend.catalogus.kenmerken import store_kenmerken
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.opdrachten import bezorgen
from kcs_desktop.backend.opdrachten.claim import release_all
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.zaaktype import Zaaktypekenmerk
from tests.doubles.openklant import OpenKlant, running_open_klant
from tests.doubles.openzaak import OpenZaak, running_open_zaak
from tests.doubles.register import Dubbel, Gevraagd, Wrong
from tests.faults.reading import Sources
from tests.harness.backend import WACHTWOORD, WERKPLEK, Backend, running_backend
from tests.harness.klok import Klok
from tests.harness.saga import Eenmaal
from tests.unit.backend.gateway.dossier import LARGE, SMALL, Dossier
from tests.unit.backend.opdrachten.bouwen import URL, contact, opdracht, persoon, vraag

Json = dict[str, Any]
ZAAKTYPE, ANSWERS = "uitritvergunning", {"breedte in meters": "3,5", "boom in de weg": "nee", "locatie": "Wulpweg 20"}
PAPIEREN = {"Tekening": LARGE, "Toelichting": SMALL}
CATALOGI = "/catalogi/api/v1"
# The writes of the whole saga, by resource: what a cut is counted by.
WRITES = Counter(
    {
        ("POST", "zaaknummer_reserveren"): 1,
        ("POST", "zaken"): 1,
        ("POST", "statussen"): 1,
        ("POST", "rollen"): 1,
        ("POST", "zaakeigenschappen"): len(ANSWERS),
        ("POST", "zaakobjecten"): 1,
        ("POST", "enkelvoudiginformatieobjecten"): 3,
        ("POST", "zaakinformatieobjecten"): 3,
        ("PUT", "bestandsdelen"): 3,
        ("POST", "unlock"): 1,
        ("POST", "partijen"): 1,
        ("POST", "actoren"): 1,
        ("POST", "klantcontacten"): 1,
        ("POST", "betrokkenen"): 1,
        ("POST", "actorklantcontacten"): 1,
        ("POST", "onderwerpobjecten"): 1,
    }
)


class Knip(Enum):
    """What each write ends in. With a dead worker the server starts again."""

    ERVOOR = Wrong.CUT_BEFORE
    ERNA = Wrong.CUT_AFTER
    STORING = Wrong.HTML_AFTER
    DOOD_ERVOOR = "the worker dies, and the register did not get it"
    DOOD_ERNA = "the worker dies, and the register carried it out"


class Knipper:
    """Cuts each write once. `attempt` is the worker that may die of it."""

    def __init__(self, knip: Knip | None, *doubles: Dubbel) -> None:
        self._knip = knip
        self._doubles = doubles
        self._loop = asyncio.get_running_loop()
        self.cut: Counter[tuple[str, str]] = Counter()
        self.deaths = 0
        self.attempt: asyncio.Task[httpx.Response]
        self.held: asyncio.Future[Dubbel]
        for double in doubles:
            double.reset()
            double.draw = partial(self._draw, double)

    def done(self) -> Counter[tuple[str, str]]:
        """What the registers carried out."""
        return Counter(
            (one.method, one.resource)
            for double in self._doubles
            for one in double.requests()
            if one.method != "GET" and one.is_done and one.status < 300
        )

    async def ask(self, client: httpx.AsyncClient, command: Json) -> httpx.Response | None:
        """One attempt; None where its worker died."""
        self.held = self._loop.create_future()
        self.attempt = asyncio.create_task(client.post(URL, json=command))
        either: set[asyncio.Future[Any]] = {self.attempt, self.held}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if self.held.done():
            await asyncio.to_thread(self.held.result().wait_until_held)
            self.attempt.cancel()
        self.held.cancel()
        try:
            return await self.attempt
        except asyncio.CancelledError:
            self.deaths += 1
            return None
        finally:
            for double in self._doubles:
                double.release()

    def _draw(self, double: Dubbel, asked: Gevraagd) -> Wrong | None:
        """In the thread of the double."""
        step = (asked.method, asked.resource)
        if self._knip is None or asked.method == "GET" or self.cut[step] >= WRITES[step]:
            return None
        if self.cut[step] > self.done()[step]:
            return None  # it was cut before it was done: now it may
        self.cut[step] += 1
        match self._knip:
            case Knip.DOOD_ERVOOR:
                self._loop.call_soon_threadsafe(self.attempt.cancel)
                return Wrong.CUT_BEFORE
            case Knip.DOOD_ERNA:
                self._loop.call_soon_threadsafe(self.held.set_result, double)
                return Wrong.HELD_AFTER
            case _:
                return Wrong(self._knip.value)


class Balie:
    """Gives the commands of the saga one by one, as a seat does: again until there is an outcome."""

    def __init__(self, backend: Backend, open_zaak: OpenZaak, knipper: Knipper, klant: Json) -> None:
        self._backend = backend
        self._zaken = open_zaak
        self._knipper = knipper
        self._klant = klant
        self._account = new_id(backend.klok())
        self._client: httpx.AsyncClient

    async def run(self) -> str:
        """The number of the zaak."""
        async with self._backend.db.write() as unit:
            await create_werkplek(unit, WERKPLEK)
            await create_account(unit, self._account, "Anna", WACHTWOORD, ["balie2"], "Publiekszaken")
        await self._sign_in()
        [zaaktype] = self._zaken.get(f"{CATALOGI}/zaaktypen", identificatie=ZAAKTYPE, status="definitief")["results"]
        made = {"type": "zaak.nummer-reserveren", "zaaktype": _uuid(zaaktype)}
        nummer = str((await self._settled(self._command(made)))["nummer"])
        vragen = self._zaken.get(f"{CATALOGI}/eigenschappen", zaaktype=zaaktype["url"])["results"]
        making = self._command(
            {
                "type": "zaak.aanmaken",
                "zaaktype": _uuid(zaaktype),
                "startdatum": "2026-11-24",
                "nummer": nummer,
                "klant": self._klant,
                "eigenschappen": [
                    {"eigenschap": _uuid(gevraagd), "waarde": ANSWERS[gevraagd["naam"]]} for gevraagd in vragen
                ],
                "locatie": {"straat": "Wulpweg", "huisnummer": 20, "woonplaats": "Proefdam"},
            }
        )
        zaak = str((await self._settled(making))["zaak"])
        [soort] = self._zaken.get(
            f"{CATALOGI}/informatieobjecttypen", zaaktype=zaaktype["url"], omschrijving="Situatietekening"
        )["results"][:1]
        for titel, inhoud in PAPIEREN.items():
            bestand = await Dossier(self._backend, self._zaken, {}, "").file(inhoud)
            named = {"naam": f"{titel}.pdf", "titel": titel, "informatieobjecttype": _uuid(soort)}
            adding = {"type": "document.toevoegen", "zaak": zaak, "bestand": bestand, **named}
            await self._settled(self._command(adding))
        over = {"uuid": "", "identificatie": nummer, "opdracht": making["id"]}
        await self._settled(contact(self._backend.klok(), vraag(zaak=over), klant=self._klant))
        return nummer

    def _command(self, gegevens: Json) -> Json:
        return opdracht(self._backend.klok(), gegevens)

    async def _sign_in(self) -> None:
        """As an employee whom the customer register has not seen before."""
        antwoord = await self._backend.sign_in(self._account, ["balie2"])
        self._client = self._backend.client(Authorization=f"Bearer {antwoord.tokens.toegang}")

    async def _settled(self, command: Json) -> Json:
        for _ in range(80):
            answer = await self._knipper.ask(self._client, command)
            if answer is None:
                await release_all(self._backend.db)
            elif answer.status_code in {200, 201}:
                made: Json = answer.json()
                assert made["stand"] == "geslaagd", made.get("fout")
                return dict(made["resultaat"])
            elif answer.status_code == 401:
                await self._sign_in()
            else:
                assert answer.status_code >= 500, answer.text
                self._backend.klok.advance(30)
        raise AssertionError("no outcome")


def _uuid(resource: Json) -> str:
    return str(resource["url"]).rsplit("/", 1)[-1]


@pytest.fixture(scope="module")
def one_klok() -> Klok:
    """That of the registers too: what a command says to have begun is not in their future."""
    return Klok()


@pytest.fixture
def klok(one_klok: Klok) -> Klok:
    return one_klok


@pytest.fixture(scope="module")
def served_open_zaak(one_klok: Klok) -> Iterator[OpenZaak]:
    with running_open_zaak(one_klok) as double:
        yield double


@pytest.fixture(scope="module")
def served_open_klant(one_klok: Klok) -> Iterator[OpenKlant]:
    with running_open_klant(one_klok) as double:
        yield double


@pytest.fixture
async def backend(open_zaak: OpenZaak, open_klant: OpenKlant, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, registers=open_zaak.settings() | open_klant.settings()) as made:
        async with made.db.write() as unit:
            await store_kenmerken(unit, [Zaaktypekenmerk(ZAAKTYPE, formeel_verzoek=True, locatie=True)])
        yield made


# What is kept of a command stands in either database; on PostgreSQL the one that leaves most behind is enough.
WAYS = [("sqlite", None), *(("sqlite", knip) for knip in Knip), ("postgresql", Knip.DOOD_ERNA)]


@pytest.mark.parametrize(("database_url", "knip"), WAYS, indirect=["database_url"])
async def test_a_saga_that_is_cut_at_every_write_stands_there_once(
    backend: Backend,
    open_zaak: OpenZaak,
    open_klant: OpenKlant,
    bsn: str,
    knip: Knip | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bezorgen, "MAX_INLINE", 1024)  # the drawing goes in parts
    own = backend.db.url.render_as_string(hide_password=False)
    eenmaal = Eenmaal(Sources(own, open_klant.database, open_zaak.database))
    knipper = Knipper(knip, open_zaak, open_klant)
    nummer = await Balie(backend, open_zaak, knipper, persoon(bsn)).run()
    if knip is None:
        assert knipper.done() == WRITES
    else:
        assert knipper.cut == WRITES
        assert knipper.deaths == (WRITES.total() if knip.name.startswith("DOOD") else 0)
    eenmaal.check(bsn, nummer, ANSWERS.values(), PAPIEREN)
