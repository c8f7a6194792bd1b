"""A draft and its two commands: what is sent, and what their rows in the outbox mean for it. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from kcs_desktop.domain.opdracht import ZaakAanmaken
from kcs_desktop.domain.tekst import clean, clean_lines
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.zaakconcept import Bezwaar, Conceptstand, Nummerstand, Zaakconcept

_replace = msgspec.structs.replace


def as_gegevens(concept: Zaakconcept) -> ZaakAanmaken:
    """What is sent to make it. A number that is still on its way is named by the command that asked for it."""
    startdatum = concept.startdatum or concept.begonnen_op.date()
    return ZaakAanmaken(
        concept.zaaktype,
        startdatum,
        nummer=concept.nummer,
        reservering="" if concept.nummer or concept.nummerstand is Nummerstand.GEWEIGERD else concept.reservering,
        naam=concept.naam,
        omschrijving=clean(concept.omschrijving),
        toelichting=clean_lines(concept.toelichting),
        communicatiekanaal=concept.kanaal,
        klant=concept.klant,
        namens=concept.namens,
        eigenschappen=tuple(al for al in concept.eigenschappen if al.waarde),
        locatie=None if concept.locatie is None or concept.locatie.is_leeg else concept.locatie,
        documenten=concept.documenten,
        contact=concept.contact,
        vraag=concept.vraag,
        eerdere=concept.eerdere,
        contactopdracht=concept.contactopdracht,
    )


def after_reservation(concept: Zaakconcept, rij: Wachtrij) -> Zaakconcept:
    """The draft with what became of its number."""
    if concept.nummer:
        return concept
    match rij.stand:
        case Wachtstand.GESLAAGD:
            nummer = str(_result(rij).get("nummer") or "")
            return _replace(concept, nummer=nummer, nummerstand=Nummerstand.BEKEND)
        case Wachtstand.GEWEIGERD | Wachtstand.APART:
            reden = concept.reden or rij.reden
            return _replace(concept, nummerstand=Nummerstand.GEWEIGERD, reden=reden)
        case Wachtstand.WACHT if rij.reden:  # it was tried, and could not be
            return _replace(concept, nummerstand=Nummerstand.VOLGT)
        case _:
            return concept


def after_create(concept: Zaakconcept, rij: Wachtrij) -> Zaakconcept:
    """The draft with what became of the zaak."""
    match rij.stand:
        case Wachtstand.GESLAAGD:
            made = _result(rij)
            return _replace(
                concept,
                stand=Conceptstand.GEMAAKT,
                zaak=str(made.get("zaak") or ""),
                nummer=str(made.get("nummer") or concept.nummer),
                nummerstand=Nummerstand.BEKEND,
                reden=" ".join(filter(None, (_replaced(made), _unconfirmed(made)))),
                bezwaren=(),
                is_apart=False,
            )
        case Wachtstand.GEWEIGERD:
            stand, bezwaren = Conceptstand.GEWEIGERD, _objections(rij)
            return _replace(concept, stand=stand, reden=rij.reden, bezwaren=bezwaren, is_apart=False)
        case _:
            is_apart = rij.stand is Wachtstand.APART
            reden = rij.reden if is_apart else ""
            return _replace(concept, stand=Conceptstand.VERSTUURD, reden=reden, bezwaren=(), is_apart=is_apart)


def _replaced(made: dict[str, Any]) -> str:
    bezet = made.get("nummer_bezet")
    if not bezet:
        return ""
    return f"Nummer {bezet} bleek al gebruikt. Deze zaak heeft nummer {made.get('nummer')}. Vertel dat de klant."


def _unconfirmed(made: dict[str, Any]) -> str:
    """The law wants a confirmation of receipt, and none could be made."""
    if not made.get("zonder_ontvangstbevestiging"):
        return ""
    return "Er is geen ontvangstbevestiging gemaakt. Stuur de klant die zelf, en meld dit aan de functioneel beheerder."


def _result(rij: Wachtrij) -> dict[str, Any]:
    return rij.uitkomst.resultaat if rij.uitkomst is not None else {}


def _objections(rij: Wachtrij) -> tuple[Bezwaar, ...]:
    params = rij.uitkomst.fout.get("invalidParams") if rij.uitkomst is not None else None
    return tuple(
        Bezwaar(str(al.get("name") or ""), str(al.get("reason") or ""), str(al.get("code") or ""))
        for al in params or ()
        if isinstance(al, dict)
    )
