"""Documents upstream: who may have one follows from itself and from the zaken that hold it; content passes whole."""

from __future__ import annotations

from typing import Any

import pytest

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.domain.rechten import Recht
from tests.doubles.upstream import Gevraagd, Upstream
from tests.harness.backend import BASE, Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.gateway.test_zgw_reading import CRS, audited

ROOT = "/documenten/api/v1"
DOCUMENT = "0192d3a4-0000-7000-8000-00000000000d"
ZAAK = "0192d3a4-0000-7000-8000-00000000000a"
DEELZAAK = "0192d3a4-0000-7000-8000-00000000000b"
BSN = "999993653"
PATH = f"{ROOT}/enkelvoudiginformatieobjecten/{DOCUMENT}"


class Server:
    """What stands at the server: one document in one zaak."""

    def __init__(self, upstream: Upstream) -> None:
        self.aanduiding = self.aanduiding_van_zaak = "openbaar"
        self.inhoud = "x" * 300_000
        self.lacks: set[str] = set()  # fields that its documents and links come without
        self.gone: set[str] = set()  # ends of the paths that it does not know
        self.refused: set[str] = set()  # and of those that it gives no right to
        self.held_by: Any = "zaak"  # what its link calls the zaak
        self._double = upstream
        upstream.on_asked = self.answer

    @property
    def document(self) -> dict[str, Any]:
        base = f"{self._double.url}/documenten/enkelvoudiginformatieobjecten/{DOCUMENT}"
        document = {"url": base, "inhoud": f"{base}/download?versie=1", "versie": 1, "titel": "Tekening"}
        return document | {"vertrouwelijkheidaanduiding": self.aanduiding}

    async def answer(self, asked: Gevraagd) -> None:
        path, base = asked.path, self._double.url
        rol: dict[str, Any] = {"url": f"{base}/zaken/rollen/1", "betrokkeneIdentificatie": {"inpBsn": BSN}}
        zaak: dict[str, Any] = {"url": f"{base}/zaken/zaken/{ZAAK}", "zaaktype": f"{base}/catalogi/zaaktypen/{ZAAK}"}
        zaak |= {"vertrouwelijkheidaanduiding": self.aanduiding_van_zaak, "_expand": {"rollen": [rol]}}
        link = {"url": f"{base}/documenten/objectinformatieobjecten/1", "object": zaak["url"]}
        link |= {"informatieobject": self.document["url"], "objectType": self.held_by}
        in_zaak = {"url": f"{base}/zaken/zaakinformatieobjecten/{ZAAK}", "zaak": zaak["url"], "titel": "Tekening"}
        in_zaak |= {"informatieobject": self.document["url"]}
        zaak["_expand"]["zaakinformatieobjecten"] = [in_zaak]
        zaak["zaakinformatieobjecten"] = [in_zaak["url"]]
        zaak["deelzaken"] = [f"{base}/zaken/zaken/{DEELZAAK}"]
        answers: dict[str, Any] = {
            f"/basis/documenten/enkelvoudiginformatieobjecten/{DOCUMENT}": self.document,
            "/basis/documenten/enkelvoudiginformatieobjecten": {"count": 1, "next": None, "results": [self.document]},
            "/basis/documenten/objectinformatieobjecten": [link],
            f"/basis/zaken/zaken/{ZAAK}": zaak,
            f"/basis/zaken/zaken/{DEELZAAK}": zaak | {"url": zaak["deelzaken"][0], "deelzaken": []},
            "/basis/zaken/zaakinformatieobjecten": [in_zaak],
            f"/basis/zaken/zaakinformatieobjecten/{ZAAK}": in_zaak,
            "/basis/catalogi/catalogussen": {"count": 0, "results": []},
            f"/basis/catalogi/zaaktypen/{ZAAK}": {"url": zaak["zaaktype"], "identificatie": "parkeren"},
        }
        if path.endswith("/download"):
            self._double.ok(self.inhoud, media_type="application/pdf")
        else:
            for one in (link, answers[f"/basis/documenten/enkelvoudiginformatieobjecten/{DOCUMENT}"]):
                for field in self.lacks:
                    one.pop(field, None)
            found = None if path.endswith(tuple(self.gone)) else answers.get(path)
            self._double.ok(found or {"code": "not_found", "title": "weg"}, 200 if found else 404)
        if path.endswith(tuple(self.refused)):
            self._double.ok({"code": "permission_denied", "title": "mag niet"}, 403)


