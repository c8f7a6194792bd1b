"""`maak-klantcontact`: a klantcontact with its betrokkene and onderwerpobject, together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT
from kcs_desktop.backend.standards.objecten.resource import Json, refuse
from kcs_desktop.backend.standards.objecten.urls import Urls

NAAM = "maak-klantcontact"
_PARTS = (("betrokkene", "betrokkenen", "hadKlantcontact"), ("onderwerpobject", "onderwerpobjecten", "klantcontact"))


async def make(unit: UnitOfWork, body: object, urls: Urls) -> Json:
    """Make all three; what is wrong in any of them raises InvalidBody, and then the unit must not be committed."""
    if not isinstance(body, Mapping):
        raise refuse("nonFieldErrors", "invalid", NOT_AN_OBJECT)
    if "klantcontact" not in body:
        raise refuse("klantcontact", "required", "Dit veld is vereist.")
    uuid = await _create(unit, "klantcontact", "klantcontacten", body["klantcontact"])
    made: Json = {}
    for name, resource, parent in _PARTS:
        given = body.get(name)
        if given is None:
            continue
        if isinstance(given, Mapping):
            given = {**given, parent: {"uuid": uuid}}
        part = await _create(unit, name, resource, given)
        made[name] = await RESOURCES[resource].one(unit.session, part, urls)
    return {"klantcontact": await RESOURCES["klantcontacten"].one(unit.session, uuid, urls), **made}


async def _create(unit: UnitOfWork, name: str, resource: str, body: Any) -> str:
    try:
        return await RESOURCES[resource].create(unit, body)
    except InvalidBody as error:
        raise InvalidBody(
            [InvalidParam(f"{name}.{param.name}", param.code, param.reason) for param in error.params]
        ) from None
