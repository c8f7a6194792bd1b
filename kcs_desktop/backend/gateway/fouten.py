"""What a register upstream did wrong, told in Dutch with the register's name and nothing else of it.

Nothing here may quote the answer, the address or the credential.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from kcs_desktop.backend.problem import HttpProblem

NAMEN = {
    "brp": "De BRP",
    "kvk": "Het Handelsregister",
    "bag": "De BAG",
    "klantinteracties": "Het klantregister",
    "zaken": "Het zaakregister",
    "catalogi": "De zaaktypecatalogus",
    "documenten": "Het documentregister",
}
ALLEEN_LEZEN = "register-alleen-lezen"
FOUT = "register-fout"
ZONDER_RECHT = "register-zonder-recht"
GEEN_ADRES = "Dit adres bestaat niet in het register."


def unreachable(naam: str) -> HttpProblem:
    """Nothing answers there, or the line breaks."""
    return _problem(502, "register-onbereikbaar", naam, "is niet bereikbaar", "Probeer het zo opnieuw.")


def too_late(naam: str) -> HttpProblem:
    """No whole answer within the time of the settings."""
    return _problem(504, "register-te-laat", naam, "antwoordt niet op tijd", "Probeer het opnieuw.")


def faulty(naam: str) -> HttpProblem:
    """An answer that the standard does not know."""
    advies = "Probeer het zo opnieuw. Blijft het zo, meld het dan bij de beheerder."
    return _problem(502, FOUT, naam, "geeft een antwoord dat niet klopt", advies)


def refuses(naam: str) -> HttpProblem:
    """401 or 403: it is our credential that is refused, not the employee."""
    return _problem(502, "register-weigert", naam, "laat deze server niet toe", "Meld dit bij de beheerder.")


def lacks_right(naam: str) -> HttpProblem:
    """403 for what is asked: our credential is known and has no right to this."""
    advies = "Meld dit bij de beheerder."
    return _problem(502, ZONDER_RECHT, naam, "geeft deze server hier geen recht op", advies)


def closed(naam: str) -> HttpProblem:
    """403 for what is added to a zaak that is done: waiting does not change that."""
    what = "neemt niets meer aan bij deze zaak: die is afgerond"
    advies = "Vraag de behandelaar de zaak te heropenen, of meld het bij de beheerder."
    return _problem(409, "zaak-afgerond", naam, what, advies)


def absent(naam: str) -> HttpProblem:
    """404 for the content of a document that is there."""
    return _problem(404, "register-zonder-inhoud", naam, "heeft hier geen inhoud bij", "Meld dit bij de beheerder.")


def busy(naam: str) -> HttpProblem:
    """429."""
    return _problem(503, "register-druk", naam, "heeft het te druk", "Wacht even en probeer het opnieuw.")


def maybe_busy(naam: str, left: timedelta) -> HttpProblem:
    """An earlier request has had no answer, and may still come through."""
    advies = "Dit gaat vanzelf verder."
    problem = _problem(503, "register-bezig", naam, "is misschien nog bezig met dit verzoek", advies)
    problem.extra["retryAfter"] = max(1, ceil(left.total_seconds()))
    return problem


def behind(naam: str) -> HttpProblem:
    """What is now by our clock has yet to come by that of the register."""
    advies = "Dit gaat vanzelf verder. Duurt het lang, meld het dan bij de beheerder."
    problem = _problem(503, "register-loopt-achter", naam, "loopt achter met zijn klok", advies)
    problem.extra["retryAfter"] = 5
    return problem


def not_taken(naam: str) -> HttpProblem:
    """A change that was accepted and not made."""
    return _problem(409, "register-wijzigt-niet", naam, "heeft de wijziging niet overgenomen", "Kijk wat er nu staat.")


def opens(naam: str, *, is_gone: bool, nummer: str) -> HttpProblem:
    """What was made came out less confidential than it was sent. `nummer` is the one that we gave it, or ""."""
    what = "bewaart dit minder vertrouwelijk dan gevraagd"
    named = f", met nummer {nummer}" if nummer else ""
    stands = f"Het staat daar nog. Meld dit meteen bij uw beheerder{named}."
    advies = "Het is daar weer weggehaald." if is_gone else stands
    return _problem(409, "register-opent", naam, what, advies)


def does_not_take(naam: str, waarom: str) -> HttpProblem:
    """A refusal of the register, in its own words."""
    return _problem(409, "register-neemt-niet-aan", naam, "neemt dit niet aan", waarom or "Het zegt niet waarom.")


def too_large(naam: str) -> HttpProblem:
    """413: the register, or what stands before it, takes no request of this size."""
    return _problem(
        409, "register-te-groot", naam, "neemt geen bestand van deze grootte aan", "Maak het bestand kleiner."
    )


def read_only(naam: str) -> HttpProblem:
    """A write in the standard's own words, to a register that is only read that way through this server."""
    advies = "Leg dit rechtstreeks vast in het register zelf."
    return _problem(405, ALLEEN_LEZEN, naam, "kan hier alleen worden geraadpleegd", advies)


def _problem(status: int, code: str, naam: str, what: str, advies: str) -> HttpProblem:
    title = f"{NAMEN[naam]} {what}."
    return HttpProblem(status, code, title, f"{title} {advies}", register=naam)