@pytest.fixture
def server(upstream: Upstream) -> Server:
    return Server(upstream)


async def test_a_document_and_its_content_pass_whole_and_are_noted(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    client = await zgw_gateway.client_for("snelbalie")
    found = (await client.get(PATH)).json()
    assert found["url"] == BASE + PATH
    assert found["inhoud"] == f"{BASE}{PATH}/download?versie=1"
    answer = await client.get(f"{PATH}/download?versie=1")
    assert answer.status_code == 200
    assert (len(answer.content), answer.headers["content-type"]) == (300_002, "application/pdf")
    asked = upstream.asked[-1]
    assert asked.target.endswith("/download?versie=1")
    assert "application/json" not in asked.headers["accept"]
    lines = await audited(zgw_gateway.db, "documenten")
    assert [line[:4] for line in lines] == [
        (fase, "enkelvoudiginformatieobject", DOCUMENT, True) for fase in ("voornemen", "uitkomst") * 2
    ]
    for line in (lines[1], lines[3]):
        assert BSN in line[5]
        assert ZAAK in line[5]


async def test_documents_of_a_zaak_are_one_call_in_the_server_s_own_addresses(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    naam = "objectinformatieobjecten__object"
    asked = {naam: f"{BASE}/zaken/api/v1/zaken/{ZAAK}", f"{naam}Type": "zaak"}
    page = (
        await (await zgw_gateway.client_for("snelbalie")).get(f"{ROOT}/enkelvoudiginformatieobjecten", params=asked)
    ).json()
    assert [row["url"] for row in page["results"]] == [BASE + PATH]
    (listed,) = [one for one in upstream.asked if "/enkelvoudiginformatieobjecten?" in one.target]
    assert listed.query[naam] == f"{upstream.url}/zaken/zaken/{ZAAK}"


@pytest.mark.parametrize("aanduiding", ["openbaar", "geheim"])
@pytest.mark.parametrize("behind", ["", "?/x", "#/x", ";x"])
async def test_what_stands_behind_the_address_of_a_zaak_makes_it_no_other(
    zgw_gateway: Backend, upstream: Upstream, server: Server, behind: str, aanduiding: str
) -> None:
    server.aanduiding_van_zaak = aanduiding
    asked = {"objectinformatieobjecten__object": f"{BASE}/zaken/api/v1/zaken/{ZAAK}{behind}"}
    client = await zgw_gateway.client_for("snelbalie")
    page = (await client.get(f"{ROOT}/enkelvoudiginformatieobjecten", params=asked)).json()
    assert [row["url"] for row in page["results"]] == ([BASE + PATH] if aanduiding == "openbaar" else [])
    assert {line[2] for line in await audited(zgw_gateway.db, "documenten")} == {ZAAK}


async def test_documents_of_a_zaak_that_is_not_there_are_not_shown(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    client = await zgw_gateway.client_for("snelbalie")
    for zaak in (f"{BASE}/zaken/api/v1/zaken/{DOCUMENT}", f"{BASE}/zaken/api/v1/zaken/{ZAAK}/x"):
        asked = {"objectinformatieobjecten__object": zaak}
        page = (await client.get(f"{ROOT}/enkelvoudiginformatieobjecten", params=asked)).json()
        assert (page["results"], page["count"]) == ([], 0)


@pytest.mark.parametrize(("zaaktype", "status"), [("anders", 403), ("parkeren", 200)])
async def test_one_and_the_same_right_reaches_the_document_and_its_zaak(
    upstream: Upstream, server: Server, db: Database, klok: Klok, zaaktype: str, status: int
) -> None:
    server.aanduiding = "zeer_geheim"
    rechten = f"receptie=openbaar; tic=zeer_geheim:{zaaktype}"
    async with running_backend(db, klok, registers=upstream.zgw_settings(), zaakrechten=rechten) as narrowed:
        client = await narrowed.client_for("receptie", "tic")
        assert (await client.get(PATH)).status_code == status
        links = await client.get(f"{ROOT}/objectinformatieobjecten")
        assert len(links.json()) == (status == 200)


async def test_a_link_to_a_document_above_the_role_is_not_shown(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    balie, website = await zgw_gateway.client_for("snelbalie"), await zgw_gateway.application(zaken=Recht.RAADPLEGEN)
    for client in (balie, website):
        client.headers.update(CRS)
    asked = {"zaak": f"{BASE}/zaken/api/v1/zaken/{ZAAK}"}
    for aanduiding, shown in (("openbaar", ["Tekening"]), ("geheim", [])):
        server.aanduiding = aanduiding
        listed = await balie.get("/zaken/api/v1/zaakinformatieobjecten", params=asked)
        assert [link["titel"] for link in listed.json()] == shown
        one = await balie.get(f"/zaken/api/v1/zaakinformatieobjecten/{ZAAK}")
        assert one.status_code == (200 if shown else 403)
        zaak = await balie.get(f"/zaken/api/v1/zaken/{ZAAK}", params={"expand": "zaakinformatieobjecten"})
        assert [link["titel"] for link in zaak.json()["_expand"]["zaakinformatieobjecten"]] == shown
        links = [f"{BASE}/zaken/api/v1/zaakinformatieobjecten/{ZAAK}" for _ in shown]
        assert zaak.json()["zaakinformatieobjecten"] == links
        plain = await balie.get(f"/zaken/api/v1/zaken/{ZAAK}")
        assert "zaakinformatieobjecten" not in plain.json(), "to know which is a question more"
    assert (await website.get(f"/zaken/api/v1/zaken/{ZAAK}")).json()["zaakinformatieobjecten"]
    upstream.asked.clear()
    listed = await website.get("/zaken/api/v1/zaakinformatieobjecten", params=asked)
    assert len(listed.json()) == 1
    assert not [one for one in upstream.asked if "/documenten/" in one.target], "who sees all documents asks for none"


async def test_a_zaak_is_shown_also_where_the_server_gives_no_right_to_its_deelzaak(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    client = await zgw_gateway.client_for("snelbalie")
    client.headers.update(CRS)
    server.refused = {f"/{DEELZAAK}"}
    for expected in ([], [f"{BASE}/zaken/api/v1/zaken/{DEELZAAK}"]):
        answer = await client.get(f"/zaken/api/v1/zaken/{ZAAK}")
        assert (answer.status_code, answer.json()["deelzaken"]) == (200, expected), answer.text
        server.refused.clear()


@pytest.mark.parametrize("where", ["aanduiding", "aanduiding_van_zaak"])
async def test_what_is_above_the_role_is_refused_and_its_content_never_asked(
    zgw_gateway: Backend, upstream: Upstream, server: Server, where: str
) -> None:
    setattr(server, where, "geheim")
    client = await zgw_gateway.client_for("snelbalie")
    for path in (PATH, f"{PATH}/download"):
        answer = await client.get(path)
        assert answer.status_code == 403
        assert "Tekening" not in answer.text
    assert not [one for one in upstream.asked if "download" in one.target]
    assert {line[4] for line in await audited(zgw_gateway.db, "documenten") if line[0] == "uitkomst"} == {"geen-recht"}
    page = (await client.get(f"{ROOT}/enkelvoudiginformatieobjecten")).json()
    assert (page["results"], page["count"]) == ([], 0)


async def test_a_list_asks_the_zaken_of_no_document_that_is_above_the_role_by_itself(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    server.aanduiding = "geheim"
    client = await zgw_gateway.client_for("snelbalie")
    page = (await client.get(f"{ROOT}/enkelvoudiginformatieobjecten")).json()
    assert (page["results"], page["count"]) == ([], 0)
    assert [one.path for one in upstream.asked] == ["/basis/documenten/enkelvoudiginformatieobjecten"]


async def test_a_document_of_a_zaak_that_the_server_does_not_know_is_for_who_may_see_all(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    """It may be a secret zaak of another server: it is not as a document that is in none."""
    server.gone = {f"/zaken/{ZAAK}"}
    balie, website = await zgw_gateway.client_for("snelbalie"), await zgw_gateway.application(dossier=Recht.RAADPLEGEN)
    for client, status, count in ((balie, 403, 0), (website, 200, 1)):
        assert (await client.get(PATH)).status_code == status
        page = (await client.get(f"{ROOT}/enkelvoudiginformatieobjecten")).json()
        assert (len(page["results"]), page["count"]) == (count, count)


@pytest.mark.parametrize("asked", [PATH, f"{ROOT}/objectinformatieobjecten", f"{PATH}/download"])
async def test_a_link_to_nothing_is_told_as_a_fault_of_the_register(
    zgw_gateway: Backend, upstream: Upstream, server: Server, asked: str
) -> None:
    server.lacks = {"object"}
    answer = await (await zgw_gateway.client_for("snelbalie")).get(asked)
    assert (answer.status_code, answer.json()["code"]) == (502, "register-fout")
    assert answer.json()["title"].startswith("Het documentregister")
    outcomes = [line for line in await audited(zgw_gateway.db, "documenten") if line[0] == "uitkomst"]
    assert [(line[3], line[4]) for line in outcomes] == [(False, "register-fout")]


async def test_a_document_whose_links_are_not_told_is_not_shown(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    server.gone = {"/objectinformatieobjecten"}
    answer = await (await zgw_gateway.client_for("snelbalie")).get(PATH)
    assert (answer.status_code, answer.json()["code"]) == (502, "register-fout")


@pytest.mark.parametrize("held_by", ["besluit", "Zaak", "ZAAK", "", None])
async def test_a_document_in_what_is_not_told_to_be_a_zaak_is_for_who_may_see_all(
    zgw_gateway: Backend, upstream: Upstream, server: Server, held_by: str | None
) -> None:
    """It is not as a document that is in nothing."""
    server.held_by = held_by
    balie, website = await zgw_gateway.client_for("snelbalie"), await zgw_gateway.application(dossier=Recht.RAADPLEGEN)
    for client, status, count in ((balie, 403, 0), (website, 200, 1)):
        assert (await client.get(PATH)).status_code == status
        assert (await client.get(f"{PATH}/download")).status_code == status
        page = (await client.get(f"{ROOT}/enkelvoudiginformatieobjecten")).json()
        assert (len(page["results"]), page["count"]) == (count, count)


@pytest.mark.parametrize("status", [400, 404, 409, 410, 422])
@pytest.mark.parametrize("where", ["objectinformatieobjecten", f"zaken/{ZAAK}"])
async def test_an_error_on_the_way_to_its_zaak_opens_no_document(
    zgw_gateway: Backend, upstream: Upstream, server: Server, where: str, status: int
) -> None:
    server.aanduiding_van_zaak = "zeer_geheim"

    async def fails(asked: Gevraagd) -> None:
        await server.answer(asked)
        if asked.path.endswith(f"/{where}"):
            upstream.ok({"code": "invalid", "title": "x", "status": status}, status)

    upstream.on_asked = fails
    client = await zgw_gateway.client_for("snelbalie")
    for path in (PATH, f"{PATH}/download"):
        assert (await client.get(path)).status_code in {403, 502}
    assert not [one for one in upstream.asked if "download" in one.target]


async def test_a_document_without_an_aanduiding_is_nobody_s(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    server.lacks = {"vertrouwelijkheidaanduiding"}
    assert (await (await zgw_gateway.client_for("snelbalie")).get(PATH)).status_code == 403


async def test_without_the_dossier_there_is_no_document(
    zgw_gateway: Backend, upstream: Upstream, server: Server
) -> None:
    client = await zgw_gateway.application(zaken=Recht.WIJZIGEN)
    for path in (PATH, f"{PATH}/download"):
        assert (await client.get(path)).status_code == 403
    assert upstream.asked == []


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("html-error", "register-fout"),
        ("nothing", "register-onbereikbaar"),
        ("unavailable", "register-onbereikbaar"),
        ("forbidden", "register-weigert"),
    ],
)
async def test_content_that_does_not_come_is_told_before_it_begins(
    zgw_gateway: Backend, upstream: Upstream, server: Server, behaviour: str, code: str
) -> None:
    client = await zgw_gateway.client_for("snelbalie")

    async def fails_at_the_content(asked: Gevraagd) -> None:
        await server.answer(asked)
        if "download" in asked.target:
            upstream.behaviour = behaviour

    upstream.on_asked = fails_at_the_content
    answer = await client.get(f"{PATH}/download")
    assert answer.json()["code"] == code
    assert answer.json()["title"].startswith("Het documentregister")
    outcomes = [line for line in await audited(zgw_gateway.db, "documenten") if line[0] == "uitkomst"]
    assert [(line[3], line[4]) for line in outcomes] == [(False, code)]
