"""One call of a command to a register upstream: what is asked, what became of it, and how an error is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

import msgspec

from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.domain.errors import Conflict, InvalidInput, NotFound, UserError


class Daad(StrEnum):
    """What a handler asks of a register; those below `HAS` change something. `FILL` sends content that a document still
    lacks, `UNLOCK` says that it is whole."""

    GET = "get"
    FIND = "find"
    UUIDS = "uuids"
    HAS = "has"
    CREATE = "create"
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    FILL = "fill"
    UNLOCK = "unlock"


READS = frozenset({Daad.GET, Daad.FIND, Daad.UUIDS, Daad.HAS})
MAKES = frozenset({Daad.CREATE, Daad.ADD})
COMPLETES = frozenset({Daad.FILL, Daad.UNLOCK})  # what was made by an earlier step, and goes with it


class Stand(StrEnum):
    """`VOORGENOMEN`: the intent stands, whether it was carried out must be looked up."""

    VOORGENOMEN = "voorgenomen"
    GEDAAN = "gedaan"
    GEWEIGERD = "geweigerd"


class Vraag(msgspec.Struct, frozen=True):
    """`lichaam` is the body of a write, the filters of a list."""

    register: str
    daad: Daad
    resource: str
    uuid: str = ""
    lichaam: dict[str, Any] = {}

    @property
    def is_write(self) -> bool:
        return self.daad not in READS

    @property
    def pad(self) -> str:
        return f"{self.resource}/{self.uuid}" if self.uuid else self.resource

    @property
    def sha256(self) -> str:
        return hashlib.sha256(msgspec.json.encode(self.lichaam, order="deterministic")).hexdigest()

    def is_like(self, other: Vraag) -> bool:
        """The same call; of a write the body may have come to differ in a detail, what was sent stands."""
        same = (self.register, self.daad, self.pad) == (other.register, other.daad, other.pad)
        return same and (self.is_write or self.sha256 == other.sha256)


class Stap(msgspec.Struct, frozen=True):
    """`waarde` is the answer, `fout` the refusal that stands for it.

    `verzoeken` counts the requests made, with the one that is about to be made; `gevraagd_op` is when the one before
    it began, and `onzeker` whether that one may have reached the register or still may. `gevonden`: what it was to make
    stood there already, of this command before its steps were lost.
    """

    nr: int
    vraag: Vraag
    stand: Stand = Stand.VOORGENOMEN
    sleutel: str = ""
    waarde: Any = None
    fout: dict[str, Any] | None = None
    verzoeken: int = 0
    onzeker: bool = False
    gevraagd_op: datetime | None = None
    gevonden: bool = False

    @property
    def made(self) -> str:
        """The uuid of what this step made; "" for any other step."""
        if self.stand is not Stand.GEDAAN or self.vraag.daad not in MAKES:
            return ""
        if not isinstance(self.waarde, dict):
            return str(self.waarde)
        own = self.waarde.get("uuid") or str(self.waarde.get("url") or "").rpartition("/")[2]
        return str(own)


class Uitslag(msgspec.Struct, frozen=True):
    """What a call ended in: an answer, or a refusal of the register; `bezet`: our number is another object's,
    `gevonden`: it stood there before the first request."""

    waarde: Any = None
    fout: dict[str, Any] | None = None
    bezet: bool = False
    gevonden: bool = False


class Onzeker(Exception):
    """No verdict, and the register may have carried the call out or still be at it. `problem` is what to tell."""

    def __init__(self, problem: HttpProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class NogNiet(Exception):
    """Nothing was sent: an earlier request may still be under way, and what it makes has no key to be found by."""

    def __init__(self, problem: HttpProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Context(msgspec.Struct, frozen=True):
    """What a call may know of the command it belongs to: `eerder` is what its other steps made, `gezien` how the
    object that changes was last read, `nu` the time, `is_herhaald` whether something of it stood there already."""

    verzoek: Verzoek
    nu: datetime
    eerder: Collection[str] = ()
    gezien: dict[str, Any] | None = None
    opdracht: str = ""
    is_herhaald: bool = False


class Upstream(Protocol):
    """A register elsewhere, one call at a time, outside every transaction."""

    naam: str
    rest: timedelta  # for as long after it began, a request without an answer may still be at work

    async def carry_out(self, stap: Stap, context: Context) -> Uitslag:
        """Carry the step out exactly once, also where it was tried before. Raises Onzeker, NogNiet, or the HttpProblem
        of a call that certainly had no effect."""
        ...

    def key_for(self, vraag: Vraag, opdracht: str, volgnr: int, poging: int) -> str:
        """The number that a new object gets, the same each time it is asked; "" where the standard has none. `volgnr`
        is its place among the objects of its kind that the command makes."""
        ...

    def longest(self, vraag: Vraag) -> timedelta:
        """How long this call may take, with its look-ups."""
        ...

    def stays(self, vraag: Vraag) -> bool:
        """Whether what this made is of use without the command: an actor, a customer."""
        ...

    def announced(self, resource: str) -> tuple[str, str]:
        """(soort, functie) of its changes in the feed."""
        ...


def as_json(error: Exception) -> dict[str, Any]:
    """A refusal as it is kept with its step."""
    if isinstance(error, InvalidBody):
        return {"soort": "invoer", "bericht": error.message, "velden": [msgspec.to_builtins(p) for p in error.params]}
    if isinstance(error, Conflict):
        return {"soort": "conflict", "bericht": error.message, "gezien": error.seen, "huidig": error.current}
    if isinstance(error, NotFound):
        return {"soort": "weg", "bericht": error.message}
    if isinstance(error, HttpProblem):
        return {
            "soort": "fout",
            "status": error.status,
            "code": error.code,
            "titel": error.title,
            "bericht": error.detail,
            "meer": error.extra,
        }
    message = error.message if isinstance(error, UserError) else "Dit kan niet."
    code = error.code if isinstance(error, UserError) else "fout"
    advice = error.advice if isinstance(error, UserError) else ""
    field = error.field if isinstance(error, InvalidInput) else ""
    return {"soort": "anders", "bericht": message, "advies": advice, "code": code, "veld": field}


def as_error(kept: dict[str, Any]) -> UserError | HttpProblem:
    """The refusal again, as it was raised."""
    bericht = str(kept["bericht"])
    match kept["soort"]:
        case "invoer":
            return InvalidBody([msgspec.convert(veld, InvalidParam) for veld in kept["velden"]], bericht)
        case "conflict":
            return Conflict(bericht, seen=kept["gezien"], current=kept["huidig"])
        case "weg":
            return NotFound(bericht)
        case "fout":
            return HttpProblem(kept["status"], kept["code"], kept["titel"], bericht, **kept["meer"])
        case _:
            advice = str(kept.get("advies") or "")
            return InvalidInput(bericht, field=kept["veld"], code=kept["code"], advice=advice)
