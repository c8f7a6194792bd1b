"""Is this a command id: a UUIDv7 of a plausible time; and is this the same command as before?"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

import msgspec

from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.domain.opdracht import Opdracht

KEPT = timedelta(days=90)
CLOCK_TOLERANCE = timedelta(days=1)  # a seat's clock may be off; its commands must not be lost for that
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def check_id(text: str, now: datetime) -> str:
    """The id in lower case. Raises 400 for what is no id of a plausible time, 410 when it is older than 90 days."""
    lower = text.lower()
    if not _UUID7.fullmatch(lower):
        raise _refuse("invalid", "Dit is geen geldig opdrachtnummer (UUID versie 7).")
    made = int(lower[:8] + lower[9:13], 16)
    if made > _milliseconds(now + CLOCK_TOLERANCE):
        raise _refuse("in-future", "Het opdrachtnummer ligt in de toekomst. Controleer de klok van deze werkplek.")
    if made < _milliseconds(now - KEPT):
        raise HttpProblem(
            410,
            "opdracht-verlopen",
            "Deze opdracht is te oud.",
            "Na 90 dagen wordt een opdracht niet meer uitgevoerd. Kijk in het register of het al gedaan is.",
        )
    return lower


def oldest_kept(now: datetime) -> str:
    """Every id below this one is older than 90 days."""
    digits = f"{_milliseconds(now - KEPT):012x}"
    return f"{digits[:8]}-{digits[8:]}-0000-0000-000000000000"


def payload_hash(opdracht: Opdracht, account: str) -> str:
    """What makes two commands the same: who asks for what. `gemaakt_op` is only informative and left out."""
    content = (account, opdracht.gegevens, opdracht.contact, opdracht.product, opdracht.kanaal)
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _refuse(code: str, reason: str) -> InvalidBody:
    return InvalidBody([InvalidParam("id", code, reason)], reason)
