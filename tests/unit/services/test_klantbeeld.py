"""The customer picture: few requests, never silently cut, waiting changes over it, live at every seat."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import (
    Bronstand,
    DigitaalAdres,
    Klantbeeld,
    Klantverwijzing,
    SoortDigitaalAdres,
    Terugbelnotitie,
)
from kcs_desktop.domain.klantcontact import Resultaat, Terugbelverzoek
from kcs_desktop.domain.opdracht import AdresWijziging, KlantWijzigen
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from tests.doubles.stoel_proxy import Fault, Passed, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, finish_contact, outcome, picture, running_seat, until

REGISTERS = ("/klantinteracties/", "/brp/", "/kvk/", "/kcs/api/v1/klanten")
SHOWN = "/kcs/api/v1/gebeurtenissen/getoond"
TELEFOON = SoortDigitaalAdres.TELEFOONNUMMER


def _is_counted(one: Passed) -> bool:
    """A question for a picture; the names of actoren are asked once per seat, when the picture stands."""
    return one.path.startswith(REGISTERS) and not one.path.startswith("/klantinteracties/api/v1/actoren")


def _in_sequence(requests: list[Passed]) -> int:
    """The longest chain of requests of which each began after the one before was answered."""
    depth: list[int] = []
    for one in requests:
        earlier = (depth[nr] for nr, other in enumerate(requests[: len(depth)]) if other.answered_at <= one.at)
        depth.append(1 + max(earlier, default=0))
    return max(depth, default=0)


async def test_a_picture_takes_at_most_eight_requests_and_two_in_sequence(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="snelbalie") as seat:
        for bsn in ("999990032", "999990019"):
            klant = await find(seat, bsn)
            network.seen.clear()
            beeld = await picture(seat, klant)
            asked = [one for one in network.seen if _is_counted(one)]
            assert all(bron.stand is Bronstand.KLAAR for bron in beeld.bronnen)
            assert 3 <= len(asked) <= 8
            assert _in_sequence(asked) <= 2


async def test_a_long_history_comes_in_pages_and_says_how_much_there_is(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        klant = await find(seat, "999990020")
        beeld = await picture(seat, klant)
        assert beeld.contacten_totaal >= 100
        assert sum(notitie.is_open for notitie in beeld.terugbelnotities) > 0
        while len(beeld.contacten) < beeld.contacten_totaal:
            before = len(beeld.contacten)
            beeld = await seat.klanten.more_contacten(klant)
            assert len(beeld.contacten) > before
        momenten = [regel.plaatsgevonden_op for regel in beeld.contacten if regel.plaatsgevonden_op]
        assert momenten == sorted(momenten, reverse=True)


async def test_what_was_read_is_in_memory_with_what_waits_over_it(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="snelbalie") as seat:
        klant = await find(seat, "999900109")
        watch = seat.klanten.watch(klant)
        assert seat.klanten.known(klant) is None, "a name alone is no picture"
        beeld = await picture(seat, klant)
        assert seat.klanten.known(klant) == beeld
        network.faults.append(Fault.HELD)
        seat.klanten.change(_change(klant, None, "+31600000109"))
        known = seat.klanten.known(klant)
        assert known is not None
        assert "+31600000109" in _numbers(known)
        network.released.set()
        watch.close()


def _numbers(beeld: Klantbeeld) -> list[str]:
    return [adres.adres for adres in beeld.digitale_adressen if adres.soort is TELEFOON]


def _change(klant: Klantverwijzing, gezien: DigitaalAdres | None, wordt: str) -> KlantWijzigen:
    return KlantWijzigen(klant, (AdresWijziging(gezien, DigitaalAdres(TELEFOON, wordt)),))


async def test_a_waiting_change_shows_as_pending_and_then_as_confirmed(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="snelbalie") as seat:
        klant = await find(seat, "999900109")
        shown = [await picture(seat, klant)]
        watch = seat.klanten.watch(klant)
        seat.klanten.changed.connect(shown.append)
        network.faults.append(Fault.HELD)
        seat.klanten.change(_change(klant, None, "+31687654321"))
        await until(seat.klanten.changed, lambda: "+31687654321" in _numbers(shown[-1]))
        assert shown[-1].wachtende_wijzigingen == (TELEFOON.value,)
        network.released.set()
        await until(seat.klanten.changed, lambda: not shown[-1].wachtende_wijzigingen)
        await until(seat.klanten.changed, lambda: "+31687654321" in _numbers(shown[-1]))
        watch.close()


async def test_who_did_not_open_the_customer_hears_that_the_picture_was_read(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        heard: list[Klantbeeld] = []
        seat.klanten.changed.connect(heard.append)
        assert _numbers(await picture(seat, await find(seat, "999990019"))) == ["+31612345678"]
        assert _numbers(heard[-1]) == ["+31612345678"]


async def test_a_change_over_a_colleagues_change_is_a_conflict_with_both_versions(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        running_seat(tmp_path / "ander", proefdam.url, account="tic") as ander,
    ):
        klant = await find(een, "999900110")
        await outcome(een, een.klanten.change(_change(klant, None, "+31611111111")))
        beeld = await picture(een, klant)
        gezien = next(adres for adres in beeld.digitale_adressen if adres.adres == "+31611111111")
        await outcome(ander, ander.klanten.change(_change(klant, gezien, "+31622222222")))
        rij = await outcome(een, een.klanten.change(_change(klant, gezien, "+31633333333")))
        assert rij.stand is Wachtstand.GEWEIGERD
        assert rij.uitkomst is not None
        assert rij.uitkomst.fout["code"] == "conflict"
        assert "+31622222222" in str(rij.uitkomst.fout["huidig"])
        assert "+31611111111" in str(rij.uitkomst.fout["gezien"])
        assert _numbers(await picture(een, klant)) == _numbers(await picture(ander, klant))


async def test_a_finished_contact_appears_at_the_other_seat_by_itself(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        running_seat(tmp_path / "ander", proefdam.url, account="tic") as ander,
    ):
        klant = await find(ander, "999900080")
        shown = [await picture(ander, klant)]
        ander.klanten.changed.connect(shown.append)
        watch = ander.klanten.watch(klant)
        finish_contact(een, klant, "Gezien aan de andere balie")
        await until(
            ander.klanten.changed,
            lambda: any(regel.onderwerp == "Gezien aan de andere balie" for regel in shown[-1].contacten),
        )
        watch.close()
        assert shown[-1].contacten_totaal == shown[0].contacten_totaal + 1
        assert shown[-1].contacten[0].onderwerp == "Gezien aan de andere balie"


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_new_contact_comes_along_where_the_backend_knows_what_is_shown_and_else_costs_one_request(
    proefdam: BackendProcess, tmp_path: Path, is_told: bool
) -> None:
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "ander", network.url, account="tic") as ander,
    ):
        network.prefix = SHOWN
        network.faults.extend([] if is_told else [Fault.UNSENT] * 8)
        klant = await find(ander, "999900274")
        shown = [await picture(ander, klant)]
        ander.klanten.changed.connect(shown.append)
        watch = ander.klanten.watch(klant)
        if is_told:
            await network.until_answered("POST", SHOWN)
        network.seen.clear()
        onderwerp = f"Een enkele vraag {is_told}"
        finish_contact(een, klant, onderwerp)
        await until(ander.klanten.changed, lambda: any(regel.onderwerp == onderwerp for regel in shown[-1].contacten))
        watch.close()
        nieuw = next(regel for regel in shown[-1].contacten if regel.onderwerp == onderwerp)
        asked = [one.path.partition("?")[0] for one in network.seen if _is_counted(one)]
        assert asked == ([] if is_told else [f"/klantinteracties/api/v1/klantcontacten/{nieuw.uuid}"])
        assert shown[-1].contacten_totaal == shown[0].contacten_totaal + 1
        opnieuw = await picture(ander, Klantverwijzing(shown[-1].sleutel, shown[-1].naam))
        assert opnieuw.contacten == shown[-1].contacten
        assert opnieuw.contacten_totaal == shown[-1].contacten_totaal


@pytest.mark.parametrize(("known", "omvang"), [(True, ["20"]), (False, ["20", "100"])])
async def test_new_contacts_at_once_are_looked_for_at_the_top_of_the_history_first(
    proefdam: BackendProcess, tmp_path: Path, known: bool, omvang: list[str]
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="tic") as seat:
        beeld = await picture(seat, await find(seat, "999990020"))
        watch = seat.klanten.watch(Klantverwijzing(beeld.sleutel, beeld.naam))
        shown: list[Klantbeeld] = []
        seat.klanten.changed.connect(shown.append)
        network.seen.clear()
        place = 0 if known else 50  # one that is older than the top
        for regel in (beeld.contacten[place], beeld.contacten[1]):
            seat.klanten.on_change(Wijziging("klantcontact", regel.uuid, "gemaakt", "crm", (beeld.sleutel.partij,)))
        await until(seat.klanten.changed, lambda: bool(shown))
        watch.close()
        history = "/klantinteracties/api/v1/klantcontacten?"
        asked = [parse_qs(urlsplit(one.path).query) for one in network.seen if one.path.startswith(history)]
        # Its notes are asked apart once it fills a page, which other tests with this customer may bring about.
        asked = [query for query in asked if "leiddeTotInterneTaken" not in query]
        assert [query["pageSize"] for query in asked] == [[one] for one in omvang]
        assert (shown[-1].contacten, shown[-1].contacten_totaal) == (beeld.contacten, beeld.contacten_totaal)
        assert set(shown[-1].terugbelnotities) == set(beeld.terugbelnotities)


async def test_a_window_closed_after_the_first_answer_remembers_the_customer(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="snelbalie") as seat:
            klant = await find(seat, "999900122")
            kept: list[Klantbeeld] = []
            seat.klanten.kept.connect(kept.append)
            network.method, network.prefix = "GET", "/"  # all that is read of a customer but the BRP
            network.faults.extend([Fault.HELD] * 8)
            beelden = seat.klanten.open(klant)
            while (await anext(beelden)).bron("brp").stand is not Bronstand.KLAAR:
                pass
            await until(seat.klanten.kept, lambda: bool(kept))
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            (laatste,) = seat.klanten.recent()
            assert laatste.persoon is not None
            eerste = await anext(seat.klanten.open(klant))
            assert eerste.bron("brp").stand is Bronstand.KLAAR
            assert eerste.bron("klantinteracties").stand is Bronstand.WACHT  # not: there are no contacts


async def test_a_number_that_was_changed_stays_in_view_when_reading_it_again_fails(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="snelbalie") as seat:
        klant = await find(seat, "999900158")
        gezien = next((al for al in (await picture(seat, klant)).digitale_adressen if al.soort is TELEFOON), None)
        wordt = DigitaalAdres(TELEFOON, "+31687654321")
        rij = await outcome(seat, seat.klanten.change(KlantWijzigen(klant, (AdresWijziging(gezien, wordt),))))
        assert rij.stand is Wachtstand.GESLAAGD
        network.is_down = True
        for _ in range(2):  # the first reading fails while it is shown, the second begins with what is left
            assert _numbers(await picture(seat, klant)) == ["+31687654321"]


async def test_who_has_a_callback_note_is_named_though_the_register_gives_a_uuid(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        klant = await find(seat, "999990019")
        seat.klanten.watch(klant)
        await picture(seat, klant)
        contact = seat.contacten.start(klant=klant)
        verzoek = Terugbelverzoek(afdeling="Burgerzaken", telefoonnummer="0612345678", gevraagde_handeling="Bel over X")
        seat.contacten.change_vraag(
            contact.id,
            contact.vraag.id,
            onderwerp="Terugbellen over X",
            resultaat=Resultaat.CONTACTVERZOEK,
            terugbelverzoek=verzoek,
        )
        seat.contacten.finish(contact.id)

        def registered() -> list[Terugbelnotitie]:
            beeld = seat.klanten.known(klant)
            notities = beeld.terugbelnotities if beeld is not None else ()
            return [n for n in notities if n.gevraagde_handeling == "Bel over X" and not n.opdracht]

        await until(seat.klanten.changed, lambda: any(n.toegewezen_aan for n in registered()))
        (note,) = registered()
        assert note.toegewezen_aan == ("Burgerzaken",)
        assert note.toegewezen_op is not None
