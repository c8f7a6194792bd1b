"""`/kcs/api/v1/bestanden`: a seat hands over a file in pieces, and goes on where it was after a lost connection.

A file is its sender's alone until a document has it: for anybody else it is not there.
"""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Router, delete, get, post, put
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_refused
from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.bestanden.onderzoek import FUNCTIE, new_stand
from kcs_desktop.backend.bestanden.opslag import STUK, Bestand, refused
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.opdrachten.lezen import read_body
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.backend.schema import ANTWOORD, INVOER
from kcs_desktop.backend.standards.objecten.fields import parse_uuid
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters
from kcs_desktop.domain.bestand import check_mediatype, clean_naam, judge, mediatype_of
from kcs_desktop.domain.bestandsoverdracht import Bestandsklaar, Bestandsopgave, Bestandsstand, Bestandstand
from kcs_desktop.domain.errors import Forbidden, NotFound
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.rechten import Recht

AnyRequest = Request[Any, Any, Any]
_ONE = "/kcs/api/v1/bestanden/{bestand:str}"
_OCTETS = "application/octet-stream"


def router(kern: Kern) -> Router:
    """Mount the intake."""

    async def allowed(request: AnyRequest, bestand: str) -> tuple[Verzoek, str]:
        """Who asks, and the id in its own spelling. Raises Forbidden, audited, without a right to add to a dossier."""
        verzoek = current(request)
        refuse_unknown_parameters(request, ())
        uuid = parse_uuid(bestand)
        if not (verzoek.wie.mag(FUNCTIE, Recht.WIJZIGEN) or verzoek.wie.mag("zaken", Recht.WIJZIGEN)):
            refusal = Forbidden("Met uw rol mag u geen bestanden toevoegen.")
            line = _line(verzoek, "geregistreerd", uuid or "")
            await record_refused(kern.db, msgspec.structs.replace(line, reden=refusal.code))
            raise refusal
        if uuid is None:
            raise InvalidBody([InvalidParam("id", "invalid", "Dit is geen geldig bestandsnummer (UUID).")])
        return verzoek, uuid

    @put(_ONE, opt={INVOER: Bestandsopgave, ANTWOORD: Bestandsstand})
    async def begin(request: AnyRequest, bestand: FromPath[str]) -> Bestandsstand:
        verzoek, uuid = await allowed(request, bestand)
        opgave = await read_body(request, Bestandsopgave)
        maximum = kern.settings.bestand_maximum
        if opgave.omvang > maximum:
            raise refused(
                "bestand-te-groot",
                "Dit bestand is te groot.",
                f"Een bestand mag hoogstens {maximum // STUK or 1} MB zijn. Er is niets verstuurd.",
            )
        naam = clean_naam(opgave.naam)
        mediatype = check_mediatype(opgave.mediatype) or mediatype_of(naam)
        async with kern.db.write() as unit:
            is_new = await opslag.find(unit.session, uuid) is None
            if is_new:
                room = max(maximum, kern.settings.bestanden_per_medewerker)
                await opslag.require_room(unit, verzoek.wie.id, opgave.omvang, room)
            made = await opslag.begin(unit, uuid, verzoek.wie.id, naam, mediatype, opgave.omvang)
            if is_new:
                unit.audit(_line(verzoek, "geregistreerd", uuid))
            return await _stand(unit.session, made)

    @get(_ONE, opt={ANTWOORD: Bestandsstand})
    async def show(request: AnyRequest, bestand: FromPath[str]) -> Bestandsstand:
        verzoek, uuid = await allowed(request, bestand)
        async with kern.db.read() as session:
            return await _stand(session, await _own(session, uuid, verzoek.wie))

    @put(_ONE + "/stukken/{nr:int}", status_code=204, opt={"inhoud": (_OCTETS,)})
    async def put_piece(request: AnyRequest, bestand: FromPath[str], nr: FromPath[int]) -> None:
        verzoek, uuid = await allowed(request, bestand)
        inhoud = await request.body()
        async with kern.db.write() as unit:
            await opslag.put_piece(unit, await _own(unit.session, uuid, verzoek.wie), nr, inhoud)

    @post(_ONE + "/klaar", status_code=200, opt={INVOER: Bestandsklaar, ANTWOORD: Bestandsstand})
    async def finish(request: AnyRequest, bestand: FromPath[str]) -> Bestandsstand:
        verzoek, uuid = await allowed(request, bestand)
        klaar = await read_body(request, Bestandsklaar)
        async with kern.db.read() as session:
            found = await _own(session, uuid, verzoek.wie)
            if found.stand == Bestandstand.ONTVANGEN:
                await opslag.require_whole(session, found)
        if found.stand == Bestandstand.ONTVANGEN:
            # Outside of a transaction: reading it back may take long, and what is whole does not change.
            made = await opslag.digest(opslag.read_slowly(kern.db, found))
            _refuse_other(made.sha256, klaar)
            judged = judge(found.naam, made.begin, found.mediatype)
            if judged.geweigerd:
                raise refused("soort-geweigerd", "Dit soort bestand wordt niet aangenomen.", judged.melding)
            async with kern.db.write() as unit:
                await opslag.complete(unit, found, made.sha256, judged.mediatype, new_stand(kern.settings))
                unit.emit(Wijziging("bestand", uuid, "gewijzigd", FUNCTIE, ()))
        else:
            _refuse_other(found.sha256, klaar)
        async with kern.db.read() as session:
            return await _stand(session, await _own(session, uuid, verzoek.wie))

    @delete(_ONE, status_code=204)
    async def drop(request: AnyRequest, bestand: FromPath[str]) -> None:
        verzoek, uuid = await allowed(request, bestand)
        async with kern.db.write() as unit:
            found = await _own(unit.session, uuid, verzoek.wie, lock=True)
            if found.gebruikt:
                raise refused("bestand-gebruikt", "Dit bestand hoort al bij een document.", "Er is niets gewijzigd.")
            await opslag.drop(unit, [uuid])
            unit.audit(_line(verzoek, "verwijderd", uuid))

    return Router(path="/", route_handlers=[begin, show, put_piece, finish, drop])


async def _own(session: AsyncSession, uuid: str, wie: Principal, *, lock: bool = False) -> Bestand:
    """Raises NotFound, also for what somebody else sent."""
    found = await opslag.find(session, uuid, lock=lock)
    if found is None or found.eigenaar != wie.id:
        raise NotFound("Dit bestand is hier niet bekend.", advice="Begin het bestand opnieuw.")
    return found


async def _stand(session: AsyncSession, found: Bestand) -> Bestandsstand:
    return Bestandsstand(
        found.id,
        found.naam,
        found.mediatype,
        found.omvang,
        STUK,
        tuple(await opslag.received(session, found.id)),
        Bestandstand(found.stand),
        found.reden,
    )


def _refuse_other(sha256: str, klaar: Bestandsklaar) -> None:
    if sha256 != klaar.sha256:
        raise _changed()


def _changed() -> HttpProblem:
    return refused(
        "inhoud-anders",
        "De inhoud is niet wat werd aangekondigd.",
        "Is het bestand intussen gewijzigd? Voeg het opnieuw toe.",
    )


def _line(verzoek: Verzoek, handeling: str, uuid: str) -> Auditregel:
    return Auditregel(verzoek.wie, handeling, "bestand", uuid, verzoek.doelbinding, bron="kcs")
