"""`POST /kcs/api/v1/meekijkers`: tell at which customer this session is, and hear who else is there.

The customer's keys travel in the body: they may be a BSN, and stand in no URL, no log and no event.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler

from kcs_desktop.backend.accounts.sleutels import Sleutels
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.meekijkers.store import FUNCTIE, note, others, subjects
from kcs_desktop.backend.opdrachten.lezen import read_body
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.schema import INVOER
from kcs_desktop.backend.verzoek import current, refuse_other_content, refuse_unknown_parameters
from kcs_desktop.domain.errors import Forbidden
from kcs_desktop.domain.klant import KlantSleutel, SoortKlant
from kcs_desktop.domain.meekijker import Bezigheid, Gezelschap

Kort = Annotated[str, msgspec.Meta(max_length=64)]


class Klantkeuze(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys by which the seat knows the customer; at least one."""

    soort: SoortKlant
    partij: Kort = ""
    bsn: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{9})?$")] = ""
    kvk_nummer: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{8})?$")] = ""
    vestigingsnummer: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{12})?$")] = ""
    rsin: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{9})?$")] = ""


class Melding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`bezigheid` "weg": this session left."""

    klant: Klantkeuze
    bezigheid: Literal["kijkt", "typt", "weg"]


def handler(kern: Kern, sleutels: Sleutels) -> HTTPRouteHandler:
    """The one route."""

    @post("/kcs/api/v1/meekijkers", status_code=200, tags=["meekijkers"], opt={INVOER: Melding})
    async def meekijkers(request: Request[Any, Any, Any]) -> Gezelschap:
        wie = current(request).wie
        if wie.soort != "medewerker":
            raise Forbidden("Dit kan alleen een medewerker.")
        wie.require(FUNCTIE)
        refuse_unknown_parameters(request, ())
        refuse_other_content(request.scope)
        melding = await read_body(request, Melding)
        sleutel = msgspec.convert(melding.klant, KlantSleutel, from_attributes=True)
        async with kern.db.write() as unit:
            _, key = await sleutels.current(unit)
            onderwerpen = subjects(sleutel, key)
            if not onderwerpen:
                raise InvalidBody(
                    [InvalidParam("klant", "required", "Noem de klant.")], "De gegevens zijn niet goed ingevuld."
                )
            await note(unit, wie, onderwerpen, None if melding.bezigheid == "weg" else Bezigheid(melding.bezigheid))
            return Gezelschap(onderwerpen, await others(unit, wie, onderwerpen))

    return meekijkers
