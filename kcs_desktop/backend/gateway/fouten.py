"""What a register upstream did wrong, told in Dutch with the register's name and nothing else of it.

Nothing here may quote the answer, the address or the credential.
"""

from __future__ import annotations

from kcs_desktop.backend.problem import HttpProblem

NAMEN = {"brp": "De BRP", "kvk": "Het Handelsregister", "klantinteracties": "Het klantregister"}
ALLEEN_LEZEN = "register-alleen-lezen"


def unreachable(naam: str) -> HttpProblem:
    """Nothing answers there, or the line breaks."""
    return _problem(502, "register-onbereikbaar", naam, "is niet bereikbaar", "Probeer het zo opnieuw.")


def too_late(naam: str) -> HttpProblem:
    """No whole answer within the time of the settings."""
    return _problem(504, "register-te-laat", naam, "antwoordt niet op tijd", "Probeer het opnieuw.")


def faulty(naam: str) -> HttpProblem:
    """An answer that the standard does not know."""
    advies = "Probeer het zo opnieuw. Blijft het zo, meld het dan bij de beheerder."
    return _problem(502, "register-fout", naam, "geeft een antwoord dat niet klopt", advies)


def refuses(naam: str) -> HttpProblem:
    """401 or 403: it is our credential that is refused, not the employee."""
    return _problem(502, "register-weigert", naam, "laat deze server niet toe", "Meld dit bij de beheerder.")


def read_only(naam: str) -> HttpProblem:
    """A write to a register that is only read through this server."""
    advies = "Leg dit vast in het register zelf."
    return _problem(405, ALLEEN_LEZEN, naam, "kan hier alleen worden geraadpleegd", advies)


def _problem(status: int, code: str, naam: str, what: str, advies: str) -> HttpProblem:
    title = f"{NAMEN[naam]} {what}."
    return HttpProblem(status, code, title, f"{title} {advies}", register=naam)
