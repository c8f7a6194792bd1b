"""A double of Open Zaak 1.30: Zaken, Catalogi and Documenten on one server, as it behaves. See `register` for its use.

Beside what the embedded registers do already, as the real one: 403 for every trouble with the JWT, an address of
another server refused in a body and finding nothing in a filter, `If-Match` ignored, an `ETag` on details that is stale
after a change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from kcs_desktop.backend.gateway.instellingen import RegisterSettings
from kcs_desktop.domain.rechten import Recht
from tests.doubles.delen import PART, Delen
from tests.doubles.register import EMPTY, Answer, Dubbel, Gevraagd, problem, running

CLIENT_ID = "kcs"
SECRET = "geheim-van-de-client-bij-open-zaak"
APIS = ("zaken", "catalogi", "documenten")
_EXPIRY = 3600  # seconds since `iat`
_ADDRESSES = tuple(f"/{api}/api/v1/" for api in APIS)
_OF_ONE = ("expand", "versie", "registratieOp")  # what one object is asked; it takes no notice of anything else
# Filters that hold an address; the server refuses anything else in them.
_URL_FILTERS = frozenset(
    {
        "catalogus",
        "informatieobject",
        "informatieobjecttype",
        "object",
        "objectinformatieobjecten__object",
        "resultaat__resultaattype",
        "roltype",
        "status__statustype",
        "statustype",
        "zaak",
        "zaaktype",
    }
)


class OpenZaak(Dubbel):
    prefix = "/open-zaak"
    rechten: ClassVar[Mapping[str, Recht]] = {"zaken": Recht.WIJZIGEN, "dossier": Recht.BEHEREN}

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(clock)
        self.secret = SECRET
        self.expiry = _EXPIRY
        self.calls_itself = ""  # as a server behind a proxy may: the start of its addresses, and the only one it knows
        self.forces = True  # the credential may unlock without the key (documenten.geforceerd-unlock)
        self.delen = Delen()  # how it cuts large documents
        self._etags: dict[str, str] = {}

    def base(self, api: str) -> str:
        """What the settings of this register say as its url."""
        return f"{self.url}/{api}/api/v1"

    def reset(self) -> None:
        super().reset()
        self.calls_itself = ""
        self.forces = True
        self.delen = Delen()

    def settings(self, timeout: float = 5.0) -> dict[str, RegisterSettings]:
        """The settings of a backend in this process that has these registers here."""
        return {
            api: RegisterSettings(url=self.base(api), client_id=CLIENT_ID, secret=SECRET, timeout=timeout)
            for api in APIS
        }

    def environment(self, apis: tuple[str, ...] = APIS) -> dict[str, str]:
        """The settings of a backend process that has these registers here."""
        made: dict[str, str] = {}
        for api in apis:
            start = f"KCS_REGISTER_{api.upper()}_"
            made |= {f"{start}URL": self.base(api), f"{start}CLIENT_ID": CLIENT_ID, f"{start}SECRET": SECRET}
        return made

    def check(self, asked: Gevraagd) -> Answer | None:
        return (
            self._check_token(asked)
            or self._check_filters(asked)
            or self._check_body(asked)
            or self._check_force(asked)
        )

    async def _carry_out(self, asked: Gevraagd, scope: Any) -> tuple[Answer, dict[str, str]]:
        if _is_of_one(asked):
            known = {name: asked.query[name] for name in _OF_ONE if name in asked.query}
            scope = {**scope, "query_string": urlencode(known).encode()}
        if self.delen.size == 1 or asked.method != "PUT" or PART not in asked.path:
            return await super()._carry_out(asked, scope)
        kept = [pair for pair in scope["headers"] if pair[0].lower() not in {b"content-type", b"content-length"}]
        outer = super()._carry_out

        async def do(path: str, body: bytes, media_type: str) -> Answer:
            one = Gevraagd(asked.method, path, {}, asked.headers, body)
            named = [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode())]
            whole = (self.prefix + path).encode()
            inner = {**scope, "path": whole.decode(), "raw_path": whole, "headers": [*kept, *named]}
            return (await outer(one, inner))[0]

        return await self.delen.put(asked.path, asked.headers, asked.body, do), {}

    def twist(self, asked: Gevraagd, answer: Answer, headers: dict[str, str]) -> Answer:
        if self.delen.size > 1 or self.delen.hides_lock:
            answer = self.delen.shown(answer, is_new=asked.method == "POST")
        if self.calls_itself:
            answer = (answer[0], answer[1], answer[2].replace(self.url.encode(), self.calls_itself.encode()))
        is_detail = asked.method == "GET" and answer[0] == 200 and b'"results"' not in answer[2][:200]
        if not is_detail:
            return answer
        # The first one seen stays, also after a change and with another `expand`.
        tag = self._etags.setdefault(asked.path, f'"{hashlib.md5(answer[2], usedforsecurity=False).hexdigest()}"')
        headers["ETag"] = tag
        return (304, answer[1], b"") if asked.headers.get("if-none-match") == tag else answer

    def _check_token(self, asked: Gevraagd) -> Answer | None:
        scheme, _, token = asked.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer":
            return problem(403, "not_authenticated", "Authenticatiegegevens zijn niet opgegeven.")
        try:
            asked.claims = dict(jwt.decode(token, OctKey.import_key(self.secret), algorithms=["HS256"]).claims)
        except (JoseError, ValueError):
            return problem(403, "invalid-jwt-signature", "Client credentials zijn niet geldig")
        claims, now = asked.claims, self.now().timestamp()
        if claims.get("client_id") != CLIENT_ID or not claims.get("iss"):
            return problem(403, "invalid-client-identifier", "Client identifier bestaat niet")
        issued, expires = claims.get("iat"), claims.get("exp", now + 1)
        if not isinstance(issued, int):
            return problem(403, "jwt-missing-iat", "De JWT heeft geen iat claim")
        if issued > now:
            return problem(403, "jwt-immature-signature", "The token is not yet valid (iat)")
        if now - issued >= self.expiry or expires <= now:
            return problem(403, "jwt-expired", "De JWT is verlopen")
        return None

    def _check_force(self, asked: Gevraagd) -> Answer | None:
        if self.forces or not asked.path.endswith("/unlock") or asked.json().get("lock"):
            return None
        param = {"name": "nonFieldErrors", "code": "incorrect-lock-id", "reason": "Incorrect lock ID."}
        return problem(400, "invalid", "Invalid input.", [param])

    def _check_filters(self, asked: Gevraagd) -> Answer | None:
        """A filter with an address: refused where it is none, without result where it is of another server."""
        if _is_of_one(asked):
            return None
        found_nothing = False
        for name, value in asked.query.items():
            if name not in _URL_FILTERS or not value:
                continue
            if not value.startswith(("http://", "https://")):
                param = {"name": name, "code": "invalid", "reason": "Voer een geldige URL in."}
                return problem(400, "invalid", "Invalid input.", [param])
            found_nothing = found_nothing or not self._is_own(value)
        return (200, "application/json", EMPTY) if found_nothing and asked.method == "GET" else None

    def _check_body(self, asked: Gevraagd) -> Answer | None:
        if asked.method not in {"POST", "PUT", "PATCH"} or "json" not in asked.headers.get("content-type", ""):
            return None
        try:
            waiting: list[tuple[str, Any]] = [("", json.loads(asked.body))]
        except ValueError:
            return None  # the register says so
        wrong = []
        while waiting:
            name, part = waiting.pop()
            if isinstance(part, dict):
                waiting += [(f"{name}.{key}".strip("."), value) for key, value in part.items()]
            elif isinstance(part, list):
                waiting += [(f"{name}.{index}", value) for index, value in enumerate(part)]
            elif isinstance(part, str) and self._is_of_another(part):
                wrong.append({"name": name, "code": "bad-url", "reason": "De URL kon niet worden opgehaald."})
        return problem(400, "invalid", "Invalid input.", wrong) if wrong else None

    def _is_of_another(self, text: str) -> bool:
        """Whether this is an address of these standards at another server."""
        is_address = text.startswith("http") and any(address in text for address in _ADDRESSES)
        return is_address and not self._is_own(text)

    def _is_own(self, address: str) -> bool:
        return address.startswith(f"{self.calls_itself or self.url}/")


def _is_of_one(asked: Gevraagd) -> bool:
    """Whether one object is read, or its content."""
    parts = asked.path.removesuffix("/download").rsplit("/", 1)
    try:
        return asked.method == "GET" and bool(UUID(parts[-1]))
    except ValueError:
        return False


@contextmanager
def running_open_zaak(clock: Callable[[], datetime] | None = None, template: Path | None = None) -> Iterator[OpenZaak]:
    """Serve until the block ends, with the proefgemeente's catalogue and zaken; `clock` is by default the real one.

    `template` is a filled database to begin from.
    """
    double = OpenZaak(clock)
    with running(double, clock, template):
        yield double
