"""Signing in at the municipality's provider, as its client: where the browser goes, and what came back from there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

import msgspec
import structlog

from kcs_desktop.backend.accounts.oidc import fouten, idtoken, nonce, zegel
from kcs_desktop.backend.accounts.oidc.aanbieder import Aanbieder, Away, Refused
from kcs_desktop.backend.accounts.oidc.idtoken import Claims, Rejected
from kcs_desktop.backend.accounts.sleutels import Sleutels
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.problem import InvalidBody, InvalidParam

log = structlog.get_logger(__name__)
# RFC 8252: the address itself, for a name could be pointed elsewhere; the port is whichever was free.
_TERUGKEER = re.compile(r"http://127\.0\.0\.1:([1-9][0-9]{0,4})/aangemeld")
_Random = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{43,128}$")]
_LEEWAY = timedelta(seconds=idtoken.LEEWAY)


class Aanvraag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a seat made for this attempt: `uitdaging` is the code challenge. `opnieuw`: ask for credentials now."""

    terugkeer: Annotated[str, msgspec.Meta(max_length=60)]
    state: _Random
    uitdaging: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{43}$")]
    opnieuw: bool = False


class Terugkomst(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the browser brought back, and `bewijs`, the code verifier that never left the seat until now."""

    terugkeer: Annotated[str, msgspec.Meta(max_length=60)]
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]
    bewijs: _Random
    uitgever: Annotated[str, msgspec.Meta(max_length=500)] = ""


class Vastgesteld(msgspec.Struct, frozen=True):
    """Claims that hold, and the sealed refresh token; "" where the provider gave none."""

    claims: Claims
    zegel: str
    opnieuw: bool


class Gemeente:
    """The provider as this backend uses it."""

    def __init__(self, db: Database, aanbieder: Aanbieder, sleutels: Sleutels) -> None:
        self._db = db
        self.aanbieder = aanbieder
        self.settings = aanbieder.settings
        self._sleutels = sleutels

    async def address(self, aanvraag: Aanvraag) -> str:
        """Where the browser goes. Raises HttpProblem 503 when the provider is away."""
        _check_terugkeer(aanvraag.terugkeer)
        try:
            metadata = await self.aanbieder.metadata()
        except Away as error:
            raise self._away("begin", error) from None
        key_id, key = await self._signing_key()
        now = self._db.clock()
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": aanvraag.terugkeer,
            "scope": self.settings.scopes,
            "state": aanvraag.state,
            "nonce": nonce.make(key_id, key, aanvraag.uitdaging, now, opnieuw=aanvraag.opnieuw),
            "code_challenge": aanvraag.uitdaging,
            "code_challenge_method": "S256",
        }
        if aanvraag.opnieuw:
            query |= {"prompt": "login", "max_age": "0"}
        mark = "&" if "?" in metadata.authorization_endpoint else "?"
        return f"{metadata.authorization_endpoint}{mark}{urlencode(query)}"

    async def establish(self, terugkomst: Terugkomst) -> Vastgesteld:
        """Exchange the code and judge what came. Raises HttpProblem 401, or 503 when the provider is away."""
        _check_terugkeer(terugkomst.terugkeer)
        try:
            return await self._establish(terugkomst)
        except Refused:
            log.warning("oidc.refused", reden="code")
            raise fouten.refused("oidc-geweigerd") from None
        except Rejected as error:
            log.warning("oidc.refused", reden=error.reason)
            raise fouten.refused(error.code) from None
        except Away as error:
            raise self._away("code", error) from None

    async def renew(self, bewaard: zegel.Bewaard, issuer: str, sub: str) -> tuple[zegel.Bewaard, Claims | None]:
        """Ask the provider whether this account still holds; new claims only where it tells them.

        Raises Refused where it does not hold any more, Away where nothing is known.
        """
        tokens = await self.aanbieder.refresh(bewaard.verversing)
        verder = zegel.Bewaard(tokens.refresh_token or bewaard.verversing, bewaard.nonce)
        if not tokens.id_token:
            return verder, None
        try:
            claims = await idtoken.read(tokens.id_token, self.aanbieder, self._db.clock())
        except Rejected as error:
            raise Away(error.reason) from None
        if (claims["iss"], claims["sub"]) != (issuer, sub) or claims.get("nonce", bewaard.nonce) != bewaard.nonce:
            raise Refused
        return verder, claims

    async def _signing_key(self) -> tuple[str, bytes]:
        async with self._db.read() as session:
            found = await self._sleutels.newest(session)
        if found is not None:  # anybody may begin: that takes no write
            return found
        async with self._db.write() as unit:
            return await self._sleutels.current(unit)

    async def _establish(self, terugkomst: Terugkomst) -> Vastgesteld:
        metadata = await self.aanbieder.metadata()
        if terugkomst.uitgever or metadata.authorization_response_iss_parameter_supported:  # RFC 9207
            _demand(terugkomst.uitgever == metadata.issuer, "response-iss")
        tokens = await self.aanbieder.exchange(terugkomst.code, terugkomst.bewijs, terugkomst.terugkeer)
        _demand(bool(tokens.id_token), "no-id-token")
        now = self._db.clock()
        claims = await idtoken.read(tokens.id_token, self.aanbieder, now)
        given = claims.get("nonce")
        if not isinstance(given, str):
            raise Rejected("nonce")
        async with self._db.read() as session:
            key = await self._sleutels.find(session, nonce.key_id(given))
        begonnen = nonce.read(given, key, nonce.challenge(terugkomst.bewijs), now) if key else None
        if begonnen is None or key is None:
            raise Rejected("nonce")
        if begonnen.opnieuw:
            _check_proven_now(claims, begonnen.op)
        sealed = ""
        if tokens.refresh_token:
            sealed = self.seal(zegel.Bewaard(tokens.refresh_token, given), nonce.key_id(given), key)
        return Vastgesteld(claims, sealed, begonnen.opnieuw)

    def seal(self, bewaard: zegel.Bewaard, key_id: str, key: bytes) -> str:
        return f"{key_id}:{zegel.seal(bewaard, key, self.settings.client_secret)}"

    def unseal(self, sealed: str, key: bytes) -> zegel.Bewaard | None:
        return zegel.unseal(sealed.partition(":")[2], key, self.settings.client_secret)

    def _away(self, step: str, error: Away) -> Exception:
        log.warning("oidc.away", stap=step, reden=str(error))
        return fouten.unreachable()


def seal_key(sealed: str) -> str:
    """The id of the signing key behind a seal."""
    return sealed.partition(":")[0]


def _check_terugkeer(terugkeer: str) -> None:
    found = _TERUGKEER.fullmatch(terugkeer)
    if found is None or int(found[1]) > 65535:
        wrong = InvalidParam("terugkeer", "invalid", "Dit is geen adres op deze werkplek zelf.")
        raise InvalidBody([wrong], wrong.reason)


def _check_proven_now(claims: Claims, begonnen: datetime) -> None:
    """The browser decides whether it passes `prompt=login` on; only the provider's word counts."""
    proven = claims.get("auth_time")
    if not isinstance(proven, (int, float)) or proven < (begonnen - _LEEWAY).timestamp():
        raise Rejected("auth-time", "oidc-niet-opnieuw")


def _demand(holds: bool, reason: str) -> None:
    if not holds:
        raise Rejected(reason)
