"""The documents that go along with a zaak in the making: chosen in its form, and what became of them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kcs_desktop.sdk import (
    Toevoeging,
    Toevoegstand,
    UserError,
    Zaakconcept,
    Zaakformulier,
    Zaakverwijzing,
    incoming_first,
    one_line,
)
from plugins.zaken.toevoegvak import Toevoegvak
from ui.sdk import TabContext, Toon

_FAILED = frozenset({Toevoegstand.MISLUKT, Toevoegstand.BESMET})


class Documentendeel:
    """Made by the page; `vak` stands in the form. `redraw` is called when what was sent stands otherwise."""

    def __init__(self, context: TabContext, redraw: Callable[[], object]) -> None:
        self._context = context
        self._redraw = redraw
        self._told: set[str] = set()
        self.vak = Toevoegvak(context, kop="Documenten (mag leeg)")
        self._disconnect = context.seat.dossier.changed.connect(self._on_toevoeging)

    def show(self, concept: Zaakconcept, formulier: Zaakformulier) -> None:
        """In the form of this draft, where its zaaktype has documents."""
        soorten = incoming_first(formulier.documenttypen)
        self.vak.show_zaak(_of(concept) if soorten else None, soorten)

    def hide(self) -> None:
        self.vak.show_zaak(None)

    def check(self) -> bool:
        """Whether nothing is missing; else the cursor is where it is."""
        return self.vak.check()

    def words(self, concept: Zaakconcept) -> tuple[Toon, str, str]:
        """How those of a draft that was sent stand; "" where there are none."""
        return words(self._context.seat.dossier.of(_of(concept)))

    def close(self) -> None:
        self._disconnect()
        self.vak.close_all()

    def _on_toevoeging(self, al: Toevoeging) -> None:
        if not al.zaak.opdracht:
            return
        self._redraw()
        if al.zaak.uuid and (al.is_apart or al.stand in _FAILED) and al.id not in self._told:
            self._told.add(al.id)
            wat = f"{one_line(al.titel, 80)} is niet toegevoegd aan zaak {al.zaak.identificatie}."
            if al.is_apart:
                wat = f"Het is niet bekend of {one_line(al.titel, 80)} is toegevoegd aan zaak {al.zaak.identificatie}."
            advies = f"{one_line(al.reden, 200)} De zaak zelf is aangemaakt. Open die zaak om het opnieuw te proberen."
            self._context.frame.report(UserError(wat, code="document-niet-toegevoegd", advice=advies.strip()))


def words(toevoegingen: Sequence[Toevoeging]) -> tuple[Toon, str, str]:
    """Of one zaak: how they stand and what to do, in the words of the employee."""
    mis = [al for al in toevoegingen if al.stand in _FAILED]
    klaar = sum(al.stand is Toevoegstand.TOEGEVOEGD for al in toevoegingen)
    if mis:
        wie = ", ".join(one_line(al.titel, 60) for al in mis[:3])
        return "fout", f"Niet toegevoegd: {wie}.", "Open de zaak om het opnieuw te proberen."
    if apart := [one_line(al.titel, 60) for al in toevoegingen if al.is_apart]:
        wie = ", ".join(apart[:3])
        return "let_op", f"Niet bekend of dit is toegevoegd: {wie}.", "Open de zaak om het opnieuw te proberen."
    if not toevoegingen:
        return "accent", "", ""
    wat = "1 document" if len(toevoegingen) == 1 else f"{len(toevoegingen)} documenten"
    if klaar == len(toevoegingen):
        return "goed", f"{wat} toegevoegd aan de zaak.", ""
    uitleg = "Dat gaat vanzelf. U kunt gewoon verder werken."
    return "accent", f"{wat} {'wordt' if len(toevoegingen) == 1 else 'worden'} toegevoegd aan de zaak.", uitleg


def _of(concept: Zaakconcept) -> Zaakverwijzing:
    return Zaakverwijzing("", "", opdracht=concept.id)
