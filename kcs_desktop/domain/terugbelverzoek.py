"""What a callback note says: number, moment, answers and explanation in one text, as other software shows it.

The standard has one field for it (`toelichting` of the internetaak), so they share its limit.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from kcs_desktop.domain.catalogus import Catalogus, Lijstvraag
from kcs_desktop.domain.klantcontact import MAX_TOELICHTING, Antwoord, Terugbelverzoek
from kcs_desktop.domain.tekst import shorten
from kcs_desktop.domain.telefoonnummer import written_telefoonnummer


def as_text(verzoek: Terugbelverzoek) -> str:
    """The text of the note."""
    nummer = written_telefoonnummer(verzoek.telefoonnummer)
    parts = [
        f"Telefoonnummer: {nummer}" if nummer else "",
        f"Voorkeursmoment: {verzoek.voorkeursmoment}" if verzoek.voorkeursmoment else "",
        *(f"{al.vraag.rstrip('?: ')}: {al.antwoord}" for al in verzoek.antwoorden if al.antwoord),
        verzoek.toelichting,
    ]
    return "\n".join(part for part in parts if part)


def room_for_toelichting(verzoek: Terugbelverzoek) -> int:
    """How many characters the explanation may have beside this number and moment."""
    return max(0, MAX_TOELICHTING + 1 - len(as_text(msgspec.structs.replace(verzoek, toelichting="."))))


def toelichting_from(notitie: str, verzoek: Terugbelverzoek) -> str:
    """The note of the vraag as the explanation of its callback note."""
    return shorten(notitie.strip(), room_for_toelichting(verzoek))


def questions_for(verzoek: Terugbelverzoek, catalogus: Catalogus) -> tuple[Lijstvraag, ...]:
    """What to ask before this note is left: the list of its department, or of the department of its group."""
    return catalogus.vragensets.get(verzoek.afdeling or catalogus.groepen.get(verzoek.groep, ""), ())


def promised_by(verzoek: Terugbelverzoek, catalogus: Catalogus, nu: datetime) -> datetime | None:
    """Until when the customer may be promised a call, as the backend will keep it; None where the seat cannot know: no
    norm, nobody chosen yet, or a colleague whose department has one of its own."""
    normen = catalogus.terugbelnormen
    afdeling = verzoek.afdeling or catalogus.groepen.get(verzoek.groep, verzoek.groep)
    if normen is None or not (afdeling or verzoek.medewerker) or (not afdeling and normen.per_afdeling):
        return None
    return normen.deadline(afdeling, nu)


def answer_to(verzoek: Terugbelverzoek, vraag: str) -> str:
    """What was answered to this question; "" where nothing was."""
    return next((al.antwoord for al in verzoek.antwoorden if al.vraag == vraag), "")


def with_answer(verzoek: Terugbelverzoek, vraag: str, antwoord: str) -> Terugbelverzoek:
    """The request with this answer in place of the former; an empty one goes."""
    others = tuple(al for al in verzoek.antwoorden if al.vraag != vraag)
    antwoorden = (*others, Antwoord(vraag, antwoord)) if antwoord else others
    return msgspec.structs.replace(verzoek, antwoorden=antwoorden)


def asked_only(verzoek: Terugbelverzoek, catalogus: Catalogus) -> Terugbelverzoek:
    """Without the answers to questions of another department that was chosen before, in the order of the list."""
    vragen = questions_for(verzoek, catalogus)
    antwoorden = tuple(Antwoord(al.vraag, text) for al in vragen if (text := answer_to(verzoek, al.vraag)))
    return msgspec.structs.replace(verzoek, antwoorden=antwoorden)
