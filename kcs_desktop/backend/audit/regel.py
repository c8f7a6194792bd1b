"""One line of the audit trail, as the acting code states it."""

from __future__ import annotations

import msgspec

from kcs_desktop.backend.principal import Principal


class Auditregel(msgspec.Struct, frozen=True):
    """`onderwerp_soort` is bsn, kvk_nummer, vestigingsnummer, rsin, partij, klantcontact or zaak; `onderwerp` is its
    value.

    `handeling` is what was done in the words of the audit screen: geraadpleegd, gezocht, gewijzigd, geregistreerd.
    `verwant` are other keys of the same subject that the acting code knows (("bsn", …) with a look at a partij).
    `gezien` are keys of others who stood in the answer, as the hits of a search: the line is found under them too.
    A refused or failed act has `gelukt` False and says why in `reden` (a code, never personal data).
    """

    wie: Principal
    handeling: str
    onderwerp_soort: str
    onderwerp: str
    doelbinding: str = ""
    gelukt: bool = True
    reden: str = ""
    bron: str = ""  # the register: brp, kvk, klantinteracties
    verwant: tuple[tuple[str, str], ...] = ()
    gezien: tuple[tuple[str, str], ...] = ()
