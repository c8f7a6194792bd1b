"""Searching on the Zaken page: what was searched goes with whom it was for, and what failed can be asked again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import (
    Adresvoorstel,
    KlantSleutel,
    Klantverwijzing,
    Locatie,
    Medewerker,
    SoortKlant,
    Soortvraag,
    Statustype,
    Treffer,
    Unreachable,
    Verbinding,
    Zaaktype,
    Zaakvraag,
    Zoekvraag,
)
from plugins.zaken import commands
from plugins.zaken.vraag import LOPEND, STANDEN, Filters, read
from tests.harness.seat_adressen import FakeAdressen
from tests.harness.seat_content import sessie
from tests.harness.seat_zaken import NU, regel
from tests.harness.seat_zoeken import FakeZoeken
from tests.plugins.zaken.proef import JOHANNA, Proef
from ui.sdk import ROW


async def _search_in_flight(proef: Proef) -> None:
    """The number of a person stands in the field, and its zaken are still to come."""
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.seat.nep_zaken.gevonden = [regel(7000)]
    proef.seat.nep_zaken.poort.clear()
    proef.page.lijst.zoekveld.set_text("999990019")
    proef.page.lijst.gezocht.emit()
    await proef.until(lambda: proef.seat.nep_zaken.gezocht, "the search")


async def _answered(proef: Proef) -> None:
    """What was asked answers, and has had every turn to be shown."""
    proef.seat.nep_zaken.poort.set()
    for _ in range(20):
        await asyncio.sleep(0)
        QApplication.processEvents()


def _left_of_it(proef: Proef) -> tuple[str, Zaakvraag | None, bool]:
    """What is typed, what is asked, and whether what was found is in sight."""
    page = proef.page
    return page.lijst.zoekveld.text, page.presenter.vraag, "Z-2026-007000" in proef.texts


async def test_a_search_that_nothing_takes_along_is_shown(proef: Proef) -> None:
    await _search_in_flight(proef)
    await _answered(proef)
    text, vraag, is_found = _left_of_it(proef)
    assert text == "999990019"
    assert vraag is not None
    assert is_found


async def test_the_end_of_the_contact_takes_the_search_along(proef: Proef) -> None:
    await _search_in_flight(proef)
    proef.tab.contact_activated(None)
    await _answered(proef)
    assert _left_of_it(proef) == ("", None, False)
    assert "Nog geen klant in dit contact" in proef.texts


async def test_another_customer_takes_the_search_along(proef: Proef) -> None:
    await _search_in_flight(proef)
    proef.tab.show_klant(JOHANNA)
    await _answered(proef)
    assert _left_of_it(proef) == ("", None, False)
    assert "Z-2026-004127" in proef.texts


@pytest.mark.parametrize("kept", [True, False])
async def test_another_contact_takes_the_search_along(proef: Proef, kept: bool) -> None:
    await _search_in_flight(proef)
    proef.tab.contact_activated(proef.seat.nep_contacten.start())
    if kept:
        proef.tab.restore('{"paginas":{"zaken":"{}"}}')
    await _answered(proef)
    assert _left_of_it(proef) == ("", None, False)
    assert "Z-2026-004127" not in proef.texts


async def test_another_employee_takes_the_search_along(proef: Proef) -> None:
    await _search_in_flight(proef)
    ander = msgspec.structs.replace(sessie(), medewerker=Medewerker("f.ander", "Femke Ander"))
    proef.seat.sessie_changed.emit(ander)
    await _answered(proef)
    assert _left_of_it(proef) == ("", None, False)


async def _failed_page(proef: Proef) -> None:
    """Rows in sight whose page did not come."""
    rows = [regel(7000 + nr) for nr in range(600)]
    proef.seat.nep_zaken.gevonden = rows
    proef.page.lijst.zoekveld.set_text("2026-007")
    proef.page.lijst.gezocht.emit()
    await proef.reads("600 gevonden")
    proef.seat.nep_zaken.gevonden = Unreachable()
    QTest.keyClick(proef.page.lijst.lang, Qt.Key.Key_End)
    await proef.reads("Niet alle zaken konden worden opgehaald.")
    last = proef.page.lijst.lang.currentIndex()
    assert last.data(ROW).subtitle == "Niet opgehaald. Enter haalt hem opnieuw op."
    proef.seat.nep_zaken.gevonden = rows


async def _last_row(proef: Proef) -> str:
    """What its second line says, once its page is there."""
    await proef.until(lambda: proef.page.presenter.bladen.find("z-7599") is not None, "the last page")
    await proef.reads("600 gevonden")
    lang = proef.page.lijst.lang
    return str(lang.model().index(599, 0).data(ROW).subtitle)


async def test_enter_on_a_row_that_did_not_come_asks_again(proef: Proef) -> None:
    await _failed_page(proef)
    QTest.keyClick(proef.page.lijst.lang, Qt.Key.Key_Return)
    assert not (await _last_row(proef)).startswith("Niet opgehaald")
    assert "Niet alle zaken" not in proef.texts


async def test_rows_that_did_not_come_are_asked_when_the_connection_is_back(proef: Proef) -> None:
    await _failed_page(proef)
    proef.seat.verbinding_changed.emit(Verbinding.VERBONDEN)
    assert not (await _last_row(proef)).startswith("Niet opgehaald")
    assert "Niet alle zaken" not in proef.texts


async def test_a_search_for_a_customer_that_failed_is_asked_again(
    proef: Proef, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: FakeZoeken, _text: str) -> None:
        raise Unreachable

    with monkeypatch.context() as broken:
        broken.setattr(FakeZoeken, "on_enter", refuse)
        proef.page.lijst.zoekveld.set_text("Duinrode")
        proef.page.lijst.gezocht.emit()
        await proef.reads("Opnieuw proberen")
    proef.page.lijst.lijst.retry.emit()
    await proef.reads("Van wie?")
    await proef.until(lambda: proef.page.lijst.lijst.model.rows, "the customers")
    assert "Opnieuw proberen" not in proef.texts


async def test_enter_asks_the_base_registers_for_whose_zaken_they_are(proef: Proef) -> None:
    zoeken = proef.seat.nep_zoeken
    zoeken.treffers = (
        Treffer(JOHANNA, "brp", "14-03-1971 · Schelpenlaan 12, Proefdam", geheimhouding=True, overleden=True),
    )
    proef.page.lijst.zoekveld.set_text("Duinrode 14-03-1971")
    proef.page.lijst.getypt.emit()
    await proef.reads("Enter zoekt ook in de BRP en het Handelsregister.")
    proef.page.lijst.gezocht.emit()
    await proef.until(lambda: proef.page.lijst.lijst.model.rows, "the customer")
    (row,) = proef.page.lijst.lijst.model.rows
    assert row.title == JOHANNA.naam
    assert [woord for woord, _toon in row.flags] == ["Geheimhouding", "Overleden"]
    proef.page.lijst.getypt.emit()
    await proef.until(lambda: len(zoeken.asked) == 3, "the search without a key")
    assert [hoe for hoe, _tekst in zoeken.asked] == ["typen", "enter", "typen"]


async def test_a_base_register_that_does_not_answer_is_named(proef: Proef) -> None:
    zoeken = proef.seat.nep_zoeken
    zoeken.treffers, zoeken.fouten = (), {"brp": "De BRP antwoordt niet."}
    proef.page.lijst.zoekveld.set_text("Duinrode 14-03-1971")
    proef.page.lijst.gezocht.emit()
    await proef.reads("De BRP antwoordt niet.")
    assert "Niemand gevonden" not in proef.texts


async def test_digits_that_are_no_company_with_zaken_are_a_part_of_a_number(proef: Proef) -> None:
    zaken = proef.seat.nep_zaken
    lezing = read("00412700", Zoekvraag("00412700", Soortvraag.KVK_NUMMER, kvk_nummer="00412700"), Filters(), NU)
    assert lezing.vraag is not None
    assert lezing.vraag.klant is not None
    proef.page.presenter.lezing = lezing
    await proef.page.presenter.search(at_once=True)
    assert [vraag.nummer for vraag, _pagina in zaken.gezocht] == ["", "00412700"]
    assert proef.page.presenter.lezing.uitleg == "Deel van een zaaknummer"
    zaken.gevonden = [regel(7000)]
    proef.page.presenter.lezing = lezing
    await proef.page.presenter.search(at_once=True)
    assert proef.page.presenter.lezing is lezing


async def test_of_a_contact_for_a_company_its_zaken_come_first_and_then_those_of_who_asks(proef: Proef) -> None:
    bakker = Klantverwijzing(KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer="90001354"), "Bakkerij Duin")
    contact = proef.seat.nep_contacten.start(klant=JOHANNA)
    contact = proef.seat.nep_contacten.change(contact.id, namens=bakker)
    proef.page.contact_activated(contact)
    assert proef.page.presenter.klant == bakker
    proef.page.show_of_contact(None)
    assert proef.page.presenter.klant == JOHANNA
    proef.page.show_of_contact(None)
    assert proef.page.presenter.klant == bakker


async def test_an_address_is_a_place_too(proef: Proef, monkeypatch: pytest.MonkeyPatch) -> None:
    getypt = "Schelpenlaan 12"
    monkeypatch.setattr(FakeZoeken, "recognise", lambda _self, text: Zoekvraag(text, Soortvraag.ADRES, "Adres"))

    async def resolve(_self: FakeAdressen, voorstel: Adresvoorstel) -> Locatie:
        return msgspec.structs.replace(voorstel.locatie, lon=4.5, lat=52.0)

    monkeypatch.setattr(FakeAdressen, "resolve", resolve)
    zaken, page = proef.seat.nep_zaken, proef.page
    zaken.gevonden = [regel(7000)]
    page.lijst.zoekveld.set_text(getypt)
    page.lijst.gezocht.emit()
    await proef.reads("Zaken rond dit adres")
    page.lijst.gekozen.emit(page.lijst.lijst.model.rows[0].key)
    await proef.reads("Z-2026-007000")
    assert "Zaken rond Schelpenlaan 12, 9999 ZZ Proefdam" in proef.texts
    assert [vraag.plaats for vraag, _pagina in zaken.gezocht] == [(4.5, 52.0)]
    page.lijst.status.set_value(LOPEND)
    page.lijst.getypt.emit()
    await proef.until(lambda: len(zaken.gezocht) == 2, "the same place, with the filter")
    assert (zaken.gezocht[-1][0].plaats, zaken.gezocht[-1][0].alleen_open) == ((4.5, 52.0), True)


async def test_an_address_that_is_nowhere_says_so(proef: Proef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeZoeken, "recognise", lambda _self, text: Zoekvraag(text, Soortvraag.ADRES, "Adres"))
    page = proef.page
    page.lijst.zoekveld.set_text("Nergensweg 1")
    page.lijst.gezocht.emit()
    await proef.reads("Zaken rond dit adres")
    page.lijst.gekozen.emit(page.lijst.lijst.model.rows[0].key)
    await proef.reads("Van dit adres is niet bekend waar het ligt.")
    assert proef.seat.nep_zaken.gezocht == []


async def test_filters_that_come_back_take_no_focus(proef: Proef) -> None:
    lijst = proef.page.lijst
    lijst.focus_search()
    lijst.fill("2026", Filters(status=LOPEND))
    assert lijst.filters.isVisible()
    assert lijst.focusWidget() is lijst.zoekveld.edit
    lijst.fill("", Filters())
    lijst.filterknop.click()
    assert lijst.type.isAncestorOf(lijst.focusWidget())


UITRIT = Zaaktype("t-1", "https://z/zaaktypen/1", "uitrit", "Uitrit aanleggen", "openbaar")
BESLUIT = Statustype("s-3", "https://z/statustypen/3", "Besluit", 3)


async def test_the_filters_offer_the_types_of_the_catalogue_and_the_steps_of_the_chosen_one(proef: Proef) -> None:
    proef.seat.nep_zaken.typen, proef.seat.nep_zaken.stappen = (UITRIT,), {UITRIT.omschrijving: (BESLUIT,)}
    proef.seat.nep_zaken.gevonden = [regel(7000)]
    lijst = proef.page.lijst
    lijst.filterknop.click()
    await proef.until(lambda: lijst.type.combo.findData("Uitrit aanleggen") >= 0, "the type")
    assert [lijst.status.combo.itemData(nr) for nr in range(lijst.status.combo.count())] == ["", *STANDEN]
    lijst.type.set_value("Uitrit aanleggen")
    lijst.type.chosen.emit("Uitrit aanleggen")
    await proef.until(lambda: lijst.status.combo.findData(BESLUIT.url) >= 0, "the step")
    lijst.status.set_value(BESLUIT.url)
    lijst.status.chosen.emit(BESLUIT.url)
    await proef.reads("1 gevonden")
    vraag, _pagina = proef.seat.nep_zaken.gezocht[-1]
    assert (vraag.zaaktype, vraag.statustype) == ("Uitrit aanleggen", BESLUIT.url)
    lijst.type.set_value("")
    lijst.type.chosen.emit("")
    assert lijst.status.value == "", "a step belongs to its type"


@pytest.mark.qt_log_ignore("This plugin does not support")  # no popup is raised without a window manager
async def test_a_handler_is_found_as_a_zaak_names_him(proef: Proef) -> None:
    catalogus = msgspec.structs.replace(proef.seat.catalogus, medewerkers={"sp": "Sofie Prins", "jd": "Jan de Vries"})
    proef.seat.catalogus = catalogus
    proef.seat.nep_zaken.gevonden = [regel(7000)]
    proef.page.lijst.filterknop.click()
    behandelaar = proef.page.lijst.behandelaar
    await proef.until(lambda: behandelaar.combo.findData("sp") >= 0, "the colleagues")
    for typed, account, shown in (("S. Prins", "sp", "Sofie Prins"), ("J. de Vries", "jd", "Jan de Vries")):
        behandelaar.combo.setFocus()
        line = behandelaar.combo.lineEdit()
        assert line is not None
        line.selectAll()
        QTest.keyClicks(behandelaar.combo, typed)
        QTest.keyClick(behandelaar.combo, Qt.Key.Key_Return)
        assert (behandelaar.value, line.text()) == (account, shown)
    gezocht = proef.seat.nep_zaken.gezocht
    await proef.until(lambda: gezocht and gezocht[-1][0].behandelaar == "jd", "the search")


@pytest.mark.parametrize(
    ("status", "vraag"),
    [
        ("lopend", Zaakvraag(alleen_open=True)),
        ("te_laat", Zaakvraag(alleen_open=True, termijn_voor=date(2026, 11, 24))),
        (
            "bijna",
            Zaakvraag(alleen_open=True, termijn_na=date(2026, 11, 23), termijn_voor=date(2026, 12, 2)),
        ),
        ("afgerond", Zaakvraag(alleen_afgerond=True)),
    ],
)
def test_a_status_is_asked_in_the_standards_own_words(status: str, vraag: Zaakvraag) -> None:
    assert read("", Zoekvraag("", Soortvraag.LEEG), Filters(status=status), NU).vraag == vraag


def test_what_ends_on_a_free_day_is_late_when_the_law_says_so() -> None:
    monday = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    leeg = Zoekvraag("", Soortvraag.LEEG)
    te_laat, bijna = (read("", leeg, Filters(status=al), monday).vraag for al in ("te_laat", "bijna"))
    assert te_laat == Zaakvraag(alleen_open=True, termijn_voor=date(2026, 11, 28)), "Saturday and Sunday end today"
    assert bijna == Zaakvraag(alleen_open=True, termijn_na=date(2026, 11, 27), termijn_voor=date(2026, 12, 8))
    friday = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
    bijna = read("", leeg, Filters(status="bijna"), friday).vraag
    assert bijna == Zaakvraag(alleen_open=True, termijn_na=date(2026, 12, 3), termijn_voor=date(2026, 12, 12))


async def test_filters_are_put_back_before_their_choices_are_known(proef: Proef) -> None:
    kept = Filters(zaaktype="Uitrit aanleggen", status=BESLUIT.url)
    proef.page.lijst.fill("", kept)
    assert proef.page.lijst.gevuld == kept


async def test_a_search_that_was_overtaken_does_not_say_that_nothing_was_found(proef: Proef) -> None:
    await _search_in_flight(proef)
    proef.page.lijst.zoekveld.set_text("999990020")
    proef.page.lijst.gezocht.emit()
    await proef.until(lambda: len(proef.seat.nep_zaken.gezocht) == 2, "the second search")
    for _ in range(20):
        await asyncio.sleep(0)
        QApplication.processEvents()
    assert proef.page.presenter.zoekt
    assert "Geen zaken gevonden" not in proef.texts
    proef.seat.nep_zaken.poort.set()
    await proef.reads("Z-2026-007000")


def _anonymous(proef: Proef) -> None:
    proef.page.contact_activated(proef.seat.nep_contacten.start())


def _none(proef: Proef) -> None: ...


BEGINS = [_none, _anonymous]


@pytest.mark.parametrize("begins", BEGINS, ids=["no contact", "anonymous"])
async def test_without_a_customer_in_the_contact_the_zaken_are_those_of_whom_is_in_sight(
    proef: Proef, begins: Callable[[Proef], None]
) -> None:
    begins(proef)
    proef.frame.klant = JOHANNA
    commands.of_customer(proef.context)
    await proef.reads("Z-2026-004127")
    assert proef.page.presenter.klant == JOHANNA


@pytest.mark.parametrize("begins", BEGINS, ids=["no contact", "anonymous"])
async def test_without_any_customer_it_says_whose_zaken_it_can_show(
    proef: Proef, begins: Callable[[Proef], None]
) -> None:
    begins(proef)
    commands.of_customer(proef.context)
    assert proef.frame.geweigerd == ["Open eerst een klant. Dan ziet u hier de zaken van die klant."]


def _search(proef: Proef, tekst: str) -> None:
    proef.page.lijst.zoekveld.set_text(tekst)
    proef.page.lijst.gezocht.emit()


async def test_the_way_out_of_a_search_names_a_customer_only_where_there_is_one(proef: Proef) -> None:
    _search(proef, "Z-2026")
    await proef.reads("Zoekvraag wissen")
    assert "Terug naar de klant" not in proef.texts
    proef.page.lijst.terug.click()
    await proef.until(lambda: "Zoekvraag wissen" not in proef.texts, "the end of the search")
    assert proef.page.lijst.zoekveld.text == ""
    proef.start()
    await proef.reads("Z-2026-004127")
    _search(proef, "Z-2026")
    await proef.reads("Terug naar de klant")


async def test_another_search_takes_the_zaak_along_that_an_earlier_one_found(proef: Proef) -> None:
    proef.seat.nep_zaken.gevonden = [regel(7000)]
    _search(proef, "Z-2026-007000")
    await proef.reads("1 gevonden")
    proef.page.lijst.gekozen.emit(regel(7000).verwijzing.uuid)
    assert proef.page.presenter.zaak is not None
    _search(proef, "Z-2026-007000")  # the same once more
    assert proef.page.presenter.zaak is not None
    _search(proef, "Niemandsnaam")
    assert proef.page.presenter.zaak is None


async def test_a_search_leaves_the_zaak_in_sight_that_the_contact_is_about(proef: Proef) -> None:
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.page.lijst.gekozen.emit(regel(4127).verwijzing.uuid)
    _search(proef, "Niemandsnaam")
    assert proef.page.presenter.zaak is not None
    proef.seat.nep_zaken.gevonden = [regel(7000)]
    _search(proef, "Z-2026-007000")
    await proef.reads("1 gevonden")
    proef.page.lijst.gekozen.emit(regel(7000).verwijzing.uuid)
    proef.page.attach()
    _search(proef, "Z-2026-00")
    assert proef.page.presenter.zaak is not None
    proef.page.attach()
    _search(proef, "Z-2026-0")
    assert proef.page.presenter.zaak is None


async def test_a_number_from_elsewhere_is_searched_as_if_it_was_typed_here(proef: Proef) -> None:
    proef.seat.nep_zaken.gevonden = [regel(7000)]
    proef.tab.search_zaken("Z-2026-007000")
    await proef.reads("1 gevonden")
    assert proef.page.lijst.zoekveld.text == "Z-2026-007000"
    assert [vraag.nummer for vraag, _pagina in proef.seat.nep_zaken.gezocht] == ["Z-2026-007000"]


async def test_while_a_date_is_wrong_the_list_says_that_and_no_result(proef: Proef) -> None:
    zaken, lijst = proef.seat.nep_zaken, proef.page.lijst
    zaken.gevonden = [regel(7000)]
    lijst.van.set_text("1-11")
    lijst.van.left.emit()
    await proef.reads("Z-2026-007000")
    assert zaken.gezocht[-1][0].van == date(2026, 11, 1)
    lijst.van.set_text("1-13")
    lijst.van.left.emit()
    await proef.until(lambda: "er is geen maand 13" in lijst.van.error, "what is wrong")
    assert ("Z-2026-007000" in proef.texts, "1 gevonden" in proef.texts) == (False, False)
    assert lijst.lijst.isVisibleTo(lijst)
    assert not lijst.terug.isHidden()
    lijst.van.set_text("1-11")
    lijst.van.left.emit()
    await proef.reads("Z-2026-007000")
