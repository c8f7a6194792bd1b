"""The presenter on a plain loop."""

from __future__ import annotations

import asyncio

import msgspec

from kcs_desktop.domain.opdracht import Uitkomst, Uitkomststand
from kcs_desktop.sdk import (
    Kanaal,
    Klantbeeld,
    Klantverwijzing,
    KlantWijzigen,
    SoortKlant,
    Unreachable,
    Wachtrij,
    Wachtstand,
)
from plugins.klant.presenter import Deel, KlantPresenter
from plugins.klant.toestand import Pagina, from_text, to_text
from tests.plugins.klant.klanten import JOHANNA, NAMENS, bakkerij, contacten, johanna, verwijzing
from tests.plugins.klant.zitplaats import NU, NepSeat, as_seat


def _presenter(*beelden: Klantbeeld | Exception) -> tuple[NepSeat, KlantPresenter]:
    seat = NepSeat()
    seat.nep_klanten.antwoorden = list(beelden)
    return seat, KlantPresenter(as_seat(seat))


async def test_opening_shows_every_part_that_arrives_and_holds_one_watch() -> None:
    seat, presenter = _presenter(johanna(contacten=(), contacten_totaal=0), johanna())
    assert presenter.show(verwijzing(johanna()))
    await presenter.load()
    assert presenter.beeld == johanna()
    assert [watch.is_closed for watch in seat.nep_klanten.watches] == [False]
    presenter.show(verwijzing(bakkerij()))
    assert [watch.is_closed for watch in seat.nep_klanten.watches] == [True, False]
    presenter.close()
    assert all(watch.is_closed for watch in seat.nep_klanten.watches)


async def test_a_result_of_a_customer_that_is_no_longer_shown_never_reaches_the_view() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show(verwijzing(johanna()))
    loading = presenter.load()
    presenter.show(verwijzing(bakkerij()))
    await loading
    assert presenter.beeld is None
    seat.nep_klanten.changed.emit(johanna())
    assert presenter.toestand().klant == verwijzing(bakkerij())
    assert not presenter.has_more


async def test_a_customer_in_memory_is_there_at_once_and_nothing_is_asked_for_one_that_is_passed_by() -> None:
    seat, presenter = _presenter(johanna(), johanna(naam="Johanna de Proef"))
    seat.nep_klanten.in_geheugen = (johanna(),)
    presenter.show(verwijzing(johanna()))
    assert presenter.beeld == johanna()
    loading = asyncio.create_task(presenter.load())
    await asyncio.sleep(0)
    assert presenter.beeld == johanna(), "the registers are asked behind the paint"
    presenter.show(verwijzing(bakkerij()))
    await loading
    assert presenter.reference == verwijzing(bakkerij()), "what came for the other is not shown"
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    assert presenter.beeld == johanna(naam="Johanna de Proef")


async def test_an_error_is_kept_and_another_try_mends_it() -> None:
    seat, presenter = _presenter(Unreachable())
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    assert getattr(presenter.fout, "code", "") == "onbereikbaar"
    seat.nep_klanten.antwoorden = [johanna()]
    await presenter.load()
    assert (presenter.fout, presenter.beeld) == (None, johanna())


async def test_more_contacts_failing_keeps_what_is_there_and_says_so() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    seat.nep_klanten.meer = Unreachable()
    await presenter.more()
    assert getattr(presenter.meer_fout, "code", "") == "onbereikbaar"
    assert presenter.has_more
    seat.nep_klanten.meer = johanna(contacten=contacten(12))
    await presenter.more()
    assert presenter.meer_fout is None
    assert not presenter.has_more


async def test_only_the_changed_parts_are_painted_again() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    delen: list[Deel] = []
    presenter.changed.connect(delen.append)
    seat.nep_klanten.changed.emit(johanna(voorkeurskanaal="post"))
    assert Deel.KOP in delen
    assert Deel.CONTACTEN not in delen


