"""The audit of a call upstream: the intent is committed before it, the outcome after it. No intent, no call.

An answer leaves only when its outcome is committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_intents, record_outcomes, record_refused
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.domain.errors import Forbidden, KcsError
from kcs_desktop.domain.rechten import Recht

Subject = tuple[str, str]  # soort and value, as Auditregel names them
AFGEBROKEN = "afgebroken"


class Gezien(msgspec.Struct, frozen=True):
    """Who an answer turned out to be about: `onderwerpen` of a search, `verwant` other keys of the one asked for.

    `anderen` are, per subject, others of whom the answer tells too (the children of a parent).
    """

    onderwerpen: tuple[Subject, ...] = ()
    verwant: tuple[Subject, ...] = ()
    anderen: Mapping[Subject, tuple[Subject, ...]] = {}


class Vraag(msgspec.Struct, frozen=True):
    """What is going to be asked: `onderwerpen` are the customers that the question itself names."""

    verzoek: Verzoek
    bron: str
    handeling: str
    onderwerpen: Sequence[Subject]
    soort: str = ""  # of a line that names nobody

    def regels(self, onderwerpen: Sequence[Subject] = (), *, reden: str = "") -> list[Auditregel]:
        """A line per customer; one without where nobody is known."""
        subjects = onderwerpen or self.onderwerpen or [(self.soort, "")]
        return [
            Auditregel(
                self.verzoek.wie,
                self.handeling,
                soort,
                waarde,
                self.verzoek.doelbinding,
                gelukt=not reden,
                reden=reden,
                bron=self.bron,
            )
            for soort, waarde in dict.fromkeys(subjects)
        ]


async def require(db: Database, vraag: Vraag, functies: set[str], recht: Recht) -> None:
    """Raises Forbidden where one of these rights is missing, which is noted."""
    try:
        for functie in sorted(functies):
            vraag.verzoek.wie.require(functie, recht)
    except Forbidden as error:
        await refused(db, vraag, error.code)
        raise


async def refused(db: Database, vraag: Vraag, reden: str) -> None:
    """Note a question that was not allowed and therefore never asked."""
    for regel in vraag.regels(reden=reden):
        await record_refused(db, regel)


async def recorded(
    db: Database, vraag: Vraag, call: Callable[[], Awaitable[Antwoord]], seen: Callable[[Antwoord], Gezien]
) -> Antwoord:
    """Intent, call, outcome. Raises what the call raises, after its outcome is noted."""
    intents = await record_intents(db, vraag.regels())
    try:
        antwoord = await call()
    except (HttpProblem, KcsError) as error:
        await _concluded(db, vraag, intents, reden=error.code)
        raise
    except BaseException:
        # Also when the caller went away: the register may have been asked.
        await asyncio.shield(_concluded(db, vraag, intents, reden=AFGEBROKEN))
        raise
    if antwoord.is_error and antwoord.status != 404:  # "not found" is an answer
        await _concluded(db, vraag, intents, reden=antwoord.code)
    else:
        await _concluded(db, vraag, intents, seen(antwoord))
    return antwoord


async def _concluded(
    db: Database, vraag: Vraag, intents: Sequence[str], gezien: Gezien | None = None, *, reden: str = ""
) -> None:
    gezien = gezien or Gezien()
    if vraag.onderwerpen:
        regels = vraag.regels(reden=reden)
        lines = list(zip(intents, regels, strict=True))
    else:
        lines = [(intents[0], regel) for regel in vraag.regels(gezien.onderwerpen, reden=reden)]
    await record_outcomes(db, [(intent, _completed(regel, gezien)) for intent, regel in lines])


def _completed(regel: Auditregel, gezien: Gezien) -> Auditregel:
    anderen = gezien.anderen.get((regel.onderwerp_soort, regel.onderwerp), ())
    return msgspec.structs.replace(regel, verwant=gezien.verwant, gezien=anderen)
