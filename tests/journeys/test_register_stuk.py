"""A register behind the backend that answers badly, late or not at all: told in the window, and the rest works on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.doubles.upstream import running_upstream
from tests.harness.backend import backend_process
from tests.harness.venster import Stage, play
from tests.journeys.stappen import JOHANNA

FOUT = "De BRP geeft een antwoord dat niet klopt."
TOLD = [  # neighbours differ, so that each is seen to be told anew
    ("html", FOUT),
    ("unauthorized", "De BRP laat deze server niet toe."),
    ("server-error", FOUT),
    ("slow", "De BRP antwoordt niet op tijd."),
    ("half", FOUT),
    ("cut", "De BRP is niet bereikbaar."),
]
JOHANNA_IN_BRP = {
    "burgerservicenummer": JOHANNA,
    "naam": {"voornamen": "Johanna", "voorvoegsel": "van", "geslachtsnaam": "Duinrode"},
    "geboorte": {"datum": {"type": "Datum", "datum": "1965-02-07", "langFormaat": "7 februari 1965"}},
}
GEHEIM = "intern-adres-van-het-register"


def test_what_a_register_does_wrong_is_told_and_never_shown(qapp: QApplication, tmp_path: Path) -> None:
    async def journey(stage: Stage) -> None:
        async with running_upstream() as brp:
            brp.echo = f"<b>{GEHEIM}</b>"
            environment = {"KCS_REGISTER_BRP_URL": brp.url, "KCS_REGISTER_BRP_TIMEOUT": "1"}
            database, log = f"sqlite:///{tmp_path / 'proefdam.db'}", tmp_path / "backend.log"
            with backend_process(database, log=log, proefgemeente=True, environment=environment) as backend:
                seat = await stage.open(backend.url, tmp_path)
                await seat.sign_in("snelbalie", "balie-1", "snelbalie")
                brp.behaviour = TOLD[0][0]
                seat.frame.focus_search()
                seat.write(JOHANNA)
                seat.press("Return")
                for behaviour, told in TOLD:
                    brp.behaviour = behaviour
                    if behaviour != TOLD[0][0]:
                        await seat.reads("Opnieuw proberen")
                        seat.click(seat.button("Opnieuw proberen"))
                    await seat.reads(told)
                    assert GEHEIM not in seat.texts(), behaviour
                    await seat.reads("12, nieuwste boven")  # what the other registers know is there
                brp.ok({"type": "RaadpleegMetBurgerservicenummer", "personen": [JOHANNA_IN_BRP]})
                await seat.reads("Opnieuw proberen")
                seat.click(seat.button("Opnieuw proberen"))
                await seat.reads("7 februari 1965")
                assert "Opnieuw proberen" not in seat.texts()
                assert GEHEIM not in log.read_text("utf-8")

    play(qapp, journey)
