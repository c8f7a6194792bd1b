"""What the tab needs to stand again exactly as it stood: shown customer, forms with their text, selection, scroll.

One JSON text per contact. A text of another version or a broken one gives the start view, never an error.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from kcs_desktop.sdk import Getypt, Klantverwijzing, Schermtoestand
from plugins.klant.registreren import Registratieformulier
from plugins.klant.wijzigen import Wijzigformulier


class Pagina(StrEnum):
    START = "start"
    BEELD = "beeld"
    REGISTREREN = "registreren"


class Toestand(Schermtoestand, omit_defaults=True):
    """`bovenste` is the id of the first visible contact row; `leest` whether the text of the chosen one is open.

    `opdracht` is the command that the registration left with: without it the form would be sent a second time.
    """

    pagina: Pagina = Pagina.START
    klant: Klantverwijzing | None = None
    geselecteerd: str = ""
    bovenste: str = ""
    leest: bool = False
    formulier: Wijzigformulier | None = None
    registratie: Registratieformulier | None = None
    opdracht: str = ""
    schuif: int = 0  # how far the page, or the open form, is scrolled

    @property
    def has_typed(self) -> bool:
        """Whether something stands in a form that is nowhere else."""
        return any(form is not None and form.is_changed() for form in (self.formulier, self.registratie))


def to_text(toestand: Toestand) -> str:
    return msgspec.json.encode(msgspec.structs.replace(toestand, getypt=_typed(toestand))).decode()


def from_text(text: str) -> Toestand:
    try:
        return msgspec.json.decode(text, type=Toestand)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError):
        return Toestand()


def _typed(toestand: Toestand) -> tuple[Getypt, ...]:
    """Of the forms only what did not leave in a command: that one is work by itself."""
    formulier, registratie = toestand.formulier, toestand.registratie
    found = []
    if formulier is not None and formulier.is_changed():
        found.append(Getypt(f"Contactgegevens van {formulier.klant.naam}", formulier.lines()))
    if registratie is not None and registratie.is_changed() and not toestand.opdracht:
        found.append(Getypt(registratie.titel, registratie.lines()))
    return tuple(found)
