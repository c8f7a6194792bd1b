"""Forms of the website, registered as Open Formulieren does, also badly: each is in the list once, as it was sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, cast

import httpx
import msgspec
import pytest

from kcs_desktop.api.client import Client
from kcs_desktop.api.documenten import read_documenten_of
from kcs_desktop.api.eformulieren import PAGE_SIZE, read_formulieren
from kcs_desktop.api.zaken import read_zaak
from kcs_desktop.domain.eformulier import Eformulierregels, Formulierzaak
from kcs_desktop.domain.rechten import Recht
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.test_seat import _Token
from tests.doubles.openformulieren import CRS, PDF, ZAKEN, Inzending, OpenFormulieren
from tests.harness.backend import BASE, Backend

REGELS = Eformulierregels()


class Balie:
    """A seat's client, the website, and an employee that may write zaken."""

    def __init__(self, backend: Backend, client: Client, website: OpenFormulieren, other: httpx.AsyncClient) -> None:
        self.backend, self.client, self.website, self.other = backend, client, website, other

    async def lijst(self, regels: Eformulierregels = REGELS) -> list[Formulierzaak]:
        return (await read_formulieren(self.client, regels, self.backend.klok().date()))[0]

    async def nummers(self) -> list[str]:
        return [al.regel.verwijzing.identificatie for al in await self.lijst()]

    def inzending(self, referentie: str = "OF-1A2B3C", **velden: Any) -> Inzending:
        return Inzending(self.website, "parkeren", referentie, **{"bsn": f.BSN, **velden})


@pytest.fixture
async def balie(backend: Backend) -> AsyncIterator[Balie]:
    other = await f.client_of(backend)
    await f.make_types(other)
    token = await backend.application("Open Formulieren", zaken=Recht.WIJZIGEN)
    client = Client(httpx.ASGITransport(cast(Any, backend.app), client=("127.0.0.1", 50000)))
    client.aim(BASE)
    client.toegang = _Token(other.headers["Authorization"].removeprefix("Bearer "))
    yield Balie(backend, client, OpenFormulieren(token, backend.klok), other)
    await client.close()


async def test_a_form_waits_with_its_customer_and_its_moment(balie: Balie) -> None:
    naam = {"voorletters": "J.", "geslachtsnaam": "Duinrode", "voorvoegselGeslachtsnaam": "van"}
    await balie.inzending(naam=naam, antwoorden={"breedte": "2,5"}).register()
    (zaak,) = await balie.lijst()
    assert zaak.initiator is not None
    assert (zaak.initiator.naam, zaak.initiator.bsn) == ("J. van Duinrode", f.BSN)
    assert zaak.regel.verwijzing.zaaktype == "Parkeervergunning aanvragen"
    assert zaak.gezet_op == balie.backend.klok()
    assert zaak.regel.stap == 1
    whole = await read_zaak(balie.client, zaak.regel.verwijzing.uuid)
    assert [(al.naam, al.waarde) for al in whole.eigenschappen] == [("breedte", "2,5")]


async def test_the_newest_is_first_and_who_is_taken_on_leaves(balie: Balie) -> None:
    for nummer in range(3):
        await balie.inzending(f"OF-{nummer}").register()
        balie.backend.klok.advance(minutes=2)
    assert await balie.nummers() == ["OF-2", "OF-1", "OF-0"]
    types = {al["omschrijving"]: al for al in (await balie.other.get("/catalogi/api/v1/roltypen")).json()["results"]}
    zaken = {al["identificatie"]: al for al in (await balie.other.get(f"{ZAKEN}/zaken")).json()["results"]}
    await f.post(balie.other, "rollen", f.behandelaar({"behandelaar": types["Behandelaar"]}, zaken["OF-1"]))
    assert await balie.nummers() == ["OF-2", "OF-0"]
    statustypen = (await balie.other.get("/catalogi/api/v1/statustypen")).json()["results"]
    verder = {al["omschrijving"]: al for al in statustypen}
    moment = balie.backend.klok().isoformat()
    await f.post(balie.other, "statussen", f.status(verder, "In behandeling", zaken["OF-2"], moment))
    assert await balie.nummers() == ["OF-0"]


@pytest.mark.parametrize("stap", ["zaak", "rol", "status"])
async def test_a_lost_answer_and_a_repeat_make_one_zaak(balie: Balie, stap: str) -> None:
    balie.website.verlies.add(stap)
    zaak = await balie.inzending().register_until_done()
    assert balie.website.verzonden.count("zaak") == (2 if stap == "zaak" else 1)
    assert await balie.nummers() == ["OF-1A2B3C"]
    found = (await balie.other.get(f"{ZAKEN}/rollen", params={"zaak": zaak["url"]})).json()
    assert found["count"] == 1


@pytest.mark.parametrize("stap", ["rol", "status"])
async def test_a_form_that_died_half_way_waits_once_it_goes_on(balie: Balie, stap: str) -> None:
    balie.website.sterf.add(stap)
    inzending = balie.inzending(velden={"communicatiekanaalNaam": "E-formulier"})
    with pytest.raises(Exception, match=stap):
        await inzending.register()
    (half,) = await balie.lijst()
    assert (half.initiator is None) == (stap == "rol")
    await inzending.register_until_done()
    (heel,) = await balie.lijst()
    assert heel.initiator is not None
    assert heel.regel.stap == 1


async def test_a_kenmerk_finds_it_however_long_ago(balie: Balie) -> None:
    await balie.inzending(kenmerk=True, bsn="").register()
    await balie.inzending("OF-ZONDER").register()
    later = balie.backend.klok().date() + timedelta(days=200)
    found, _is_cut = await read_formulieren(balie.client, REGELS, later)
    assert [al.regel.verwijzing.identificatie for al in found] == ["OF-1A2B3C"]


