"""`POST /kcs/api/v1/audit/inzage`: looks at a customer or a zaak from a seat's own store, told later.

They happened already, so nothing is refused for want of a right: an employee may always tell what he saw. The moment is
the seat's word, and stands beside the moment of telling.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.status_codes import HTTP_204_NO_CONTENT
from sqlalchemy import select

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.tables import Auditsleutel
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.opdrachten.lezen import read_body
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.schema import INVOER
from kcs_desktop.backend.verzoek import current, refuse_other_content, refuse_unknown_parameters
from kcs_desktop.domain.doelbinding import doelbinding
from kcs_desktop.domain.errors import Forbidden

MAX_INZAGEN = 200
BRON = "werkplek"  # the seat's own store, not a register
SLEUTEL = "inzage"  # the key under which a line is known to be there already

Kort = Annotated[str, msgspec.Meta(max_length=200)]


class Inzage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One look. At least one key names the customer or the zaak; `contact`, `kanaal` and `product` say why."""

    id: UUID
    op: Annotated[datetime, msgspec.Meta(tz=True)]
    soort: Kort
    partij: Kort = ""
    bsn: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{9})?$")] = ""
    kvk_nummer: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{8})?$")] = ""
    vestigingsnummer: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{12})?$")] = ""
    kanaal: Kort = ""
    product: Kort = ""
    contact: Kort = ""
    zaak: Kort = ""

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The zaak and the keys of the customer, as the trail names them; the one that says most comes first."""
        named = (("zaak", self.zaak), ("partij", self.partij), ("bsn", self.bsn))
        numbers = (("vestigingsnummer", self.vestigingsnummer), ("kvk_nummer", self.kvk_nummer))
        return tuple((soort, waarde) for soort, waarde in (*named, *numbers) if waarde)


class Inzagen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    inzagen: Annotated[tuple[Inzage, ...], msgspec.Meta(max_length=MAX_INZAGEN)]


def handler(kern: Kern) -> HTTPRouteHandler:
    """The one route."""

    @post("/kcs/api/v1/audit/inzage", status_code=HTTP_204_NO_CONTENT, opt={INVOER: Inzagen})
    async def inzage(request: Request[Any, Any, Any]) -> None:
        wie = current(request).wie
        if wie.soort != "medewerker":
            raise Forbidden("Dit kan alleen een medewerker.")  # an application has no store to look into
        refuse_unknown_parameters(request, ())
        refuse_other_content(request.scope)
        gemeld = (await read_body(request, Inzagen)).inzagen
        nameless = [number for number, one in enumerate(gemeld) if not one.keys]
        if nameless:
            raise InvalidBody(
                [InvalidParam(f"inzagen.{number}", "required", "Noem de klant of de zaak.") for number in nameless],
                "De gegevens zijn niet goed ingevuld.",
            )
        async with kern.db.write() as unit:
            await _note(unit, wie, gemeld)

    return inzage


async def _note(unit: UnitOfWork, wie: Principal, gemeld: tuple[Inzage, ...]) -> None:
    """One line per look that is not there yet; a seat that got no answer tells the same again."""
    await unit.in_turn(f"{SLEUTEL}:{wie.id}")  # a telling whose answer was not awaited may still be at it
    new = {str(one.id): one for one in gemeld}
    known = await unit.session.scalars(
        select(Auditsleutel.waarde).where(Auditsleutel.soort == SLEUTEL, Auditsleutel.waarde.in_(sorted(new)))
    )
    for there in known:
        new.pop(there, None)
    for name, one in new.items():
        soort, waarde = one.keys[0]
        unit.audit(
            Auditregel(
                wie,
                "geraadpleegd",
                soort,
                waarde,
                doelbinding(one.kanaal, one.product),
                reden=f"gezien op {one.op.isoformat(timespec='seconds')}",
                bron=BRON,
                verwant=(*one.keys[1:], (SLEUTEL, name)),
            )
        )
