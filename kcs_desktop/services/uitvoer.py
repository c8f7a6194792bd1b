"""What never reached a register, in a file that people can read: for whoever must enter it by hand or mend it.

Pure but for `write_private`. The file is plain text with personal data; only its owner may read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from kcs_desktop.cache.werkbestand import Onleesbaar, Uitgaand
from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.klantcontact import Contact
from kcs_desktop.domain.schermtoestand import Getypt, typed_in
from kcs_desktop.domain.toevoeging import NOTHING_LEFT, Toevoeging
from kcs_desktop.domain.zaakconcept import Zaakconcept
from kcs_desktop.services.halfbestand import begin, half_of

_SOORTEN = {
    "klantcontact.registreren": "Contact registreren",
    "klant.wijzigen": "Contactgegevens wijzigen",
    "klant.registreren": "Onbekende klant registreren",
    "document.toevoegen": "Document toevoegen",
    "zaak.aanmaken": "Zaak aanmaken",
    "zaak.nummer-reserveren": "Zaaknummer reserveren",
}
_STANDEN = {
    "wacht": "Wacht op verzending",
    "bezig": "Verzonden, nog zonder antwoord",
    "geweigerd": "Geweigerd",
    "apart": "Apart gezet",
}
_LABELS = {"bsn": "BSN", "kvk_nummer": "KvK-nummer", "rsin": "RSIN", "begonnen_op": "Begonnen op", "type": "Soort"}


def as_export(
    rijen: Iterable[Uitgaand],
    contacten: Iterable[Contact],
    concepten: Iterable[Onleesbaar],
    op: datetime,
    zaken: Iterable[Zaakconcept] = (),
    getypt: Iterable[Getypt] = (),
    documenten: Iterable[Toevoeging] = (),
    overig: Iterable[Onleesbaar] = (),
) -> bytes:
    """JSON with Dutch labels: everything without success, open contacts, zaken that are still to be made, documents on
    their way (not their content), what was typed without a contact, and what cannot be read as it stands."""
    open_rijen = [rij for rij in rijen if rij.opdracht is None or rij.stand != "geslaagd"]
    inhoud = {
        "Gemaakt op": op.isoformat(timespec="seconds"),
        "Opdrachten": [_readable(rij) for rij in open_rijen if rij.opdracht is not None],
        "Open contacten": [_draft(contact) for contact in contacten],
        "Zaken in voorbereiding": [_labelled(msgspec.to_builtins(concept)) for concept in zaken],
        "Documenten onderweg": [
            _labelled(msgspec.to_builtins(al)) for al in documenten if al.stand not in NOTHING_LEFT
        ],
        "Getypt zonder contact": _typed(getypt),
        "Niet leesbare opdrachten": [
            {"Kenmerk": rij.id, "Titel": rij.titel, "Sinds": _moment(rij.sinds), "Inhoud": _text(rij.ruw)}
            for rij in open_rijen
            if rij.opdracht is None
        ],
        "Niet leesbare contacten": [_unreadable(concept) for concept in concepten],
        "Niet leesbare zaken, documenten en teksten": [_unreadable(al) for al in overig],
    }
    return msgspec.json.format(msgspec.json.encode(inhoud), indent=2) + b"\n"


def _draft(contact: Contact) -> dict[str, Any]:
    """Of how the tabs stood only what was typed in them is of use to who reads it."""
    velden: dict[str, Any] = _labelled(msgspec.to_builtins(msgspec.structs.replace(contact, scherm={})))
    getypt = _typed(typed_in(contact.scherm))
    return {**velden, "Getypt": getypt} if getypt else velden


def _unreadable(al: Onleesbaar) -> dict[str, Any]:
    op = {"Gewijzigd op": al.gewijzigd_op} if al.gewijzigd_op else {}
    return {"Kenmerk": al.id, **op, "Inhoud": _text(al.ruw)}


def _typed(getypt: Iterable[Getypt]) -> list[Any]:
    return [_labelled(msgspec.to_builtins(al)) for al in getypt]


def write_private(path: Path, inhoud: bytes) -> None:
    """A new file that its owner alone may read, whole or not at all. Raises UserError in Dutch."""
    half = half_of(path)
    try:
        with begin(half) as file:
            file.write(inhoud)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as fout:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise UserError(
            f"Het bestand kon niet worden gemaakt: {fout.strerror or 'onbekende oorzaak'}.",
            code="uitvoer",
            advice="Kies een andere map. Uw werk blijft bewaard.",
        ) from fout


def _readable(rij: Uitgaand) -> dict[str, Any]:
    return {
        "Kenmerk": rij.id,
        "Titel": rij.titel,
        "Stand": _STANDEN.get(rij.stand, rij.stand),
        "Sinds": _moment(rij.sinds),
        "Pogingen": rij.pogingen,
        "Reden": rij.reden,
        "Opdracht": _labelled(msgspec.to_builtins(rij.opdracht)),
    }


def _labelled(waarde: Any) -> Any:
    if isinstance(waarde, Mapping):
        return {
            _label(str(naam)): _SOORTEN.get(deel, deel) if naam == "type" else _labelled(deel)
            for naam, deel in waarde.items()
        }
    return [_labelled(deel) for deel in waarde] if isinstance(waarde, list | tuple) else waarde


def _label(naam: str) -> str:
    woorden = naam.replace("_", " ")
    return _LABELS.get(naam, woorden[:1].upper() + woorden[1:])


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _text(ruw: bytes) -> str:
    return ruw.decode("utf-8", "backslashreplace")
