"""A document on its way into a dossier: chosen at the seat, sent in pieces, scanned, linked to a zaak."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import msgspec

from kcs_desktop.domain.bestand import clean_naam, extension_of
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.tekst import one_line
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaaktype import Documenttype

MAXIMUM = 4 * 1024**3  # bytes of one file
MAX_TITEL = 200  # of the Documenten API


class Toevoegstand(StrEnum):
    """How far it is."""

    WACHT = "wacht"  # for a connection, or for those before it
    VERSTUURT = "verstuurt"
    ONDERZOEK = "onderzoek"
    GEREED = "gereed"  # the backend has the file; it waits for the employee's word, or for its zaak
    KOPPELT = "koppelt"  # its command is in the outbox; `is_apart` where no outcome comes by itself
    TOEGEVOEGD = "toegevoegd"
    BESMET = "besmet"
    MISLUKT = "mislukt"


UNDER_WAY = frozenset({Toevoegstand.WACHT, Toevoegstand.VERSTUURT, Toevoegstand.ONDERZOEK})
ENDED = frozenset({Toevoegstand.TOEGEVOEGD, Toevoegstand.BESMET, Toevoegstand.MISLUKT})
NOTHING_LEFT = frozenset({Toevoegstand.TOEGEVOEGD, Toevoegstand.BESMET})  # to lose, or to try once more


class Toevoeging(msgspec.Struct, frozen=True, omit_defaults=True):
    """`id` is that of the file, `opdracht` the command that links it. `zaak` may still have to be made: it then has the
    id of its draft in the place of a uuid. `aanmaking` is the command that made it.

    `melding` says what is odd about the file, `reden` why it stands where it stands. `bevestigd`: the employee said
    that it belongs here; before that only the file is sent. `is_apart`: its command was set apart, and nobody knows
    whether the document was added; it stays what was sent.
    """

    id: str
    opdracht: str
    zaak: Zaakverwijzing
    naam: str
    omvang: int
    gemaakt_op: datetime
    mediatype: str = ""
    melding: str = ""
    titel: str = ""
    informatieobjecttype: str = ""  # uuid
    vertrouwelijkheidaanduiding: str = ""
    beschrijving: str = ""
    ontvangstdatum: date | None = None
    bevestigd: bool = False
    stand: Toevoegstand = Toevoegstand.WACHT
    verstuurd: int = 0  # bytes
    is_onderzocht: bool = False
    reden: str = ""
    document: str = ""  # uuid, once it is added
    aanmaking: str = ""
    contact: str = ""  # these three: why it is added, for the audit trail
    product: str = ""
    kanaal: str = ""
    is_apart: bool = False

    @property
    def procent(self) -> int:
        """How much of it is sent; 100 only when all of it is."""
        return 100 if self.verstuurd >= self.omvang else min(99, self.verstuurd * 100 // max(1, self.omvang))


def missing_in(al: Toevoeging) -> InvalidInput | None:
    """What the employee still has to say of it before it can be added."""
    if not al.titel.strip():
        return InvalidInput("Vul een titel in.", field=f"{al.id}.titel")
    if not al.informatieobjecttype:
        return InvalidInput("Kies wat voor document dit is.", field=f"{al.id}.informatieobjecttype")
    return None


def title_of(naam: str) -> str:
    """What a document is called until somebody says better: its file name in words, without the extension."""
    schoon = clean_naam(naam)
    extensie = extension_of(schoon)
    stam = schoon[: -len(extensie) - 1] if extensie and len(extensie) <= 5 else schoon
    return one_line(stam.replace("_", " "), MAX_TITEL) or "Document"


def incoming_first(soorten: Iterable[Documenttype]) -> tuple[Documenttype, ...]:
    """The kinds of document in the order in which they are offered: what a customer hands over comes in."""
    return tuple(sorted(soorten, key=lambda al: al.richting not in {"", "inkomend"}))


def type_for(naam: str, soorten: tuple[Documenttype, ...]) -> Documenttype | None:
    """The kind of document that is proposed: one that the name speaks of, or the only one there is; else none."""
    if len(soorten) == 1:
        return soorten[0]
    titel = _words(title_of(naam))
    inkomend = [al for al in soorten if al.richting in {"", "inkomend"}] or list(soorten)
    genoemd = [al for al in inkomend if al.omschrijving.strip() and _words(al.omschrijving) in titel]
    return max(genoemd, key=lambda al: len(al.omschrijving), default=None)


def _words(text: str) -> str:
    """Whole words with a space around each, to look for: "foto" is not in "fotokopie"."""
    return f" {' '.join(''.join(teken if teken.isalnum() else ' ' for teken in text.lower()).split())} "
