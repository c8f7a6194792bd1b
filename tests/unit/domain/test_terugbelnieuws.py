"""What an employee hears of the guard over callback notes: own notes that became due, and what was escalated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.terugbeltaak import (
    Lijst,
    Taaklijst,
    Taakstand,
    Terugbelnieuws,
    Terugbeltaak,
    news,
    news_at_first,
)

NU = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
KLANT = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, partij="p"), "A. Jansen")
TAAK = Terugbeltaak("t1", Taakstand.OPEN, "Bel over paspoort", NU, klant=KLANT)
HERINNERD = msgspec.structs.replace(TAAK, herinnerd_op=NU)


def eigen(*taken: Terugbeltaak) -> Taaklijst:
    return Taaklijst(Lijst.EIGEN, taken=taken)


def test_a_note_is_told_once_when_it_becomes_due() -> None:
    nieuws = news(eigen(TAAK), eigen(HERINNERD), 0)
    assert nieuws.tekst == "Vandaag terugbellen: A. Jansen."
    assert news(eigen(HERINNERD), eigen(HERINNERD), 0) == Terugbelnieuws()
    assert news(eigen(), eigen(HERINNERD), 0) == Terugbelnieuws()  # it came to this employee with its word said
    gedaan = msgspec.structs.replace(HERINNERD, stand=Taakstand.KLAAR)
    assert news(eigen(TAAK), eigen(gedaan), 0) == Terugbelnieuws()


def test_who_signs_in_late_hears_of_today_and_of_no_other_day() -> None:
    today = NU.date()
    laat = msgspec.structs.replace(HERINNERD, uuid="t2", deadline=NU - timedelta(days=1))
    gedaan = msgspec.structs.replace(HERINNERD, uuid="t3", stand=Taakstand.KLAAR)
    assert news_at_first(eigen(HERINNERD, laat, gedaan), 0, today).vandaag == (HERINNERD,)
    assert news_at_first(eigen(TAAK), 0, today) == Terugbelnieuws(), "its hour to be told has not come"
    assert news_at_first(eigen(), 2, today).gemeld == 2


def test_what_was_not_told_yet_is_told_together() -> None:
    ander = msgspec.structs.replace(HERINNERD, uuid="t2")
    samen = Terugbelnieuws((HERINNERD,), 1) + Terugbelnieuws((HERINNERD, ander), 1)
    assert samen == Terugbelnieuws((HERINNERD, ander), 2)


def test_several_are_one_word_and_nothing_without_right_is_named() -> None:
    ander = msgspec.structs.replace(TAAK, uuid="t2")
    two = news(eigen(TAAK, ander), eigen(HERINNERD, msgspec.structs.replace(ander, herinnerd_op=NU)), 0)
    assert two.tekst == "2 klanten vandaag terugbellen."
    nameless = msgspec.structs.replace(HERINNERD, klant=None)
    assert news(eigen(TAAK), eigen(nameless), 0).tekst == "Vandaag terugbellen: Bel over paspoort."


def test_what_was_escalated_is_counted_and_less_is_no_news() -> None:
    assert news(eigen(), eigen(), 2).tekst == "2 terugbelnotities zijn te laat en aan u gemeld."
    assert news(eigen(), eigen(), -1) == Terugbelnieuws()
    assert news(eigen(TAAK), eigen(HERINNERD), 1).tekst == (
        "Vandaag terugbellen: A. Jansen. 1 terugbelnotitie is te laat en aan u gemeld."
    )
