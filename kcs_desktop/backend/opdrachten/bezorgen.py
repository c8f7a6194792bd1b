"""A file that was received here, as a document of a register elsewhere: what is asked of that register, call by call.

A stored step names the file and its hash. What reads the content is the call itself, outside of every transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.opdrachten.stap import Daad
from kcs_desktop.backend.standards.documenten.inhoud import Verwijzing
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.backend.standards.port import Resource

MAX_INLINE = 4 * opslag.STUK  # bytes that go along in the body; what is larger follows in parts
Ask = Callable[[Daad, str, Mapping[str, Any]], Resource]


async def deliver(
    unit: UnitOfWork, body: Mapping[str, Any], given: Verwijzing, ask: Ask, hold: Callable[[str], None]
) -> Resource:
    """The document, whole. Raises what `opslag.usable` does, and what `ask` and `hold` do.

    A large one is made empty, and under lock: filled, each time from what is there already, and then unlocked.
    """
    bestand = await opslag.usable(unit.session, given.bestand, given.eigenaar)
    hold(f"bestand {bestand.id}")  # no other command may make a document of it meanwhile
    named = {"bestandsnaam": bestand.naam, "formaat": bestand.mediatype} | dict(body)
    named |= {"bestandsomvang": bestand.omvang, "inhoud": None}
    content = {"bestand": bestand.id, "sha256": bestand.sha256}
    if bestand.omvang <= MAX_INLINE:
        made = ask(Daad.CREATE, "", named | {"inhoud": content})
    else:
        made = ask(Daad.CREATE, "", named)
        uuid, lock = uuid_in(str(made["url"])), {"lock": made["lock"]}
        while ask(Daad.FILL, uuid, content | lock | {"omvang": bestand.omvang, "grootste": made["grootste"]})["over"]:
            pass
        ask(Daad.UNLOCK, uuid, lock | {"omvang": bestand.omvang})
    await opslag.hand_over(unit, bestand.id)
    return made
