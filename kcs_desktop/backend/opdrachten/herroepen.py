"""What becomes of a command that is refused after it had made something in a register upstream.

What it made is taken away again, the last first: nothing refers to it yet. An actor or a customer stays, for it is of
use by itself, and so does what stood there already or what somebody else has worked on since. What cannot be taken
back, a change or what the register keeps, is told in the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.opdrachten.stap import COMPLETES, MAKES, Daad, Stand, Stap, Upstream, Vraag, as_error
from kcs_desktop.backend.opdrachten.stappen import AFBREKEN
from kcs_desktop.backend.problem import HttpProblem, InvalidBody
from kcs_desktop.domain.errors import Conflict, InvalidInput, UserError

_DOCUMENT, _KOPPELING = "enkelvoudiginformatieobjecten", "zaakinformatieobjecten"
_UNDONE = " Wat er al van was vastgelegd, is weer verwijderd."
_STANDS = " Dit deel staat al wel in het register: {delen}. Kijk bij de klant wat er staat en vul het aan."
_LOOSE = " Er staat nog een document in het register dat bij geen zaak hoort. Meld dit bij de beheerder."
_NAMEN = {
    "partijen": "de gegevens van de klant",
    "digitaleadressen": "een telefoonnummer of e-mailadres",
    "klantcontacten": "het klantcontact",
    "betrokkenen": "wie er contact had",
    "onderwerpobjecten": "waar het contact over ging",
    "actorklantcontacten": "wie het contact behandelde",
    "internetaken": "de terugbelnotitie",
    "vertegenwoordigingen": "wie de klant vertegenwoordigt",
    "zaken": "de zaak",
    _DOCUMENT: "een document",
    _KOPPELING: "welk document bij de zaak hoort",
}


def marker(fout: dict[str, Any]) -> Stap:
    """The step that says that the command was refused, and why: from here on it is only taken back."""
    return Stap(AFBREKEN, Vraag("", Daad.DELETE, "afbreken"), Stand.GEWEIGERD, fout=fout)


def undoing(known: Mapping[int, Stap], upstream: Mapping[str, Upstream]) -> list[Stap]:
    """Per thing that was made, or may have been, the step that takes it away."""
    made = [stap for stap in _writes(known) if stap.vraag.daad in MAKES]
    return [
        Stap(
            AFBREKEN + stap.nr,
            Vraag(stap.vraag.register, Daad.DELETE, stap.vraag.resource, stap.made, stap.vraag.lichaam),
            sleutel=stap.sleutel,
        )
        for stap in sorted(made, key=lambda one: -one.nr)
        if not stap.gevonden and not upstream[stap.vraag.register].stays(stap.vraag)
    ]


def verdict(known: Mapping[int, Stap], upstream: Mapping[str, Upstream]) -> UserError | HttpProblem:
    """The refusal with what stands of it."""
    undone = {stap.nr: known[stap.nr] for stap in undoing(known, upstream)}
    stands = [
        stap.vraag.resource
        for stap in _writes(known)
        if stap.vraag.daad not in MAKES | COMPLETES
        or stap.gevonden
        or (AFBREKEN + stap.nr in undone and undone[AFBREKEN + stap.nr].stand is not Stand.GEDAAN)
    ]
    delen = ", ".join(dict.fromkeys(_NAMEN.get(resource, resource) for resource in stands))
    text = _STANDS.format(delen=delen) if delen else _UNDONE if undone else ""
    if set(stands) == {_DOCUMENT}:
        text = _LOOSE
    elif _DOCUMENT in stands and any(stap.vraag.resource == _KOPPELING for stap in undone.values()):
        text += _LOOSE
    return _told(as_error(known[AFBREKEN].fout or {}), text)


def _writes(known: Mapping[int, Stap]) -> list[Stap]:
    return [
        stap
        for stap in known.values()
        if stap.nr < AFBREKEN and stap.vraag.is_write and stap.stand is not Stand.GEWEIGERD
    ]


def _told(refused: UserError | HttpProblem, text: str) -> UserError | HttpProblem:
    if isinstance(refused, HttpProblem):
        return HttpProblem(refused.status, refused.code, refused.title, refused.detail + text, **refused.extra)
    if isinstance(refused, InvalidBody):
        return InvalidBody(list(refused.params), refused.message + text)
    if isinstance(refused, Conflict):
        return Conflict(refused.message + text, seen=refused.seen, current=refused.current)
    if isinstance(refused, InvalidInput):
        return InvalidInput(refused.message + text, field=refused.field, code=refused.code, advice=refused.advice)
    return type(refused)(refused.message + text)
