"""The auditor's question on a plain loop: pages that do not move, a total that is never cut, whose lines they are."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from kcs_desktop.sdk import Auditantwoord, TimedOut
from plugins.beheer import tekst
from plugins.beheer.presenter import AuditPresenter, Stand
from tests.harness.seat_content import sessie
from tests.harness.seat_fake import FakeSeat
from tests.plugins.beheer.spoor import antwoord, regels


async def asked(seat: FakeSeat) -> AuditPresenter:
    presenter = AuditPresenter(seat)
    presenter.prepare("999990019", "", "")
    await presenter.load()
    return presenter


async def test_the_total_is_said_and_the_next_page_follows_the_first() -> None:
    seat = FakeSeat()
    seat.audit.paginas = [antwoord(regels(100), 130), antwoord(regels(30, begin=100), 130, 2)]
    presenter = await asked(seat)
    assert (len(presenter.rows), presenter.totaal, presenter.has_more) == (100, 130, True)
    await presenter.load()
    assert (len(presenter.rows), presenter.has_more) == (130, False)
    assert len({row.sleutel for row in presenter.rows}) == 130


async def test_later_pages_are_bounded_by_the_newest_line_of_the_first() -> None:
    """Each question is a new line of the trail: without the bound the pages would move."""
    seat = FakeSeat()
    first = regels(100)
    seat.audit.paginas = [antwoord(first, 130), antwoord(regels(30, begin=100), 130, 2)]
    presenter = await asked(seat)
    await presenter.load()
    assert seat.audit.gevraagd[0] == ("bsn", "999990019", None, None, 1)
    assert seat.audit.gevraagd[1] == ("bsn", "999990019", None, first[0].op + timedelta(microseconds=1), 2)


async def test_nobody_looked_is_an_answer() -> None:
    presenter = await asked(FakeSeat())
    assert presenter.stand is Stand.LEEG


async def test_a_silent_backend_is_an_error_and_asking_again_works() -> None:
    seat = FakeSeat()
    seat.audit.paginas = [TimedOut()]
    presenter = await asked(seat)
    assert presenter.fout is not None
    assert presenter.is_retryable
    seat.audit.paginas = [antwoord(regels(1))]
    await presenter.load()
    assert presenter.stand is Stand.RESULTAAT


async def test_a_page_that_fails_keeps_the_lines_before_it() -> None:
    seat = FakeSeat()
    seat.audit.paginas = [antwoord(regels(100), 130), TimedOut()]
    presenter = await asked(seat)
    await presenter.load()
    assert presenter.stand is Stand.GEDEELTELIJK
    assert (len(presenter.rows), presenter.has_more) == (100, True)


def test_a_picture_read_from_the_seat_is_said_in_words() -> None:
    (line,) = regels(1)
    assert tekst.what(msgspec.structs.replace(line, handeling="geraadpleegd", bron="werkplek", fase="")) == (
        "Geraadpleegd in de kopie op de werkplek"
    )


async def test_a_line_says_who_in_which_role_where_what_and_why() -> None:
    seat = FakeSeat()
    seat.audit.paginas = [antwoord(regels(2, geweigerd=1))]
    new, old = (await asked(seat)).rows
    assert (new.wie, new.account, new.tijd, new.geweigerd) == ("Sanne Bakker", "snelbalie", "10:42:00", "")
    assert new.wat == "Gewijzigd in het klantenregister · Snelbalie · Balie 1"
    assert old.wat == "Geraadpleegd in de BRP · Snelbalie · Balie 1"
    assert old.geweigerd == "Geweigerd: deze rol mag dit niet"
    assert old.waarom == "Klantcontact via balie: Rijbewijs"


async def test_another_employee_sees_nothing_of_it() -> None:
    seat = FakeSeat()
    seat.audit.paginas = [antwoord(regels(1))]
    presenter = await asked(seat)
    presenter.changed.connect(lambda _none: None)
    seat.set_sessie(sessie())
    assert presenter.rows, "the same employee keeps the lines"
    seat.set_sessie(None)
    assert presenter.rows == []
    assert presenter.stand is Stand.BEGIN


def test_every_wrong_field_is_named_in_the_order_of_the_form() -> None:
    presenter = AuditPresenter(FakeSeat())
    assert [p.field for p in presenter.problems("999990018", "32-1-2026", "")] == ["waarde", "van"]
    assert [p.field for p in presenter.problems("999990019", "2-2-2026", "1-2-2026")] == ["tot"]
    assert presenter.problems("999990019", "", "") == []
    assert presenter.recognise("999990019") == "BSN 999 990 019"
    assert presenter.recognise("99999") == ""


async def test_an_answer_without_lines_ends_the_list() -> None:
    seat = FakeSeat()
    seat.audit.paginas = [antwoord(regels(100), 130), Auditantwoord(130, 2, 2)]
    presenter = await asked(seat)
    await presenter.load()
    assert not presenter.has_more
