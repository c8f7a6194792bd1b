"""Colleagues at the shown customer: joined while in sight, said in plain words, in a line that is always there."""

from __future__ import annotations

import pytest

from kcs_desktop.sdk import Bezigheid, Meekijker
from plugins.klant.presenter import Deel, KlantPresenter
from tests.plugins.klant.klanten import JOHANNA, bakkerij, johanna, verwijzing
from tests.plugins.klant.zitplaats import NepSeat, as_seat
from ui.gezelschap import company


def _at(naam: str, bezigheid: Bezigheid = Bezigheid.KIJKT) -> Meekijker:
    return Meekijker(naam.lower(), naam, bezigheid, 45.0)


@pytest.mark.parametrize(
    ("wie", "text"),
    [
        ((), ""),
        ((_at("Kees Bakker"),), "Kees Bakker kijkt mee"),
        ((_at("Kees", Bezigheid.TYPT),), "Kees is aan het typen"),
        ((_at("Kees"), _at("Eva")), "Kees en Eva kijken mee"),
        ((_at("Kees"), _at("Eva", Bezigheid.TYPT)), "Eva is aan het typen, Kees kijkt mee"),
        ((_at("Kees"), _at("Eva"), _at("Bo"), _at("Ad")), "Kees en 3 collega’s kijken mee"),
        ((_at("\u202eKees\n" + "x" * 60, Bezigheid.TYPT),), "Kees " + "x" * 34 + "… is aan het typen"),
    ],
)
def test_the_line_says_who_types_first(wie: tuple[Meekijker, ...], text: str) -> None:
    assert company(wie) == text


def test_a_customer_is_joined_only_while_in_sight() -> None:
    seat = NepSeat()
    presenter = KlantPresenter(as_seat(seat))
    presenter.show(verwijzing(johanna()))
    assert seat.nep_meekijkers.joined == 0
    presenter.gezelschap.set_in_sight(in_sight=True)
    assert seat.nep_meekijkers.joined == 1
    presenter.show(verwijzing(bakkerij()))
    assert seat.nep_meekijkers.joined == 1
    presenter.gezelschap.set_in_sight(in_sight=False)
    assert seat.nep_meekijkers.joined == 0
    presenter.gezelschap.set_in_sight(in_sight=True)
    presenter.close()
    assert seat.nep_meekijkers.joined == 0


def test_news_of_the_shown_customer_is_shown_and_goes_with_the_customer() -> None:
    seat = NepSeat()
    presenter = KlantPresenter(as_seat(seat))
    presenter.gezelschap.set_in_sight(in_sight=True)
    presenter.show(verwijzing(johanna()))
    heard: list[Deel] = []
    presenter.changed.connect(heard.append)
    seat.nep_meekijkers.show(JOHANNA, _at("Kees", Bezigheid.TYPT))
    assert (heard, presenter.gezelschap.text) == ([Deel.GEZELSCHAP], "Kees is aan het typen")
    seat.nep_meekijkers.show(bakkerij().sleutel, _at("Eva"))
    assert presenter.gezelschap.text == "Kees is aan het typen"
    presenter.show_start()
    assert presenter.gezelschap.text == ""


def test_typing_in_a_form_is_told_for_this_customer_alone() -> None:
    seat = NepSeat()
    presenter = KlantPresenter(as_seat(seat))
    presenter.gezelschap.set_in_sight(in_sight=True)
    presenter.gezelschap.typing()
    presenter.show(verwijzing(johanna()))
    presenter.gezelschap.typing()
    assert [klant.sleutel for klant in seat.nep_meekijkers.getypt] == [JOHANNA]
