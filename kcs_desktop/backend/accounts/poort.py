"""The door: every request that is not marked `openbaar` is of someone, established here from its token.

What the principal may do is decided behind the door, by the route.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import unquote

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy import bindparam, select

from kcs_desktop.backend.accounts.beheer import hash_token
from kcs_desktop.backend.accounts.sleutels import Sleutels
from kcs_desktop.backend.accounts.tables import AccountRij, SessieRij, SleutelRij, ToepassingRij
from kcs_desktop.backend.accounts.tokens import LIFETIME, InvalidToken, preview, verify_access
from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.rechtstreeks import Question
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.tables import ONLY, FeedStand
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.verzoek import header, not_signed_in, refuse_other_content, request_id
from kcs_desktop.domain.contract import CONTRACT, HEADER, fits, read_contract
from kcs_desktop.domain.doelbinding import doelbinding
from kcs_desktop.domain.errors import OtherVersion
from kcs_desktop.domain.rechten import Recht, Rechtentabel

_SLEUTEL = Base.metadata.tables[SleutelRij.__tablename__].c
_SESSIE = Base.metadata.tables[SessieRij.__tablename__].c
_ACCOUNT = Base.metadata.tables[AccountRij.__tablename__].c
_STAND = Base.metadata.tables[FeedStand.__tablename__].c
# One question per request, and made once: the key, the session with its account, and how far the feed is.
_WHO = Question(
    select(
        _SLEUTEL.geheim,
        _SLEUTEL.ingetrokken_op,
        _SESSIE.id.label("sessie"),
        _SESSIE.rollen,
        _SESSIE.werkplek_id,
        _SESSIE.beeindigd_op,
        _SESSIE.verloopt_op,
        _ACCOUNT.id.label("account"),
        _ACCOUNT.gebruikersnaam,
        _ACCOUNT.naam,
        _ACCOUNT.geblokkeerd,
        _STAND.epoch,
        _STAND.hoogste,
    )
    .select_from(
        Base.metadata.tables[SleutelRij.__tablename__]
        .outerjoin(Base.metadata.tables[SessieRij.__tablename__], _SESSIE.id == bindparam("sid"))
        .outerjoin(Base.metadata.tables[AccountRij.__tablename__], _ACCOUNT.id == _SESSIE.account_id)
        .outerjoin(Base.metadata.tables[FeedStand.__tablename__], _STAND.id == ONLY)
    )
    .where(_SLEUTEL.id == bindparam("kid"))
)
_DOEL = (b"x-kcs-kanaal", b"x-kcs-product", b"x-kcs-aanleiding")
Stand = tuple[str, int]
OPENBAAR = "openbaar"  # opt of a route that asks for no sign-in


class Poort(ASGIMiddleware):
    """Sets `scope["state"]["verzoek"]`, or answers 401."""

    scopes = (ScopeType.HTTP,)

    def __init__(
        self, db: Database, rechtentabel: Rechtentabel, sleutels: Sleutels, *, contract: int = CONTRACT
    ) -> None:
        self._contract = contract
        self._db = db
        self._rechten = lru_cache(maxsize=256)(rechtentabel.rechten)
        self._sleutels = sleutels

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        opt = scope["route_handler"].opt
        if not opt.get(OPENBAAR):
            self._refuse_other_version(header(scope, HEADER.lower().encode()))
            wie, verloopt_op, stand = await self._principal(header(scope, b"authorization"))
            kanaal, product, aanleiding = (unquote(header(scope, naam)) for naam in _DOEL)
            doel = doelbinding(kanaal, product, aanleiding)
            scope["state"]["verzoek"] = Verzoek(wie, doel, request_id(scope), verloopt_op, stand)
        refuse_other_content(scope, opt.get("inhoud", ("application/json",)))
        await next_app(scope, receive, send)

    def _refuse_other_version(self, tekst: str) -> None:
        """A seat of another version than ours or the ones beside it: it would misread us, or we it."""
        contract = read_contract(tekst)
        if contract is not None and not fits(contract, self._contract):
            raise HttpProblem(
                409,
                OtherVersion.code,
                OtherVersion.default_message,
                f"{OtherVersion.default_advice} Er is niets gewijzigd.",
            )

    async def _principal(self, authorization: str) -> tuple[Principal, datetime, Stand | None]:
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() == "bearer" and token:
            return await self._employee(token)
        if scheme.lower() == "token" and token:
            # The token does not end, but a stream must: only at its start is looked whether it was withdrawn.
            return await self._application(token), self._db.clock() + LIFETIME, None
        raise not_signed_in()

    async def _employee(self, token: str) -> tuple[Principal, datetime, Stand | None]:
        try:
            claimed = preview(token)
            found = await self._db.first(_WHO, kid=claimed.kid, sid=claimed.sid)
            if found is None or found.ingetrokken_op is not None:
                raise InvalidToken
            now = self._db.clock()
            claims = verify_access(token, self._sleutels.key(found.geheim), now)
        except InvalidToken as error:
            raise not_signed_in(error.code, "Meld u opnieuw aan. Uw werk is bewaard.") from error
        if found.sessie is None or claims.sub != found.account or list(claims.rol) != found.rollen:
            raise not_signed_in("ongeldig-token")
        if found.beeindigd_op is not None or found.verloopt_op <= now or found.geblokkeerd:
            raise not_signed_in("sessie-beeindigd", "Meld u opnieuw aan. Uw werk is bewaard.")
        wie = Principal(
            id=found.account,
            naam=found.gebruikersnaam,
            soort="medewerker",
            rechten=self._rechten(claims.rol),
            rollen=claims.rol,
            werkplek=found.werkplek_id,
            sessie=found.sessie,
            weergavenaam=found.naam,
        )
        stand = None if found.epoch is None else (str(found.epoch), int(found.hoogste))
        return wie, datetime.fromtimestamp(claims.exp, UTC), stand

    async def _application(self, token: str) -> Principal:
        async with self._db.read() as session:
            rij = await session.scalar(select(ToepassingRij).where(ToepassingRij.token_hash == hash_token(token)))
        if rij is None or rij.ingetrokken_op is not None:
            raise not_signed_in("ongeldig-token")
        return Principal(
            id=rij.id,
            naam=rij.naam,
            soort="toepassing",
            rechten={functie: Recht(recht) for functie, recht in rij.rechten.items()},
            weergavenaam=rij.naam,
        )
