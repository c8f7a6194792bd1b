"""A draft that goes on under another zaaktype, as after its own was withdrawn: what fits goes along, and what has no
place there is kept in words. Pure.
"""

from __future__ import annotations

import msgspec

from kcs_desktop.domain.tekst import shorten
from kcs_desktop.domain.zaakconcept import Zaakconcept
from kcs_desktop.domain.zaakformulier import Formulierveld, Zaakformulier, objection
from kcs_desktop.domain.zaakgegevens import MAX_TOELICHTING, Eigenschapwaarde


def moved(concept: Zaakconcept, formulier: Zaakformulier) -> Zaakconcept:
    """The draft under this form: each answer under the question of the same name that takes it. An answer that was
    typed and that nothing asks for any more goes to the toelichting, with its question."""
    answers: list[Eigenschapwaarde] = []
    herkomst = {naam: bron for naam, bron in concept.herkomst.items() if naam not in concept.vragen}
    over: list[str] = []
    for eigenschap, naam in concept.vragen.items():
        waarden, veld = concept.waarden(eigenschap), formulier.veld(naam)
        fitting = _fitting(veld, waarden)
        if veld is not None and fitting:
            answers += [Eigenschapwaarde(veld.id, waarde) for waarde in fitting]
            herkomst |= {veld.id: concept.herkomst[eigenschap]} if eigenschap in concept.herkomst else {}
        if eigenschap not in concept.herkomst:
            over += [f"{naam}: {waarde}" for waarde in waarden if waarde not in fitting]
    toelichting = shorten("\n".join(filter(None, (concept.toelichting, *over))), MAX_TOELICHTING)
    if over:
        herkomst.pop("toelichting", None)
    return msgspec.structs.replace(
        concept,
        zaaktype=formulier.zaaktype,
        naam=formulier.naam,
        eigenschappen=tuple(answers),
        vragen=_asked(answers, formulier),
        herkomst=herkomst,
        toelichting=toelichting,
    )


def with_names(concept: Zaakconcept, formulier: Zaakformulier) -> Zaakconcept:
    """The draft with the names of what was answered, which a later catalogue may not know by these ids."""
    namen = _asked(concept.eigenschappen, formulier)
    vragen = {al.eigenschap: concept.vragen.get(al.eigenschap, "") for al in concept.eigenschappen} | namen
    known = {eigenschap: naam for eigenschap, naam in vragen.items() if naam}
    return concept if known == concept.vragen else msgspec.structs.replace(concept, vragen=known)


def _fitting(veld: Formulierveld | None, waarden: tuple[str, ...]) -> tuple[str, ...]:
    if veld is None:
        return ()
    found = tuple(waarde for waarde in waarden if waarde and not objection(veld, waarde))
    return found if veld.meer else found[:1]


def _asked(answers: tuple[Eigenschapwaarde, ...] | list[Eigenschapwaarde], formulier: Zaakformulier) -> dict[str, str]:
    """Names by id, of those that this form asks."""
    answered = {al.eigenschap for al in answers}
    return {veld.id: veld.naam for veld in formulier.velden if veld.id in answered}
