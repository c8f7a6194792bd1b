"""Whom an answer of Klantinteracties is about, read from the answer itself: upstream there are no tables to ask."""

from __future__ import annotations

from typing import Any

from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.vastleggen import Gezien, Subject
from kcs_desktop.backend.standards.klantinteracties.identificatoren import SOORTEN

_NAMES_PARTIJ = frozenset(
    {
        "wasPartij",
        "verstrektDoorPartij",
        "vertegenwoordigendePartij",
        "vertegenwoordigdePartij",
        "identificeerdePartij",
        "partij",
    }
)


def seen_in(resource: str, antwoord: Antwoord, found_by: Subject | None = None) -> Gezien:
    """Every partij in it; and the other keys of the one customer, where it is about one.

    `found_by` is the customer asked for where the rows are about others: theirs are no other keys of his.
    """
    gegevens = antwoord.gegevens
    results = gegevens.get("results")
    rows = results if isinstance(results, list) else [gegevens]
    named = [str(row["uuid"]) for row in rows if isinstance(row, dict) and isinstance(row.get("uuid"), str)]
    partijen = dict.fromkeys(named) if resource == "partijen" else {}
    keys: dict[Subject, None] = {}
    waiting: list[Any] = list(rows)
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            waiting.extend(value for value in part.values() if isinstance(value, (dict, list)))
            for name in _NAMES_PARTIJ & part.keys():
                if isinstance(part[name], dict) and isinstance(part[name].get("uuid"), str):
                    partijen[part[name]["uuid"]] = None
            if (key := _key_in(part.get("partijIdentificator"))) is not None:
                keys[key] = None
    found = tuple(("partij", uuid.lower()[:36]) for uuid in partijen)
    if found_by is not None:
        return Gezien(anderen={found_by: tuple(one for one in found if one != found_by)})
    is_about_one = resource == "partijen" and len(rows) == 1
    return Gezien(found, (*found[:1], *keys) if is_about_one else ())


def _key_in(identificator: Any) -> Subject | None:
    if not isinstance(identificator, dict):
        return None
    soort, waarde = identificator.get("codeSoortObjectId"), identificator.get("objectId")
    return (soort, waarde[:200]) if soort in SOORTEN and isinstance(waarde, str) and waarde else None