async def test_opening_notes_the_sources_once_with_the_contact_and_without_a_name() -> None:
    seat, presenter = _presenter(johanna())
    seat.contacten.start(Kanaal.BALIE)
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    await presenter.load()
    titels = [bron.titel for bron in seat.nep_contacten.geraadpleegd]
    assert titels == ["BRP › Persoonsgegevens", "CRM › Klantbeeld"]


async def test_each_vraag_of_a_contact_gets_the_picture_of_its_customer_once() -> None:
    seat, presenter = _presenter(johanna())
    contact = seat.contacten.start(Kanaal.BALIE, klant=verwijzing(johanna()))
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    tweede = seat.contacten.add_vraag(contact.id).vraag.id
    seat.contacten.change(contact.id, beller="")
    eigen = {"BRP › Persoonsgegevens", "CRM › Klantbeeld"}
    noted = seat.nep_contacten.per_vraag
    assert len(noted) == 4
    assert set(noted) == {(vraag, titel) for vraag in (contact.vraag.id, tweede) for titel in eigen}


async def test_another_customer_belongs_to_the_vraag_for_which_it_was_opened() -> None:
    seat, presenter = _presenter(bakkerij())
    contact = seat.contacten.start(Kanaal.BALIE, klant=verwijzing(johanna()))
    tweede = seat.contacten.add_vraag(contact.id).vraag.id
    presenter.show(verwijzing(bakkerij()))
    await presenter.load()
    assert {vraag for vraag, _titel in seat.nep_contacten.per_vraag} == {tweede}


async def test_a_customer_that_gets_a_partij_while_loading_is_noted_once() -> None:
    beeld = johanna()
    zonder = johanna(sleutel=msgspec.structs.replace(beeld.sleutel, partij=""))
    seat, presenter = _presenter(zonder, beeld)
    seat.contacten.start(Kanaal.BALIE)
    presenter.show(verwijzing(zonder))
    await presenter.load()
    assert [bron.soort for bron in seat.nep_contacten.geraadpleegd] == ["brp", "klant"]


async def test_a_contact_without_a_customer_can_get_the_shown_one() -> None:
    seat, presenter = _presenter(johanna())
    seat.contacten.start(Kanaal.TELEFOON)
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    assert presenter.koppeling.can_attach
    presenter.koppeling.attach()
    assert presenter.koppeling.is_of_contact
    assert not presenter.koppeling.can_attach


async def test_namens_from_the_person_and_from_the_company_give_the_same_contact() -> None:
    for beeld in (johanna(), bakkerij()):
        seat, presenter = _presenter(beeld)
        seat.contacten.start(Kanaal.BALIE)
        presenter.show(verwijzing(beeld))
        await presenter.load()
        presenter.koppeling.set_namens(beeld.relaties[0])
        contact = seat.contacten.active
        assert contact is not None
        assert contact.klant is not None
        assert contact.namens is not None
        assert contact.klant.sleutel == JOHANNA
        assert contact.namens.naam == "Bakkerij Proefduin"
        assert presenter.koppeling.is_namens(beeld.relaties[0])


async def test_a_conflict_waits_for_a_choice_and_sends_it_over_what_stands_now() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    assert presenter.begin_wijzigen()
    bewerken = presenter.bewerken
    assert bewerken.formulier is not None
    bewerken.formulier.row("a-1").adres = "06 87654321"
    assert bewerken.save()
    hun = {"soort": "telefoonnummer", "adres": "+31611111111", "standaard": True}
    seat.nep_outbox.refuse(seat.nep_klanten.opdrachten[0], code="conflict", huidig={"adressen.0": hun})
    assert bewerken.conflict is not None
    (veld,) = bewerken.conflict.getoond
    assert (veld.hun, veld.mijn) == ("06 11 11 11 11 (voorkeur)", "06 87 65 43 21 (voorkeur)")
    assert len(seat.nep_klanten.opdrachten) == 1
    bewerken.choose(veld.sleutel, mijn=True)
    assert bewerken.settle()
    opnieuw = seat.nep_klanten.opdrachten[1].gegevens
    assert isinstance(opnieuw, KlantWijzigen)
    wijziging = opnieuw.adressen[0]
    assert wijziging.gezien is not None
    assert wijziging.wordt is not None
    assert (wijziging.gezien.adres, wijziging.wordt.adres) == ("+31611111111", "+31687654321")


