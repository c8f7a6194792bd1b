"""A value of a property against the format of the catalogue."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.eigenschap import aligned, objection_to, shown

TEKST = {"formaat": "tekst", "lengte": "5", "waardenverzameling": []}
GETAL = {"formaat": "getal", "lengte": "3,2"}
HEEL = {"formaat": "getal", "lengte": "3"}
KEUZE = {"formaat": "tekst", "lengte": "9", "waardenverzameling": ["ja", "nee"]}


@pytest.mark.parametrize(
    ("waarde", "specificatie"),
    [
        ("vijf!", TEKST),
        ("123,45", GETAL),
        ("1.5", GETAL),
        ("999", HEEL),
        ("20261124", {"formaat": "datum", "lengte": "8"}),
        ("2026-11-24", {"formaat": "datum", "lengte": "8"}),
        ("20261124140500", {"formaat": "datum_tijd", "lengte": "14"}),
        ("2026-11-24T14:05:00Z", {"formaat": "datum_tijd", "lengte": "14"}),
        ("2026-11-24T14:05", {"formaat": "datum_tijd", "lengte": "14"}),
        ("2026-11-24T14:05:00+0100", {"formaat": "datum_tijd", "lengte": "14"}),
        ("2026-11-24T14:05:00.123456+01:00", {"formaat": "datum_tijd", "lengte": "14"}),
        ("ja", KEUZE),
        ("wat dan ook", {"formaat": "kleur"}),
        ("wat dan ook", {}),
        ("wat dan ook", None),
    ],
)
def test_what_fits_is_accepted(waarde: str, specificatie: dict[str, Any] | None) -> None:
    assert objection_to(waarde, specificatie) == ""


@pytest.mark.parametrize(
    ("waarde", "specificatie", "woord"),
    [
        ("zesnul", TEKST, "5 tekens"),
        ("x" * 10_000, TEKST, "5 tekens"),
        ("drie", GETAL, "getal"),
        ("٣", GETAL, "getal"),
        ("1234", HEEL, "3 cijfers voor"),
        ("1,5", HEEL, "0 cijfers achter"),
        ("1,234", GETAL, "2 cijfers achter"),
        ("-5", GETAL, "zonder plus of min"),
        ("+5", HEEL, "zonder plus of min"),
        ("\u22125", HEEL, "zonder plus of min"),
        ("-1,5", {"formaat": "getal"}, "zonder plus of min"),
        ("-", GETAL, "geen geldig getal"),
        ("20261324", {"formaat": "datum"}, "datum"),
        ("24-11-2026", {"formaat": "datum"}, "datum"),
        ("2026124", {"formaat": "datum"}, "datum"),
        ("2026-11-4", {"formaat": "datum"}, "datum"),
        ("2026-1-04", {"formaat": "datum"}, "datum"),
        ("٢٠٢٦١١٢٤", {"formaat": "datum"}, "datum"),
        ("2026-11-24", {"formaat": "datum_tijd"}, "datum met tijd"),
        ("2026112414050", {"formaat": "datum_tijd"}, "datum met tijd"),
        ("2026-11-24T14:5:00", {"formaat": "datum_tijd"}, "datum met tijd"),
        ("misschien", KEUZE, "Kies"),
    ],
)
def test_what_does_not_fit_is_told(waarde: str, specificatie: dict[str, Any], woord: str) -> None:
    assert woord in objection_to(waarde, specificatie)


@given(st.text(max_size=40), st.sampled_from(["tekst", "getal", "datum", "datum_tijd", "x"]), st.text(max_size=6))
def test_no_value_and_no_catalogue_makes_it_fail(waarde: str, formaat: str, lengte: str) -> None:
    assert isinstance(objection_to(waarde, {"formaat": formaat, "lengte": lengte}), str)


@pytest.mark.parametrize(
    ("waarde", "formaat", "getoond"),
    [
        ("20261106", "datum", "6 november 2026"),
        ("2026-11-06", "datum", "6 november 2026"),
        ("20261106140500", "datum_tijd", "6 november 2026 14:05"),
        ("2026-11-06T14:05:00", "datum_tijd", "6 november 2026 14:05"),
        ("2026-07-06T12:05:00Z", "datum_tijd", "6 juli 2026 14:05"),
        ("2026-11-06T14:05:00.123+01:00", "datum_tijd", "6 november 2026 14:05"),
        ("3.5", "getal", "3,5"),
        ("-3.5", "getal", "-3,5"),
        ("20261106", "tekst", "20261106"),
        ("20261106", "", "20261106"),
        ("20261399", "datum", "20261399"),
        ("2026124", "datum", "2026124"),
        ("volgende week", "datum", "volgende week"),
    ],
)
def test_a_value_is_written_for_the_eye_and_else_as_it_was_sent(waarde: str, formaat: str, getoond: str) -> None:
    assert shown(waarde, formaat) == getoond


def test_numbers_stand_under_each_other_at_their_comma() -> None:
    assert aligned(["3,5", "1200", "-4"]) == ("\u2007\u2007\u20073,5", "1200", "\u2007\u2007-4")
    assert aligned([]) == ()


@given(st.text(max_size=40), st.sampled_from(["tekst", "getal", "datum", "datum_tijd", "x"]))
def test_no_value_makes_showing_it_fail(waarde: str, formaat: str) -> None:
    assert isinstance(shown(waarde, formaat), str)


@pytest.mark.parametrize("waarde", ["0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-05:00"])
def test_the_ends_of_the_calendar_are_shown_as_they_are(waarde: str) -> None:
    assert shown(waarde, "datum_tijd") == waarde
