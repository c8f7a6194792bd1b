"""The rules of the contact panel."""

from __future__ import annotations

import pytest

from kcs_desktop.domain.terugbelverzoek import as_text
from kcs_desktop.sdk import Kanaal, Klantverwijzing, Resultaat
from tests.harness.seat_content import JOHANNA
from tests.harness.seat_fake import FakeSeat
from ui.contactpaneel.presenter import ContactpaneelPresenter, Paneelstand
from ui.contactpaneel.stand import Stand, from_text


@pytest.fixture
def seat() -> FakeSeat:
    return FakeSeat(met_contacten=False)


def presenter_for(seat: FakeSeat, shown: Klantverwijzing | None = None) -> ContactpaneelPresenter:
    return ContactpaneelPresenter(seat, lambda: shown)


def test_typing_a_note_starts_a_contact_for_the_customer_on_screen(seat: FakeSeat) -> None:
    presenter = presenter_for(seat, JOHANNA)
    presenter.type("notitie", "Vraagt naar rijbewijs")
    contact = seat.contacten.active
    assert contact is not None
    assert contact.klant == JOHANNA
    assert contact.vraag.notitie == "Vraagt naar rijbewijs"


def test_typing_without_a_customer_starts_an_anonymous_contact(seat: FakeSeat) -> None:
    presenter_for(seat).type("notitie", "x")
    contact = seat.contacten.active
    assert contact is not None
    assert contact.klant is None


def test_emptying_a_field_without_a_contact_starts_none(seat: FakeSeat) -> None:
    presenter_for(seat).type("notitie", "")
    assert seat.contacten.open == ()


