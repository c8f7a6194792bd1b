"""`_zoek`: documents by their uuids, asked in a body because an address cannot hold so many."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import ColumnElement, and_

from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.documenten.filters import FILTERS
from kcs_desktop.backend.standards.documenten.steps import DOCUMENT
from kcs_desktop.backend.standards.objecten.conditions import where
from kcs_desktop.backend.standards.objecten.fields import NOT_A_LIST, parse_uuid
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT
from kcs_desktop.backend.standards.objecten.resource import refuse

_MOST = 500
_TEXTS = ("bronorganisatie", "identificatie")


class Question(msgspec.Struct, frozen=True):
    """`condition` is what the body asks, `filters` the same as texts, `beside` what stands in the address."""

    condition: ColumnElement[bool]
    filters: Mapping[str, str]
    beside: Mapping[str, str]


def read_question(body: object, parameters: Mapping[str, str]) -> Question:
    """Raises InvalidBody."""
    if not isinstance(body, Mapping):
        raise refuse("nonFieldErrors", "invalid", NOT_AN_OBJECT)
    if "uuid__in" not in body:
        raise refuse("uuid__in", "required", "Dit veld is vereist.")
    uuids = body["uuid__in"]
    if not isinstance(uuids, list) or len(uuids) > _MOST:
        raise refuse("uuid__in", "not_a_list", NOT_A_LIST)
    known = [parse_uuid(one) for one in uuids]
    wrong = [
        InvalidParam(f"uuid__in.{nr}", "invalid", "Dit is geen geldige UUID.")
        for nr, one in enumerate(known)
        if not one
    ]
    texts = {name: body[name] for name in _TEXTS if body.get(name)}
    wrong += [
        InvalidParam(name, "invalid", "Geen geldige tekst.") for name, one in texts.items() if not isinstance(one, str)
    ]
    expand = body.get("expand") or []
    if not isinstance(expand, list) or not all(isinstance(one, str) for one in expand):
        wrong.append(InvalidParam("expand", "not_a_list", NOT_A_LIST))
    if wrong:
        raise InvalidBody(wrong)
    condition = DOCUMENT.uuid.in_([one for one in known if one])
    other = where(FILTERS, texts)
    return Question(
        condition if other is None else and_(condition, other),
        {"uuid__in": ",".join(one for one in known if one), **texts},
        {**parameters, **({"expand": ",".join(expand)} if expand else {})},
    )
