"""Where a zaak in the making is: what is typed is looked up in the BAG, what is chosen there goes into the draft."""

from __future__ import annotations

from kcs_desktop.sdk import Adresvoorstel, Locatie
from plugins.zaken import aanmaken_tekst as tekst
from plugins.zaken.aanmaken_beeld import Aanmaakbeeld
from ui.sdk import TaskScope


class Plaatsdeel:
    """Made by the page, for the field in its form."""

    def __init__(self, beeld: Aanmaakbeeld, tasks: TaskScope) -> None:
        self._beeld = beeld
        self._presenter = beeld.presenter
        self._veld = beeld.formulier.plaats
        self._tasks = tasks
        self._veld.gezocht.connect(lambda text: tasks.start("adres", self._look_up(text)))
        self._veld.gekozen.connect(self._on_address)
        self._veld.gewijzigd.connect(self._on_typed)
        self._veld.verlaten.connect(self._on_left)

    def _on_typed(self) -> None:
        if self._beeld.is_current:
            self._presenter.place(self._veld.adres.text, self._veld.opmerking.text)
            self._beeld.draw_problems()

    def _on_left(self) -> None:
        if not self._tasks.is_running("adres"):
            self._tasks.start("rondom", self._presenter.look_around())

    async def _look_up(self, text: str) -> None:
        antwoord = await self._presenter.addresses(text)
        if self._veld.adres.text == text:
            self._veld.show_answer(antwoord)

    def _on_address(self, voorstel: Adresvoorstel) -> None:
        """At once as far as it is known, and whole when the BAG has answered."""
        concept = self._presenter.concept
        if concept is not None:
            self._put_address(voorstel.locatie)
            self._tasks.start("adres", self._complete_address(concept.id, voorstel))

    async def _complete_address(self, concept: str, voorstel: Adresvoorstel) -> None:
        locatie = await self._presenter.resolve(voorstel)
        if self._presenter.concept is not None and self._presenter.concept.id == concept:
            self._put_address(locatie)
            await self._presenter.look_around()

    def _put_address(self, locatie: Locatie) -> None:
        adres, _ = tekst.place_texts(locatie)
        self._veld.fill(adres)
        self._presenter.place(adres, self._veld.opmerking.text, locatie)
        self._beeld.draw_problems()
