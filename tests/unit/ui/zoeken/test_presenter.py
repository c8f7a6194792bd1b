"""The search asks once per text, cancels the one before, and a choice lands where it belongs."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from kcs_desktop.domain.klant import Bron, Bronstand, KlantSleutel, SoortKlant
from kcs_desktop.domain.zoeken import Soortvraag, Treffer, Zoekresultaat, Zoekvraag
from kcs_desktop.sdk import (
    ZAKEN,
    DigitaalAdres,
    Kanaal,
    Klantverwijzing,
    Recht,
    Verbinding,
    Zaaktreffers,
    Zaaktypenlijst,
    Zaakverwijzing,
)
from kcs_desktop.search.recognise import recognise
from tests.harness.seat_content import BAKKERIJ, JOHANNA, sessie
from tests.harness.seat_fake import FakeSeat
from tests.harness.seat_zaakaanmaken import keuze
from tests.harness.seat_zaken import NU, regel
from tests.harness.seat_zoeken import FakeZoeken
from ui.commands.frame_commands import COMMANDS
from ui.commands.registry import FRAME, CommandRegistry
from ui.tasks import TaskScope
from ui.widgets.paint import shown_keys
from ui.zoeken.presenter import STARTEN, ZAKEN_ZOEKEN, Stap, Zoekbeeld, ZoekPresenter, klant_key
from ui.zoeken.rijen import rows


class _Goals:
    def __init__(self) -> None:
        self.done: list[tuple[str, object]] = []
        self.from_whom: list[tuple[object, ...]] = []

    def run(self, command_id: str) -> bool:
        self.done.append(("run", command_id))
        return True

    def open_klant(self, klant: Klantverwijzing) -> None:
        self.done.append(("open", klant))

    def open_zaak(self, zaak: Zaakverwijzing) -> None:
        self.done.append(("zaak", zaak))

    def start_contact(
        self,
        klant: Klantverwijzing | None = None,
        kanaal: Kanaal | None = None,
        *,
        beller: str = "",
        digitale_adressen: tuple[DigitaalAdres, ...] = (),
    ) -> None:
        self.done.append(("start", klant))
        self.from_whom.append((kanaal, beller, *(adres.adres for adres in digitale_adressen)))

    def activate_contact(self, contact: str) -> None:
        self.done.append(("contact", contact))

    def choose_product(self, product: str) -> None:
        self.done.append(("product", product))

    def make_zaak(self, zaaktype: str) -> None:
        self.done.append(("zaak", zaaktype))

    def search_zaken(self, tekst: str) -> None:
        self.done.append(("zaken", tekst))


def _presenter(seat: FakeSeat) -> tuple[ZoekPresenter, _Goals, TaskScope]:
    registry = CommandRegistry()
    registry.register(FRAME, COMMANDS)
    errors: list[BaseException] = []
    tasks, goals = TaskScope(errors.append), _Goals()
    return ZoekPresenter(seat, registry, goals, tasks), goals, tasks


async def test_a_fast_typist_asks_once_and_for_the_last_text() -> None:
    seat = FakeSeat()
    presenter, _goals, tasks = _presenter(seat)
    for text in ("d", "du", "dui", "duin"):
        presenter.typed(text)
    await tasks.wait()
    assert seat.zoeken.asked == [("typen", "duin")]
    assert presenter.beeld.heeft_treffers
    assert not presenter.beeld.bezig


async def test_a_key_is_painted_once_with_its_answer_and_late_only_where_the_store_is_slow() -> None:
    seat = FakeSeat()
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("dui")
    await tasks.wait()
    shown: list[tuple[str, bool]] = []
    presenter.changed.connect(lambda beeld: shown.append((beeld.tekst, beeld.bezig)))
    presenter.typed("duin")
    assert shown == []
    await tasks.wait()
    assert shown[-1] == ("duin", False)
    seat.zoeken.gate.clear()
    again = asyncio.Event()
    presenter.changed.connect(lambda _beeld: again.set())
    presenter.typed("duinr")
    await again.wait()
    assert shown[-1] == ("duinr", True)
    seat.zoeken.gate.set()
    await tasks.wait()
    assert shown[-1] == ("duinr", False)


async def test_the_last_answer_is_shown_once() -> None:
    seat = FakeSeat()
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("dui")
    await tasks.wait()
    shown: list[Zoekbeeld] = []
    presenter.changed.connect(shown.append)
    presenter.typed("duin")
    await tasks.wait()
    assert [beeld.bezig for beeld in shown] == [True, False]  # the own store's, then with the CRM's


async def test_results_of_a_cancelled_search_never_arrive() -> None:
    seat = FakeSeat()
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("duin")
    seat.zoeken.gate.clear()
    presenter.enter()
    presenter.typed("")
    seat.zoeken.gate.set()
    await tasks.wait()
    assert presenter.beeld.resultaat is None


async def test_the_only_exact_hit_opens_by_itself_on_enter() -> None:
    seat = FakeSeat()
    seat.zoeken.enige_exacte = JOHANNA
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("999990019")
    presenter.enter()
    await tasks.wait()
    assert goals.done == [("open", JOHANNA)]


async def test_ctrl_enter_starts_a_contact_with_the_only_exact_hit() -> None:
    seat = FakeSeat()
    seat.zoeken.enige_exacte = JOHANNA
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("999990019")
    presenter.enter(second=True)
    await tasks.wait()
    assert goals.done == [("start", JOHANNA)]


async def test_a_customer_who_is_known_here_opens_while_a_register_hangs() -> None:
    seat = FakeSeat()
    seat.zoeken.enige_exacte, seat.zoeken.exact_from = JOHANNA, 1
    seat.zoeken.gated = 2
    seat.zoeken.gate.clear()
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("999990019")
    presenter.enter()
    await tasks.wait()
    assert goals.done == [("open", JOHANNA)]
    assert not presenter.beeld.bezig


async def test_a_source_that_fails_can_be_asked_again() -> None:
    seat = FakeSeat()
    seat.zoeken.fouten["brp"] = "De BRP gaf niet op tijd antwoord."
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("duin")
    presenter.enter()
    await tasks.wait()
    assert "opnieuw:brp" in [row.key for row in rows(presenter.beeld)]
    assert presenter.beeld.is_onvolledig
    presenter.choose("opnieuw:brp")
    await tasks.wait()
    assert "opnieuw:brp" not in [row.key for row in rows(presenter.beeld)]
    assert not presenter.beeld.is_onvolledig


async def test_enter_opens_and_the_second_key_starts_a_contact() -> None:
    seat = FakeSeat()
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("bakker")
    await tasks.wait()
    presenter.choose(klant_key(BAKKERIJ))
    presenter.choose(klant_key(BAKKERIJ), second=True)
    assert goals.done == [("open", BAKKERIJ), ("start", BAKKERIJ)]


async def test_why_a_hit_is_one_stands_under_it_on_request_and_stays_while_typing_on() -> None:
    seat = FakeSeat()
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("duin")
    await tasks.wait()
    hit = next(t for t in presenter.beeld.resultaat.treffers if t.waarom) if presenter.beeld.resultaat else None
    assert hit is not None

    def second_line() -> str:
        return next(row.subtitle for row in rows(presenter.beeld) if row.key == klant_key(hit.klant))

    assert second_line() == hit.omschrijving
    presenter.toggle_why()
    assert second_line() == f"Waarom: {hit.waarom}"
    presenter.typed("duinr")
    await tasks.wait()
    assert second_line() == f"Waarom: {hit.waarom}"
    presenter.toggle_why()
    assert second_line() == hit.omschrijving


async def test_geheimhouding_and_overleden_stand_with_the_hit() -> None:
    seat = FakeSeat()
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("duin")
    await tasks.wait()
    flags = {row.key: [f[0] for f in row.flags] for row in rows(presenter.beeld)}
    assert flags[klant_key(JOHANNA)] == ["Geheimhouding: niet verstrekken aan derden"]
    assert ["Overleden"] in flags.values()


def test_a_known_customer_shown_under_a_register_is_never_called_not_found() -> None:
    vraag = Zoekvraag("90000001", Soortvraag.KVK_NUMMER)
    known = Klantverwijzing(KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer="90000001", partij="p-1"), "Bakkerij")
    unknown = Klantverwijzing(KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer="90000001"), "Bakkerij")

    def right(klant: Klantverwijzing, bron: str) -> str:
        bronnen = (Bron("crm", Bronstand.KLAAR), Bron(bron, Bronstand.KLAAR))
        resultaat = Zoekresultaat(vraag, (Treffer(klant, bron),), bronnen)
        shown = rows(Zoekbeeld("90000001", stap=Stap.GEVRAAGD, resultaat=resultaat))
        return next(row.right for row in shown if row.key == "kop:crm")

    assert right(known, "kvk") == "staat hieronder"
    assert right(known, "eigen") == "staat hierboven"
    assert right(unknown, "kvk") == "niets gevonden"


def test_a_plus_is_a_key_too() -> None:
    assert shown_keys("Ctrl++") == "Ctrl +"
    assert shown_keys("Ctrl+Return") == "Ctrl ↵"
    assert shown_keys("+") == "+"


async def test_a_role_that_may_not_read_customers_asks_for_none() -> None:
    seat = FakeSeat()
    seat.set_sessie(sessie("auditor"))
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("duinrode")
    presenter.enter()
    await tasks.wait()
    assert seat.zoeken.asked == []
    assert presenter.beeld.recent == ()


def test_what_a_source_left_out_stands_beside_its_name() -> None:
    elders = "Het klantregister staat elders."
    bronnen = (
        Bron("crm", Bronstand.KLAAR, elders),
        Bron("brp", Bronstand.NIET_GEVRAAGD, "Typ ook een datum."),
        Bron("kvk", Bronstand.FOUT, "Geen antwoord."),
    )
    for treffers in ((), (Treffer(JOHANNA, "crm"),)):
        resultaat = Zoekresultaat(Zoekvraag("duinrode", Soortvraag.NAAM), treffers, bronnen)
        shown = {row.key: row.subtitle for row in rows(Zoekbeeld("duinrode", stap=Stap.TYPEN, resultaat=resultaat))}
        assert shown["kop:crm"] == elders
        assert shown["kop:brp"] == "Typ ook een datum."
        assert (shown["kop:kvk"], shown["opnieuw:kvk"]) == ("", "Geen antwoord.")


async def test_a_number_starts_a_contact_by_itself_and_goes_along_with_a_customer() -> None:
    seat = FakeSeat(met_contacten=False)
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("0698712345")
    await tasks.wait()
    assert "Contact starten met 06 98 71 23 45" in [row.title.replace("\u00a0", " ") for row in rows(presenter.beeld)]
    presenter.choose(STARTEN)
    presenter.typed("0698712345")
    await tasks.wait()
    presenter.choose(klant_key(BAKKERIJ), second=True)
    presenter.typed("bakkerij")
    await tasks.wait()
    presenter.choose(klant_key(BAKKERIJ), second=True)
    assert goals.done == [("start", None), ("start", BAKKERIJ), ("start", BAKKERIJ)]
    assert goals.from_whom == [(Kanaal.TELEFOON, "+31698712345"), (None, "+31698712345"), (None, "")]


@pytest.mark.parametrize(
    ("text", "afzender"),
    [
        ("123456789", ""),
        ("2026-00000", ""),
        ("ZAAK-2026-00000", ""),
        ("612345678", "06 12 34 56 78"),
        ("0515-123456", "(0515) 12 34 56"),
    ],
)
async def test_no_contact_starts_from_a_number_that_nobody_typed(
    monkeypatch: pytest.MonkeyPatch, text: str, afzender: str
) -> None:
    seat = FakeSeat(met_contacten=False)
    monkeypatch.setattr(seat.zoeken, "recognise", lambda typed: recognise(typed, seat.now().date()))
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed(text)
    await tasks.wait()
    assert presenter.beeld.afzender == afzender
    assert (STARTEN in [row.key for row in rows(presenter.beeld)]) is bool(afzender)


async def test_who_registers_no_contacts_is_offered_none() -> None:
    lezer = sessie()
    rechten = {**lezer.rechten, "crm": int(Recht.RAADPLEGEN)}
    seat = FakeSeat(msgspec.structs.replace(lezer, rechten=rechten), met_contacten=False)
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("0698712345")
    await tasks.wait()
    assert STARTEN not in [row.key for row in rows(presenter.beeld)]
    presenter.choose(klant_key(BAKKERIJ), second=True)
    assert goals.done == [("open", BAKKERIJ)]
    presenter.typed("kwijtschelding")
    await tasks.wait()
    assert presenter.beeld.producten == ()


async def test_a_product_is_offered_without_a_contact_too() -> None:
    presenter, _goals, tasks = _presenter(FakeSeat(met_contacten=False))
    presenter.typed("kwijtschelding")
    await tasks.wait()
    assert "Contact starten over een product" in [row.title for row in rows(presenter.beeld)]


def _zaken_gevonden(*nummers: int) -> list[Zaaktreffers]:
    regels = tuple(regel(nummer) for nummer in nummers)
    return [Zaaktreffers("", regels[:1]), Zaaktreffers("", regels, Bron(ZAKEN, Bronstand.KLAAR))]


async def test_a_part_of_a_number_finds_zaken_beside_customers() -> None:
    seat = FakeSeat()
    seat.zaken.treffers = _zaken_gevonden(4127, 4128)
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("2026-00412")
    for _ in range(20):
        await asyncio.sleep(0)
    assert seat.zaken.genummerd == ["2026-00412"]
    shown = [row for row in rows(presenter.beeld) if row.key.startswith(("kop:zaken", "zaak:"))]
    assert [row.key for row in shown] == ["kop:zaken", "zaak:z-4127", "zaak:z-4128"]
    presenter.typed("2026-004128")
    assert presenter.beeld.zaken is not None
    assert [al.verwijzing.uuid for al in presenter.beeld.zaken.regels] == ["z-4128"], "what fits stays meanwhile"
    presenter.choose("zaak:z-4128")
    assert goals.done == [("zaak", regel(4128).verwijzing)]
    tasks.cancel()


async def test_a_number_of_a_person_and_a_name_are_no_number_of_a_zaak() -> None:
    seat = FakeSeat()
    presenter, _goals, tasks = _presenter(seat)
    for text in ("999990019", "06 12345678", "Duinrode", "> zaak", "12"):
        presenter.typed(text)
        await asyncio.sleep(0)
    assert seat.zaken.genummerd == []
    tasks.cancel()


async def test_a_register_that_does_not_answer_is_named_and_what_is_kept_stays() -> None:
    seat = FakeSeat()
    seat.zaken.treffers = [Zaaktreffers("", (regel(4127),), Bron(ZAKEN, Bronstand.FOUT, "De server antwoordt niet."))]
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("4127")
    for _ in range(20):
        await asyncio.sleep(0)
    kop = next(row for row in rows(presenter.beeld) if row.key == "kop:zaken")
    assert kop.right == "antwoordt niet"
    assert any(row.key == "zaak:z-4127" for row in rows(presenter.beeld))
    tasks.cancel()


async def test_the_beginning_of_a_zaak_number_says_so_and_leads_to_the_zaken() -> None:
    seat = FakeSeat()
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("ZAAK-20")
    assert presenter.beeld.uitleg.startswith("Zaaknummer")
    (row,) = [row for row in rows(presenter.beeld) if row.key == ZAKEN_ZOEKEN]
    assert row.title == "ZAAK-20 zoeken in Zaken"
    presenter.enter()
    assert goals.done == [("zaken", "ZAAK-20")]
    await tasks.wait()
    assert "enter" not in [how for how, _text in seat.zoeken.asked], "no register of people or companies was asked"
    for text in ("Duinrode", "B2B Media", "3M", "999990019", "> ZAAK-20"):
        presenter.typed(text)
        assert (presenter.beeld.zaaknummer, presenter.beeld.uitleg) == ("", presenter.beeld.vraag.uitleg)
    await tasks.wait()


async def test_a_year_with_a_number_is_no_wrong_number_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeZoeken, "recognise", lambda _self, text: recognise(text, NU.date()))
    seat = FakeSeat()
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("2026-0000000166")
    assert presenter.beeld.vraag.fout.startswith("Dit nummer heeft 14 cijfers")
    assert (presenter.beeld.fout, presenter.beeld.uitleg.startswith("Zaaknummer")) == ("", True)
    presenter.enter()
    assert goals.done == [("zaken", "2026-0000000166")]
    await tasks.wait()


async def test_digits_with_which_a_zaak_is_found_are_no_wrong_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeZoeken, "recognise", lambda _self, text: recognise(text, NU.date()))
    seat = FakeSeat()
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("1660000000")
    assert presenter.beeld.fout.startswith("Dit nummer heeft 10 cijfers")
    seat.zaken.treffers = _zaken_gevonden(4127)
    presenter.typed("16600000000")
    for _ in range(20):
        await asyncio.sleep(0)
    assert seat.zaken.genummerd[-1] == "16600000000"
    assert presenter.beeld.fout == ""
    tasks.cancel()


async def test_who_sees_no_zaken_is_led_to_none() -> None:
    seat = FakeSeat()
    assert seat.sessie is not None
    seat.sessie = msgspec.structs.replace(seat.sessie, rechten={**seat.sessie.rechten, "zaken": 0})
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("ZAAK-20")
    assert presenter.beeld.zaaknummer == ""
    await tasks.wait()


async def test_a_zaak_is_begun_from_a_product_or_a_zaaktype() -> None:
    seat = FakeSeat()
    presenter, goals, tasks = _presenter(seat)
    presenter.typed("melding open")
    (keuze,) = presenter.beeld.zaaktypen
    presenter.choose(f"zaaktype:{keuze.uuid}")
    presenter.choose("product:Rijbewijs", second=True)
    assert goals.done == [("zaak", keuze.uuid), ("product", "Rijbewijs"), ("run", "zaken.aanmaken")]
    seat.zaakaanmaken.may_start = False
    presenter.typed("melding open")
    assert presenter.beeld.zaaktypen == ()
    tasks.cancel()


async def test_a_seat_that_never_read_the_catalogue_reads_it_for_who_types_what_a_zaak_is_begun_of() -> None:
    seat = FakeSeat()
    aan = seat.zaakaanmaken
    aan.ongelezen = Zaaktypenlijst((keuze("Rijbewijs aanvragen"),), seat.now())
    aan.catalogus = Zaaktypenlijst(melding="Nog niet opgehaald.")
    presenter, _goals, tasks = _presenter(seat)
    for text in ("du", "duin", "0612345678"):  # a customer, or a number
        presenter.typed(text)
        await tasks.wait()
    assert aan.refreshes == 0
    presenter.typed("rijbewijs")
    await tasks.wait()
    await tasks.wait()
    assert [al.naam for al in presenter.beeld.zaaktypen] == ["Rijbewijs aanvragen"]
    presenter.typed("rijbewijs a")
    await tasks.wait()
    assert aan.refreshes == 1


async def test_a_catalogue_that_comes_after_the_search_was_left_brings_nothing_of_it_back() -> None:
    seat = FakeSeat()
    aan = seat.zaakaanmaken
    aan.ongelezen = Zaaktypenlijst((keuze("Rijbewijs aanvragen"),), seat.now())
    aan.catalogus = Zaaktypenlijst(melding="Nog niet opgehaald.")
    presenter, _goals, tasks = _presenter(seat)
    aan.gelezen = asyncio.Event()
    presenter.typed("rijbewijs")
    await tasks.wait()
    shown: list[Zoekbeeld] = []
    presenter.changed.connect(shown.append)
    presenter.leave()
    aan.gelezen.set()
    await tasks.wait()
    assert aan.refreshes == 1
    assert not shown


async def test_a_seat_without_a_connection_asks_for_no_catalogue() -> None:
    seat = FakeSeat()
    aan = seat.zaakaanmaken
    aan.ongelezen = Zaaktypenlijst((keuze("Rijbewijs aanvragen"),), seat.now())
    aan.catalogus = Zaaktypenlijst(melding="Nog niet opgehaald.")
    seat.verbinding = Verbinding.GEEN_VERBINDING
    presenter, _goals, tasks = _presenter(seat)
    presenter.typed("rijbewijs")
    await tasks.wait()
    assert aan.refreshes == 0
    assert presenter.beeld.zaaktypen == ()