async def test_keeping_theirs_sends_nothing() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    presenter.begin_wijzigen()
    assert presenter.bewerken.formulier is not None
    presenter.bewerken.formulier.field("voorkeurskanaal").wordt = "email"
    presenter.bewerken.save()
    seat.nep_outbox.refuse(seat.nep_klanten.opdrachten[0], code="conflict", huidig={"voorkeurskanaal": "post"})
    assert not presenter.bewerken.settle()
    assert len(seat.nep_klanten.opdrachten) == 1


async def test_a_refusal_gives_its_reason_and_what_was_typed() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    presenter.begin_wijzigen()
    assert presenter.bewerken.formulier is not None
    presenter.bewerken.formulier.row("a-1").adres = "0687654321"
    presenter.bewerken.save()
    seat.nep_outbox.refuse(seat.nep_klanten.opdrachten[0], code="geen-recht", detail="Met uw rol mag dit niet.")
    assert presenter.bewerken.weigering is not None
    assert presenter.bewerken.weigering.reden == "Met uw rol mag dit niet."
    presenter.bewerken.reopen()
    assert presenter.bewerken.formulier.row("a-1").adres == "0687654321"


async def test_a_change_that_was_set_apart_goes_again_as_it_was_and_stays_when_it_was_read() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    presenter.begin_wijzigen()
    assert presenter.bewerken.formulier is not None
    presenter.bewerken.formulier.row("a-1").adres = "0687654321"
    presenter.bewerken.save()
    (opdracht,) = seat.nep_klanten.opdrachten
    seat.nep_outbox.rijen = [Wachtrij(opdracht, Wachtstand.WACHT, "", NU)]
    bewerken = presenter.bewerken
    seat.nep_outbox.settle(opdracht.id, Wachtstand.APART, "Niet verwerkt.")
    assert bewerken.weigering is not None
    assert (bewerken.weigering.reden, bewerken.weigering.is_apart) == ("Niet verwerkt.", True)
    bewerken.reopen()
    assert bewerken.formulier is None, "typed anew it would be another command"
    assert (seat.nep_outbox.retried, seat.nep_klanten.opdrachten) == ([opdracht.id], [opdracht])
    assert presenter.bewerken.weigering is None, "it is on its way"
    seat.nep_outbox.settle(opdracht.id, Wachtstand.APART, "Niet verwerkt.")
    bewerken.dismiss()
    assert presenter.bewerken.weigering is None
    assert seat.nep_outbox.removed == []
    seat.nep_outbox.refuse(opdracht, code="ongeldig", detail="Dit nummer klopt niet.")
    bewerken.reopen()
    assert presenter.bewerken.formulier.row("a-1").adres == "0687654321"


async def test_state_survives_as_text_and_a_broken_text_gives_the_start_view() -> None:
    _, presenter = _presenter(johanna())
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    presenter.begin_wijzigen()
    assert presenter.bewerken.formulier is not None
    presenter.bewerken.formulier.row("a-1").adres = "half getyp"
    text = to_text(presenter.toestand())
    _, other = _presenter(johanna())
    assert other.restore(from_text(text))
    assert other.bewerken.formulier is not None
    assert other.bewerken.formulier.row("a-1").adres == "half getyp"
    assert from_text("{niet waar").pagina is Pagina.START


async def test_no_right_to_change_gives_no_form() -> None:
    seat, presenter = _presenter(johanna())
    seat.rechten = {"crm": 1}
    presenter.show(verwijzing(johanna()))
    await presenter.load()
    assert not presenter.begin_wijzigen()
    assert NAMENS in johanna().relaties


