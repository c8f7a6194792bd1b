"""What Open Zaak does and clients rely on, beyond the shape of an answer."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import func, select

from kcs_desktop.backend.bestanden.opslag import BESTAND, STUK, STUKKEN, Digest
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.standards.documenten import slot
from kcs_desktop.backend.standards.documenten.informatieobjecten import Informatieobjecten
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.uuid7 import new_id
from tests.contract.documenten import fixtures as f
from tests.contract.documenten.spec import API, EIO, SPEC
from tests.contract.zaken import fixtures as zaken
from tests.contract.zaken.spec import API as ZAKEN
from tests.contract.zaken.spec import CRS
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok

LARGE = bytes(range(256)) * 5000  # a whole part and a rest
PARTS = (LARGE[:STUK], LARGE[STUK:])
STRANGE = f"http://127.0.0.1:8000{API}{EIO}/019ac000-0000-7000-8000-000000000001"


async def kept(backend: Backend) -> tuple[int, int]:
    """How many files and pieces there are."""
    async with backend.db.read() as session:
        files = await session.scalar(select(func.count()).select_from(BESTAND.id.table))
        pieces = await session.scalar(select(func.count()).select_from(STUKKEN.nr.table))
    return files or 0, pieces or 0


async def test_a_change_takes_a_lock_and_makes_a_version(backend: Backend) -> None:
    client = await f.client_of(backend)
    made = await f.make_document(client, await f.make_type(client))
    first = backend.klok().isoformat()
    backend.klok.advance(minutes=5)
    patch = await client.patch(made["url"], json={"titel": "Anders"})
    assert f.codes(patch) == {"nonFieldErrors": "unlocked"}
    key = await f.lock(client, made)
    assert f.codes(await client.post(f"{made['url']}/lock")) == {"nonFieldErrors": "existing-lock"}
    assert f.codes(await client.patch(made["url"], json={"titel": "x"})) == {"nonFieldErrors": "missing-lock-id"}
    for wrong in ("0" * 32, "é", ""):
        refused = await client.patch(made["url"], json={"titel": "x", "lock": wrong})
        assert f.codes(refused) == {"nonFieldErrors": "incorrect-lock-id"}
    new = base64.b64encode(b"nieuwe tekst").decode()
    changed = await client.patch(made["url"], json={"titel": "Anders", "inhoud": new, "lock": key})
    assert (changed.json()["versie"], changed.json()["titel"], changed.json()["bestandsomvang"]) == (2, "Anders", 12)
    assert f.codes(await f.unlock(client, made, "0" * 32)) == {"nonFieldErrors": "incorrect-lock-id"}
    assert (await f.unlock(client, made, key)).status_code == 204
    assert (await client.get(made["url"])).json()["locked"] is False
    assert f.codes(await f.unlock(client, made, key)) == {"nonFieldErrors": "unlocked"}

    for asked, titel, content in (
        ({}, "Anders", b"nieuwe tekst"),
        ({"versie": "1"}, "Kentekenbewijs", f.INHOUD),
        ({"versie": "2"}, "Anders", b"nieuwe tekst"),
        ({"registratieOp": first}, "Kentekenbewijs", f.INHOUD),
        ({"registratieOp": backend.klok().isoformat()}, "Anders", b"nieuwe tekst"),
    ):
        shown = await client.get(made["url"], params=asked)
        assert shown.json()["titel"] == titel, asked
        assert (await client.get(shown.json()["inhoud"])).content == content
        assert (await f.download(client, made, **asked)).content == content
    for asked in ({"versie": "3"}, {"versie": "x"}, {"registratieOp": "2020-01-01T00:00:00Z"}):
        assert (await client.get(made["url"], params=asked)).status_code == 404
    assert (await client.get(made["url"], params={"registratieOp": "gisteren"})).status_code == 400


async def test_of_two_who_lock_at_once_one_gets_the_key(backend: Backend) -> None:
    client = await f.client_of(backend)
    made = await f.make_document(client, await f.make_type(client))
    answers = await asyncio.gather(*(client.post(f"{made['url']}/lock") for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400, 400]


async def test_a_large_file_goes_in_parts_in_any_order_and_is_whole_after_unlocking(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types, inhoud=None, bestandsomvang=len(LARGE), bestandsnaam="groot.bin")
    key, delen = made["lock"], made["bestandsdelen"]
    assert [(deel["volgnummer"], deel["omvang"], deel["voltooid"]) for deel in delen] == [
        (1, STUK, False),
        (2, len(LARGE) - STUK, False),
    ]
    assert (made["locked"], made["inhoud"]) == (True, None)
    assert f.codes(await f.unlock(client, made, key)) == {"nonFieldErrors": "incomplete-upload"}
    assert f.codes(await f.put_part(client, delen[1], PARTS[1], "0" * 32)) == {"nonFieldErrors": "incorrect-lock-id"}
    for wrong in (PARTS[1][:-1], PARTS[0], b""):
        assert f.codes(await f.put_part(client, delen[1], wrong, key)) == {"nonFieldErrors": "file-size"}
    first = await f.put_part(client, delen[1], PARTS[1], key)
    assert (first.status_code, first.json()["voltooid"]) == (200, True)
    assert (await f.download(client, made)).status_code == 422
    assert (await f.put_part(client, delen[1], PARTS[1], key)).status_code == 200  # once more
    assert f.codes(await f.put_part(client, delen[1], bytes(len(PARTS[1])), key)) == {"inhoud": "stuk-anders"}
    assert (await f.put_part(client, delen[0], PARTS[0], key)).status_code == 200
    foreign = {"inhoud": (None, "tekst", "text/plain; charset=bestaat-niet")}
    unread = await client.put(delen[0]["url"], data={"lock": key}, files=foreign)
    assert (unread.status_code, f.codes(unread)) == (400, {"inhoud": "invalid"})
    missing = await client.put(delen[0]["url"], data={"lock": key})
    assert f.codes(missing) == {"inhoud": "required"}
    assert (await f.unlock(client, made, key)).status_code == 204
    shown = (await client.get(made["url"])).json()
    assert (shown["bestandsdelen"], shown["locked"], shown["versie"]) == ([], False, 1)
    answer = await client.get(shown["inhoud"])
    assert answer.content == LARGE
    assert answer.headers["content-length"] == str(len(LARGE))
    assert "groot.bin" in answer.headers["content-disposition"]
    assert (await f.put_part(client, delen[0], PARTS[0], key)).status_code == 404


async def test_the_key_of_a_document_is_for_who_made_or_changed_it_and_not_for_readers(backend: Backend) -> None:
    maker, reader = await f.client_of(backend), await f.client_of(backend, "tic")
    types = await f.make_type(maker)
    made = await f.make_document(maker, types, inhoud=None, bestandsomvang=5)
    key = made["lock"]
    assert key
    assert made["bestandsdelen"][0]["lock"] == key
    patched = await maker.patch(made["url"], json={"titel": "Anders", "lock": key})
    assert patched.json()["bestandsdelen"][0]["lock"] == key
    assert (await f.put_part(maker, made["bestandsdelen"][0], b"12345", key)).json()["lock"] == key
    for answer in (
        await reader.get(made["url"]),
        await reader.get(f"{API}{EIO}"),
        await reader.post(f"{API}{EIO}/_zoek", json={"uuid__in": [made["url"].rsplit("/", 1)[-1]]}),
    ):
        assert answer.status_code == 200, answer.text
        assert key not in answer.text


async def test_a_program_is_refused_whatever_it_is_called(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    program = b"MZ\x90\x00" + bytes(100)
    called = {"bestandsnaam": "brief.pdf", "formaat": "application/pdf"}
    whole = {**called, "inhoud": base64.b64encode(program).decode(), "bestandsomvang": len(program)}
    refused = await client.post(f"{API}{EIO}", json=f.document(types, **whole))
    assert f.codes(refused) == {"inhoud": "soort-geweigerd"}
    parts = {**called, "inhoud": None, "bestandsomvang": len(program)}
    made = await f.make_document(client, types, **parts)
    await f.put_part(client, made["bestandsdelen"][0], program, made["lock"])
    assert f.codes(await f.unlock(client, made, made["lock"])) == {"inhoud": "soort-geweigerd"}
    assert (await f.download(client, made)).status_code != 200
    forcing = await backend.application("Beheer", dossier=Recht.BEHEREN, zaken=Recht.RAADPLEGEN)
    assert (await forcing.post(f"{made['url']}/unlock")).status_code == 204
    shown = (await client.get(made["url"])).json()
    assert (shown["inhoud"], shown["bestandsomvang"], shown["locked"]) == (None, None, False)
    assert await kept(backend) == (0, 0)


async def test_parts_are_shown_with_the_document_alone_and_in_no_list(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types, inhoud=None, bestandsomvang=len(LARGE))
    recht = {"informatieobject": made["url"], "startdatum": "2026-11-24T00:00:00Z", "omschrijvingVoorwaarden": "x"}
    await f.post(client, "gebruiksrechten", recht)
    changed = (await client.patch(made["url"], json={"titel": "Anders", "lock": made["lock"]})).json()
    alone = (await client.get(made["url"])).json()
    earlier = (await client.get(made["url"], params={"versie": "1"})).json()
    assert [len(one["bestandsdelen"]) for one in (made, changed, alone, earlier)] == [2, 2, 2, 2]
    listed = (await client.get(f"{API}{EIO}")).json()["results"]
    sought = (await client.post(f"{API}{EIO}/_zoek", json={"uuid__in": [made["url"].rpartition("/")[2]]})).json()
    rechten = await client.get(f"{API}/gebruiksrechten", params={"expand": "informatieobject"})
    expanded = [one["_expand"]["informatieobject"] for one in rechten.json()]
    for one in (*listed, *sought["results"], *expanded):
        assert (one["bestandsdelen"], one["inhoud"]) == ([], None)  # it is still coming
        if SPEC.path.exists():
            SPEC.check(EIO + "/{uuid}", "get", 200, one)
    assert (len(listed), len(sought["results"]), len(expanded)) == (1, 1, 1)


async def test_two_who_unlock_at_once_finish_it_once(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types, inhoud=None, bestandsomvang=len(LARGE))
    for deel, content in zip(made["bestandsdelen"], PARTS, strict=True):
        await f.put_part(client, deel, content, made["lock"])
    answers = await asyncio.gather(*(f.unlock(client, made, made["lock"]) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [204, 400]
    assert (await f.download(client, made)).content == LARGE


async def test_what_was_read_of_other_content_is_not_said_of_this(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types, inhoud=None, bestandsomvang=len(LARGE))
    for deel, content in zip(made["bestandsdelen"], PARTS, strict=True):
        await f.put_part(client, deel, content, made["lock"])
    before, uuid = {new_id(): Digest("0" * 64, b"")}, made["url"].rsplit("/", 1)[1]
    async with backend.db.write() as unit:
        await slot.unlock(unit, Informatieobjecten(), uuid, made["lock"], before, forced=False)
        assert await unit.session.scalar(select(BESTAND.sha256)) == hashlib.sha256(LARGE).hexdigest()


async def test_a_file_that_never_came_is_thrown_away_by_who_may_force_it(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types, inhoud=None, bestandsomvang=len(LARGE))
    await f.put_part(client, made["bestandsdelen"][0], PARTS[0], made["lock"])
    assert (await client.post(f"{made['url']}/unlock")).status_code == 400
    forcing = await backend.application("Beheer", dossier=Recht.BEHEREN, zaken=Recht.RAADPLEGEN)
    assert (await forcing.post(f"{made['url']}/unlock")).status_code == 204
    shown = (await client.get(made["url"])).json()
    assert (shown["inhoud"], shown["bestandsomvang"], shown["bestandsdelen"]) == (None, None, [])
    assert await kept(backend) == (0, 0)
    assert (await f.download(client, made)).status_code == 404


async def test_what_cannot_be_content_is_refused(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)

    async def refused(**fields: object) -> dict[str, str]:
        return f.codes(await client.post(f"{API}{EIO}", json=f.document(types, **fields)))

    assert await refused(inhoud="geen base64!") == {"inhoud": "incorrect-base64"}
    assert await refused(inhoud=STRANGE) == {"inhoud": "incorrect-base64"}
    assert await refused(inhoud=5) == {"inhoud": "invalid"}
    assert await refused(bestandsomvang=1) == {"nonFieldErrors": "file-size"}
    assert await refused(inhoud=None, bestandsomvang=5 * 1024**3) == {"bestandsomvang": "max_value"}
    assert await refused(inhoud=None, bestandsomvang=-1) == {"bestandsomvang": "min_value"}
    assert await refused(lock="x") == {"lock": "must-be-empty"}
    assert await kept(backend) == (0, 0)
    none = await f.make_document(client, types, inhoud=None)
    assert (none["inhoud"], none["locked"], none["bestandsomvang"]) == (None, False, None)
    assert (await f.download(client, none)).status_code == 404
    empty = await f.make_document(client, types, inhoud="")
    assert (empty["bestandsomvang"], (await f.download(client, empty)).content) == (0, b"")


async def test_a_file_of_some_megabytes_may_stand_in_the_body_and_no_more(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    content = LARGE * 3
    made = await f.make_document(client, types, inhoud=base64.b64encode(content).decode())
    assert (await f.download(client, made)).content == content
    too_much = await client.post(f"{API}{EIO}", content=b'{"inhoud":"' + b"A" * (37 * 1024 * 1024) + b'"}')
    assert too_much.status_code in {413, 415}
    recht = {"informatieobject": made["url"], "omschrijvingVoorwaarden": "A" * (3 * 1024 * 1024)}
    assert (await client.post(f"{API}/gebruiksrechten", json=recht)).status_code == 413


async def test_content_is_given_as_octets_only(backend: Backend) -> None:
    client = await f.client_of(backend)
    made = await f.make_document(client, await f.make_type(client), bestandsnaam='../"brief\r\n.pdf')
    for accept, status in (("application/json", 406), ("text/html", 406), ("*/*", 200), ("application/*", 200)):
        answer = await client.get(f"{made['url']}/download", headers={"Accept": accept})
        assert answer.status_code == status, accept
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''..%2F%22brief%0D%0A.pdf"
    assert (await client.get(f"{made['url']}/download", params={"x": "1"})).status_code == 400


async def test_a_document_follows_its_type_and_its_own_rules(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types)
    assert made["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk"
    assert made["formaat"] == "application/pdf"
    assert made["identificatie"].startswith("DOCUMENT-2026-")
    own = {"identificatie": made["identificatie"]}
    assert f.codes(await client.post(f"{API}{EIO}", json=f.document(types, **own))) == {"identificatie": "unique"}
    other = await f.make_document(client, types, **own, bronorganisatie="999990639")
    assert other["identificatie"] == made["identificatie"]
    for fields, expected in (
        ({"status": "in_bewerking", "ontvangstdatum": "2026-11-01"}, {"status": "invalid_for_received"}),
        ({"informatieobjecttype": STRANGE}, {"informatieobjecttype": "bad-url"}),
        ({"indicatieGebruiksrecht": True}, {"indicatieGebruiksrecht": "missing-gebruiksrechten"}),
        ({"bronorganisatie": "123456789"}, {"bronorganisatie": "invalid"}),
        ({"taal": "nl"}, {"taal": "min_length"}),
        ({"ondertekening": {"soort": "zegel", "datum": "gisteren"}}, None),
    ):
        refused = f.codes(await client.post(f"{API}{EIO}", json=f.document(types, **fields)))
        assert refused == (expected or {"ondertekening.soort": "invalid_choice", "ondertekening.datum": "invalid"})
    final = await f.make_document(client, types, status="definitief")
    key = await f.lock(client, final)
    fixed = await client.patch(final["url"], json={"titel": "x", "lock": key})
    assert f.codes(fixed) == {"nonFieldErrors": "modify-status-definitief"}


async def test_the_zaak_is_known_on_both_sides_and_the_document_stays_when_it_goes(backend: Backend) -> None:
    client = await backend.application(zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)  # that may see all
    client.headers.update(CRS)
    types = await f.make_type(client)
    hoofd = await zaken.make_zaak(client, types)
    zaak = await zaken.make_zaak(client, types, hoofdzaak=hoofd["url"])
    made = await f.make_document(client, types, titel="In de zaak")
    await f.make_document(client, types, titel="Los")
    body = {"zaak": zaak["url"], "informatieobject": STRANGE}
    refused = await client.post(f"{ZAKEN}/zaakinformatieobjecten", json=body)
    assert f.codes(refused) == {"informatieobject": "does_not_exist"}
    linked = await f.link(client, zaak, made)
    asked = {"objectinformatieobjecten__object": zaak["url"], "objectinformatieobjecten__objectType": "zaak"}
    assert await f.found(client, **asked) == ["In de zaak"]
    assert await f.found(client, **{**asked, "objectinformatieobjecten__objectType": "besluit"}) == []
    (one,) = (await client.get(f"{API}/objectinformatieobjecten", params={"object": zaak["url"]})).json()
    assert (one["informatieobject"], one["object"]) == (made["url"], zaak["url"])
    assert f.codes(await client.delete(made["url"])) == {"nonFieldErrors": "pending-relations"}
    assert (await client.delete(linked["url"])).status_code == 204
    assert (await client.get(f"{API}/objectinformatieobjecten")).json() == []
    await f.link(client, zaak, made)
    assert (await (await zaken.keeper_of(backend)).delete(hoofd["url"])).status_code == 204  # and its deelzaak with it
    assert (await client.get(f"{API}/objectinformatieobjecten")).json() == []
    assert (await client.get(made["url"])).status_code == 200


async def test_with_a_document_goes_all_of_its_content(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types)
    await f.change(client, made, inhoud=base64.b64encode(LARGE).decode())
    await f.change(client, made, titel="Weer anders")
    assert await kept(backend) == (2, 3)
    assert (await client.delete(made["url"])).status_code == 204
    assert (await client.get(made["url"])).status_code == 404
    assert await kept(backend) == (0, 0)


async def test_gebruiksrechten_set_the_indicatie_and_unset_it(backend: Backend) -> None:
    client = await f.client_of(backend)
    made = await f.make_document(client, await f.make_type(client))
    body = {"informatieobject": made["url"], "startdatum": "2026-11-20T12:00:00Z", "omschrijvingVoorwaarden": "Kort"}
    rechten = [await f.post(client, "gebruiksrechten", body) for _ in range(2)]
    asked = {"informatieobject": made["url"], "startdatum__gte": "2026-11-20T12:00:00Z"}
    assert len((await client.get(f"{API}/gebruiksrechten", params=asked)).json()) == 2
    for recht, left in zip(rechten, (True, None), strict=True):
        assert (await client.get(made["url"])).json()["indicatieGebruiksrecht"] is True
        assert (await client.delete(recht["url"])).status_code == 204
        assert (await client.get(made["url"])).json()["indicatieGebruiksrecht"] is left


async def test_documents_are_found_and_ordered(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    await f.make_document(client, types, titel="Aap", auteur="Jansen", trefwoorden=["a", "b"], status="definitief")
    await f.make_document(client, types, titel="Noot", creatiedatum="2026-10-01", trefwoorden=["b"], identificatie="N")
    mies = await f.make_document(client, types, titel="Mies", beschrijving="Van de balie", trefwoorden=["c"])
    await f.lock(client, mies)
    for asked, titles in (
        ({"titel": "AA"}, ["Aap"]),
        ({"auteur": "jans"}, ["Aap"]),
        ({"beschrijving": "balie"}, ["Mies"]),
        ({"trefwoorden": "a,b"}, ["Aap"]),
        ({"trefwoorden": ","}, ["Mies", "Noot", "Aap"]),
        ({"trefwoorden__overlap": "a,c"}, ["Mies", "Aap"]),
        ({"trefwoorden__overlap": ","}, []),
        ({"creatiedatum__lte": "2026-10-31"}, ["Noot"]),
        ({"identificatie": "N"}, ["Noot"]),
        ({"locked": "true"}, ["Mies"]),
        ({"vertrouwelijkheidaanduiding": "geheim"}, []),
        ({"informatieobjecttype": types["informatieobjecttypen"]["url"], "ordering": "titel"}, ["Aap", "Mies", "Noot"]),
        ({"ordering": "-titel"}, ["Noot", "Mies", "Aap"]),
    ):
        assert await f.found(client, **asked) == titles, asked


async def test_many_words_are_looked_for_and_very_many_are_refused(backend: Backend) -> None:
    client = await f.client_of(backend)
    await f.make_document(client, await f.make_type(client), trefwoorden=["aap"])
    words = ["aap", *(f"w{nr}" for nr in range(1, 100))]
    assert await f.found(client, trefwoorden__overlap=",".join(words)) == ["Kentekenbewijs"]
    assert await f.found(client, trefwoorden=",".join(words), trefwoorden__overlap=",".join(words)) == []
    for name in ("trefwoorden", "trefwoorden__overlap"):
        assert f.codes(await client.get(f"{API}{EIO}", params={name: ",".join([*words, "w100"])})) == {name: "invalid"}


@pytest.fixture
async def small(db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, bestand_maximum=1000) as backend:
        yield backend


async def test_a_file_over_the_limit_of_the_settings_is_refused_before_a_byte_is_sent(small: Backend) -> None:
    client = await f.client_of(small)
    types = await f.make_type(client)
    answer = await client.post(f"{API}{EIO}", json=f.document(types, inhoud=None, bestandsomvang=2 * 1024**3))
    assert f.codes(answer) == {"bestandsomvang": "max_value"}
    inline = await client.post(f"{API}{EIO}", json=f.document(types, inhoud=base64.b64encode(bytes(1001)).decode()))
    assert f.codes(inline) == {"inhoud": "file-size"}


async def test_one_document_of_each_number_at_once(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)

    async def make() -> httpx.Response:
        return await client.post(f"{API}{EIO}", json=f.document(types, identificatie="EEN"))

    answers = await asyncio.gather(*(make() for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 400, 400, 400]
    assert await kept(backend) == (1, 1)
