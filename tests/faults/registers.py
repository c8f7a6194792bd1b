"""What a round may have changed, as plain values: everything that the checker compares with what was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class Geregistreerd(msgspec.Struct):
    """One klantcontact with everything under it."""

    uuid: str
    nr: int  # of its event in the change feed, which is numbered in commit order
    onderwerp: str
    inhoud: str
    contact: str
    betrokkenen: list[tuple[str, str]] = []  # (uuid, partij)
    nummers: list[str] = []  # given in this contact
    taken: list[str] = []  # gevraagde handelingen
    actoren: int = 0
    over: list[str] = []  # the contacts and zaken that it names
    notitie: str = ""  # the callback note that it is an attempt of
    resultaat: str = ""


class Notitie(msgspec.Struct):
    """One internetaak with what is kept beside it. `pogingen` are (resultaat, toelichting, klantcontact)."""

    klantcontact: str
    is_klaar: bool
    door: str = ""
    partij: str = ""
    resultaat: str = ""
    pogingen: list[tuple[str, str, str]] = []


class Zaak(msgspec.Struct):
    """One zaak with what is under it. `rollen` are the BSNs, `eigenschappen` (eigenschap, waarde), sorted."""

    uuid: str
    nummer: str
    omschrijving: str
    zaaktype: str
    statussen: int = 0
    rollen: list[str] = []
    eigenschappen: list[tuple[str, str]] = []
    documenten: list[str] = []
    objecten: int = 0


class Document(msgspec.Struct, frozen=True):
    """One document; `omvang` and `sha256` are those of its stored content."""

    titel: str
    omvang: int
    sha256: str = ""


class Uitgevoerd(msgspec.Struct):
    """One command as the backend remembers it."""

    id: str
    stand: str
    soort: str
    account: str
    code: str
    afgehandeld_op: datetime | None
    resultaat: dict[str, Any] = {}


class Auditfeit(msgspec.Struct):
    """One audit line: who did what to whom. `keys` are all keys of the subject."""

    account: str
    handeling: str
    bron: str
    gelukt: bool
    keys: frozenset[tuple[str, str]]
    reden: str = ""


class Registers(msgspec.Struct):
    """Everything that a round may have changed."""

    contacten: dict[str, Geregistreerd]
    losse_taken: int
    digitale_adressen: int
    betrokkenen: int
    partij_van: dict[str, list[str]]  # BSN → partijen
    nummers_van: dict[str, list[str]]  # BSN → telephone numbers of the partij
    organisaties: dict[str, int]  # name → how many
    opdrachten: dict[str, Uitgevoerd]
    audit: list[Auditfeit]
    notities: dict[str, Notitie] = {}
    zaken: dict[str, Zaak] = {}
    documenten: dict[str, Document] = {}
