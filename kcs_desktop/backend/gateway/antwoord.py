"""An upstream answer, checked: a JSON object of the standard, or a problem that is safe to pass on.

Whatever else comes (HTML, half JSON, a redirect, an error of the server) becomes an error of ours.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kcs_desktop.backend.gateway import fouten

_OUR_FAULT = frozenset({406, 409, 412, 415})  # to a read: about how we ask, nothing that the caller can mend
_PARAMS = ("invalidParams", "invalid_params")
_MAX_TEXT = 1000
_MAX_ITEMS = 50
_PROBLEM_TEXTS = ("code", "title", "detail")
_PARAM_TEXTS = ("name", "code", "reason")
_KVK_TEXTS = ("code", "omschrijving")


class Ruw(msgspec.Struct, frozen=True):
    """What came over the line, whole."""

    status: int
    media_type: str
    body: bytes
    date: str = ""


class Antwoord(msgspec.Struct, frozen=True):
    """`gegevens` is the standard's own JSON. Above 399 it is the register's problem, cleaned.

    Of a list that is a plain array they are its `results`, as of any other list.
    """

    status: int
    gegevens: dict[str, Any]
    is_array: bool = False

    @property
    def is_error(self) -> bool:
        return self.status >= 400

    @property
    def code(self) -> str:
        """The register's own code of an error, for the audit."""
        code = self.gegevens.get("code")
        return code[:100] if isinstance(code, str) and code else f"status-{self.status}"

    def encode(self) -> bytes:
        return msgspec.json.encode(self.gegevens["results"] if self.is_array else self.gegevens)


def check(naam: str, ruw: Ruw, secrets: tuple[str, ...], *, array: bool = False) -> Antwoord:
    """Raises HttpProblem where this is no answer of the standard. `secrets` may stand in no answer; `array`: this list
    is a plain one."""
    if ruw.status == 403 and b'"permission_denied"' in ruw.body:
        raise fouten.lacks_right(naam)
    if ruw.status in {401, 403, 407}:
        raise fouten.refuses(naam)
    if ruw.status in {408, 504}:
        raise fouten.too_late(naam)
    if ruw.status in {502, 503}:
        raise fouten.unreachable(naam)
    if ruw.status == 429:
        raise fouten.busy(naam)
    if ruw.status >= 500 or ruw.status in _OUR_FAULT or not (ruw.status == 200 or ruw.status >= 400):
        raise fouten.faulty(naam)
    gegevens = _decode(naam, ruw, array=array and ruw.status == 200)
    if ruw.status == 200:
        if any(secret.encode() in ruw.body for secret in secrets[:-1]):
            raise fouten.faulty(naam)
        return Antwoord(200, gegevens, array)
    problem = _problem(gegevens, ruw.status, secrets)
    if problem is None:
        raise fouten.faulty(naam)
    return Antwoord(ruw.status, problem)


def _decode(naam: str, ruw: Ruw, *, array: bool) -> dict[str, Any]:
    kind = ruw.media_type.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise fouten.faulty(naam)
    try:
        gegevens = msgspec.json.decode(ruw.body)
        msgspec.json.encode(gegevens)  # a number that cannot be written again is refused here
    except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError, ValueError):
        raise fouten.faulty(naam) from None
    if array and isinstance(gegevens, list):
        return {"results": gegevens}
    if array or not isinstance(gegevens, dict):
        raise fouten.faulty(naam)
    return gegevens


def _problem(given: dict[str, Any], status: int, secrets: tuple[str, ...]) -> dict[str, Any] | None:
    """The known fields of a problem or of KvK's list of errors; None when it is neither."""
    if isinstance(given.get("fout"), list):
        return {"fout": _items(given["fout"], _KVK_TEXTS, secrets)}
    texts = _texts(given, _PROBLEM_TEXTS, secrets)
    if not any(texts.values()):
        return None
    problem: dict[str, Any] = {"type": f"urn:kcs:fout:{texts.get('code') or 'register'}", **texts, "status": status}
    for name in _PARAMS:
        if isinstance(given.get(name), list):
            problem["invalidParams"] = _items(given[name], _PARAM_TEXTS, secrets)
    return problem


def _items(given: list[Any], names: tuple[str, ...], secrets: tuple[str, ...]) -> list[dict[str, str]]:
    return [_texts(item, names, secrets) for item in given[:_MAX_ITEMS] if isinstance(item, dict)]


def _texts(given: dict[str, Any], names: tuple[str, ...], secrets: tuple[str, ...]) -> dict[str, str]:
    found = {name: given.get(name) for name in names}
    return {
        name: "" if any(secret in value for secret in secrets) else value[:_MAX_TEXT]
        for name, value in found.items()
        if isinstance(value, str)
    }
