"""Errors in the shape of the KvK APIs: a list under `fout`, each with code and omschrijving."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from litestar import Response

from kcs_desktop.backend.problem import InvalidParam

GEEN_RESULTAAT = "IPD5200"
ONJUIST = "IPD1999"


class KvkFout(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, fouten: Sequence[tuple[str, str]]) -> None:
        super().__init__(f"{status} {fouten[0][0]}")
        self.status = status
        self.fouten = tuple(fouten)

    def response(self) -> Response[bytes]:
        fout = [{"code": code, "omschrijving": tekst} for code, tekst in self.fouten]
        return Response(msgspec.json.encode({"fout": fout}), status_code=self.status, media_type="application/json")


def not_found() -> KvkFout:
    return KvkFout(404, [(GEEN_RESULTAAT, "Er zijn geen gegevens gevonden die voldoen aan de zoekvraag.")])


def wrong(params: Sequence[InvalidParam]) -> KvkFout:
    return KvkFout(400, [(p.code, f"{p.name[:100]}: {p.reason}") for p in params])


def forbidden() -> KvkFout:
    return KvkFout(403, [("IPD0003", "Met uw rol mag u het Handelsregister niet bevragen.")])
