"""Kinds of fields that the standards for zaakgericht werken share: a duration, an address elsewhere, an RSIN."""

from __future__ import annotations

import re
from typing import Any

from kcs_desktop.backend.standards.objecten.fields import NOT_A_LIST, Choice, Field, Parsed, Text, Value
from kcs_desktop.domain.bsn import passes_elfproef
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN

_DURATION = re.compile(
    r"P(?=[0-9T])([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,5}H)?([0-9]{1,5}M)?([0-9]{1,6}S)?)?"
)
_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[!-~]*)?")


class Duration(Value, frozen=True, kw_only=True):
    """An ISO 8601 duration such as P8W or P56D, kept as it was written."""

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        if isinstance(value, str) and _DURATION.fullmatch(value):
            return value
        parsed.wrong(path, "invalid", "Dit is geen geldige duur, zoals P8W of P56D.")
        return None


class NotKept(Field, frozen=True, kw_only=True):
    """A list that the standard has and this register does not keep: it may be given empty."""

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if not isinstance(value, list):
            parsed.wrong(path, "not_a_list", NOT_A_LIST)
        elif value:
            parsed.wrong(path, "bad-url", "Dit register houdt deze objecten niet bij. Laat de lijst leeg.")


def objection_to_url(value: str) -> str:
    return "" if _URL.fullmatch(value) else "Dit is geen geldig adres (URL)."


def url(wire: str, column: str, maximum: int = 1000, *, required: bool = False) -> Text:
    """An address outside our own registers, which is kept and never called."""
    return Text(
        wire=wire, column=column, maximum=maximum, required=required, blank=not required, check=objection_to_url
    )


def _objection_to_rsin(value: str) -> str:
    return "" if passes_elfproef(value) else "Dit is geen geldig RSIN."


def rsin(wire: str, column: str, *, required: bool = False) -> Text:
    """Nine digits that pass the elfproef."""
    return Text(
        wire=wire,
        column=column,
        maximum=9,
        minimum=9,
        required=required,
        blank=not required,
        check=_objection_to_rsin,
    )


def aanduiding(*, required: bool = False) -> Choice:
    """The vertrouwelijkheidaanduiding."""
    return Choice(
        wire="vertrouwelijkheidaanduiding",
        column="vertrouwelijkheidaanduiding",
        choices=AANDUIDINGEN,
        required=required,
    )
