"""After each return to the seat: are the drafts of zaken as they were a second before the process died?

They are read as the contacts are, by `check_drafts`. Other than a contact, a draft stays until its zaak is made, and
what was not typed may be filled in by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tests.faults.check_drafts import History, Reading, State
from tests.faults.journal import Entry
from tests.faults.told import Kill

# What the journal says of zaken, as what it says of contacts.
_AS = {
    "start": "start",
    "bewaart": "bewaart",
    "terug": "terug",
    "zaak getypt": "getypt",
    "gaat zaak typen": "gaat typen",
    "maakt aan": "rondt af",
    "aangemaakt": "afgerond",
    "annuleert zaak": "annuleert",
    "zaak geannuleerd": "geannuleerd",
}
_SENT = "verstuurd"


class _Reading(Reading):
    what = "zaak in voorbereiding"

    def look(self, history: History, concept: dict[str, Any] | None) -> str:
        if concept is not None and concept["stand"] == _SENT:
            return "" if history.by else "is terug als verstuurd, maar niemand verstuurde haar"
        return super().look(history, concept)

    def is_allowed(self, history: History, concept: dict[str, Any], states: Sequence[dict[str, Any]]) -> bool:
        typing = history.typing["wordt"] if history.typing is not None else {}
        return any(_has(concept, state) or _has(concept, {**state, **typing}) for state in states)

    def after_return(self, history: History | None, found: State) -> History:
        if history is not None and found.contact["stand"] == _SENT:
            history.is_closed_on_disk = history.is_closed_on_disk or found.is_kept
            history.states.append(found)
            return history
        return super().after_return(history, found)

    def short(self, concept: dict[str, Any]) -> str:
        return str({key: value for key, value in concept.items() if key != "id"})


def check(seat: int, entries: Sequence[Entry], kills: Sequence[Kill]) -> tuple[list[str], set[str]]:
    """As `check_drafts.check`."""
    reading = _Reading(seat, kills)
    for entry in _of_zaken(entries):
        reading.take(entry)
    return reading.violations, reading.required


def _of_zaken(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if (wat := _AS.get(entry.wat)) is not None:
            feiten = entry.feiten
            which = feiten.get("zaak") or feiten.get("concept", "")
            meant = {**feiten, "contact": which, "contacten": feiten.get("zaken", [])}
            yield msgspec.structs.replace(entry, wat=wat, feiten=meant)


def _has(concept: Mapping[str, Any], state: Mapping[str, Any]) -> bool:
    """Whether everything that was typed stands in it."""
    answers = state.get("antwoorden", {}).items()
    return all(concept["antwoorden"].get(key) == value for key, value in answers) and all(
        concept[key] == value for key, value in state.items() if key not in {"antwoorden", "stand"}
    )