def test_a_product_fills_only_what_was_not_typed(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("onderwerp", "Eigen onderwerp")
    product = presenter.producten[0]
    presenter.choose_product(product.naam)
    contact = seat.contacten.active
    assert contact is not None
    assert contact.vraag.onderwerp == "Eigen onderwerp"
    assert contact.vraag.afdeling == product.afdeling
    assert contact.vraag.herkomst["afdeling"] == "product"


def test_another_product_takes_the_place_of_what_an_earlier_zaaktype_filled_in(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    contact = presenter.ensure_contact()
    seat.contacten.change_vraag(
        contact.id,
        contact.vraag.id,
        onderwerp="Losse stoeptegel melden",
        afdeling="Groen en Reiniging",
        herkomst={"onderwerp": "zaaktype", "afdeling": "zaaktype"},
    )
    product = presenter.producten[0]
    presenter.choose_product(product.naam)
    active = seat.contacten.active
    assert active is not None
    assert (active.vraag.onderwerp, active.vraag.afdeling) == (product.naam, product.afdeling)


def test_finishing_takes_the_subject_from_the_first_sentence_of_the_note(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("notitie", "Wil een uittreksel. Komt morgen langs.")
    presenter.begin_finish()
    contact = seat.contacten.active
    assert contact is not None
    assert contact.vraag.onderwerp == "Wil een uittreksel"
    assert contact.vraag.herkomst["onderwerp"] == "notitie"
    assert presenter.stand is Paneelstand.AFRONDEN


def test_a_prefilled_subject_never_exceeds_the_standard(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("notitie", "a" * 1000)
    presenter.begin_finish()
    contact = seat.contacten.active
    assert contact is not None
    assert len(contact.vraag.onderwerp) == 200


def test_registering_twice_gives_one_command(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("notitie", "Vraag")
    presenter.begin_finish()
    assert presenter.register()
    assert not presenter.register()
    assert len(seat.outbox.waiting()) == 1


def test_what_is_missing_in_another_vraag_brings_that_vraag_forward(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("onderwerp", "Eerste")
    presenter.add_vraag()
    presenter.type("onderwerp", "Tweede")
    contact = seat.contacten.active
    assert contact is not None
    seat.contacten.change_vraag(contact.id, contact.vragen[0].id, onderwerp="")
    assert not presenter.register()
    contact = seat.contacten.active
    assert contact is not None
    assert contact.actieve_vraag == 0


def test_a_callback_knows_the_customers_number(seat: FakeSeat) -> None:
    presenter = presenter_for(seat, JOHANNA)
    presenter.type("onderwerp", "Terugbellen over de aanslag")
    presenter.begin_callback()
    contact = seat.contacten.active
    assert contact is not None
    verzoek = contact.vraag.terugbelverzoek
    assert verzoek is not None
    assert verzoek.telefoonnummer
    assert verzoek.gevraagde_handeling == "Terugbellen over de aanslag"


def nummer_of(seat: FakeSeat) -> str:
    contact = seat.contacten.active
    assert contact is not None
    assert contact.vraag.terugbelverzoek is not None
    return contact.vraag.terugbelverzoek.telefoonnummer


def test_a_callback_learns_the_number_of_a_customer_who_becomes_known_later(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("notitie", "Wil worden teruggebeld. " + "x" * 970)
    presenter.choose_resultaat(Resultaat.CONTACTVERZOEK)
    assert nummer_of(seat) == ""
    contact = presenter.contact
    assert contact is not None
    seat.contacten.change(contact.id, klant=JOHANNA)
    assert nummer_of(seat) == "+31612345678"
    contact = presenter.contact
    assert contact is not None
    assert contact.vraag.terugbelverzoek is not None
    assert len(as_text(contact.vraag.terugbelverzoek)) == 1000  # the explanation is still the note, and fits


def test_a_callback_learns_the_number_from_a_picture_that_arrives_later(seat: FakeSeat) -> None:
    beeld = seat.klanten.beelden.pop(JOHANNA.sleutel.partij)
    presenter = presenter_for(seat, JOHANNA)
    presenter.begin_callback()
    assert nummer_of(seat) == ""
    seat.klanten.beelden[JOHANNA.sleutel.partij] = beeld
    seat.klanten.changed.emit(beeld)
    assert nummer_of(seat) == "+31612345678"


def test_a_number_that_was_taken_out_stays_out(seat: FakeSeat) -> None:
    presenter = presenter_for(seat, JOHANNA)
    presenter.begin_callback()
    eerste = presenter.contact
    assert eerste is not None
    presenter.change_verzoek("telefoonnummer", "")
    seat.contacten.start(Kanaal.TELEFOON)
    seat.contacten.activate(eerste.id)
    presenter_for(seat, JOHANNA).choose_resultaat(Resultaat.CONTACTVERZOEK)  # as after a restart
    assert nummer_of(seat) == ""
    presenter.change_verzoek("telefoonnummer", "06")
    presenter.change_verzoek("telefoonnummer", "")
    assert nummer_of(seat) == ""


def test_what_was_typed_for_the_callback_is_there_again_after_another_result(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.begin_callback()
    presenter.change_verzoek("gevraagde_handeling", "Half getypt")
    presenter.choose_resultaat(Resultaat.BEANTWOORD)
    presenter.choose_resultaat(Resultaat.CONTACTVERZOEK)
    contact = seat.contacten.active
    assert contact is not None
    assert contact.vraag.terugbelverzoek is not None
    assert contact.vraag.terugbelverzoek.gevraagde_handeling == "Half getypt"


def test_how_the_panel_stood_goes_with_the_contact(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("notitie", "Eerste")
    presenter.begin_finish()
    presenter.keep_cursor(2, 5)
    eerste = presenter.contact
    assert eerste is not None
    seat.contacten.start(Kanaal.TELEFOON)
    assert presenter.stand is Paneelstand.NOTEREN
    assert presenter.kept().cursor == {}
    seat.contacten.activate(eerste.id)
    again = presenter_for(seat)  # as after a restart
    assert again.stand is Paneelstand.AFRONDEN
    assert again.kept().cursor == {eerste.vraag.id: (2, 5)}
    presenter.cancel()
    presenter.undo_cancel()
    assert presenter.stand is Paneelstand.NOTEREN


@pytest.mark.parametrize("tekst", ["", "{half", '{"een/twee": 3}', '{"cursor": {"a": "b"}}'])
def test_a_panel_kept_by_another_version_is_one_that_was_never_touched(tekst: str) -> None:
    assert from_text(tekst) == Stand()


def test_cancel_can_be_undone(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("notitie", "Niet kwijt")
    presenter.cancel()
    assert seat.contacten.open == ()
    presenter.undo_cancel()
    contact = seat.contacten.active
    assert contact is not None
    assert contact.vraag.notitie == "Niet kwijt"


def test_typing_starts_over_the_channel_in_use(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    seat.contacten.kanaal = Kanaal.CHAT
    assert presenter.kanaal is Kanaal.CHAT
    presenter.type("notitie", "Vraagt")
    contact = presenter.contact
    assert contact is not None
    assert contact.kanaal is Kanaal.CHAT
    seat.contacten.kanaal = Kanaal.POST
    assert presenter.kanaal is Kanaal.CHAT


def test_the_explanation_of_a_callback_note_is_the_note_until_it_is_typed_over(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    presenter.type("notitie", "Wil weten of de uitrit mag.")
    presenter.choose_resultaat(Resultaat.CONTACTVERZOEK)

    def toelichting() -> str:
        contact = presenter.contact
        assert contact is not None
        assert contact.vraag.terugbelverzoek is not None
        return contact.vraag.terugbelverzoek.toelichting

    assert toelichting() == "Wil weten of de uitrit mag."
    presenter.type("notitie", "Wil weten of de uitrit mag. Belt morgen weer.")
    assert toelichting() == "Wil weten of de uitrit mag. Belt morgen weer."
    presenter.change_verzoek("toelichting", "Kijk in het dossier.")
    presenter.type("notitie", "Iets anders")
    assert toelichting() == "Kijk in het dossier."


def test_a_long_note_fits_in_the_explanation_beside_the_number(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    contact = seat.contacten.start(Kanaal.TELEFOON, beller="+31612345678")
    presenter.type("notitie", "x" * 1000)
    presenter.choose_resultaat(Resultaat.CONTACTVERZOEK)
    verzoek = seat.contacten.open[0].vraag.terugbelverzoek
    assert seat.contacten.open[0].id == contact.id
    assert verzoek is not None
    assert verzoek.telefoonnummer == "+31612345678"
    assert len(as_text(verzoek)) == 1000


def test_a_closed_presenter_hears_nothing(seat: FakeSeat) -> None:
    presenter = presenter_for(seat)
    heard: list[None] = []
    presenter.changed.connect(heard.append)
    presenter.close()
    seat.contacten.start(Kanaal.BALIE)
    assert heard == []