async def test_each_sign_is_off_when_the_municipality_leaves_it_out(balie: Balie) -> None:
    await balie.inzending(kenmerk=True).register()
    none = Eformulierregels(bronnen=(), kanalen=(), toelichtingen=())
    assert await balie.lijst(none) == []
    assert len(await balie.lijst(msgspec.structs.replace(none, bronnen=("Open Formulieren",)))) == 1
    assert len(await balie.lijst(msgspec.structs.replace(none, toelichtingen=("inzender formulier",)))) == 1
    assert await balie.lijst(msgspec.structs.replace(none, toelichtingen=("inzender formulier",), dagen=0)) == []


@pytest.mark.parametrize("stap", ["", "document", "relatie"])
async def test_the_pdf_of_a_form_stands_with_its_zaak_also_after_a_death_half_way(balie: Balie, stap: str) -> None:
    token = await balie.backend.application("Met PDF", zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)
    website = OpenFormulieren(token, balie.backend.klok, documenten=True)
    website.sterf |= {stap} - {""}
    zaak = await Inzending(website, "parkeren", "OF-PDF", bsn=f.BSN).register_until_done()
    (document,) = await read_documenten_of(balie.client, zaak["url"])
    assert (document.bestandsnaam, document.omvang) == ("open-forms-OF-PDF.pdf", len(PDF))
    assert document.titel == "Parkeervergunning aanvragen (PDF)"
    assert await balie.nummers() == ["OF-PDF"]


async def test_a_zaak_of_the_counter_is_no_form(balie: Balie) -> None:
    zaaktype = await balie.website.zaaktype("parkeren")
    await f.make_zaak(balie.other, {"zaaktypen": zaaktype}, communicatiekanaalNaam="balie", startdatum="2026-11-24")
    assert await balie.lijst() == []


@pytest.mark.parametrize("veld", ["kvkNummer", "innNnpId"])
async def test_a_company_is_known_by_its_number_whichever_field_holds_it(balie: Balie, veld: str) -> None:
    naam = {"statutaireNaam": "Bakkerij Zeewind B.V."}
    await balie.inzending(bsn="", kvk=f.KVK, kvk_in=veld, naam=naam).register()
    (zaak,) = await balie.lijst()
    assert zaak.initiator is not None
    assert (zaak.initiator.naam, zaak.initiator.kvk_nummer, zaak.initiator.rsin) == (naam["statutaireNaam"], f.KVK, "")
    filters = {"rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer": f.KVK}
    found = (await balie.other.get(f"{ZAKEN}/zaken", params=filters)).json()
    assert found["count"] == 1, "it stands among the zaken of this customer"


@pytest.mark.parametrize("nummer", ["1234567", "123456789", 12345678])
async def test_what_is_no_number_of_a_company_is_refused_where_it_stands(balie: Balie, nummer: object) -> None:
    zaak = await balie.inzending(bsn="").register()
    soorten = (await balie.other.get("/catalogi/api/v1/roltypen", params={"omschrijvingGeneriek": "initiator"})).json()
    body = {
        "zaak": zaak["url"],
        "betrokkeneType": "niet_natuurlijk_persoon",
        "roltype": soorten["results"][0]["url"],
        "roltoelichting": "inzender formulier",
        "betrokkeneIdentificatie": {"innNnpId": nummer},
    }
    answer = await balie.other.post(f"{ZAKEN}/rollen", json=body, headers=CRS)
    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["name"] == "betrokkeneIdentificatie.innNnpId"


async def test_whatever_was_typed_in_a_form_comes_back_as_it_was(balie: Balie) -> None:
    naam = {"geslachtsnaam": "<b>Duin</b>\u202erood", "voorletters": "J."}
    await balie.inzending(naam=naam, formulier="<script>alert(1)</script>" + "x" * 200).register()
    (zaak,) = await balie.lijst()
    assert zaak.initiator is not None
    assert "<b>Duin</b>" in zaak.initiator.naam
    assert zaak.regel.omschrijving == ("<script>alert(1)</script>" + "x" * 200)[:80]


async def test_a_property_that_is_too_long_is_refused_and_the_rest_waits(balie: Balie) -> None:
    inzending = balie.inzending(antwoorden={"breedte": "9" * 10_000})
    with pytest.raises(AssertionError, match="waarde-incorrect-format"):
        await inzending.register()
    assert await balie.nummers() == ["OF-1A2B3C"]


async def test_what_a_role_may_not_see_is_not_in_the_list(balie: Balie) -> None:
    await balie.inzending(velden={"vertrouwelijkheidaanduiding": "geheim"}).register()
    assert await balie.lijst() == []


async def test_a_token_without_the_right_makes_nothing(balie: Balie) -> None:
    reader = await balie.backend.application("Lezer", zaken=Recht.RAADPLEGEN)
    answer = await reader.post(f"{ZAKEN}/zaken", json={}, headers=CRS)
    assert answer.status_code == 403


async def test_more_than_the_pages_that_are_looked_through_is_said(balie: Balie, monkeypatch: Any) -> None:
    monkeypatch.setattr("kcs_desktop.api.eformulieren.MOST_PAGES", 1)
    zaaktype = await balie.website.zaaktype("parkeren")
    for _ in range(PAGE_SIZE + 1):
        body = f.zaak_body({"zaaktypen": zaaktype}, startdatum="2026-11-24")
        assert (await balie.other.post(f"{ZAKEN}/zaken", json=body)).status_code == 201
    assert await read_formulieren(balie.client, REGELS, balie.backend.klok().date()) == ([], True)
