"""The documents of Proefdam: the same every time, fit for the register they are in, and what they say they are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kcs_desktop.backend.bestanden import tables as bst
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.proefgemeente.bedrijven import bedrijven
from kcs_desktop.backend.proefgemeente.documenten import make_pdf, make_png, store
from kcs_desktop.backend.proefgemeente.personen import JOHANNA, Inwoners
from kcs_desktop.backend.proefgemeente.zaken import store as store_zaken
from kcs_desktop.domain.bestand import judge
from tests.contract.documenten import fixtures as d
from tests.contract.documenten.spec import API, EIO, SPEC
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API as ZAKEN
from tests.harness.backend import Backend


async def _rows(db: Database, tabel: type[Any]) -> list[Any]:
    async with db.read() as session:
        return list((await session.scalars(select(tabel))).all())


async def test_they_are_in_the_dossiers_and_can_be_read(backend: Backend) -> None:
    client = await f.client_of(backend)
    for naam in ("aanvraag", "melding"):
        await f.make_types(client, naam)
    async with backend.db.write() as unit:
        await store_zaken(unit, Inwoners().all(), bedrijven())
        await store(unit)
    stukken = {stuk.bestand: stuk.inhoud for stuk in await _rows(backend.db, bst.Stuk)}
    bestanden = await _rows(backend.db, bst.Bestand)
    assert len(bestanden) > 50
    for bestand in bestanden:
        judged = judge(bestand.naam, stukken[bestand.id])
        assert (judged.melding, judged.mediatype, judged.toonbaar) == ("", bestand.mediatype, True)
        assert len(stukken[bestand.id]) == bestand.omvang
    assert {bestand.mediatype for bestand in bestanden} == {"application/pdf", "image/png", "text/plain"}
    asked = {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": JOHANNA}
    zaken = (await client.get(f"{ZAKEN}/zaken", params=asked)).json()["results"]
    for zaak in zaken:
        assert zaak["zaakinformatieobjecten"]
        answer = await client.get(f"{API}{EIO}", params={"objectinformatieobjecten__object": zaak["url"]})
        if SPEC.path.exists():
            SPEC.check(EIO, "get", 200, answer.json())
        found = answer.json()["results"]
        assert len(found) == len(zaak["zaakinformatieobjecten"])
        assert len((await d.download(client, found[0])).content) == found[0]["bestandsomvang"]


async def test_without_a_catalogue_there_are_none(db: Database) -> None:
    async with db.write() as unit:
        await store(unit)
    assert await _rows(db, bst.Bestand) == []


def test_they_are_the_same_every_time() -> None:
    assert make_pdf(["Een (regel) \\ é"]) == make_pdf(["Een (regel) \\ é"])
    assert make_png(4, 3) == make_png(4, 3)
