"""What an employee reads when the municipality's provider or their account there gives no entrance."""

from __future__ import annotations

from kcs_desktop.backend.problem import HttpProblem

TITLE = "Aanmelden is niet gelukt."
_TEXTS = {
    "oidc-geweigerd": "De aanmelddienst van de gemeente heeft deze aanmelding niet bevestigd. Probeer het opnieuw.",
    "oidc-verlopen": "De aanmelding is verlopen. Probeer het opnieuw.",
    "oidc-klok": "De klok van de server loopt niet gelijk met die van de aanmelddienst. Meld dit aan uw beheerder.",
    "oidc-niet-opnieuw": "U hebt zich in de browser niet opnieuw aangemeld. Probeer het nog een keer en vul daar uw"
    " gegevens in.",
    "oidc-ander-account": "U bent in de browser aangemeld met een ander account dan waarmee u hier werkt.",
}


def refused(code: str) -> HttpProblem:
    """401 with one of the stable codes."""
    return HttpProblem(401, code, TITLE, _TEXTS[code])


def unreachable() -> HttpProblem:
    return HttpProblem(
        503, "aanmelddienst-onbereikbaar", TITLE, "De aanmelddienst van de gemeente is nu niet bereikbaar."
    )


def unconfirmed() -> HttpProblem:
    """The provider has been silent for longer than sessions go on without it."""
    return HttpProblem(
        503,
        "aanmelddienst-onbereikbaar",
        "Uw aanmelding kan niet worden nagegaan.",
        "De aanmelddienst van de gemeente is al een tijd niet bereikbaar, dus uw aanmelding kan niet worden nagegaan.",
    )


def no_role() -> HttpProblem:
    return HttpProblem(
        403,
        "geen-rol",
        TITLE,
        "Uw gemeente-account heeft geen rol in KCS Desktop. Vraag uw leidinggevende of beheerder om toegang.",
    )


def blocked() -> HttpProblem:
    return HttpProblem(423, "geblokkeerd", "Uw account is geblokkeerd.", "Neem contact op met uw beheerder.")


def not_offered() -> HttpProblem:
    return HttpProblem(404, "niet-aangeboden", TITLE, "Aanmelden met een gemeente-account staat hier niet aan.")


def password_refused() -> HttpProblem:
    return HttpProblem(
        403, "alleen-gemeenteaccount", TITLE, "Hier meldt u zich aan met uw gemeente-account, niet met een wachtwoord."
    )
