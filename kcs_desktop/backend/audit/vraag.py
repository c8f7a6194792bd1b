"""The auditor's question: who looked at this BSN, number or partij, when, why, in which role and at which werkplek."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.links import IDENTIFICATIES, PARTIJ, Sleutel, linked_keys
from kcs_desktop.backend.audit.store import MAX_WAARDE
from kcs_desktop.backend.audit.tables import AuditregelRow, Auditsleutel
from kcs_desktop.backend.problem import InvalidBody, InvalidParam

PAGE = 100
SOORTEN = IDENTIFICATIES | {PARTIJ, "klantcontact", "zaak", "account"}


class Vraag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`van` is included, `tot` is not; both aware. Pages count from 1, newest line first."""

    soort: str
    waarde: str
    van: datetime | None = None
    tot: datetime | None = None
    pagina: int = 1

    def check(self) -> None:
        """Raise InvalidBody naming every field that cannot be."""
        params = []
        if self.soort not in SOORTEN:
            params.append(InvalidParam("soort", "invalid_choice", f"Kies uit: {', '.join(sorted(SOORTEN))}."))
        if not 0 < len(self.waarde.strip()) <= MAX_WAARDE:
            params.append(InvalidParam("waarde", "required", "Vul in naar wie of wat u zoekt."))
        for name, moment in (("van", self.van), ("tot", self.tot)):
            if moment is not None and moment.tzinfo is None:
                params.append(InvalidParam(name, "invalid", "Geef het tijdstip met een tijdzone."))
        if not 0 < self.pagina <= 100_000:
            params.append(InvalidParam("pagina", "invalid", "Pagina's tellen vanaf 1."))
        if params:
            raise InvalidBody(params, "De vraag is niet goed ingevuld.")


class Spoorregel(msgspec.Struct, frozen=True):
    """One line of the answer."""

    op: datetime
    medewerker: str
    gebruikersnaam: str
    soort_account: str
    rollen: tuple[str, ...]
    werkplek: str
    handeling: str
    bron: str
    doelbinding: str
    onderwerp_soort: str
    onderwerp: str
    gelukt: bool
    reden: str
    fase: str
    verzegeld: bool


class Antwoord(msgspec.Struct, frozen=True):
    """One page. `aantal` counts all pages."""

    aantal: int
    pagina: int
    paginas: int
    regels: tuple[Spoorregel, ...]


async def answer(session: AsyncSession, vraag: Vraag) -> Antwoord:
    """Look it up under every key of the subject, known now or stated then."""
    wanted = _matching(vraag, await _keys(session, vraag))
    count = (await session.execute(select(func.count()).select_from(wanted.subquery()))).scalar_one()
    rows = await session.scalars(
        select(AuditregelRow)
        .where(AuditregelRow.id.in_(wanted))
        .order_by(AuditregelRow.op.desc(), AuditregelRow.id.desc())
        .limit(PAGE)
        .offset((vraag.pagina - 1) * PAGE)
    )
    return Antwoord(count, vraag.pagina, max(1, -(-count // PAGE)), tuple(_line(row) for row in rows))


async def _keys(session: AsyncSession, vraag: Vraag) -> set[Sleutel]:
    asked = (vraag.soort, vraag.waarde.strip())
    return {asked}.union(*(await linked_keys(session, [asked])).values())


def _matching(vraag: Vraag, keys: set[Sleutel]) -> Select[str]:
    if vraag.soort == "account":
        wanted = select(AuditregelRow.id).where(
            or_(AuditregelRow.account == vraag.waarde.strip(), AuditregelRow.accountnaam == vraag.waarde.strip())
        )
        moment = AuditregelRow.op
    else:
        wanted = (
            select(Auditsleutel.regel)
            .where(or_(*((Auditsleutel.soort == soort) & (Auditsleutel.waarde == waarde) for soort, waarde in keys)))
            .distinct()
        )
        moment = Auditsleutel.op
    if vraag.van is not None:
        wanted = wanted.where(moment >= vraag.van)
    if vraag.tot is not None:
        wanted = wanted.where(moment < vraag.tot)
    return wanted


def _line(row: AuditregelRow) -> Spoorregel:
    return Spoorregel(
        op=row.op,
        medewerker=row.weergavenaam or row.accountnaam,
        gebruikersnaam=row.accountnaam,
        soort_account=row.soort_account,
        rollen=tuple(rol for rol in row.rollen.split(",") if rol),
        werkplek=row.werkplek,
        handeling=row.handeling,
        bron=row.bron,
        doelbinding=row.doelbinding,
        onderwerp_soort=row.onderwerp_soort,
        onderwerp=row.onderwerp,
        gelukt=row.gelukt,
        reden=row.reden,
        fase=row.fase,
        verzegeld=row.zegel is not None,
    )
