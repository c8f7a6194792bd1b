"""The confirmation of receipt of a formal request: what was asked, when, under which number, and until when the law
gives the municipality to answer. Of the customer it holds the name only. Pure."""

from __future__ import annotations

from datetime import date

from kcs_desktop.domain.datum import MAANDEN
from kcs_desktop.domain.pdf import Alinea, Stijl, letter
from kcs_desktop.domain.termijn import end_of_term, parse_duur
from kcs_desktop.domain.zaaktype import Documenttype

TITEL = "Ontvangstbevestiging"


def confirmation(nummer: str, gevraagd: str, ontvangen: date, doorlooptijd: str, naam: str = "") -> bytes:
    """As PDF, the same bytes each time it is made. `gevraagd` is the name of the zaaktype."""
    return letter(f"{TITEL} {nummer}", sentences(nummer, gevraagd, ontvangen, doorlooptijd, naam))


def sentences(nummer: str, gevraagd: str, ontvangen: date, doorlooptijd: str, naam: str = "") -> list[Alinea]:
    """What it says."""
    duur = parse_duur(doorlooptijd)
    uiterlijk = None if duur is None else end_of_term(duur.after(ontvangen))
    termijn = (
        f"Volgens de wet krijgt u uiterlijk op {_day(uiterlijk)} antwoord. Hebben wij meer tijd nodig? Dan laten wij"
        " u dat voor die dag weten."
        if uiterlijk is not None
        else "Wij laten u weten wanneer u antwoord krijgt."
    )
    return [
        Alinea(TITEL, Stijl.KOP),
        Alinea(f"Zaaknummer: {nummer}"),
        Alinea(f"Ontvangen op: {_day(ontvangen)}", Stijl.FEIT),
        Alinea(f"Waar het over gaat: {gevraagd}", Stijl.FEIT),
        Alinea(f"Beste {naam}," if naam else "Beste heer of mevrouw,"),
        Alinea("Wij hebben uw verzoek ontvangen en gaan ermee aan de slag."),
        Alinea(termijn),
        Alinea(
            "Hebt u een vraag? Bel of mail ons dan en noem het zaaknummer. Dan weten wij meteen waar het over gaat."
        ),
        Alinea("Met vriendelijke groet,\nuw gemeente"),
    ]


def kind_for(documenttypen: tuple[Documenttype, ...]) -> Documenttype | None:
    """As what kind of document it is kept: by its name, else the first one that goes out; None where none does."""
    named = (soort for soort in documenttypen if soort.omschrijving.casefold() == TITEL.casefold())
    going = (soort for soort in documenttypen if soort.richting == "uitgaand")
    return next(named, None) or next(going, None)


def _day(dag: date) -> str:
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"