async def test_a_registration_under_way_is_taken_up_and_never_sent_twice() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show_registreren(SoortKlant.PERSOON)
    registratie = presenter.bewerken.registratie
    assert registratie is not None
    registratie.waarden["achternaam"] = "Proefpersoon"
    presenter.bewerken.register()
    (opdracht,) = seat.nep_klanten.opdrachten
    seat.nep_outbox.rijen = [Wachtrij(opdracht, Wachtstand.WACHT, "", NU)]
    kept = to_text(presenter.toestand())
    presenter.close()

    other = KlantPresenter(as_seat(seat))  # as after a restart, or back at this contact
    other.restore(from_text(kept))
    other.bewerken.register()
    assert seat.nep_klanten.opdrachten == [opdracht]
    seat.nep_outbox.refuse(opdracht, code="ongeldig", detail="De naam is te lang.")
    assert other.bewerken.registratie_reden == "De naam is te lang."
    assert seat.nep_outbox.removed == [opdracht.id]  # or it could be sent beside the one that replaces it
    other.bewerken.register()
    assert len(seat.nep_klanten.opdrachten) == 2


async def test_a_registration_that_was_set_apart_is_sent_again_as_it_was() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show_registreren(SoortKlant.PERSOON)
    bewerken = presenter.bewerken
    assert bewerken.registratie is not None
    bewerken.registratie.waarden["achternaam"] = "Proefpersoon"
    bewerken.register()
    (opdracht,) = seat.nep_klanten.opdrachten
    seat.nep_outbox.rijen = [Wachtrij(opdracht, Wachtstand.WACHT, "", NU)]
    seat.nep_outbox.settle(opdracht.id, Wachtstand.APART, "Niet verwerkt.")
    assert bewerken.is_registratie_apart
    assert bewerken.registratie_reden == "Niet verwerkt."
    kept = to_text(presenter.toestand())
    bewerken.register()
    assert (seat.nep_outbox.retried, seat.nep_klanten.opdrachten) == ([opdracht.id], [opdracht])
    assert not presenter.bewerken.is_registratie_apart
    assert bewerken.registratie_opdracht == opdracht.id
    assert seat.nep_outbox.removed == []

    seat.nep_outbox.settle(opdracht.id, Wachtstand.APART, "Niet verwerkt.")
    presenter.close()
    other = KlantPresenter(as_seat(seat))  # as after a restart
    other.restore(from_text(kept))
    assert other.bewerken.is_registratie_apart
    seat.nep_outbox.confirm(opdracht, partij="p-9")
    assert other.bewerken.registratie is None


async def test_a_registration_that_was_settled_meanwhile_or_taken_back_is_known_as_such() -> None:
    seat, presenter = _presenter(johanna())
    presenter.show_registreren(SoortKlant.PERSOON)
    assert presenter.bewerken.registratie is not None
    presenter.bewerken.registratie.waarden["achternaam"] = "Proefpersoon"
    presenter.bewerken.register()
    (opdracht,) = seat.nep_klanten.opdrachten
    kept = to_text(presenter.toestand())
    verteld: list[Klantverwijzing] = []

    weg = KlantPresenter(as_seat(seat))
    weg.restore(from_text(kept))  # it is in the outbox no more
    assert weg.bewerken.registratie is not None
    assert weg.bewerken.registratie_opdracht == ""

    uitkomst = Uitkomst(opdracht.id, Uitkomststand.GESLAAGD, {"partij": "p-9"})
    seat.nep_outbox.rijen = [Wachtrij(opdracht, Wachtstand.GESLAAGD, "", NU, uitkomst=uitkomst)]
    klaar = KlantPresenter(as_seat(seat))
    klaar.bewerken.geregistreerd.connect(verteld.append)
    klaar.restore(from_text(kept))
    assert klaar.bewerken.registratie is None
    assert [klant.sleutel.partij for klant in verteld] == ["p-9"]
