"""What an employee hears of the guard over callback notes: own notes that became due, and what was escalated."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.terugbeltaak import Lijst, Taaklijst, Taakstand, Terugbelnieuws, Terugbeltaak, news

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
    assert news(eigen(), eigen(HERINNERD), 0) == Terugbelnieuws()  # what was due before the seat knew it
    gedaan = msgspec.structs.replace(HERINNERD, stand=Taakstand.KLAAR)
    assert news(eigen(TAAK), eigen(gedaan), 0) == Terugbelnieuws()


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
