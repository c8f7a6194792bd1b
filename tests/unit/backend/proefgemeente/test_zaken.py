"""The zaken of Proefdam: enough, of many kinds, the same every time, and fit for the register they are in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.proefgemeente.bedrijven import bedrijven
from kcs_desktop.backend.proefgemeente.personen import JOHANNA, PERSOON_20, PERSOON_100, Inwoners
from kcs_desktop.backend.proefgemeente.zaken import store
from kcs_desktop.backend.standards.zaken import tables as t
from kcs_desktop.domain.eigenschap import objection_to
from kcs_desktop.domain.termijn import Termijnstand, termijn_of
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API, SPEC
from tests.harness.backend import Backend

_NAMEN = ("aanvraag", "bezwaar", "melding", "parkeren", "uitrit")


async def _filled(backend: Backend) -> None:
    client = await f.client_of(backend)
    for naam in _NAMEN:
        await f.make_types(client, naam)
    async with backend.db.write() as unit:
        await store(unit, Inwoners().all(), bedrijven())


async def _rows(db: Database, tabel: type[Any]) -> list[Any]:
    async with db.read() as session:
        return list((await session.scalars(select(tabel))).all())


async def test_everybody_has_the_zaken_that_are_told_of_and_none_lies_in_the_future(backend: Backend) -> None:
    await _filled(backend)
    vandaag = backend.klok().date()
    zaken = {zaak.uuid: zaak for zaak in await _rows(backend.db, t.Zaak)}
    assert len(zaken) >= 340
    assert len({zaak.zaaktype for zaak in zaken.values()}) == len(_NAMEN)
    assert all(zaak.startdatum <= vandaag and (zaak.einddatum or vandaag) <= vandaag for zaak in zaken.values())
    rollen = await _rows(backend.db, t.Rol)
    per_bsn = Counter(rol.inp_bsn for rol in rollen)
    assert (per_bsn[JOHANNA], per_bsn[PERSOON_100], per_bsn[PERSOON_20]) == (5, 25, 10)
    assert sum(rol.betrokkene_type == "niet_natuurlijk_persoon" for rol in rollen) > 20
    own = [zaken[rol.zaak] for rol in rollen if rol.inp_bsn == JOHANNA]
    standen = Counter(
        termijn_of(
            zaak.uiterlijke_einddatum_afdoening,
            vandaag,
            einddatum=zaak.einddatum,
            opgeschort=zaak.opschorting_indicatie,
        ).stand
        for zaak in own
    )
    assert standen[Termijnstand.VERSTREKEN] == standen[Termijnstand.OPGESCHORT] == standen[Termijnstand.AFGEROND] == 1
    ended = {zaak.uuid for zaak in zaken.values() if zaak.einddatum}
    assert {resultaat.zaak for resultaat in await _rows(backend.db, t.Resultaat)} == ended
    statussen = await _rows(backend.db, t.Status)
    assert {status.zaak for status in statussen} == set(zaken)
    assert all(status.datum_status_gezet <= backend.klok() for status in statussen)
    assert max(Counter(status.zaak for status in statussen).values()) == 3
    laatste = {status.uuid: status for status in statussen}
    assert all(laatste[zaak.status].zaak == zaak.uuid for zaak in zaken.values())
    waarden = await _rows(backend.db, t.Zaakeigenschap)
    assert not [one for one in waarden if one.naam == "kenteken" and objection_to(one.waarde, {"lengte": "8"})]


async def test_they_are_answered_as_the_specification_says_and_the_next_number_is_free(backend: Backend) -> None:
    await _filled(backend)
    client = await f.client_of(backend)
    asked = {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": JOHANNA, "expand": "status,rollen,resultaat"}
    answer = await client.get(f"{API}/zaken", params=asked)
    assert answer.json()["count"] == 5
    if SPEC.path.exists():
        SPEC.check("/zaken", "get", 200, answer.json())
    known = {zaak.identificatie for zaak in await _rows(backend.db, t.Zaak)}
    reserved = await client.post(f"{API}/zaaknummer_reserveren", json={"bronorganisatie": f.RSIN})
    assert reserved.json()["zaaknummer"] not in known
    assert reserved.json()["zaaknummer"] > max(known)


async def test_without_a_catalogue_there_are_none(db: Database) -> None:
    async with db.write() as unit:
        await store(unit, Inwoners().all(), bedrijven())
    assert await _rows(db, t.Zaak) == []
