"""`zaak_registreren`: a zaak with its rollen, its first status, its documents and objects, together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.objecten.fields import NOT_A_LIST
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT
from kcs_desktop.backend.standards.objecten.register import EmbeddedRegister, whole
from kcs_desktop.backend.standards.objecten.resource import Json, refuse

_LISTS = ("rollen", "zaakinformatieobjecten", "zaakobjecten")
_REQUIRED = ("zaak", "rollen", "status")
_MOST = 100  # of one list


async def register_zaak(unit: UnitOfWork, register: EmbeddedRegister, body: object) -> Json:
    """Raises InvalidBody with the place of what is wrong (`rollen.0.roltype`); then the unit holds none of it."""
    if not isinstance(body, Mapping):
        raise refuse("nonFieldErrors", "invalid", NOT_AN_OBJECT)
    absent = [InvalidParam(name, "required", "Dit veld is vereist.") for name in _REQUIRED if name not in body]
    if absent:
        raise InvalidBody(absent)
    for name in _LISTS:
        given = body.get(name, [])
        if not isinstance(given, list) or len(given) > _MOST:
            raise refuse(name, "not_a_list", NOT_A_LIST)
    async with whole(unit):
        zaak = await _create(unit, register, "zaak", "zaken", body["zaak"], {})
        of_zaak = {"zaak": zaak["url"]}
        made: Json = {}
        for name in _LISTS:
            made[name] = [
                await _create(unit, register, f"{name}.{index}", name, given, of_zaak)
                for index, given in enumerate(body.get(name, []))
            ]
        status = await _create(unit, register, "status", "statussen", body["status"], of_zaak)
        uuid = zaak["uuid"]
        return {"zaak": await register.read(unit.session, "zaken", uuid), **made, "status": status}


async def _create(
    unit: UnitOfWork, register: EmbeddedRegister, place: str, resource: str, given: Any, beside: Mapping[str, str]
) -> Json:
    try:
        return await register.create(unit, resource, {**given, **beside} if isinstance(given, Mapping) else given)
    except InvalidBody as error:
        raise InvalidBody(
            [InvalidParam(f"{place}.{param.name}", param.code, param.reason) for param in error.params]
        ) from None
